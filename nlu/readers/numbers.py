"""Numbers as people write them: digits of any script, and words in five varieties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nlu.lexicon import Lexicon, lexicon
from nlu.meaning import Found, Reading, Which
from nlu.normalise import words

_GLUED: Final = re.compile(r"([0-9]{1,4})([^\W0-9_]{1,6}|3am{1,2})")
_OLDEST, _YOUNGEST = 110, 10


@dataclass(frozen=True, slots=True)
class Said:
    """A number in a text: ``words[start:end]`` says it; ``unit`` is what it counts, if said."""

    value: int
    start: int
    end: int
    unit: str = ""
    in_words: bool = False


def number(text: str, low: int, high: int) -> Reading:
    """The one whole number between ``low`` and ``high`` that the text says."""
    folded = [word.text for word in words(text)]
    return _one(_in_range(_meant(numbers(folded), folded), low, high))


def age(text: str, year: int) -> Reading:
    """An age in years, or the age reached in ``year`` by one born when the text says."""
    folded = [word.text for word in words(text)]
    said = numbers(folded)
    counted = [one for one in said if one.unit == "year"]
    born = [year - one for one in _birth_years(said, folded, year)]
    ages = [one.value for one in (counted or _meant(said, folded))]
    plausible = [
        one for one in (born if born and not counted else ages) if _YOUNGEST <= one <= _OLDEST
    ]
    return _one(plausible)


def _birth_years(said: Sequence[Said], folded: Sequence[str], year: int) -> Iterable[int]:
    is_born = bool(_kind("born").find(folded))
    for one in said:
        if year - _OLDEST <= one.value <= year - _YOUNGEST and one.value > 1900:
            yield one.value
        elif is_born and 31 < one.value <= 99:
            yield 1900 + one.value


def _kind(kind: str) -> Lexicon[str]:
    return lexicon("number_words", "value", "kind", kind)


def _in_range(said: Iterable[Said], low: int, high: int) -> list[int]:
    return [one.value for one in said if low <= one.value <= high]


def _one(values: Iterable[int]) -> Reading:
    different = list(dict.fromkeys(values))
    if len(different) > 1:
        return Which(tuple((value, str(value)) for value in different[:5]))
    return Found(different[0]) if different else None


def _meant(said: Sequence[Said], folded: Sequence[str]) -> list[Said]:
    """Without "un" and "one" where they are an article: next to digits, or in a sentence."""
    digits = [one for one in said if not one.in_words]
    if digits:
        return digits
    return [one for one in said if one.value > 1 or len(folded) <= 3]


def numbers(folded: Sequence[str]) -> list[Said]:
    """All numbers in the words of a folded text."""
    found: list[Said] = []
    at = 0
    while at < len(folded):
        said = _digits(folded, at) or _spoken(folded, at)
        if said:
            found.append(_with_unit(said, folded))
        at = found[-1].end if said else at + 1
    return found


def _digits(folded: Sequence[str], at: int) -> Said | None:
    word = folded[at]
    if word.isdigit():
        end = at + 1
        while (
            end < len(folded)
            and len(word) <= 3
            and _is_thousands(folded[end])
            and len(folded[at]) <= 3
        ):
            word, end = word + folded[end], end + 1
        return Said(int(word[:9]), at, end) if len(word) <= 9 else None
    glued = _GLUED.fullmatch(word)
    if glued and _kind("unit").exact([glued[2]]):
        return Said(int(glued[1]), at, at + 1, "year")
    return None


def _is_thousands(word: str) -> bool:
    return word == "000"


def _spoken(folded: Sequence[str], at: int) -> Said | None:
    """ "trente quatre", "rb3a w tlatin", "أربعة وثلاثين", "soixante et onze"."""
    first = _kind("number").at(folded, at, loose=True)
    if first is None:
        return None
    total, end = int(first.values[0]), first.end
    while following := _continues(folded, end, total):
        total, end = following
    return Said(total, at, end, in_words=True)


def _continues(folded: Sequence[str], end: int, total: int) -> tuple[int, int] | None:
    joined = _kind("and").at(folded, end)
    after = joined.end if joined else end
    hit = _kind("number").at(folded, after, loose=True)
    if hit is None:
        return None
    value = int(hit.values[0])
    glued = folded[after].startswith("و") and folded[after] not in _kind("number")
    if 0 < total < 10 and 20 <= value < 100 and value % 10 == 0 and (joined or glued):
        return total + value, hit.end
    fits = 0 < value < 10 or (total in (60, 80) and 10 <= value < 20)
    return (
        (total + value, hit.end)
        if total >= 20 and total % 10 == 0 and total < 101 and fits
        else None
    )


def _with_unit(said: Said, folded: Sequence[str]) -> Said:
    unit = _kind("unit").at(folded, said.end)
    if said.unit or unit is None:
        return said
    return Said(said.value, said.start, unit.end, unit.values[0], said.in_words)

"""Numbers as people write them: digits of any script, and words in five varieties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nlu.lexicon import Hit, Lexicon, lexicon
from nlu.meaning import Found, Reading, Which
from nlu.normalise import fold, words
from nlu.readers.agreement import is_no_answer

_GLUED: Final = re.compile(r"([0-9]{1,4})([^\W0-9_]{1,6}|3am{1,2})")
_GROUPED: Final = re.compile(
    r"(?<![\d.,])\d{1,3}(?:([.,' \u00a0\u202f])\d{3})(?:\1\d{3})*(?![\d.,]*\d)"
)
_BROKEN: Final = re.compile(r"(\d{1,3})[.,](\d{1,2}) ?([^\W\d_]{1,8})")
_MOST_DIGITS: Final = 9
_HUNDRED: Final = 100
_FEW: Final = 2
_THOUSAND: Final = 1000
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
    folded = [word.text for word in words(_BROKEN.sub(_whole, _GROUPED.sub(_joined, text)))]
    none = _kind("none").at(folded, 0)
    rest = len(folded) - none.end if none else 0
    if none and (not rest or (rest < _FEW and not is_no_answer(text))):
        return _one([0] if low <= 0 <= high else [])
    hits = _kind("about").find(folded, loose=True)
    said = _meant(numbers(folded), folded)
    told = [_times(said, hit) for hit in hits]
    if hits:
        # "une dizaine" is not one, and "three dozen" not three.
        said = [one for one in said if not one.in_words and one.end not in {h.start for h in hits}]
    return _one(one for one in (*(s.value for s in said), *told) if low <= one <= high)


def _times(said: Iterable[Said], hit: Hit[str]) -> int:
    """ "une douzaine", "three dozen"."""
    count = next((one.value for one in said if one.end == hit.start), 1)
    return count * int(hit.values[0])


def _joined(match: re.Match[str]) -> str:
    """ "1,500" and "12 000" as one number."""
    return "".join(letter for letter in match[0] if letter.isdigit())


def _whole(match: re.Match[str]) -> str:
    """ "1,5 million" as a whole number; "2,5" of anything else stays as it was."""
    scale = _kind("scale").exact([fold(match[3])])
    if not scale:
        return match[0]
    return str(int(float(f"{match[1]}.{match[2]}") * int(scale[0])))


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
    glued = _GLUED.fullmatch(word)
    if glued and _kind("unit").exact([glued[2]]):
        return Said(int(glued[1]), at, at + 1, "year")
    if glued and (scale := _kind("scale").exact([glued[2]])):
        return Said(int(glued[1]) * int(scale[0]), at, at + 1)  # "5k"
    if not word.isdigit() or len(word) > _MOST_DIGITS:
        return None
    end = at + 1
    while end < len(folded) and len(folded[at]) <= 3 and folded[end] == "000":
        word, end = word + folded[end], end + 1
    sum_ = _Sum(int(word[:_MOST_DIGITS]))
    while scaled := _scaled(folded, end, sum_):
        end = scaled
    return Said(sum_.value, at, end)


def _spoken(folded: Sequence[str], at: int) -> Said | None:
    """ "trente quatre", "rb3a w tlatin", "أربعة وثلاثين", "mille deux cents", "alf w khmsmya"."""
    sum_ = _Sum()
    end = at
    while following := _scaled(folded, end, sum_) or _added(folded, end, sum_):
        end = following
    return Said(sum_.value, at, end, in_words=True) if end > at else None


@dataclass(slots=True)
class _Sum:
    """A number as it grows: ``low`` is what is said below the next thousand."""

    low: int = -1
    high: int = 0
    scale: int = 10**9

    @property
    def value(self) -> int:
        return self.high + max(self.low, 0)

    def add(self, value: int, joined: bool) -> bool:
        """Take one more word if it can belong to the same number."""
        if value >= _THOUSAND:
            if self.high or self.low >= 0:
                return False
            self.high, self.scale = value, _THOUSAND  # "alfayn" is two thousand
        elif value == _HUNDRED and 1 < self.low < _HUNDRED and self.low % 10:
            self.low *= _HUNDRED
        elif self.low < 0:
            self.low = value
        elif self._fits(value, joined):
            self.low += value
        else:
            return False
        return True

    def _fits(self, value: int, joined: bool) -> bool:
        """Units after tens, tens after units and "and" as in Arabic, anything after hundreds."""
        tens = self.low % _HUNDRED
        if not tens:
            return self.low >= _HUNDRED and 0 < value < _HUNDRED
        if tens < 10:
            return joined and 20 <= value < _HUNDRED and value % 10 == 0
        return (tens >= 20 and tens % 10 == 0 and 0 < value < 10) or (
            tens in (60, 80) and 10 <= value < 20
        )

    def times(self, scale: int) -> bool:
        """ "trois mille": what was said is of thousands; each scale once, the greatest first."""
        if scale >= self.scale or self.low == 0:
            return False
        self.high += (self.low if self.low > 0 else 1) * scale
        self.low, self.scale = -1, scale
        return True


def _scaled(folded: Sequence[str], at: int, sum_: _Sum) -> int:
    """Where the word for thousand or million ends that goes on with this number, or 0."""
    half = _kind("half").at(folded, at, loose=True) if sum_.high and sum_.low < 0 else None
    if half:
        sum_.low = sum_.scale // int(half.values[0])  # "مليون ونص"
        return half.end
    half = _kind("half").at(folded, at) if sum_.low > 0 else None
    more = _kind("scale").at(folded, half.end) if half else None
    if more and sum_.times(int(more.values[0])):  # "one and a half million"
        sum_.low = sum_.scale // 2
        return more.end
    joined = _kind("and").at(folded, at) if sum_.high and sum_.low < 0 else None
    hit = _kind("scale").at(folded, joined.end if joined else at, loose=sum_.high > 0)
    return hit.end if hit and sum_.times(int(hit.values[0])) else 0


def _added(folded: Sequence[str], at: int, sum_: _Sum) -> int:
    """Where the number word ends that goes on with this number, or 0."""
    joined = _kind("and").at(folded, at) if sum_.value or sum_.low == 0 else None
    after = joined.end if joined else at
    hit = _kind("number").at(folded, after, loose=True)
    if hit is None:
        return 0
    glued = folded[after].startswith("و") and folded[after] not in _kind("number")
    return hit.end if sum_.add(int(hit.values[0]), bool(joined) or glued) else 0


def _with_unit(said: Said, folded: Sequence[str]) -> Said:
    unit = _kind("unit").at(folded, said.end)
    if said.unit or unit is None:
        return said
    return Said(said.value, said.start, unit.end, unit.values[0], said.in_words)

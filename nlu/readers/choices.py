"""Answers to a list that was shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from rapidfuzz import fuzz

from nlu.commands import without_courtesy
from nlu.lexicon import Lexicon, lexicon, variants
from nlu.meaning import Found, Reading, Which
from nlu.normalise import LONGEST, fold
from nlu.readers.numbers import numbers
from nlu.times.spelling import skeleton

_ORDINAL: Final = re.compile(r"([0-9]{1,3})(?:er|ere|e|eme|ieme|nd|st|rd|th)")
_PARTS: Final = re.compile(r"[,;/+&\n،؛|]")
_RANGE: Final = re.compile(r"([0-9]{1,2}) (?:a|to|jusqu a|الي|7ta l|hta l) ([0-9]{1,2})")
_CLOSE_ENOUGH: Final = 85
_SHORT: Final = 8
"""In a longer message a single word of a label proves nothing."""
_STEM: Final = 3
"""A label word shorter than this ("de", "et") does not name its label."""


def choice(text: str, labels: Sequence[str], synonyms: Sequence[Sequence[str]] = ()) -> Reading:
    """Which of the labels shown a person means, as an index from 0."""
    text = text[:LONGEST]
    said = fold(text).split()
    if not said:
        return _index([i for i, label in enumerate(labels) if _bare(label) == _bare(text)], labels)
    names = _names(labels, synonyms)
    whole = _matching(names, lambda name: name == said)
    if len(whole) == 1:
        return Found(whole[0])
    if _all_of_them(said):
        return None
    told = _number(said)
    if told is not None:
        at = told - 1 if told > 0 else len(labels) + told
        return Found(at) if 0 <= at < len(labels) else None
    return _index(whole or _by_name(said, names), labels)


def _bare(text: str) -> str:
    """An emoji label without its variation marks."""
    return "".join(c for c in text if not unicodedata.combining(c) and c not in "\ufe0e\ufe0f ")


def _names(labels: Sequence[str], synonyms: Sequence[Sequence[str]]) -> list[list[list[str]]]:
    others = [*synonyms, *([()] * (len(labels) - len(synonyms)))]
    return [
        [name for name in (fold(one).split() for one in (label, *other)) if name]
        for label, other in zip(labels, others, strict=False)
    ]


def _matching(
    names: Sequence[Sequence[Sequence[str]]], fits: Callable[[Sequence[str]], bool]
) -> list[int]:
    return [index for index, own in enumerate(names) if any(fits(name) for name in own)]


def _index(found: Sequence[int], labels: Sequence[str]) -> Reading:
    if len(found) > 1:
        return Which(tuple((index, labels[index]) for index in found)) if len(found) < 6 else None
    return Found(found[0]) if found else None


def _number(said: Sequence[str]) -> int | None:
    """The number or ordinal that the answer is, beside words like "option"; -1 is the last."""
    start, end = without_courtesy(said)
    said = said[start:end] or said
    rest = _without_fillers(said)
    ordinal = lexicon("ordinal_words", "value").exact(rest) or lexicon(
        "ordinal_words", "value"
    ).exact(said)
    if ordinal:
        return int(ordinal[0])
    if len(rest) == 1 and (glued := _ORDINAL.fullmatch(rest[0])):
        return int(glued[1])
    told = numbers(rest or said)
    if len(told) != 1 or told[0].unit:
        return None
    alone = told[0].start == 0 and told[0].end == len(rest)
    # "numéro un" is only words that may be left out.
    return told[0].value or 10**6 if alone or not rest else None


def _without_fillers(said: Sequence[str]) -> list[str]:
    hits = lexicon("choice_words", "kind", "kind", "filler").find(said)
    dropped = {at for hit in hits for at in range(hit.start, hit.end)}
    return [word for at, word in enumerate(said) if at not in dropped]


def _by_name(said: Sequence[str], names: Sequence[Sequence[Sequence[str]]]) -> list[int]:
    """The labels that fit by the first of these tests that any label passes."""
    rest = _without_refused(_without_fillers(said))
    phrase = " ".join(rest)
    tests: tuple[Callable[[Sequence[str]], bool], ...] = (
        lambda name: list(name) == rest,
        lambda name: len(phrase) >= 2 and " ".join(name).startswith(phrase),
        lambda name: len(phrase) >= 4 and _is_close(phrase, " ".join(name)),
    )
    found = next((found for test in tests if (found := _matching(names, test))), [])
    return found or (_among(said, rest, names) if rest else [])


def _among(
    said: Sequence[str], rest: Sequence[str], names: Sequence[Sequence[Sequence[str]]]
) -> list[int]:
    """The labels that stand in a longer answer, whole or by a word of theirs."""
    kept = _without_refused(said)
    held = _matching(names, lambda name: _holds(kept, name))
    left = [word for word in rest if not any(word in name for at in held for name in names[at])]
    near = _matching(names, lambda name: _shares(left, name)) if len(rest) <= _SHORT else []
    found = list(dict.fromkeys(held + near))
    return found or _matching(
        names, lambda name: any(_is_close(word, part) for word in rest for part in name)
    )


def _without_refused(said: Sequence[str]) -> list[str]:
    """Without "pas finance": what is refused is not chosen."""
    pairs = zip(["", *said], said, strict=False)
    return [word for before, word in pairs if not _is_not(before) and not _is_not(word)]


def _holds(said: Sequence[str], name: Sequence[str]) -> bool:
    """The whole label stands in the message."""
    starts = range(len(said) - len(name) + 1)
    return len("".join(name)) >= 2 and any(
        list(said[at : at + len(name)]) == list(name) for at in starts
    )


def _shares(rest: Sequence[str], name: Sequence[str]) -> bool:
    """A word that names the label and is not too short to."""
    return any(len(word) >= _STEM and any(_is_same(word, part) for part in name) for word in rest)


def _is_same(word: str, part: str) -> bool:
    """One word in two of its forms: "الزيارة" and "زيارة", "visiting" and "visit"."""
    if word == part:
        return True
    long, short = (word, part) if len(word) > len(part) else (part, word)
    if len(short) > _STEM and long.startswith(short) and len(long) - len(short) <= _STEM:
        return True
    forms = {form for form in variants(word) if len(form) >= _STEM}
    return not forms.isdisjoint(form for form in variants(part) if len(form) >= _STEM)


def _is_not(word: str) -> bool:
    return word in lexicon("choice_words", "kind", "kind", "not")


def _is_close(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 4:
        return False
    return fuzz.ratio(one, other) >= _CLOSE_ENOUGH or _sounds_like(_sound(one), _sound(other))


def _sound(text: str) -> str:
    return skeleton(text).replace("j", "g")


def _sounds_like(one: str, other: str) -> bool:
    """The same consonants, as in "5iyata" and "khiyata", but for one where there are many."""
    least = min(len(one), len(other))
    return (one == other and least >= 3) or (least >= 4 and fuzz.ratio(one, other) >= _CLOSE_ENOUGH)


def choices(
    text: str, labels: Sequence[str], synonyms: Sequence[Sequence[str]] = (), most: int = 10
) -> Reading:
    """Several of the labels shown, as indexes in the order said; None when more than ``most``."""
    said = fold(text).split()
    if all_of_them := _all_of_them(said):
        fits = len(labels) <= most and all_of_them in (-1, len(labels))
        return Found(tuple(range(len(labels)))) if fits else None
    found = _numbered(said, len(labels))
    if found is None:
        found = _named(text, labels, synonyms)
    unique = tuple(dict.fromkeys(found))
    return Found(unique) if unique and len(unique) <= most else None


def _all_of_them(said: Sequence[str]) -> int:
    """How many "all of them" or "les deux" are: -1 for all there are, 0 when it is not said."""
    told = lexicon("choice_words", "kind")
    kinds = (*told.exact(said), *told.exact(_without_fillers(said)))
    return -1 if "all" in kinds else 2 if "both" in kinds else 0


def _numbered(said: Sequence[str], count: int) -> list[int] | None:
    """The numbers of an answer made of numbers only; [] when one was not on the list."""
    joined = lexicon("choice_words", "kind", "kind", "and")
    rest = [word for word in _without_fillers(said) if word not in joined]
    span = _RANGE.fullmatch(" ".join(said))
    if span:
        rest = [str(n) for n in range(int(span[1]), int(span[2]) + 1)]
    if not rest or not all(word.isdigit() and len(word) <= 3 for word in rest):
        return None
    told = [int(word) - 1 for word in rest]
    return told if all(0 <= index < count for index in told) else []


def _named(text: str, labels: Sequence[str], synonyms: Sequence[Sequence[str]]) -> list[int]:
    found: list[int] = []
    for part in _parts(text, labels):
        reading = choice(part, labels, synonyms)
        # "finance marketing": a list without a comma is read word by word.
        single = [choice(word, labels, synonyms) for word in part.split()]
        told = single if isinstance(reading, Which) else [reading]
        found.extend(one.value for one in told if isinstance(one, Found))
    return found


def _parts(text: str, labels: Sequence[str]) -> Iterable[str]:
    """The text cut at commas and at "and", unless a label itself holds that "and"."""
    joined = lexicon("choice_words", "kind", "kind", "and")
    whole = {tuple(fold(label).split()) for label in labels}
    for part in _PARTS.split(text[:LONGEST]):
        said = fold(part).split()
        yield from [" ".join(said)] if tuple(said) in whole else _cut(said, joined)


def _cut(said: Sequence[str], joined: Lexicon[str]) -> Iterable[str]:
    current: list[str] = []
    for word in said:
        if word in joined:
            yield " ".join(current)
            current = []
        else:
            # "والتسويق": Arabic writes "and" onto the next word.
            if word.startswith("وال") and current:
                yield " ".join(current)
                current, word = [], word[1:]
            current.append(word)
    yield " ".join(current)


def levels(text: str, count: int) -> Reading:
    """One level from 1 to 5 for all, or one for each of ``count`` things."""
    said = fold(re.sub(r"/\s*[5٥]", " ", text[:LONGEST])).split()
    told = [one.value for one in numbers(said)]
    joined = "".join(said)
    if len(told) == 1 and count > 1 and joined.isdigit() and len(joined) == count:
        told = [int(digit) for digit in joined]
    fits = len(told) in (1, count) and all(1 <= level <= 5 for level in told)
    return Found(tuple(told)) if told and fits else None

"""What words are about, in all varieties at once: "annuler", "cancel", "nlghi" and "إلغاء" agree.

``ideas.csv`` gathers words by idea. ``annul*`` is how a word begins, ``~msh`` stands in its
skeleton. An idea that was learned from French examples then helps with Darija ones.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from nlu.engines.bridge import skeleton
from nlu.lexicon import Lexicon, variants
from nlu.normalise import fold

NOT_LITERAL: Final = "~"
"""Stands before an idea that was only recognised by the sound of a word."""
_FILE: Final = Path(__file__).with_name("ideas.csv")
_BEGINNING: Final = 3
# What Darija and Arabic put before and after a word, as it stands in a skeleton.
_PREFIXES: Final = frozenset(
    ("", "l", "n", "t", "k", "m", "b", "f", "s", "kn", "kt", "gn", "gt", "st", "sn", "bl", "fl",
     "dl", "nt", "mt", "ml")
)  # fmt: skip
_SUFFIXES: Final = frozenset(
    ("", "n", "k", "h", "t", "c", "km", "hm", "nk", "tk", "th", "nh", "tn", "tm", "hc", "nc", "tc",
     "l", "ln", "lk", "lkm", "kmc")
)  # fmt: skip


@functools.cache
def _entries() -> tuple[tuple[str, str], ...]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            (word, row["idea"]) for row in csv.DictReader(file) for word in row["words"].split("|")
        )


@functools.cache
def _phrases() -> Lexicon[str]:
    return Lexicon((word, idea) for word, idea in _entries() if word[0] != "~" and word[-1] != "*")


def _table(pairs: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, idea in pairs:
        if idea not in found.get(key, ()):
            found[key] = (*found.get(key, ()), idea)
    return found


@functools.cache
def _beginnings() -> dict[str, tuple[str, ...]]:
    return _table((fold(word), idea) for word, idea in _entries() if word[-1] == "*")


@functools.cache
def _skeletons() -> dict[str, tuple[str, ...]]:
    return _table((word[1:], idea) for word, idea in _entries() if word[0] == "~")


@functools.cache
def _signs() -> dict[str, tuple[str, ...]]:
    return _table((word, idea) for word, idea in _entries() if word and not fold(word))


@functools.cache
def _sounds() -> dict[str, tuple[str, ...]]:
    """Ideas by the skeleton of Darija and Arabic words, for other spellings in either script."""
    words = ((fold(word.rstrip("*")), idea) for word, idea in _entries() if word[0] != "~")
    foreign = ((skeleton(word), idea) for word, idea in words if word and _is_moroccan(word))
    return _table((sound, idea) for sound, idea in foreign if len(sound) >= 3)


def _is_moroccan(word: str) -> bool:
    return " " not in word and (word[0] >= "\u0600" or any(c in "235679" for c in word))


@functools.lru_cache(maxsize=8192)
def ideas_of_word(word: str) -> tuple[str, ...]:
    """The ideas of one folded word."""
    found: dict[str, None] = {}
    for form in variants(word):
        found.update(dict.fromkeys(_phrases().exact([form])))
        for size in range(_BEGINNING - 1, len(form) + 1):
            found.update(dict.fromkeys(_beginnings().get(form[:size], ())))
    if not found:
        found.update(dict.fromkeys(NOT_LITERAL + idea for idea in _by_sound(word)))
    return tuple(found)


def _by_sound(word: str) -> Iterator[str]:
    sound = skeleton(word)
    for start in range(len(sound) - 2):
        for end in range(len(sound), start + 2, -1):
            part = sound[start:end]
            yield from _skeletons().get(part, ())
            if sound[:start] in _PREFIXES and sound[end:] in _SUFFIXES:
                yield from _sounds().get(part, ())


def ideas(folded: Sequence[str]) -> list[str]:
    """The ideas of a text, in the order of its words."""
    found = [idea for word in folded for idea in ideas_of_word(word)]
    for hit in _phrases().find(folded):
        if hit.end - hit.start > 1:
            found.extend(hit.values)
    return list(dict.fromkeys(found))


def ideas_of_sign(sign: str) -> tuple[str, ...]:
    """The ideas of an emoji."""
    return _signs().get(sign, ())

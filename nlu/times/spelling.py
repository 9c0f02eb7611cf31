"""Words about time that are spelled another way: "demian", "wensday", "lkhmees", "ttsseb3a"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from rapidfuzz.distance import OSA

_LONGEST: Final = 14
_LEAST: Final = {"day": 5, "rel": 5, "month": 6, "hourword": 7, "next": 7, "unit": 7, "dual": 6}
"""How long a word about time of each kind must be for one wrong letter in it to be forgiven."""
_ARABIC_LEAST: Final = 7
_VOWELS: Final = re.compile(r"[aeiou]+")
_PAIRS: Final = (("kh", "K"), ("gh", "G"), ("ch", "C"), ("sh", "C"))
_SAME: Final = str.maketrans({"5": "K", "7": "h", "9": "q", "4": "G", "x": "C"})
_DOUBLE: Final = re.compile(r"(.)\1+")
_ARABIZI: Final = re.compile(r"[a-z]*(?:[34579]|kh|gh)[a-z34579]*")

Kinds = frozenset[tuple[str, str]]


class Speller:
    """Knows the words of a vocabulary, and what each means."""

    def __init__(
        self, known: Mapping[str, Kinds], least: Mapping[str, int] = _LEAST, other: int = _LONGEST
    ) -> None:
        self._known, self._least, self._other = known, least, other
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        self._by_skeleton: dict[str, str] = {}
        for word, kinds in known.items():
            self._learn(word, kinds)

    def _learn(self, word: str, kinds: Kinds) -> None:
        told = (self._least.get(kind, self._other) for kind, _ in kinds)
        least = min(told, default=_LONGEST)
        if len(word) >= (max(least, _ARABIC_LEAST) if word[0] > "z" else least):
            self._by_letter[word[0]].append(word)
        bones = skeleton(word)
        if kinds and _ARABIZI.fullmatch(word) and len(bones) >= 3:
            same = self._by_skeleton.setdefault(bones, word)
            if self._known.get(same) != kinds:  # "khamsa" is five and "khmis" Thursday
                self._by_skeleton[bones] = ""

    def respelled(self, word: str) -> str:
        """The known word that this one is most likely meant to be, or the word itself."""
        if word in self._known or not 4 <= len(word) <= _LONGEST:
            return word
        if _ARABIZI.fullmatch(word):
            return self._by_skeleton.get(skeleton(word)) or word
        near = (one for one in self._by_letter.get(word[0], ()) if abs(len(one) - len(word)) < 2)
        return next((one for one in near if OSA.distance(one, word, score_cutoff=1) < 2), word)


def is_arabizi(word: str) -> bool:
    """Whether a Latin word holds what only Arabizi does: "9adit", "khdama"."""
    return _ARABIZI.fullmatch(word) is not None


def skeleton(word: str) -> str:
    """What the spellings of one Arabizi word have in common: its consonants."""
    for pair, letter in _PAIRS:
        word = word.replace(pair, letter)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", word.translate(_SAME)))

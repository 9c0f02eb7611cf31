"""What the model sees of a message: pieces of words, words, skeletons, ideas and signs.

Each block is weighed and brought to the same length by itself, so that many letters do not
drown few ideas.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from nlu.engines.bridge import skeleton
from nlu.engines.ideas import NOT_LITERAL, ideas, ideas_of_sign, ideas_of_word
from nlu.normalise import LONGEST as LONGEST_TEXT
from nlu.normalise import fold

LONGEST: Final = 60
"""Words that are looked at. A longer message has said what it wants by then."""
WEIGHTS: Final = (1.0, 1.0, 0.7, 0.3, 1.2)
"""How much each block of `features` counts."""
_MOST_IDEAS: Final = 14
_ASKS: Final = "?؟"


def features(text: str) -> tuple[list[str], ...]:
    """The features of a message in blocks: letters, words, skeletons, signs, ideas."""
    folded = fold(text).split()[:LONGEST]
    return (
        [piece for word in folded for piece in _pieces(word, 2, 6)],
        [*folded, *_pairs(folded)],
        _skeletons(folded),
        _signs(text, len(folded)),
        _ideas(text, folded),
    )


def _pieces(word: str, low: int, high: int) -> Iterator[str]:
    """The letters of a word in runs of ``low`` to ``high``, with its edges marked."""
    edged = f" {word} "
    for size in range(low, high + 1):
        for start in range(max(1, len(edged) - size + 1)):
            yield edged[start : start + size]


def _pairs(words: Sequence[str]) -> list[str]:
    edged = ["^", *words, "$"]
    return [f"{one} {two}" for one, two in pairwise(edged)]


def _skeletons(folded: Sequence[str]) -> list[str]:
    bones = [skeleton(word) for word in folded]
    return [*bones, *_pairs(bones), *(piece for bone in bones for piece in _pieces(bone, 3, 4))]


def _signs(text: str, count: int) -> list[str]:
    """Emoji and punctuation, and how long the message is."""
    signs = [sign for sign in text[:400] if sign in "?؟!" or unicodedata.category(sign) == "So"]
    size = count if count < 4 else min(4 + (count - 4) // 3, 9)
    return [*("?" if sign in _ASKS else sign for sign in signs), f"n{size}"]


def _ideas(text: str, folded: Sequence[str]) -> list[str]:
    """Ideas alone, in twos wherever they stand, next to each other, and under a question."""
    found = [*ideas(folded), *(idea for sign in text[:400] for idea in ideas_of_sign(sign))]
    plain = list(dict.fromkeys(idea.lstrip(NOT_LITERAL) for idea in found))[:_MOST_IDEAS]
    twos = [" ".join(sorted((a, b))) for at, a in enumerate(plain) for b in plain[at + 1 :]]
    asked = any(sign in _ASKS for sign in text[:LONGEST_TEXT])
    under = [f"?{idea}" for idea in plain] if asked else []
    return [*dict.fromkeys(found), *twos, *_neighbours(folded), "?" if asked else ".", *under]


def _neighbours(folded: Sequence[str]) -> list[str]:
    """What stands beside what: ideas where known, else the word itself."""
    row = [["^"], *(_named(word) for word in folded), ["$"]]
    return [f"{a}>{b}" for one, two in pairwise(row) for a in one for b in two]


def _named(word: str) -> list[str]:
    return [idea.lstrip(NOT_LITERAL) for idea in ideas_of_word(word)[:3]] or [word]

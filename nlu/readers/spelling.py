"""Words that are spelled another way than in the lists: "fundrasing", "yess", "tsejjlt"."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from nlu.language import is_function_word
from nlu.lexicon import Lexicon, denied, lexicon
from nlu.times.spelling import Speller, is_arabizi

_LEAST: Final = 6
"""How long a word must be for one wrong letter in it to be forgiven."""
_DOUBLED: Final = re.compile(r"(.)\1+")
_ALIKE: Final = tuple(
    map(frozenset, ("aeiouy", "szc", "ckqg", "dt", "mn", "bp", "fv", "سص", "تطث", "دضذ", "كق"))
)
_DENIES: Final = "ماشي"
_STEM: Final = 3


def respelled(folded: Sequence[str], name: str, value: str) -> list[str]:
    """The words, each that the list does not know as the one it is most likely meant to be."""
    return [_respelled(word, name, value) for word in folded]


@functools.lru_cache(maxsize=4096)
def _respelled(word: str, name: str, value: str) -> str:
    known = _known(name, value)
    if word in known or word.isdigit() or is_function_word(word):
        return word
    if lexicon(name, value).at([word], 0, loose=True):
        return word
    once = _doubled(name, value).get(_DOUBLED.sub(r"\1", word))
    if once or (len(word) < _LEAST and not is_arabizi(word)):
        return once or word
    near = _speller(name, value).respelled(word)
    return near if _is_slip(word, near) else word


def _is_slip(word: str, near: str) -> bool:
    """A letter left out, added or changed for one that sounds alike; "exploding" is not "exploring"."""
    if len(word) != len(near) or is_arabizi(word):
        return True
    changed = [{one, other} for one, other in zip(word, near, strict=True) if one != other]
    return len(changed) != 1 or any(changed[0] <= alike for alike in _ALIKE)


@functools.cache
def _known(name: str, value: str) -> frozenset[str]:
    return frozenset(lexicon(name, value).words())


@functools.cache
def _doubled(name: str, value: str) -> dict[str, str]:
    """The words with every letter once, so that "yess" and "okk" are found."""
    return {_DOUBLED.sub(r"\1", word): word for word in sorted(_known(name, value))}


@functools.cache
def _speller(name: str, value: str) -> Speller:
    kinds = frozenset({("", "")})
    return Speller(dict.fromkeys(_known(name, value), kinds), {}, _LEAST)


def undenied(folded: Sequence[str], known: Lexicon[str]) -> list[str]:
    """ "mabditch", "ما بديتش" and "ma 9adit" with the verb by itself, after what denies it.

    Only verbs that a list knows: "marche" and "ma patente" are French.
    """
    found: list[str] = []
    at = 0
    while at < len(folded):
        verb, end = denied(folded, at) or _begins_denied(folded, at, known)
        is_known = bool(verb) and known.at([verb], 0, loose=True) is not None
        found += [_DENIES, verb] if is_known else folded[at : at + 1]
        at = end if is_known else at + 1
    return found


def _begins_denied(folded: Sequence[str], at: int, known: Lexicon[str]) -> tuple[str, int]:
    """ "ma9adit", "ma 9adit": denied without the end that a verb has then."""
    word, after = folded[at], folded[at + 1 : at + 2]
    is_darija = word == "ما" or (word == "ma" and any(map(is_arabizi, folded)))
    if after and is_darija:
        return after[0], at + 2
    rest = word[2:] if word.startswith(("ما", "ma")) and word not in known else ""
    return rest if len(rest) > _STEM else "", at + 1

"""Which language a message is in, told from its small words.

Darija is answered in Arabic whichever letters it is written with; French words inside Arabizi
("slm cv, bghit rdv svp") are everyday Darija and do not make a message French.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nlu.lexicon import cells, rows, variants
from nlu.normalise import fold

_ANSWERED_IN: Final = {"fr": "fr", "en": "en", "ar": "ar", "ary": "ar", "arizi": "ar"}
# A Latin word with a digit for an Arabic letter inside: 3=ع 7=ح 9=ق 5=خ 2=ء 8=غ ("m3a", "7al").
_ARABIZI: Final = re.compile(r"[235789]?[a-z]+[235789][a-z235789]*|[235789][a-z]{3,}")
_NOT_ARABIZI: Final = re.compile(r"[a-z]{1,3}[0-9]+|[0-9]+(?:h|e|eme|ans?|nd|st|rd|th|km|dh|mad)")


@dataclass(frozen=True, slots=True)
class Guess:
    """``language`` is the one to answer in, ``variety`` the one written in; None: it cannot be told."""

    language: str | None
    variety: str | None
    confidence: float


@functools.cache
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in rows("function_words"):
        for word in cells(row["words"]):
            found.setdefault(fold(word), {})[row["variety"]] = float(row["weight"])
    return found


def is_function_word(word: str) -> bool:
    """True for a small word of any of our varieties: never a name, a place or a trade."""
    return word in _weights()


def detect(text: str) -> Guess:
    """The language of a message; all None when its words do not tell ("ok", "34", a name)."""
    scores = dict.fromkeys(_ANSWERED_IN, 0.0)
    told = fold(text).split() if not text.lstrip().startswith("/") else []
    for word in told:
        for variety, weight in _votes(word).items():
            scores[variety] += weight
    return _best(scores) or _by_letters(told)


def _votes(word: str) -> dict[str, float]:
    known = _weights().get(word)
    if known is None and word[0] >= "\u0600":
        known = next((_weights()[v] for v in variants(word) if v in _weights()), None)
    if known is not None:
        told = {v: w / len(known) for v, w in known.items() if v != "shared"}
        return told if "shared" not in known else {}
    is_arabizi = _ARABIZI.fullmatch(word) and not _NOT_ARABIZI.fullmatch(word)
    return {"arizi": 1.0} if is_arabizi else {}


def _best(scores: dict[str, float]) -> Guess | None:
    by_language: dict[str, float] = {}
    for variety, score in scores.items():
        language = _ANSWERED_IN[variety]
        by_language[language] = by_language.get(language, 0.0) + score
    total = sum(by_language.values())
    if not total:
        return None
    # Darija borrows French and English freely and they do not borrow it: it wins a near tie.
    language = max(by_language, key=lambda one: by_language[one] * (1.25 if one == "ar" else 1.0))
    spoken = [variety for variety in scores if _ANSWERED_IN[variety] == language]
    # Written Arabic is mostly shared with Darija: one Darija word outweighs one of the shared.
    variety = max(spoken, key=lambda one: scores[one] * (1.6 if one == "ary" else 1.0))
    share = by_language[language] / total
    return Guess(language, variety, round(share * min(1.0, 0.5 + total / 4), 2))


def _by_letters(told: Sequence[str]) -> Guess:
    """Who types Arabic letters reads them, whatever the words are (a name, a town)."""
    arabic = [word for word in told if "\u0621" <= word[0] <= "\u06d3"]
    if arabic and len(arabic) * 2 >= len(told):
        return Guess("ar", "ar", 0.4)
    return Guess(None, None, 0.0)

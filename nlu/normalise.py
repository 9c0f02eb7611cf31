"""One folding for every comparison, one cleaning for everything that is stored.

People write the same word as "Arrêt", "ARRET", "ａｒｒｅｔ" or "أرّيت"; everything that compares
words goes through `fold`, and everything that keeps them through `clean`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 4096
"""Telegram's limit for one message, the longest of our channels; more is cut."""

# Letters that Moroccans interchange when typing, after the accents and hamzas are gone.
_SAME: Final = {
    "ة": "ه", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "گ": "ك", "ݣ": "ك", "ڭ": "ك", "ڤ": "ف",
    "پ": "ب", "ٱ": "ا", "ء": "", "ـ": "", "ہ": "ه", "ھ": "ه", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l",
    "ı": "i", "đ": "d",
}  # fmt: skip
_ELONGATED: Final = re.compile(r"([^\W\d])\1{2,}")


def _fold_character(character: str) -> str:
    """What one character becomes: nothing, a space, or the letters and digits it stands for."""
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(_fold_plain(c) for c in unicodedata.normalize("NFKD", plain))


def _fold_plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return ""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    return _SAME.get(character, character) if category[0] == "L" or category == "Mc" else " "


class _Table(dict[int, str]):
    """A translation table that learns each character the first time it is seen."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_TABLE: Final = _Table()


def fold(text: str) -> str:
    """The form in which two texts are compared: lower case, bare letters and digits, one space."""
    spaced = " ".join(text[:LONGEST].translate(_TABLE).split())
    return _ELONGATED.sub(r"\1", spaced)


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and where it stands in the text as typed."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of `fold(text)`, each with its place in ``text``."""
    found: list[Word] = []
    letters, start, end = "", 0, 0
    for at, character in enumerate(text[:LONGEST]):
        end = at + 1 if letters and not _TABLE[ord(character)] else end
        for letter in _TABLE[ord(character)]:
            if letter == " ":
                _keep(found, letters, start, end)
                letters = ""
                continue
            start = at if not letters else start
            letters, end = letters + letter, at + 1
    _keep(found, letters, start, end)
    return found


def _keep(found: list[Word], letters: str, start: int, end: int) -> None:
    if letters:
        found.append(Word(_ELONGATED.sub(r"\1", letters), start, end))


def clean(text: str) -> str:
    """The form in which a text is stored: as typed, without what cannot be shown or is a trick.

    Bidi controls and zero-width characters can make a name read as something else on an
    operator's screen; NUL and lone surrogates are refused by the databases.
    """
    kept = "".join(c for c in text[:LONGEST] if _is_shown(c))
    return unicodedata.normalize("NFC", kept).strip()[:LONGEST]


def _is_shown(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")

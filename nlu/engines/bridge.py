"""One skeleton for a word in Arabic letters and in Latin ones: "خدام", "khdam" and "5eddam" agree.

Darija has no spelling: vowels come and go, ح is 7 or h, ش is ch or sh. What stays are the
consonants, so both scripts are brought to them and share what was learned of either.
"""

from __future__ import annotations

import functools
import re
from typing import Final

# Two letters first. Emphatic and plain letters, and those that people interchange, become one.
_LATIN_PAIRS: Final = (
    ("kh", "5"), ("gh", "8"), ("th", "t"), ("dh", "d"), ("ph", "f"),
    ("dj", "j"), ("qu", "k"), ("aa", "3"),
)  # fmt: skip
_LATIN: Final = str.maketrans(
    {"7": "h", "9": "k", "q": "k", "5": "x", "8": "g", "g": "k", "6": "t", "2": "", "4": "", "p": "b", "v": "f",
     "x": "c", "a": "", "e": "", "i": "", "o": "", "u": "", "y": "", "w": "", "h": "h"}
)  # fmt: skip
_ARABIC: Final = str.maketrans(
    {"ا": "", "و": "", "ي": "", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "x", "د": "d",
     "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "c", "ص": "s", "ض": "d", "ط": "t", "ظ": "d",
     "ع": "3", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h"}
)  # fmt: skip
_DOUBLED: Final = re.compile(r"(.)\1+")
_SOFT_C: Final = re.compile(r"c(?=[eiy])")


@functools.lru_cache(maxsize=8192)
def skeleton(word: str) -> str:
    """The consonants of a folded word, the same whichever letters it is written in."""
    # A feminine or mute ending is not written the same way in the other script.
    cut = word[:-1] if len(word) > 3 and word[-1] in "hه" else word
    bare = cut.translate(_ARABIC) if cut[0] >= "\u0600" else _latin(cut)
    return _DOUBLED.sub(r"\1", bare) or word[0]


def _latin(word: str) -> str:
    word = _SOFT_C.sub("s", word.replace("ch", "\0").replace("sh", "\0"))
    word = word.replace("c", "k").replace("\0", "c")
    for pair, letter in _LATIN_PAIRS:
        word = word.replace(pair, letter)
    return word.translate(_LATIN)

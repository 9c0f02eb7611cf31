"""What an SMS can carry: folding to GSM 03.38 where that is safe, and counting parts.

The alphabet and the part lengths (160/153 and 70/67 characters) are those of 3GPP TS 23.038
and 23.040, as told on Twilio's page "What the heck is a segment?".
"""

from __future__ import annotations

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")
_FOLDED = str.maketrans(
    {
        "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "…": "...", "–": "-", "—": "-",
        "•": "-", "·": "-", "\u00a0": " ", "\u202f": " ", "œ": "oe", "Œ": "OE", "ç": "c", "ê": "e",
        "ë": "e", "Ê": "E", "Ë": "E", "È": "E", "â": "a", "Â": "A", "À": "A", "á": "a", "î": "i",
        "ï": "i", "Î": "I", "Ï": "I", "í": "i", "ô": "o", "Ô": "O", "ó": "o", "û": "u", "Û": "U",
        "Ù": "U", "ú": "u", "ÿ": "y",
    }
)  # fmt: skip
_ARABIC = "العربية"
"""The name of the language, offered in a Latin text: it alone would more than double the price."""
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))


def fold(text: str) -> str:
    """The text as it goes out by SMS: no isolation marks (old phones show boxes), and Latin text
    folded to the cheap alphabet, unless something else in it needs the dear one anyway."""
    text = text.translate(_ISOLATES)
    folded = text.replace("\u00a0", " ").replace("« ", '"').replace(" »", '"').translate(_FOLDED)
    folded = folded.replace(_ARABIC, "Arabi")
    return folded if _is_gsm(folded) else text


def parts(text: str) -> int:
    """How many SMS parts the text costs."""
    if _is_gsm(text):
        length = len(text) + sum(character in _EXTENDED for character in text)
        return 1 if length <= 160 else -(-length // 153)
    length = len(text.encode("utf-16-be")) // 2
    return 1 if length <= 70 else -(-length // 67)


def _is_gsm(text: str) -> bool:
    return all(character in _BASIC or character in _EXTENDED for character in text)

"""What a person needs help with or can teach, and which languages they speak."""

from __future__ import annotations

from nlu.lexicon import lexicon
from nlu.meaning import Found, Reading
from nlu.normalise import fold
from nlu.spoken_language import named


def skills(text: str) -> Reading:
    """A tuple of skill codes in the order said: finance, marketing, sales, digital, ..."""
    hits = lexicon("skill_words", "skill").find(fold(text).split(), loose=True)
    # A word of two skills ("instagram") tells the first of them and, if it is alone, both.
    told = dict.fromkeys(
        one for hit in hits for one in (hit.values if len(hits) == 1 else hit.values[:1])
    )
    return Found(tuple(told)) if told else None


def languages(text: str) -> Reading:
    """A tuple of the languages named, out of ary, ar, fr, en, ber."""
    told = dict.fromkeys(hit.values[0] for hit in named(fold(text).split()))
    return Found(tuple(told)) if told else None

"""What a person needs help with or can teach, and which languages they speak."""

from __future__ import annotations

import re
from typing import Final

from nlu.lexicon import lexicon
from nlu.meaning import Found, Reading
from nlu.normalise import LONGEST, fold
from nlu.readers.places import Mention, mentions
from nlu.readers.spelling import respelled
from nlu.spoken_language import named

_PARTS: Final = re.compile(r"[,;/+&\n،؛|]")
_MONEY: Final = ("money",)
"""What is looked for, unless it is to be managed or accounts are named beside it."""
_MANAGE: Final = ("manage",)
_ACCOUNTS: Final = ("finance",)
_PEOPLE: Final = ("hr",)
_ABROAD: Final = ("abroad",)
_ONLINE: Final = ("online",)
"""Where one sells or advertises, when selling or advertising is named beside it."""
_SOUGHT: Final = {"money": "fundraising", "online": "digital"}


def skills(text: str) -> Reading:
    """A tuple of skill codes in the order said: finance, marketing, sales, digital, ..."""
    parts = (_named(part) for part in _PARTS.split(text[:LONGEST]))
    found = [values for part in parts for values in part if values != _ONLINE or len(part) == 1]
    # A word of two skills ("instagram") tells the first of them and, if it is alone, both.
    told = dict.fromkeys(
        one for values in found for one in (values if len(found) == 1 else values[:1])
    )
    told = dict.fromkeys(
        _SOUGHT.get(one, one) for one in told if one != _MONEY[0] or "finance" not in told
    )
    return Found(tuple(told)) if told else None


def _named(part: str) -> list[tuple[str, ...]]:
    folded = respelled(fold(part).split(), "skill_words", "skill")
    found = [hit.values for hit in lexicon("skill_words", "skill").find(folded, loose=True)]
    if _MANAGE in found:
        found = [_ACCOUNTS if values == _MONEY else values for values in found]
        found = [values for values in found if values != _MANAGE] or [_PEOPLE]
    is_abroad = _ABROAD in found or any(map(_is_country, mentions(folded)))
    if not is_abroad:
        return found
    # "vendre en Allemagne", "shipping to Europe": where to makes it export.
    sold = [values for values in found if values[0] not in ("sales", "operations", _ABROAD[0])]
    return [*sold, ("export",)]


def _is_country(mention: Mention) -> bool:
    return any(one.country != "MA" for one in mention.places)


def languages(text: str) -> Reading:
    """A tuple of the languages named, out of ary, ar, fr, en, ber."""
    folded = fold(text).split()
    hits = named(folded) or named(respelled(folded, "language_names", "code"))
    told = dict.fromkeys(hit.values[0] for hit in hits)
    return Found(tuple(told)) if told else None

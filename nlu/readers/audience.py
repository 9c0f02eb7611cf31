"""Whom one of the team means: "mentorés de Souss, artisanat, #atelier"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlu.language import is_function_word
from nlu.lexicon import lexicon
from nlu.meaning import Found, Reading
from nlu.normalise import words
from nlu.readers.business import sector_words
from nlu.readers.gazetteer import best, well_known
from nlu.readers.places import is_exception

_TAG: Final = re.compile(r"#([a-z0-9-]{1,24})", re.I)
_NOTHING: Final = ("said", "everybody")
"""What narrows nothing down: "those of the region"."""
Named = tuple[int, str, str]
"""Where its words end, what it is about, and which of them."""
_NONE: Final[Named] = (0, "", "")


def audience(text: str) -> Reading:
    """Codes by what they are about: role, region, country, sector, stage, language, tag.

    "unknown" holds the words that were not understood: to leave them out silently would write to
    more people than was meant. None where nobody is named.
    """
    told: dict[str, list[str]] = {}
    for tag in _TAG.findall(text):
        told.setdefault("tag", []).append(tag.casefold())
    bare = _TAG.sub(lambda tag: " " * len(tag[0]), text)
    said = words(bare)
    folded = [word.text for word in said]
    at = 0
    while at < len(said):
        found = [read(folded, at) for read in (_word, _place, _sector)]
        end, about, which = max(
            (one for one in found if one), default=_NONE, key=lambda one: one[0]
        )
        if about or not is_function_word(folded[at]):
            which = which if about else bare[said[at].start : said[at].end]
            told.setdefault(about or "unknown", []).append(which)
        at = max(end, at + 1)
    names_somebody = told.keys() - {"said", "unknown"}
    if not names_somebody:
        return None
    return Found(
        {
            about: list(dict.fromkeys(codes))
            for about, codes in told.items()
            if about not in _NOTHING
        }
    )


def _word(folded: Sequence[str], at: int) -> Named | None:
    known = lexicon("option_words", "code", only="option", among="audience")
    hit = known.at(folded, at, loose=True)
    if hit is None:
        return None
    about, _, which = hit.values[0].partition(":")
    return hit.end, about, which


def _place(folded: Sequence[str], at: int) -> Named | None:
    """A town stands for its region: that is what is known of everybody."""
    hit = well_known().at(folded, at, loose=True)
    if hit is None or is_exception("never", folded[hit.start : hit.end]):
        return None
    places = best(hit.values)
    where = {
        ("region", one.region) if one.country == "MA" else ("country", one.country)
        for one in places
    }
    return (hit.end, *where.pop()) if len(where) == 1 else None


def _sector(folded: Sequence[str], at: int) -> Named | None:
    hit = sector_words().at(folded, at, loose=True)
    if hit is None:
        return None
    most = max(weight for _, weight in hit.values)
    likely = [one for one, weight in hit.values if weight == most]
    return (hit.end, "sector", likely[0]) if len(likely) == 1 else None

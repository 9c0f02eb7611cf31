"""By whose clock an hour is told: "15h chez moi", "3pm Munich time", "الخامسة بتوقيت مونتريال"."""

from __future__ import annotations

from typing import Final, Literal

from nlu.lexicon import lexicon
from nlu.normalise import fold
from nlu.readers import gazetteer

MOROCCO: Final = "Africa/Casablanca"
_LONGEST: Final = 3
"""Words of a place's name."""
Whose = Literal["", "own", "theirs"]


def whose_clock(text: str) -> tuple[Whose, str]:
    """(whose, the zone of a place that is named); both empty where nothing is said of it."""
    words = fold(text).split()
    hits = lexicon("clock_words", "kind").find(words)
    for hit in hits:
        kind = hit.values[0]
        if kind == "morocco":
            return "", MOROCCO
        if kind == "place" and (zone := _zone(words, hit.end)):
            return "", zone
        if kind == "after" and (zone := _zone_before(words, hit.start)):
            return "", zone
    if any(hit.values[0] == "theirs" for hit in hits):
        return "theirs", ""
    return ("own", "") if any(hit.values[0] == "own" for hit in hits) else ("", "")


def _zone(words: list[str], at: int) -> str:
    """The zone of the place whose name begins with this word."""
    found = gazetteer.well_known().at(words, at, loose=True) if at < len(words) else None
    places = gazetteer.best(found.values) if found else []
    return places[0].timezone if len({one.timezone for one in places}) == 1 else ""


def _zone_before(words: list[str], end: int) -> str:
    starts = range(max(0, end - _LONGEST), end)
    return next((zone for at in starts if (zone := _zone(words, at))), "")

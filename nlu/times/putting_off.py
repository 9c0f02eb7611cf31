"""The reader of an answer to a reminder: in a while, at a moment that is named, or not any more."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from nlu.commands import without_courtesy
from nlu.lexicon import Lexicon, lexicon
from nlu.meaning import Found, Reading, Which
from nlu.normalise import fold
from nlu.times.coming import When
from nlu.times.when import when
from nlu.times.words import tokens

ENOUGH: Final = "enough"
"""What `put_off` finds where somebody does not want to be asked again."""
_LONGEST: Final = 7
"""Words; who says more is telling something else."""
_HOURS: Final = {"morning": 10, "noon": 13, "afternoon": 15, "evening": 19}
_FARTHEST: Final = timedelta(days=184)


def put_off(text: str, now: datetime, timezone: str) -> Reading:
    """The moment to ask again, in the person's zone, or `ENOUGH`; None where it says anything else.

    "Later" is tomorrow at this hour, and so is any day that is named without one.
    """
    said = fold(text).split()
    start, end = without_courtesy(said)
    rest = said[start:end] or said
    code = lexicon("option_words", "code", only="option", among="nudge").exact(rest)
    if ENOUGH in code:
        return Found(ENOUGH)
    here = now.astimezone(ZoneInfo(timezone))
    if "later" in code:
        return Found(here + timedelta(days=1))
    named = _named(rest, now, timezone)
    at = _moment(named, here) if named else None
    return Found(at) if at and now < at < now + _FARTHEST else None


def _named(said: list[str], now: datetime, timezone: str) -> When | None:
    """The moment that the words name, where they say nothing else."""
    told = " ".join(_without(_leads(), said))
    heard = tokens(told)
    is_only_time = all(heard[at].kinds for at in range(len(heard)))
    if len(said) > _LONGEST or not is_only_time or not any(c.isalpha() for c in told):
        return None
    reading = when(told, now, timezone)
    if isinstance(reading, Which):
        first: When = reading.candidates[0][0]
        return first
    return reading.value if isinstance(reading, Found) else None


def _leads() -> Lexicon[str]:
    return lexicon("option_words", "code", only="option", among="nudge")


def _without(leads: Lexicon[str], said: list[str]) -> list[str]:
    """The words but for those that only lead to the moment: "remind me", "on verra"."""
    hits = [hit for hit in leads.find(said) if "lead" in hit.values]
    return [w for at, w in enumerate(said) if not any(h.start <= at < h.end for h in hits)]


def _moment(named: When, here: datetime) -> datetime | None:
    """A day at this hour or at that of its part, a week on its Monday; None where that is past."""
    if "T" in named.at:
        return datetime.fromisoformat(named.at).replace(tzinfo=here.tzinfo, fold=named.fold)
    if "W" in named.at:
        year, _, week = named.at.partition("-W")
        day = date.fromisocalendar(int(year), int(week), 1)
    else:
        day = date.fromisoformat(named.at)
    hour = _HOURS.get(named.part)
    clock = time(hour) if hour else here.time().replace(second=0, microsecond=0)
    return datetime.combine(day, clock, here.tzinfo)

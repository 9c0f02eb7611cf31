"""The reader of one day or hour, for a session or a reminder."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from nlu.meaning import Found, Reading, Which
from nlu.times.amounts import amount
from nlu.times.coming import Coming, When
from nlu.times.days import Day
from nlu.times.mentions import mentions
from nlu.times.words import tokens

_MOST: Final = 5


def when(text: str, now: datetime, timezone: str) -> Reading:
    """The `When` after ``now`` that a text tells, in local time; several are asked about."""
    mentioned = mentions(tokens(text))
    told = list(dict.fromkeys(Coming(now, timezone).all(mentioned))) if mentioned else []
    if len(told) > 1:
        return Which(tuple((one, _label(one, timezone)) for one in told[:_MOST]))
    return Found(told[0]) if told else None


def _label(told: When, timezone: str) -> str:
    """Day first, as all our languages write it; the offset tells two equal hours apart."""
    if "W" in told.at:
        return told.at
    moment = datetime.fromisoformat(told.at)
    if "T" not in told.at:
        return f"{moment:%d/%m/%Y}"
    zoned = [moment.replace(tzinfo=ZoneInfo(timezone), fold=fold) for fold in (0, 1)]
    is_twice = zoned[0].utcoffset() != zoned[1].utcoffset()
    offset = f" ({zoned[told.fold]:UTC%z})" if is_twice else ""
    return f"{moment:%d/%m/%Y %H:%M}{offset}"


def names_day(text: str) -> bool:
    """Whether a day is said, not an hour alone."""
    return any(mention.days for mention in mentions(tokens(text)))


def names_weekday(text: str) -> bool:
    """Whether a day is said by the name that it has every week, and by nothing else."""
    days = [day for mention in mentions(tokens(text)) for day in mention.days]
    return bool(days) and all(day == Day(weekday=day.weekday, part=day.part) for day in days)


def minutes(text: str, most: int = 120) -> int | None:
    """How many minutes an amount comes to: "un quart d'heure de retard", "20 min"."""
    told = tokens(text)
    found = (amount(told, at) for at in range(len(told)))
    return next(
        (n for n, unit, _ in filter(None, found) if unit == "minute" and 0 < n <= most), None
    )

"""The reader of a time away: until which day somebody is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from nlu.meaning import Found, Reading
from nlu.times.amounts import amount
from nlu.times.coming import Coming, When
from nlu.times.days import Day
from nlu.times.mentions import Mention, mentions
from nlu.times.words import Tokens, tokens

_UNTIL: Final = re.compile(
    r"\b(?:until|till?|jusqu['’ ]?(?:au|à|a|en)?|حتى|إلى غاية|7ta|hta)\b", re.IGNORECASE
)
_FARTHEST: Final = 366
"""Days; a longer absence is a slip of the finger, or no pause any more."""


def until(text: str, now: datetime, timezone: str) -> Reading:
    """The last day away, as an ISO date: "3 weeks", "jusqu'au 15", "شي شهر", "10-20 décembre"."""
    said = tokens(text)
    if any(day.gone for mention in mentions(said) for day in mention.days):
        return None
    ends = _UNTIL.search(text)
    if ends:
        # What comes before it ("on holiday", "at work") is why, and no hour that is taken.
        after = until(text[ends.end() :], now, timezone)
        if after is not None:
            return after
    coming = Coming(now, timezone)
    today = now.astimezone(ZoneInfo(timezone)).date()
    days = [day for day in _days(said, coming, today) if 0 < (day - today).days <= _FARTHEST]
    return Found(max(days).isoformat()) if days else None


def _days(said: Tokens, coming: Coming, today: date) -> list[date]:
    """Every day that the words may end on; the last one is meant."""
    dated = [day for one in coming.all(mentions(said)) for day in _ends(one)]
    if dated:
        return dated
    lasting = [day for at in range(len(said)) if (day := _after(said, at, coming))]
    return lasting[:1] or [day for one in coming.all(_alone(said)) for day in _ends(one)]


def _ends(told: When) -> Iterator[date]:
    """The day a date, a span of days or a week comes to."""
    if "W" in told.at:
        year, _, week = told.at.partition("-W")
        yield date.fromisocalendar(int(year), int(week), 7)
        return
    for moment in (told.at, told.end):
        if len(moment) >= len("2026-06-02"):
            yield date.fromisoformat(moment[:10])


def _after(said: Tokens, at: int, coming: Coming) -> date | None:
    """The day that comes so many days, weeks or months from now."""
    found = amount(said, at)
    if found is None or found[1] == "minute":
        return None
    count, unit, _ = found
    on = Day(offset=0, months_on=count) if unit == "month" else Day(offset=count * _IN_DAYS[unit])
    told = next(coming.all([Mention(days=[on])]), None)
    return date.fromisoformat(told.at[:10]) if told else None


_IN_DAYS: Final = {"day": 1, "week": 7}


def _alone(said: Tokens) -> list[Mention]:
    """ "jusqu'au 15", "حتى يناير": a number of a day, or a month alone."""
    found = []
    for at in range(len(said)):
        token = said[at]
        if token.has("month"):
            found.append(Mention(days=[Day(day=1, month=int(token.kinds["month"]))]))
        elif token.has("num") and said[at - 1].has("to") and 1 <= token.numbers[0] <= 31:
            found.append(Mention(days=[Day(day=token.numbers[0])]))
    return found

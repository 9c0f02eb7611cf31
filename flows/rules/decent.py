"""At what hours we begin to speak: by the person's own clock, calendar and feasts (DOMAIN 2.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flows.rules.feasts import FRIDAY, MUSLIM_COUNTRIES, is_fasting, is_feast, is_holiday

Span = tuple[time, time]
"""From the first minute on, until before the second; within one day."""
_DAY: Final = timedelta(days=1)
_FAR: Final = 30
"""Days within which every calendar leaves some hour free, whatever holidays meet."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a conversation may begin, and when somebody may hear what they wait for."""

    weekdays: tuple[Span, ...] = ((time(9, 30), time(12, 30)), (time(14, 30), time(20)))
    saturday: tuple[Span, ...] = ((time(10), time(13)),)
    sunday: tuple[Span, ...] = ()
    ramadan: tuple[Span, ...] = ((time(10), time(15)), (time(21, 30), time(23)))
    awaited: tuple[Span, ...] = ((time(8), time(21, 30)),)


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives: what decides which clock and which calendar are theirs."""

    timezone: str
    country: str = "MA"
    subdivision: str = ""


def next_begin(now: datetime, home: Home, hours: Hours) -> datetime:
    """The first moment from ``now`` on at which a conversation may begin; ``now`` where it may."""
    return _first(now, home, lambda day: _spans(day, home, hours))


def next_awaited(now: datetime, home: Home, hours: Hours) -> datetime:
    """The same for what somebody waits for: no night, but any day."""
    return _first(now, home, lambda day: hours.awaited)


def _spans(day: date, home: Home, hours: Hours) -> tuple[Span, ...]:
    observes = home.country in MUSLIM_COUNTRIES
    if is_holiday(day, home.country, home.subdivision):
        return ()
    if observes and (is_feast(day) or is_feast(day + _DAY)):
        return ()
    weekly = (*(hours.weekdays,) * 5, hours.saturday, hours.sunday)
    spans = hours.ramadan if observes and is_fasting(day) else weekly[day.weekday()]
    return tuple(_without_prayer(spans)) if observes and day.weekday() == 4 else spans


def _without_prayer(spans: tuple[Span, ...]) -> Iterator[Span]:
    begins, ends = FRIDAY
    for opens, closes in spans:
        for one in ((opens, min(closes, begins)), (max(opens, ends), closes)):
            if one[0] < one[1]:
                yield one


def _first(now: datetime, home: Home, spans: Callable[[date], Iterable[Span]]) -> datetime:
    zone = ZoneInfo(home.timezone)
    today = now.astimezone(zone).date()
    for ahead in range(_FAR):
        day = today + ahead * _DAY
        for opens, closes in spans(day):
            begins, ends = (
                datetime.combine(day, at, zone).astimezone(UTC) for at in (opens, closes)
            )
            if now < ends:
                return max(now, begins)
    return now + _FAR * _DAY

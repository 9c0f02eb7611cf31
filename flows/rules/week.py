"""The hours of one week that people have in common, wherever they live.

Availability is said in local time, "Tuesday 18:00 to 21:00", and holds every week; what two
people share depends on their zones and on the clocks of the very week. Here a week is the 672
quarters from Monday 00:00 UTC, and a person is the set of quarters at which an hour can begin in
which they are free throughout. A session begins on a quarter, so two people have an hour in
common exactly where these sets meet: one AND of eleven words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from flows.rules.availability import Window

Bits = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
QUARTER: Final = 15
DAY: Final = 24 * 60
_WEEK: Final = 7 * DAY
_HOUR: Final = 60 // QUARTER
SLOTS: Final = _WEEK // QUARTER
WORDS: Final = -(-SLOTS // 64)
ENDLESS: Final = "23:59"
"""How the end of a day is written in a window (`nlu.dates`)."""


def starts(windows: Sequence[Window], zone: str, week: date) -> Bits:
    """When an hour can begin in the week of that day: SLOTS bits in WORDS words, in UTC.

    ``windows`` are local to ``zone``; one that ends before it begins runs into the next day.
    Raises ZoneInfoNotFoundError for a zone that does not exist.
    """
    said = tuple((tuple(w["days"]), str(w["start"]), str(w["end"])) for w in windows)
    return _starts(said, zone, _monday(week))


@lru_cache(maxsize=1 << 14)
def _starts(said: tuple[tuple[tuple[int, ...], str, str], ...], zone: str, monday: date) -> Bits:
    local = np.zeros(_WEEK, np.bool_)
    for days, start, end in said:
        begin, length = _span(start, end)
        for day in days:
            local[(day * DAY + begin + np.arange(length)) % _WEEK] = True
    minutes = _local(zone, monday)[:, None] + np.arange(QUARTER)
    free = local[minutes % _WEEK].all(axis=1)
    hours = np.logical_and.reduce([free[k : SLOTS + k] for k in range(_HOUR)])
    packed = np.zeros(WORDS * 64, np.bool_)
    packed[:SLOTS] = hours
    bits: Bits = np.packbits(packed, bitorder="little").view(np.uint64)
    bits.flags.writeable = False
    return bits


def _span(start: str, end: str) -> tuple[int, int]:
    """The first minute of a day and how many follow."""
    begin, until = _minutes(start), DAY if end in (ENDLESS, "00:00") else _minutes(end)
    return begin, until - begin if until >= begin else until + DAY - begin


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=1 << 10)
def _local(zone: str, monday: date) -> npt.NDArray[np.int64]:
    """Minutes since local Monday 00:00 at each quarter of the UTC week and of the hour after it.

    No zone changes its clocks within a quarter, so the minutes of a quarter follow each other.
    """
    there = ZoneInfo(zone)
    begin = datetime.combine(monday, time(), UTC)
    clocks = (
        (begin + timedelta(minutes=QUARTER * slot)).astimezone(there)
        for slot in range(SLOTS + _HOUR)
    )
    return np.array([at.weekday() * DAY + at.hour * 60 + at.minute for at in clocks])


def in_common(one: Bits, other: Bits) -> Flags:
    """At which quarters both could begin an hour; SLOTS long."""
    return np.unpackbits((one & other).view(np.uint8), bitorder="little")[:SLOTS].astype(np.bool_)


def best_hours(common: Flags, zone: str, week: date) -> Window | None:
    """The longest hours in common, local to ``zone``, with every day that has the same ones.

    ``common`` as `in_common` gives it. Hours that pass midnight belong to the day they begin on;
    a day and more is cut at midnight. None where there are none, or only around
    a change of clocks, where no two times of day would tell them.
    """
    found: dict[tuple[int, int], list[int]] = {}
    for start, length in _stretches(common, zone, week):
        days = found.setdefault((start % DAY, length), [])
        if start // DAY not in days:
            days.append(start // DAY)
    if not found:
        return None
    (begin, length), days = max(
        found.items(), key=lambda item: (len(item[1]) * item[0][1], item[0][1], -item[0][0])
    )
    end = begin + length
    return {"days": sorted(days), "start": _clock(begin), "end": _clock(end)}


def _clock(minutes: int) -> str:
    if minutes == DAY:
        return ENDLESS
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _stretches(common: Flags, zone: str, week: date) -> Iterator[tuple[int, int]]:
    """Local minute of the week and length of each stretch of at least an hour."""
    quarters = np.zeros(SLOTS + _HOUR, np.bool_)
    for k in range(_HOUR):
        quarters[k : SLOTS + k] |= common
    quarters = quarters[:SLOTS]
    local = _local(zone, _monday(week))
    runs = list(_runs(np.flatnonzero(quarters).tolist(), local))
    if runs and len(runs[0]) == SLOTS:
        runs = [sorted(runs[0])]
    elif runs and quarters[0] and quarters[-1] and _follows(runs[0][0], runs[-1][-1]):
        runs = [*runs[1:-1], runs[-1] + runs[0]]  # every week ends where the next begins
    for run in runs:
        pieces = _by_day(run) if len(run) * QUARTER >= DAY else [run]
        yield from ((piece[0], len(piece) * QUARTER) for piece in pieces if len(piece) >= _HOUR)


def _runs(slots: Iterable[int], local: npt.NDArray[np.int64]) -> Iterator[list[int]]:
    """Local minutes of quarters that follow each other, in UTC and on the clock there."""
    run: list[int] = []
    last = -1
    for slot in slots:
        minute = int(local[slot])
        if run and (slot != last + 1 or not _follows(minute, run[-1])):
            yield run
            run = []
        run.append(minute)
        last = slot
    if run:
        yield run


def _follows(minute: int, before: int) -> bool:
    return minute == (before + QUARTER) % _WEEK


def _by_day(run: list[int]) -> Iterator[list[int]]:
    return (list(piece) for _, piece in groupby(run, key=lambda minute: minute // DAY))

"""When a mentee and a mentor may meet: proposals, and what speaks against an hour they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from flows.rules.availability import Window
from flows.rules.clocks import SkippedHour, derive, is_twice, shown
from flows.rules.feasts import (
    FRIDAY,
    MUSLIM_COUNTRIES,
    Sighting,
    iftar,
    is_fasting,
    is_feast,
    is_holiday,
)

Interval = tuple[datetime, datetime]
"""From an instant to another, which is not part of it."""
Whose = Literal["mentee", "mentor", "both"]
Reason = Literal[
    "skipped", "twice", "soon", "far", "taken", "away", "night", "holiday", "friday", "iftar"
]
SOONEST: Final = timedelta(hours=24)
"""Time to read the confirmation and to be reminded."""
FARTHEST: Final = timedelta(weeks=3)
DECENT: Final = (time(8), time(21, 30))
"""Nobody is proposed an hour that begins before or ends after, in their own zone."""
USUAL: Final[tuple[Window, ...]] = (
    {"days": [0, 1, 2, 3, 4], "start": "14:00", "end": "21:00"},
    {"days": [5], "start": "10:00", "end": "18:00"},
)
"""For people who told no hours: afternoons and evenings, and Saturdays."""
ANY: Final[tuple[Window, ...]] = (
    {"days": [0, 1, 2, 3, 4, 5, 6], "start": "08:00", "end": "21:30"},
)
"""The same, where zones are so far apart that the usual hours have too little in common."""
_FRIDAY: Final = 4
_STEP: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, as far as their time is concerned."""

    zone: str
    windows: Sequence[Window] = ()
    """Weekly windows of local time (``availability.windows``); none: not told."""
    country: str = ""
    """ISO 3166 code of where they live, and the part of it as `holidays` names it (BY, QC)."""
    subdivision: str = ""
    observes: bool = True
    """Keeps Friday prayer, Ramadan and the feasts; in Muslim countries everybody's hours do."""
    coordinates: tuple[float, float] | None = None
    """Degrees north and east of their town, for the hour of iftar."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time to meet: the mentee's wall time and its zone; start and end are derived, in UTC."""

    wall: datetime
    zone: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an hour is not good, and for whom.

    ``skipped`` and ``twice`` (clocks change), ``soon``, ``far``, ``taken``, ``away`` (outside the
    hours they told), ``night``, ``holiday`` (a feast too), ``friday`` and ``iftar``.
    """

    reason: Reason
    whose: Whose


def propose(
    mentee: Side,
    mentor: Side,
    now: datetime,
    minutes: int = 60,
    most: int = 3,
    taken: Iterable[Interval] = (),
    sighted: tuple[Sighting, ...] = (),
) -> tuple[Slot, ...]:
    """At most ``most`` slots that nothing speaks against, in order; none where there are none.

    They spread over days and parts of the day, and start on the mentee's hour or half hour.
    ``taken`` are the UTC intervals when either is not free, those offered before included where
    others are wanted. The same arguments give the same slots.
    """
    busy = tuple(taken)
    is_told = bool(mentee.windows and mentor.windows)
    found: tuple[Slot, ...] = ()
    for hours in (USUAL,) if is_told else (USUAL, ANY):
        one, other = (replace(side, windows=side.windows or hours) for side in (mentee, mentor))
        free = [
            _slot(wall, mentee.zone, minutes)
            for wall in _walls(one, now)
            if not any(objections(wall, one, other, now, minutes, busy, sighted))
        ]
        found = _spread(free, most)
        if len(found) == most:
            break
    return found


def objections(
    wall: datetime,
    mentee: Side,
    mentor: Side,
    now: datetime,
    minutes: int = 60,
    taken: Sequence[Interval] = (),
    sighted: tuple[Sighting, ...] = (),
) -> Iterator[Objection]:
    """All that speaks against a session at the mentee's wall time, one by one."""
    try:
        start = derive(wall, mentee.zone)
    except SkippedHour:
        yield Objection("skipped", "mentee")
        return
    end = start + timedelta(minutes=minutes)
    pair: tuple[tuple[Whose, Side], ...] = (("mentee", mentee), ("mentor", mentor))
    for whose, side in pair:
        begins, ends = shown(start, side.zone), shown(end, side.zone)
        for reason in _against(side, begins, ends, sighted):
            yield Objection(reason, whose)
    if start - now < SOONEST:
        yield Objection("soon", "both")
    if start - now > FARTHEST:
        yield Objection("far", "both")
    if any(start < until and since < end for since, until in taken):
        yield Objection("taken", "both")
    if is_twice(wall, mentee.zone):
        yield Objection("twice", "mentee")


def _against(
    side: Side, begins: datetime, ends: datetime, sighted: tuple[Sighting, ...]
) -> Iterator[Reason]:
    """What speaks against one side's hour, from and until in their own wall time."""
    day = begins.date()
    observes = side.observes or side.country in MUSLIM_COUNTRIES
    if side.windows and not _within(side.windows, begins, ends):
        yield "away"
    if begins.time() < DECENT[0] or ends > datetime.combine(day, DECENT[1]):
        yield "night"
    if is_holiday(day, side.country, side.subdivision) or (observes and is_feast(day, sighted)):
        yield "holiday"
    if observes and day.weekday() == _FRIDAY and _meets(begins, ends, _on(day, FRIDAY)):
        yield "friday"
    fasts = observes and is_fasting(day, sighted)
    if fasts and _meets(begins, ends, iftar(day, side.zone, side.coordinates)):
        yield "iftar"


def _on(day: date, hours: tuple[time, time]) -> Interval:
    return datetime.combine(day, hours[0]), datetime.combine(day, hours[1])


def _meets(begins: datetime, ends: datetime, other: Interval) -> bool:
    return begins < other[1] and other[0] < ends


def _spans(windows: Iterable[Window], day: date) -> Iterator[Interval]:
    for one in windows:
        if day.weekday() in one["days"]:
            yield _on(day, (time.fromisoformat(one["start"]), time.fromisoformat(one["end"])))


def _within(windows: Iterable[Window], begins: datetime, ends: datetime) -> bool:
    """Whether windows of that day, joined where they touch, hold the whole of it."""
    reached = begins
    for opens, closes in sorted(_spans(windows, begins.date())):
        if opens <= reached < closes:
            reached = closes
    return reached >= ends


def _walls(side: Side, now: datetime) -> list[datetime]:
    """The hours and half hours in one's windows, in order, from today until the farthest day."""
    today = shown(now, side.zone).date()
    days = (today + timedelta(days=n) for n in range(FARTHEST.days + 2))
    return sorted(
        {wall for day in days for span in _spans(side.windows, day) for wall in _in(span)}
    )


def _in(span: Interval) -> Iterator[datetime]:
    opens, closes = span
    wall = opens + (datetime.min - opens) % _STEP
    while wall < closes:
        yield wall
        wall += _STEP


def _slot(wall: datetime, zone: str, minutes: int) -> Slot:
    start = derive(wall, zone)
    return Slot(wall, zone, start, start + timedelta(minutes=minutes))


def _spread(free: Sequence[Slot], most: int) -> tuple[Slot, ...]:
    """The earliest, then always the one most unlike those chosen; whole hours before half ones."""
    chosen: list[Slot] = []
    while len(chosen) < most:
        rest = [slot for slot in free if not any(_overlap(slot, other) for other in chosen)]
        if not rest:
            break
        chosen.append(min(rest, key=lambda slot: _likeness(slot, chosen)))
    return tuple(sorted(chosen, key=lambda slot: slot.start))


def _overlap(one: Slot, other: Slot) -> bool:
    return one.start < other.end and other.start < one.end


def _likeness(slot: Slot, chosen: Iterable[Slot]) -> tuple[int, int, date, bool, datetime]:
    day, part = slot.wall.date(), _part(slot.wall)
    same_day = sum(other.wall.date() == day for other in chosen)
    same_part = sum(_part(other.wall) == part for other in chosen)
    return same_day, same_part, day, slot.wall.minute != 0, slot.start


def _part(wall: datetime) -> int:
    """Morning, afternoon, evening: as the buttons of ``availability.TAPPED`` divide the day."""
    return (wall.hour >= 12) + (wall.hour >= 18)

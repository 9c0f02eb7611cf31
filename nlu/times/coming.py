"""What the mentions come to: dates and hours after now, in the person's zone."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from nlu.times.days import Day
from nlu.times.hours import Clock
from nlu.times.mentions import Mention, Slot

_FARTHEST: Final = 3
"""Years ahead after which a date is a slip of the finger."""

_OVER: Final = {"morning": 12, "noon": 14, "afternoon": 18}
_SHOWN: Final = {"night": "evening", "am": "", "pm": ""}
_DAY: Final = 1440


@dataclass(frozen=True, slots=True)
class When:
    """A local date ("2026-06-02"), date and hour ("2026-06-02T18:00") or week ("2026-W24").

    ``part`` is the part of the day said, ``end`` the end of a span; ``fold`` is 1 for the second
    of two equal hours, when clocks go back.
    """

    at: str
    part: str = ""
    end: str = ""
    fold: int = 0

    def as_json(self) -> str:
        return self.at

    def is_after(self, now: datetime, timezone: str) -> bool:
        """Whether it is still to come; today and this week are."""
        here = now.astimezone(ZoneInfo(timezone))
        if "W" in self.at:
            year, week, _ = here.isocalendar()
            return self.at >= f"{year}-W{week:02}"
        if "T" not in self.at:
            return self.at >= here.date().isoformat()
        told = datetime.fromisoformat(self.at).replace(tzinfo=here.tzinfo, fold=self.fold)
        return told.astimezone(UTC) > now.astimezone(UTC)


class Coming:
    """Reads mentions from one moment in one zone."""

    def __init__(self, now: datetime, timezone: str) -> None:
        self._zone = ZoneInfo(timezone)
        self._timezone = timezone
        self._now = now.astimezone(self._zone) if now.tzinfo else now.replace(tzinfo=self._zone)
        self._today = self._now.date()

    def all(self, mentions: Iterable[Mention]) -> Iterator[When]:
        """Everything that may be meant and is still to come."""
        for mention in mentions:
            days: list[Day | None] = [*mention.days]
            for told in days or [None]:
                for slot in mention.slots or [Slot()]:
                    yield from self._safe(told, slot, mention.last)

    def _safe(self, told: Day | None, slot: Slot, last: Day | None) -> Iterator[When]:
        try:
            found = list(self._one(told, slot, last))
        except (OverflowError, ValueError):  # beyond the calendar: no such day
            return
        yield from (one for one in found if one.is_after(self._now, self._timezone))

    def _one(self, told: Day | None, slot: Slot, last: Day | None) -> Iterator[When]:
        if told is None:
            yield from self._without_day(slot)
        elif told.gone:
            return
        elif told.minutes_on is not None:
            moment = self._now.astimezone(UTC) + timedelta(minutes=told.minutes_on)
            yield When(_minute(moment.astimezone(self._zone)))
        elif told.iso_week or (told.week is not None and told.weekday is None):
            yield self._week(told, slot)
        elif told.whole_week:
            for day in self._dates(told, slot):
                yield self._week_with(day, slot)
        elif told.maybe and told.weekday is not None and not slot.start:
            yield from self._day_or_hour(told, slot)
        else:
            for day in self._dates(told, slot):
                yield from self._at(day, slot, told, last)

    def _without_day(self, slot: Slot) -> Iterator[When]:
        """An hour alone is the next such hour; a part of the day alone is today's or tomorrow's."""
        if slot.start is None:
            for ahead in (0, 1):
                yield from self._at(self._today + timedelta(ahead), slot, None, None)
            return
        now = self._now.hour * 60 + self._now.minute
        later = slot.start.placed(slot.part) > now
        yield from self._at(self._today + timedelta(not later), slot, None, None)

    def _week(self, told: Day, slot: Slot) -> When:
        day = self._today + timedelta(weeks=told.week or 0)
        if told.iso_week:
            day = date.fromisocalendar(*told.iso_week, 1)
        return self._week_with(day, slot)

    def _week_with(self, day: date, slot: Slot) -> When:
        year, week, _ = day.isocalendar()
        return When(f"{year}-W{week:02}", _SHOWN.get(slot.part, slot.part))

    def _day_or_hour(self, told: Day, slot: Slot) -> Iterator[When]:
        """ "lundi 8": the 8th when that is a Monday; else perhaps eight o'clock."""
        number = told.maybe or 0
        numbered = self._dates(replace(told, weekday=None, maybe=None, day=number), slot)
        if number <= 24 and not any(day.weekday() == told.weekday for day in numbered):
            clock = replace(slot, start=Clock(number * 60, exact=number > 12))
            for day in self._dates(replace(told, maybe=None), clock):
                yield from self._at(day, clock, told, None)
        else:
            numbered = self._dates(told, slot)
        for day in numbered:
            yield from self._at(day, slot, told, None)

    def _dates(self, told: Day, slot: Slot) -> list[date]:
        """The days that may be meant; two when a weekday contradicts a date."""
        if told.weekend:
            return self._weekend(told)
        if told.weekday is None:
            return [day for day in [self._dated(told, slot)] if day]
        if told.week is not None:
            monday = self._today - timedelta(self._today.weekday()) + timedelta(weeks=told.week)
            return [monday + timedelta(told.weekday)]
        base = self._dated(told, slot)
        if base is None:
            is_dated = told.day or told.maybe
            return [] if is_dated else [self._weekday(told, slot)]
        return sorted({base, self._nearest(base, told.weekday)})

    def _nearest(self, base: date, weekday: int) -> date:
        ahead = (weekday - base.weekday() + 3) % 7 - 3
        near = base + timedelta(ahead)
        return near if near > self._today else near + timedelta(7)

    def _weekday(self, told: Day, slot: Slot) -> date:
        ahead = ((told.weekday or 0) - self._today.weekday()) % 7
        is_today = not ahead and not told.next and slot.start and self._is_later(slot)
        return self._today + timedelta((ahead if ahead or is_today else 7) + 7 * told.plus)

    def _is_later(self, slot: Slot) -> bool:
        now = self._now.hour * 60 + self._now.minute
        return slot.start is not None and slot.start.placed(slot.part) > now

    def _weekend(self, told: Day) -> list[date]:
        saturday = self._today + timedelta(5 - self._today.weekday())
        days = [saturday, saturday + timedelta(1)]
        return (
            [day + timedelta(7) for day in days] if told.next and self._today >= saturday else days
        )

    def _dated(self, told: Day, slot: Slot) -> date | None:
        number = told.day or told.maybe
        for one in (31, 30, 29, 28) if told.last else (number,) if number else ():
            found = self._in_its_month(one, told)
            if found is not None:
                return found
        if number and (told.month or told.months_on is not None):
            return None
        if number:
            return self._numbered(number, slot)
        if told.offset is None:
            return None
        day = self._today + timedelta(told.offset)
        return _months_on(day, told.months_on) if told.months_on else day

    def _in_its_month(self, number: int, told: Day) -> date | None:
        if told.month:
            return self._of_year(number, told.month, told.year)
        if told.months_on is not None:
            return _in_months(self._today, told.months_on, number)
        return None

    def _of_year(self, number: int, month: int, year: int | None) -> date | None:
        if year is not None:
            day = _day_of(year, month, number)
            return day if day and day.year <= self._today.year + _FARTHEST else None
        this, following = (_day_of(self._today.year + more, month, number) for more in (0, 1))
        return this if this and this >= self._today else following

    def _numbered(self, number: int, slot: Slot) -> date | None:
        """The next day of this number; today's own when an hour of it is still to come."""
        first = self._today + timedelta(not self._is_later(slot))
        ahead = (_in_months(first, more, number) for more in range(3))
        return next((day for day in ahead if day and day >= first), None)

    def _at(self, day: date, slot: Slot, told: Day | None, last: Day | None) -> Iterator[When]:
        part = _SHOWN.get(slot.part, slot.part)
        if slot.start is None:
            is_over = day == self._today and self._now.hour >= _OVER.get(part, 24)
            if not is_over:
                yield When(day.isoformat(), part, self._last(day, last))
            return
        start, end = _placed(slot, day == self._today and told is not None, self._now)
        shown = part or _SHOWN.get(slot.start.part, slot.start.part)
        tonight = told is None or (told.offset == 0 and not told.months_on)
        if start >= _DAY and not tonight:
            yield from self._instants(day, start - _DAY, None, shown)
        yield from self._instants(day, start, end, shown)

    def _last(self, day: date, last: Day | None) -> str:
        if last is None:
            return ""
        ends = self._dates(last, Slot()) if last.minutes_on is None and last.week is None else []
        end = next(
            (
                one if one > day else one + timedelta(7)
                for one in ends
                if one > day or last.weekday is not None
            ),
            None,
        )
        return end.isoformat() if end else ""

    def _instants(self, day: date, start: int, end: int | None, part: str) -> Iterator[When]:
        """The instant; two when clocks pass this hour twice, its neighbours when they skip it."""
        told = _wall(day, start)
        until = _wall(day, end).isoformat(timespec="minutes") if end is not None else ""
        zoned = [told.replace(tzinfo=self._zone, fold=fold) for fold in (0, 1)]
        real = [one.astimezone(UTC).astimezone(self._zone) for one in zoned]
        if zoned[0].utcoffset() == zoned[1].utcoffset():
            yield When(_minute(told), part, until)
        elif real[0].replace(tzinfo=None) == told:
            yield from (When(_minute(told), part, until, fold) for fold in (0, 1))
        else:
            yield from (When(_minute(one), part) for one in real)


def _placed(slot: Slot, today: bool, now: datetime) -> tuple[int, int | None]:
    """When the hours of a slot begin and end, in minutes of its day."""
    clock = slot.start or Clock(0)
    start = clock.placed(slot.part)
    if slot.end is None:
        is_past = today and clock.bare and start <= now.hour * 60 + now.minute
        return (
            start + 720 if is_past and start < 720 and not (clock.part or slot.part) else start
        ), None
    end = slot.end.placed(slot.part)
    if slot.end.part and not clock.part and clock.placed(slot.end.part) < end:
        start = clock.placed(slot.end.part)  # "de 8 à 10 du soir"
    if end <= start and not slot.end.exact and end + 720 < _DAY:
        end += 720
    return start, end if end > start else None


def _day_of(year: int, month: int, day: int) -> date | None:
    """This day, if the calendar has it."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _in_months(today: date, months: int, day: int) -> date | None:
    """This day of the month that comes so many months after today's."""
    month = today.month - 1 + months
    return _day_of(today.year + month // 12, month % 12 + 1, day)


def _months_on(day: date, months: int) -> date:
    first = (day.month - 1 + months) % 12 + 1, day.year + (day.month - 1 + months) // 12
    return date(first[1], first[0], min(day.day, calendar.monthrange(first[1], first[0])[1]))


def _wall(day: date, minutes: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)


def _minute(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")

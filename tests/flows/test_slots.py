"""Proposals against a scan of every minute, over 2026 to 2030 and twelve zones."""

from __future__ import annotations

import functools
import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.rules.availability import TAPPED, windows
from flows.rules.feasts import Sighting, is_fasting, is_feast, sunset
from flows.rules.slots import ANY, Interval, Objection, Side, Slot, objections, propose
from tests.flows.test_clocks import CASABLANCA, PARIS, moments, releases
from tests.zone_data import zone_data

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PLACES: dict[str, tuple[str, str, tuple[float, float] | None]] = {
    "Africa/Casablanca": ("MA", "", (33.59, -7.61)), "Africa/El_Aaiun": ("MA", "", None),
    "Europe/Paris": ("FR", "", (48.86, 2.35)), "Europe/London": ("GB", "ENG", (51.51, -0.13)),
    "Europe/Berlin": ("DE", "BY", (48.14, 11.58)), "America/Toronto": ("CA", "QC", (45.5, -73.57)),
    "America/Vancouver": ("CA", "BC", None), "America/St_Johns": ("CA", "NL", (47.56, -52.71)),
    "Asia/Dubai": ("AE", "", (25.2, 55.27)), "Asia/Kathmandu": ("", "", None),
    "Australia/Lord_Howe": ("AU", "NSW", (-31.55, 159.08)),
    "Pacific/Auckland": ("NZ", "AUK", (-36.85, 174.76)),
}  # fmt: skip


def _window(days: set[int], quarters: tuple[int, int]) -> dict[str, Any]:
    start, end = (f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in quarters)
    return {"days": sorted(days), "start": start, "end": end}


said = st.builds(
    _window,
    st.sets(st.integers(0, 6), min_size=1),
    st.tuples(st.integers(24, 95), st.integers(24, 95)).filter(lambda span: span[0] < span[1]),
)
hours = st.lists(said | st.sampled_from(list(TAPPED.values())), max_size=4)


def _side(zone: str, told: list[Any], observes: bool) -> Side:
    country, subdivision, place = PLACES[zone]
    return Side(zone, told, country, subdivision, observes, place)


sides = st.builds(_side, st.sampled_from(list(PLACES)), hours, st.booleans())
nows = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
in_ramadan = st.datetimes(
    datetime(2027, 2, 1), datetime(2027, 3, 1), timezones=st.just(UTC)
) | st.datetimes(datetime(2030, 1, 1), datetime(2030, 1, 20), timezones=st.just(UTC))
lengths = st.sampled_from((30, 45, 60, 90))
gone = st.lists(st.tuples(st.integers(0, 504), st.integers(1, 6)), max_size=12)


class Scan:
    """Says of every minute whether one side is free, as plainly as can be."""

    def __init__(self, side: Side, told: Any) -> None:
        self._side, self._told = side, told
        self._zone = ZoneInfo(side.zone)

    def is_free(self, minute: datetime) -> bool:
        local = minute.astimezone(self._zone)
        clock, day = local.time(), local.date()
        return (
            time(8) <= clock < time(21, 30)
            and self._is_told(day.weekday(), f"{clock:%H:%M}")
            and not self._is_off(day)
            and not (self._observes and day.weekday() == 4 and time(12) <= clock < time(14, 30))
            and not (self._observes and is_fasting(day) and self._is_iftar(minute, day, clock))
        )

    @property
    def _observes(self) -> bool:
        return self._side.observes or self._side.country in ("MA", "AE")

    def _is_told(self, weekday: int, clock: str) -> bool:
        return any(weekday in w["days"] and w["start"] <= clock < w["end"] for w in self._told)

    def _is_off(self, day: date) -> bool:
        country = self._side.country
        if country and day in _calendar(country, self._side.subdivision):
            return True
        return self._observes and is_feast(day)

    def _is_iftar(self, minute: datetime, day: date, clock: time) -> bool:
        if self._side.coordinates is None:
            return time(15) <= clock < time(21)
        maghrib = sunset(day, *self._side.coordinates)
        return maghrib - 30 * MINUTE < minute + MINUTE and minute < maghrib + HOUR


@functools.cache
def _calendar(country: str, subdivision: str) -> Any:
    years = range(2026, 2032)
    return holidays.country_holidays(country, subdiv=subdivision or None, years=years)


def scanned(
    mentee: Side, mentor: Side, now: datetime, minutes: int, taken: list[Interval]
) -> set[datetime]:
    """Every start that is good, minute by minute, where both told their hours."""
    scans = Scan(mentee, mentee.windows or ANY), Scan(mentor, mentor.windows or ANY)
    zone = ZoneInfo(mentee.zone)
    first = (now + DAY).replace(second=0, microsecond=0)
    span = [first + n * MINUTE for n in range(21 * 1440 - 1440 + minutes + 1)]
    free = [
        all(scan.is_free(minute) for scan in scans)
        and not any(since < minute + MINUTE and minute < until for since, until in taken)
        for minute in span
    ]
    good, run = set(), 0
    for minute, is_free in zip(reversed(span), reversed(free), strict=True):
        run = run + 1 if is_free else 0
        wall = minute.astimezone(zone).replace(tzinfo=None)
        if run >= minutes and wall.minute in (0, 30) and DAY <= minute - now <= 21 * DAY:
            good |= {minute} if len(moments(wall, mentee.zone)) == 1 else set()
    return good


def _apart(one: Slot, start: datetime, minutes: int) -> bool:
    return start + minutes * MINUTE <= one.start or one.end <= start


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(sides, sides, nows | in_ramadan, lengths, gone)
def test_proposals_agree_with_a_scan_of_every_minute(
    mentee: Side, mentor: Side, now: datetime, minutes: int, gone: list[tuple[int, int]]
) -> None:
    taken = [(now + since * HOUR, now + (since + long) * HOUR) for since, long in gone]
    found = propose(mentee, mentor, now, minutes, taken=taken)
    good = scanned(mentee, mentor, now, minutes, taken)
    assert {slot.start for slot in found} <= good
    if len(found) < 3:
        # No good start is left that does not overlap with one proposed.
        assert not [at for at in good if all(_apart(slot, at, minutes) for slot in found)]


@settings(max_examples=60)
@given(sides, sides, nows, lengths, releases, st.integers(0, 5))
def test_proposals_are_sound_under_every_release(
    mentee: Side, mentor: Side, now: datetime, minutes: int, release: str, most: int
) -> None:
    with zone_data(release):
        found = propose(mentee, mentor, now, minutes, most)
        assert found == propose(mentee, mentor, now, minutes, most)
        assert len(found) <= most
        assert list(found) == sorted(found, key=lambda slot: slot.start)
        for slot in found:
            assert moments(slot.wall, mentee.zone) == [slot.start]
            assert slot.wall.minute in (0, 30)
            assert slot.end - slot.start == minutes * MINUTE
            assert not list(objections(slot.wall, mentee, mentor, now, minutes))
        for one, other in itertools.pairwise(found):
            assert one.end <= other.start
        left = [(slot.start, slot.end) for slot in found]
        others = propose(mentee, mentor, now, minutes, most, taken=left)
        assert not {slot.start for slot in found} & {slot.start for slot in others}


NOW = datetime(2026, 11, 25, 22, 48, tzinfo=UTC)
AMINA = Side(CASABLANCA, windows(["weekday_evening"]), "MA", coordinates=(33.59, -7.61))
KARIM = Side(PARIS, windows(["weekday_evening", "saturday"]), "FR", coordinates=(48.86, 2.35))


def told(slots: tuple[Slot, ...]) -> list[str]:
    return [f"{slot.wall:%m-%d %H:%M}" for slot in slots]


def test_three_evenings_on_three_days() -> None:
    assert told(propose(AMINA, KARIM, NOW)) == ["11-27 18:00", "11-30 18:00", "12-01 18:00"]


def test_different_parts_of_the_day_where_people_are_free_in_several() -> None:
    free = Side(PARIS, windows(TAPPED), "FR")
    parts = [slot.wall.hour for slot in propose(free, free, NOW)]
    assert [hour < 12 for hour in parts].count(True) == 1
    assert [hour >= 18 for hour in parts].count(True) == 1


def test_who_told_no_hours_is_asked_for_afternoons_and_evenings_first() -> None:
    slots = propose(Side(CASABLANCA, (), "MA"), Side(PARIS, (), "FR"), NOW)
    assert len(slots) == 3
    assert all(slot.wall.hour >= 14 or slot.wall.weekday() == 5 for slot in slots)


def test_far_apart_there_is_still_an_hour() -> None:
    amina = Side(CASABLANCA, windows(["sunday"]), "MA")
    assert len(propose(amina, Side("Asia/Dubai", (), "AE"), NOW)) == 3
    assert len(propose(Side(CASABLANCA), Side("America/Vancouver"), NOW)) == 3


def test_no_common_hour_is_no_proposal() -> None:
    mornings = windows(["weekday_morning"])
    assert propose(Side(CASABLANCA, mornings), Side("America/Vancouver", mornings), NOW) == ()


@pytest.mark.parametrize(
    ("wall", "reasons"),
    [
        (datetime(2026, 12, 1, 18), set()),
        (datetime(2026, 12, 1, 17), {"away mentee"}),
        (datetime(2026, 12, 1, 20), {"away mentor", "night mentor"}),
        (datetime(2026, 12, 1, 21), {"away mentee", "away mentor", "night mentee", "night mentor"}),
        (datetime(2026, 11, 26, 18), {"soon both"}),
        (datetime(2026, 12, 18, 18), {"far both"}),
        (datetime(2026, 12, 2, 18), {"taken both"}),
        (datetime(2026, 11, 27, 13), {"away mentee", "away mentor", "friday mentee", "friday mentor"}),
    ],
)  # fmt: skip
def test_what_speaks_against_an_hour_that_somebody_names(wall: datetime, reasons: set[str]) -> None:
    taken = [(datetime(2026, 12, 2, 18, 30, tzinfo=UTC), datetime(2026, 12, 2, 19, tzinfo=UTC))]
    found = objections(wall, AMINA, KARIM, NOW, taken=taken)
    assert {f"{one.reason} {one.whose}" for one in found} == reasons


def _against(wall: datetime, mentee: Side, sighted: tuple[Sighting, ...] = ()) -> list[Objection]:
    now = wall.replace(tzinfo=UTC) - 3 * DAY
    return list(
        objections(wall, mentee, Side("Europe/London", observes=False), now, sighted=sighted)
    )


def test_feasts_iftar_and_holidays_by_whose_they_are() -> None:
    amina = Side(CASABLANCA, country="MA", coordinates=(33.59, -7.61))
    assert _against(datetime(2027, 2, 15, 17), amina) == [Objection("iftar", "mentee")]
    assert _against(datetime(2027, 2, 15, 16, 30), amina) == []
    assert _against(datetime(2027, 1, 14, 10), amina) == [Objection("holiday", "mentee")]
    feast = Side(CASABLANCA, observes=True)
    day = datetime(2027, 3, 11, 10)
    assert _against(day, feast) == [Objection("holiday", "mentee")]
    assert _against(day, feast, (Sighting("fitr", date(2027, 3, 9)),)) == []
    assert _against(day, Side(CASABLANCA, observes=False)) == []


def test_an_hour_that_is_skipped_or_comes_twice_is_told() -> None:
    side = Side(PARIS)
    skipped = _against(datetime(2027, 3, 28, 2, 30), side)
    assert skipped == [Objection("skipped", "mentee")]
    assert Objection("twice", "mentee") in _against(datetime(2027, 10, 31, 2, 30), side)

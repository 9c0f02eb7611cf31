"""Wall times over 2026 to 2030, twelve zones and three releases of the zone data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from flows.rules.clocks import Shift, SkippedHour, derive, is_twice, moved, shown
from tests.zone_data import RELEASES, zone_data

ZONES = (
    "Africa/Casablanca", "Africa/El_Aaiun", "Europe/Paris", "Europe/London", "Europe/Berlin",
    "America/Toronto", "America/Vancouver", "America/St_Johns", "Asia/Dubai", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Pacific/Auckland",
)  # fmt: skip
CASABLANCA, PARIS = "Africa/Casablanca", "Europe/Paris"
MINUTE = timedelta(minutes=1)

zones = st.sampled_from(ZONES)
releases = st.sampled_from(RELEASES)
walls = st.datetimes(datetime(2026, 1, 2), datetime(2030, 12, 30)).map(
    lambda wall: wall.replace(minute=wall.minute // 15 * 15, second=0, microsecond=0)
)
_CHANGES = [
    datetime(2027, 3, 28, 2, 30), datetime(2027, 10, 31, 2, 30), datetime(2027, 3, 14, 2, 15),
    datetime(2026, 9, 20, 1, 30), datetime(2026, 10, 4, 2, 15), datetime(2027, 4, 4, 1, 45),
    datetime(2027, 2, 7, 2, 45), datetime(2027, 3, 28, 1, 15), datetime(2026, 11, 1, 1, 0),
]  # fmt: skip
near_changes = walls | st.sampled_from(_CHANGES)


def moments(wall: datetime, zone: str) -> list[datetime]:
    """Every UTC moment at which clocks there show this wall time, by trying."""
    tried = (wall.replace(tzinfo=UTC) + 15 * MINUTE * n for n in range(-15 * 4, 15 * 4))
    return [at for at in tried if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall]


@given(near_changes, zones, releases, st.integers(0, 1))
@example(datetime(2027, 3, 28, 2, 30), PARIS, "settled", 0)
@example(datetime(2027, 10, 31, 2, 30), PARIS, "settled", 1)
@example(datetime(2027, 3, 14, 2, 15), CASABLANCA, "pause", 0)
@example(datetime(2027, 2, 7, 2, 15), CASABLANCA, "pause", 1)
@example(datetime(2026, 10, 4, 2, 15), "Australia/Lord_Howe", "settled", 0)
def test_every_wall_time_is_one_moment_or_a_named_error(
    wall: datetime, zone: str, release: str, fold: int
) -> None:
    with zone_data(release):
        found = moments(wall, zone)
        assert is_twice(wall, zone) == (len(found) == 2)
        if not found:
            with pytest.raises(SkippedHour):
                derive(wall, zone)
            return
        start = derive(wall.replace(fold=fold), zone)
        assert start == found[fold if len(found) == 2 else 0]
        assert start.tzinfo is UTC
        assert shown(start, zone) == wall
        assert derive(shown(start, zone), zone) == start


def test_a_wall_time_has_no_zone_of_its_own() -> None:
    with pytest.raises(ValueError, match="no zone of its own"):
        derive(datetime(2027, 1, 5, 18, tzinfo=UTC), PARIS)


@given(near_changes, st.integers(0, 1), zones, zones, releases, releases)
def test_a_booking_survives_newer_rules(
    wall: datetime, fold: int, zone: str, other_zone: str, older: str, newer: str
) -> None:
    wall = wall.replace(fold=fold)
    with zone_data(older):
        assume(moments(wall, zone))
        start = derive(wall, zone)
        other = shown(start, other_zone)
        assert moved(wall, zone, start, other, other_zone) is None
    with zone_data(newer):
        shift = moved(wall, zone, start, other, other_zone)
        holds = bool(moments(wall, zone))
        if shift is None:
            assert (derive(wall, zone), shown(start, other_zone)) == (start, other)
            return
        assert (shift.wall == wall) == holds
        assert not holds or shift.start == derive(wall, zone)
        assert shift.seen == (shift.wall != wall or shift.other_wall != other)
        assert shift.other_wall == shown(shift.start, other_zone)
        assert shift.wall == shown(shift.start, zone)
        assert abs(shift.wall - wall) <= timedelta(hours=1)
        assert moved(shift.wall, zone, shift.start, shift.other_wall, other_zone) is None


@given(walls, zones, zones)
def test_summer_time_on_either_side_moves_nothing_that_was_agreed(
    wall: datetime, zone: str, other_zone: str
) -> None:
    """A session agreed months before, and looked at on either side of every change."""
    assume(moments(wall, zone))
    start = derive(wall, zone)
    assert moved(wall, zone, start, shown(start, other_zone), other_zone) is None
    later = wall + timedelta(weeks=26)
    assume(moments(later, zone))
    assert shown(derive(later, zone), zone) - shown(derive(wall, zone), zone) == later - wall


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, 1, hour, minute)


def utc(hour: int) -> datetime:
    return at(hour).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "other_zone", "shift"),
    [
        # 18:00 in Casablanca is an hour later now: the mentor abroad sees it move.
        (CASABLANCA, PARIS, Shift(at(18), utc(18), at(19), seen=True)),
        # The mentee abroad keeps her hour and her moment; the mentor in Morocco sees it move.
        (PARIS, CASABLANCA, Shift(at(18), utc(17), at(17), seen=True)),
        # Both in Morocco: nobody's clock shows it, but calendars hold UTC and must be told.
        (CASABLANCA, CASABLANCA, Shift(at(18), utc(18), at(18), seen=False)),
        (PARIS, "America/Toronto", None),
    ],
)
def test_the_decree_of_september_2026(zone: str, other_zone: str, shift: Shift | None) -> None:
    with zone_data("ahead"):
        start = derive(at(18), zone)
        other = shown(start, other_zone)
    with zone_data("settled"):
        assert moved(at(18), zone, start, other, other_zone) == shift


def test_an_hour_that_a_decree_took_away_goes_on_after_it() -> None:
    wall = datetime(2027, 3, 14, 2, 30)
    with zone_data("settled"):
        start = derive(wall, CASABLANCA)
    with zone_data("pause"):
        shift = moved(wall, CASABLANCA, start, wall, CASABLANCA)
    later = wall + timedelta(hours=1)
    assert shift == Shift(later, start, later, seen=True)


def test_the_zone_data_written_here_is_what_the_package_has() -> None:
    days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=12 * n) for n in range(5 * 730)]
    real = [shown(day, CASABLANCA) for day in days]
    with zone_data("settled"):
        assert [shown(day, CASABLANCA) for day in days] == real

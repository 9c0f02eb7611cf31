"""Hours in common, beside a count of every minute of the week in both zones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.rules.availability import Window
from flows.rules.partners import Mentee, Mentor
from flows.rules.week import best_hours, in_common, starts
from tests.flows.pairs import DATES, WINDOWS, ZONES, claimed, free_minutes

ANY_ZONE = st.sampled_from(ZONES)
EVENINGS: list[Window] = [{"days": [6], "start": "00:00", "end": "06:00"}]
# Clocks change on these Sundays: in Europe, in America, on Lord Howe Island.
CHANGES = st.sampled_from(
    [date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 12), date(2029, 4, 1)]
)
MONDAY = date(2026, 12, 7)


@settings(max_examples=40)
@given(WINDOWS, ANY_ZONE, WINDOWS, ANY_ZONE, DATES | CHANGES)
@example(EVENINGS, "Europe/Paris", EVENINGS, "America/Toronto", date(2027, 3, 28))
@example(EVENINGS, "Europe/Paris", EVENINGS, "Europe/London", date(2027, 10, 31))
def test_as_counting_every_minute(
    mine: list[Window], zone: str, theirs: list[Window], far: str, week: date
) -> None:
    one = free_minutes(Mentee(id=1, availability=mine, zone=zone), week)
    other = free_minutes(Mentor(id=2, availability=theirs, zone=far), week)
    both = [free and also for (free, _), (also, _) in zip(one, other, strict=True)]
    counted = [all(both[at : at + 60]) for at in range(0, 7 * 1440, 15)]
    common = in_common(starts(mine, zone, week), starts(theirs, far, week))
    assert common.tolist() == counted
    window = best_hours(common, zone, week)
    if window is not None:
        walls = {wall for (_, wall), free in zip(one, both, strict=True) if free}
        assert len(claimed(window)) >= 60 * len(window["days"])
        assert claimed(window) <= walls


@pytest.mark.parametrize(
    ("windows", "zone", "told"),
    [
        ([([1, 3], "18:00", "21:00")], "Africa/Casablanca", ([1, 3], "18:00", "21:00")),
        ([([1, 3], "18:00", "21:00")], "Europe/Berlin", ([1, 3], "19:00", "22:00")),
        ([([6], "22:00", "23:59")], "Europe/Berlin", ([6], "23:00", "01:00")),
        ([([5], "22:00", "02:00")], "Africa/Casablanca", ([5], "22:00", "02:00")),
        ([([0], "09:05", "11:00"), ([2], "09:00", "10:00")], "Africa/Casablanca", ([0], "09:15", "11:00")),
        ([(list(range(7)), "00:00", "23:59")], "Asia/Dubai", (list(range(7)), "00:00", "23:59")),
    ],
)  # fmt: skip
def test_told_in_the_zone_of_who_reads(windows: list, zone: str, told: tuple) -> None:
    said = [dict(zip(("days", "start", "end"), window, strict=True)) for window in windows]
    bits = starts(said, "Africa/Casablanca", MONDAY)
    assert best_hours(in_common(bits, bits), zone, MONDAY) == dict(
        zip(("days", "start", "end"), told, strict=True)
    )


def test_nothing_in_common_is_not_told() -> None:
    morning = starts([{"days": [0], "start": "08:00", "end": "09:00"}], "Europe/Paris", MONDAY)
    evening = starts([{"days": [0], "start": "20:00", "end": "21:00"}], "Europe/Paris", MONDAY)
    assert best_hours(in_common(morning, evening), "Europe/Paris", MONDAY) is None


def test_any_day_stands_for_its_week() -> None:
    windows = [{"days": [6], "start": "10:00", "end": "12:00"}]
    weeks = [starts(windows, "Europe/Paris", MONDAY + timedelta(days=day)) for day in range(7)]
    assert len({bits.tobytes() for bits in weeks}) == 1

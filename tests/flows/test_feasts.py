"""Days and hours that are not for meetings."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules import feasts
from flows.rules.feasts import Sighting, iftar, is_fasting, is_feast, is_holiday, sunset
from tests.flows.test_clocks import CASABLANCA

DAY = timedelta(days=1)
FILE = Path(feasts.__file__).parent / "data" / "ramadan_windows.csv"
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (date(2027, 1, 11), ("MA", "")),
        (date(2027, 1, 14), ("MA", "")),
        (date(2026, 10, 31), ("MA", "")),
        (date(2027, 7, 14), ("FR", "")),
        (date(2027, 5, 27), ("DE", "BY")),
        (date(2027, 6, 24), ("CA", "QC")),
        (date(2027, 12, 2), ("AE", "")),
    ],
)
def test_public_holidays_of_both_countries(day: date, place: tuple[str, str]) -> None:
    assert is_holiday(day, *place)
    assert not is_holiday(date(2027, 3, 3), *place)


def test_a_place_that_the_library_does_not_know_has_its_countrys_holidays_or_none() -> None:
    assert not is_holiday(date(2027, 5, 27), "DE", "BE")
    assert is_holiday(date(2027, 10, 3), "DE", "ZZ")
    assert not is_holiday(date(2027, 1, 1), "XX")
    assert not is_holiday(date(2027, 1, 1), "")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["hijri_year"])
def test_until_a_sighting_the_estimated_day_and_the_next_are_kept_free(
    row: dict[str, str],
) -> None:
    first, last = (date.fromisoformat(row[f"ramadan_{end}_day"]) for end in ("first", "last"))
    fasting = {first + n * DAY for n in range((last - first).days + 2)}
    assert {day for day in _around(first, last) if is_fasting(day)} == fasting
    for name, days in (("eid_al_fitr", 3), ("eid_al_adha", 3), ("islamic_new_year", 2)):
        feast = date.fromisoformat(row[name])
        free = {feast + n * DAY for n in range(days)}
        assert {day for day in _around(feast, feast) if is_feast(day)} == free


def _around(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range(-9, (last - first).days + 10)]


def test_what_was_announced_replaces_the_estimate() -> None:
    began = Sighting("ramadan", date(2027, 2, 9))
    assert is_fasting(date(2027, 2, 8))
    assert not is_fasting(date(2027, 2, 8), (began,))
    # 29 or 30 days from there: both are possible first days of the feast.
    assert is_fasting(date(2027, 3, 10), (began,))
    assert [d.day for d in _around(date(2027, 3, 9), date(2027, 3, 9)) if is_feast(d, (began,))] == [
        10, 11, 12,
    ]  # fmt: skip
    ended = Sighting("fitr", date(2027, 3, 10))
    assert not is_fasting(date(2027, 3, 10), (began, ended))
    assert not is_feast(date(2027, 3, 12), (began, ended))
    adha = Sighting("adha", date(2027, 5, 17))
    assert not is_feast(date(2027, 5, 16), (adha,))
    assert is_feast(date(2027, 5, 18), (adha,))


def test_other_years_keep_their_estimates() -> None:
    began = (Sighting("ramadan", date(2027, 2, 9)),)
    for day in _around(date(2028, 1, 28), date(2028, 2, 27)):
        assert is_fasting(day, began) == is_fasting(day)


@pytest.mark.parametrize(
    ("day", "place", "maghrib"),
    [
        # As adhanpy 1.0.5 tells it.
        (date(2027, 2, 15), (33.5883, -7.6114), "2027-02-15T18:15"),
        (date(2027, 2, 20), (34.68, -1.91), "2027-02-20T17:55"),
        (date(2026, 3, 10), (48.8566, 2.3522), "2026-03-10T17:48"),
        (date(2028, 2, 10), (45.5, -73.57), "2028-02-10T22:14"),
        (date(2030, 12, 28), (59.33, 18.07), "2030-12-28T13:54"),
    ],
)
def test_sunset(day: date, place: tuple[float, float], maghrib: str) -> None:
    told = datetime.fromisoformat(maghrib).replace(tzinfo=UTC)
    assert abs(sunset(day, *place) - told) < timedelta(minutes=2)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.floats(-90, 90), st.floats(-180, 180))
def test_the_sun_sets_once_a_day_everywhere(day: date, north: float, east: float) -> None:
    local = sunset(day, north, east) + timedelta(hours=east / 15)
    assert local.date() == day
    assert 12 < local.hour < 23


def test_iftar_is_where_one_lives_or_wide_where_that_is_not_known() -> None:
    day = date(2027, 2, 15)
    opens, closes = iftar(day, CASABLANCA, (33.5883, -7.6114))
    assert (opens.hour, opens.minute, closes.hour, closes.minute) == (17, 44, 19, 14)
    wide = iftar(day, CASABLANCA, None)
    assert wide == (datetime(2027, 2, 15, 15), datetime(2027, 2, 15, 21))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["hijri_year"])
@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("Africa/Casablanca", (27.15, -13.2)),
        ("Africa/Casablanca", (34.68, -1.91)),
        ("Europe/Madrid", (42.88, -8.54)),
        ("Europe/Copenhagen", (55.68, 12.57)),
        ("Europe/Berlin", (52.52, 13.4)),
        ("America/Toronto", (45.5, -73.57)),
        ("Asia/Dubai", (25.2, 55.27)),
    ],
)
def test_the_wide_hours_hold_the_real_ones(
    zone: str, place: tuple[float, float], row: dict[str, str]
) -> None:
    first, last = (date.fromisoformat(row[f"ramadan_{end}_day"]) for end in ("first", "last"))
    for day in (first, last + DAY):
        opens, closes = iftar(day, zone, place)
        wide = iftar(day, zone, None)
        assert wide[0] <= opens < closes <= wide[1]

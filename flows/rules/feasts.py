"""Days and hours that are not for meetings: holidays, feasts, Friday prayer, iftar."""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Literal

import holidays

from flows.rules.clocks import shown

Kind = Literal["ramadan", "fitr", "adha", "new_year", "mawlid"]
FRIDAY: Final = (time(12), time(14, 30))
"""Prayer and the way to it (DOMAIN 2.7: "about 12:30-14:30: silent")."""
AROUND_MAGHRIB: Final = (timedelta(minutes=30), timedelta(minutes=60))
"""Before it nobody is free (DOMAIN 2.7), after it people eat."""
MAGHRIB_SOMEWHERE: Final = (time(15, 30), time(20))
"""Local time, in the Ramadans until 2033: from Copenhagen in December to Galicia in March."""
MUSLIM_COUNTRIES: Final = frozenset(
    {"AE", "BH", "DZ", "EG", "IQ", "JO", "KW", "LY", "MA", "MR", "OM", "QA", "SA", "TN"}
)
"""Where Friday noon, Ramadan and the feasts set everybody's hours; the Arab countries, for now."""
_DATA: Final = Path(__file__).parent / "data"
_ESTIMATES: Final = _DATA / "ramadan_windows.csv"
_SUBDIVISIONS: Final = _DATA / "subdivisions.csv"
_NEAR: Final = timedelta(days=3)
_DAY: Final = timedelta(days=1)
_MODERATE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """The first day of Ramadan or a feast as announced; it replaces the estimate near it."""

    kind: Kind
    day: date


def is_holiday(day: date, country: str, subdivision: str = "") -> bool:
    """Whether it is a public holiday there, as `holidays` knows it; unknown places have none."""
    return day in _public_holidays(country, subdivision, day.year)


@functools.lru_cache(maxsize=1024)
def _public_holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    for part in dict.fromkeys((subdivision or None, None)):
        try:
            return frozenset(holidays.country_holidays(country, subdiv=part, years=year))
        except NotImplementedError:
            continue
    return frozenset()


def is_fasting(day: date, sighted: tuple[Sighting, ...] = ()) -> bool:
    """Whether it may be a day of Ramadan. Nothing is known after 1454 (2033-01)."""
    return day in _moon_days(sighted)[0]


def is_feast(day: date, sighted: tuple[Sighting, ...] = ()) -> bool:
    """Whether it may be a day of the two feasts, the Mawlid or the Islamic New Year."""
    return day in _moon_days(sighted)[1]


@functools.lru_cache(maxsize=16)
def _moon_days(sighted: tuple[Sighting, ...]) -> tuple[frozenset[date], frozenset[date]]:
    """Fasting days and feast days. Moroccan sightings come on the estimated day or the next, so
    that both are kept free until one is announced."""
    fasts: set[date] = set()
    feasts: set[date] = set()
    with _ESTIMATES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            feasts |= _days(*_first("new_year", row["islamic_new_year"], sighted), 1)
            feasts |= _days(*_first("mawlid", row["mawlid"], sighted), 2)
            feasts |= _days(*_first("adha", row["eid_al_adha"], sighted), 2)
            begins, is_guess = _first("ramadan", row["ramadan_first_day"], sighted)
            # An Islamic month has 29 or 30 days: a sighted beginning says more than the estimate.
            until = row["eid_al_fitr"] if is_guess else (begins + 29 * _DAY).isoformat()
            ends, doubt = _first("fitr", until, sighted)
            feasts |= _days(ends, doubt, 2)
            fasts |= _days(begins, doubt, (ends - begins).days)
    return frozenset(fasts), frozenset(feasts)


def _first(kind: Kind, estimate: str, sighted: Iterable[Sighting]) -> tuple[date, bool]:
    """The first day, and whether it is only an estimate."""
    told = date.fromisoformat(estimate)
    seen = (one.day for one in sighted if one.kind == kind and abs(one.day - told) <= _NEAR)
    day = next(seen, None)
    return (told, True) if day is None else (day, False)


def _days(first: date, doubt: bool, length: int) -> set[date]:
    return {first + n * _DAY for n in range(length + doubt)}


def iftar(
    day: date, zone: str, coordinates: tuple[float, float] | None
) -> tuple[datetime, datetime]:
    """From when to when one breaks the fast, as wall times in the zone.

    ``coordinates`` are degrees north and east. Where the town is unknown the hours are those of
    anywhere: within one country sunset differs by most of an hour.
    """
    before, after = AROUND_MAGHRIB
    if coordinates is None:
        earliest, latest = (datetime.combine(day, at) for at in MAGHRIB_SOMEWHERE)
        return earliest - before, latest + after
    maghrib = sunset(day, *coordinates)
    return shown(maghrib - before, zone), shown(maghrib + after, zone)


def sunset(day: date, latitude: float, longitude: float) -> datetime:
    """The sunset (maghrib) of a local day, in UTC.

    The sunrise equation (en.wikipedia.org/wiki/Sunrise_equation), within four minutes of adhanpy
    1.0.5 everywhere south of 60 degrees north: these lines spare an untyped dependency. Farther
    north the sun may not set; there the latitude of 60 degrees counts.
    """
    latitude = math.radians(max(-_MODERATE, min(_MODERATE, latitude)))
    days = (day - date(2000, 1, 1)).days - longitude / 360
    anomaly = math.radians((357.5291 + 0.98560028 * days) % 360)
    centre = 1.9148 * math.sin(anomaly) + 0.02 * math.sin(2 * anomaly)
    ecliptic = anomaly + math.radians(centre + 180 + 102.9372)
    noon = days + 0.0053 * math.sin(anomaly) - 0.0069 * math.sin(2 * ecliptic)
    declination = math.asin(math.sin(ecliptic) * math.sin(math.radians(23.4397)))
    height = math.sin(math.radians(-0.833)) - math.sin(latitude) * math.sin(declination)
    half_day = math.degrees(math.acos(height / (math.cos(latitude) * math.cos(declination))))
    return datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=noon + half_day / 360)


@functools.lru_cache(maxsize=1)
def subdivisions() -> Mapping[str, str]:
    """The part of a country in which a town of the diaspora lies, as `holidays` names it."""
    with _SUBDIVISIONS.open(encoding="utf-8", newline="") as file:
        return {row["place"]: row["subdivision"] for row in csv.DictReader(file)}

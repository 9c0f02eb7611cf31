"""An hour that two people may meet: how it is read, kept as an answer, proposed and shown.

As an answer an hour is a code. One that was tapped is an instant ("2026-11-28T10:00+00:00"); one
that was said is a wall time with whose clock it is on ("2026-11-28T10:00@theirs"), a day
("2026-11-28") that still lacks the hour, an hour ("T15:00") that belongs to it, a week, or a day of
that week ("-6", "-6T10:00").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from flows.effects import Option, Phrase
from flows.people import Bond, Moment, Person
from flows.rules.availability import windows
from flows.rules.clocks import SkippedHour, derive, shown
from flows.rules.feasts import subdivisions
from flows.rules.slots import Interval, Objection, Side, Slot, objections, propose
from nlu import readers
from nlu.meaning import Found, Reading, Which

MINUTES: Final = 60
"""How long a session lasts."""
HOME: Final = "Africa/Casablanca"
_SAID: Final = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d)(?P<second>~)?(?:@(?P<clock>[\w/+-]+))?"
)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d|\d{4}-W\d\d")
_TIME: Final = re.compile(r"T\d\d:\d\d")
_WEEKDAY: Final = re.compile(r"-(?P<day>[1-7])(?P<time>T.*)?")
_FAR: Final = timedelta(days=366)


# Reading


def hour(text: str, moment: Moment) -> Reading:
    """A day and hour, or a day or week whose hour is asked next; several are asked about."""
    return _coded(readers.when(text, moment.now, moment.timezone), text)


def full_hour(text: str, moment: Moment) -> Reading:
    """The same, where only a day and hour together will do."""
    reading = hour(text, moment)
    is_full = isinstance(reading, Which) or (
        isinstance(reading, Found) and _SAID.fullmatch(reading.value)
    )
    return reading if is_full else None


def hour_of_day(text: str, moment: Moment) -> Reading:
    """The hour of a day that is settled; a day said anew goes with it."""
    reading = full_hour(text, moment)
    if reading is None:
        bare = readers.number(text, 7, 22)
        return Found(f"T{bare.value:02}:00") if isinstance(bare, Found) else None
    if isinstance(reading, Which) or readers.names_day(text):
        return reading
    return Found(f"T{reading.value.partition('T')[2]}")


def hour_in_week(text: str, moment: Moment) -> Reading:
    """An hour or a day of the week that is settled; what is said with its date stands by itself."""
    reading = hour(text, moment)
    if not isinstance(reading, Found) or not readers.names_weekday(text):
        return reading
    at, _, time = reading.value.partition("T")
    return Found(f"-{date.fromisoformat(at).isoweekday()}{time and f'T{time}'}")


def day(text: str, moment: Moment) -> Reading:
    """A day to come, without its hour."""
    reading = readers.when(text, moment.now, moment.timezone)
    if isinstance(reading, Found):
        return None if "W" in reading.value.at else Found(reading.value.at[:10])
    return reading


def _coded(reading: Reading, text: str) -> Reading:
    whose, zone = readers.whose_clock(text)
    clock = zone or ("theirs" if whose == "theirs" else "")
    if isinstance(reading, Found):
        return Found(_code(reading.value, clock))
    if isinstance(reading, Which):
        return Which(tuple((_code(one, clock), label) for one, label in reading.candidates))
    return None


def _code(when: readers.When, clock: str) -> str:
    if "T" not in when.at:
        return when.at
    return f"{when.at}{'~' if when.fold else ''}{f'@{clock}' if clock else ''}"


# From codes to instants


def settled(answers: Mapping[str, Any], names: Sequence[str]) -> tuple[str, str]:
    """(the hour, the day or week that still lacks one) of the answers with these names, in order."""
    at = on = ""
    for code in (str(answers.get(name) or "") for name in names):
        if is_hour(code):
            at, on = code, ""
        elif _DAY.fullmatch(code):
            at, on = "", code
        elif _TIME.match(code) and on:
            at, on = f"{on}{code}", ""
        elif (named := _WEEKDAY.fullmatch(code)) and "W" in on:
            that = date.fromisoformat(f"{on}-{named['day']}").isoformat()
            at, on = (f"{that}{named['time']}", "") if named["time"] else ("", that)
    return at, on


def is_hour(code: str) -> bool:
    """Does this code say a day and an hour?"""
    return bool(_SAID.fullmatch(code)) or is_tapped(code)


def is_tapped(code: str) -> bool:
    """Was it chosen among what was proposed?"""
    return "T" in code and code.endswith("+00:00")


def instant(code: str, own: str, theirs: str) -> datetime | None:
    """When that is; where clocks jump over it, what they show then."""
    if is_tapped(code):
        return datetime.fromisoformat(code)
    said = _SAID.fullmatch(code)
    if said is None:
        return None
    wall = datetime.fromisoformat(said["at"]).replace(fold=1 if said["second"] else 0)
    zone = theirs if said["clock"] == "theirs" else said["clock"] or own
    return _derived(wall, zone)


def _derived(wall: datetime, zone: str) -> datetime:
    try:
        return derive(wall, zone)
    except SkippedHour:
        return derive(wall + timedelta(hours=1), zone)


def chosen(code: str, person: Person, bond: Bond) -> datetime | None:
    """The instant of a code that this person chose or said."""
    return instant(code, own_zone(person), bond.partner.timezone)


# Proposing


def own_zone(person: Person) -> str:
    return person.timezone or HOME


def sides(person: Person, bond: Bond) -> tuple[Side, Side]:
    """(the mentee's, the mentor's) hours and place."""
    told = bond.partner.portrait
    other = _side(bond.partner.timezone, told.get("place"), told.get("availability"))
    me = (own_place(person, bond), _own(person, bond).get("availability"))
    own = _side(own_zone(person), *me)
    return (own, other) if bond.role == "mentee" else (other, own)


def _own(person: Person, bond: Bond) -> Mapping[str, Any]:
    return (person.mentoring.mentor or {}) if bond.role == "mentor" else person.profile


def own_place(person: Person, bond: Bond) -> Mapping[str, Any]:
    """Where this person lives, as they told it in this role."""
    return _own(person, bond).get("place") or {}


def _side(zone: str, place: Mapping[str, Any] | None, hours: Any) -> Side:
    place = place or {}
    known = place.get("lat") is not None and place.get("lon") is not None
    return Side(
        zone,
        windows(hours),
        str(place.get("country") or ""),
        subdivisions().get(str(place.get("code") or ""), ""),
        coordinates=(place["lat"], place["lon"]) if known else None,
    )


def free(
    person: Person, bond: Bond, besides: Sequence[Interval] = (), since: datetime | None = None
) -> tuple[Slot, ...]:
    """Up to three hours that suit both; others than ``besides``, not long before ``since``."""
    mentee, mentor = sides(person, bond)
    now = max(person.mentoring.now, since or person.mentoring.now)
    return propose(mentee, mentor, now, MINUTES, taken=(*bond.taken, *besides))


def free_on(code: str, person: Person, bond: Bond) -> tuple[Slot, ...]:
    """Hours of one day or week of this person's calendar that suit both."""
    week = "W" in code
    first = date.fromisoformat(f"{code}-1" if week else code)
    begins = _midnight(first, own_zone(person))
    ends = _midnight(first + timedelta(days=7 if week else 1), own_zone(person))
    around = ((begins - _FAR, begins), (ends, ends + _FAR))
    return free(person, bond, around)


def _midnight(day: date, zone: str) -> datetime:
    return _derived(datetime(day.year, day.month, day.day), zone)


def against(start: datetime, person: Person, bond: Bond) -> list[Objection]:
    """What is worth saying against an hour that somebody named themselves."""
    mentee, mentor = sides(person, bond)
    wall = shown(start, mentee.zone)
    found = objections(wall, mentee, mentor, person.mentoring.now, MINUTES)
    own = {"away", "night"}
    return [
        one
        for one in found
        if one.reason not in ("taken", "far", "twice", "skipped")
        and not (one.whose == bond.role and one.reason in own)
    ]


# Showing


def option(slot: Slot, person: Person) -> Option:
    """A proposed hour as a button: on this person's own clock."""
    return Option(code_of(slot.start), label(slot.start, person))


def code_of(start: datetime) -> str:
    return start.astimezone(UTC).isoformat(timespec="minutes")


def label(start: datetime, person: Person) -> Phrase:
    """Short enough for a button."""
    return Phrase("scheduling-at", "short", {"at": shown(start, own_zone(person))})


def clocks(start: datetime, person: Person, bond: Bond) -> Phrase:
    """A day and hour on one's own clock, and on the other's where it shows another time."""
    theirs = shown(start, bond.partner.timezone)
    told: dict[str, Any] = {
        "at": shown(start, own_zone(person)),
        "place": _named(own_place(person, bond), own_zone(person), person),
    }
    if theirs == told["at"]:
        return Phrase("scheduling-at", None, told)
    place = bond.partner.portrait.get("place") or {}
    told |= {"theirs": theirs, "there": _named(place, bond.partner.timezone, person)}
    same_day = theirs.date() == told["at"].date()
    return Phrase("scheduling-at", "both" if same_day else "days", told)


def _named(place: Mapping[str, Any], zone: str, person: Person) -> str:
    """Where a clock is: the town, else the city that its zone is named after."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return str(place.get(f"name_{person.language or 'fr'}") or city)


def meeting(start: datetime, person: Person, bond: Bond) -> dict[str, Any]:
    """A session as its texts name it: on both clocks, or where that is enough on one's own."""
    own = Phrase("scheduling-at", "own", {"at": shown(start, own_zone(person))})
    return {"partner": bond.partner.name, "when": clocks(start, person, bond), "day": own}


NOTHING: Final = {"partner": "", "when": "", "day": ""}

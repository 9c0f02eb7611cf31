"""An hour as it is read, kept as an answer, and shown on two clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flows import hours
from flows.people import Bond, Mentoring, Moment, Partner, Person
from flows.rules.clocks import shown
from nlu.meaning import Found, Reading, Which
from nlu.readers import minutes, whose_clock
from tests.flows.test_clocks import zones

NOW = datetime(2027, 3, 22, 10, tzinfo=UTC)
FES, MUNICH = "Africa/Casablanca", "Europe/Berlin"
SATURDAYS = [{"days": [5], "start": "09:00", "end": "12:00"}]
names = ("slot", "hour", "sure")


def place(zone: str, code: str, name: str, lat: float, lon: float) -> dict[str, Any]:
    named = {f"name_{language}": name for language in ("fr", "ar", "en")}
    return {"code": code, "country": code[:2], "timezone": zone, "lat": lat, "lon": lon, **named}


AT_HOME = place(FES, "MA", "Fès", 34.0, -5.0)
ABROAD = place(MUNICH, "DE:Munich", "Munich", 48.1, 11.6)


def pair(**more: Any) -> tuple[Person, Bond]:
    """A mentee in Fès and her mentor in Munich, both free on Saturday mornings."""
    portrait = {"place": ABROAD, "availability": SATURDAYS}
    bond = Bond(
        1, "pair", "active", "mentee", Partner(2, "Karim", timezone=MUNICH, portrait=portrait),
        NOW, **more,
    )  # fmt: skip
    mine = {"place": AT_HOME, "availability": SATURDAYS}
    known = Mentoring(bonds=(bond,), now=NOW)
    return Person(language="fr", timezone=FES, profile=mine, mentoring=known), bond


def value(reading: Reading) -> Any:
    return reading.value if isinstance(reading, Found) else reading


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("jeudi 15h chez moi", "2027-03-25T15:00"),
        ("ghedda m3a 4 d l3chiya", "2027-03-23T16:00"),
        ("الخميس بعد الظهر", "2027-03-25"),
        ("jeudi 15h heure de Munich", "2027-03-25T15:00@Europe/Berlin"),
        ("Saturday 11am his time", "2027-03-27T11:00@theirs"),
        ("la semaine prochaine", "2027-W13"),
        ("je ne sais pas", None),
    ],
)
def test_what_is_said_of_an_hour(text: str, code: str | None) -> None:
    assert value(hours.hour(text, Moment(NOW, FES))) == code


def test_two_hours_are_asked_about() -> None:
    reading = hours.hour("jeudi 10h ou 11h chez lui", Moment(NOW, FES))
    assert isinstance(reading, Which)
    assert [code for code, _ in reading.candidates] == [
        "2027-03-25T10:00@theirs",
        "2027-03-25T11:00@theirs",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("15h", "T15:00"), ("10", "T10:00"), ("samedi à 9h", "2027-03-27T09:00"), ("samedi", None)],
)
def test_the_hour_of_a_day_that_is_settled(text: str, code: str | None) -> None:
    assert value(hours.hour_of_day(text, Moment(NOW, FES))) == code


@pytest.mark.parametrize(
    ("answers", "settled"),
    [
        ({"slot": "2027-03-25"}, ("", "2027-03-25")),
        ({"slot": "2027-03-25", "hour": "T15:00"}, ("2027-03-25T15:00", "")),
        ({"slot": "2027-W13"}, ("", "2027-W13")),
        ({"slot": "2027-03-25", "hour": "2027-03-26T09:00"}, ("2027-03-26T09:00", "")),
        ({"slot": "2027-03-27T09:00+00:00", "sure": "yes"}, ("2027-03-27T09:00+00:00", "")),
        ({"slot": "2027-03-25T15:00", "sure": "2027-03-27T10:00"}, ("2027-03-27T10:00", "")),
        ({"slot": "others"}, ("", "")),
    ],
)
def test_the_last_hour_that_was_answered_counts(
    answers: dict[str, str], settled: tuple[str, str]
) -> None:
    assert hours.settled(answers, names) == settled


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)),
    zones,
    zones,
)
def test_an_hour_is_the_same_moment_on_whosever_clock_it_is_told(
    moment: datetime, own: str, theirs: str
) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert hours.instant(hours.code_of(moment), own, theirs) == moment
    for zone, clock in ((own, ""), (theirs, "@theirs"), (theirs, f"@{theirs}")):
        wall = shown(moment, zone)
        second = "~" if wall.fold else ""
        code = f"{wall.replace(fold=0).isoformat(timespec='minutes')}{second}{clock}"
        assert hours.is_hour(code)
        assert hours.instant(code, own, theirs) == moment


def test_an_hour_that_clocks_jump_over_is_what_they_show_then() -> None:
    at = hours.instant("2027-03-28T02:30", MUNICH, FES)
    assert at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert shown(at, MUNICH) == datetime(2027, 3, 28, 3, 30)


def test_proposals_suit_both_and_leave_out_what_is_known() -> None:
    person, bond = pair()
    found = hours.free(person, bond)
    assert [slot.wall for slot in found] == [
        datetime(2027, 3, 27, 9),
        datetime(2027, 4, 3, 9),
        datetime(2027, 4, 10, 9),
    ]
    others = hours.free(person, bond, [(slot.start, slot.end) for slot in found])
    assert not {slot.start for slot in found} & {slot.start for slot in others}
    later = hours.free(person, bond, since=datetime(2027, 4, 8, tzinfo=UTC))
    assert later[0].wall == datetime(2027, 4, 10, 9)


def test_hours_of_one_day_are_of_that_day_on_ones_own_calendar() -> None:
    person, bond = pair()
    assert {slot.wall.date().isoformat() for slot in hours.free_on("2027-04-03", person, bond)} == {
        "2027-04-03"
    }
    assert hours.free_on("2027-04-02", person, bond) == ()
    week = hours.free_on("2027-W13", person, bond)
    assert {slot.wall.date().isoformat() for slot in week} == {"2027-04-03"}


@given(st.datetimes(datetime(2027, 3, 23), datetime(2027, 12, 31), timezones=st.just(UTC)))
def test_what_is_said_against_an_hour_is_about_the_other_or_the_day(start: datetime) -> None:
    person, bond = pair()
    told = {(one.reason, one.whose) for one in hours.against(start, person, bond)}
    assert not told & {("away", "mentee"), ("night", "mentee")}
    assert not {reason for reason, _ in told} & {"taken", "far", "twice", "skipped"}


def test_friday_prayer_and_a_holiday_are_told() -> None:
    person, bond = pair()
    friday = datetime(2027, 3, 26, 13, tzinfo=UTC)  # Good Friday in Munich
    reasons = {one.reason for one in hours.against(friday, person, bond)}
    assert {"friday", "holiday", "away"} <= reasons


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)))
def test_both_clocks_are_named_exactly_where_they_differ(start: datetime) -> None:
    person, bond = pair()
    start = start.replace(second=0, microsecond=0)
    assume(start.year < 2031)
    told = hours.clocks(start, person, bond)
    here, there = shown(start, FES), shown(start, MUNICH)
    assert told.values["at"] == here
    if here == there:
        assert told.attribute is None
    else:
        assert told.values["theirs"] == there
        assert told.attribute == ("both" if here.date() == there.date() else "days")
        assert (told.values["place"], told.values["there"]) == ("Fès", "Munich")


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("samedi 10h chez lui", ("theirs", "")),
        ("3pm Munich time", ("", MUNICH)),
        ("الخامسة بتوقيت مونتريال", ("", "America/Toronto")),
        ("15h heure du Maroc", ("", FES)),
        ("التاسعة بتوقيتي", ("own", "")),
        ("une heure de plus", ("", "")),
        ("prenez votre temps", ("", "")),
    ],
)
def test_by_whose_clock_an_hour_is_told(text: str, whose: tuple[str, str]) -> None:
    assert whose_clock(text) == whose


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("j'aurai 10 minutes de retard", 10),
        ("en retard d'un quart d'heure", 15),
        ("غادي نتعطل نص ساعة", 30),
        ("je suis en retard", None),
        ("RDV à 15h, je suis en retard", None),
    ],
)
def test_how_late_somebody_runs(text: str, count: int | None) -> None:
    assert minutes(text) == count


def test_next_to_a_session_there_is_no_proposal() -> None:
    begins = datetime(2027, 3, 27, 9, tzinfo=UTC)
    person, bond = pair(taken=((begins, begins + timedelta(hours=1)),))
    assert all(slot.start >= begins + timedelta(hours=1) for slot in hours.free(person, bond))

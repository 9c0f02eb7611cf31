"""Reminders: how often, how late, and what is said to one instead of an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog import Catalog
from flows.effects import Remind, SettleSession, StopReminding
from flows.events import EVENTS
from flows.nudging import KINDS, first, following, is_nudge, is_too_late, last
from flows.people import Bond, Card, Heard, Mentoring, Partner, Person, Session, World
from nlu.meaning import Found
from nlu.readers import ENOUGH, put_off
from tests.flows.talk import WORLD, Talk

NUDGED = [name for name, kind in KINDS.items() if kind.most]
FES = "Africa/Casablanca"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
MENTOR = {"state": "approved", "capacity": 2, "availability": []}
OTHER = Partner(9, "Karim")
MET = Mentoring(
    MENTOR,
    (
        Bond(7, "pair", "active", "mentee", OTHER, NOON - timedelta(days=30)),
        Bond(8, "request", "asked", "mentee", OTHER, NOON),
    ),
    (Card(OTHER),),
    (Session(4, 7, 1, "booked", NOON + timedelta(days=1), "video"),),
    WORLD.now,
)
ABOUT = ("pair:7", "pair:7.1", "request:8", "session:4.1", "m3", "")


@pytest.mark.parametrize("name", KINDS)
def test_three_at_most_and_never_sooner_than_before(name: str) -> None:
    kind = KINDS[name]
    assert kind.most <= 3
    assert list(kind.gaps) == sorted(kind.gaps)
    assert kind.useful_for > timedelta(0)


@pytest.mark.parametrize("name", NUDGED)
def test_one_that_is_late_never_meets_the_next(name: str) -> None:
    """A day of downtime makes no burst: a reminder is not worth more than the gap after it."""
    kind = KINDS[name]
    assert all(kind.useful_for <= gap for gap in kind.gaps[1:])


@given(
    st.sampled_from(NUDGED), st.lists(st.timedeltas(timedelta(0), timedelta(days=40)), max_size=9)
)
def test_whenever_they_are_served_there_are_no_more_than_that(
    name: str, delays: list[timedelta]
) -> None:
    waiting: Remind | None = first(name, "pair:7")
    now, said, seen = NOON, 0, []
    for delay in [*delays, *[timedelta(0)] * 9]:
        if waiting is None:
            break
        due = now + waiting.after
        now = due + delay
        heard = Heard("event", event=name, subject="pair:7", times=waiting.times, due=due)
        seen.append(heard.times)
        said += not is_too_late(heard, now)
        waiting = next(iter(following(heard)), None)
    assert said <= KINDS[name].most
    assert seen == list(range(KINDS[name].most))
    assert waiting is None


def test_the_last_is_followed_by_none() -> None:
    for name in NUDGED:
        one = last(name, "x", timedelta(hours=1))
        assert following(Heard("event", event=name, subject="x", times=one.times)) == ()


@pytest.mark.parametrize(
    ("event", "late", "dropped"),
    [
        ("session_day", timedelta(hours=11), False),
        ("session_day", timedelta(hours=13), True),
        ("session_hour", timedelta(minutes=50), False),
        ("session_hour", timedelta(minutes=70), True),
        ("unfinished", timedelta(days=1), False),
        ("unfinished", timedelta(days=4), True),
        ("request_expires", timedelta(days=9), False),
        ("break_over", timedelta(days=90), False),
    ],
)
def test_what_is_late_is_dropped_unless_it_is_a_deadline(
    event: str, late: timedelta, dropped: bool
) -> None:
    assert is_too_late(Heard("event", event=event, due=NOON - late), NOON) is dropped
    assert not is_too_late(Heard("event", event=event), NOON)


def test_a_session_is_no_nudge() -> None:
    assert not is_nudge(Heard("event", event="session_day"))
    assert not is_nudge(Heard("event", event="booked"))


# What is said to one


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("dans une heure", timedelta(hours=1)),
        ("in an hour", timedelta(hours=1)),
        ("بعد ساعة", timedelta(hours=1)),
        ("mn b3d sa3a", timedelta(hours=1)),
        ("Demain", timedelta(days=1)),
        ("tomorrow please", timedelta(days=1)),
        ("غدا إن شاء الله", timedelta(days=1)),
        ("ghedda", timedelta(days=1)),
        ("demain matin", timedelta(hours=22)),
        ("plus tard", timedelta(days=1)),
        ("later", timedelta(days=1)),
        ("لاحقا", timedelta(days=1)),
        ("من بعد", timedelta(days=1)),
        ("mn b3d", timedelta(days=1)),
        ("la semaine prochaine", timedelta(days=4)),
        ("next week", timedelta(days=4)),
        ("الأسبوع القادم", timedelta(days=4)),
        ("simana jaya", timedelta(days=4)),
        ("rappelez-moi dans 3 jours", timedelta(days=3)),
        ("remind me on Monday", timedelta(days=4)),
    ],
)
def test_a_moment_is_read(text: str, after: timedelta) -> None:
    reading = put_off(text, NOON, FES)
    assert isinstance(reading, Found)
    assert reading.value - NOON == after


@pytest.mark.parametrize(
    "text",
    [
        "pas intéressée",
        "Not interested",
        "لست مهتما",
        "ما بغيتش",
        "mabghitch",
        "ça ne m'intéresse plus",
    ],
)
def test_enough_is_read(text: str) -> None:
    assert put_off(text, NOON, FES) == Found(ENOUGH)


@pytest.mark.parametrize(
    "text",
    [
        "31", "31 ans", "Amina", "oui", "non", "STOP", "je vends des tapis", "1 6", "Fès", "hier",
        "demain je vais au marché", "je vends au marché le samedi", "", "ma bghitch messages",
    ],
)  # fmt: skip
def test_anything_else_is_left_to_the_question(text: str) -> None:
    assert put_off(text, NOON, FES) is None


@given(st.text(max_size=60))
def test_no_words_make_it_raise_or_look_back(text: str) -> None:
    reading = put_off(text, NOON, FES)
    if isinstance(reading, Found) and reading.value != ENOUGH:
        assert reading.value > NOON


def begun(catalog: Catalog) -> Talk:
    talk = Talk(catalog, Person(language="fr"))
    for said in ("Bonjour", "oui"):
        talk.say(said)
    return talk


def reminded(talk: Talk, days: int = 1) -> None:
    talk.world = World(WORLD.now + timedelta(days=days))
    talk.person = replace(talk.person, silent=timedelta(days=1))
    talk.hear(Heard("event", event="unfinished", subject="onboarding"))


def test_without_a_reminder_tomorrow_is_what_was_asked_for(catalog: Catalog) -> None:
    talk = begun(catalog)
    talk.say("demain")
    assert not any(isinstance(e, Remind) and e.times for e in talk.effects)
    assert not any(line.id == "nudge-later" for line in talk.replies[-1].lines)


def test_a_reminder_is_put_off_once_and_the_same_comes_then(catalog: Catalog) -> None:
    talk = begun(catalog)
    reminded(talk)
    talk.say("dans une heure")
    assert talk.effects[-1] == Remind("unfinished", "onboarding", timedelta(hours=1), 0)
    assert talk.replies[-1].lines[0].id == "nudge-later"
    # An hour is short, but it is the hour that they named themselves.
    talk.person = replace(talk.person, silent=timedelta(hours=1))
    turn = talk.hear(Heard("event", event="unfinished", subject="onboarding"))
    assert turn.replies[0].purpose == "news"


def test_an_answer_ends_what_a_reminder_is_remembered_for(catalog: Catalog) -> None:
    talk = begun(catalog)
    reminded(talk)
    assert talk.state["nudged"]["kind"] == "unfinished"
    talk.say("Amina")
    assert "nudged" not in talk.state


def test_after_a_week_the_words_mean_something_else(catalog: Catalog) -> None:
    talk = begun(catalog)
    reminded(talk)
    talk.world = World(talk.world.now + timedelta(days=8))
    talk.say("plus tard")
    assert talk.replies[-1].lines[0].id != "nudge-later"


def test_not_interested_rests_a_registration_and_unsubscribes_nobody(catalog: Catalog) -> None:
    talk = begun(catalog)
    reminded(talk)
    talk.say("pas intéressée")
    assert talk.effects[-1] == StopReminding("unfinished", "onboarding")
    assert not talk.person.opted_out
    reminded(talk, days=5)
    assert talk.replies[-1].lines[0].id == "nudge-enough"
    talk.say("REPRENDRE")
    assert talk.asking == "onboarding.name"


def test_one_that_comes_too_late_is_passed_over_and_the_next_is_set(catalog: Catalog) -> None:
    talk = begun(catalog)
    talk.world = World(WORLD.now + timedelta(days=6))
    talk.person = replace(talk.person, silent=timedelta(days=6))
    due = WORLD.now + timedelta(days=1)
    turn = talk.hear(Heard("event", event="unfinished", subject="onboarding", due=due))
    assert not turn.replies
    assert turn.effects == (Remind("unfinished", "onboarding", timedelta(days=3), 1),)


def test_whoever_was_accompanied_is_reminded_of_joining_as_a_mentor_too(catalog: Catalog) -> None:
    """Their consent is known already, so that nothing is recorded when they begin."""
    talk = Talk(catalog, Person(language="fr", name="Amina", registered=True))
    talk.say("je veux devenir mentor")
    set_once = first("unfinished", "mentor")
    assert set_once in talk.effects
    talk.say("Rabat")
    assert talk.effects.count(set_once) == 1
    talk.person = replace(talk.person, silent=timedelta(days=1))
    turn = talk.hear(Heard("event", event="unfinished", subject="mentor"))
    assert turn.replies[0].lines[0].id == "mentor-unfinished"
    assert turn.effects == (Remind("unfinished", "mentor", timedelta(days=3), 1),)


def test_below_another_question_a_reminder_is_passed_over(catalog: Catalog) -> None:
    talk = begun(catalog)
    talk.say("langue")
    talk.person = replace(talk.person, silent=timedelta(days=1))
    turn = talk.hear(Heard("event", event="unfinished", subject="onboarding"))
    assert not turn.replies
    assert turn.effects == (Remind("unfinished", "onboarding", timedelta(days=3), 1),)


def test_whose_age_rule_is_lifted_is_reminded_from_there(catalog: Catalog) -> None:
    talk = Talk(catalog, Person(language="fr", contact=True, profile={"name": "Lina"}))
    turn = talk.hear(Heard("event", event="admitted"))
    assert first("unfinished", "onboarding") in turn.effects


# After STOP, and START


def stopped(catalog: Catalog, person: Person) -> Talk:
    return Talk(catalog, replace(person, language="fr", opted_out=True, silent=timedelta(days=9)))


def test_what_happens_to_the_stopped_counts_and_is_not_said(catalog: Catalog) -> None:
    talk = stopped(catalog, Person(mentoring=Mentoring({"state": "approved"})))
    turn = talk.hear(Heard("event", event="mentor_approved"))
    assert not turn.replies
    assert turn.effects == (first("availability"),)
    turn = talk.hear(Heard("event", event="session_settled", subject="session:4.1", due=NOON))
    assert not turn.replies
    assert turn.effects == (SettleSession(4),)


def says(catalog: Catalog, event: str, opted_out: bool) -> bool:
    """Is anything said of it, whatever it is about and on whichever side they are?"""
    at = WORLD.now.isoformat()
    text = {"cancelled": f"- {at}", "drafted": '{"many": 5, "cost": 1}'}.get(event, at)
    about = {"partner_left": ("mentee:7",), "drafted": ("7",)}.get(event, ABOUT)
    replies = 0
    for role in ("mentee", "mentor"):
        met = replace(MET, bonds=tuple(replace(bond, role=role) for bond in MET.bonds))
        person = Person(language="fr", registered=True, mentoring=met, silent=timedelta(days=9))
        talk = Talk(catalog, replace(person, opted_out=opted_out))
        for subject in about:
            heard = Heard("event", event=event, subject=subject, text=text)
            replies += len(talk.hear(heard).replies)
    return replies > 0


def test_nothing_is_said_to_the_stopped_of_what_others_are_told(catalog: Catalog) -> None:
    told = {event for event in EVENTS if says(catalog, event, opted_out=False)}
    assert {"accepted", "letter", "proposals", "booked", "session_day", "availability"} <= told
    assert not [event for event in EVENTS if says(catalog, event, opted_out=True)]


def test_a_reminder_that_came_just_before_stop_is_followed_by_the_next(catalog: Catalog) -> None:
    talk = stopped(catalog, Person(mentoring=Mentoring({"state": "approved"})))
    turn = talk.hear(Heard("event", event="availability", due=WORLD.now))
    assert not turn.replies
    assert turn.effects == (Remind("availability", "", timedelta(days=90), 1),)


@pytest.mark.parametrize(("wrote", "waits"), [(1, True), (18, True), (19, False), (49, False)])
def test_what_fell_due_before_they_wrote_does_not_come_on_top(
    catalog: Catalog, wrote: int, waits: bool
) -> None:
    silent = timedelta(hours=wrote)
    talk = Talk(catalog, Person(language="fr", silent=silent, mentoring=Mentoring(MENTOR)))
    due = WORLD.now - timedelta(hours=48)
    turn = talk.hear(Heard("event", event="availability", due=due, times=1))
    again = Remind("availability", "", timedelta(hours=20) - silent, 1)
    assert (turn.effects == (again,)) is waits
    assert bool(turn.replies) is not waits


def test_what_falls_due_while_they_write_comes_in_its_time(catalog: Catalog) -> None:
    person = Person(language="fr", silent=timedelta(hours=1), mentoring=Mentoring(MENTOR))
    turn = Talk(catalog, person).hear(Heard("event", event="availability", due=WORLD.now))
    assert turn.replies

"""Joining as a mentor, and taking a break. Words: messages/*/mentor.ftl"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows import listed
from flows.effects import (
    Effect,
    Forget,
    OpenTicket,
    PauseMentor,
    RecordConsent,
    RegisterMentor,
    Update,
)
from flows.onboarding import CONSENT_VERSION, NEEDS, SECTORS, needs_form, show_place
from flows.people import Moment, Person
from flows.reading import of_text
from flows.rules.availability import windows
from flows.steps import Answers, AnyStep, Ask, Choose, Do, End, Flow, Review, Say
from nlu import readers
from nlu.meaning import Found, Reading

CONDUCT_VERSION = "2026-11"
MOST_MENTEES = 4
"""AFEM's mentors of 2010-12 had four on average (DOMAIN 2.1)."""
REVIEWED = (
    "name", "address_form", "place", "experience", "sectors", "skills", "stages", "languages",
    "meet", "availability", "capacity", "network", "prefers",
)  # fmt: skip


def refused(answers: Answers, person: Person) -> bool:
    return bool(answers.get("consent") == "refuse")


def breaks_conduct(answers: Answers, person: Person) -> bool:
    return bool(answers.get("conduct") == "refuse")


def record_consent(answers: Answers, person: Person) -> Sequence[Effect]:
    agreed = answers["consent"] == "agree"
    consent = RecordConsent("mentor", agreed, CONSENT_VERSION)
    return (consent,) if agreed else (consent, Forget())


def keep_person(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Update({"name": answers["name"], "gender": answers.get("address_form")}),)


def register(answers: Answers, person: Person) -> Sequence[Effect]:
    joins = RegisterMentor(
        profile(answers), CONDUCT_VERSION, approved=listed.vouched(answers, person)
    )
    return (joins,) if joins.approved else (joins, OpenTicket("mentor", "approve"))


def change(answers: Answers, person: Person) -> Sequence[Effect]:
    return (RegisterMentor(profile(answers), CONDUCT_VERSION),)


def known(person: Person) -> dict[str, Any]:
    """What somebody told before, as the answers of a mentor: as one, or when they were accompanied."""
    own = person.mentoring.mentor
    if own is not None:
        told = {**own, "capacity": f"c{own['capacity']}", "person_kept": True}
    else:
        told = {
            "consent": "agree",
            "consent_kept": True,
            "place": person.profile.get("place"),
            "languages": person.profile.get("languages"),
        }
    told |= {"name": person.name, "address_form": person.gender}
    return {name: value for name, value in told.items() if value}


def profile(answers: Answers) -> dict[str, Any]:
    """The answers as they are kept."""
    return {
        **answers,
        "availability": windows(answers.get("availability")),
        "capacity": int(answers["capacity"].removeprefix("c")),
        "prefers": None if answers.get("prefers") == "anyone" else answers.get("prefers"),
    }


def capacity(text: str, moment: Moment) -> Reading:
    """How many at once; more than we allow is no answer."""
    reading = readers.number(text, 1, MOST_MENTEES)
    return Found(f"c{reading.value}") if isinstance(reading, Found) else None


QUESTIONS: tuple[AnyStep, ...] = (
    Ask(name="place", reader=of_text(readers.place), native="location", show=show_place),
    Ask(name="experience", reader=of_text(readers.activity), open=True),
    Choose(name="sectors", options=SECTORS, most=3, reader=of_text(readers.sector)),
    Choose(name="skills", options=NEEDS, most=5, reader=of_text(readers.skills)),
    Choose(
        name="stages",
        options=("idea", "launched_informal", "registered", "growing"),
        most=4,
        reader=of_text(readers.stage),
    ),
    Choose(
        name="languages",
        options=("ary", "ar", "fr", "en", "ber"),
        most=5,
        reader=of_text(readers.languages),
    ),
    Choose(name="meet", options=("voice", "video", "in_person", "text"), most=4),
    Choose(
        name="availability",
        options=("weekday_morning", "weekday_afternoon", "weekday_evening", "saturday", "sunday"),
        most=5,
        reader=of_text(readers.availability),
        optional=True,
    ),
    Choose(name="capacity", options=("c1", "c2", "c3", "c4"), reader=capacity),
    Ask(name="network", reader=of_text(readers.activity), open=True, optional=True),
    Choose(name="prefers", options=("women", "near", "rural", "anyone"), optional=True),
)

MENTOR = Flow(
    "mentor",
    (
        Choose(
            name="consent",
            options=("agree", "refuse"),
            yes_no=("agree", "refuse"),
            commands=("change_language",),
            details=listed.origin,
            counted=False,
            long=True,
        ),
        Say(name="refused", when=refused),
        Do(name="consent_kept", needs=("consent",), effect=record_consent),
        Ask(name="name", reader=of_text(readers.full_name), open=True, native="contact"),
        Choose(name="address_form", options=("f", "m"), when=needs_form, optional=True),
        Do(name="person_kept", needs=("name",), effect=keep_person),
        *QUESTIONS,
        Choose(
            name="conduct",
            options=("agree", "refuse"),
            yes_no=("agree", "refuse"),
            counted=False,
            long=True,
        ),
        End(name="no_conduct", when=breaks_conduct),
        Review(name="check", of=REVIEWED),
        Do(name="register", effect=register),
        Say(name="done", when=listed.unknown),
        Say(name="approved", when=listed.vouched),
    ),
    progress=True,
    gate="consent",
    lasting=True,
)


MENTOR_PROFILE = Flow(
    "mentor_profile",
    (
        Ask(name="name", reader=of_text(readers.full_name), open=True, native="contact"),
        Choose(name="address_form", options=("f", "m"), when=needs_form, optional=True),
        Do(name="person_kept", needs=("name",), effect=keep_person),
        *QUESTIONS,
        Review(name="check", of=REVIEWED),
        Do(name="register", effect=change),
        Say(name="saved"),
    ),
    words="mentor",
)


def pause(answers: Answers, person: Person) -> Sequence[Effect]:
    days = {"w2": 14, "w4": 28, "w12": 84, "back": 0}
    return (PauseMentor(days[answers["weeks"]]),)


def comes_back(answers: Answers, person: Person) -> bool:
    return bool(answers.get("weeks") == "back")


def goes_away(answers: Answers, person: Person) -> bool:
    return not comes_back(answers, person)


MENTOR_PAUSE = Flow(
    "mentor_pause",
    (
        Choose(name="weeks", options=("w2", "w4", "w12", "back")),
        Do(name="pause", effect=pause),
        Say(name="paused", when=goes_away),
        Say(name="returned", when=comes_back),
    ),
)

"""Joining as a mentor, and taking a break. Words: messages/*/mentor.ftl"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flows import listed
from flows.effects import (
    Effect,
    Forget,
    OpenTicket,
    PauseMentor,
    Phrase,
    RecordConsent,
    RegisterMentor,
    Update,
)
from flows.nudging import first
from flows.onboarding import CONSENT_VERSION, NEEDS, SECTORS, needs_form, show_place
from flows.people import Moment, Person
from flows.questions import shown_field
from flows.reading import of_text
from flows.rules.availability import windows
from flows.rules.circle import passes_on
from flows.steps import Answers, AnyStep, Ask, Choose, Do, End, Flow, Review, Say
from nlu import readers
from nlu.meaning import Found, Reading
from nlu.normalise import clean

CONDUCT_VERSION = "2026-11"
MOST_MENTEES = 4
"""AFEM's mentors of 2010-12 had four on average (DOMAIN 2.1)."""
LONGEST_NETWORK = 80
REVIEWED = (
    "name", "address_form", "place", "experience", "sectors", "skills", "stages", "languages",
    "meet", "availability", "capacity", "network", "prefers",
)  # fmt: skip


def refused(answers: Answers, person: Person) -> bool:
    return bool(answers.get("consent") == "refuse")


def was_accompanied(answers: Answers, person: Person) -> bool:
    return bool(answers.get("accompanied"))


def breaks_conduct(answers: Answers, person: Person) -> bool:
    return bool(answers.get("conduct") == "refuse")


def record_consent(answers: Answers, person: Person) -> Sequence[Effect]:
    agreed = answers["consent"] == "agree"
    consent = RecordConsent("mentor", agreed, CONSENT_VERSION)
    return (consent,) if agreed else (consent, Forget())


def set_reminder(answers: Answers, person: Person) -> Sequence[Effect]:
    return (first("unfinished", "mentor"),)


def keep_person(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Update({"name": answers["name"], "gender": answers.get("address_form")}),)


def register(answers: Answers, person: Person) -> Sequence[Effect]:
    joins = RegisterMentor(
        profile(answers), CONDUCT_VERSION, approved=listed.vouched(answers, person)
    )
    refresh = first("availability")
    return (joins, refresh) if joins.approved else (joins, OpenTicket("mentor", "approve"))


def change(answers: Answers, person: Person) -> Sequence[Effect]:
    return RegisterMentor(profile(answers), CONDUCT_VERSION), first("availability")


def known(person: Person) -> dict[str, Any]:
    """What somebody told before, as the answers of a mentor: as one, or when they were accompanied."""
    own = person.mentoring.mentor
    if own is not None:
        told = {**as_answers(own), "person_kept": True}
        told |= {"prefers": own.get("prefers") or "anyone", "address_form": person.gender}
        return {**told, "name": person.name}
    else:
        told = {
            "consent": "agree",
            "consent_kept": True,
            "place": person.profile.get("place"),
            "languages": person.profile.get("languages"),
        }
        if person.mentoring.latest("pair", "mentee", "ended"):
            own_way = person.mentoring.ratings, person.mentoring.outcomes
            told |= {"accompanied": True, **passes_on(person.profile, *own_way)}
    told |= {"name": person.name, "address_form": person.gender}
    return {name: value for name, value in told.items() if value}


def as_answers(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a mentor, as the answers that it was told in."""
    return {**kept, "capacity": f"c{kept['capacity']}"}


def field_lines(names: Iterable[str], kept: Mapping[str, Any], person: Person) -> Sequence[Phrase]:
    """What is kept of a mentor under these names, a line each, to be looked over."""
    answers = as_answers(kept)
    shown = [(name, shown_field(MENTOR, name, answers, person)) for name in names]
    return [
        Phrase("common-field", None, {"label": Phrase(f"mentor-{name}", "field"), "value": value})
        for name, value in shown
        if value
    ]


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


PROFILES = Flow(
    "profiles",
    (Choose(name="which", commands=("mentee_profile", "mentor_profile")),),
    words="mentor_profiles",
)


def network(text: str) -> Reading:
    """The name of a network in any words; a plain no is an answer too."""
    agreed = readers.yes_no(text)
    if isinstance(agreed, Found):
        return None if agreed.value else Found(None)
    said = clean(text)[:LONGEST_NETWORK].strip()
    return Found(said) if len(said) > 1 else None


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
    Ask(
        name="network",
        reader=of_text(network),
        open=True,
        optional=True,
        own=("programme_info", "join_programme", "find_mentor"),
    ),
    Choose(name="prefers", options=("women", "near", "rural", "anyone"), optional=True),
)

FIELDS = {"needs": "skills", "sector": "sectors", "stage": "stages"}
"""What a mentor gives where a mentee needs."""

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
        # Not with the consent: whoever was accompanied has given theirs before.
        Do(name="reminder_set", needs=("consent",), effect=set_reminder),
        Ask(name="name", reader=of_text(readers.full_name), open=True, native="contact"),
        Choose(name="address_form", options=("f", "m"), when=needs_form, optional=True),
        Do(name="person_kept", needs=("name",), effect=keep_person),
        *QUESTIONS,
        Say(name="prepared", when=was_accompanied),
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
    fields=FIELDS,
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
    fields=FIELDS,
)


BREAKS = {"w2": 14, "w4": 28, "w12": 84, "back": 0}
"""Days that each button stands for; words tell a last day instead."""


def away(text: str, moment: Moment) -> Reading:
    """A break in words: "3 weeks", "jusqu'au 15", "شي شهر"."""
    return readers.until(text, moment.now, moment.timezone)


def pause(answers: Answers, person: Person) -> Sequence[Effect]:
    weeks = str(answers["weeks"])
    if weeks == "back":
        return PauseMentor(), first("availability")
    return (PauseMentor(BREAKS[weeks]) if weeks in BREAKS else PauseMentor(until=weeks),)


def how_long(answers: Answers, person: Person) -> dict[str, Any]:
    """The break as its text names it: a day, or the button's own words."""
    weeks = str(answers["weeks"])
    if weeks in BREAKS:
        return {"dated": "no", "day": "", "span": Phrase("mentor_pause-weeks", weeks)}
    return {"dated": "yes", "day": date.fromisoformat(weeks), "span": ""}


def comes_back(answers: Answers, person: Person) -> bool:
    return bool(answers.get("weeks") == "back")


def goes_away(answers: Answers, person: Person) -> bool:
    return not comes_back(answers, person)


MENTOR_PAUSE = Flow(
    "mentor_pause",
    (
        Choose(name="weeks", options=("w2", "w4", "w12", "back"), reader=away),
        Do(name="pause", effect=pause),
        Say(name="paused", when=goes_away, values=how_long),
        Say(name="returned", when=comes_back),
    ),
)

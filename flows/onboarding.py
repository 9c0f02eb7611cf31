"""Onboarding: the first minutes with an entrepreneur. Words: messages/*/onboarding.ftl"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows import listed
from flows.effects import (
    Effect,
    Forget,
    KeepContact,
    RecordConsent,
    RegisterMentee,
    Update,
)
from flows.nudging import first
from flows.people import Moment, Person
from flows.reading import of_text
from flows.rules.availability import windows
from flows.steps import Answers, AnyStep, Ask, Choose, Do, Each, End, Flow, Review, Say
from nlu import readers
from nlu.meaning import Reading

CONSENT_VERSION = "2026-11"
YOUNGEST, OLDEST = 24, 54
SECTORS = (
    "crafts", "commerce", "agriculture", "agro_industry", "tourism",
    "textile", "construction", "digital", "education", "other",
)  # fmt: skip
NEEDS = (
    "finance", "marketing", "sales", "digital", "legal",
    "hr", "operations", "export", "fundraising", "strategy",
)  # fmt: skip
REVIEWED = (
    "name", "address_form", "age", "place", "activity", "sector", "stage", "legal_form",
    "needs", "levels", "languages", "meet", "availability",
)  # fmt: skip


def refused(answers: Answers, person: Person) -> bool:
    return bool(answers.get("consent") == "refuse")


def needs_form(answers: Answers, person: Person) -> bool:
    return person.language == "ar"


def out_of_age(answers: Answers, person: Person) -> bool:
    age = answers.get("age")
    return isinstance(age, int) and not YOUNGEST <= age <= OLDEST and not person.admitted


def wants_contact(answers: Answers, person: Person) -> bool:
    return out_of_age(answers, person) and bool(answers.get("keep_contact") == "yes")


def wants_none(answers: Answers, person: Person) -> bool:
    return out_of_age(answers, person) and bool(answers.get("keep_contact") == "no")


def is_registered(answers: Answers, person: Person) -> bool:
    return answers.get("stage") in ("registered", "growing")


def record_consent(answers: Answers, person: Person) -> Sequence[Effect]:
    agreed = answers["consent"] == "agree"
    consent = RecordConsent("service", agreed, CONSENT_VERSION)
    if not agreed:
        return consent, Forget()
    return consent, first("unfinished", "onboarding")


def keep_name(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Update({"name": answers["name"]}),)


def keep_form(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Update({"gender": answers["address_form"]}),)


def keep_contact(answers: Answers, person: Person) -> Sequence[Effect]:
    return (KeepContact("age", answers),)


def keep_nothing(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Forget(),)


def register(answers: Answers, person: Person) -> Sequence[Effect]:
    known = Update({"name": answers.get("name"), "gender": answers.get("address_form")})
    return known, RegisterMentee(profile(answers))


def join(answers: Answers, person: Person) -> Sequence[Effect]:
    return *register(answers, person), first("wish_again")


def profile(answers: Answers) -> dict[str, Any]:
    """The answers as they are kept: windows for buttons, the line apart from the ways to meet."""
    ways = answers.get("meet") or []
    lines = [way.removesuffix("_line") for way in ways if way.endswith("_line")]
    return {
        **answers,
        "meet": [way for way in ways if not way.endswith("_line")],
        "connection": lines[0] if lines else None,
        "availability": windows(answers.get("availability")),
    }


def age(text: str, moment: Moment) -> Reading:
    return readers.age(text, moment.year)


def show_place(value: Any, language: str) -> Any:
    return value[f"name_{language}"]


QUESTIONS: tuple[AnyStep, ...] = (
    Ask(name="place", reader=of_text(readers.place), native="location", show=show_place),
    Ask(name="activity", reader=of_text(readers.activity), open=True),
    Choose(
        name="sector",
        options=SECTORS,
        reader=of_text(readers.sector),
        needs=("activity",),
        told_by="activity",
        otherwise="other",
    ),
    Choose(
        name="stage",
        options=("idea", "launched_informal", "registered", "growing"),
        reader=of_text(readers.stage),
    ),
    Choose(
        name="legal_form",
        options=(
            "auto_entrepreneur",
            "individual",
            "sarl_au",
            "sarl",
            "sa",
            "cooperative",
            "association",
        ),
        reader=of_text(readers.legal_form),
        when=is_registered,
        needs=("stage",),
        optional=True,
    ),
    Choose(name="needs", options=NEEDS, most=3, reader=of_text(readers.skills)),
    Each(name="levels", of="needs"),
    Choose(
        name="languages",
        options=("ary", "ar", "fr", "en", "ber"),
        most=5,
        reader=of_text(readers.languages),
    ),
    Choose(
        name="meet",
        options=("voice", "video", "in_person", "text", "good_line", "weak_line"),
        most=6,
    ),
    Choose(
        name="availability",
        options=("weekday_morning", "weekday_afternoon", "weekday_evening", "saturday", "sunday"),
        most=5,
        reader=of_text(readers.availability),
        optional=True,
    ),
)

NAME = Ask(name="name", reader=of_text(readers.full_name), open=True, native="contact")
FORM = Choose(name="address_form", options=("f", "m"), when=needs_form, optional=True)
AGE = Ask(name="age", reader=age)

ONBOARDING = Flow(
    "onboarding",
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
        NAME,
        Do(name="name_kept", needs=("name",), effect=keep_name),
        FORM,
        Do(name="form_kept", needs=("address_form",), effect=keep_form),
        AGE,
        Choose(
            name="keep_contact",
            options=("yes", "no"),
            yes_no=("yes", "no"),
            when=out_of_age,
            needs=("age",),
            counted=False,
        ),
        Say(name="not_kept", when=wants_none),
        Do(name="nothing_kept", when=wants_none, effect=keep_nothing),
        Do(name="contact_kept", when=wants_contact, effect=keep_contact),
        End(name="kept", when=wants_contact),
        *QUESTIONS,
        Review(name="check", of=REVIEWED),
        Do(name="register", effect=join),
        Say(name="done"),
    ),
    progress=True,
    gate="consent",
    then="wish",
    lasting=True,
)

PROFILE = Flow(
    "profile",
    (
        NAME,
        FORM,
        AGE,
        *QUESTIONS,
        Review(name="check", of=REVIEWED),
        Do(name="register", effect=register),
        Say(name="saved"),
    ),
    words="onboarding",
)

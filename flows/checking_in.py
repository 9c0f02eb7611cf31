"""How it goes, asked of those who have nothing open: a pair that fell silent, a mentor's free hours.

Words: messages/*/nudge.ftl
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flows import hours
from flows.effects import Begin, Effect, OpenTicket, Phrase, StopReminding
from flows.finding import says, show
from flows.mentor import field_lines, known
from flows.nudging import KINDS, first
from flows.people import Bond, Person
from flows.steps import Answers, Choose, Do, Flow, Say

SILENCE: Final = KINDS["silent_pair"].gaps[0]
"""After so long without a meeting a pair is asked about the next."""
REFRESHED: Final = ("availability", "capacity")


# A pair without a meeting


def pair(answers: Answers, person: Person) -> Bond | None:
    bond = person.mentoring.bond("pair", int(answers.get("bond") or 0))
    return bond if bond and bond.state == "active" else None


def has_met(bond: Bond, person: Person) -> bool:
    """Is something arranged, or was there a meeting not long ago?"""
    met = person.mentoring
    since = met.now - SILENCE
    recent = any(one.pair == bond.id and one.end > since for one in met.sessions)
    return bool(bond.offer or recent)


def is_silent(answers: Answers, person: Person) -> bool:
    bond = pair(answers, person)
    return bond is not None and not has_met(bond, person)


def partner(answers: Answers, person: Person) -> dict[str, Any]:
    bond = pair(answers, person)
    return {"partner": bond.partner.name if bond else ""}


def wants_hour(answers: Answers, person: Person) -> bool:
    """By the button, or by naming one."""
    said = str(answers.get("answer") or "")
    return said == "hour" or hours.is_hour(said)


def arrange(answers: Answers, person: Person) -> Sequence[Effect]:
    said = str(answers["answer"])
    slot = {"slot": said} if hours.is_hour(said) else {}
    return (Begin("scheduling", {"bond": answers["bond"], **slot}),)


def let_be(answers: Answers, person: Person) -> Sequence[Effect]:
    """Until there is a meeting again, which sets the next."""
    return (StopReminding("silent_pair", f"pair:{answers['bond']}"),)


def ask_team(answers: Answers, person: Person) -> Sequence[Effect]:
    about = f"pair:{answers['bond']}"
    return OpenTicket("pair", about), StopReminding("silent_pair", about)


SILENT_PAIR = Flow(
    "silent_pair",
    (
        Choose(
            name="answer",
            options=("hour", "not_now", "team"),
            yes_no=("hour", "not_now"),
            reader=hours.full_hour,
            eager=True,
            values=partner,
            when=is_silent,
            show=show,
        ),
        Do(name="arranged", when=wants_hour, effect=arrange),
        Do(name="let_be", when=says("answer", "not_now"), effect=let_be),
        Say(name="left", when=says("answer", "not_now")),
        Do(name="asked", when=says("answer", "team"), effect=ask_team),
        Say(name="told", when=says("answer", "team")),
    ),
)


# A mentor's hours and places


def takes_people(answers: Answers, person: Person) -> bool:
    """A mentor, and not on a break."""
    own = person.mentoring.mentor or {}
    until = own.get("paused_until")
    away = until is not None and until > person.mentoring.now
    return own.get("state") == "approved" and not away


def hours_and_places(answers: Answers, person: Person) -> Sequence[Phrase]:
    return field_lines(REFRESHED, person.mentoring.mentor or {"capacity": 1}, person)


def keep(answers: Answers, person: Person) -> Sequence[Effect]:
    return (first("availability"),)


def change(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Begin("mentor_profile", known(person)),)


def rest(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Begin("mentor_pause", {}),)


AVAILABILITY = Flow(
    "availability",
    (
        Choose(
            name="answer",
            options=("right", "change", "rest"),
            yes_no=("right", "change"),
            details=hours_and_places,
            when=takes_people,
        ),
        Do(name="kept", when=says("answer", "right"), effect=keep),
        Say(name="thanks", when=says("answer", "right")),
        Do(name="changed", when=says("answer", "change"), effect=change),
        Do(name="rested", when=says("answer", "rest"), effect=rest),
    ),
)

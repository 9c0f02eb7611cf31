"""How it goes, asked of those who have nothing open: a pair that fell silent, a mentor's free hours.

Words: messages/*/nudge.ftl
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flows import hours
from flows.effects import Begin, Effect, OpenTicket, Phrase, StopReminding
from flows.finding import show
from flows.mentor import MENTOR, as_answers, known
from flows.nudging import KINDS, first
from flows.people import Bond, Person
from flows.questions import shown_field
from flows.steps import Answers, Choose, Condition, Do, Flow, Say

SILENCE: Final = KINDS["silent_pair"].gaps[0]
"""After so long without a meeting a pair is asked about the next."""
REFRESHED: Final = ("availability", "capacity")


def chose(code: str) -> Condition:
    def holds(answers: Answers, person: Person) -> bool:
        return bool(answers.get("answer") == code)

    holds.__name__ = f"chose_{code}"
    return holds


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
        Do(name="let_be", when=chose("not_now"), effect=let_be),
        Say(name="left", when=chose("not_now")),
        Do(name="asked", when=chose("team"), effect=ask_team),
        Say(name="told", when=chose("team")),
    ),
)


# A mentor's hours and places


def takes_people(answers: Answers, person: Person) -> bool:
    """A mentor, and not on a break."""
    own = person.mentoring.mentor or {}
    until = own.get("paused_until")
    away = until is not None and until > person.mentoring.now
    return own.get("state") == "approved" and not away


def told(answers: Answers, person: Person) -> Sequence[Phrase]:
    """What is known of them, to be looked over."""
    own = as_answers(person.mentoring.mentor or {"capacity": 1})
    shown = [(name, shown_field(MENTOR, name, own, person)) for name in REFRESHED]
    return [
        Phrase("common-field", None, {"label": Phrase(f"mentor-{name}", "field"), "value": value})
        for name, value in shown
        if value
    ]


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
            details=told,
            when=takes_people,
        ),
        Do(name="kept", when=chose("right"), effect=keep),
        Say(name="thanks", when=chose("right")),
        Do(name="changed", when=chose("change"), effect=change),
        Do(name="rested", when=chose("rest"), effect=rest),
    ),
)

"""What the team does in its own chats: mentors are let in. Words: messages/*/approval.ftl"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flows.conversation import Conversation
from flows.effects import DecideMentor, Effect, Option, Phrase
from flows.mentor import field_lines
from flows.people import Heard, Person
from flows.steps import Answers, Choose, Do, End, Flow, Say
from nlu.meaning import Meaning

SHOWN: Final = ("place", "experience", "sectors", "skills", "languages", "capacity", "network")
MOST: Final = 9
"""Applicants in one list; the next ones follow when these are answered."""


def applicant(answers: Answers, person: Person) -> Mapping[str, Any] | None:
    """Who is being decided about, while nobody has decided."""
    return person.applicants.get(int(str(answers.get("mentor") or "0")))


def applicants(answers: Answers, person: Person) -> Sequence[Option]:
    """Who waits, the longest first."""
    return [
        Option(str(id), str(told["name"])) for id, told in list(person.applicants.items())[:MOST]
    ]


def names(answers: Answers, person: Person) -> dict[str, Any]:
    told = applicant(answers, person)
    return {"name": told["name"] if told else ""}


def portrait(answers: Answers, person: Person) -> Sequence[Phrase]:
    return field_lines(SHOWN, applicant(answers, person) or {"capacity": 1}, person)


def nobody_waits(answers: Answers, person: Person) -> bool:
    return "mentor" not in answers and not person.applicants


def is_decided(answers: Answers, person: Person) -> bool:
    """By another of the team, or the applicant left."""
    is_known = "mentor" in answers and "decided" not in answers
    return is_known and applicant(answers, person) is None


def waits(answers: Answers, person: Person) -> bool:
    return applicant(answers, person) is not None


def decide(answers: Answers, person: Person) -> Sequence[Effect]:
    mentor = int(answers["mentor"])
    if answers["answer"] == "approve":
        return (DecideMentor(mentor, "approved"),)
    return (DecideMentor(mentor, "declined"),) if answers["answer"] == "decline" else ()


def told(answers: Answers, person: Person) -> dict[str, Any]:
    return {**names(answers, person), "answer": answers.get("answer") or "later"}


APPROVAL = Flow(
    "approval",
    (
        End(name="nobody", when=nobody_waits),
        End(name="void", when=is_decided),
        Choose(name="mentor", among=applicants),
        Choose(
            name="answer",
            options=("approve", "decline", "later"),
            yes_no=("approve", "decline"),
            values=names,
            details=portrait,
            when=waits,
        ),
        Do(name="decided", needs=("answer",), effect=decide),
        Say(name="done", needs=("answer",), values=told),
    ),
)


def show_applicants(talk: Conversation, meaning: Meaning) -> None:
    """Asked by one of the team; to anybody else this is no command."""
    if talk.person.operator:
        talk.push("approval")
    else:
        talk.say("common-not-understood")


def ticket(talk: Conversation, heard: Heard) -> None:
    """Somebody waits for the team. Who and why is read on the team's own machine, not here."""
    reason, _, id = heard.subject.partition(":")
    talk.purpose = "news"
    if not talk.person.operator:
        talk.ending = "silent"
    elif reason != "mentor":
        talk.say("approval-ticket", reason if reason in ("problem", "no_show") else None)
        talk.ending = "quiet"
    elif int(id) in talk.person.applicants:
        talk.push("approval", {"mentor": id})
    else:
        talk.ending = "silent"

"""A mentor answers a request, and words are carried between two people. Words: introduction.ftl"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flows.choice import letter
from flows.effects import Accept, CloseRequest, Effect, Phrase, Remind, Tell
from flows.nudging import last
from flows.people import Bond, Person
from flows.portraits import mentee_lines
from flows.reading import of_options, of_text
from flows.steps import Answers, Ask, Choose, Do, End, Flow, Say


def request(answers: Answers, person: Person) -> Bond | None:
    """The request that is being answered, while it is open."""
    bond = person.mentoring.bond("request", int(answers.get("bond") or 0))
    return bond if bond and bond.state == "asked" else None


def is_open(answers: Answers, person: Person) -> bool:
    return request(answers, person) is not None


def is_over(answers: Answers, person: Person) -> bool:
    return not is_open(answers, person) and answers.get("answer") != "done"


def portrait(answers: Answers, person: Person) -> Sequence[Phrase]:
    bond = request(answers, person)
    return mentee_lines(bond.partner, bond.reasons, person) if bond else ()


def says(code: str) -> Any:
    def holds(answers: Answers, person: Person) -> bool:
        return is_open(answers, person) and answers.get("answer") == code

    return holds


def accept(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Accept(int(answers.get("bond") or 0)),)


def decline(answers: Answers, person: Person) -> Sequence[Effect]:
    return (CloseRequest(int(answers.get("bond") or 0), "declined", answers.get("why") or ""),)


def later(answers: Answers, person: Person) -> Sequence[Effect]:
    return (last("request_again", f"request:{answers['bond']}", timedelta(hours=20)),)


def others(answers: Answers, person: Person) -> Sequence[Effect]:
    """The next request that waits is asked as well, in a turn of its own."""
    left = [bond for bond in person.mentoring.asked if bond.id != answers.get("bond")]
    return [Remind("request", f"request:{left[0].id}", timedelta(0))] if left else []


def question(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = request(answers, person)
    if bond is None:
        return ()
    return (Tell(bond.partner.id, "question", f"request:{bond.id}", answers["question"]),)


REQUEST = Flow(
    "request",
    (
        End(name="void", when=is_over),
        Choose(
            name="answer",
            options=("accept", "question", "later", "decline"),
            details=portrait,
            yes_no=("accept", "decline"),
            when=is_open,
        ),
        Do(name="accepted", when=says("accept"), effect=accept),
        Ask(
            name="question", reader=of_text(letter), open=True, verbatim=True, when=says("question")
        ),
        Do(name="carried", when=says("question"), needs=("question",), effect=question),
        Say(name="sent", when=says("question")),
        Do(name="again", when=says("later"), effect=later),
        Say(name="put_off", when=says("later")),
        Choose(
            name="why",
            options=("time", "field", "conflict", "other"),
            reader=of_options("decline"),
            when=says("decline"),
            optional=True,
        ),
        Do(name="declined", when=says("decline"), needs=("why",), effect=decline),
        Say(name="thanks", when=says("decline")),
        Do(name="others", when=lambda a, p: a.get("answer") != "question", effect=others),
    ),
)


def answer(answers: Answers, person: Person) -> Sequence[Effect]:
    return (
        Tell(int(answers["from"]), "reply", str(answers.get("subject") or ""), answers["reply"]),
    )


def about(answers: Answers, person: Person) -> Bond | None:
    """The request or pair whose words these are."""
    kind, _, id = str(answers.get("subject") or "").partition(":")
    return person.mentoring.bond(kind, int(id)) if id.isdigit() else None


def closed(answers: Answers, person: Person) -> bool:
    bond = about(answers, person)
    return bond is not None and bond.kind == "request" and bond.state != "asked"


def over(answers: Answers, person: Person) -> bool:
    bond = about(answers, person)
    return bond is not None and bond.kind == "pair" and bond.state == "ended"


def rests(answers: Answers, person: Person) -> bool:
    bond = about(answers, person)
    return bond is not None and bond.state == "paused"


def silenced(answers: Answers, person: Person) -> bool:
    bond = about(answers, person)
    return bond is not None and not bond.terms.get("heard", True)


def partner(answers: Answers, person: Person) -> dict[str, Any]:
    bond = about(answers, person)
    return {"partner": bond.partner.name if bond else ""}


def said(answers: Answers, person: Person) -> dict[str, Any]:
    writer = answers.get("writer") or ""
    return {
        "said": answers.get("said") or "",
        "writer": writer,
        "haswriter": "yes" if writer else "no",
    }


def to_whom(answers: Answers, person: Person) -> dict[str, Any]:
    """Whom the words went to, so that no answer goes to another unseen."""
    writer = answers.get("writer") or ""
    return {"partner": writer, "haspartner": "yes" if writer else "no"}


REPLY = Flow(
    "reply",
    (
        End(name="closed", when=closed),
        End(name="void", when=over),
        End(name="resting", when=rests, values=partner),
        End(name="silenced", when=silenced, values=partner),
        Ask(
            name="reply",
            reader=of_text(letter),
            open=True,
            verbatim=True,
            optional=True,
            values=said,
        ),
        Do(name="carried", needs=("reply",), effect=answer, when=lambda a, p: bool(a.get("reply"))),
        Say(name="sent", when=lambda a, p: bool(a.get("reply")), values=to_whom),
    ),
    words="letter",
)

"""A mentee chooses among the mentors who are proposed. Words: messages/*/choice.ftl"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.effects import (
    AskMentor,
    CloseRequest,
    Effect,
    Option,
    Phrase,
    Prefer,
    Propose,
    StopReminding,
    Tell,
)
from flows.people import Bond, Card, Person
from flows.portraits import mentor_card, who
from flows.reading import of_options, of_text
from flows.steps import Answers, Ask, Choose, Do, End, Flow, Say
from nlu.meaning import Found, Reading
from nlu.normalise import clean

LONGEST_LETTER = 600
"""Characters of a message that is carried to the other side."""


def letter(text: str) -> Reading:
    """Words meant for another person: anything but nothing."""
    said = clean(text)[:LONGEST_LETTER].strip()
    return Found(said) if len(said) > 1 else None


def options(answers: Answers, person: Person) -> Sequence[Option]:
    return [
        Option(f"mentor:{card.mentor.id}", who(card.mentor, person))
        for card in person.mentoring.cards
    ]


def details(answers: Answers, person: Person) -> Sequence[Phrase]:
    return [mentor_card(card, person) for card in person.mentoring.cards]


def chosen(answers: Answers, person: Person) -> Card | None:
    """The card that was picked, if it is still there."""
    _, _, id = str(answers.get("mentor", "")).partition(":")
    return next((c for c in person.mentoring.cards if str(c.mentor.id) == id), None)


def picked(answers: Answers, person: Person) -> bool:
    return chosen(answers, person) is not None


def vanished(answers: Answers, person: Person) -> bool:
    return str(answers.get("mentor", "")).startswith("mentor:") and not picked(answers, person)


def wants_others(answers: Answers, person: Person) -> bool:
    return answers.get("mentor") == "others" or vanished(answers, person)


def waits(answers: Answers, person: Person) -> bool:
    return bool(answers.get("mentor") == "wait")


def asks(answers: Answers, person: Person) -> bool:
    return picked(answers, person) and answers.get("how") == "ask"


def has_question(answers: Answers, person: Person) -> bool:
    return picked(answers, person) and answers.get("how") == "question"


def their_name(answers: Answers, person: Person) -> dict[str, Any]:
    card = chosen(answers, person)
    return {"mentor": card.mentor.name if card else ""}


def propose(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Propose(),)


def ask(answers: Answers, person: Person) -> Sequence[Effect]:
    card = chosen(answers, person)
    return (AskMentor(card.mentor.id),) if card else ()


def carry(answers: Answers, person: Person) -> Sequence[Effect]:
    card = chosen(answers, person)
    return (Tell(card.mentor.id, "question", "", answers["question"]),) if card else ()


def let_be(answers: Answers, person: Person) -> Sequence[Effect]:
    """They come back to it themselves."""
    return (StopReminding("choice_again", ""),)


def prefer(answers: Answers, person: Person) -> Sequence[Effect]:
    return Prefer(answers["who"]), Propose()


WISH = Flow(
    "wish",
    (
        Choose(
            name="who",
            options=("woman", "near", "diaspora", "anyone"),
            reader=of_options("wish"),
            eager=True,
        ),
        Do(name="preferred", needs=("who",), effect=prefer),
    ),
)

CHOICE = Flow(
    "choice",
    (
        Choose(name="mentor", among=options, details=details, options=("others", "wait")),
        Do(name="others", when=wants_others, effect=propose),
        Do(name="let_be", when=waits, effect=let_be),
        Say(name="waiting", when=waits),
        Choose(
            name="how",
            options=("ask", "question"),
            when=picked,
            needs=("mentor",),
            values=their_name,
        ),
        Ask(
            name="question",
            reader=of_text(letter),
            open=True,
            verbatim=True,
            when=has_question,
            values=their_name,
            needs=("how",),
        ),
        Do(name="carried", when=has_question, needs=("question",), effect=carry),
        Say(name="sent", when=has_question, values=their_name),
        Do(name="asked", when=asks, effect=ask),
    ),
)


def request(answers: Answers, person: Person) -> Bond | None:
    """The mentee's own request, while it is open."""
    bond = person.mentoring.bond("request", int(answers.get("bond") or 0))
    return bond if bond and bond.state == "asked" else None


def is_answered(answers: Answers, person: Person) -> bool:
    return request(answers, person) is None and answers.get("sure") != "yes"


def asked_name(answers: Answers, person: Person) -> dict[str, Any]:
    bond = request(answers, person)
    return {"mentor": bond.partner.name if bond else ""}


def keeps(answers: Answers, person: Person) -> bool:
    return bool(answers.get("sure") == "no")


def withdraw(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = request(answers, person)
    return (CloseRequest(bond.id, "withdrawn"),) if bond else ()


WITHDRAW = Flow(
    "withdraw",
    (
        End(name="void", when=is_answered),
        Choose(name="sure", options=("yes", "no"), yes_no=("yes", "no"), values=asked_name),
        End(name="kept", when=keeps, values=asked_name),
        Do(name="withdrawn", effect=withdraw),
        Say(name="done"),
    ),
)

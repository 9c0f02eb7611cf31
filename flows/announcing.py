"""One of the team announces something to many, from their own chat. Words: messages/*/announcing.ftl"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.conversation import Conversation
from flows.effects import DraftAnnouncement, Effect, SendAnnouncement
from flows.people import Heard, Person
from flows.reading import of_text
from flows.rules.announcement import LONGEST, unknown_variables
from flows.steps import Answers, Ask, Choose, Do, End, Flow, Say
from nlu.meaning import LANGUAGES, Found, Meaning, Reading
from nlu.normalise import clean


def text(said: str) -> Reading:
    """A text that every channel carries, with no other variable than a name."""
    told = clean(said).strip()
    fits = 1 < len(told) <= LONGEST and not unknown_variables(told)
    return Found(told) if fits else None


def texts(answers: Answers) -> Mapping[str, str]:
    return {code: str(answers[code]) for code in LANGUAGES if answers.get(code)}


def is_empty(answers: Answers, person: Person) -> bool:
    return all(code in answers for code in LANGUAGES) and not texts(answers)


def draft(answers: Answers, person: Person) -> Sequence[Effect]:
    return (DraftAnnouncement(str(answers["audience"]), texts(answers)),)


def counted(answers: Answers, person: Person) -> dict[str, Any]:
    nothing = {"many": 0, "cost": 0.0, "currency": "", "languages": ""}
    return {name: answers.get(name, default) for name, default in nothing.items()}


def decide(answers: Answers, person: Person) -> Sequence[Effect]:
    drops = answers.get("answer") == "drop"
    return (SendAnnouncement(int(answers["broadcast"]), drop=drops),)


def decided(answers: Answers, person: Person) -> dict[str, Any]:
    return {"answer": answers.get("answer", ""), "number": str(answers.get("broadcast", ""))}


ANNOUNCING = Flow(
    "announcing",
    (
        Choose(name="audience", options=("everybody", "mentee", "mentor")),
        *(
            Ask(name=code, reader=of_text(text), optional=True, open=True, verbatim=True)
            for code in LANGUAGES
        ),
        End(name="empty", when=is_empty),
        Do(name="drafted", needs=LANGUAGES, effect=draft),
    ),
)
ANNOUNCEMENT = Flow(
    "announcement",
    (
        Choose(
            name="answer",
            options=("send", "drop"),
            yes_no=("send", "drop"),
            values=counted,
        ),
        Do(name="decided", needs=("answer",), effect=decide),
        Say(name="done", needs=("answer",), values=decided),
    ),
)


def announce(talk: Conversation, meaning: Meaning) -> None:
    """Asked by one of the team; to anybody else this is no command."""
    if talk.person.operator:
        talk.push("announcing")
    else:
        talk.say("common-not-understood")


def drafted(talk: Conversation, heard: Heard) -> None:
    """How many would get it, and at what price: sent only when this is confirmed."""
    talk.purpose = "reply"
    many, cost, currency, languages = heard.text.split("|")
    told = {"many": int(many), "cost": float(cost), "currency": currency, "languages": languages}
    talk.push("announcement", {"broadcast": int(heard.subject), **told})

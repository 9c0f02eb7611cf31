"""One of the team announces something to many, from their own chat. Words: messages/*/announcing.ftl"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from flows.conversation import Conversation
from flows.effects import DraftAnnouncement, Effect, Phrase, SendAnnouncement
from flows.people import Heard, Person
from flows.reading import of_text
from flows.rules.announcement import LONGEST, unknown_variables, worded
from flows.steps import Answers, Ask, Choose, Do, End, Flow, Say
from nlu.commands import announced
from nlu.language import detect
from nlu.meaning import LANGUAGES, Found, Meaning, Reading
from nlu.normalise import clean
from nlu.readers import audience
from nlu.readers.gazetteer import abroad, region_name

ROLES: Final = {"everybody": {}, "mentee": {"role": ["mentee"]}, "mentor": {"role": ["mentor"]}}
Audience = Mapping[str, Sequence[str]]
"""Codes by what they are about, as `nlu.readers.audience` reads them."""


def text(said: str) -> Reading:
    """A text that every channel carries, with no other variable than a name."""
    told = clean(said).strip()
    fits = 1 < len(told) <= LONGEST and not unknown_variables(told)
    return Found(told) if fits else None


def texts(answers: Answers) -> Mapping[str, str]:
    return {code: str(answers[code]) for code in LANGUAGES if answers.get(code)}


def is_empty(answers: Answers, person: Person) -> bool:
    return all(code in answers for code in LANGUAGES) and not texts(answers)


def wanted(answers: Answers) -> Audience:
    """Tapped or in words."""
    told = answers.get("audience", {})
    return ROLES[told] if isinstance(told, str) else told


def is_partly(answers: Answers, person: Person) -> bool:
    return "unknown" in wanted(answers)


def criteria(answers: Answers, person: Person) -> Sequence[Phrase]:
    """Whom it is for, as the team reads it before it confirms: a line for each criterion."""
    told, language = wanted(answers), person.language or "fr"
    named: dict[str, Callable[[str], Any]] = {
        "role": lambda code: Phrase("announcing-role", code),
        "region": lambda code: region_name(code, language),
        "country": lambda code: abroad()[code].name(language),
        "sector": lambda code: Phrase("onboarding-sector", code),
        "stage": lambda code: Phrase("onboarding-stage", code),
        "language": lambda code: Phrase("announcing-language", code),
        "tag": lambda code: f"#{code}",
    }
    lines = {about: [name(code) for code in told.get(about, ())] for about, name in named.items()}
    if not any(lines.values()):
        lines["role"] = [Phrase("announcing-role", "everybody")]
    return [
        Phrase("announcing-criterion", about, {"these": these})
        for about, these in lines.items()
        if these
    ]


def unknown(answers: Answers, person: Person) -> dict[str, Any]:
    return {"unknown": list(wanted(answers).get("unknown", ()))}


def draft(answers: Answers, person: Person) -> Sequence[Effect]:
    told = {about: list(codes) for about, codes in wanted(answers).items() if about != "unknown"}
    return (DraftAnnouncement(told, texts(answers)),)


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
        Choose(
            name="audience",
            options=tuple(ROLES),
            reader=of_text(audience),
            eager=True,
            # "Mentees in Fez, crafts" is no report, whatever it sounds like.
            own=("report_problem", "delete_data", "pause"),
        ),
        Choose(
            name="partly",
            when=is_partly,
            needs=("audience",),
            options=("goes",),
            commands=("back",),
            values=unknown,
            details=criteria,
        ),
        *(
            Ask(name=code, reader=of_text(text), optional=True, open=True, verbatim=True, free=True)
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
            details=criteria,
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


def begins(talk: Conversation, said: str) -> bool:
    """One of the team wrote the text behind the command: "annonce Bonjour {name}, ..."."""
    words = announced(said) if talk.person.operator else ""
    if not words or not isinstance(text(words), Found):
        return False
    language = detect(worded(words, "")).language or talk.person.language or "fr"
    talk.push("announcing", {language: clean(words).strip()})
    return True


def drafted(talk: Conversation, heard: Heard) -> None:
    """How many would get it, and at what price: sent only when this is confirmed."""
    talk.purpose = "reply"
    talk.push("announcement", {"broadcast": int(heard.subject), **json.loads(heard.text)})

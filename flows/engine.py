"""advance(): one message in, one turn out. Nothing here reads a clock or a database."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flows.commands import obey
from flows.conversation import Conversation
from flows.effects import LinkPhone, OpenTicket, OptIn, OptOut, Remind, Turn, Update
from flows.hearing import WEEKS, fill_facts, hear_place, hear_tap, listen
from flows.people import Heard, Person, Words
from flows.steps import Flow
from nlu.commands import command
from nlu.language import detect
from nlu.meaning import Meaning

ALWAYS_ANSWERED = ("resume", "delete_data", "my_data")
"""What is answered even after STOP: coming back, and the rights under Law 09-08."""
A_WHILE = timedelta(hours=19)


def advance(
    book: Mapping[str, Flow],
    state: Mapping[str, Any],
    person: Person,
    heard: Heard,
    words: Words,
    year: int,
) -> Turn:
    """One turn: the next state, at most one reply, and the effects asked of the world.

    ``book`` holds every flow by name; ``state`` is the JSON that the last turn returned (``{}``
    for a newcomer); ``year`` is this calendar year, for ages told as a year of birth.
    """
    talk = Conversation(book, copy.deepcopy(dict(state)), person, words, year)
    if heard.kind == "event":
        _event(talk, heard)
    elif heard.opt_out:
        _provider_opt_out(talk, heard)
    elif person.opted_out and not _may_answer(heard):
        talk.ending = "silent"
    else:
        _hear(talk, heard)
    return talk.turn()


def _may_answer(heard: Heard) -> bool:
    if heard.kind == "tap" and heard.tap is not None:
        return heard.tap.step.startswith("erase.")
    meaning = command(heard.text)
    return meaning.plain and meaning.sure and meaning.intent in ALWAYS_ANSWERED


def _provider_opt_out(talk: Conversation, heard: Heard) -> None:
    """The provider has already stopped (or restarted) its messages and told the person so."""
    if heard.opt_out == "stop":
        talk.do(OptOut())
        talk.ending = "silent"
    elif heard.opt_out == "start":
        talk.do(OptIn())
        _welcome(talk)
    else:
        obey(talk, Meaning("", intent="help", plain=True))


def _hear(talk: Conversation, heard: Heard) -> None:
    newcomer = talk.frame is None and not (talk.person.registered or talk.person.contact)
    if talk.person.language is None:
        _first_language(talk, heard)
    if newcomer:
        _source(talk, heard)
        talk.push("onboarding")
        talk.settle()
    elif talk.person.silent is not None and talk.person.silent >= WEEKS:
        talk.say("common-welcome-back")
    if heard.kind == "text":
        _text(talk, heard, newcomer)
    elif heard.kind == "tap":
        hear_tap(talk, heard)
    elif heard.kind == "location" and heard.location:
        hear_place(talk, heard.location)
    elif heard.kind == "contact" and heard.phone:
        talk.do(LinkPhone(heard.phone))
        talk.say("common-linked")
    elif heard.kind == "voice":
        _voice(talk)
    else:
        talk.say("common-media")


def _text(talk: Conversation, heard: Heard, newcomer: bool) -> None:
    """A first message opens the door; if it told something already, that is kept in mind."""
    if not newcomer:
        listen(talk, heard.text)
        return
    meaning = command(heard.text)
    if meaning.plain and meaning.intent in ("greet", "join_programme", "resume", "affirm", "help"):
        return
    if meaning.plain:
        obey(talk, meaning)
        return
    frame = talk.frame
    if frame is not None:
        fill_facts(talk, frame, heard.text, {})
    if meaning.intent not in (None, "greet", "join_programme"):
        obey(talk, meaning)


def _first_language(talk: Conversation, heard: Heard) -> None:
    guess = detect(heard.text)
    hint = heard.hint if heard.hint in ("fr", "ar", "en") else "fr"
    fields = {"language": guess.language or hint, "variety": guess.variety}
    talk.do(Update(fields))


def _source(talk: Conversation, heard: Heard) -> None:
    meaning = command(heard.text)
    code = next((str(e.value) for e in meaning.entities if e.entity == "payload"), None)
    if code and not talk.person.source:
        talk.do(Update({"source": code[:64]}))


def _voice(talk: Conversation) -> None:
    """Nobody listens to a voice note here yet; who sends two is given to a person."""
    talk.state["voices"] = talk.state.get("voices", 0) + 1
    if talk.state["voices"] < 2:
        talk.say("common-voice")
        return
    talk.do(OpenTicket("voice", talk.frame["flow"] if talk.frame else "home"))
    talk.say("common-promise")
    talk.ending = "quiet"


def _welcome(talk: Conversation) -> None:
    talk.say("common-resumed")
    if talk.frame is None and not talk.person.registered:
        talk.push("onboarding")


def _event(talk: Conversation, heard: Heard) -> None:
    """A timer or an operator's decision; one that finds things changed does nothing."""
    talk.purpose = "nudge"
    if talk.person.opted_out:
        talk.ending = "silent"
    elif heard.event == "merged":
        talk.purpose = "reply"
        talk.say("common-merged")
    elif heard.event == "unfinished":
        _unfinished(talk, heard.subject)
    elif heard.event == "admitted" and not talk.person.registered:
        talk.push("onboarding", {"consent": "agree", "consent_kept": True, **talk.person.profile})
        talk.say("common-admitted")
    else:
        talk.ending = "silent"


def _unfinished(talk: Conversation, flow: str) -> None:
    silent = talk.person.silent or timedelta(0)
    if talk.frame is None or talk.frame["flow"] != flow or "asking" not in talk.frame:
        talk.ending = "silent"
    elif silent < A_WHILE:
        talk.effects.append(Remind("unfinished", flow, timedelta(hours=20) - silent))
        talk.ending = "silent"
    else:
        talk.say("common-unfinished")

"""advance(): one message in, one turn out. Nothing here reads a clock or a database."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from flows import listed
from flows.answering import fill_facts, fill_need
from flows.commands import ANSWERS, DESCRIBING, obey
from flows.conversation import Conversation
from flows.effects import LinkPhone, OptIn, OptOut, Turn, Update
from flows.events import happened
from flows.hearing import SURELY, WEEKS, hear_place, hear_tap, listen
from flows.people import Heard, Person, Words, World
from flows.steps import Flow, Review
from nlu.commands import command
from nlu.meaning import LANGUAGES, Meaning

ALWAYS_ANSWERED = ("resume", "delete_data", "my_data")
"""What is answered even after STOP: coming back, and the rights under Law 09-08."""
BARE = ("affirm", "deny", "thanks", "goodbye")
"""What answers nothing where nothing was asked."""
READ = ("home.template", "repeat")
"""A tap on the button that asks for what waits."""
REACTIONS = ("affirm", "deny", "thanks")
OPENINGS = ("greet", "join_programme", "resume")
AT_THE_DOOR = (
    *ANSWERS, "stop", "delete_data", "my_data", "talk_to_human", "report_problem",
    "change_language",
)  # fmt: skip
"""What a first message may ask beside coming in; anything else is the coming in."""
CAMPAIGN = re.compile(r"(.{1,40})\s+([A-Za-z_-]*\d[\w-]*|[A-Z_-]{3,})", re.ASCII | re.DOTALL)


def advance(
    book: Mapping[str, Flow],
    state: Mapping[str, Any],
    person: Person,
    heard: Heard,
    words: Words,
    world: World,
) -> Turn:
    """One turn: the next state, at most one reply, and the effects asked of the world.

    ``book`` holds every flow by name; ``state`` is the JSON that the last turn returned (``{}``
    for a newcomer).
    """
    talk = Conversation(book, copy.deepcopy(dict(state)), person, words, world, heard.meaning)
    if heard.kind == "event":
        happened(talk, heard)
    elif heard.opt_out:
        _provider_opt_out(talk, heard)
    elif person.opted_out and not _may_answer(talk, heard):
        talk.ending = "silent"
    else:
        talk.purpose = "legal" if person.opted_out else "reply"
        _hear(talk, heard)
    turn = talk.turn()
    if heard.kind == "event" and turn.replies:
        turn.state["wrote"] = world.now.isoformat()
    return turn


def expecting(book: Mapping[str, Flow], state: Mapping[str, Any]) -> str | None:
    """The kind of answer that the open question calls for, where that helps to understand it."""
    stack = state.get("stack") or ()
    frame = stack[-1] if stack else {}
    flow = book.get(frame.get("flow", ""))
    step = flow.find(frame.get("asking", ""), frame["answers"]) if flow else None
    return "yesno" if isinstance(step, Review) or getattr(step, "yes_no", None) else None


def _may_answer(talk: Conversation, heard: Heard) -> bool:
    if heard.kind == "tap" and heard.tap is not None:
        return heard.tap.step.startswith("erase.")
    meaning = talk.meaning
    if meaning.plain and meaning.sure and meaning.intent in ALWAYS_ANSWERED:
        return True
    opened = talk.asking()
    erasing = opened is not None and opened[0]["flow"] == "erase"
    return (
        erasing
        and opened is not None
        and talk.ear(opened[0]).read(opened[1], heard.text) is not None
    )


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
    person = talk.person
    newcomer = talk.frame is None and not (person.belongs or person.contact)
    _language(talk, heard)
    if heard.kind != "tap":
        talk.state.pop("last", None)
    if newcomer and talk.meaning.plain and talk.meaning.intent in ("thanks", "goodbye"):
        obey(talk, talk.meaning)
        return
    if newcomer:
        talk.push(*listed.opening(talk.state, "mentor" if _would_mentor(talk) else "onboarding"))
        talk.settle()
    elif talk.silence is not None and talk.silence >= WEEKS:
        talk.say("common-welcome-back", None if talk.frame else "home")
        if talk.frame is not None:
            talk.frame.pop("told", None)
    if heard.unseen and _only_reads(talk, heard):
        talk.ending = "silent"
    elif heard.announced is not None and talk.meaning.plain and talk.meaning.intent in REACTIONS:
        _reacts(talk, heard.announced)
    elif heard.kind == "text":
        _text(talk, heard, newcomer)
    elif heard.kind == "tap":
        hear_tap(talk, heard)
    elif heard.kind == "location" and heard.location:
        hear_place(talk, heard.location)
    elif heard.kind == "contact" and heard.phone:
        _linked(talk, heard.phone)
    elif heard.kind == "voice":
        _voice(talk)
    else:
        talk.say("common-media")


def _only_reads(talk: Conversation, heard: Heard) -> bool:
    """Something of ours is on its way to them: "ok" or "1" answers nothing that they have seen."""
    if heard.tap is not None:
        return (heard.tap.step, heard.tap.code) == READ
    meaning = talk.meaning
    commands = meaning.intent and (meaning.plain or meaning.confidence >= SURELY)
    return heard.kind == "text" and (not commands or meaning.intent in BARE)


def _reacts(talk: Conversation, opens: str) -> None:
    """A bare word right after an announcement is about it, not about what was asked before."""
    if talk.meaning.intent != "affirm":
        talk.say("common-thanks")
        talk.ending = "quiet"
    elif opens:
        obey(talk, Meaning("", intent=opens, plain=True, sure=True))
    else:
        talk.hand_over("announcement", "home", "broadcast-answered")


def _would_mentor(talk: Conversation) -> bool:
    """The first message comes from an invitation for mentors, or plainly offers to be one."""
    meaning = talk.meaning
    code = next((str(e.value) for e in meaning.entities if e.entity == "payload"), "")
    offers = meaning.intent == "become_mentor" and meaning.confidence >= SURELY
    return offers or code.casefold().startswith("mentor")


def _linked(talk: Conversation, phone: str) -> None:
    """The person's own number; who has told us nothing here may be known elsewhere."""
    frame = talk.frame
    talk.do(LinkPhone(phone))
    talk.say("common-linked")
    if frame is not None and talk.flow(frame).barred(frame["answers"]) and "asking" in frame:
        talk.ending = "quiet"


def _text(talk: Conversation, heard: Heard, newcomer: bool) -> None:
    """A first message opens the door; if it told something already, that is kept in mind."""
    if not newcomer:
        listen(talk, heard.text)
        return
    if _source(talk, heard):
        return
    meaning = talk.meaning
    frame = talk.frame
    told = frame is not None and not meaning.plain and fill_facts(talk, frame, heard.text, {})
    if frame is not None and meaning.acts and meaning.intent == "find_mentor":
        fill_need(talk, frame, heard.text)
    introduces = meaning.intent in (*DESCRIBING, "change_language") or meaning.confidence < SURELY
    if told and introduces:
        return
    if meaning.acts and meaning.intent in AT_THE_DOOR:
        obey(talk, meaning)


def _language(talk: Conversation, heard: Heard) -> None:
    """The language of the first words that tell one; until the consent it may still turn out."""
    frame = talk.frame
    told = talk.meaning
    if talk.person.language is None:
        hint = listed.language(talk.state) or (heard.hint if heard.hint in LANGUAGES else "fr")
        talk.do(Update({"language": told.language or hint, "variety": told.variety}))
        talk.state["guessed"] = told.language is None
        return
    open_still = frame is not None and talk.flow(frame).barred(frame["answers"])
    if talk.state.get("guessed") and open_still and told.language and heard.kind == "text":
        talk.do(Update({"language": told.language, "variety": told.variety}))
        talk.state["guessed"] = False


def _source(talk: Conversation, heard: Heard) -> bool:
    """The campaign code of a deep link ("/start FES26") or of a poster ("join FES26")."""
    code = next((str(e.value) for e in talk.meaning.entities if e.entity == "payload"), "")
    if not code and (worded := CAMPAIGN.fullmatch(heard.text.strip())):
        opening = command(worded[1])
        code = worded[2] if opening.plain and opening.intent in OPENINGS else ""
    if code and not talk.person.source:
        talk.do(Update({"source": code[:64]}))
    return bool(code)


def _voice(talk: Conversation) -> None:
    """Nobody listens to a voice note here yet; who sends two is given to a person."""
    talk.state["voices"] = talk.state.get("voices", 0) + 1
    if talk.state["voices"] < 2:
        talk.say("common-voice")
        return
    talk.hand_over("voice", talk.frame["flow"] if talk.frame else "home")


def _welcome(talk: Conversation) -> None:
    talk.say("common-resumed")
    if talk.frame is None and not talk.person.registered:
        talk.push("onboarding")

"""What is asked again, or asked how it goes, when nobody writes. How often: ``flows/nudging.py``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flows.bonds import open_pair
from flows.checking_in import has_met, takes_people
from flows.conversation import Conversation
from flows.effects import Phrase, Remind, Tell
from flows.nudging import first, following, is_nudge
from flows.people import Heard
from flows.snoozing import asked_for

A_WHILE = timedelta(hours=19)
CHECK_INS = ("silent_pair", "availability")
TO_THE_MENTOR = 2
"""So many times the mentee was asked; then it is the mentor's turn."""


def waited(talk: Conversation, heard: Heard) -> bool:
    """Was it due before they wrote last: while they wanted no messages, or we were down?"""
    silent = talk.person.silent
    late = talk.world.now - heard.due if heard.due else timedelta(0)
    return is_nudge(heard) and silent is not None and silent < late


def rests(talk: Conversation, heard: Heard) -> bool:
    """Whoever wrote lately is not reminded on top of it: the same comes when they were silent for
    a while."""
    silent = talk.person.silent or timedelta(0)
    if silent >= A_WHILE or asked_for(talk, heard):
        return False
    talk.do(Remind(heard.event, heard.subject, timedelta(hours=20) - silent, heard.times))
    talk.ending = "silent"
    return True


def _unfinished(talk: Conversation, heard: Heard) -> None:
    """Somebody stopped in the middle of joining. Below another question it is passed over."""
    left = next((frame for frame in talk.stack if frame["flow"] == heard.subject), None)
    if left is None or "asking" not in left or left.get("paused"):
        talk.ending = "silent"
    elif left is not talk.frame:
        talk.effects.extend(following(heard))
        talk.ending = "silent"
    elif not rests(talk, heard):
        talk.template = Phrase("unfinished")
        talk.say(f"{heard.subject}-unfinished")


def _wish_again(talk: Conversation, heard: Heard) -> None:
    """Before they have said whom they would like, nobody is looked for."""
    met = talk.person.mentoring
    found = met.cards or met.latest("pair", "mentee", "active", "paused")
    if not talk.person.registered or talk.person.profile.get("wish") or found:
        talk.ending = "silent"
    elif not rests(talk, heard):
        talk.say("wish-again")
        talk.push("wish")


def _choice_again(talk: Conversation, heard: Heard) -> None:
    """Whoever chose, asked somebody or found a mentor is left in peace."""
    met = talk.person.mentoring
    asked = met.latest("request", "mentee", "asked")
    if not met.cards or asked or met.latest("pair", "mentee", "active", "paused"):
        talk.ending = "silent"
    elif not rests(talk, heard):
        talk.say("choice-again")
        talk.push("choice")


def _silent_pair(talk: Conversation, heard: Heard) -> None:
    """The mentee is asked, and when that brought nothing the mentor is."""
    bond = open_pair(talk.person, heard.subject)
    if bond is None or bond.role != "mentee":
        talk.ending = "silent"
    elif has_met(bond, talk.person):
        talk.do(first("silent_pair", heard.subject))
        talk.ending = "silent"
    elif heard.times >= TO_THE_MENTOR:
        talk.do(Tell(bond.partner.id, "silent_partner", heard.subject, ""))
        talk.ending = "silent"
    else:
        _check_in(talk, heard, "silent_pair", {"bond": bond.id})


def _silent_partner(talk: Conversation, heard: Heard) -> None:
    bond = open_pair(talk.person, heard.subject)
    if bond is None or bond.role != "mentor" or has_met(bond, talk.person):
        talk.ending = "silent"
        return
    _check_in(talk, heard, "silent_pair", {"bond": bond.id})


def _availability(talk: Conversation, heard: Heard) -> None:
    """On a break nothing is asked: its end sets the next."""
    if not takes_people({}, talk.person):
        talk.ending = "silent"
        return
    _check_in(talk, heard, "availability", {})


def set_aside(talk: Conversation) -> None:
    """What was asked about nothing open does not come back below what came after it."""
    below = [frame for frame in talk.stack[:-1] if frame["flow"] not in CHECK_INS]
    talk.state["stack"] = [*below, *talk.stack[-1:]]


def _check_in(talk: Conversation, heard: Heard, flow: str, about: dict[str, Any]) -> None:
    """Begun by us about nothing open: whoever wants something else may let it be.

    Where something else is asked of them it is passed over: one thing at a time.
    """
    frame = talk.frame
    if frame is not None and not frame.get("unasked") and frame["flow"] not in CHECK_INS:
        talk.effects.extend(following(heard))
        talk.ending = "silent"
        return
    talk.purpose = "check_in"
    talk.push(flow, about)["unasked"] = True


NUDGES: dict[str, Callable[[Conversation, Heard], None]] = {
    "unfinished": _unfinished,
    "wish_again": _wish_again,
    "choice_again": _choice_again,
    "silent_pair": _silent_pair,
    "silent_partner": _silent_partner,
    "availability": _availability,
}

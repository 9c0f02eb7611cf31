"""What is asked again, or asked how it goes, when nobody writes. How often: ``flows/nudging.py``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flows.bonds import open_pair
from flows.checking_in import has_met, takes_people
from flows.conversation import Conversation
from flows.effects import Phrase, Remind, Tell
from flows.nudging import first, following
from flows.people import Heard
from flows.snoozing import asked_for

A_WHILE = timedelta(hours=19)
CHECK_INS = ("silent_pair", "availability")
TO_THE_MENTOR = 2
"""So many times the mentee was asked; then it is the mentor's turn."""


def _unfinished(talk: Conversation, heard: Heard) -> None:
    silent = talk.person.silent or timedelta(0)
    frame = talk.frame
    if (
        frame is None
        or frame["flow"] != heard.subject
        or "asking" not in frame
        or frame.get("paused")
    ):
        talk.ending = "silent"
    elif silent < A_WHILE and not asked_for(talk, heard):
        wait = timedelta(hours=20) - silent
        talk.do(Remind("unfinished", heard.subject, wait, heard.times))
        talk.ending = "silent"
    else:
        talk.template = Phrase("unfinished")
        talk.say("common-unfinished")


def _choice_again(talk: Conversation, heard: Heard) -> None:
    """Whoever chose, asked somebody or found a mentor is left in peace."""
    met = talk.person.mentoring
    asked = met.latest("request", "mentee", "asked")
    if not met.cards or asked or met.latest("pair", "mentee", "active", "paused"):
        talk.ending = "silent"
        return
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
    "choice_again": _choice_again,
    "silent_pair": _silent_pair,
    "silent_partner": _silent_partner,
    "availability": _availability,
}

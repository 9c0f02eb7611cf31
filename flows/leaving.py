"""What somebody is told when another goes, withdraws, or an operator decides about them both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flows import hours
from flows.bonds import number, open_pair
from flows.conversation import Conversation
from flows.effects import PauseMentor, Propose
from flows.nudging import first
from flows.people import Heard


def _withdrawn(talk: Conversation, heard: Heard) -> None:
    """A mentor's request is not open any more: its mentee thought better of it, or left."""
    talk.purpose = "news"
    talk.drop(request=number(heard.subject))
    talk.say("request-withdrawn")
    talk.ending = "quiet"


def _gone(talk: Conversation, heard: Heard) -> None:
    """Somebody was erased: what was open about their words is closed without a word."""
    talk.drop(person=number(heard.subject))
    talk.ending = "silent"


def _partner_left(talk: Conversation, heard: Heard) -> None:
    """Told without a name; whoever was accompanied is proposed somebody else."""
    role, _, id = heard.subject.rpartition(":")
    talk.purpose = "news"
    talk.drop(pair=int(id))
    talk.say("parting-left", role)
    if role == "mentee":
        talk.do(Propose())
    talk.ending = "quiet"


def _closed(talk: Conversation, heard: Heard) -> None:
    """An operator ended it."""
    bond = talk.person.mentoring.bond("pair", number(heard.subject))
    talk.purpose = "news"
    talk.drop(pair=number(heard.subject))
    talk.say("parting-closed")
    if bond is not None and bond.role == "mentee":
        talk.do(Propose())
    talk.ending = "quiet"


def _goes_on(talk: Conversation, heard: Heard) -> None:
    """An operator lets two people go on."""
    bond = open_pair(talk.person, heard.subject)
    talk.purpose = "news"
    if bond is not None:
        talk.say("parting-on", partner=bond.partner.name)
    if bond is not None and bond.role == "mentee":
        talk.do(first("silent_pair", heard.subject))
    talk.ending = "quiet" if bond else "silent"


def _called_off(talk: Conversation, heard: Heard) -> None:
    """A meeting that will not be: nothing is said of why, to neither of them."""
    bond = talk.person.mentoring.bond("pair", number(heard.subject))
    talk.purpose = "news"
    if bond is not None:
        start = datetime.fromisoformat(heard.text)
        talk.say("parting-session", **hours.meeting(start, talk.person, bond))
    talk.ending = "quiet" if bond else "silent"


def _break_over(talk: Conversation, heard: Heard) -> None:
    """The last day away is over; who came back earlier, or stays longer, is left in peace."""
    until = (talk.person.mentoring.mentor or {}).get("paused_until")
    if until is None or until > talk.world.now:
        talk.ending = "silent"
        return
    talk.do(PauseMentor())
    talk.do(first("availability"))
    talk.say("mentor_pause-over")
    talk.ending = "quiet"


LEAVING: dict[str, Callable[[Conversation, Heard], None]] = {
    "request_withdrawn": _withdrawn,
    "gone": _gone,
    "partner_left": _partner_left,
    "pair_closed": _closed,
    "pair_on": _goes_on,
    "called_off": _called_off,
    "break_over": _break_over,
}

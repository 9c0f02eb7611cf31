"""What people say to a reminder instead of answering it: later, at a moment they name, or no more.

``state["nudged"]`` remembers the last reminder until its question is answered, or a week. Only while
that question is the one that is open are such words taken for an answer to the reminder.
Words: messages/*/nudge.ftl
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from flows.conversation import Conversation
from flows.effects import Phrase, Remind, StopReminding
from flows.nudging import KINDS, following, is_nudge
from flows.people import Heard
from flows.steps import Ask
from nlu.meaning import Found
from nlu.readers import ENOUGH, put_off

REMEMBERED: Final = timedelta(days=7)


def asked_for(talk: Conversation, heard: Heard) -> bool:
    """Did the person name this moment themselves?"""
    nudged = talk.state.get("nudged") or {}
    same = (nudged.get("kind"), nudged.get("subject")) == (heard.event, heard.subject)
    return same and bool(nudged.get("asked"))


def remember(talk: Conversation, heard: Heard) -> None:
    """A reminder was said: the next is set, and what is answered to it is known to be about it."""
    if not is_nudge(heard) or talk.ending == "silent":
        return
    talk.effects.extend(following(heard))
    talk.state["nudged"] = {
        "kind": heard.event,
        "subject": heard.subject,
        "times": heard.times,
        "flow": talk.frame["flow"] if talk.frame else "",
        "at": talk.world.now.isoformat(),
    }


def puts_off(talk: Conversation, text: str) -> bool:
    """ "Tomorrow", "in an hour", "not interested": said to the last reminder?"""
    nudged = _open_nudge(talk)
    if nudged is None:
        return False
    told = put_off(text, talk.world.now, talk.moment.timezone)
    if not isinstance(told, Found):
        return False
    if told.value == ENOUGH:
        return _ends(talk, nudged)
    return not _is_answer(talk, text) and _waits(talk, nudged, told.value)


def _open_nudge(talk: Conversation) -> dict[str, Any] | None:
    """The last reminder, while what it asked for is what is open."""
    nudged: dict[str, Any] | None = talk.state.get("nudged")
    if nudged is None or nudged["kind"] not in KINDS:
        return None
    if talk.world.now - datetime.fromisoformat(nudged["at"]) > REMEMBERED:
        del talk.state["nudged"]
        return None
    flow = talk.frame["flow"] if talk.frame else ""
    return nudged if nudged["flow"] == flow and not nudged.get("asked") else None


def _is_answer(talk: Conversation, text: str) -> bool:
    """The open question takes these words itself: a day, an hour, an option of that name."""
    opened = talk.asking()
    if opened is None or (isinstance(opened[1], Ask) and opened[1].open):
        return False
    return talk.ear(opened[0]).read(opened[1], text) is not None


def _waits(talk: Conversation, nudged: dict[str, Any], at: datetime) -> bool:
    """The same reminder, then: one that was asked for is none more."""
    after = at - talk.world.now
    talk.effects.append(Remind(nudged["kind"], nudged["subject"], after, nudged["times"]))
    nudged["asked"] = True
    talk.say("nudge-later", when=Phrase("scheduling-at", "own", {"at": at.replace(tzinfo=None)}))
    return _rests(talk)


def _ends(talk: Conversation, nudged: dict[str, Any]) -> bool:
    """No more of this kind about this; everything else goes on as it was."""
    if KINDS[nudged["kind"]].awaited:
        return False
    talk.effects.append(StopReminding(nudged["kind"], nudged["subject"]))
    del talk.state["nudged"]
    lasting = talk.frame is not None and talk.flow(talk.frame).lasting
    talk.say("nudge-enough", "paused" if lasting else None)
    if lasting and talk.frame is not None:
        talk.frame["paused"] = True
    return _rests(talk)


def _rests(talk: Conversation) -> bool:
    """What can be taken up again at any time stays; the rest is asked anew when its time comes."""
    frame = talk.frame
    if frame is not None and not talk.flow(frame).lasting:
        talk.leave()
    talk.ending = "quiet"
    return True

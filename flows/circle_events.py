"""What happens around a closing without the person's writing. Words: messages/*/circle.ftl"""

from __future__ import annotations

from collections.abc import Callable

from flows.agreement import CLOSING_ENDS, closing
from flows.circle import MONTHS
from flows.conversation import Conversation
from flows.effects import ClosePair, Remind
from flows.people import Bond, Heard
from flows.questions import Frame


def _held(talk: Conversation, heard: Heard) -> None:
    """So many sessions were held: the mentee is asked whether to close, the mentor hears of it."""
    bond = _going_on(talk, heard)
    if bond is None or _open_closing(talk, bond):
        talk.ending = "silent"
    elif bond.role == "mentee":
        talk.push("closing", {**closing(bond, talk.person), "held": _number(heard.text)})
    else:
        talk.say("mentor_closing-held", partner=bond.partner.name, held=_number(heard.text))
        talk.ending = "quiet"


def _asked(talk: Conversation, heard: Heard) -> None:
    """The mentor thinks that the goal is reached; an invitation left open ends by itself."""
    bond = _going_on(talk, heard)
    if bond is None or bond.role != "mentee" or _open_closing(talk, bond):
        talk.ending = "silent"
        return
    talk.purpose = "news"
    talk.push("closing", closing(bond, talk.person))
    talk.do(Remind("closing_ends", heard.subject, CLOSING_ENDS))


def _ends(talk: Conversation, heard: Heard) -> None:
    """A closing was begun and left open: it ends with what was answered, so that the mentor is free."""
    bond = _going_on(talk, heard)
    frame = _open_closing(talk, bond) if bond else None
    if bond is None or frame is None:
        talk.ending = "silent"
        return
    talk.state["stack"] = [f for f in talk.stack if f is not frame]
    talk.do(ClosePair(bond.id, frame["answers"]))
    talk.say("closing-over", partner=bond.partner.name)
    talk.ending = "quiet"


def _goes_on(talk: Conversation, heard: Heard) -> None:
    bond = _going_on(talk, heard)
    talk.purpose = "news"
    if bond is not None:
        talk.say("mentor_closing-goes_on", partner=bond.partner.name)
    talk.ending = "quiet" if bond else "silent"


def _closed(talk: Conversation, heard: Heard) -> None:
    """The mentor hears the thanks, and is asked how it was."""
    bond = _pair(talk, heard)
    if bond is None or bond.role != "mentor":
        talk.ending = "silent"
        return
    talk.purpose = "news"
    talk.push("mentor_closing", {"bond": bond.id, "said": heard.text})


def _give_back(talk: Conversation, heard: Heard) -> None:
    """The one reminder of an invitation that was put off."""
    if talk.person.mentoring.mentor is not None or not talk.person.registered:
        talk.ending = "silent"
        return
    talk.push("give_back", {"again": True})


def _follow_up(talk: Conversation, heard: Heard) -> None:
    if heard.subject not in MONTHS or not talk.person.registered:
        talk.ending = "silent"
        return
    talk.purpose = "check_in"
    talk.push("follow_up", {"moment": heard.subject})


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _pair(talk: Conversation, heard: Heard) -> Bond | None:
    """The pair an event is about, ended or not."""
    return talk.person.mentoring.bond("pair", _number(heard.subject.removeprefix("pair:")))


def _going_on(talk: Conversation, heard: Heard) -> Bond | None:
    bond = _pair(talk, heard)
    return bond if bond and bond.state != "ended" else None


def _open_closing(talk: Conversation, bond: Bond) -> Frame | None:
    """The closing of this pair, where it waits for an answer."""
    return next(
        (f for f in talk.stack if f["flow"] == "closing" and f["answers"].get("bond") == bond.id),
        None,
    )


CIRCLE: dict[str, Callable[[Conversation, Heard], None]] = {
    "closing": _held,
    "closing_asked": _asked,
    "closing_ends": _ends,
    "goes_on": _goes_on,
    "closed": _closed,
    "give_back": _give_back,
    "follow_up": _follow_up,
}

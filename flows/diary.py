"""What people say of their meetings at any time: arrange, move, cancel, show, running late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from flows import hours
from flows.conversation import Conversation
from flows.effects import Tell
from flows.finding import pairs
from flows.people import Bond, Session
from flows.session import place
from nlu import readers
from nlu.meaning import Found, Meaning

SOON: Final = timedelta(hours=36)
"""Who runs late runs late for a session that begins within it."""
SHOWN: Final = 5
"""Sessions told in one message."""
ABOUT: Final = ("reminder", "cancelling", "scheduling", "offer")
"""Questions about a meeting: a new wish takes the place of the one that is open."""


def schedule(talk: Conversation, meaning: Meaning) -> None:
    """A new meeting; an hour that waits for this person's answer comes first."""
    bonds = pairs(talk.person)
    if not bonds and _rests(talk):
        return
    waiting = next((b for b in bonds if b.offer and not b.offer.mine), None)
    said = _hour(talk, meaning)
    _leave(talk)
    if not bonds:
        talk.say("answers-schedule-session" if talk.person.registered else "answers-my-sessions")
    elif waiting is not None and waiting.offer is not None:
        told = {"answer": said} if said else {}
        talk.push("offer", {"bond": waiting.id, "number": waiting.offer.number, **told})
    elif len(bonds) == 1:
        talk.push("scheduling", {"bond": bonds[0].id, **({"slot": said} if said else {})})
    else:
        talk.push("scheduling", {"slot": said} if said else {})


def reschedule(talk: Conversation, meaning: Meaning) -> None:
    """Another hour for a session; where none is booked, a first one."""
    coming, meant = talk.person.mentoring.coming(), _meant(talk)
    said = _hour(talk, meaning)
    told: dict[str, Any] = {"slot": said} if said else {}
    if not coming and pairs(talk.person):
        schedule(talk, meaning)
    elif not coming:
        _nothing(talk)
    else:
        _leave(talk)
        which = {"session": meant.id} if meant else {"move": True}
        talk.push("scheduling", {**which, **told})


def cancel(talk: Conversation, meaning: Meaning) -> None:
    coming, meant = talk.person.mentoring.coming(), _meant(talk)
    if not coming:
        _nothing(talk)
        return
    _leave(talk)
    seen = {"session": meant.id, "sequence": meant.sequence} if meant else {}
    talk.push("cancelling", seen)


def late(talk: Conversation, meaning: Meaning) -> None:
    """The other is told at once."""
    meant = _meant(talk)
    now = talk.person.mentoring.now
    soon = [one for one in talk.person.mentoring.coming() if one.start - now < SOON]
    one = meant if meant in soon else next(iter(soon), None)
    bond = talk.person.mentoring.bond("pair", one.pair) if one else None
    if one is None or bond is None:
        if talk.person.mentoring.coming():
            show(talk, meaning)
        else:
            _nothing(talk)
        return
    _leave(talk)
    told = readers.minutes(meaning.text)
    subject = f"session:{one.id}.{one.sequence}"
    talk.do(Tell(bond.partner.id, "late", subject, str(told) if told else ""))
    talk.say("session-late", partner=bond.partner.name)
    talk.ending = "quiet"


def show(talk: Conversation, meaning: Meaning) -> None:
    """What is booked, and what waits for an answer."""
    coming = talk.person.mentoring.coming()[:SHOWN]
    offers = [bond for bond in pairs(talk.person) if bond.offer]
    if not pairs(talk.person):
        if not _rests(talk):
            talk.say("answers-my-sessions")
        return
    if coming:
        talk.say("session-list", sessions=len(coming))
    for one in coming:
        bond = talk.person.mentoring.bond("pair", one.pair)
        if bond is not None:
            talk.say("session-item", **_line(talk, one, bond))
    for bond in offers:
        _waiting(talk, bond)
    if not coming and not offers:
        talk.say("session-none")
    elif coming:
        talk.say("session-change")


def _line(talk: Conversation, one: Session, bond: Bond) -> dict[str, Any]:
    return {**hours.meeting(one.start, talk.person, bond), **place(one, bond)}


def _waiting(talk: Conversation, bond: Bond) -> None:
    """An hour that is suggested: by this person, or to them, and then it is asked."""
    assert bond.offer is not None
    when = hours.clocks(bond.offer.start, talk.person, bond)
    if bond.offer.mine:
        talk.say("session-waiting", partner=bond.partner.name, when=when)
    elif bond.offer.start > talk.person.mentoring.now:
        talk.push("offer", {"bond": bond.id, "number": bond.offer.number})


def _meant(talk: Conversation) -> Session | None:
    """The session of the question that is open, else the only one there is."""
    known = talk.person.mentoring
    frame = talk.frame
    if frame is not None and frame["flow"] in ABOUT and frame["answers"].get("session"):
        found = known.session(int(frame["answers"]["session"]))
        if found is not None and found in known.coming():
            return found
    coming = known.coming()
    return coming[0] if len(coming) == 1 else None


def _leave(talk: Conversation) -> None:
    talk.state["stack"] = [frame for frame in talk.stack if frame["flow"] not in ABOUT]


def _hour(talk: Conversation, meaning: Meaning) -> str:
    """An hour or a day that was said along with the wish."""
    reading = hours.hour(meaning.text, talk.moment) if meaning.text else None
    return str(reading.value) if isinstance(reading, Found) else ""


def _nothing(talk: Conversation) -> None:
    if not _rests(talk):
        talk.say("session-none" if pairs(talk.person) else "answers-my-sessions")


def _rests(talk: Conversation) -> bool:
    """The only accompaniment there is waits for an operator's word."""
    paused = [bond for bond in talk.person.mentoring.pairs if bond.state == "paused"]
    if not paused or pairs(talk.person):
        return False
    talk.say("share-resting", partner=paused[0].partner.name)
    return True

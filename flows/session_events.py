"""What happens to a person's meetings without their writing: an offer, a booking, a reminder.

A subject names what an event is about as it was then: ``pair:7.3`` is the third offer between two
people, ``session:12.1`` a session that was changed once. If that is not how it stands any more,
the event does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from flows import hours
from flows.checking_in import SILENCE
from flows.conversation import Conversation
from flows.diary import ABOUT
from flows.effects import DropOffer, Phrase, SettleSession
from flows.nudging import first
from flows.people import Bond, Heard, Offer, Session
from flows.session import place

EVERY: Final = {"weekly": 7, "fortnightly": 14, "monthly": 28}
"""Days from one session to the next."""
BEFORE: Final = timedelta(hours=36)
"""How long before that day proposals begin, so that the first of them fall on it."""
Happens = Callable[[Conversation, Heard], None]


def _numbers(heard: Heard) -> tuple[int, int]:
    """(the id, the number or sequence) of a subject."""
    id, _, number = heard.subject.rpartition(":")[2].partition(".")
    return (int(id) if id.isdigit() else 0), (int(number) if number.isdigit() else 0)


def _bond(talk: Conversation, heard: Heard) -> Bond | None:
    bond = talk.person.mentoring.bond("pair", _numbers(heard)[0])
    return bond if bond and bond.state != "ended" else None


def _offer(talk: Conversation, heard: Heard, mine: bool) -> tuple[Bond, Offer] | None:
    """The offer an event is about, while it is open."""
    bond = _bond(talk, heard)
    offer = bond.offer if bond else None
    if bond is None or offer is None or offer.mine != mine:
        return None
    is_same = offer.number == _numbers(heard)[1]
    return (bond, offer) if is_same and offer.start > talk.person.mentoring.now else None


def _session(talk: Conversation, heard: Heard) -> tuple[Session, Bond] | None:
    """The session an event is about, if it is as it was then."""
    id, sequence = _numbers(heard)
    one = talk.person.mentoring.session(id)
    bond = talk.person.mentoring.bond("pair", one.pair) if one else None
    if one is None or bond is None or one.sequence != sequence:
        return None
    return one, bond


def _drop(talk: Conversation, *flows: str) -> None:
    """Questions that are answered by what happened."""
    talk.state["stack"] = [frame for frame in talk.stack if frame["flow"] not in flows]


def _close(talk: Conversation) -> None:
    talk.ending = "quiet"


def _silent(talk: Conversation) -> None:
    talk.ending = "silent"


# An hour that is suggested


def _offered(talk: Conversation, heard: Heard) -> None:
    found = _offer(talk, heard, mine=True)
    if found is None:
        return _silent(talk)
    bond, offer = found
    talk.purpose = "reply"
    told = {"when": hours.clocks(offer.start, talk.person, bond), "partner": bond.partner.name}
    talk.say("scheduling-sent", "moves" if offer.session else None, **told)
    _close(talk)


def _asked(talk: Conversation, heard: Heard) -> None:
    found = _offer(talk, heard, mine=False)
    if found is None:
        return _silent(talk)
    bond, offer = found
    talk.purpose = "news"
    _drop(talk, *ABOUT)
    talk.push("offer", {"bond": bond.id, "number": offer.number})


def _asked_again(talk: Conversation, heard: Heard) -> None:
    found = _offer(talk, heard, mine=False)
    if found is None:
        return _silent(talk)
    bond, offer = found
    talk.say("scheduling-again", partner=bond.partner.name)
    talk.push("offer", {"bond": bond.id, "number": offer.number})


def _unanswered(talk: Conversation, heard: Heard) -> None:
    """Nobody answered in time: another hour, without blame."""
    bond = _bond(talk, heard)
    offer = bond.offer if bond else None
    if bond is None or offer is None or not offer.mine or offer.number != _numbers(heard)[1]:
        return _silent(talk)
    talk.do(DropOffer(bond.id, offer.number, quiet=True))
    talk.say("scheduling-unanswered", partner=bond.partner.name)
    arrange(talk, bond, offer.session)


def _refused(talk: Conversation, heard: Heard) -> None:
    """What was chosen cannot be any more: said at once, with other hours."""
    bond = _bond(talk, heard)
    if bond is None:
        return _silent(talk)
    talk.purpose = "reply"
    talk.say("scheduling-refused", heard.text or "taken", partner=bond.partner.name)
    if heard.text == "changed":
        return _close(talk)
    arrange(talk, bond)


def _hour_gone(talk: Conversation, heard: Heard) -> None:
    """To whoever had suggested it: the other is choosing among other hours."""
    bond = _bond(talk, heard)
    if bond is None:
        return _silent(talk)
    talk.purpose = "news"
    talk.say("scheduling-gone", partner=bond.partner.name)
    _close(talk)


def _offer_declined(talk: Conversation, heard: Heard) -> None:
    bond = _bond(talk, heard)
    if bond is None:
        return _silent(talk)
    talk.purpose = "news"
    talk.say("scheduling-declined", partner=bond.partner.name)
    _close(talk)


def arrange(
    talk: Conversation, bond: Bond, session: int = 0, since: datetime | None = None
) -> None:
    """Ask for an hour, new or instead of one that is booked; who did not ask may let it be."""
    _drop(talk, *ABOUT)
    told: dict[str, Any] = {"session": session} if session else {"bond": bond.id}
    frame = talk.push("scheduling", {**told, **({"since": since.isoformat()} if since else {})})
    frame["unasked"] = True


# A session


def _booked(talk: Conversation, heard: Heard) -> None:
    _confirmed(talk, heard, "session-booked")


def _moved(talk: Conversation, heard: Heard) -> None:
    _confirmed(talk, heard, "session-moved")


def _clock_moved(talk: Conversation, heard: Heard) -> None:
    """A country changed its clock: the agreed hour stands, and what each clock shows is told anew."""
    _confirmed(talk, heard, "session-clock")


def _confirmed(talk: Conversation, heard: Heard, text: str) -> None:
    found = _session(talk, heard)
    if found is None or not found[0].is_open:
        return _silent(talk)
    one, bond = found
    talk.purpose = "news"
    _drop(talk, *ABOUT)
    talk.say(text, **hours.meeting(one.start, talk.person, bond))
    where = place(one, bond)
    if where["where"] != "none":
        talk.say("session-where", **where)
    if heard.text:
        talk.say("session-calendar", link=heard.text)
    _not_silent_until(talk, bond, one.end)
    _close(talk)


def _not_silent_until(talk: Conversation, bond: Bond, then: datetime) -> None:
    """From then on their silence is counted anew; the mentee is asked about it first."""
    if bond.role == "mentee":
        after = then - talk.world.now + SILENCE
        talk.do(first("silent_pair", f"pair:{bond.id}", after))


def _displaced(talk: Conversation, heard: Heard) -> None:
    """The clock change put two sessions on one hour: this one needs another."""
    found = _session(talk, heard)
    if found is None or not found[0].is_open:
        return _silent(talk)
    one, bond = found
    talk.purpose = "news"
    talk.say("session-displaced", partner=bond.partner.name)
    if bond.role == "mentee":
        arrange(talk, bond, one.id)
    else:
        _close(talk)


def _cancelled(talk: Conversation, heard: Heard) -> None:
    """Told to both. Whoever did not cancel may suggest another hour."""
    bond = _bond(talk, heard)
    if bond is None:
        return _silent(talk)
    why, _, rest = heard.text.partition(" ")
    at, _, mine = rest.partition(" ")
    _drop(talk, *ABOUT, "held")
    _not_silent_until(talk, bond, talk.world.now)
    told = hours.meeting(datetime.fromisoformat(at), talk.person, bond)
    if mine:
        talk.purpose = "reply"
        talk.say("session-cancelled", "mine", **told)
        return _close(talk)
    talk.purpose = "news"
    talk.say("session-cancelled", why if why != "-" else None, **told)
    arrange(talk, bond)


def _late(talk: Conversation, heard: Heard) -> None:
    found = _session(talk, heard)
    if found is None or not found[0].is_open:
        return _silent(talk)
    talk.purpose = "reminder"
    told: dict[str, Any] = {"partner": found[1].partner.name}
    if heard.text.isdigit():
        talk.say("session-told-late", "minutes", minutes=int(heard.text), **told)
    else:
        talk.say("session-told-late", None, **told)
    _close(talk)


def _reminded(text: str, template: str) -> Happens:
    def happens(talk: Conversation, heard: Heard) -> None:
        found = _session(talk, heard)
        now = talk.person.mentoring.now
        if found is None or found[0].state != "booked" or found[0].start <= now:
            return _silent(talk)
        talk.purpose = "reminder"
        talk.say(text)
        one, bond = found
        told = {"partner": bond.partner.name, "when": hours.clocks(one.start, talk.person, bond)}
        talk.template = Phrase(template, None, told)
        talk.push("reminder", _seen(one))

    return happens


def _seen(one: Session) -> dict[str, Any]:
    return {"session": one.id, "sequence": one.sequence}


def _over(talk: Conversation, heard: Heard) -> None:
    """Did it take place? Asked of both, each for themselves."""
    found = _session(talk, heard)
    _drop(talk, "reminder", "cancelling")
    if found is None or found[0].state != "booked" or found[0].report:
        return _silent(talk)
    talk.purpose = "nudge" if heard.times else "debrief"
    talk.push("held", _told_so_far(talk, found[0]))


def _told_so_far(talk: Conversation, one: Session) -> dict[str, Any]:
    """Asked again, it goes on where it was left."""
    frames = (f["answers"] for f in talk.stack if f["flow"] == "held")
    return next((told for told in frames if told.get("session") == one.id), _seen(one))


def _settled(talk: Conversation, heard: Heard) -> None:
    """Who has not answered until now is not waited for, nor whose pair has ended meanwhile."""
    id, sequence = _numbers(heard)
    one = talk.person.mentoring.session(id)
    if one is None or (one.is_open and one.sequence == sequence):
        talk.do(SettleSession(id))
    _silent(talk)


def _next(talk: Conversation, heard: Heard) -> None:
    """After one session the next, by the rhythm that was agreed."""
    bond = _bond(talk, heard)
    if bond is None:
        return _silent(talk)
    talk.purpose = "reply"
    talk.say("session-thanks")
    if bond.state != "active" or bond.offer or talk.person.mentoring.coming(bond.id):
        return _close(talk)
    arrange(talk, bond, since=_due(talk, bond))


def _due(talk: Conversation, bond: Bond) -> datetime | None:
    """When proposals for the next session begin; one that was not held is made up for soon."""
    mine = [one for one in talk.person.mentoring.sessions if one.pair == bond.id]
    last = mine[-1] if mine else None
    if last is None or not (last.report and last.report.get("held")):
        return None
    days = EVERY.get(str(bond.terms.get("rhythm")), EVERY["fortnightly"])
    return last.start + timedelta(days=days) - BEFORE


def _step_due(talk: Conversation, heard: Heard) -> None:
    found = _session(talk, heard)
    report = found[0].report if found else None
    if (
        found is None
        or not report
        or not report.get("step")
        or report.get("done") in ("yes", "drop")
    ):
        return _silent(talk)
    talk.push("next_step", _seen(found[0]))


EVENTS: dict[str, Happens] = {
    "offered": _offered,
    "offer": _asked,
    "offer_again": _asked_again,
    "offer_expires": _unanswered,
    "hour_refused": _refused,
    "hour_gone": _hour_gone,
    "offer_declined": _offer_declined,
    "booked": _booked,
    "moved": _moved,
    "clock_moved": _clock_moved,
    "displaced": _displaced,
    "cancelled": _cancelled,
    "late": _late,
    "session_day": _reminded("session-tomorrow", "session_tomorrow"),
    "session_hour": _reminded("session-soon", "session_soon"),
    "session_over": _over,
    "session_settled": _settled,
    "next_session": _next,
    "step_due": _step_due,
}

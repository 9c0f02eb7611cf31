"""What arranging, moving, cancelling and reporting a session asks of the world.

Facts that a turn was given may be seconds old: every change names what was seen (an offer's number,
a session's sequence), and what another was faster with is told at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy.engine import Row

from bot.doing import Doing, open_ticket, tell
from bot.invite import UID_ENDS, new_link, new_uid
from flows import effects as asked
from flows.hours import own_zone
from flows.people import Bond
from flows.rules.attendance import NO_SHOWS
from flows.rules.clocks import derive, shown
from flows.rules.slots import Interval
from storage import circle, offers, programme, reports, sessions
from storage.offers import Offer
from storage.programme import Pending
from storage.sessions import Booking, Hour, Refused

SOON: Final = timedelta(minutes=15)
"""An hour nearer than this cannot be suggested any more."""
ASK_AGAIN: Final = timedelta(hours=24)
GIVE_UP: Final = timedelta(hours=72)
REMINDERS: Final = (("session_day", timedelta(days=1)), ("session_hour", timedelta(hours=1)))
AFTER: Final = timedelta(minutes=30)
"""After the end both are asked whether it took place."""
SETTLED: Final = timedelta(hours=48)
"""After the end one word alone counts."""
NOT_AT_ONCE: Final = timedelta(hours=6)
STEP_AT: Final = 10
"""The hour of the day, where the person lives, at which a next step is reminded of."""


# An hour


async def _offer(effect: asked.OfferHour, doing: Doing) -> None:
    bond = _active(doing, effect.pair)
    if bond is None:
        return
    subject = f"pair:{bond.id}"
    start = effect.start.astimezone(UTC)
    known = (await offers.open_of(doing.connection, [bond.id])).get(bond.id)
    if known is not None and known.by_id != doing.known.id and known.starts_at == start:
        # Both named the same hour: that is an agreement.
        await _agree(asked.AgreeHour(bond.id, known.number), doing)
    elif start - doing.now < SOON:
        await tell(doing, doing.known.id, "hour_refused", subject, "past")
    elif await _is_taken(doing, bond, start, effect):
        await tell(doing, doing.known.id, "hour_refused", subject, "taken")
    else:
        await _put(effect, doing, bond, start)


async def _is_taken(doing: Doing, bond: Bond, start: datetime, effect: asked.OfferHour) -> bool:
    """Has one of the two another session then? Their own that would move does not count."""
    both = (doing.known.id, bond.partner.id)
    end = start + timedelta(minutes=effect.minutes)
    busy = await sessions.busy_of(doing.connection, both, doing.now)
    own = doing.person.mentoring.session(effect.session) if effect.session else None
    spans = {span for spans in busy.values() for span in spans}
    if own is not None:
        spans = {part for span in spans for part in _without(span, (own.start, own.end))}
    return any(start < until and since < end for since, until in spans)


def _without(span: Interval, hole: Interval) -> list[Interval]:
    """What is left of an interval around another."""
    parts = [(span[0], min(span[1], hole[0])), (max(span[0], hole[1]), span[1])]
    return [part for part in parts if part[0] < part[1]]


async def _put(effect: asked.OfferHour, doing: Doing, bond: Bond, start: datetime) -> None:
    own, theirs = own_zone(doing.person), bond.partner.timezone
    mentee, mentor = (own, theirs) if bond.role == "mentee" else (theirs, own)
    moves = doing.person.mentoring.session(effect.session) if effect.session else None
    offer = Offer(
        bond.id,
        doing.known.id,
        Hour(shown(start, mentee), mentee, mentor, effect.minutes),
        effect.way,
        moves.id if moves else None,
        moves.sequence if moves else None,
    )
    number = await offers.put(doing.connection, offer, doing.now)
    subject = f"pair:{bond.id}.{number}"
    await tell(doing, bond.partner.id, "offer", subject)
    await tell(doing, doing.known.id, "offered", subject)
    left = start - doing.now
    again = doing.now + min(ASK_AGAIN, left / 2)
    gone = doing.now + min(GIVE_UP, left - min(left / 4, timedelta(hours=2)))
    programme.remind(doing.pending, bond.partner.id, "offer_again", subject, again)
    programme.remind(doing.pending, doing.known.id, "offer_expires", subject, gone)


async def _agree(effect: asked.AgreeHour, doing: Doing) -> None:
    bond = _active(doing, effect.pair)
    if bond is None:
        return
    subject = f"pair:{bond.id}"
    offer = await offers.close(doing.connection, bond.id, effect.number)
    if offer is None or offer.by_id == doing.known.id:
        await tell(doing, doing.known.id, "hour_refused", subject, "changed")
        return
    if offer.starts_at <= doing.now:
        await tell(doing, doing.known.id, "hour_refused", subject, "past")
        return
    hour = Hour(offer.wall.replace(fold=offer.fold), offer.zone, offer.mentor_zone, offer.minutes)
    if offer.session_id is None:
        came = await sessions.book(doing.connection, _booking(doing, bond, hour, offer), doing.now)
    else:
        came = await sessions.move(
            doing.connection, offer.session_id, offer.sequence, hour, doing.now
        )
    if isinstance(came, int):
        id = offer.session_id or came
        await _told(doing, id, "moved" if offer.session_id else "booked")
    elif came is Refused.TAKEN:
        await tell(doing, doing.known.id, "hour_refused", subject, "taken")
        await tell(doing, bond.partner.id, "hour_gone", subject)
    elif came is Refused.CHANGED:
        for person in (doing.known.id, bond.partner.id):
            await tell(doing, person, "hour_refused", subject, "changed")


def _booking(doing: Doing, bond: Bond, hour: Hour, offer: Row[Any]) -> Booking:
    me, other = doing.known.id, bond.partner.id
    mentee, mentor = (me, other) if bond.role == "mentee" else (other, me)
    link = new_link(doing.rules.link_pattern, doing.rules.room()) if offer.way == "video" else ""
    uid = new_uid(doing.rules.room())
    return Booking(mentee, mentor, hour, offer.way, link, uid, pair_id=bond.id)


async def _drop(effect: asked.DropOffer, doing: Doing) -> None:
    offer = await offers.close(doing.connection, effect.pair, effect.number)
    bond = doing.person.mentoring.bond("pair", effect.pair)
    if offer is not None and bond is not None and not effect.quiet:
        await tell(doing, bond.partner.id, "offer_declined", f"pair:{bond.id}")


# A session


async def _told(doing: Doing, id: int, event: str) -> None:
    """Both hear of a session as it is now, and its reminders are set."""
    row = (await sessions.load(doing.connection, [id]))[id]
    set_reminders(doing.pending, row, doing.now)
    for person, role in ((row.mentee_id, "mentee"), (row.mentor_id, "mentor")):
        link = calendar_link(doing.public_url, row, role)
        await tell(doing, person, event, f"session:{id}.{row.sequence}", link)


def calendar_link(public_url: str, row: Row[Any], role: str) -> str:
    """Where one of the two gets the calendar file; none where the world cannot reach us."""
    name = row.uid.removesuffix(UID_ENDS)
    return f"{public_url.rstrip('/')}/calendar/{role}/{name}.ics" if public_url else ""


def set_reminders(pending: Pending, row: Row[Any], now: datetime) -> None:
    """Timers of a session as it is now. Those of its former hours find that it changed."""
    subject = f"session:{row.id}.{row.sequence}"
    end = row.starts_at + timedelta(minutes=row.minutes)
    due = [(kind, row.starts_at - before) for kind, before in REMINDERS]
    due = [(kind, at) for kind, at in due if at > now]
    due += [("session_over", end + AFTER), ("session_settled", end + SETTLED)]
    for kind, at in due:
        for person in (row.mentee_id, row.mentor_id):
            programme.remind(pending, person, kind, subject, at)


async def _cancel(effect: asked.CancelSession, doing: Doing) -> None:
    row = (await sessions.load(doing.connection, [effect.id])).get(effect.id)
    if row is None or doing.known.id not in (row.mentee_id, row.mentor_id):
        return
    done = await sessions.cancel(
        doing.connection, effect.id, effect.sequence, doing.now, doing.known.id, effect.why or None
    )
    subject = f"pair:{row.pair_id}"
    if isinstance(done, Refused):
        await tell(doing, doing.known.id, "hour_refused", subject, "changed")
        return
    await _close_moves(doing, row)
    for person in (row.mentee_id, row.mentor_id):
        mine = " mine" if person == doing.known.id else ""
        text = f"{effect.why or '-'} {row.starts_at.isoformat()}{mine}"
        await tell(doing, person, "cancelled", subject, text)


async def _close_moves(doing: Doing, row: Row[Any]) -> None:
    """Another hour that was suggested for a session goes with it."""
    offer = (await offers.open_of(doing.connection, [row.pair_id])).get(row.pair_id)
    if offer is not None and offer.session_id == row.id:
        await offers.close(doing.connection, offer.pair_id, offer.number)


async def end(doing: Doing, pair_id: int) -> None:
    """Two part: what they had arranged is not any more. Both are told of the parting."""
    await offers.close_all(doing.connection, pair_id)
    for one in doing.person.mentoring.coming(pair_id):
        await sessions.cancel(
            doing.connection, one.id, one.sequence, doing.now, doing.known.id, "ended"
        )


# Afterwards


async def _report(effect: asked.ReportSession, doing: Doing) -> None:
    if doing.person.mentoring.session(effect.id) is None:
        return
    await reports.put(doing.connection, effect.id, doing.known.id, effect.said, doing.now)
    doing.touched.add(doing.known.id)
    if "held" in effect.said:
        await _settle_now(doing, effect.id, final=False)
    if due := effect.said.get("due"):
        one = doing.person.mentoring.session(effect.id)
        at = derive(datetime(due.year, due.month, due.day, STEP_AT), own_zone(doing.person))
        at = max(at, doing.now + NOT_AT_ONCE)
        subject = f"session:{effect.id}.{one.sequence if one else 0}"
        programme.remind(doing.pending, doing.known.id, "step_due", subject, at)


async def _settle(effect: asked.SettleSession, doing: Doing) -> None:
    await _settle_now(doing, effect.id, final=True)


async def _settle_now(doing: Doing, id: int, final: bool) -> None:
    """What it came to; where the two do not agree, or somebody stays away again, a person looks."""
    settled = await reports.settle(doing.connection, id, final, doing.now)
    if settled is None:
        return
    row, came_to = settled
    about = f"session:{id}"
    doing.touched |= {row.mentee_id, row.mentor_id}
    if came_to.state == "held" and row.pair_id is not None:
        every = doing.rules.sessions_to_close
        await circle.close_when_due(doing.connection, row.pair_id, every, doing.now)
    if came_to.state == "disputed":
        await open_ticket(doing, row.mentee_id, "session", about)
    absent = {"mentee": row.mentee_id, "mentor": row.mentor_id}.get(came_to.missed)
    if absent and await reports.missed(doing.connection, absent) >= NO_SHOWS:
        await open_ticket(doing, absent, "no_show", about)


async def _next(effect: asked.NextSession, doing: Doing) -> None:
    await tell(doing, doing.known.id, "next_session", f"pair:{effect.pair}")


def _active(doing: Doing, pair: int) -> Bond | None:
    bond = doing.person.mentoring.bond("pair", pair)
    return bond if bond and bond.state == "active" else None


ACTIONS: dict[type, Callable[[Any, Doing], Awaitable[None]]] = {
    asked.OfferHour: _offer,
    asked.AgreeHour: _agree,
    asked.DropOffer: _drop,
    asked.CancelSession: _cancel,
    asked.ReportSession: _report,
    asked.SettleSession: _settle,
    asked.NextSession: _next,
}

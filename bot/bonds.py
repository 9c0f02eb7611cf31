"""What mentoring asks of the world: done inside the turn's own transaction.

What comes of it is told to each side by an event of their own, so that a message is always a
person's own turn.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import sessions
from bot.doing import Doing, tell
from bot.matching import find
from flows import effects as asked
from storage import circle, mentoring, pairs, programme

_ENDED = {
    "declined": "request_declined",
    "expired": "request_expired",
    "withdrawn": "request_withdrawn",
}


async def _register(effect: asked.RegisterMentor, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    await mentoring.register(
        doing.connection, doing.known.id, effect.answers, effect.conduct, doing.now
    )
    if effect.approved and await mentoring.vouch(doing.connection, doing.known.id, doing.now):
        await tell_waiting(doing)
    place = effect.answers.get("place") or {}
    doing.known.columns["timezone"] = place.get("timezone") or doing.known.columns["timezone"]
    doing.reload = True
    # More places, or other skills: whoever waits may have been waiting for these.
    if (doing.person.mentoring.mentor or {}).get("state") == "approved":
        await tell_waiting(doing)


async def _pause(effect: asked.PauseMentor, doing: Doing) -> None:
    until = _end_of_break(effect, doing)
    await mentoring.pause(doing.connection, doing.known.id, until)
    doing.reload = True
    if until is None:
        await tell_waiting(doing)
    else:
        programme.remind(doing.pending, doing.known.id, "break_over", "", until)


def _end_of_break(effect: asked.PauseMentor, doing: Doing) -> datetime | None:
    """The midnight after the last day away, where the mentor lives."""
    if not effect.until and not effect.days:
        return None
    zone = ZoneInfo(doing.person.timezone or "Africa/Casablanca")
    today = doing.now.astimezone(zone).date()
    last = date.fromisoformat(effect.until) if effect.until else today + timedelta(effect.days)
    return datetime.combine(last + timedelta(1), time(), zone)


async def _prefer(effect: asked.Prefer, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    await mentoring.prefer(doing.connection, doing.known.id, effect.wish)
    doing.reload = True


async def _propose(effect: asked.Propose, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    mentee, weights = doing.known.id, doing.rules.weights
    if not effect.again:
        await mentoring.pass_over(doing.connection, mentee)
    found = await find(doing.connection, mentee, doing.now, weights)
    others = [] if found else await find(doing.connection, mentee, doing.now, weights, again=True)
    found = found or (others if effect.again else [])
    await mentoring.propose(doing.connection, doing.known.id, found, doing.now)
    await mentoring.wait(doing.connection, doing.known.id, None if found else doing.now)
    if found or not effect.quiet:
        subject = "others" if others and not found else "free" if effect.quiet else ""
        await tell(doing, mentee, "proposals" if found else "nobody", subject)


async def _ask(effect: asked.AskMentor, doing: Doing) -> None:
    mentee = doing.known.id
    id = await mentoring.ask(doing.connection, mentee, effect.mentor_id, doing.now)
    if id is None and (other := await mentoring.asked_by(doing.connection, mentee)):
        await tell(doing, mentee, "asked", f"request:{other}")
        return
    if id is None:
        await mentoring.pass_over(doing.connection, mentee, effect.mentor_id)
        await tell(doing, mentee, "no_place", "")
        return
    subject = f"request:{id}"
    await tell(doing, effect.mentor_id, "request", subject)
    await tell(doing, mentee, "asked", subject)
    programme.remind(
        doing.pending, effect.mentor_id, "request_again", subject, doing.now + doing.rules.remind
    )
    programme.remind(
        doing.pending, mentee, "request_expires", subject, doing.now + doing.rules.expire
    )


async def _close(effect: asked.CloseRequest, doing: Doing) -> None:
    row = await mentoring.close_request(
        doing.connection, effect.id, effect.state, doing.now, effect.why or None
    )
    if row is None:
        return
    other = row.mentor_id if doing.known.id == row.mentee_id else row.mentee_id
    if event := _ENDED.get(effect.state):
        await tell(doing, other, event, f"request:{effect.id}")


async def _accept(effect: asked.Accept, doing: Doing) -> None:
    pair = await mentoring.accept(doing.connection, effect.id, doing.now)
    subject = f"request:{effect.id}"
    if pair is None:
        closed = await mentoring.close_request(doing.connection, effect.id, "full", doing.now)
        await tell(doing, doing.known.id, "full" if closed else "request_gone", subject)
        if closed is not None:
            await tell(doing, closed.mentee_id, "no_place", subject)
        return
    for person in (pair.mentee_id, pair.mentor_id):
        await tell(doing, person, "accepted", f"pair:{pair.id}")
    for other in await mentoring.crowd_out(doing.connection, pair.mentor_id, doing.now):
        await tell(doing, other.mentee_id, "no_place", f"request:{other.id}")


async def _change(effect: asked.ChangePair, doing: Doing) -> None:
    values: dict[str, Any] = {k: v for k, v in effect.terms.items() if k != "agreed"}
    if effect.terms.get("agreed"):
        values["agreed_at"] = doing.now
    bond = doing.person.mentoring.bond("pair", effect.id)
    if "hears" in values and bond is not None:
        values[f"{bond.role}_hears"] = values.pop("hears")
    pair = await mentoring.change_pair(doing.connection, effect.id, **values)
    if pair is not None:
        doing.touched |= {pair.mentee_id, pair.mentor_id}


async def _share(effect: asked.Share, doing: Doing) -> None:
    bond = doing.person.mentoring.bond("pair", effect.id)
    if bond is None:
        return
    await mentoring.change_pair(doing.connection, bond.id, **{f"{bond.role}_shares": True})
    for person in (doing.known.id, bond.partner.id):
        await tell(doing, person, "share", f"pair:{bond.id}")


async def _end(effect: asked.EndPair, doing: Doing) -> None:
    pair = await mentoring.end_pair(doing.connection, effect.id, effect.why, doing.now)
    if pair is None:
        return
    await sessions.end(doing, pair.id)
    await circle.keep(doing.connection, pair, doing.now)
    other = pair.mentor_id if doing.known.id == pair.mentee_id else pair.mentee_id
    for person in (doing.known.id, other):
        await tell(doing, person, "ended", f"pair:{pair.id}")
    await tell_waiting(doing)


async def _pause_pair(effect: asked.PausePair, doing: Doing) -> None:
    pair = await mentoring.change_pair(doing.connection, effect.id, state="paused")
    if pair is None:
        return
    doing.touched |= {pair.mentee_id, pair.mentor_id}
    for row in await pairs.call_off(doing.connection, pair, doing.now, "paused"):
        for person in (pair.mentee_id, pair.mentor_id):
            await tell(doing, person, "called_off", f"pair:{pair.id}", row.starts_at.isoformat())


async def let_go(doing: Doing) -> None:
    """No message reaches this person any more: nobody need wait for their answer."""
    for bond in doing.person.mentoring.bonds:
        if (bond.kind, bond.state) == ("request", "asked"):
            row = await mentoring.close_request(doing.connection, bond.id, "withdrawn", doing.now)
            event = "request_withdrawn" if bond.role == "mentee" else "request_void"
            if row is not None:
                await tell(doing, bond.partner.id, event, f"request:{bond.id}")


async def _decide(effect: asked.DecideMentor, doing: Doing) -> None:
    """By one of the team; nobody else's turn asks for it."""
    if doing.person.operator:
        await mentoring.decide(doing.connection, effect.mentor, effect.state, doing.now)
        doing.touched.add(effect.mentor)
        doing.reload = True


async def _carry(effect: asked.Tell, doing: Doing) -> None:
    await tell(doing, effect.to, effect.event, effect.subject, effect.text)


async def tell_waiting(doing: Doing) -> None:
    """A place became free: those who wait for a mentor are looked at anew, longest first."""
    for person in await mentoring.waiting(doing.connection, doing.rules.at_once):
        await tell(doing, person, "place_free", "")


ACTIONS: dict[type, Callable[[Any, Doing], Awaitable[None]]] = {
    asked.RegisterMentor: _register,
    asked.DecideMentor: _decide,
    asked.PauseMentor: _pause,
    asked.Prefer: _prefer,
    asked.Propose: _propose,
    asked.AskMentor: _ask,
    asked.CloseRequest: _close,
    asked.Accept: _accept,
    asked.ChangePair: _change,
    asked.Share: _share,
    asked.EndPair: _end,
    asked.Tell: _carry,
    asked.PausePair: _pause_pair,
    **sessions.ACTIONS,
}

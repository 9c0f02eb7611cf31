"""What mentoring asks of the world: done inside the turn's own transaction.

What comes of it is told to each side by an event of their own, so that a message is always a
person's own turn.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.doing import Doing
from bot.matching import find
from flows import effects as asked
from storage import mentoring, programme

_ENDED = {"declined": "request_declined", "expired": "request_expired"}


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


async def _pause(effect: asked.PauseMentor, doing: Doing) -> None:
    until = doing.now + timedelta(days=effect.days) if effect.days else None
    await mentoring.pause(doing.connection, doing.known.id, until)
    doing.reload = True
    if until is None:
        await tell_waiting(doing)


async def _prefer(effect: asked.Prefer, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    await mentoring.prefer(doing.connection, doing.known.id, effect.wish)
    doing.reload = True


async def _propose(effect: asked.Propose, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    found = await find(doing.connection, doing.known.id, doing.now, doing.rules.weights)
    await mentoring.propose(doing.connection, doing.known.id, found, doing.now)
    await mentoring.wait(doing.connection, doing.known.id, None if found else doing.now)
    if found or not effect.quiet:
        await _tell(doing, doing.known.id, "proposals" if found else "nobody", "")


async def _ask(effect: asked.AskMentor, doing: Doing) -> None:
    mentee = doing.known.id
    id = await mentoring.ask(doing.connection, mentee, effect.mentor_id, doing.now)
    if id is None:
        await mentoring.pass_over(doing.connection, mentee, effect.mentor_id)
        await _tell(doing, mentee, "no_place", "")
        return
    subject = f"request:{id}"
    await _tell(doing, effect.mentor_id, "request", subject)
    await _tell(doing, mentee, "asked", subject)
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
        await _tell(doing, other, event, f"request:{effect.id}")


async def _accept(effect: asked.Accept, doing: Doing) -> None:
    pair = await mentoring.accept(doing.connection, effect.id, doing.now)
    subject = f"request:{effect.id}"
    if pair is None:
        closed = await mentoring.close_request(doing.connection, effect.id, "full", doing.now)
        await _tell(doing, doing.known.id, "full", subject)
        if closed is not None:
            await _tell(doing, closed.mentee_id, "no_place", subject)
        return
    for person in (pair.mentee_id, pair.mentor_id):
        await _tell(doing, person, "accepted", f"pair:{pair.id}")


async def _change(effect: asked.ChangePair, doing: Doing) -> None:
    values: dict[str, Any] = {k: v for k, v in effect.terms.items() if k != "agreed"}
    if effect.terms.get("agreed"):
        values["agreed_at"] = doing.now
    pair = await mentoring.change_pair(doing.connection, effect.id, **values)
    if pair is not None:
        doing.touched |= {pair.mentee_id, pair.mentor_id}


async def _share(effect: asked.Share, doing: Doing) -> None:
    bond = doing.person.mentoring.bond("pair", effect.id)
    if bond is None:
        return
    await mentoring.change_pair(doing.connection, bond.id, **{f"{bond.role}_shares": True})
    for person in (doing.known.id, bond.partner.id):
        await _tell(doing, person, "share", f"pair:{bond.id}")


async def _end(effect: asked.EndPair, doing: Doing) -> None:
    pair = await mentoring.end_pair(doing.connection, effect.id, effect.why, doing.now)
    if pair is None:
        return
    other = pair.mentor_id if doing.known.id == pair.mentee_id else pair.mentee_id
    for person in (doing.known.id, other):
        await _tell(doing, person, "ended", f"pair:{pair.id}")
    await tell_waiting(doing)


async def _carry(effect: asked.Tell, doing: Doing) -> None:
    await _tell(doing, effect.to, effect.event, effect.subject, effect.text)


async def tell_waiting(doing: Doing) -> None:
    """A place became free: those who wait for a mentor are looked at anew, longest first."""
    for person in await mentoring.waiting(doing.connection, doing.rules.at_once):
        await _tell(doing, person, "place_free", "")


async def _tell(doing: Doing, to: int, event: str, subject: str, text: str = "") -> None:
    doing.touched.add(to)
    doing.told += 1
    once = f"{doing.inbox_id}.{doing.told}"
    await mentoring.tell(
        doing.connection, to, event, once, doing.now, subject, text, doing.known.id
    )


ACTIONS: dict[type, Callable[[Any, Doing], Awaitable[None]]] = {
    asked.RegisterMentor: _register,
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
}

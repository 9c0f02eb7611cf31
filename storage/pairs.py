"""Accompaniments as operators see them: listed, resumed after a report, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select, true
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import mentoring, offers, sessions
from storage.pairing import pairs
from storage.tables import people, tickets

LOOKED_AT = 20
"""Waiting mentees who are looked at anew when a place becomes free."""


async def listed(connection: AsyncConnection, state: str = "all") -> Sequence[Row[Any]]:
    """Pairs in a state, those paused first; ``reported``: one of the two has an open report."""
    mentee, mentor = people.alias("mentee"), people.alias("mentor")
    theirs = or_(tickets.c.person_id == pairs.c.mentee_id, tickets.c.person_id == pairs.c.mentor_id)
    open_report = exists().where(
        theirs, tickets.c.reason == "problem", tickets.c.closed_at.is_(None)
    )
    query = (
        select(
            pairs,
            mentee.c.name.label("mentee"),
            mentor.c.name.label("mentor"),
            open_report.label("reported"),
        )
        .join(mentee, mentee.c.id == pairs.c.mentee_id)
        .join(mentor, mentor.c.id == pairs.c.mentor_id)
        .where(true() if state == "all" else pairs.c.state == state)
        .order_by(pairs.c.state != "paused", pairs.c.state == "ended", pairs.c.id)
    )
    return (await connection.execute(query)).all()


async def newest(connection: AsyncConnection, person_id: int) -> int | None:
    """The id of the newest pair of a person that is not ended."""
    mine = or_(pairs.c.mentee_id == person_id, pairs.c.mentor_id == person_id)
    query = select(pairs.c.id).where(mine, pairs.c.state != "ended").order_by(pairs.c.id.desc())
    id: int | None = await connection.scalar(query.limit(1))
    return id


async def resume(connection: AsyncConnection, id: int, now: datetime) -> bool:
    """A paused pair goes on, and both hear of it; False where it is not paused."""
    paused = select(pairs.c.id).where(pairs.c.id == id, pairs.c.state == "paused")
    if await connection.scalar(paused.with_for_update()) is None:
        return False
    pair = await mentoring.change_pair(connection, id, state="active")
    return await _tell_both(connection, pair, "pair_on", now)


async def close(connection: AsyncConnection, id: int, now: datetime) -> bool:
    """An operator ends a pair; both hear of it, and who waits is looked at anew."""
    pair = await mentoring.end_pair(connection, id, "team", now)
    if pair is not None:
        await call_off(connection, pair, now, "team")
    told = await _tell_both(connection, pair, "pair_closed", now)
    for waits in await mentoring.waiting(connection, LOOKED_AT) if told else ():
        await mentoring.tell(connection, waits, "place_free", f"{id}.{now.timestamp():.0f}", now)
    return told


async def call_off(
    connection: AsyncConnection, pair: Row[Any], now: datetime, why: str
) -> list[Row[Any]]:
    """What two people had arranged is not any more: the sessions that were to come."""
    await offers.close_all(connection, pair.id)
    coming = await sessions.upcoming(connection, [pair.mentee_id], now)
    rows = [row for row in coming if row.pair_id == pair.id]
    for row in rows:
        await sessions.cancel(connection, row.id, row.sequence, now, None, why)
    return rows


async def _tell_both(
    connection: AsyncConnection, pair: Row[Any] | None, event: str, now: datetime
) -> bool:
    if pair is None:
        return False
    once = f"{now.timestamp():.0f}"
    for person in (pair.mentee_id, pair.mentor_id):
        await mentoring.tell(connection, person, event, once, now, f"pair:{pair.id}")
    return True

"""Booked sessions whose time or person changes without anybody asking for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.clocks import Shift, moved
from storage.pairing import busy, sessions
from storage.sessions import FREE, IS_BOOKED, Taken, take

_COLUMNS: Final = ("wall", "fold", "mentor_wall", "starts_at", "state", "updated_at")
_RETIME = (
    update(sessions)
    .where(sessions.c.id == bindparam("pk"))
    .values({name: bindparam(name) for name in _COLUMNS})
    .values(sequence=sessions.c.sequence + 1)
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A session that newer zone rules moved: its row as it was, and what became of it.

    ``displaced``: its new time is another session's, so that it has none until it is moved again.
    """

    session: Row[Any]
    shift: Shift
    displaced: bool


async def recompute(connection: AsyncConnection, now: datetime) -> list[Moved]:
    """Derive all coming sessions anew, after the zone rules changed.

    The mentee's wall time holds. Where it now falls on another session of either, the one that
    does not move keeps the time, and of two that move the one booked first. Doing it again, or
    twice at once, does nothing.
    """
    query = select(sessions).where(IS_BOOKED, sessions.c.starts_at > now - timedelta(days=1))
    if not _shifts((await connection.execute(query)).all()):
        return []
    locked = query.order_by(sessions.c.id).with_for_update()
    shifts = _shifts((await connection.execute(locked)).all())
    held = await _retake(connection, [(row, shift.start) for row, shift in shifts])
    changes = [
        {
            "pk": row.id,
            "wall": shift.wall,
            "fold": shift.wall.fold,
            "mentor_wall": shift.other_wall,
            "starts_at": shift.start,
            "state": "booked" if row.id in held else "displaced",
            "updated_at": now,
        }
        for row, shift in shifts
    ]
    if changes:
        await connection.execute(_RETIME, changes)
    return [Moved(row, shift, row.id not in held) for row, shift in shifts]


def _shifts(rows: Sequence[Row[Any]]) -> list[tuple[Row[Any], Shift]]:
    return [(row, shift) for row in rows if (shift := _shift(row))]


def _shift(row: Row[Any]) -> Shift | None:
    wall = row.wall.replace(fold=row.fold)
    return moved(wall, row.zone, row.starts_at, row.mentor_wall, row.mentor_zone)


async def hand_over(connection: AsyncConnection, goes: int, stays: int) -> list[int]:
    """Two were one person: the sessions of ``goes`` become those of ``stays``.

    Returns the ids of the displaced: both had a session then.
    """
    held = select(busy.c.session_id).where(busy.c.person_id == goes)
    query = select(sessions.c.id).where(sessions.c.id.in_(held))
    ids = list(await connection.scalars(query))
    for column in (sessions.c.mentee_id, sessions.c.mentor_id):
        theirs = update(sessions).where(column == goes)
        await connection.execute(theirs.values({column.name: stays}))
    again = select(sessions).where(sessions.c.id.in_(ids)).order_by(sessions.c.id)
    rows = (await connection.execute(again)).all()
    kept = await _retake(connection, [(row, row.starts_at) for row in rows])
    lost = [id for id in ids if id not in kept]
    if lost:
        gone = update(sessions).where(sessions.c.id.in_(lost))
        await connection.execute(gone.values(state="displaced", sequence=sessions.c.sequence + 1))
    return lost


async def _retake(
    connection: AsyncConnection, wanted: Sequence[tuple[Row[Any], datetime]]
) -> set[int]:
    """Take time for sessions anew, in their order; the ids of those that got it."""
    held: set[int] = set()
    if wanted:
        # All are freed first: one may move to where another of them was.
        await connection.execute(FREE, [{"id": row.id} for row, _ in wanted])
    for row, start in wanted:
        both = (row.mentee_id, row.mentor_id)
        try:
            await take(connection, row.id, both, start, row.minutes)
            held.add(row.id)
        except Taken:
            await connection.execute(FREE, {"id": row.id})
    return held

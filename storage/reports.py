"""What each of two people says of a session afterwards, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.attendance import Outcome, Said, outcome
from storage.inbox import insert_once
from storage.pairing import reports, sessions

FIELDS = ("held", "why", "rating", "learnt", "step", "due", "done")


async def put(
    connection: AsyncConnection,
    session_id: int,
    person_id: int,
    said: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep what a person says of a session; what they said before of other things stays."""
    row = {name: value for name, value in said.items() if name in FIELDS} | {"at": now}
    key = {"session_id": session_id, "person_id": person_id}
    known = update(reports).where(*(reports.c[name] == value for name, value in key.items()))
    if (await connection.execute(known.values(row))).rowcount or "held" not in row:
        return
    await connection.execute(insert_once(connection, reports).values(key | row))


async def settle(
    connection: AsyncConnection, session_id: int, final: bool, now: datetime
) -> tuple[Row[Any], Outcome] | None:
    """Decide what a session was, from what was said; None where it stays open or was decided.

    ``final``: nobody is waited for any more.
    """
    session = (
        await connection.execute(
            select(sessions).where(sessions.c.id == session_id).with_for_update()
        )
    ).first()
    if session is None or session.state not in ("booked", "displaced"):
        return None
    query = select(reports).where(reports.c.session_id == session_id)
    said = {row.person_id: Said(row.held, row.why) for row in await connection.execute(query)}
    came_to = outcome(said.get(session.mentee_id), said.get(session.mentor_id), final)
    if came_to is None:
        return None
    done = update(sessions).where(sessions.c.id == session_id)
    values = {"state": came_to.state, "missed": came_to.missed or None, "updated_at": now}
    await connection.execute(done.values(values))
    return session, came_to


async def missed(connection: AsyncConnection, person_id: int) -> int:
    """To how many sessions a person did not come."""
    query = select(func.count()).where(
        or_(
            (sessions.c.mentee_id == person_id) & (sessions.c.missed == "mentee"),
            (sessions.c.mentor_id == person_id) & (sessions.c.missed == "mentor"),
        )
    )
    return int(await connection.scalar(query) or 0)


async def of(
    connection: AsyncConnection, session_ids: Sequence[int], person_ids: Sequence[int]
) -> dict[tuple[int, int], dict[str, Any]]:
    """What these people said of these sessions, by session and person."""
    query = select(reports).where(
        reports.c.session_id.in_(session_ids), reports.c.person_id.in_(person_ids)
    )
    return {
        (row.session_id, row.person_id): {name: getattr(row, name) for name in FIELDS}
        for row in await connection.execute(query)
    }


async def hand_over(connection: AsyncConnection, goes: int, stays: int) -> None:
    """Two were one person; of one session the one who stays is believed."""
    own = select(reports.c.session_id).where(reports.c.person_id == stays)
    theirs = reports.c.person_id == goes
    await connection.execute(delete(reports).where(theirs, reports.c.session_id.in_(own)))
    await connection.execute(update(reports).where(theirs).values(person_id=stays))

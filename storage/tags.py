"""Words that operators put on people, to choose an audience by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.inbox import insert_once
from storage.tables import tags


async def put(connection: AsyncConnection, person_ids: Sequence[int], tag: str) -> None:
    """Give these people a tag; who has it keeps it."""
    rows = [{"person_id": id, "tag": tag} for id in person_ids]
    await connection.execute(insert_once(connection, tags).on_conflict_do_nothing(), rows)


async def drop(connection: AsyncConnection, person_ids: Sequence[int], tag: str) -> int:
    """Take a tag from these people; returns who had it."""
    gone = delete(tags).where(tags.c.tag == tag, tags.c.person_id.in_(person_ids))
    return (await connection.execute(gone)).rowcount


async def counted(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """How many people have each tag."""
    query = select(tags.c.tag, func.count().label("people")).group_by(tags.c.tag)
    return (await connection.execute(query.order_by(tags.c.tag))).all()


async def hand_over(connection: AsyncConnection, goes: int, stays: int) -> None:
    """Two were one person."""
    theirs = await connection.scalars(select(tags.c.tag).where(tags.c.person_id == goes))
    for tag in theirs.all():
        await put(connection, [stays], tag)

"""Templates at Twilio: which wording was pushed, under which ContentSid, and what WhatsApp says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.inbox import insert_once
from storage.tables import templates

APPROVED = "approved"
_OLD = ".old"
"""Ends the name of a wording that stays in service until its successor is approved."""
_is_old = templates.c.name.endswith(_OLD)


async def known(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """The newest wording of each template and language."""
    query = select(templates).where(~_is_old).order_by(templates.c.name, templates.c.language)
    return (await connection.execute(query)).all()


async def put(
    connection: AsyncConnection,
    name: str,
    language: str,
    version: str,
    sid: str,
    status: str,
    now: datetime,
) -> None:
    """Keep a wording that was just made; an approved one before it serves until this one may."""
    await _retire(connection, name, language, sid)
    changes = {
        "version": version,
        "sid": sid,
        "status": status,
        "reason": None,
        "updated_at": now,
    }
    statement = insert_once(connection, templates).values(name=name, language=language, **changes)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["name", "language"], set_=changes)
    )


async def _retire(connection: AsyncConnection, name: str, language: str, successor: str) -> None:
    of_this = (templates.c.name == name, templates.c.language == language)
    replaced = (*of_this, templates.c.status == APPROVED, templates.c.sid != successor)
    if await connection.scalar(select(templates.c.sid).where(*replaced)):
        await _drop_old(connection, name, language)
        await connection.execute(update(templates).where(*replaced).values(name=name + _OLD))


async def _drop_old(connection: AsyncConnection, name: str, language: str) -> None:
    old = (templates.c.name == name + _OLD, templates.c.language == language)
    await connection.execute(delete(templates).where(*old))


async def mark(
    connection: AsyncConnection,
    name: str,
    language: str,
    status: str,
    reason: str | None,
    now: datetime,
    *,
    sid: str,
) -> None:
    """Keep what Twilio says of ``sid``, unless another wording has taken its place meanwhile."""
    marked = await connection.execute(
        update(templates)
        .where(
            templates.c.name == name,
            templates.c.language == language,
            templates.c.sid == sid,
        )
        .values(status=status[:16], reason=(reason or "")[:200] or None, updated_at=now)
    )
    if marked.rowcount and status == APPROVED:
        await _drop_old(connection, name, language)


async def approved(connection: AsyncConnection) -> dict[tuple[str, str], str]:
    """The ContentSid that may be sent, by template and language."""
    query = select(templates.c.name, templates.c.language, templates.c.sid).where(
        templates.c.status == APPROVED
    )
    rows = sorted((await connection.execute(query)).all(), key=lambda row: row.name, reverse=True)
    # "name.old" comes first, so that an approved "name" takes its place.
    return {(row.name.removesuffix(_OLD), row.language): row.sid for row in rows}


async def pause(connection: AsyncConnection, sid: str, status: str, now: datetime) -> bool:
    """Take a wording out of service when a send was refused for it (``flows.templates.UNUSABLE``).

    False where it was out of service already, so that one alarm is told and not one a message.
    """
    paused = await connection.execute(
        update(templates)
        .where(templates.c.sid == sid, templates.c.status == APPROVED)
        .values(status=status, updated_at=now)
    )
    return bool(paused.rowcount)

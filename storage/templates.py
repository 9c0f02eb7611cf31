"""What WhatsApp approved."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import templates


async def approved(connection: AsyncConnection) -> dict[tuple[str, str], str]:
    query = select(templates).where(templates.c.status == "approved")
    return {(row.name, row.language): row.sid for row in (await connection.execute(query)).all()}


async def pause(connection: AsyncConnection, sid: str, status: str, now: datetime) -> None:
    one = update(templates).where(templates.c.sid == sid)
    await connection.execute(one.values(status=status, updated_at=now))

"""Announcements to many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import broadcasts


async def by_id(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, Row[Any]]:
    """Broadcasts by their number."""
    rows = await connection.execute(select(broadcasts).where(broadcasts.c.id.in_(list(ids))))
    return {row.id: row for row in rows.all()}

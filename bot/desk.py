"""What the web page is given: a way to store, and one's own thread in order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import Inbound, Later
from bot.channels.web import Line
from bot.intake import Intake
from bot.render import Message
from storage.database import Database
from storage.tables import inbox, outbox

_SHIFT = 24
"""A cursor is how many lines of each direction were seen: heard << 24 | said. It only grows."""
POLL = 1.0
"""Seconds between looks for lines that another process wrote."""


class Desk:
    """The web channel's view of inbox and outbox."""

    def __init__(self, database: Database, intake: Intake) -> None:
        self._database = database
        self._intake = intake
        self._changed = asyncio.Event()

    async def store(self, inbound: Inbound) -> None:
        await self._intake.store([inbound])

    def ring(self) -> None:
        """Something was written: whoever waits looks again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def changed(self, address: str, timeout: float) -> None:  # noqa: ASYNC109
        try:
            await asyncio.wait_for(self._changed.wait(), min(timeout, POLL))
        except TimeoutError:
            return

    async def thread(self, address: str, after: int) -> Sequence[Line]:
        """The lines after a cursor. Where less stands than was seen (an erasure), all of it."""
        heard = select(inbox.c.id, inbox.c.provider_id, inbox.c.payload, inbox.c.received_at)
        said = select(outbox.c.id, outbox.c.token, outbox.c.payload, outbox.c.created_at)
        try:
            async with self._database.read() as connection:
                mine = (
                    await connection.execute(
                        heard.where(inbox.c.channel == "web", inbox.c.address == address).order_by(
                            inbox.c.id
                        )
                    )
                ).all()
                ours = (
                    await connection.execute(
                        said.where(outbox.c.channel == "web", outbox.c.address == address).order_by(
                            outbox.c.id
                        )
                    )
                ).all()
        except SQLAlchemyError as error:
            raise Later("database", seconds=5) from error
        seen_mine, seen_ours = after >> _SHIFT, after & ((1 << _SHIFT) - 1)
        if seen_mine > len(mine) or seen_ours > len(ours):
            seen_mine = seen_ours = 0
        fresh = [(row.received_at, 0, row) for row in mine[seen_mine:]]
        fresh += [(row.created_at, 1, row) for row in ours[seen_ours:]]
        fresh.sort(key=lambda entry: (entry[0], entry[1], entry[2].id))
        lines = []
        for _, direction, row in fresh:
            seen_mine, seen_ours = seen_mine + (direction == 0), seen_ours + direction
            cursor = seen_mine << _SHIFT | seen_ours
            lines.append(_heard(row, cursor) if direction == 0 else _said(row, cursor))
        return [line for line in lines if line.text]


def _heard(row: object, cursor: int) -> Line:
    payload = getattr(row, "payload", {})
    client_id = str(getattr(row, "provider_id", "")).rpartition(":")[2]
    return Line(cursor=cursor, mine=True, id=client_id, text=payload.get("text", ""))


def _said(row: object, cursor: int) -> Line:
    message = Message.from_json(getattr(row, "payload", {}) or {"text": ""})
    return Line(
        cursor=cursor,
        mine=False,
        id=f"o{getattr(row, 'id', 0)}",
        text=message.text,
        options=message.options,
        token=getattr(row, "token", "") or "",
        language=message.language,
    )

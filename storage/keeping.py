"""Small things kept by name, and what is thrown away in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from storage.database import Database
from storage.inbox import forget_texts, insert_once
from storage.sessions import forget_past
from storage.tables import bookmarks, contents, downloads, outbox, receipts, timers


class Bookmarks:
    """How far we have read a provider's list."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> str | None:
        query = select(bookmarks.c.value).where(bookmarks.c.name == name)
        async with self._database.read() as connection:
            value: str | None = await connection.scalar(query)
        return value

    async def put(self, name: str, value: str) -> None:
        async with self._database.write() as connection:
            statement = insert_once(connection, bookmarks).values(name=name, value=value)
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["name"], set_={"value": value})
            )


class Contents:
    """Ids of the contents that Twilio keeps for us, each made once (``bot.channels.ContentBook``)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        async with self._database.read() as connection:
            sid: str | None = await connection.scalar(
                select(contents.c.sid).where(contents.c.key == key)
            )
        return sid

    async def put(self, key: str, sid: str) -> None:
        async with self._database.write() as connection:
            statement = insert_once(connection, contents).values(key=key, sid=sid)
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["key"], set_={"sid": sid})
            )


async def sweep_up(database: Database, now: datetime, keep: timedelta) -> None:
    """Empty old messages, spent links and timers, receipts nobody knows, farewells, past hours."""
    before = now - keep
    async with database.write() as connection:
        await forget_texts(connection, before)
        old = outbox.c.created_at < before
        await connection.execute(
            update(outbox)
            .where(old, outbox.c.address != "", outbox.c.state.not_in(("new", "sending")))
            .values(payload={}, address="")
        )
        farewell = (outbox.c.purpose == "erased") & (outbox.c.created_at < now - timedelta(hours=1))
        await connection.execute(update(outbox).where(farewell).values(payload={}, address=""))
        await connection.execute(delete(downloads).where(downloads.c.expires_at < now))
        spent = (timers.c.state == "done") & (timers.c.due_at < before)
        await connection.execute(delete(timers).where(spent))
        lost = receipts.c.received_at < now - timedelta(days=2)
        await connection.execute(delete(receipts).where(lost))
        await forget_past(connection, now - timedelta(days=1))

"""What came in: stored once, served in order, never lost."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import PARTITIONS, TIMED, inbox

TRIES = 3
"""A message that raises so often is parked; the person's next one is served."""
_LOCKS = 4177
"""First key of our PostgreSQL advisory locks on partitions."""
_IS_NEW = inbox.c.state == literal_column("'new'")
"""Written out, so that a planner sees that the index of what waits is enough."""
_WAITING = select(inbox).where(_IS_NEW).order_by(inbox.c.id).limit(bindparam("most"))
_OF_PARTITION = _WAITING.where(inbox.c.partition == bindparam("partition"))
_OF_IDS = _WAITING.where(inbox.c.id.in_(bindparam("ids", expanding=True)))
_OF_PEOPLE = _WAITING.where(inbox.c.partition < TIMED)
_TIMED = select(inbox.c.id).where(_IS_NEW, inbox.c.partition == TIMED).limit(bindparam("most"))
_PARTITIONS = select(inbox.c.partition).where(_IS_NEW).distinct()
_FINISH = update(inbox).where(inbox.c.id.in_(bindparam("ids", expanding=True))).values(state="done")
_STORE = {
    "sqlite": sqlite.insert(inbox).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(inbox).on_conflict_do_nothing(),
}


def partition_of(key: str) -> int:
    """Where a person's messages are drained. ``key`` is the phone number where it is known, so
    that WhatsApp and SMS of one number are served by one worker, in order."""
    return zlib.crc32(key.encode()) % PARTITIONS


def insert_once(connection: AsyncConnection, table: Any) -> Any:
    """INSERT of either database, for ``on_conflict_do_nothing`` and its sister."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table)


async def store(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Add messages; one that is already there (the provider's id) is left as it is."""
    await connection.execute(_STORE[connection.dialect.name], list(rows))


async def hold(connection: AsyncConnection, partition: int | None) -> bool:
    """Have a partition to oneself until the transaction ends; False where another has it.

    SQLite has one writer anyway. On PostgreSQL jobs are only hints, so that two may name the
    same partition: the lock is what keeps a person's messages in order.
    """
    if connection.dialect.name == "sqlite" or partition is None:
        return True
    taken = select(func.pg_try_advisory_xact_lock(_LOCKS, partition))
    return bool(await connection.scalar(taken))


async def waiting(
    connection: AsyncConnection, partition: int | None, limit: int, ids: Iterable[int] | None = None
) -> Sequence[Row[Any]]:
    """The oldest messages that wait, of one partition; or of all, what people did before what the
    clock did."""
    if ids is not None:
        found = await connection.execute(_OF_IDS, {"most": limit, "ids": list(ids)})
    elif partition is not None:
        found = await connection.execute(_OF_PARTITION, {"most": limit, "partition": partition})
    else:
        found = await connection.execute(_OF_PEOPLE, {"most": limit})
        if not (rows := found.all()):
            rows = (await connection.execute(_WAITING, {"most": limit})).all()
        return rows
    return found.all()


async def partitions_waiting(connection: AsyncConnection) -> list[int]:
    """Which partitions have work."""
    return list(await connection.scalars(_PARTITIONS))


async def timed_waiting(connection: AsyncConnection, most: int) -> int:
    """How much waits that fell due by the clock, as far as ``most``."""
    return len((await connection.execute(_TIMED, {"most": most})).all())


async def finish(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """These were served."""
    if ids:
        await connection.execute(_FINISH, {"ids": list(ids)})


async def failed(connection: AsyncConnection, id: int, error: str) -> bool:
    """One more try failed; True when the message is parked now."""
    tried = inbox.c.attempts + 1
    await connection.execute(
        update(inbox).where(inbox.c.id == id).values(attempts=tried, error=error[:120])
    )
    parked = update(inbox).where(inbox.c.id == id, inbox.c.attempts >= TRIES).values(state="parked")
    return bool((await connection.execute(parked)).rowcount)


async def replay(connection: AsyncConnection, ids: Sequence[int]) -> int:
    """Serve parked messages again; returns how many."""
    again = update(inbox).where(inbox.c.state == "parked", inbox.c.id.in_(ids))
    return (await connection.execute(again.values(state="new", attempts=0))).rowcount


async def forget_texts(connection: AsyncConnection, before: datetime) -> int:
    """Empty what was served long ago; its ids stay, so that a replay is still known."""
    old = update(inbox).where(
        inbox.c.received_at < before, inbox.c.state == "done", inbox.c.address != ""
    )
    return (await connection.execute(old.values(payload={}, address=""))).rowcount

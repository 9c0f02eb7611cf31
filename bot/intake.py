"""The way in: verified messages become inbox rows, many in one commit; then the provider gets 200.

When the database is away or slow, messages go to a spool that is flushed when it is back: Twilio
does not repeat an inbound webhook that failed or took longer than 15 s (its error 11205).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from bot.channels.base import Inbound, Later, Receipt
from bot.clock import Clock
from bot.spool import Item, Spool
from nlu.normalise import clean
from storage import inbox, outbox
from storage.database import Database

log = structlog.get_logger(__name__)
_ITS_OWN_COLUMN = ("channel", "id", "address")
_TOLD = [(f.name, f.default) for f in fields(Inbound) if f.name not in _ITS_OWN_COLUMN]
TEXT_LIMIT = 4096
AT_ONCE = 500
PATIENCE = 5.0
"""Seconds that a webhook waits for the database before its message goes to the spool."""


class Intake:
    """Group commit: whoever comes while a commit runs goes together into the next one."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        spool: Path | None,
        wake: Callable[[set[int], bool], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._spool = Spool(spool) if spool is not None else None
        self._spooled = True
        """Something may wait in the spool: it came earlier, so it goes first."""
        self._wake = wake
        self._queue: list[tuple[Item, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._late: asyncio.Task[None] | None = None
        """A commit that takes longer than anybody's patience."""

    async def store(self, heard: Sequence[Inbound | Receipt]) -> None:
        """Return when all of it is durable. Raises Later when it could not be kept at all."""
        if not heard:
            return
        loop = asyncio.get_running_loop()
        futures = []
        for item in heard:
            future: asyncio.Future[None] = loop.create_future()
            self._queue.append((self._row(item), future))
            futures.append(future)
        if self._writer is None or self._writer.done():
            self._writer = loop.create_task(self._write())
        results = await asyncio.gather(*futures, return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    def _row(self, item: Inbound | Receipt) -> Item:
        now = self._clock.now()
        if isinstance(item, Receipt):
            return None, {
                "channel": item.channel,
                "provider_id": item.provider_id,
                "status": item.status,
                "error": item.error or None,
                "received_at": now,
            }
        told: dict[str, Any] = {
            name: value for name, default in _TOLD if (value := getattr(item, name)) != default
        }
        if "text" in told:
            told["text"] = clean(item.text)[:TEXT_LIMIT]
        return {
            "channel": item.channel,
            "provider_id": item.id,
            "address": item.address,
            "partition": inbox.partition_of(item.phone or f"{item.channel}:{item.address}"),
            "payload": told,
            "received_at": now,
        }, None

    async def _write(self) -> None:
        while self._queue:
            batch, self._queue = self._queue[:AT_ONCE], self._queue[AT_ONCE:]
            try:
                await self._in_time([item for item, _ in batch])
            except Exception as error:
                log.error("inbox_unavailable", error=type(error).__name__, messages=len(batch))
                await self._keep(batch)
            else:
                _tell(batch, None)

    async def _in_time(self, items: Sequence[Item]) -> None:
        """Commit, or raise TimeoutError; a commit that hangs is left to end by itself."""
        if self._late is not None and not self._late.done():
            raise TimeoutError
        commit = asyncio.create_task(self._in_order(items))
        done, _ = await asyncio.wait({commit}, timeout=PATIENCE)
        if not done:
            commit.add_done_callback(lambda task: task.cancelled() or task.exception())
            self._late = commit
            raise TimeoutError
        commit.result()

    async def _in_order(self, items: Sequence[Item]) -> None:
        if self._spooled:
            await self.flush()
        await self._commit(items)

    async def _commit(self, items: Sequence[Item]) -> None:
        """All in one transaction; what no database takes is set aside, the others are stored."""
        try:
            await self._store(items)
        except Exception as error:
            if not _is_bad_data(error):
                raise
            if len(items) > 1:
                for item in items:
                    await self._commit([item])
            else:
                log.error("message_unstorable", error=type(error).__name__)
                if self._spool is not None:
                    await asyncio.to_thread(self._spool.set_aside, items, type(error).__name__)

    async def _store(self, items: Sequence[Item]) -> None:
        messages = [row for row, _ in items if row is not None]
        receipts = [row for _, row in items if row is not None]
        async with self._database.write() as connection:
            if messages:
                await inbox.store(connection, messages)
            if receipts:
                await outbox.store_receipts(connection, receipts)
        self._wake({row["partition"] for row in messages}, bool(receipts))

    async def _keep(self, batch: Sequence[tuple[Item, asyncio.Future[None]]]) -> None:
        try:
            if self._spool is None:
                raise OSError("no spool")
            await asyncio.to_thread(self._spool.keep, [item for item, _ in batch])
        except (OSError, TypeError):
            _tell(batch, Later("database", seconds=30))
        else:
            self._spooled = True
            _tell(batch, None)

    async def flush(self) -> int:
        """Bring the spool into the database; returns how many messages came. Safe to repeat."""
        spool, count = self._spool, 0
        if spool is None:
            return 0
        self._spooled = False
        try:
            for path in await asyncio.to_thread(spool.waiting):
                items = await asyncio.to_thread(spool.read, path)
                for start in range(0, len(items), AT_ONCE):
                    await self._commit(items[start : start + AT_ONCE])
                await asyncio.to_thread(spool.remove, path)
                count += len(items)
        except BaseException:
            self._spooled = True
            raise
        if count:
            log.info("spool_flushed", messages=count)
        return count


def _tell(batch: Sequence[tuple[Item, asyncio.Future[None]]], error: Later | None) -> None:
    for _, future in batch:
        if not future.done():
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)


def _is_bad_data(error: Exception) -> bool:
    """The message's fault, not the database's: it would fail for ever."""
    if isinstance(error, StatementError):
        return isinstance(error, DataError | IntegrityError) or not isinstance(error, DBAPIError)
    return isinstance(error, TypeError | ValueError)

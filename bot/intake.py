"""The way in: verified messages become inbox rows, many in one commit; then the provider gets 200.

When the database is away, messages go to a spool file that is flushed when it is back: Twilio does
not repeat an inbound webhook that failed (its error 11205).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import Inbound, Later, Receipt
from bot.clock import Clock
from nlu.normalise import clean
from storage import inbox, outbox
from storage.database import Database

log = structlog.get_logger(__name__)
_DEFAULTS = {f.name: f.default for f in fields(Inbound)}
_ITS_OWN_COLUMN = ("channel", "id", "address")
TEXT_LIMIT = 4096
AT_ONCE = 500

Item = tuple[dict[str, Any] | None, dict[str, Any] | None]


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
        self._spool = spool
        self._wake = wake
        self._queue: list[tuple[Item, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

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
        told = {
            name: value
            for name, value in asdict(item).items()
            if name not in _ITS_OWN_COLUMN and value != _DEFAULTS[name]
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
                await self._commit([item for item, _ in batch])
            except (SQLAlchemyError, OSError) as error:
                log.error("inbox_unavailable", error=type(error).__name__, messages=len(batch))
                await self._keep(batch)
            else:
                for _, future in batch:
                    if not future.done():
                        future.set_result(None)

    async def _commit(self, items: Sequence[Item]) -> None:
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
            await asyncio.to_thread(_append, self._spool, [item for item, _ in batch])
        except OSError:
            for _, future in batch:
                if not future.done():
                    future.set_exception(Later("database", seconds=30))
            return
        for _, future in batch:
            if not future.done():
                future.set_result(None)

    async def flush(self) -> int:
        """Bring the spool into the database; returns how many messages came. Safe to repeat."""
        if self._spool is None or not self._spool.exists():
            return 0
        taken = self._spool.with_suffix(".flushing")
        if not taken.exists():
            self._spool.rename(taken)
        items = [_item(line) for line in taken.read_bytes().splitlines() if line.strip()]
        for start in range(0, len(items), AT_ONCE):
            await self._commit(items[start : start + AT_ONCE])
        taken.unlink()
        log.info("spool_flushed", messages=len(items))
        return len(items)


def _append(path: Path, items: Sequence[Item]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
        file.writelines(orjson.dumps(item) + b"\n" for item in items)
        file.flush()
        os.fsync(file.fileno())


def _item(line: bytes) -> Item:
    row, receipt = orjson.loads(line)
    for told in (row, receipt):
        if told:
            told["received_at"] = datetime.fromisoformat(told["received_at"])
    return row, receipt

"""One process: asyncio tasks that drain turns and lanes when woken, and every few seconds anyway."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from bot.runtime import LaneDrain, Ticks, Turn
from bot.runtime.clock import Heartbeat

log = structlog.get_logger(__name__)


class Embedded:
    """The default runtime, over SQLite."""

    def __init__(
        self, turn: Turn, lanes: Mapping[str, LaneDrain], ticks: Ticks, sweep: float
    ) -> None:
        self._turn = turn
        self._lanes = lanes
        self._sweep = sweep
        self._inbox = asyncio.Event()
        self._due = {name: asyncio.Event() for name in lanes}
        self._heartbeat = Heartbeat(ticks)
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    def wake(self, partitions: set[int], lanes: set[str]) -> None:
        if partitions:
            self._inbox.set()
        for lane in lanes & self._due.keys():
            self._due[lane].set()

    async def start(self) -> None:
        self._heartbeat.start()
        loops = [self._loop(self._inbox, self._drain_turns)]
        loops += [self._loop(self._due[name], drain) for name, drain in self._lanes.items()]
        self._tasks = [asyncio.create_task(loop) for loop in loops]

    async def stop(self) -> None:
        self._stopping = True
        self._heartbeat.stop()
        self._inbox.set()
        for event in self._due.values():
            event.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=10)
            for task in late:
                task.cancel()

    async def _drain_turns(self) -> int:
        drained = await self._turn(None)
        self.wake(set(), drained.lanes)
        return drained.served

    async def _loop(self, event: asyncio.Event, drain: Callable[[], Awaitable[int]]) -> None:
        while not self._stopping:
            event.clear()
            try:
                while await drain() and not self._stopping:
                    await asyncio.sleep(0)
            except Exception as error:
                log.error("drain_failed", error=type(error).__name__)
                await asyncio.sleep(1)
            try:
                await asyncio.wait_for(event.wait(), self._sweep)
            except TimeoutError:
                continue

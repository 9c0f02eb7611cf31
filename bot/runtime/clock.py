"""APScheduler as a heartbeat inside one process: it wakes us up, due times stand in our tables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.runtime import Ticks

log = structlog.get_logger(__name__)


class Heartbeat:
    """Runs each tick every so many seconds, never twice at once, never stopping on an error."""

    def __init__(self, ticks: Ticks) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, (seconds, action) in ticks.items():
            self._scheduler.add_job(_guarded(name, action), "interval", seconds=seconds, id=name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


def _guarded(name: str, action: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        try:
            await action()
        except Exception as error:
            log.warning("tick_failed", tick=name, error=type(error).__name__)

    return tick

"""Many processes on PostgreSQL, with Procrastinate: a job is "drain this partition" or "this lane".

A job's lock keeps a partition serial and a lane exclusive, its queueing lock makes a second hint
nothing, and a dead worker's jobs are released when its heartbeat stops.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status
from psycopg import AsyncConnection
from sqlalchemy.engine import URL

from bot.runtime import LaneDrain, Ticks, Turn
from bot.runtime.clock import Heartbeat

log = structlog.get_logger(__name__)
POLL = 0.2
"""Seconds. A notice that comes while the worker is fetching is lost on it until it looks again."""
HEARTBEAT = 1.0
DEAD_AFTER = 5.0
"""Seconds without a heartbeat. Too soon does no harm: rows are claimed, partitions are locked."""


def conninfo(url: URL) -> str:
    """The address as psycopg takes it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def application(url: URL) -> App:
    """A Procrastinate app on the same database as our rows."""
    connector = PsycopgConnector(
        conninfo=conninfo(url), min_size=1, max_size=6, configure=_without_waiting
    )
    return App(connector=connector)


async def _without_waiting(connection: AsyncConnection[Any]) -> None:
    """Jobs are hints: one that a power cut takes is found by the sweep, so none waits for a disk."""
    await connection.execute("SET synchronous_commit TO off")
    await connection.commit()


class Distributed:
    """A worker among others."""

    def __init__(
        self,
        url: URL,
        turn: Turn,
        lanes: Mapping[str, LaneDrain],
        ticks: Ticks,
        waiting: Callable[[], Awaitable[tuple[set[int], set[str]]]],
        *,
        sweep: float,
        concurrency: int,
    ) -> None:
        self._app = application(url)
        self._turn = turn
        self._lanes = lanes
        self._waiting = waiting
        self._concurrency = concurrency
        self._hints: set[str] = set()
        self._hinted = asyncio.Event()
        self._heartbeat = Heartbeat(
            {**ticks, "sweep": (sweep, self._look), "rescue": (DEAD_AFTER / 2, self._rescue)}
        )
        self._tasks: list[asyncio.Task[None]] = []
        self._workers: set[int] = set()
        self._running: set[int] = set()
        self._ended: set[int] = set()
        """Jobs of ours that ended and did not say so, when we looked last."""
        self._jobs = {
            "partition": self._app.task(name="partition", pass_context=True)(self._partition),
            "lane": self._app.task(name="lane", pass_context=True)(self._lane),
        }

    def wake(self, partitions: set[int], lanes: set[str]) -> None:
        self._hints |= {f"partition:{number}" for number in partitions}
        self._hints |= {f"lane:{name}" for name in lanes & self._lanes.keys()}
        self._hinted.set()

    async def start(self) -> None:
        await self._app.open_async()
        self._heartbeat.start()
        self._tasks = [asyncio.create_task(self._work()), asyncio.create_task(self._tell())]
        await self._look()

    async def stop(self) -> None:
        self._heartbeat.stop()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=12)
        await self._app.close_async()

    async def _work(self) -> None:
        """The worker, begun again whenever the database was away."""
        while True:
            try:
                await self._app.run_worker_async(
                    concurrency=self._concurrency,
                    fetch_job_polling_interval=POLL,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=10,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=DEAD_AFTER,
                )
            except asyncio.CancelledError:
                raise
            except Exception as error:
                log.error("worker_failed", error=type(error).__name__)
                await asyncio.sleep(1)

    async def _tell(self) -> None:
        """Turn hints into jobs. A hint that gets lost is found by the sweep."""
        while True:
            await self._hinted.wait()
            self._hinted.clear()
            hints, self._hints = self._hints, set()
            for hint in sorted(hints):
                kind, _, name = hint.partition(":")
                job = self._jobs[kind].configure(lock=hint, queueing_lock=hint)
                try:
                    await job.defer_async(name=name)
                except AlreadyEnqueued:
                    continue
                except Exception as error:
                    log.warning("hint_lost", error=type(error).__name__)

    async def _partition(self, context: JobContext, name: str) -> None:
        async def serve() -> int:
            drained = await self._turn(int(name))
            self.wake(set(), drained.lanes)
            return drained.served

        with self._doing(context):
            await _until_empty(serve)

    async def _lane(self, context: JobContext, name: str) -> None:
        if name in self._lanes:
            with self._doing(context):
                await _until_empty(self._lanes[name])

    @contextmanager
    def _doing(self, context: JobContext) -> Iterator[None]:
        job, worker = context.job.id or 0, context.job.worker_id
        if worker is not None:
            self._workers.add(worker)
        self._running.add(job)
        try:
            yield
        finally:
            self._running.discard(job)

    async def _look(self) -> None:
        self.wake(*await self._waiting())

    async def _rescue(self) -> None:
        """Release the locks of workers that died, and of our own jobs whose end could not be
        written because the database was away; their rows are found by the sweep."""
        manager = self._app.job_manager
        stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER))
        ended = set()
        for worker in self._workers:
            for job in await manager.list_jobs_async(status="doing", worker_id=worker):
                if job.id is not None and job.id not in self._running:
                    ended.add(job.id)
                    stalled += [job] if job.id in self._ended else []
        self._ended = ended
        for job in stalled:
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)
            log.warning("stalled_job_released", job=job.task_name)


async def _until_empty(drain: LaneDrain) -> None:
    """What fails is looked at again by the sweep; Procrastinate would log an error's own words."""
    try:
        while await drain():
            await asyncio.sleep(0)
    except Exception as error:
        log.error("drain_failed", error=type(error).__name__)

"""The contract of both runtimes: hints wake, lost hints are found, stopping finishes what runs."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.runtime import Runtime
from bot.runtime.distributed import Distributed, application, conninfo
from bot.runtime.embedded import Embedded
from bot.settings import DatabaseSettings
from bot.turns import Drained
from tests.faults.processes import ROOT

SOON = 20.0
"""Seconds to wait for something that takes less than two; only a failure takes so long."""
NEVER = 3600.0


@dataclass
class Work:
    """Rows, as far as a runtime can tell: how many wait, and what was drained."""

    partitions: Counter[int] = field(default_factory=Counter)
    lanes: Counter[str] = field(default_factory=Counter)
    served: Counter[str] = field(default_factory=Counter)
    slow: float = 0.0
    running: int = 0
    most_at_once: Counter[int | None] = field(default_factory=Counter)
    at_once: Counter[int | None] = field(default_factory=Counter)
    finished: int = 0

    async def turn(self, partition: int | None) -> Drained:
        self.at_once[partition] += 1
        self.most_at_once[partition] = max(self.most_at_once[partition], self.at_once[partition])
        try:
            waits = [p for p in self.partitions if partition in (None, p) and self.partitions[p]]
            if not waits:
                return Drained()
            self.running += 1
            await asyncio.sleep(self.slow)
            self.running -= 1
            self.finished += 1
            for one in waits:
                self.served[str(one)] += self.partitions.pop(one)
            self.lanes["sms"] += 1
            return Drained(len(waits), {"sms"})
        finally:
            self.at_once[partition] -= 1

    async def lane(self) -> int:
        count = self.lanes.pop("sms", 0)
        self.served["sms"] += count
        return count

    async def waiting(self) -> tuple[set[int], set[str]]:
        return {p for p, n in self.partitions.items() if n}, {
            n for n in self.lanes if self.lanes[n]
        }


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON):
        while not true():
            await asyncio.sleep(0.01)


@pytest.fixture
async def queue(postgres: str) -> str:
    """The address of a PostgreSQL with Procrastinate's tables."""
    url = DatabaseSettings(url=postgres).url
    app = application(make_url(url))
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
    return url


Make = Callable[[Work, float], Runtime]


def _embedded(work: Work, sweep: float) -> Runtime:
    return Embedded(work.turn, {"sms": work.lane}, {}, sweep)


@pytest.fixture
def distributed(queue: str) -> Make:
    url = make_url(queue)
    return lambda work, sweep: Distributed(
        url, work.turn, {"sms": work.lane}, {}, work.waiting, sweep=sweep, concurrency=4
    )


@pytest.fixture(params=["embedded", "distributed"])
def make(request: pytest.FixtureRequest) -> Make:
    """Makes a runtime of either kind over ``Work``, with so many seconds between sweeps."""
    if request.param == "embedded":
        return _embedded
    made: Make = request.getfixturevalue("distributed")
    return made


async def test_a_wake_leads_to_a_drain(make: Make) -> None:
    work = Work()
    runtime = make(work, NEVER)
    await runtime.start()
    work.partitions[7] = 3
    runtime.wake({7}, set())
    await until(lambda: work.served["7"] == 3 and work.served["sms"] == 1)
    await runtime.stop()


async def test_a_lost_wake_is_found_by_the_sweep(make: Make) -> None:
    work = Work()
    runtime = make(work, 0.2)
    await runtime.start()
    work.partitions[7] = 1
    work.lanes["sms"] = 1
    await until(lambda: work.served["7"] == 1 and work.served["sms"] == 2)
    await runtime.stop()


async def test_stopping_finishes_what_runs(make: Make) -> None:
    work = Work(slow=1.0)
    runtime = make(work, 0.2)
    await runtime.start()
    work.partitions[7] = 1
    runtime.wake({7}, set())
    await until(lambda: work.running == 1)
    async with asyncio.timeout(15):
        await runtime.stop()
    assert work.finished == 1
    work.partitions[8] = 1
    await asyncio.sleep(0.5)
    assert not work.served["8"], "nothing begins after the end"


async def test_what_runs_for_ever_does_not_hold_the_end(make: Make) -> None:
    work = Work(slow=NEVER)
    runtime = make(work, 0.2)
    await runtime.start()
    work.partitions[7] = 1
    runtime.wake({7}, set())
    await until(lambda: work.running == 1)
    async with asyncio.timeout(20):
        await runtime.stop()


async def test_a_partition_is_drained_by_one_at_a_time(make: Make) -> None:
    work = Work(slow=0.05)
    runtime = make(work, 0.05)
    await runtime.start()
    for _ in range(20):
        work.partitions[7] += 1
        runtime.wake({7}, {"sms"})
        await asyncio.sleep(0.02)
    await until(lambda: work.served["7"] == 20)
    await runtime.stop()
    assert set(work.most_at_once.values()) <= {0, 1}


async def test_a_drain_that_raises_is_tried_again(make: Make) -> None:
    work = Work()
    turn, tries = work.turn, Counter[str]()

    async def sometimes(partition: int | None) -> Drained:
        tries["turn"] += 1
        if tries["turn"] < 3:
            raise RuntimeError("the database is away")
        return await turn(partition)

    work.turn = sometimes  # type: ignore[method-assign]
    runtime = make(work, 0.2)
    await runtime.start()
    work.partitions[7] = 1
    runtime.wake({7}, set())
    await until(lambda: work.served["7"] == 1)
    await runtime.stop()


async def test_a_job_whose_end_was_not_written_is_released(queue: str, distributed: Make) -> None:
    """PostgreSQL stopped between a drain and the end of its job: the worker lives, the lock too."""
    work = Work()
    runtime = distributed(work, 0.5)
    await runtime.start()
    work.partitions[7] = 1
    await until(lambda: work.served["7"] == 1)
    async with await psycopg.AsyncConnection.connect(conninfo(make_url(queue))) as connection:
        await connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, status, worker_id) "
            "SELECT 'default', 'partition', 'partition:7', '{\"name\": \"7\"}', 'doing', max(id) "
            "FROM procrastinate_workers"
        )
    work.partitions[7] = 1
    await until(lambda: work.served["7"] == 2)
    await runtime.stop()


async def test_a_dead_workers_partition_is_taken_over(queue: str, distributed: Make) -> None:
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.dying_worker", queue, "7",
        stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert worker.stdout is not None
    async with asyncio.timeout(SOON):
        assert await worker.stdout.readline() == b"drains\n"
    worker.kill()
    await worker.communicate()
    work = Work(partitions=Counter({7: 1}))
    runtime = distributed(work, 0.5)
    await runtime.start()
    await until(lambda: work.served["7"] == 1)
    await runtime.stop()

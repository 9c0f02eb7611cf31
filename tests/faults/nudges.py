"""Very many nudges that fall due at once, while other people are talking and processes are killed.

    python -m tests.faults.nudges --people 100000 --database postgres
    python -m tests.faults.nudges --people 100000 --database postgres --no-kills
    python -m tests.faults.nudges --people 10000 --database sqlite

Everybody stopped in the middle of joining, 21 hours ago. On PostgreSQL one ``mem serve`` and two
``mem worker`` fire and send, and the two workers are killed at random and started again; on SQLite
one ``mem serve`` does. All the while newcomers write on Telegram, four a second. At the end
everybody was nudged exactly once, and nobody who talked waited much longer than before.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import func, insert, literal, select

from bot.clock import Clock
from bot.rehearsal import Rehearsal
from bot.runtime.distributed import DEAD_AFTER
from bot.settings import DatabaseSettings, Settings
from storage.database import Database
from storage.tables import inbox, outbox, people, timers
from tests.conftest import MONDAY
from tests.faults.far import Far
from tests.faults.people import (
    PATIENCE,
    SCRIPT,
    Person,
    Poster,
    after,
    crowd,
    newcomers,
    percentile,
)
from tests.faults.processes import (
    ANY_HOUR,
    Process,
    environment,
    free_port,
    paced,
    place,
    rage,
    until_healthy,
)
from tests.faults.seeding import populate

NUDGE = "Il reste des questions"
SILENT = timedelta(hours=21)
"""Long enough for a nudge, short enough for WhatsApp to take free text."""
WINDOW = 10
"""Seconds."""
MAY_WAIT = 2.0
"""Seconds that an answer may take longer than in peace."""
UNTIL_RESCUED = 1.5 * DEAD_AFTER
"""And where the process that had begun with it was killed."""


@dataclass
class Result:
    """What a run did, and what was wrong with it."""

    people: int = 0
    seconds: float = 0.0
    kills: int = 0
    windows: list[int] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    unsure_answers: int = 0
    """In flight on Telegram when their process was killed: they may never have arrived."""
    problems: list[str] = field(default_factory=list)

    def told(self) -> str:
        per_second = self.accepted / self.seconds if self.seconds else 0
        lines = [
            f"{self.people} nudges in {self.seconds:.0f} s ({per_second:.0f} a second), "
            f"{self.kills} kills; accepted {self.accepted}, marked {dict(self.states)}",
            f"an answer in peace: {_told(self.idle)}; meanwhile: {_told(self.busy)}, unsure "
            f"{self.unsure_answers}",
        ]
        if whole := self.windows[:-1]:
            lines.append(
                f"accepted in each {WINDOW} s: min {min(whole)}, median "
                f"{statistics.median(whole):.0f}, max {max(whole)}: {self.windows}"
            )
        return "\n".join([*lines, *(self.problems or ["everybody once, nobody kept waiting"])])


def _told(waits: Sequence[float]) -> str:
    fifty, ninety_nine = percentile(waits, 50), percentile(waits, 99)
    most = max(waits) * 1000
    return f"p50 {fifty:.0f} ms, p99 {ninety_nine:.0f} ms, max {most:.0f} ms of {len(waits)}"


async def halfway() -> dict[str, Any]:
    """The state of somebody who stopped in the middle of joining."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database={"url": f"sqlite:///{folder}/halfway.db"})
        rehearsal = Rehearsal(settings, Clock(MONDAY))
        await rehearsal.begin()
        for line in SCRIPT[:3]:
            await rehearsal.write("telegram:1", text=line)
        async with rehearsal.app.database.read() as connection:
            state: dict[str, Any] = (await connection.execute(select(people.c.state))).scalar_one()
        await rehearsal.end()
    return state


async def due_at_once(database: Database, many: int) -> None:
    """One nudge for each of the first so many people, all due now."""
    columns = ("person_id", "kind", "subject", "due_at", "state", "times")
    now = literal(datetime.now(UTC), timers.c.due_at.type)
    told = ("unfinished", "onboarding", now, "new", 0)
    rows = select(people.c.id, *(one if one is now else literal(one) for one in told))
    async with database.write() as connection:
        await connection.execute(
            insert(timers).from_select(columns, rows.where(people.c.id <= many))
        )


async def run(
    database_url: str,
    folder: Path,
    *,
    many: int,
    kills: tuple[float, float] | None = (2.0, 6.0),
    pace: float = 400.0,
    peace: float = 20.0,
    may_wait: float = MAY_WAIT,
    seed: int = 1,
) -> Result:
    """One run over an empty database. Its findings are in ``Result.problems``.

    ``kills``: seconds between two, at least and at most. ``peace``: seconds of talk before the nudges.
    """
    result = Result(people=many)
    who = crowd(many)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    async with Far((0.01, 0.05), seed=seed) as far, aiohttp.ClientSession() as session:
        env = environment(
            database_url, far.url, WORK__LEASE_SECONDS="13", **ANY_HOUR, **paced(pace)
        )
        Process(folder, env, "migrate").run()
        serve = Process(folder, env, "serve", "--port", str(port))
        others = 2 if database_url.startswith("postgresql") else 0
        workers = [Process(folder, env, "worker") for _ in range(others)]
        database = Database(DatabaseSettings(url=database_url).url)
        state = await halfway()
        await populate(database, who, datetime.now(UTC) - SILENT, lambda _: {"state": state})
        poster = Poster(session, base)
        killing: asyncio.Task[None] | None = None
        try:
            for process in (serve, *workers):
                process.start()
            await until_healthy(session, base, serve)
            result.idle = await newcomers(poster, far, 900_000, after(peace))
            await due_at_once(database, many)
            began, at = time.monotonic(), datetime.now(UTC)
            over = asyncio.Event()
            talking = asyncio.create_task(newcomers(poster, far, 950_000, over.is_set))
            if kills:
                killing = asyncio.create_task(rage(workers, random.Random(seed), kills))
            await _until_done(database, result)
            result.seconds = time.monotonic() - began
            over.set()
            result.busy = await talking
            await compare(database, far, who, at, result)
        finally:
            if killing is not None:
                killing.cancel()
            for process in (serve, *workers):
                process.kill()
            await database.close()
        result.kills = sum(process.starts - 1 for process in workers)
    _waited(result, may_wait)
    return result


async def _until_done(database: Database, result: Result) -> None:
    """Return when no nudge of ours waits any more: as a timer, in the inbox or in the outbox."""
    open_now = (
        select(timers.c.id).where(timers.c.state == "new", timers.c.times == 0),
        select(inbox.c.id).where(inbox.c.state == "new", inbox.c.channel == "event"),
        select(outbox.c.id).where(outbox.c.state.in_(("new", "sending")), outbox.c.rank == 1),
    )
    ours = open_now[0].where(timers.c.person_id <= result.people)
    until = time.monotonic() + 3000
    while time.monotonic() < until:
        async with database.read() as connection:
            for query in (ours, *open_now[1:]):
                if (await connection.execute(query.limit(1))).first() is not None:
                    break
            else:
                return
        await asyncio.sleep(0.5)
    result.problems.append("it does not end")


async def compare(
    database: Database, far: Far, who: Sequence[Person], began: datetime, result: Result
) -> None:
    """The ledger and the database against each other."""
    nudges = [one for one in far.ledger if one.text.startswith(NUDGE)]
    got = Counter((one.channel, one.address) for one in nudges)
    result.accepted = len(nudges)
    if nudges:
        at = Counter(int((one.at - began).total_seconds()) // WINDOW for one in nudges)
        result.windows = [at[window] for window in range(max(at) + 1)]
    async with database.read() as connection:
        columns = (outbox.c.channel, outbox.c.address, outbox.c.state)
        rows = (await connection.execute(select(*columns).where(outbox.c.rank == 1))).all()
        following = select(func.count()).select_from(timers).where(timers.c.times == 1)
        asked_again = await connection.scalar(following.where(timers.c.state == "new"))
        parked = await connection.scalar(
            select(func.count()).select_from(inbox).where(inbox.c.state == "parked")
        )
        unsure = select(func.count()).select_from(outbox).where(outbox.c.state == "unsure")
        result.unsure_answers = await connection.scalar(unsure.where(outbox.c.rank == 0)) or 0
    result.states = Counter(row.state for row in rows)
    states = {(row.channel, row.address): row.state for row in rows}
    everybody = {(one.channel, one.address) for one in who}
    wrong = {
        "were nudged twice": sum(times > 1 for times in got.values()),
        "nudges were written twice": len(rows) - len(states),
        "have no nudge": len(everybody - states.keys()),
        "were nudged for no reason": len(got.keys() - everybody),
        "are marked sent and got nothing": sum(
            state == "sent" and key not in got for key, state in states.items()
        ),
        "are neither sent nor unsure": len(rows) - result.states["sent"] - result.states["unsure"],
        "will not be asked again": len(who) - (asked_again or 0),
        "events are parked": parked or 0,
    }
    result.problems += [f"{count} {what}" for what, count in wrong.items() if count]


def _waited(result: Result, may_wait: float) -> None:
    """Those who talked, beside those who talked in peace."""
    answered = [wait for wait in result.busy if wait < PATIENCE]
    if (late := len(result.busy) - len(answered)) > result.unsure_answers:
        result.problems.append(f"{late} were not answered within {PATIENCE:.0f} s")
    more = (percentile(answered, 99) - percentile(result.idle, 99)) / 1000
    if more > may_wait + (UNTIL_RESCUED if result.kills else 0):
        result.problems.append(f"an answer took {more:.1f} s longer (p99)")


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--pace", type=float, default=400.0, help="messages a second and channel")
    parser.add_argument("--kills", action=argparse.BooleanOptionalAction, default=True)
    told = parser.parse_args()
    with place(told.database, "nudges") as (url, folder):
        every = (2.0, 6.0) if told.kills else None
        result = await run(url, folder, many=told.people, kills=every, pace=told.pace)
    print(f"{told.database}: {result.told()}")
    return 1 if result.problems else 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))

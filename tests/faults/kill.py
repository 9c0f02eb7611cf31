"""kill -9 at random moments while messages come in: nothing lost, nothing sent twice.

    python -m tests.faults.kill --turns 2000 --database sqlite
    python -m tests.faults.kill --turns 2000 --database postgres --resets 0.05

On SQLite one ``mem serve`` is killed, on PostgreSQL one ``mem serve`` and two ``mem worker``, each
some seconds after it came up (sometimes while it starts). The providers' far side and the people
are in this process, which nobody kills. At the end the far side's ledger and the database must
agree; what does not is printed and the exit code is 1.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import func, select

from bot.settings import DatabaseSettings
from storage.database import Database
from storage.tables import inbox, mentees, outbox
from tests.faults.far import Far
from tests.faults.people import SCRIPT, Person, Poster, crowd, expected, play
from tests.faults.processes import Process, environment, free_port, place, until_healthy

LEASE = 3.0
"""Seconds: more than any call to the far side takes here."""
CLAIMED_AT_ONCE = 8


@dataclass
class Result:
    """What a run did, and what was wrong with it."""

    turns: int = 0
    seconds: float = 0.0
    kills: int = 0
    repeated_posts: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    resets: Counter[str] = field(default_factory=Counter)
    looked_up: int = 0
    unsure: int = 0
    unsure_not_arrived: int = 0
    in_flight_at_kills: int = 0
    problems: list[str] = field(default_factory=list)

    def told(self) -> str:
        lines = [
            f"{self.turns} turns in {self.seconds:.0f} s, {self.kills} kills, "
            f"{self.repeated_posts} posts repeated, {self.looked_up} look-ups at Twilio",
            f"accepted by the far side: {dict(self.accepted)}, then reset: {dict(self.resets)}",
            f"Telegram unsure: {self.unsure} (of these never arrived: {self.unsure_not_arrived}; "
            f"calls in flight at kills: {self.in_flight_at_kills})",
            *(self.problems or ["nothing lost, nothing twice, all in order"]),
        ]
        return "\n".join(lines)


@dataclass
class Arena:
    """The processes of one run and who may be killed."""

    far: Far
    session: aiohttp.ClientSession
    base: str
    processes: list[Process]
    chance: random.Random
    kills: int = 0
    in_flight: int = 0

    async def begin(self) -> None:
        for process in self.processes:
            process.start()
        await self._up()

    async def _up(self) -> None:
        await until_healthy(self.session, self.base, self.processes[0])

    async def rage(self, least: float, most: float) -> None:
        """Kill somebody every few seconds, for ever."""
        while True:
            await asyncio.sleep(self.chance.uniform(least, most))
            process = self.chance.choice(self.processes)
            self.in_flight += self.far.in_flight["telegram"]
            process.kill()
            self.kills += 1
            process.start()
            if process is self.processes[0] and self.chance.random() > 0.15:
                await self._up()

    def end(self) -> None:
        for process in self.processes:
            process.kill()


async def run(
    database_url: str,
    folder: Path,
    *,
    turns: int,
    resets: float = 0.0,
    workers: int = 0,
    pace: float = 40.0,
    every: tuple[float, float] = (1.0, 3.0),
    seed: int = 1,
) -> Result:
    """One run; the database may be empty. Its findings are in ``Result.problems``."""
    chance = random.Random(seed)
    people = crowd(max(3, -(-turns // len(SCRIPT))))
    result = Result(turns=len(people) * len(SCRIPT))
    wanted = await expected()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    began = time.monotonic()
    async with Far(reset_share=resets, seed=seed) as far, aiohttp.ClientSession() as session:
        env = environment(database_url, far.url, WORK__LEASE_SECONDS=str(LEASE))
        Process(folder, env, "migrate").run()
        names = [("serve", "--port", str(port)), *([("worker",)] * workers)]
        arena = Arena(far, session, base, [Process(folder, env, *name) for name in names], chance)
        database = Database(DatabaseSettings(url=database_url).url)
        poster = Poster(session, base)
        try:
            await arena.begin()
            killing = asyncio.create_task(arena.rage(*every))
            await play(poster, people, SCRIPT, pace)
            killing.cancel()
            await asyncio.gather(killing, return_exceptions=True)
            if killing.done() and not killing.cancelled():
                result.problems.append(f"a process did not come up: {killing.exception()!r}")
            await until_quiet(database, result)
            await compare(database, far, people, wanted, result)
        finally:
            arena.end()
            await database.close()
    result.seconds = time.monotonic() - began
    result.kills, result.in_flight_at_kills = arena.kills, arena.in_flight
    result.repeated_posts, result.resets = poster.again, far.resets
    result.looked_up = far.calls["list"]
    if poster.refused:
        result.problems.append(f"{poster.refused} webhooks were answered, but not with 200")
    if result.unsure > CLAIMED_AT_ONCE * arena.kills + far.resets["telegram"]:
        result.problems.append("more unsure than can have been in flight")
    return result


async def until_quiet(database: Database, result: Result, patience: float = 180) -> None:
    """Return when nothing waits any more."""
    waiting = {"inbox": inbox.c.state == "new", "outbox": outbox.c.state.in_(("new", "sending"))}
    left: dict[str, int] = {}
    until = time.monotonic() + patience
    while time.monotonic() < until:
        async with database.read() as connection:
            for table, (name, where) in zip((inbox, outbox), waiting.items(), strict=True):
                query = select(func.count()).select_from(table).where(where)
                left[name] = await connection.scalar(query) or 0
        if not any(left.values()):
            return
        await asyncio.sleep(0.3)
    result.problems.append(f"it does not come to rest: {left} still wait")


async def compare(
    database: Database,
    far: Far,
    people: Sequence[Person],
    wanted: Mapping[str, Sequence[str]],
    result: Result,
) -> None:
    """The ledger and the database against each other, and both against an undisturbed play."""
    async with database.read() as connection:
        heard = (await connection.execute(select(inbox).where(inbox.c.channel != "event"))).all()
        said = (await connection.execute(select(outbox).order_by(outbox.c.id))).all()
        registered = await connection.scalar(select(func.count()).select_from(mentees))
    result.accepted = Counter(one.channel for one in far.ledger)
    problems = result.problems
    _expect(problems, "messages in the inbox", len(heard), result.turns)
    _expect(problems, "messages served", sum(row.state == "done" for row in heard), result.turns)
    _expect(problems, "people registered", registered, len(people))
    replies = Counter(row.inbox_id for row in said)
    _expect(
        problems, "messages with one reply", sum(n == 1 for n in replies.values()), result.turns
    )
    _expect(problems, "replies", len(said), result.turns)
    by_person: dict[tuple[str, str], list[Any]] = {}
    for row in said:
        by_person.setdefault((row.channel, row.address), []).append(row)
    for person in people:
        key = (person.channel, person.address)
        mine = [one for one in far.ledger if (one.channel, one.address) == key]
        rows, texts = by_person.get(key, []), list(wanted[person.channel])
        if person.channel == "telegram":
            _telegram(person, mine, rows, texts, result)
            continue
        if [one.text for one in mine] != texts:
            problems.append(f"{person}: {_difference([one.text for one in mine], texts)}")
        if {row.provider_id for row in rows} != {one.id for one in mine}:
            problems.append(f"{person}: the outbox names other ids than the ledger")
        if {row.state for row in rows} != {"sent"}:
            problems.append(f"{person}: {Counter(row.state for row in rows)}")


def _telegram(
    person: Person, mine: Sequence[Any], rows: Sequence[Any], texts: list[str], result: Result
) -> None:
    """What is marked sent arrived; what never arrived is marked unsure; nothing came twice."""
    states = Counter(row.state for row in rows)
    result.unsure += states["unsure"]
    result.unsure_not_arrived += len(texts) - len(mine)
    problems = result.problems
    if set(states) - {"sent", "unsure"}:
        problems.append(f"{person}: {states}")
    sent = {row.provider_id for row in rows if row.state == "sent"}
    if len(sent) != states["sent"] or sent - {one.id for one in mine}:
        problems.append(f"{person}: marked sent and not in the ledger")
    if not _is_part_of([one.text for one in mine], texts):
        problems.append(f"{person}: {_difference([one.text for one in mine], texts)}")
    if len(texts) - len(mine) > states["unsure"]:
        problems.append(f"{person}: {len(texts) - len(mine)} missing, {states['unsure']} unsure")


def _is_part_of(some: Sequence[str], whole: Sequence[str]) -> bool:
    """The same in the same order, perhaps with gaps."""
    rest = iter(whole)
    return all(any(one == other for other in rest) for one in some)


def _difference(got: Sequence[str], wanted: Sequence[str]) -> str:
    twice = sum((Counter(got) - Counter(wanted)).values())
    lost = sum((Counter(wanted) - Counter(got)).values())
    return f"{lost} lost, {twice} twice or foreign" if lost or twice else "in another order"


def _expect(problems: list[str], what: str, got: object, wanted: object) -> None:
    if got != wanted:
        problems.append(f"{what}: {got}, not {wanted}")


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--turns", type=int, default=2000)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--resets", type=float, default=0.05, help="share accepted and then cut")
    parser.add_argument("--pace", type=float, default=40.0, help="messages a second in all")
    parser.add_argument("--every", type=float, nargs=2, default=(1.0, 3.0), metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    with place(told.database, "kill") as (url, folder):
        result = await run(
            url,
            folder,
            turns=told.turns,
            resets=told.resets,
            workers=2 if told.database == "postgres" else 0,
            pace=told.pace,
            every=tuple(told.every),
            seed=told.seed,
        )
    print(f"{told.database}: {result.told()}")
    return 1 if result.problems else 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))

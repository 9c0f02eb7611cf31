"""An announcement to very many while the provider is in trouble and processes are killed.

    python -m tests.faults.broadcast --people 100000 --database postgres
    python -m tests.faults.broadcast --people 10000 --database sqlite

On PostgreSQL one ``mem serve`` and two ``mem worker`` send, and the two workers are killed at
random and started again; on SQLite one ``mem serve`` sends. The far side throttles, fails, hangs,
accepts and cuts the line, and reports each delivery twice. Meanwhile people say STOP. At the end
nobody may have got it twice or after their STOP, nobody may be lost, at every look on the way the
sums must have been the audience, and no channel may have been faster than its pace.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from bot import broadcasts as plans
from bot.broadcasts import Status
from bot.channels.base import Limits
from bot.settings import DatabaseSettings
from storage import broadcasts
from storage.database import Database
from storage.tables import outbox, people
from tests.faults.far import Far
from tests.faults.people import ACCOUNT, NUMBER, PUBLIC, TOKEN, Person, Poster, crowd
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

TEXT = "Bonjour, atelier jeudi."
STOPPED_BEFORE, STOPPING = 0.03, 0.02
"""Shares of the audience."""
IN_FLIGHT = timedelta(seconds=3)
"""What was claimed before a STOP was committed may still arrive within it."""
WINDOW = 10
"""Seconds in which a channel's pace is looked at."""


@dataclass
class Result:
    """What a run did, and what was wrong with it."""

    people: int = 0
    seconds: float = 0.0
    kills: int = 0
    looks: int = 0
    status: Status = field(default_factory=Status)
    accepted: int = 0
    fastest: dict[str, int] = field(default_factory=dict)
    """Most that a channel handed over in any ten seconds."""
    troubles: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def told(self) -> str:
        now = self.status
        return "\n".join(
            [
                f"{self.people} people in {self.seconds:.0f} s, {self.kills} kills, far side: "
                f"{dict(self.troubles)}; {self.looks} looks at the sums",
                f"accepted {self.accepted}: sent {now.sent}, delivered {now.delivered}, unsure "
                f"{now.unsure}, failed {dict(now.failed)}, suppressed {dict(now.suppressed)}",
                f"most in {WINDOW} s: {self.fastest}",
                *(self.problems or ["nobody twice, nobody lost, nobody after their STOP"]),
            ]
        )


async def seed(database: Database, who: list[Person], chance: random.Random) -> set[str]:
    """Mentees who wrote two hours ago; returns the addresses of those who had said STOP before."""
    seen = datetime.now(UTC) - timedelta(hours=2)
    stopped = {one.address for one in who if chance.random() < STOPPED_BEFORE}
    await populate(
        database,
        who,
        seen,
        lambda one: {
            "state": {},
            "registered_at": seen,
            "opted_out_at": seen if one.address in stopped else None,
        },
    )
    return stopped


async def report(session: aiohttp.ClientSession, base: str, far: Far) -> None:
    """The far side's reports of what it delivered, each twice, for ever."""
    told = 0
    path = "/webhooks/twilio/status"
    while True:
        await asyncio.sleep(0.2)
        fresh, told = far.ledger[told:], len(far.ledger)
        for one in fresh:
            if one.channel == "telegram":
                continue
            prefix = "whatsapp:" if one.channel == "whatsapp" else ""
            form = {
                "MessageSid": one.id, "MessageStatus": "delivered", "AccountSid": ACCOUNT,
                "To": prefix + one.address, "From": prefix + NUMBER,
            }  # fmt: skip
            signature = RequestValidator(TOKEN).compute_signature(PUBLIC + path, form)
            for _ in range(2):
                await _tell(session, base + path, form, signature)


async def _tell(
    session: aiohttp.ClientSession, url: str, form: dict[str, str], signature: str
) -> None:
    """One report, again where the line was cut."""
    for _ in range(50):
        try:
            headers = {"X-Twilio-Signature": signature}
            async with session.post(url, data=form, headers=headers) as answer:
                assert answer.status == 200
                return
        except (aiohttp.ClientError, OSError):
            await asyncio.sleep(0.1)
    raise RuntimeError("nobody takes reports")


async def run(
    database_url: str, folder: Path, *, many: int, pace: float = 400.0, seed_of: int = 1
) -> Result:
    """One run over an empty database. Its findings are in ``Result.problems``."""
    chance = random.Random(seed_of)
    result = Result(people=many)
    who = crowd(many)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    postgres = database_url.startswith("postgresql")
    shares = {"throttle_share": 0.0005, "fail_share": 0.002, "reset_share": 0.001}
    async with (
        Far((0.01, 0.05), hang_share=5 / many, seed=seed_of, **shares) as far,
        aiohttp.ClientSession() as session,
    ):
        env = environment(
            database_url, far.url, WORK__LEASE_SECONDS="13", **ANY_HOUR, **paced(pace)
        )
        Process(folder, env, "migrate").run()
        serve = Process(folder, env, "serve", "--port", str(port))
        workers = [Process(folder, env, "worker") for _ in range(2 if postgres else 0)]
        database = Database(DatabaseSettings(url=database_url).url)
        stopped = await seed(database, who, chance)
        began = time.monotonic()
        tasks: list[asyncio.Task[None]] = []
        try:
            for process in (serve, *workers):
                process.start()
            await until_healthy(session, base, serve)
            number = await _send(database)
            tasks = [
                asyncio.create_task(report(session, base, far)),
                asyncio.create_task(rage(workers, chance)),
                asyncio.create_task(_stops(session, base, who, chance, many / pace / 3)),
            ]
            await _until_done(database, number, result)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            result.problems += [
                repr(task.exception())
                for task in tasks
                if not task.cancelled() and task.exception()
            ]
            await compare(database, far, number, stopped, result)
            keep_pace(far, pace, 3 if postgres else 1, result)
        finally:
            for process in (serve, *workers):
                process.kill()
            await database.close()
        result.seconds = time.monotonic() - began
        result.kills = sum(process.starts - 1 for process in workers)
        result.troubles = far.troubles + Counter(reset=far.resets.total())
    return result


async def _send(database: Database) -> int:
    now = datetime.now(UTC)
    async with database.write() as connection:
        told = {
            "title": "Atelier", "texts": {"fr": TEXT}, "fallback": ["fr"], "audience": {},
            "created_at": now,
        }  # fmt: skip
        number = await broadcasts.draft(connection, told)
    # Twenty at once: one of them sends.
    begun = await asyncio.gather(*(_begin(database, number, now) for _ in range(20)))
    assert sum(begun) == 1
    return number


async def _begin(database: Database, number: int, now: datetime) -> bool:
    async with database.write() as connection:
        return await plans.send(connection, number, "Africa/Casablanca", now) is not None


async def _stops(
    session: aiohttp.ClientSession, base: str, who: list[Person], chance: random.Random, over: float
) -> None:
    """Some say STOP while it goes out."""
    poster = Poster(session, base)
    some = chance.sample(who, max(1, round(len(who) * STOPPING)))
    for number, one in enumerate(some):
        await asyncio.sleep(over / len(some))
        await poster.deliver(one, number % 900, "STOP")
    await asyncio.sleep(3600)


async def _until_done(database: Database, number: int, result: Result) -> None:
    until = time.monotonic() + 3000
    while time.monotonic() < until:
        async with database.read() as connection:
            result.status = plans.status(await broadcasts.counts(connection, number))
        result.looks += 1
        if result.status.total != result.people:
            result.problems.append(f"{result.status.total} copies of {result.people}")
        if not result.status.open:
            return
        await asyncio.sleep(1)
    result.problems.append(f"it does not end: {result.status}")


async def compare(
    database: Database, far: Far, number: int, stopped: set[str], result: Result
) -> None:
    """The ledger and the database against each other."""
    got = Counter((one.channel, one.address) for one in far.ledger if one.text.startswith(TEXT))
    result.accepted = got.total()
    async with database.read() as connection:
        columns = (outbox.c.channel, outbox.c.address, outbox.c.state, people.c.opted_out_at)
        query = select(*columns).join(people, people.c.id == outbox.c.person_id)
        rows = (await connection.execute(query.where(outbox.c.broadcast_id == number))).all()
    problems = result.problems
    twice = [key for key, times in got.items() if times > 1]
    if twice:
        problems.append(f"{len(twice)} got it twice, on {Counter(key[0] for key in twice)}")
    states = {(row.channel, row.address): row for row in rows}
    lost = [key for key, row in states.items() if row.state == "sent" and key not in got]
    if lost:
        problems.append(f"{len(lost)} are marked sent and got nothing")
    surprised = [key for key in got if states[key].state not in ("sent", "unsure")]
    if surprised:
        told = Counter(f"{key[0]} {states[key].state}" for key in surprised)
        problems.append(f"{len(surprised)} got it and are not marked so: {dict(told)}")
    if early := stopped & {key[1] for key in got}:
        problems.append(f"{len(early)} got it who had said STOP before")
    after = [
        one
        for one in far.ledger
        if one.text.startswith(TEXT)
        and (out := states[one.channel, one.address].opted_out_at) is not None
        and one.at > out + IN_FLIGHT
    ]
    if after:
        problems.append(f"{len(after)} got it after their STOP")


def keep_pace(far: Far, pace: float, processes: int, result: Result) -> None:
    """However many processes send: what each may have had under way comes on top at most."""
    under_way = Limits(text=1, per_second=pace).in_flight * processes
    for channel in ("whatsapp", "sms", "telegram"):
        moments = [one.at for one in far.accepted(channel)]
        first, most = 0, 0
        for last, at in enumerate(moments, start=1):
            while at - moments[first] > timedelta(seconds=WINDOW):
                first += 1
            most = max(most, last - first)
        result.fastest[channel] = most
        if most > pace * WINDOW + under_way:
            result.problems.append(f"{channel}: {most} in {WINDOW} s, at {pace} a second")


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--pace", type=float, default=400.0, help="messages a second and channel")
    told = parser.parse_args()
    with place(told.database, "many") as (url, folder):
        result = await run(url, folder, many=told.people, pace=told.pace)
    print(f"{told.database}: {result.told()}")
    return 1 if result.problems else 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))

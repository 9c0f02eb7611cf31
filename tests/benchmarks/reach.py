"""What an announcement costs: making its copies, handing one over, and those who are talking.

    python -m tests.benchmarks.reach --people 100000

1. Copies a second from the audience to the outbox, beside rows of the same width that the database
   copies from table to table with the same indexes and nothing to decide.
2. CPU of this process for each message that a lane sends, beside a bare HTTP client that posts the
   same forms to the same far side (in a process of its own).
3. Seconds from a person's message to its answer at the provider, idle and while an announcement
   goes out: ``mem serve`` over PostgreSQL, p50 and p99.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import aiohttp
from sqlalchemy import text

from bot import broadcasts as plans
from bot.app import App
from bot.settings import DatabaseSettings, Settings
from storage import broadcasts, migrate
from storage.database import Database
from tests.faults.broadcast import TEXT, seed
from tests.faults.far import Far
from tests.faults.people import (
    ACCOUNT,
    BOT,
    NUMBER,
    PUBLIC,
    SECRET,
    TOKEN,
    Poster,
    after,
    crowd,
    newcomers,
    percentile,
)
from tests.faults.processes import ANY_HOUR, Process, environment, free_port, until_healthy
from tests.postgres import empty_database, server

NAMES = (
    "person_id, channel, address, purpose, payload, part, state, attempts, due_at, created_at, "
    "status_rank, rank, broadcast_id"
)


async def draft(database: Database) -> int:
    told = {
        "title": "Atelier", "texts": {"fr": TEXT}, "fallback": ["fr"], "audience": {},
        "created_at": datetime.now(UTC),
    }  # fmt: skip
    async with database.write() as connection:
        return await broadcasts.draft(connection, told)


async def begin(database: Database) -> float:
    """Send an announcement to all; returns the seconds that its copies took."""
    number = await draft(database)
    began = time.perf_counter()
    async with database.write() as connection:
        await plans.send(connection, number, "Africa/Casablanca", datetime.now(UTC))
    return time.perf_counter() - began


async def copies(url: str, many: int) -> str:
    database = Database(DatabaseSettings(url=url).url)
    await migrate.migrate(database)
    await seed(database, crowd(many), random.Random(1))
    ours = [await begin(database) for _ in range(3)]
    like = (
        "(LIKE outbox INCLUDING ALL)" if not database.sqlite else "AS SELECT * FROM outbox LIMIT 0"
    )
    raw = []
    for turn in range(3):
        async with database.write() as connection:
            await connection.execute(text(f"CREATE TABLE raw{turn} {like}"))
            if database.sqlite:
                for at, columns in enumerate(SQLITE_INDEXES):
                    await connection.execute(
                        text(f"CREATE INDEX r{turn}_{at} ON raw{turn} ({columns})")
                    )
        began = time.perf_counter()
        async with database.write() as connection:
            copied = f"INSERT INTO raw{turn} ({NAMES}) SELECT {NAMES} FROM outbox"
            where = "WHERE broadcast_id = 1"
            await connection.execute(text(f"{copied} {where}"))
        raw.append(time.perf_counter() - began)
    await database.close()
    mine, theirs = many / min(ours), many / min(raw)
    name = "SQLite" if database.sqlite else "PostgreSQL"
    return f"{name}: {mine:,.0f} copies a second, raw {theirs:,.0f}: ratio {mine / theirs:.2f}"


SQLITE_INDEXES = (
    "person_id", "channel, address, id", "channel, rank, due_at", "channel, id",
    "broadcast_id, state, channel, due_at", "person_id, sent_at", "channel, provider_id",
    "channel, address, id", "token",
)  # fmt: skip


def _far(pipe: Connection, latency: tuple[float, float]) -> None:
    async def serve() -> None:
        async with Far(latency) as far:
            pipe.send(far.url)
            await asyncio.get_running_loop().run_in_executor(None, pipe.recv)

    asyncio.run(serve())


@contextmanager
def far_process(latency: tuple[float, float] = (0.0, 0.0)) -> Iterator[str]:
    """A far side that does not share our CPU time; gives its address."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_far, args=(there, latency))
    process.start()
    yield here.recv()
    here.send("end")
    process.join(10)


def app_for(url: str, far_url: str) -> App:
    any_hour = [("00:00", "23:59")]
    hours = {
        name: tuple("-".join(span) for span in any_hour)
        for name in ("weekdays", "saturday", "sunday", "ramadan", "awaited")
    }
    settings = Settings(
        database={"url": url},
        server={"public_url": PUBLIC},
        reach={"hours": hours},
        telegram={
            "token": BOT, "webhook_secret": SECRET, "base_url": far_url, "per_second": 1000,
        },
        twilio={
            "account_sid": ACCOUNT, "auth_token": TOKEN, "whatsapp_number": NUMBER,
            "sms_number": NUMBER, "sms_per_second": 1000, "whatsapp_per_second": 1000,
            "api_base": far_url,
        },
    )  # fmt: skip
    return App(settings)


async def overhead(url: str, many: int, far_url: str) -> list[str]:
    app = app_for(url, far_url)
    await migrate.migrate(app.database)
    await seed(app.database, crowd(many), random.Random(1))
    await begin(app.database)
    told = []
    for name in ("sms", "telegram"):
        await app.channels[name].start()
        lane, sent, used = app.lanes[name], 0, time.process_time()
        while dealt := await lane.drain():
            sent += dealt
        await lane.finish()
        ours = (time.process_time() - used) / sent
        bare = await _bare(far_url, sent, name)
        await app.channels[name].stop()
        told.append(
            f"{name}: {ours * 1e3:.2f} ms of CPU a message, a bare client {bare * 1e3:.2f} ms: "
            f"ratio {ours / bare:.1f}"
        )
    await app.database.close()
    return told


async def _bare(far_url: str, many: int, channel: str) -> float:
    gate = asyncio.Semaphore(100)

    async def one(session: aiohttp.ClientSession, number: int) -> None:
        if channel == "sms":
            path, form = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", {
                "To": f"+2126{number:08d}", "From": NUMBER, "Body": TEXT,
            }  # fmt: skip
        else:
            path, form = f"/bot{BOT}/sendMessage", {"chat_id": str(number), "text": TEXT}
        async with gate, session.post(far_url + path, data=form) as answer:
            await answer.json()

    used = time.process_time()
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(one(session, number) for number in range(many)))
    return (time.process_time() - used) / many


async def latency(url: str, folder: Path, many: int, seconds: float) -> str:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    async with Far((0.02, 0.06)) as far, aiohttp.ClientSession() as session:
        env = environment(
            url, far.url, **ANY_HOUR, TELEGRAM__PER_SECOND="25",
            TWILIO__WHATSAPP_PER_SECOND="80",
        )  # fmt: skip
        Process(folder, env, "migrate").run()
        database = Database(DatabaseSettings(url=url).url)
        who = crowd(many)
        await seed(database, who, random.Random(1))
        serve = Process(folder, env, "serve", "--port", str(port))
        serve.start()
        await until_healthy(session, base, serve)
        poster = Poster(session, base)
        idle = await newcomers(poster, far, 900_000, after(seconds))
        await begin(database)
        await asyncio.sleep(1)
        before = len(far.ledger)
        busy = await newcomers(poster, far, 950_000, after(seconds))
        sent = len(far.ledger) - before
        serve.kill()
        await database.close()
    return (
        f"an answer: idle p50 {percentile(idle, 50):.0f} ms, p99 {percentile(idle, 99):.0f} ms; while {sent} "
        f"copies went out in {seconds:.0f} s p50 {percentile(busy, 50):.0f} ms, p99 {percentile(busy, 99):.0f} ms"
    )


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=6_000)
    parser.add_argument("--seconds", type=float, default=30)
    told = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mem-reach-")))
        made = stack.enter_context(server(durable=True))
        print(await copies(f"sqlite:///{folder}/mem.db", told.people))
        for step in ("copies", "overhead", "latency"):
            with empty_database(made.url, step) as url:
                if step == "copies":
                    print(await copies(url, told.people))
                elif step == "overhead":
                    with far_process() as far_url:
                        for line in await overhead(url, told.messages, far_url):
                            print(line)
                else:
                    print(await latency(url, folder, told.people, told.seconds))


if __name__ == "__main__":
    asyncio.run(main())

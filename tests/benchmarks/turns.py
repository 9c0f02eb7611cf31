"""Durable turns a second beside the raw limit of the database, where the time goes, and how fast
a webhook is answered. One run, both databases:

    python -m tests.benchmarks.turns
    python -m tests.benchmarks.turns --turns 10000 --batch 200 --database sqlite
    python -m tests.benchmarks.turns --profile sqlite      # cProfile of the drains

*Turns* are real: messages of a whole onboarding go through ``Intake.store`` (as many webhooks at
once as one batch has) and ``Turns.drain`` (the real engine and texts), to rows that are on the
disk: SQLite with synchronous FULL, PostgreSQL with fsync on. The *raw limit* writes the very same
rows by hand with the driver, at the same batch size, in the same two commits, and reads nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import App
from bot.channels.base import Inbound
from bot.settings import Settings
from storage import migrate
from tests.benchmarks.raw import Rows, chunks, raw_postgres, raw_sqlite
from tests.benchmarks.spent import measured
from tests.faults.far import Far
from tests.faults.people import SCRIPT, Person, crowd, request
from tests.faults.processes import Process, environment, free_port, until_healthy
from tests.postgres import empty_database, server


def messages(count: int) -> list[list[Inbound]]:
    """Rounds: everybody's first message, then everybody's second, and so on."""
    crowded = crowd(-(-count // len(SCRIPT)), ("sms",))
    return [
        [
            Inbound("sms", f"SM{p.address[1:]}{n}", p.address, text=text, phone=p.address)
            for p in crowded
        ]
        for n, text in enumerate(SCRIPT)
    ]


@dataclass
class Speed:
    """Seconds that so many turns took, on the way in and in the drains."""

    turns: int
    intake: float
    drain: float

    @property
    def each_second(self) -> float:
        return self.turns / (self.intake + self.drain)


async def ours(app: App, rounds: Sequence[Sequence[Inbound]], batch: int) -> Speed:
    """Everything through the product."""
    intake = drain = 0.0
    for said in rounds:
        began = time.perf_counter()
        for some in chunks(said, batch):
            await asyncio.gather(*(app.intake.store([one]) for one in some))
        now = time.perf_counter()
        intake += now - began
        while (await app.turns.drain()).served:
            pass
        drain += time.perf_counter() - now
    return Speed(sum(map(len, rounds)), intake, drain)


async def compare(told: argparse.Namespace, urls: Sequence[str], folder: Path) -> None:
    """Ours on one database, the same rows by hand on another, empty one."""
    kind = "SQLite" if urls[0].startswith("sqlite") else "PostgreSQL"
    apps = [App(_settings(url, told.batch), channels={}) for url in urls]
    try:
        for app in apps:
            await migrate.migrate(app.database)
        rounds = messages(told.turns)
        warm, rounds = rounds[:1], rounds[1:]
        await ours(apps[0], warm, told.batch)
        speed = await ours(apps[0], rounds, told.batch)
        rows = await Rows.of(apps[0].database)
        with measured() as spent:
            began = time.perf_counter()
            await ours(apps[1], [*warm, *rounds], told.batch)
            total = time.perf_counter() - began
        if kind == "SQLite":
            raw = raw_sqlite(folder / "raw.db", rows, told.batch)
        else:
            raw = raw_postgres(urls[2], rows, told.batch)
    finally:
        for app in apps:
            await app.stop()
    limit = len(rows.inbox) / raw
    print(
        f"{kind}, {told.batch} a commit: {speed.each_second:,.0f} durable turns a second "
        f"(in {speed.turns / speed.intake:,.0f}/s, drained {speed.turns / speed.drain:,.0f}/s), "
        f"raw limit {limit:,.0f}, ratio {speed.each_second / limit:.2f}"
    )
    shares = {name: seconds / total for name, seconds in spent.seconds.items()}
    shares["the rest"] = 1 - sum(shares.values())
    thinking = sum(shares.get(name, 0) for name in ("understanding", "engine", "rendering"))
    rows_only = speed.each_second / (1 - thinking)
    print(
        f"  rows alone (without understanding, engine, rendering): {rows_only:,.0f} a second, "
        f"ratio {rows_only / limit:.2f}"
    )
    print("  time: " + ", ".join(f"{name} {share:.0%}" for name, share in sorted(shares.items())))


def _settings(url: str, batch: int) -> Settings:
    return Settings(database={"url": url}, work={"batch": batch})


async def answers(url: str, folder: Path, rate: float, seconds: float) -> None:
    """How long a real ``mem serve`` takes to answer signed posts while it works and sends."""
    kind = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    people_ = crowd(-(-int(rate * seconds) // len(SCRIPT)))
    posts = [
        request(person, number, text) for number, text in enumerate(SCRIPT) for person in people_
    ]
    kinds = [person for _ in SCRIPT for person in people_]
    async with Far() as far, aiohttp.ClientSession() as session:
        env = environment(url, far.url)
        Process(folder, env, "migrate").run()
        serve = Process(folder, env, "serve", "--port", str(port))
        serve.start()
        try:
            await until_healthy(session, base, serve)
            took = await _at_rate(session, base, list(zip(kinds, posts, strict=True)), rate)
        finally:
            serve.kill()
    took.sort()
    print(
        f"{kind}: webhook at {rate:.0f}/s, {len(took)} posts: "
        f"p50 {statistics.median(took) * 1000:.1f} ms, "
        f"p99 {took[int(len(took) * 0.99)] * 1000:.1f} ms, worst {took[-1] * 1000:.1f} ms"
    )


async def _at_rate(
    session: aiohttp.ClientSession, base: str, posts: Sequence[tuple[Person, Any]], rate: float
) -> list[float]:
    """Post on a timetable, whatever the answers do; raises where one is not 200."""
    began = asyncio.get_running_loop().time()

    async def one(index: int, person: Person, post: Any) -> float:
        path, headers, body = post
        due = began + index / rate
        await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
        named = {"json" if person.channel == "telegram" else "data": body}
        start = time.perf_counter()
        async with session.post(base + path, headers=headers, **named) as answer:
            await answer.read()
            answer.raise_for_status()
        return time.perf_counter() - start

    return await asyncio.gather(*(one(n, *post) for n, post in enumerate(posts)))


async def profile(told: argparse.Namespace, url: str) -> None:
    """Where a drain spends its time, by function."""
    app = App(_settings(url, told.batch), channels={})
    await migrate.migrate(app.database)
    watch = cProfile.Profile()
    for said in messages(told.turns):
        for some in chunks(said, told.batch):
            await asyncio.gather(*(app.intake.store([one]) for one in some))
        watch.enable()
        while (await app.turns.drain()).served:
            pass
        watch.disable()
    await app.stop()
    pstats.Stats(watch).sort_stats("tottime").print_stats(45)
    pstats.Stats(watch).sort_stats("cumulative").print_stats(60)


async def main() -> None:
    parser = argparse.ArgumentParser(description="Durable turns a second beside the raw limit.")
    parser.add_argument("--turns", type=int, default=4000)
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--rates", type=float, nargs="*", default=[50, 150], help="posts a second")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--profile", choices=("sqlite", "postgres"))
    told = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mem-bench-")))
        if told.database != "postgres" or told.profile == "sqlite":
            files = [f"sqlite:///{folder}/{name}.db" for name in ("ours", "shares", "raw")]
            files += [f"sqlite:///{folder}/web{number}.db" for number in range(len(told.rates))]
            await _all(told, files, folder, "sqlite")
        if told.database != "sqlite" or told.profile == "postgres":
            made = stack.enter_context(server(durable=True))
            named = [
                empty_database(made.url, name)
                for name in ("ours", "shares", "raw", *(f"web{n}" for n in range(len(told.rates))))
            ]
            await _all(told, [stack.enter_context(one) for one in named], folder, "postgres")


async def _all(told: argparse.Namespace, urls: Sequence[str], folder: Path, kind: str) -> None:
    if told.profile:
        if told.profile == kind:
            await profile(told, urls[0])
        return
    await compare(told, urls[:3], folder)
    for url, rate in zip(urls[3:], told.rates, strict=True):
        await answers(url, folder, rate, told.seconds)


if __name__ == "__main__":
    asyncio.run(main())

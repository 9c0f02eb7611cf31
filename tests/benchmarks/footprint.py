"""What ``mem serve`` costs at rest: memory after the start and after work, and how soon it answers.

    python -m tests.benchmarks.footprint
    python -m tests.benchmarks.footprint --turns 1000

On SQLite, in an empty folder, with web, WhatsApp, SMS and Telegram configured. The first start
makes the database (and whatever is made once); the second finds it. Memory is the resident set
of the one process, as ``ps`` shows it.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import aiohttp

from bot.settings import DatabaseSettings
from storage.database import Database
from tests.faults.far import Far
from tests.faults.kill import Result, until_quiet
from tests.faults.people import SCRIPT, Poster, crowd, play
from tests.faults.processes import Process, environment, free_port, until_healthy

SETTLED = 5.0
"""Seconds after which a process counts as idle."""


def resident(pid: int) -> float:
    """MB of memory that a process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS: this benchmark needs Linux")


async def start(serve: Process, session: aiohttp.ClientSession, base: str) -> float:
    """Seconds from the command to the first 200 on /healthz."""
    began = time.perf_counter()
    serve.start()
    await until_healthy(session, base, serve)
    return time.perf_counter() - began


async def main() -> None:
    parser = argparse.ArgumentParser(description="Memory at rest and start time of mem serve.")
    parser.add_argument("--turns", type=int, default=1000)
    parser.add_argument("--starts", type=int, default=5, help="second starts to take the median of")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mem-footprint-") as name:
        folder, port = Path(name), free_port()
        url, base = f"sqlite:///{folder}/mem.db", f"http://127.0.0.1:{port}"
        async with Far(latency=(0.0, 0.01)) as far, aiohttp.ClientSession() as session:
            serve = Process(folder, environment(url, far.url), "serve", "--port", str(port))
            try:
                first = await start(serve, session, base)
                second = []
                for _ in range(told.starts):
                    serve.end()
                    second.append(await start(serve, session, base))
                await asyncio.sleep(SETTLED)
                idle = resident(serve.pid)
                people = crowd(-(-told.turns // len(SCRIPT)))
                await play(Poster(session, base), people, SCRIPT, pace=100)
                database = Database(DatabaseSettings(url=url).url)
                await until_quiet(database, Result())
                await database.close()
                await asyncio.sleep(SETTLED)
                worked = resident(serve.pid)
            finally:
                serve.kill()
    print(
        f"start to first 200 on /healthz: first {first:.2f} s, later {statistics.median(second):.2f} s"
    )
    print(
        f"memory at rest: {idle:.0f} MB after the start, {worked:.0f} MB after {told.turns} turns"
    )


if __name__ == "__main__":
    asyncio.run(main())

"""Orderly ends: SIGTERM under load finishes what runs and loses nothing."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from pathlib import Path

import aiohttp
from sqlalchemy import select

from storage.database import Database
from storage.tables import outbox
from tests.conftest import settings_for
from tests.faults.far import Far
from tests.faults.kill import Result, compare, until_quiet
from tests.faults.people import SCRIPT, Poster, crowd, expected, play
from tests.faults.processes import Process, environment, free_port, until_healthy


async def test_sigterm_under_load(database_url: str, tmp_path: Path) -> None:
    """A deploy: nothing is lost, nothing is sent twice, and nothing at all is left in doubt."""
    people, wanted = crowd(15), await expected()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    result = Result(turns=len(people) * len(SCRIPT))
    database = Database(settings_for(database_url).database.url)
    async with Far() as far, aiohttp.ClientSession() as session:
        env = environment(database_url, far.url)
        Process(tmp_path, env, "migrate").run()
        serve = Process(tmp_path, env, "serve", "--port", str(port))
        serve.start()
        await until_healthy(session, base, serve)
        load = asyncio.create_task(play(Poster(session, base), people, SCRIPT, pace=60))
        endings = []
        while not load.done() and len(endings) < 3:
            await asyncio.sleep(random.uniform(0.5, 1.5))
            endings.append(await asyncio.to_thread(serve.end))
            async with database.read() as connection:
                states = Counter(await connection.scalars(select(outbox.c.state)))
            assert set(states) <= {"sent", "new"}, states
            serve.start()
            await until_healthy(session, base, serve)
        await load
        try:
            await until_quiet(database, result)
            await compare(database, far, people, wanted, result)
        finally:
            serve.kill()
            await database.close()
    assert not result.problems, result.told()
    assert result.unsure == 0

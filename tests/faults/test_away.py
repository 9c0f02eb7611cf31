"""The database is away while people write: every webhook is still answered 200, once is enough."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot import intake
from bot.channels.base import Inbound
from bot.clock import Clock
from bot.intake import Intake
from storage import migrate
from storage.database import Database
from storage.tables import inbox
from tests.conftest import MONDAY, settings_for
from tests.faults.far import Far
from tests.faults.kill import Result, compare, until_quiet
from tests.faults.people import SCRIPT, Poster, crowd, expected, play
from tests.faults.processes import Process, environment, free_port, until_healthy
from tests.postgres import Server, empty_database, server

AWAY = intake.PATIENCE + 2


@asynccontextmanager
async def locked(file: Path) -> AsyncIterator[None]:
    """Another program holds SQLite's one write lock."""
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


@asynccontextmanager
async def stopped(made: Server) -> AsyncIterator[None]:
    """PostgreSQL is down: connections are cut, new ones refused."""
    await asyncio.to_thread(made.stop)
    try:
        yield
    finally:
        await asyncio.to_thread(made.start)


async def _through_an_outage(url: str, folder: Path, outage: object) -> Result:
    people, wanted = crowd(9), await expected()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    result = Result(turns=len(people) * len(SCRIPT))
    async with Far() as far, aiohttp.ClientSession() as session:
        env = environment(url, far.url)
        Process(folder, env, "migrate").run()
        serve = Process(folder, env, "serve", "--port", str(port))
        serve.start()
        database = Database(settings_for(url).database.url)
        poster = Poster(session, base)
        try:
            await until_healthy(session, base, serve)
            load = asyncio.create_task(play(poster, people, SCRIPT, pace=20))
            await asyncio.sleep(2)
            async with outage:  # type: ignore[attr-defined]
                await asyncio.sleep(AWAY)
            await load
            await until_quiet(database, result)
            await compare(database, far, people, wanted, result)
        finally:
            serve.kill()
            await database.close()
    assert poster.again == 0, "each webhook was answered 200 at once"
    return result


async def test_sqlite_locked_longer_than_our_patience(tmp_path: Path) -> None:
    file = tmp_path / "mem.db"
    result = await _through_an_outage(f"sqlite:///{file}", tmp_path, locked(file))
    assert not result.problems, result.told()
    assert result.unsure == 0


async def test_postgresql_stopped(tmp_path: Path) -> None:
    with server() as made, empty_database(made.url, "away") as url:
        result = await _through_an_outage(url, tmp_path, stopped(made))
    assert not result.problems, result.told()


async def _texts(database: Database) -> list[str]:
    async with database.read() as connection:
        rows = (await connection.execute(inbox.select().order_by(inbox.c.id))).all()
    return [row.payload["text"] for row in rows]


def _said(number: int, text: str = "") -> Inbound:
    return Inbound("sms", f"SM{number}", "+212600000001", text=text or str(number))


async def test_what_was_spooled_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person's messages keep their order though the first ones waited on disk; once each."""
    monkeypatch.setattr(intake, "PATIENCE", 0.2)
    file, folder = tmp_path / "mem.db", tmp_path / "mem.spool"
    database = Database(settings_for(f"sqlite:///{file}").database.url)
    await migrate.migrate(database)
    made = Intake(database, Clock(MONDAY), folder, lambda partitions, receipts: None)
    async with locked(file):
        for number in range(3):
            await made.store([_said(number)])
        assert len(list(folder.glob("*.jsonl"))) == 3
    while made._late is not None and not made._late.done():
        await asyncio.sleep(0.01)
    await made.store([_said(3)])
    others = [Intake(database, Clock(MONDAY), folder, lambda p, r: None) for _ in range(3)]
    await asyncio.gather(*(other.flush() for other in others))
    assert await _texts(database) == ["0", "1", "2", "3"]
    assert not list(folder.glob("*.jsonl"))
    await database.close()


async def test_a_message_that_no_database_takes_harms_only_itself(
    database: Database, tmp_path: Path
) -> None:
    """It is set aside for an operator; those beside it are stored, and it blocks no spool."""
    folder = tmp_path / "mem.spool"
    made = Intake(database, Clock(MONDAY), folder, lambda partitions, receipts: None)
    bad = Inbound("sms", "SM2", "+212600000001", kind="tap", tap="\ud800:1")
    await asyncio.gather(made.store([_said(1)]), made.store([bad]), made.store([_said(3)]))
    assert await _texts(database) == ["1", "3"]
    assert len(list(folder.glob("*.refused"))) == 1
    assert await made.flush() == 0

"""Many connections at once: one message is one turn, one person's messages are served serially."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import aiohttp
from sqlalchemy import func, select

from storage.database import Database
from storage.tables import inbox, outbox
from tests.conftest import settings_for
from tests.faults.far import Far
from tests.faults.kill import Result, compare, until_quiet
from tests.faults.people import SCRIPT, Person, Poster, crowd, expected, play
from tests.faults.processes import Process, environment, free_port, until_healthy


class Site:
    """``mem serve`` (more than one on one database where asked) and ``mem worker`` beside it."""

    def __init__(self, url: str, folder: Path, far: Far, serves: int = 1, workers: int = 0) -> None:
        env = environment(url, far.url, WORK__LEASE_SECONDS="3")
        ports = [free_port() for _ in range(serves)]
        self.bases = [f"http://127.0.0.1:{port}" for port in ports]
        self.serves = [Process(folder, env, "serve", "--port", str(port)) for port in ports]
        self.workers = [Process(folder, env, "worker") for _ in range(workers)]
        self.database = Database(settings_for(url).database.url)
        Process(folder, env, "migrate").run()

    async def up(self, session: aiohttp.ClientSession) -> None:
        for process in (*self.serves, *self.workers):
            process.start()
        for base, process in zip(self.bases, self.serves, strict=True):
            await until_healthy(session, base, process)

    async def down(self) -> None:
        for process in (*self.serves, *self.workers):
            process.kill()
        await self.database.close()


async def test_the_same_webhook_ten_times_at_once(database_url: str, tmp_path: Path) -> None:
    people = crowd(6)
    async with Far() as far, aiohttp.ClientSession() as session:
        site = Site(database_url, tmp_path, far)
        poster = Poster(session, "")
        try:
            await site.up(session)
            poster.base = site.bases[0]
            again = [poster.post(person, 0, "bonjour") for person in people for _ in range(10)]
            assert set(await asyncio.gather(*again)) == {200}
            await until_quiet(site.database, Result())
            assert {await poster.post(person, 0, "bonjour") for person in people} == {200}
            result = Result()
            await until_quiet(site.database, result)
            async with site.database.read() as connection:
                rows = await connection.scalar(select(func.count()).select_from(inbox))
                replies = await connection.scalar(select(func.count()).select_from(outbox))
        finally:
            await site.down()
    assert (rows, replies, len(far.ledger)) == (6, 6, 6)
    assert not result.problems


OPENING = ("bonjour", "1")
PAIR = ("Amina Benali", "31")


async def test_two_messages_of_one_person_at_once(postgres: str, tmp_path: Path) -> None:
    """Two workers, 16 connections, 40 people: what each gets is that of one order or the other."""
    people = crowd(40, ("sms", "telegram"))
    orders = [await expected((*OPENING, *pair)) for pair in (PAIR, PAIR[::-1])]
    async with (
        Far() as far,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=16)) as session,
    ):
        site = Site(postgres, tmp_path, far, workers=2)
        try:
            await site.up(session)
            poster = Poster(session, site.bases[0])
            await play(poster, people, OPENING, pace=200)
            await until_quiet(site.database, Result())
            posts = [
                poster.deliver(person, 2 + n, text)
                for person in people
                for n, text in enumerate(PAIR)
            ]
            await asyncio.gather(*posts)
            result = Result()
            await until_quiet(site.database, result)
        finally:
            await site.down()
    assert not result.problems
    for person in people:
        assert _got(far, person) in [order[person.channel] for order in orders]


def _got(far: Far, person: Person) -> Sequence[str]:
    key = (person.channel, person.address)
    return [one.text for one in far.ledger if (one.channel, one.address) == key]


async def test_two_serves_on_one_sqlite_file(sqlite: str, tmp_path: Path) -> None:
    """Both work and both send, and some sends end in doubt: nothing goes out twice."""
    people, wanted = crowd(12, ("whatsapp", "sms")), await expected()
    result = Result(turns=len(people) * len(SCRIPT))
    async with Far(reset_share=0.1) as far, aiohttp.ClientSession() as session:
        site = Site(sqlite, tmp_path, far, serves=2)
        try:
            await site.up(session)
            posters = [Poster(session, base) for base in site.bases]
            halves = [people[::2], people[1::2]]
            loads = [
                play(p, half, SCRIPT, pace=20) for p, half in zip(posters, halves, strict=True)
            ]
            await asyncio.gather(*loads)
            await until_quiet(site.database, result)
            await compare(site.database, far, people, wanted, result)
        finally:
            await site.down()
    assert not result.problems, result.told()

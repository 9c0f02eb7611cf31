"""Many at once on the real databases: one last place, one open request, accepting what is withdrawn.

Each round has fresh people and as many connections as the database gives; whatever the order in
which they come, exactly one wins and no place is given twice.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rehearsal import Rehearsal
from bot.transcript import Player, entries
from storage import mentoring
from storage.database import Database
from storage.pairing import mentors, pairs, requests
from storage.tables import people
from tests.conftest import MONDAY
from tests.test_conversations import FOLDER

ROUNDS = 10
MANY = 50
ANSWERS = {"languages": ["fr"], "skills": ["finance"], "capacity": 1}


async def somebody(connection: AsyncConnection, count: int = 1) -> list[int]:
    made = insert(people).returning(people.c.id, sort_by_parameter_order=True)
    rows = [{"state": {}, "created_at": MONDAY}] * count
    return list(await connection.scalars(made, rows))


async def a_mentor(connection: AsyncConnection, capacity: int = 1) -> int:
    (id,) = await somebody(connection)
    await mentoring.register(connection, id, {**ANSWERS, "capacity": capacity}, "2026-11", MONDAY)
    await mentoring.decide(connection, id, "approved", MONDAY)
    return id


async def asks(connection: AsyncConnection, mentee: int, mentor: int) -> int | None:
    return await mentoring.ask(connection, mentee, mentor, MONDAY)


async def at_once(
    database: Database, calls: Sequence[Callable[[AsyncConnection], Awaitable[Any]]]
) -> list[Any]:
    """Each in a transaction of its own, all begun before any of them works."""
    begun = asyncio.Event()

    async def one(call: Callable[[AsyncConnection], Awaitable[Any]]) -> Any:
        await begun.wait()
        async with database.write() as connection:
            return await call(connection)

    tasks = [asyncio.create_task(one(call)) for call in calls]
    await asyncio.sleep(0)
    begun.set()
    return await asyncio.gather(*tasks)


async def places(connection: AsyncConnection, mentor: int) -> tuple[int, int, int]:
    """(places taken by the mentor's own count, open pairs, capacity)."""
    row = (await connection.execute(select(mentors).where(mentors.c.person_id == mentor))).one()
    mine = (pairs.c.mentor_id == mentor) & (pairs.c.state != "ended")
    count = await connection.scalar(select(func.count()).select_from(pairs).where(mine))
    return row.taken, count or 0, row.capacity


@pytest.mark.parametrize("capacity", [1, 3])
async def test_fifty_accept_for_the_last_places(database: Database, capacity: int) -> None:
    for _ in range(ROUNDS):
        async with database.write() as connection:
            mentor = await a_mentor(connection, capacity)
            mentees = await somebody(connection, MANY)
            asked = [await mentoring.ask(connection, one, mentor, MONDAY) for one in mentees]
        accepted = await at_once(
            database, [lambda c, id=id: mentoring.accept(c, id, MONDAY) for id in asked]
        )
        won = [pair for pair in accepted if pair is not None]
        async with database.read() as connection:
            assert len(won) == capacity
            assert await places(connection, mentor) == (capacity, capacity, capacity)
            states = await connection.scalars(
                select(requests.c.state).where(requests.c.id.in_(asked))
            )
            assert sorted(states) == ["accepted"] * capacity + ["asked"] * (MANY - capacity)


async def test_one_mentee_asks_fifty_mentors_at_once(database: Database) -> None:
    for _ in range(ROUNDS):
        async with database.write() as connection:
            (mentee,) = await somebody(connection)
            asked = [await a_mentor(connection) for _ in range(MANY)]
        made = await at_once(database, [partial(asks, mentee=mentee, mentor=one) for one in asked])
        won = [id for id in made if id is not None]
        async with database.read() as connection:
            mine = select(requests.c.id).where(requests.c.mentee_id == mentee)
            assert list(await connection.scalars(mine)) == won
            assert len(won) == 1
            told = await connection.scalars(
                select(mentors.c.asked).where(mentors.c.person_id.in_(asked))
            )
            assert sum(told) == 1


async def test_accepted_while_it_is_withdrawn(database: Database) -> None:
    """Either there is a pair and the withdrawal finds nothing, or there is none and no place taken."""
    for turn in range(ROUNDS):
        async with database.write() as connection:
            mentor = await a_mentor(connection)
            (mentee,) = await somebody(connection)
            id = await mentoring.ask(connection, mentee, mentor, MONDAY)
            assert id is not None
        calls = [
            lambda c, id=id: mentoring.accept(c, id, MONDAY),
            lambda c, id=id: mentoring.close_request(c, id, "withdrawn", MONDAY),
        ]
        order = calls if turn % 2 else calls[::-1]
        came = await at_once(database, order)
        pair, withdrawn = came if turn % 2 else came[::-1]
        async with database.read() as connection:
            assert (pair is None) == (withdrawn is not None)
            taken = 1 if pair is not None else 0
            assert await places(connection, mentor) == (taken, taken, 1)


async def test_a_place_is_given_back_once(database: Database) -> None:
    """Both end it, and the mentor is asked for that place, all at the same moment."""
    for _ in range(ROUNDS):
        async with database.write() as connection:
            mentor = await a_mentor(connection)
            first, *others = await somebody(connection, 10)
            id = await mentoring.ask(connection, first, mentor, MONDAY)
            assert id is not None
            pair = await mentoring.accept(connection, id, MONDAY)
            assert pair is not None
        ends = [lambda c, p=pair: mentoring.end_pair(c, p.id, "time", MONDAY)] * 5
        wish = [partial(asks, mentee=one, mentor=mentor) for one in others]
        mixed = [call for two in itertools.zip_longest(ends, wish) for call in two if call]
        await at_once(database, mixed)
        async with database.read() as connection:
            assert await places(connection, mentor) == (0, 0, 1)


async def test_two_ask_for_the_last_place_through_the_whole_pipeline(
    rehearsal: Rehearsal,
) -> None:
    """As the transcript tells it, until the mentor says yes twice before either is answered."""
    player = Player(rehearsal, FOLDER / "mentoring")
    text = (FOLDER / "mentoring" / "full_fr.txt").read_text("utf-8")
    for entry in entries(text.partition("Karim: Oui, j'accepte")[0]):
        if not entry.is_seen:
            await player.play(entry)
    for line in ("[together 2]", "Karim: Oui, j'accepte", "Karim: Oui, j'accepte"):
        for entry in entries(line):
            await player.play(entry)
    async with rehearsal.app.database.read() as connection:
        mentor = await connection.scalar(
            select(mentors.c.person_id).join(people).where(people.c.name == "Karim Idrissi")
        )
        assert await places(connection, mentor) == (1, 1, 1)
        states = await connection.scalars(select(requests.c.state).order_by(requests.c.id))
        assert list(states) == ["full", "accepted"]
    told = [sent.text for sent in rehearsal.sent if "La dernière place" in sent.text]
    assert len(told) == 1

"""Sessions on both databases: nobody is booked twice, whoever is faster; nothing is half done."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.clocks import SkippedHour
from storage import keeping, privacy, sessions
from storage.database import Database
from storage.pairing import busy
from storage.pairing import sessions as table
from storage.recompute import Moved, hand_over, recompute
from storage.sessions import Booking, Hour, Refused
from storage.tables import people
from tests.conftest import MONDAY
from tests.zone_data import zone_data

CASABLANCA, PARIS = "Africa/Casablanca", "Europe/Paris"
EVENING = datetime(2026, 12, 1, 18)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MENTOR, AMINA, SARA = 1, 2, 3
_numbers = itertools.count()
Change = Callable[[AsyncConnection], Awaitable[Any]]


def hour(wall: datetime = EVENING, zone: str = CASABLANCA, mentor_zone: str = PARIS) -> Hour:
    return Hour(wall, zone, mentor_zone)


def asked(mentee: int, when: Hour, mentor: int = MENTOR) -> Booking:
    return Booking(mentee, mentor, when, "video", "https://m.example/r", f"u{next(_numbers)}@mem")


async def do(database: Database, change: Change) -> Any:
    async with database.write() as connection:
        return await change(connection)


async def book(database: Database, booking: Booking) -> int | Refused:
    found: int | Refused = await do(database, lambda c: sessions.book(c, booking, MONDAY))
    return found


async def rows(database: Database, *ids: int | Refused) -> list[Any]:
    booked = [id for id in ids if isinstance(id, int)]
    async with database.read() as connection:
        found = await sessions.load(connection, booked)
    return [found[id] for id in booked]


@pytest.fixture
async def peopled(database: Database) -> Database:
    """A database with a mentor and fifty mentees."""
    async with database.write() as connection:
        everybody = [{"id": n, "state": {}, "created_at": MONDAY} for n in range(1, 52)]
        await connection.execute(insert(people), everybody)
    return database


@pytest.fixture
async def processes(peopled: Database) -> AsyncIterator[list[Database]]:
    """Four ways into one database, as four processes have them."""
    made = [Database(peopled.url.render_as_string(hide_password=False)) for _ in range(4)]
    yield made
    for one in made:
        await one.close()


async def is_sound(database: Database) -> int:
    """Each booked session holds exactly its quarters, others none; returns how many are booked."""
    async with database.read() as connection:
        every = (await connection.execute(select(table))).all()
        held = {tuple(row) for row in (await connection.execute(select(busy))).all()}
    booked = [row for row in every if row.state == "booked"]
    wanted = [
        (person, int(row.starts_at.timestamp()) // 900 + n, row.id)
        for row in booked
        for person in {row.mentee_id, row.mentor_id}
        for n in range(row.minutes // 15)
    ]
    assert held == set(wanted)
    assert len({(person, quarter) for person, quarter, _ in wanted}) == len(wanted)
    return len(booked)


async def test_of_fifty_who_pick_one_slot_at_once_one_has_it(processes: list[Database]) -> None:
    for turn in range(20):
        when = hour(EVENING + turn * DAY)
        picks = [book(processes[n % 4], asked(n, when)) for n in range(2, 52)]
        found = await asyncio.gather(*picks)
        assert sorted(map(str, found))[1:] == ["taken"] * 49
        assert await is_sound(processes[0]) == turn + 1


async def test_of_those_who_pick_overlapping_slots_none_share_a_minute(
    processes: list[Database],
) -> None:
    starts = [EVENING + n % 12 * timedelta(minutes=15) for n in range(50)]
    picks = [book(processes[n % 4], asked(n + 2, hour(at))) for n, at in enumerate(starts)]
    found = await asyncio.gather(*picks)
    won = [id for id in found if isinstance(id, int)]
    assert 2 <= len(won) == await is_sound(processes[0])


async def test_any_mixture_at_once_leaves_everything_sound(processes: list[Database]) -> None:
    chance = random.Random(7)

    async def act(number: int) -> object:
        database = processes[number % 4]
        when = hour(EVENING + chance.randrange(12) * timedelta(minutes=30))
        kind, id, seen = chance.choice("bbmmc"), chance.randrange(1, 20), chance.randrange(3)
        if kind == "b":
            mentee, mentor = chance.sample(range(1, 7), 2)
            return await book(database, asked(mentee, when, mentor))
        if kind == "m":
            return await do(database, lambda c: sessions.move(c, id, seen, when, MONDAY))
        return await do(database, lambda c: sessions.cancel(c, id, seen, MONDAY))

    for burst in range(5):
        found = await asyncio.gather(*(act(burst * 40 + n) for n in range(40)))
        assert {type(one) for one in found} <= {int, Refused}
        assert await is_sound(processes[0])


@pytest.mark.parametrize("first_commits", [True, False])
async def test_the_second_waits_for_the_first_to_be_done(
    processes: list[Database], first_commits: bool
) -> None:
    one, two = processes[:2]
    async with one.engine.connect() as connection, connection.begin() as first:
        assert isinstance(await sessions.book(connection, asked(AMINA, hour()), MONDAY), int)
        second = asyncio.create_task(book(two, asked(SARA, hour())))
        await asyncio.sleep(0.2)
        assert not second.done()
        await (first.commit() if first_commits else first.rollback())
    assert (await second == Refused.TAKEN) is first_commits
    assert await is_sound(one) == 1


async def test_of_one_who_cancels_and_one_who_moves_the_first_is_heard(
    processes: list[Database],
) -> None:
    one, two = processes[:2]
    for turn in range(25):
        when = EVENING + turn * DAY
        id = await book(one, asked(AMINA, hour(when)))
        assert isinstance(id, int)
        later = hour(when + HOUR)
        acts: list[tuple[Database, Change]] = [
            (one, lambda c, id=id: sessions.cancel(c, id, 0, MONDAY)),
            (two, lambda c, id=id, to=later: sessions.move(c, id, 0, to, MONDAY)),
        ]
        found = await asyncio.gather(*(do(*act) for act in acts[:: 1 - turn % 2 * 2]))
        assert sorted(found, key=str) == [1, Refused.CHANGED]
        (row,) = await rows(one, id)
        assert row.sequence == 1
        assert (row.state, row.wall) in (("cancelled", when), ("booked", when + HOUR))
    await is_sound(one)


async def test_two_who_move_into_each_others_place_lose_nothing(processes: list[Database]) -> None:
    one, two = processes[:2]
    for turn in range(4):
        early, late = hour(EVENING + turn * DAY), hour(EVENING + turn * DAY + HOUR)
        first, second = await book(one, asked(AMINA, early)), await book(one, asked(SARA, late))
        assert isinstance(first, int)
        assert isinstance(second, int)
        found = await asyncio.gather(
            do(one, lambda c, id=first, to=late: sessions.move(c, id, 0, to, MONDAY)),
            do(two, lambda c, id=second, to=early: sessions.move(c, id, 0, to, MONDAY)),
        )
        assert set(found) <= {1, Refused.TAKEN}
        assert await is_sound(one) == 2 * turn + 2


async def test_a_session_is_stored_as_agreed(peopled: Database) -> None:
    id = await book(peopled, asked(AMINA, hour()))
    assert isinstance(id, int)
    (row,) = await rows(peopled, id)
    assert (row.wall, row.zone) == (EVENING, CASABLANCA)
    assert (row.mentor_wall, row.mentor_zone) == (EVENING + HOUR, PARIS)
    assert row.starts_at == EVENING.replace(tzinfo=UTC)
    assert (row.state, row.sequence) == ("booked", 0)


async def test_an_hour_that_does_not_exist_is_not_booked(peopled: Database) -> None:
    skipped = hour(datetime(2027, 3, 28, 2, 30), PARIS)
    with pytest.raises(SkippedHour):
        await book(peopled, asked(AMINA, skipped))
    second = hour(datetime(2027, 10, 31, 2, 30, fold=1), PARIS)
    id = await book(peopled, asked(AMINA, second))
    assert isinstance(id, int)
    assert (await rows(peopled, id))[0].starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert await do(peopled, lambda c: recompute(c, MONDAY)) == []


async def test_what_is_taken_leaves_the_rest_of_the_transaction_alone(peopled: Database) -> None:
    await book(peopled, asked(AMINA, hour()))
    async with peopled.write() as connection:
        overlaps = hour(EVENING + timedelta(minutes=45))
        assert await sessions.book(connection, asked(SARA, overlaps), MONDAY) is Refused.TAKEN
        # Of the refused nothing is left: Sara is free then, and another mentor's.
        other = asked(SARA, overlaps, mentor=4)
        assert isinstance(await sessions.book(connection, other, MONDAY), int)
        after = asked(SARA, hour(EVENING + 2 * HOUR))
        assert isinstance(await sessions.book(connection, after, MONDAY), int)
    assert await is_sound(peopled) == 3


async def test_a_refused_move_keeps_the_old_time(peopled: Database) -> None:
    first = await book(peopled, asked(AMINA, hour()))
    second = await book(peopled, asked(SARA, hour(EVENING + HOUR)))
    assert isinstance(first, int)
    assert isinstance(second, int)
    to = hour(EVENING + timedelta(minutes=30))
    assert await do(peopled, lambda c: sessions.move(c, second, 0, to, MONDAY)) is Refused.TAKEN
    assert (await rows(peopled, second))[0].wall == EVENING + HOUR
    assert await is_sound(peopled) == 2
    # Into its own old time it may: half an hour later, half of it is its own.
    to = hour(EVENING - timedelta(minutes=30))
    assert await do(peopled, lambda c: sessions.move(c, first, 0, to, MONDAY)) == 1
    assert await is_sound(peopled) == 2


async def test_cancelling_frees_the_time_of_both(peopled: Database) -> None:
    id = await book(peopled, asked(AMINA, hour()))
    assert isinstance(id, int)
    assert await do(peopled, lambda c: sessions.cancel(c, id, 0, MONDAY)) == 1
    assert await do(peopled, lambda c: sessions.cancel(c, id, 1, MONDAY)) is Refused.CHANGED
    assert await do(peopled, lambda c: sessions.move(c, id, 1, hour(), MONDAY)) is Refused.CHANGED
    assert isinstance(await book(peopled, asked(SARA, hour())), int)


async def test_erasing_a_person_frees_the_others_time(peopled: Database) -> None:
    await book(peopled, asked(AMINA, hour()))
    await do(peopled, lambda c: privacy.erase(c, AMINA, MONDAY))
    assert await is_sound(peopled) == 0
    assert await book(peopled, asked(AMINA, hour())) is Refused.GONE
    assert isinstance(await book(peopled, asked(SARA, hour())), int)


async def test_when_people_are_busy_and_what_is_coming(peopled: Database) -> None:
    for mentee, when in ((AMINA, EVENING), (SARA, EVENING + HOUR), (AMINA, EVENING + DAY)):
        await book(peopled, asked(mentee, hour(when)))
    start = EVENING.replace(tzinfo=UTC)
    async with peopled.read() as connection:
        taken = await sessions.busy_of(connection, [MENTOR, AMINA, 4], MONDAY)
        coming = await sessions.upcoming(connection, [SARA, AMINA], start + HOUR)
    day = (start + DAY, start + DAY + HOUR)
    assert taken == {
        MENTOR: ((start, start + 2 * HOUR), day),
        AMINA: ((start, start + HOUR), day),
    }
    assert [row.wall for row in coming] == [EVENING + HOUR, EVENING + DAY]


async def test_what_one_may_see_of_ones_own(peopled: Database) -> None:
    await book(peopled, asked(AMINA, hour()))
    async with peopled.read() as connection:
        data = [await privacy.export(connection, person) for person in (AMINA, MENTOR, SARA)]
    told = [[(one["role"], one["at"]) for one in person["sessions"]] for person in data if person]
    assert told == [
        [("mentee", "2026-12-01T18:00:00")],
        [("mentor", "2026-12-01T19:00:00")],
        [],
    ]


async def test_time_that_is_over_is_forgotten(peopled: Database) -> None:
    await book(peopled, asked(AMINA, hour()))
    await book(peopled, asked(AMINA, hour(EVENING + 9 * DAY)))
    now = EVENING.replace(tzinfo=UTC) + 3 * DAY
    await keeping.sweep_up(peopled, now, timedelta(days=90))
    async with peopled.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(busy)) == 8


def fate(moved: list[Moved]) -> list[tuple[int, bool, bool]]:
    return [(one.session.id, one.shift.seen, one.displaced) for one in moved]


async def test_bookings_survive_a_decree(peopled: Database) -> None:
    with zone_data("ahead"):
        # Two Moroccan mentees of a mentor in Paris: the first moves to where the second was,
        # the second to where a mentee in Paris is.
        first, second, third = [
            await book(peopled, asked(person, when))
            for person, when in (
                (AMINA, hour()),
                (SARA, hour(EVENING + HOUR)),
                (4, hour(EVENING + 2 * HOUR, PARIS)),
            )
        ]
        at_home = await book(peopled, asked(5, hour(mentor_zone=CASABLANCA), mentor=6))
        abroad = await book(peopled, asked(7, hour(zone=PARIS, mentor_zone=CASABLANCA), mentor=8))
        assert await is_sound(peopled) == 5
    with zone_data("settled"):
        moved = await do(peopled, lambda c: recompute(c, MONDAY))
        assert await do(peopled, lambda c: recompute(c, MONDAY)) == []
    assert fate(moved) == [
        (first, True, False),
        (second, True, True),
        (at_home, False, False),
        (abroad, True, False),
    ]
    assert await is_sound(peopled) == 4
    kept, lost, untouched = await rows(peopled, first, second, third)
    assert (kept.wall, kept.mentor_wall, kept.sequence) == (EVENING, EVENING + HOUR, 1)
    assert (lost.state, lost.wall, lost.sequence) == ("displaced", EVENING + HOUR, 1)
    assert (untouched.mentor_wall, untouched.sequence) == (EVENING + 2 * HOUR, 0)
    # The displaced is moved like any other, and has time again.
    to = hour(EVENING + DAY)
    assert await do(peopled, lambda c: sessions.move(c, lost.id, 1, to, MONDAY)) == 2
    assert await is_sound(peopled) == 5


async def test_two_processes_that_recompute_at_once_do_it_once(processes: list[Database]) -> None:
    with zone_data("ahead"):
        for n in range(2, 22):
            await book(processes[0], asked(n, hour(EVENING + n * HOUR)))
    with zone_data("settled"):
        found = await asyncio.gather(
            *(do(one, lambda c: recompute(c, MONDAY)) for one in processes)
        )
    assert sorted(len(moved) for moved in found) == [0, 0, 0, 20]
    assert await is_sound(processes[0]) == 20


async def test_two_who_were_one_person_have_each_hour_once(peopled: Database) -> None:
    first = await book(peopled, asked(AMINA, hour()))
    await book(peopled, asked(SARA, hour(EVENING + DAY)))
    clash = await book(peopled, asked(SARA, hour(), mentor=4))
    assert await do(peopled, lambda c: hand_over(c, SARA, AMINA)) == [clash]
    await do(peopled, lambda c: privacy.erase(c, SARA, MONDAY))
    assert await is_sound(peopled) == 2
    async with peopled.read() as connection:
        coming = await sessions.upcoming(connection, [AMINA], MONDAY)
    assert [row.wall for row in coming] == [EVENING, EVENING + DAY]
    assert coming[0].id == first

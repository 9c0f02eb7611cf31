"""A cohort matched as a whole: drafts that nobody is told of, dropped or released; and the demo."""

from __future__ import annotations

import asyncio
import csv
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.clock import Clock
from bot.demo import COHORT, Demo, is_empty
from bot.matching import Plan, plan
from bot.rehearsal import Rehearsal
from flows.rules.score import Weights
from storage import drafts
from storage.database import Database
from storage.pairing import mentors, pairs, proposals, requests, sessions
from storage.tables import inbox, mentees, outbox, people
from tests.conftest import MONDAY, settings_for
from tests.test_command import mem


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's database, played once."""
    file = tmp_path_factory.mktemp("demo") / "mem.db"
    asyncio.run(Demo.over(settings_for(f"sqlite:///{file}"), MONDAY).play())
    return file


@pytest.fixture
def own(played: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    file = tmp_path / "mem.db"
    with sqlite3.connect(played) as source, sqlite3.connect(file) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    return file


@pytest.fixture
async def cohort(own: Path) -> AsyncIterator[Database]:
    made = Database(settings_for(f"sqlite:///{own}").database.url)
    yield made
    await made.close()


async def _rows(database: Database, query: Any) -> list[Any]:
    async with database.read() as connection:
        return list((await connection.execute(query)).all())


async def _planned(database: Database, code: str | None = COHORT) -> Plan:
    async with database.read() as connection:
        return await plan(connection, code, MONDAY, Weights())


async def _drafted(database: Database) -> Plan:
    made = await _planned(database)
    async with database.write() as connection:
        await drafts.save(connection, list(made.mentees), made.rows, MONDAY)
    return made


def _count(table: Any, *holds: Any) -> Any:
    return select(func.count()).select_from(table).where(*holds)


async def test_the_demo_tells_a_whole_story(cohort: Database) -> None:
    counted = [
        (await _rows(cohort, query))[0][0]
        for query in (
            _count(mentees),
            _count(mentors, mentors.c.state == "approved"),
            _count(mentors, mentors.c.state == "pending"),
            _count(pairs),
            _count(pairs, pairs.c.agreed_at.is_not(None)),
            _count(requests, requests.c.state == "asked"),
            _count(requests, requests.c.state == "declined"),
            _count(mentees, mentees.c.waiting_since.is_not(None)),
            _count(sessions, sessions.c.state == "held"),
            _count(sessions, sessions.c.state == "booked"),
            _count(inbox, inbox.c.state != "done"),
            _count(outbox, outbox.c.state.in_(("failed", "unsure"))),
        )
    ]
    assert counted == [41, 15, 1, 9, 7, 3, 1, 1, 3, 4, 0, 0]
    assert not await is_empty(cohort)
    regions = await _rows(cohort, select(mentees.c.region).distinct())
    abroad = await _rows(cohort, select(mentors.c.country).distinct())
    assert len(regions) == 12
    assert len(abroad) >= 5
    assert {row.language for row in await _rows(cohort, select(people.c.language))} == {
        "fr", "ar", "en",
    }  # fmt: skip


async def test_the_demo_is_the_same_every_time(cohort: Database, tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path}/again.db")
    await Demo.over(settings, MONDAY).play()
    other = Database(settings.database.url)
    told = []
    for database in (cohort, other):
        columns = (proposals.c.mentee_id, proposals.c.mentor_id, proposals.c.state)
        told.append(
            [
                await _rows(database, select(*columns).order_by(proposals.c.id)),
                await _rows(database, select(outbox.c.payload).order_by(outbox.c.id)),
            ]
        )
    await other.close()
    assert told[0] == told[1]


async def test_a_plan_keeps_places_and_is_told_whole(cohort: Database) -> None:
    made = await _planned(cohort)
    found = made.assignment
    assert {mentee for mentee, _ in found.pairs} | set(found.unmatched) == set(made.mentees)
    assert all(taken + added <= capacity for taken, added, capacity in made.loads.values())
    assert found.total <= found.bound
    assert found.gap < 1e-5
    asked = Counter(
        row.mentor_id for row in await _rows(cohort, select(requests)) if row.state == "asked"
    )
    taken = {row.person_id: row.taken for row in await _rows(cohort, select(mentors))}
    assert all(made.loads[id][0] == min(taken[id] + asked[id], made.loads[id][2]) for id in asked)
    busy = {row.mentee_id for row in await _rows(cohort, select(pairs))}
    assert not busy & set(made.mentees)
    assert not (await _planned(cohort, "NOBODY")).mentees


async def test_drafts_are_not_seen_until_they_are_released(cohort: Database) -> None:
    shown_before = await _rows(cohort, select(proposals.c.id).where(proposals.c.state == "shown"))
    await _drafted(cohort)
    await _drafted(cohort)
    async with cohort.read() as connection:
        made = await drafts.listed(connection, COHORT)
    shown = await _rows(cohort, select(proposals.c.id).where(proposals.c.state == "shown"))
    assert made
    assert shown == shown_before
    assert len({draft.mentee_id for draft in made}) == len(made)
    async with cohort.write() as connection:
        told, left = await drafts.release(connection, None, MONDAY)
        again = await drafts.release(connection, None, MONDAY)
    assert [draft.id for draft in told] == [draft.id for draft in made]
    assert (left, again) == ([], ([], []))
    waits = await _rows(cohort, select(inbox.c.address).where(inbox.c.state == "new"))
    assert {int(row.address) for row in waits} == {draft.mentee_id for draft in told}
    most = await _rows(
        cohort,
        select(func.count()).where(proposals.c.state == "shown").group_by(proposals.c.mentee_id),
    )
    assert max(row[0] for row in most) <= 3


async def test_what_was_dropped_does_not_come_back(cohort: Database) -> None:
    await _drafted(cohort)
    async with cohort.write() as connection:
        first = (await drafts.listed(connection, COHORT))[0]
        assert await drafts.drop(connection, first.id)
        assert not await drafts.drop(connection, first.id)
    again = await _drafted(cohort)
    assert (first.mentee_id, first.mentor_id) not in again.assignment.pairs


async def test_a_draft_that_the_facts_overtook_is_not_shown(cohort: Database) -> None:
    await _drafted(cohort)
    async with cohort.write() as connection:
        first, second, *others = await drafts.listed(connection, COHORT)
        gone = update(people).where(people.c.id == first.mentee_id)
        await connection.execute(gone.values(opted_out_at=MONDAY))
        full = update(mentors).where(mentors.c.person_id == second.mentor_id)
        await connection.execute(full.values(taken=mentors.c.capacity))
        told, left = await drafts.release(connection, COHORT, MONDAY)
    overtaken = {row.id for row in left}
    assert {first.id, second.id} <= overtaken
    assert {row.id for row in told} | overtaken == {first.id, second.id, *(o.id for o in others)}


async def test_a_released_draft_is_what_the_mentee_chooses_from(
    cohort: Database, own: Path
) -> None:
    await _drafted(cohort)
    async with cohort.write() as connection:
        told, _ = await drafts.release(connection, COHORT, MONDAY)
    rehearsal = Rehearsal(settings_for(f"sqlite:///{own}"), Clock(MONDAY))
    await rehearsal.begin()
    try:
        sent = await rehearsal.settle()
    finally:
        await rehearsal.end()
    assert len(sent) == len(told)
    firsts = Counter(draft.mentor.split()[0] for draft in told)
    shown = (message.options[0].split()[0].strip("\u2068\u2069") for message in sent)
    assert Counter(shown) == firsts


async def test_the_same_on_postgresql(postgres: str, cohort: Database) -> None:
    """The whole way from an empty database to the release, and the same plan as on SQLite."""
    await Demo.over(settings_for(postgres), MONDAY).play()
    database = Database(settings_for(postgres).database.url)
    made = await _drafted(database)
    assert made.assignment == (await _planned(cohort)).assignment
    async with database.write() as connection:
        first, *others = await drafts.listed(connection, COHORT)
        assert await drafts.drop(connection, first.id)
    again = await _drafted(database)
    assert (first.mentee_id, first.mentor_id) not in again.assignment.pairs
    async with database.write() as connection:
        told, left = await drafts.release(connection, COHORT, MONDAY)
    await database.close()
    assert told
    assert not left


def test_the_commands_from_plan_to_release(own: Path, tmp_path: Path) -> None:
    here = {"MEM_DATABASE__URL": f"sqlite:///{own}"}
    refused = mem("demo", **here)
    assert refused.returncode == 1
    assert "mem demo fills an empty one only" in refused.stderr
    met = mem("sessions", "--state", "held", **here, COLUMNS="200")
    assert met.stdout.count(" held ") == 3, met.stdout
    assert "Casablanca" in met.stdout
    dry = mem("match", "--cohort", COHORT, "--dry-run", **here)
    assert dry.returncode == 0, dry.stderr
    assert "no assignment has more than" in dry.stdout
    assert "There is no draft" in mem("match", "--drafts", **here).stdout
    file = tmp_path / "plan.csv"
    made = mem("match", "--cohort", COHORT, "--language", "en", "--out", str(file), **here)
    assert made.returncode == 0, made.stderr
    lines = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    made_drafts = [line for line in lines if line["state"] == "draft"]
    assert made_drafts
    assert any("can help with" in line["why"] for line in made_drafts)
    assert any(line["mentor name"] == "nobody" and line["why"] for line in lines)
    number = made_drafts[0]["number"]
    assert "Dropped" in mem("match", "--drop", number, **here).stdout
    again = mem("match", "--drop", number, **here)
    assert again.returncode == 1
    assert "mem match --drafts lists them" in again.stderr
    released = mem("match", "--release", **here)
    assert f"{len(made_drafts) - 1} shown; the mentees are told." in released.stdout
    assert mem("match", "--release", "--dry-run", **here).returncode == 1


def test_the_demo_keeps_away_from_a_bot_that_really_writes(tmp_path: Path) -> None:
    real = {
        "MEM_DATABASE__URL": f"sqlite:///{tmp_path / 'real.db'}",
        "MEM_TELEGRAM__TOKEN": "1:abc",
    }
    assert "Nobody waits" in mem("match", MEM_DATABASE__URL=f"sqlite:///{tmp_path}/new.db").stdout
    refused = mem("demo", folder=tmp_path, **real)
    assert refused.returncode == 1
    assert "--force-into demo.db" in refused.stderr
    filled = mem("demo", "--force-into", str(tmp_path / "demo.db"), folder=tmp_path, **real)
    assert filled.returncode == 0, filled.stderr
    assert "  41 mentees" in filled.stdout
    assert not (tmp_path / "real.db").exists()

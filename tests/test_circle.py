"""The circle over both databases: what is due, what is kept, what outlives an erasure."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.catalog import Catalog
from bot.cli.circle import counts, told
from bot.clock import Clock
from bot.drawing import lineage as drawn
from bot.rehearsal import Rehearsal, Sent
from flows.rules.circle import circle as tree
from storage import circle, mentoring, privacy
from storage.database import Database
from storage.pairing import lineage, mentors, outcomes, pairs, sessions
from storage.tables import addresses, mentees, people, skill_ratings, timers
from tests.conftest import MONDAY, settings_for

KARIM, AMINA, SALMA = 1, 2, 3
PAIR = 7
NAMES = {KARIM: "Karim Idrissi", AMINA: "Amina Benali", SALMA: "Salma Alaoui"}
AT = {KARIM: "telegram:1", AMINA: "telegram:2", SALMA: "telegram:3"}


def person(id: int) -> dict[str, Any]:
    return {
        "id": id, "name": NAMES[id], "language": "fr", "registered_at": MONDAY, "seen_at": MONDAY,
        "state": {}, "created_at": MONDAY,
    }  # fmt: skip


def as_mentor(id: int, state: str = "approved") -> dict[str, Any]:
    names = ("sectors", "skills", "stages", "languages", "meet", "availability")
    lists: dict[str, list[str]] = {name: [] for name in names}
    return {
        "person_id": id, "capacity": 2, "taken": 1, "conduct": "x", "state": state,
        "decided_at": MONDAY - timedelta(days=9), "updated_at": MONDAY, **lists,
    }  # fmt: skip


def as_mentee(id: int) -> dict[str, Any]:
    return {
        "person_id": id, "needs": ["sales"], "languages": ["fr"], "meet": ["voice"],
        "availability": [], "sector": "crafts", "stage": "idea", "updated_at": MONDAY,
    }  # fmt: skip


def session(number: int, state: str = "held") -> dict[str, Any]:
    wall = (MONDAY + timedelta(days=number)).replace(tzinfo=None)
    return {
        "pair_id": PAIR, "mentee_id": AMINA, "mentor_id": KARIM, "wall": wall, "fold": 0,
        "zone": "Africa/Casablanca", "mentor_wall": wall, "mentor_zone": "Africa/Casablanca",
        "starts_at": MONDAY + timedelta(days=number), "minutes": 60, "way": "voice", "link": "",
        "uid": f"s{number}", "state": state, "created_at": MONDAY, "updated_at": MONDAY,
    }  # fmt: skip


async def people_of(database: Database, held: int = 0) -> None:
    """Karim accompanies Amina; so many of their sessions were held."""
    async with database.write() as connection:
        await connection.execute(insert(people), [person(id) for id in NAMES])
        rows = [
            {"person_id": id, "channel": "telegram", "address": str(id), "created_at": MONDAY}
            for id in NAMES
        ]
        await connection.execute(insert(addresses), rows)
        await connection.execute(insert(mentors), [as_mentor(KARIM)])
        await connection.execute(insert(mentees), [as_mentee(AMINA), as_mentee(SALMA)])
        rated = {"skill": "sales", "moment": "baseline", "rating": 1, "at": MONDAY}
        await connection.execute(insert(skill_ratings), [{"person_id": AMINA, **rated}])
        pair = {"id": PAIR, "mentee_id": AMINA, "mentor_id": KARIM, "started_at": MONDAY}
        await connection.execute(insert(pairs), [pair])
        made = [session(n) for n in range(held)] + [session(90, "cancelled")]
        await connection.execute(insert(sessions), made)


async def due(rehearsal: Rehearsal, every: int = 6) -> tuple[bool, list[Sent]]:
    async with rehearsal.app.database.write() as connection:
        is_due = await circle.close_when_due(connection, PAIR, every, MONDAY)
    return is_due, await rehearsal.settle()


async def rows_of(database: Database, table: Any) -> list[Any]:
    async with database.read() as connection:
        return list((await connection.execute(select(table).order_by(table.c.id))).all())


async def close(rehearsal: Rehearsal) -> None:
    """Amina closes by the sixth session, with a word of thanks and most questions skipped."""
    await people_of(rehearsal.app.database, 6)
    await due(rehearsal)
    for text in ("Oui, concluons", "4", "Oui", *["passer"] * 4, "Merci Karim", "Non merci"):
        await rehearsal.write(AT[AMINA], text=text)


@pytest.mark.parametrize(("held", "is_due"), [(0, False), (5, False), (6, True), (7, False)])
async def test_both_are_asked_after_the_agreed_number_of_sessions(
    rehearsal: Rehearsal, held: int, is_due: bool
) -> None:
    await people_of(rehearsal.app.database, held)
    found, sent = await due(rehearsal)
    assert found is is_due
    assert {message.to for message in sent} == ({AT[KARIM], AT[AMINA]} if is_due else set())
    again, more = await due(rehearsal)
    assert (again, more) == (is_due, []), "the same sessions are told once"


async def test_who_goes_on_is_asked_after_as_many_sessions_more(rehearsal: Rehearsal) -> None:
    await people_of(rehearsal.app.database, 2)
    await due(rehearsal, every=2)
    sent = await rehearsal.write(AT[AMINA], text="Non, continuer")
    assert {message.to for message in sent} == {AT[KARIM], AT[AMINA]}
    async with rehearsal.app.database.write() as connection:
        await connection.execute(insert(sessions), [session(20)])
    assert await due(rehearsal, every=2) == (False, [])
    async with rehearsal.app.database.write() as connection:
        await connection.execute(insert(sessions), [session(21)])
    # We begin at most once a day.
    await rehearsal.move(rehearsal.clock.now() + timedelta(days=1))
    found, sent = await due(rehearsal, every=2)
    assert found
    assert "Déjà 4 séances" in sent[0].text.replace("\u00a0", " ")


async def test_a_closing_keeps_everything_in_one_go(rehearsal: Rehearsal) -> None:
    await close(rehearsal)
    database = rehearsal.app.database
    (kept,) = await rows_of(database, lineage)
    assert (kept.mentee_id, kept.mentor_id, kept.held, kept.closed) == (AMINA, KARIM, 6, True)
    (told_it,) = await rows_of(database, outcomes)
    assert (told_it.moment, told_it.kind, told_it.value) == ("closing", "formalised", "yes")
    rated = {(r.moment, r.rating) for r in await rows_of(database, skill_ratings)}
    assert rated == {("baseline", 1), ("closing", 4)}
    asked = {row.subject for row in await rows_of(database, timers) if row.kind == "follow_up"}
    assert asked == {"m3", "m6", "m12"}
    assert any("Merci Karim" in s.text for s in rehearsal.sent if s.to == AT[KARIM])
    assert [row.taken for row in await _mentors(database)] == [0]


async def _mentors(database: Database) -> list[Any]:
    async with database.read() as connection:
        return list((await connection.execute(select(mentors))).all())


async def test_a_closing_left_open_ends_after_two_weeks(rehearsal: Rehearsal) -> None:
    await people_of(rehearsal.app.database)
    async with rehearsal.app.database.write() as connection:
        await mentoring.tell(connection, AMINA, "closing_asked", "x", MONDAY, f"pair:{PAIR}")
    await rehearsal.settle()
    await rehearsal.write(AT[AMINA], text="oui")
    await rehearsal.write(AT[AMINA], text="5")
    sent = await rehearsal.move(MONDAY + timedelta(days=15))
    assert {message.to for message in sent} == {AT[KARIM], AT[AMINA]}
    (kept,) = await rows_of(rehearsal.app.database, lineage)
    assert (kept.closed, kept.held) == (True, 0)
    rated = {(r.moment, r.rating) for r in await rows_of(rehearsal.app.database, skill_ratings)}
    assert ("closing", 5) in rated, "what was answered is kept"


async def test_who_ended_without_a_session_leaves_no_line(database: Database) -> None:
    await people_of(database)
    async with database.write() as connection:
        pair = await mentoring.end_pair(connection, PAIR, "fit", MONDAY)
        assert pair is not None
        await circle.keep(connection, pair, MONDAY)
        assert await circle.lines(connection) == []


async def test_both_close_at_the_same_moment(database: Database) -> None:
    """One line, closed well, whichever of the two comes first."""
    await people_of(database, 1)

    async def end(closed: bool) -> None:
        async with database.write() as connection:
            await mentoring.end_pair(connection, PAIR, "x", MONDAY)
            pair = await circle.ended(connection, PAIR)
            assert pair is not None
            await circle.keep(connection, pair, MONDAY, closed=closed)

    await asyncio.gather(*(end(closed) for closed in (False, True, False)))
    (kept,) = await rows_of(database, lineage)
    assert kept.closed


async def second_generation(database: Database) -> None:
    """Amina, approved since, accompanies Salma, and closes with her."""
    async with database.write() as connection:
        await connection.execute(insert(mentors), [as_mentor(AMINA, "pending")])
        await mentoring.decide(connection, AMINA, "approved", MONDAY + timedelta(days=30))
        pair = {"id": 8, "mentee_id": SALMA, "mentor_id": AMINA, "started_at": MONDAY}
        await connection.execute(insert(pairs), [pair])
        made = (await connection.execute(select(pairs).where(pairs.c.id == 8))).one()
        await connection.execute(update(pairs).where(pairs.c.id == 8).values(state="ended"))
        await circle.keep(connection, made, MONDAY + timedelta(days=90), closed=True)


async def test_generations_outlive_an_erasure(rehearsal: Rehearsal) -> None:
    await close(rehearsal)
    database = rehearsal.app.database
    await second_generation(database)
    async with database.read() as connection:
        before = await circle.lines(connection)
    async with database.write() as connection:
        await privacy.erase(connection, AMINA, MONDAY)
    async with database.read() as connection:
        after = await circle.lines(connection)
    assert counts(after) == counts(before), "the numbers are the same, the name is gone"
    assert [(line.mentee, line.mentor) for line in after] == [(None, KARIM), (SALMA, None)]
    assert [row.person_id for row in await rows_of(database, outcomes)] == []
    assert "1: 1, 2: 1" in counts(after)[1]
    assert "50% (1 of n = 2" in counts(after)[2]


async def test_an_erased_pair_gives_its_number_to_another(rehearsal: Rehearsal) -> None:
    """SQLite gives the highest id again: the new pair's line is another one."""
    database = rehearsal.app.database
    await people_of(database, 1)
    async with database.write() as connection:
        await privacy.erase(connection, AMINA, MONDAY)
        pair = {"id": PAIR, "mentee_id": SALMA, "mentor_id": KARIM, "started_at": MONDAY}
        await connection.execute(insert(pairs), [pair])
        made = (await connection.execute(select(pairs))).one()
        await circle.keep(connection, made, MONDAY, closed=True)
    first, second = await rows_of(database, lineage)
    assert (first.mentee_id, first.held, first.pair_id) == (None, 1, None)
    assert (second.mentee_id, second.held, second.pair_id) == (SALMA, 0, PAIR)


async def test_ones_own_part_is_exported_without_a_word_on_others(rehearsal: Rehearsal) -> None:
    await close(rehearsal)
    amina, karim = await rehearsal.show(AT[AMINA]), await rehearsal.show(AT[KARIM])
    assert amina["circle"] == [
        {
            "role": "mentee", "held": 6, "closed": True, "at": MONDAY.isoformat(),
            "became_mentor_at": None,
        }
    ]  # fmt: skip
    assert amina["outcomes"][0]["value"] == "yes"
    assert karim["circle"][0]["role"] == "mentor"
    assert "Amina" not in str(karim["circle"]) + str(karim["outcomes"])


async def test_nobody_is_asked_again_who_said_so(rehearsal: Rehearsal) -> None:
    await close(rehearsal)
    sent = await rehearsal.move(MONDAY + timedelta(days=91))
    assert "Ne plus demander" in sent[-1].options
    await rehearsal.write(AT[AMINA], text="Ne plus demander")
    assert await rehearsal.move(MONDAY + timedelta(days=800)) == []


async def test_a_later_yes_is_filled_in_as_well(rehearsal: Rehearsal) -> None:
    """Who said no and writes "devenir mentor" later does not tell everything anew."""
    await close(rehearsal)
    sent = await rehearsal.write(AT[AMINA], text="je veux devenir mentor")
    async with rehearsal.app.database.read() as connection:
        row = (await connection.execute(select(people).where(people.c.id == AMINA))).one()
    (frame,) = row.state["stack"]
    assert frame["flow"] == "mentor"
    told_it = {name: frame["answers"].get(name) for name in ("skills", "sectors", "stages")}
    assert told_it == {
        "skills": ["sales"],
        "sectors": ["crafts"],
        "stages": ["idea", "launched_informal"],
    }
    assert sent


async def test_the_circle_is_drawn_without_a_number_to_call(rehearsal: Rehearsal) -> None:
    await close(rehearsal)
    await second_generation(rehearsal.app.database)
    async with rehearsal.app.database.read() as connection:
        nodes = tree(await circle.lines(connection))
        names = await circle.first_names(connection, [KARIM, AMINA, SALMA])
    assert names == {KARIM: "Karim", AMINA: "Amina", SALMA: "Salma"}
    assert drawn(nodes, names).splitlines() == [
        "flowchart TD",
        '  p0(["Karim"])',
        '  p0_0(["Amina"])',
        '  p0_0_0("Salma")',
        "  p0_0 ==> p0_0_0",
        "  p0 ==> p0_0",
    ]
    assert told(nodes[0].below[0], {}) == (
        "2: closed 2026-11-23, sessions held: 6, mentor since 2026-12-23"
    )


async def test_mem_circle_prints_and_draws(tmp_path: Path, sqlite: str, catalog: Catalog) -> None:
    from typer.testing import CliRunner

    from bot.cli import app
    from bot.cli.base import Context

    rehearsal = Rehearsal(settings_for(sqlite), Clock(MONDAY), catalog)
    await rehearsal.begin()
    await close(rehearsal)
    await second_generation(rehearsal.app.database)
    await rehearsal.end()
    out = tmp_path / "circle.mmd"
    context = Context(settings_for(sqlite), Clock(MONDAY))

    def call(*words: str) -> str:
        result = CliRunner().invoke(app, ["circle", *words], obj=context)
        assert result.exit_code == 0, result.output
        return result.output

    told_it = await asyncio.to_thread(call, "--out", str(out))
    assert "Give-back rate: 50% (1 of n = 2 people who closed" in told_it
    assert "Karim 1" in told_it
    assert "Amina 2: closed 2026-11-23, sessions held: 6, mentor since 2026-12-23" in told_it
    assert out.read_text(encoding="utf-8").startswith("flowchart TD\n")
    numbers = await asyncio.to_thread(call, "--numbers")
    assert "Amina" not in numbers

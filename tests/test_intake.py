"""The way in: once, durable, in order, whatever the provider or the database does."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.app import App
from bot.channels.base import Inbound, Later
from bot.clock import Clock
from bot.intake import Intake
from bot.rehearsal import Rehearsal
from storage import migrate
from storage.database import Database
from storage.tables import inbox, outbox
from tests.conftest import MONDAY, settings_for

AMINA = "whatsapp:+212600000001"


def inbound(number: int, address: str = "+212600000001", said: str = "bonjour") -> Inbound:
    return Inbound("sms", f"SM{number}", address, text=said, phone=address)


def intake(database: Database, spool: Path | None = None) -> Intake:
    return Intake(database, Clock(MONDAY), spool, lambda partitions, receipts: None)


async def count(database: Database) -> int:
    async with database.read() as connection:
        return len((await connection.execute(select(inbox.c.id))).all())


async def test_a_message_is_stored_once_however_often_it_comes(database: Database) -> None:
    way_in = intake(database)
    await asyncio.gather(*(way_in.store([inbound(number % 20)]) for number in range(400)))
    await way_in.store([inbound(3), inbound(3), inbound(21)])
    assert await count(database) == 21


@pytest.mark.parametrize(
    "said",
    ["\0", "a\0b", "\ud800", "\u202eabc", "\u200b", "Ḩ̷͈e" * 200, "x" * 100_000, "👩‍👩‍👧‍👦" * 3000],
)
async def test_hostile_text_is_kept_clean_on_both(rehearsal: Rehearsal, said: str) -> None:
    await rehearsal.write(AMINA, text=said)
    async with rehearsal.app.database.read() as connection:
        row = (await connection.execute(select(inbox.c.payload, inbox.c.state))).one()
    assert row.state == "done"
    assert not {"\0", "\ud800", "\u202e", "\u200b"} & set(row.payload.get("text", ""))
    assert len(row.payload.get("text", "")) <= 4096


async def test_a_locked_database_spools_and_serves_once(tmp_path: Path) -> None:
    database = Database(settings_for(f"sqlite:///{tmp_path}/mem.db").database.url)
    await migrate.migrate(database)
    spool = tmp_path / "mem.spool"
    way_in = intake(database, spool)
    holder = sqlite3.connect(tmp_path / "mem.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        async with asyncio.timeout(60):
            await way_in.store([inbound(1), inbound(2)])
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert spool.exists()
    assert await way_in.flush() == 2
    assert await way_in.flush() == 0
    assert await count(database) == 2
    assert not list(tmp_path.glob("*.flushing"))
    await database.close()


async def test_nothing_is_promised_that_cannot_be_kept(tmp_path: Path) -> None:
    database = Database(settings_for(f"sqlite:///{tmp_path}/mem.db").database.url)
    with pytest.raises(Later):
        await intake(database).store([inbound(1)])  # no table, no spool
    await database.close()


async def test_a_poisoned_message_is_parked_and_the_next_one_served(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    import bot.turns as turns

    real = turns.advance

    def raising(book, state, person, heard, words, year):  # type: ignore[no-untyped-def]
        if heard.text == "poison":
            raise ValueError("planted")
        return real(book, state, person, heard, words, year)

    monkeypatch.setattr(turns, "advance", raising)
    await rehearsal.app.intake.store(
        [inbound(1, said="poison"), inbound(2), inbound(3, "+212600000002")]
    )
    sent = await rehearsal.settle()
    assert sorted(message.to for message in sent) == ["sms:+212600000001", "sms:+212600000002"]
    async with rehearsal.app.database.read() as connection:
        rows = (
            await connection.execute(select(inbox.c.state, inbox.c.attempts).order_by(inbox.c.id))
        ).all()
    assert [tuple(row) for row in rows] == [("parked", 3), ("done", 0), ("done", 0)]


async def test_a_failing_write_costs_only_its_own_message(rehearsal: Rehearsal) -> None:
    """A batch that cannot be committed is served message by message."""
    app: App = rehearsal.app
    async with app.database.write() as connection:
        if app.database.sqlite:
            trigger = (
                "CREATE TRIGGER planted BEFORE INSERT ON outbox WHEN NEW.address = '+212600000002' "
                "BEGIN SELECT RAISE(ABORT, 'planted'); END"
            )
            await connection.execute(text(trigger))
        else:
            check = "ALTER TABLE outbox ADD CONSTRAINT planted CHECK (address <> '+212600000002')"
            await connection.execute(text(check))
    await app.intake.store([inbound(n, f"+21260000000{n}") for n in (1, 2, 3)])
    sent = await rehearsal.settle()
    assert sorted(message.to[-1] for message in sent) == ["1", "3"]
    async with app.database.read() as connection:
        states = (
            (await connection.execute(select(inbox.c.state).order_by(inbox.c.id))).scalars().all()
        )
        assert (await connection.execute(select(outbox.c.id))).all()
    assert states == ["done", "parked", "done"]


async def test_a_foreign_tap_is_refused(rehearsal: Rehearsal) -> None:
    await rehearsal.write(AMINA, text="Bonjour")
    theirs = rehearsal.sent[-1].token
    await rehearsal.write("web:thief", text="Hello")
    stolen = Inbound("web", "t1", "thief", kind="tap", tap=f"{theirs}:0", text="J'accepte")
    await rehearsal.app.intake.store([stolen])
    (answer,) = await rehearsal.settle()
    assert "no longer valid" in answer.text
    assert (await rehearsal.show(AMINA))["consents"] == []
    assert (await rehearsal.show("web:thief"))["consents"] == []

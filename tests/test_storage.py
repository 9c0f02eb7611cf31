"""Migrations, the outbox's claims, and the rights of people, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from bot.catalog import Catalog
from bot.clock import Clock
from bot.rehearsal import Rehearsal
from bot.settings import Settings
from storage import inbox as incoming
from storage import migrate, outbox, programme
from storage.database import Database
from storage.tables import TIMED, inbox, people, timers
from tests.conftest import MONDAY, settings_for

AMINA = "whatsapp:+212600000001"
TOLD = ("Bonjour", "oui", "Zoubida Canari", "31", "Fès", "je vends des tapis canari")


async def test_migrations_go_up_and_down_and_agree_with_the_code(database_url: str) -> None:
    database = Database(settings_for(database_url).database.url)
    assert await migrate.current(database) is None
    await migrate.migrate(database)
    assert await migrate.current(database) == migrate.newest()
    async with database.engine.connect() as connection:
        assert await connection.run_sync(migrate.differences) == []
    await migrate.migrate(database, "base")
    assert await migrate.current(database) is None
    for revision in ("0001", "head"):
        await migrate.migrate(database, revision)
    assert await migrate.current(database) == migrate.newest()
    await database.close()


def row(number: int, address: str = "a") -> dict[str, object]:
    return {
        "person_id": None, "inbox_id": None, "channel": "sms", "address": address,
        "purpose": "reply", "payload": {"text": str(number)}, "token": None,
        "due_at": MONDAY, "created_at": MONDAY,
    }  # fmt: skip


async def test_every_row_is_claimed_once_by_many(database: Database) -> None:
    async with database.write() as connection:
        await outbox.add(connection, [row(n, f"person{n}") for n in range(200)])
    claimed: list[int] = []

    async def claim() -> None:
        while True:
            async with database.write() as connection:
                rows = await outbox.claim(connection, "sms", MONDAY, 7)
            if not rows:
                return
            claimed.extend(found.id for found in rows)

    await asyncio.gather(*(claim() for _ in range(4)))
    assert len(claimed) == len(set(claimed)) == 200


async def test_a_persons_messages_go_one_after_the_other(database: Database) -> None:
    async with database.write() as connection:
        await outbox.add(connection, [row(1), row(2), row(3, "b")])
    async with database.write() as connection:
        first = await outbox.claim(connection, "sms", MONDAY, 10)
    assert [(r.address, r.payload["text"]) for r in first] == [("a", "1"), ("b", "3")]
    async with database.write() as connection:
        assert await outbox.claim(connection, "sms", MONDAY, 10) == []


async def test_statuses_only_move_forward_whatever_comes_first(database: Database) -> None:
    def receipt(status: str) -> dict[str, object]:
        return {
            "channel": "sms", "provider_id": "SM1", "status": status, "error": None,
            "received_at": MONDAY,
        }  # fmt: skip

    async with database.write() as connection:
        await outbox.add(connection, [row(1)])
        await outbox.store_receipts(connection, [receipt("delivered"), receipt("delivered")])
        # Our own commit of the provider's id comes after its receipt.
        assert await outbox.apply_receipts(connection) == []
        await connection.execute(text("UPDATE outbox SET provider_id = 'SM1'"))
        await outbox.apply_receipts(connection)
        await outbox.store_receipts(connection, [receipt("sent")])
        await outbox.apply_receipts(connection)
        assert await connection.scalar(text("SELECT status FROM outbox")) == "delivered"
        assert await connection.scalar(text("SELECT count(*) FROM receipts")) == 0


async def test_erasing_leaves_no_trace(tmp_path: Path, catalog: Catalog) -> None:
    """Names, numbers and words are gone from every file, the write-ahead log included."""
    rehearsal = Rehearsal(settings_for(f"sqlite:///{tmp_path}/mem.db"), Clock(MONDAY), catalog)
    await rehearsal.begin()
    for said in TOLD:
        await rehearsal.write(AMINA, text=said)
    await rehearsal.write(AMINA, text="effacer mes données")
    sent = await rehearsal.write(AMINA, text="oui")
    assert len(sent) == 1
    assert await rehearsal.show(AMINA) == {}
    async with rehearsal.app.database.engine.connect() as connection:
        await connection.exec_driver_sql("SELECT 1")
    await rehearsal.app.keep_house()
    await rehearsal.end()
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for trace in ("Canari", "canari", "Zoubida", "+212600000001"):
        assert trace.encode() not in left, trace


async def test_a_refusal_keeps_only_itself(rehearsal: Rehearsal) -> None:
    await rehearsal.write(AMINA, text="Bonjour, je suis Zoubida, 31 ans, de Fès")
    await rehearsal.write(AMINA, text="non")
    data = await rehearsal.show(AMINA)
    assert [consent["answer"] for consent in data.pop("consents")] == [False]
    assert "Zoubida" not in str(data)
    assert "Fès" not in str(data)


async def test_ones_own_data_opens_once_and_only_for_an_hour(
    database_url: str, catalog: Catalog
) -> None:
    settings: Settings = settings_for(database_url, server={"public_url": "https://m.example"})
    rehearsal = Rehearsal(settings, Clock(MONDAY), catalog)
    await rehearsal.begin()
    for said in TOLD:
        await rehearsal.write(AMINA, text=said)
    await rehearsal.write("sms:+212600000002", text="bonjour")
    from storage import privacy

    for wait, opens in ((timedelta(0), True), (timedelta(hours=2), False)):
        (sent,) = await rehearsal.write(AMINA, text="mes données")
        secret = sent.text.split("/my-data/")[1].split()[0]
        now = rehearsal.clock.now() + wait
        async with rehearsal.app.database.write() as connection:
            first = await privacy.open_link(connection, secret, now)
            again = await privacy.open_link(connection, secret, now)
        assert again is None
        assert (first is not None) == opens
        assert first is None or ("Zoubida" in str(first) and "+212600000002" not in str(first))
    await rehearsal.end()


@pytest.mark.parametrize("order", [("whatsapp", "sms"), ("sms", "whatsapp")])
async def test_one_number_is_one_person(rehearsal: Rehearsal, order: tuple[str, str]) -> None:
    for channel in order:
        await rehearsal.write(f"{channel}:+212600000001", text="bonjour")
    data = await rehearsal.show(AMINA)
    assert sorted(a["channel"] for a in data["addresses"]) == ["sms", "whatsapp"]


async def test_who_is_talking_goes_before_a_thousand_reminders(database: Database) -> None:
    early = MONDAY - timedelta(hours=1)
    nudges = [
        row(n, f"person{n}") | {"purpose": "nudge", "rank": 1, "due_at": early} for n in range(1000)
    ]
    async with database.write() as connection:
        await outbox.add(connection, nudges)
        await outbox.add(connection, [row(1, "talker") | {"rank": 0}])
        # The same person's own reminder does not hold up their answer either.
        await outbox.add(connection, [row(2, "person7") | {"rank": 0}])
    async with database.write() as connection:
        first = await outbox.claim(connection, "sms", MONDAY, 8)
    assert [found.address for found in first[:2]] == ["talker", "person7"]
    assert [found.rank for found in first] == [0, 0, *[1] * 6]
    assert "person7" not in {found.address for found in first[2:]}


async def reminded(database: Database, many: int) -> list[int]:
    """So many people, each with a reminder that is due."""
    async with database.write() as connection:
        made = insert(people).returning(people.c.id, sort_by_parameter_order=True)
        blank = {"state": {}, "created_at": MONDAY}
        ids = list(await connection.scalars(made, [blank] * many))
        pending = programme.Pending()
        for id in ids:
            programme.remind(pending, id, "unfinished", "onboarding", MONDAY)
        await pending.write(connection)
    return ids


async def test_timers_that_are_due_at_once_fire_once_and_in_portions(database: Database) -> None:
    ids = await reminded(database, 1200)

    async def fire() -> None:
        async with database.write() as connection:
            await programme.timers_due(connection, MONDAY)

    async def fired() -> list[str]:
        async with database.read() as connection:
            query = select(inbox.c.address).where(inbox.c.channel == "event")
            return list(await connection.scalars(query))

    await fire()
    await fire()
    assert len(await fired()) == 500, "no more become messages than are served"
    for _ in range(2):
        async with database.write() as connection:
            await connection.execute(update(inbox).values(state="done"))
        await asyncio.gather(*(fire() for _ in range(6)))
    assert sorted(map(int, await fired())) == ids


async def timed(database: Database, *timed: tuple[int, str, str, int, str]) -> None:
    """People 1 and 2 and their timers: (whose, kind, subject, due after so many days, state)."""
    columns = ("person_id", "kind", "subject", "due_at", "state")
    async with database.write() as connection:
        known = [{"id": id, "state": {}, "created_at": MONDAY} for id in (1, 2)]
        await connection.execute(insert(people), known)
        rows = [(*row[:3], MONDAY + timedelta(days=row[3]), row[4]) for row in timed]
        await connection.execute(
            insert(timers), [dict(zip(columns, row, strict=True)) for row in rows]
        )


async def left(database: Database) -> set[tuple[int, str, str, int, str]]:
    """What is there of them, in the same form."""
    async with database.read() as connection:
        rows = (await connection.execute(select(timers))).all()
    return {(r.person_id, r.kind, r.subject, (r.due_at - MONDAY).days, r.state) for r in rows}


async def test_timers_follow_who_turns_out_to_be_the_same_person(database: Database) -> None:
    await timed(
        database,
        (1, "choice_again", "", 3, "new"),
        (1, "availability", "", 90, "new"),
        (1, "session_day", "session:4.1", 2, "new"),
        (1, "unfinished", "onboarding", 1, "new"),
        (2, "unfinished", "onboarding", 2, "new"),
        (1, "follow_up", "m3", 9, "new"),
        (2, "follow_up", "m3", 5, "new"),
        (1, "silent_pair", "pair:7", 1, "done"),
        (2, "silent_pair", "pair:7", 6, "new"),
        (1, "step_due", "session:4.1", 6, "new"),
        (2, "step_due", "session:4.1", 1, "done"),
        (2, "give_back", "again", 4, "new"),
    )
    async with database.write() as connection:
        await programme.hand_over(connection, 1, 2)
    assert await left(database) == {
        (2, "choice_again", "", 3, "new"),
        (2, "availability", "", 90, "new"),
        (2, "session_day", "session:4.1", 2, "new"),
        # Of two the sooner, and one that is over is none.
        (2, "unfinished", "onboarding", 1, "new"),
        (2, "follow_up", "m3", 5, "new"),
        (2, "silent_pair", "pair:7", 6, "new"),
        (2, "step_due", "session:4.1", 6, "new"),
        (2, "give_back", "again", 4, "new"),
    }


async def test_reminders_of_who_said_stop_wait_and_deadlines_do_not(database: Database) -> None:
    stopped = update(people).where(people.c.id == 1)
    await timed(
        database,
        (1, "availability", "", -1, "new"),
        (1, "session_day", "session:4.1", -1, "new"),
        (1, "closing_ends", "pair:7", -1, "new"),
        (2, "availability", "", -1, "new"),
        (1, "silent_pair", "pair:7", 4, "new"),
    )
    async with database.write() as connection:
        await connection.execute(stopped.values(opted_out_at=MONDAY))
        await programme.timers_due(connection, MONDAY)
    over = {(kind, who) for who, kind, _, _, state in await left(database) if state == "done"}
    assert over == {("closing_ends", 1), ("availability", 2)}
    async with database.write() as connection:
        # Nothing comes for whoever is stopped, so that nobody waits for it in vain.
        assert await programme.next_timer(connection) is None
        await connection.execute(stopped.values(opted_out_at=None))
        assert await programme.next_timer(connection) == MONDAY - timedelta(days=1)
        await programme.timers_due(connection, MONDAY)
    waiting = {kind for _, kind, _, _, state in await left(database) if state == "new"}
    assert waiting == {"silent_pair"}


async def test_what_people_did_is_served_before_what_the_clock_did(database: Database) -> None:
    ids = await reminded(database, 60)
    async with database.write() as connection:
        assert await programme.timers_due(connection, MONDAY) == [TIMED]
        # A partner's word reaches them as an event too.
        await incoming.store(connection, [programme.event_row(ids[0], "letter", "word", MONDAY)])
        first = await incoming.waiting(connection, None, 50)
        assert [one.provider_id for one in first] == ["word"]
        assert len(await incoming.waiting(connection, TIMED, 50)) == 50
        await incoming.finish(connection, [one.id for one in first])
        assert len(await incoming.waiting(connection, None, 50)) == 50


async def test_a_meeting_in_an_hour_does_not_wait_behind_nudges(database: Database) -> None:
    nudges = [(1, "unfinished", f"flow{n}", -1, "new") for n in range(20)]
    await timed(database, *nudges, (2, "session_hour", "session:4.1", 0, "new"))
    async with database.write() as connection:
        await programme.timers_due(connection, MONDAY, 5)
        came = await incoming.waiting(connection, TIMED, 50)
    assert len(came) == 5
    assert "session_hour" in [one.payload["event"] for one in came]

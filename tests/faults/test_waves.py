"""A provider that wrongly calls everybody lost: it is held for an operator, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from bot.channels.base import ChannelError, OptedOut, Outbound, Receipt, Unreachable
from bot.cli import app as command
from bot.cli.base import Context
from bot.rehearsal import Recorder, Rehearsal
from storage import verdicts
from storage.database import Database
from storage.tables import addresses, lanes, outbox, people
from storage.verdicts import Verdict, Wave
from tests.conftest import MONDAY

MANY = 300
BATCH = 20
ADDRESS = {"whatsapp": "+2126{:08d}", "sms": "+2126{:08d}", "telegram": "7{:06d}"}


class Wrong(Recorder):
    """A provider that calls everybody lost, until it is well again."""

    says: Callable[[], ChannelError] | None = None
    asked = 0

    async def send(self, out: Outbound) -> str:
        self.asked += 1
        if self.says is not None:
            raise self.says()
        return await super().send(out)


def provider(rehearsal: Rehearsal, channel: str, says: Callable[[], ChannelError] | None) -> Wrong:
    lane = rehearsal.app.lanes[channel]
    wrong = Wrong(channel, rehearsal.app.channels[channel].limits, rehearsal.sent, rehearsal.clock)
    wrong.says = says
    lane._channel, lane._most = wrong, BATCH
    return wrong


async def crowd(database: Database, channel: str, many: int = MANY, **columns: Any) -> list[str]:
    """People who wrote two hours ago; returns their addresses."""
    heard = MONDAY - timedelta(hours=2)
    blank = {"state": {}, "language": "fr", "created_at": heard, "seen_at": heard}
    async with database.write() as connection:
        made = insert(people).returning(people.c.id, sort_by_parameter_order=True)
        ids = list(await connection.scalars(made, [blank] * many))
        rows = [
            {
                "person_id": id, "channel": channel, "address": ADDRESS[channel].format(id),
                "seen_at": heard, "created_at": heard, **columns,
            }
            for id in ids
        ]  # fmt: skip
        await connection.execute(insert(addresses), rows)
    return [row["address"] for row in rows]


async def say(rehearsal: Rehearsal, channel: str, purpose: str, rank: int = 0) -> None:
    """One message to each of them."""
    now = rehearsal.clock.now()
    async with rehearsal.app.database.write() as connection:
        query = select(addresses.c.person_id, addresses.c.address)
        found = (await connection.execute(query.where(addresses.c.channel == channel))).all()
        rows = [
            {
                "person_id": row.person_id, "channel": channel, "address": row.address,
                "purpose": purpose, "rank": rank, "payload": {"text": purpose, "language": "fr"},
                "due_at": now, "created_at": now,
            }
            for row in found
        ]  # fmt: skip
        await connection.execute(insert(outbox), rows)


async def come_back(rehearsal: Rehearsal, code: str, limit: int = MANY) -> None:
    """The provider reports what it took as not delivered, in portions."""
    async with rehearsal.app.database.read() as connection:
        query = select(outbox.c.channel, outbox.c.provider_id).where(outbox.c.state == "sent")
        rows = (await connection.execute(query.order_by(outbox.c.id).limit(limit))).all()
    for start in range(0, len(rows), BATCH):
        told = [
            Receipt(row.channel, row.provider_id, "failed", code)
            for row in rows[start : start + BATCH]
        ]
        await rehearsal.app.intake.store(told)
        await rehearsal.app.apply_receipts()


async def counted(database: Database, *columns: Any, **where: Any) -> Counter[Any]:
    query = select(*columns, func.count()).group_by(*columns)
    for name, value in where.items():
        query = query.where(columns[0].table.c[name] == value)
    async with database.read() as connection:
        rows = (await connection.execute(query)).all()
    return Counter({(row[0] if len(columns) == 1 else tuple(row[:-1])): row[-1] for row in rows})


async def opted_out(database: Database) -> int:
    async with database.read() as connection:
        query = select(func.count()).where(people.c.opted_out_at.is_not(None))
        return int(await connection.scalar(query) or 0)


async def mem(rehearsal: Rehearsal, *words: str) -> Result:
    surroundings = Context(rehearsal.settings, rehearsal.clock)
    runner = CliRunner()
    return await asyncio.to_thread(
        runner.invoke, command, ["outbox", *words], obj=surroundings, env={"COLUMNS": "300"}
    )


async def stricken(rehearsal: Rehearsal) -> Wrong:
    """300 people get something they wait for and something that we begin, and 63024 to it all."""
    await crowd(rehearsal.app.database, "whatsapp")
    await say(rehearsal, "whatsapp", "news")
    await say(rehearsal, "whatsapp", "check_in", rank=1)
    wrong = provider(rehearsal, "whatsapp", lambda: Unreachable("63024"))
    with capture_logs() as logs:
        await rehearsal.settle()
    alarms = [one for one in logs if one["event"] == "addresses_held"]
    assert [(one["log_level"], one["channel"]) for one in alarms] == [("error", "whatsapp")]
    assert "+2126" not in str(logs)
    return wrong


async def test_300_times_63024_is_held_and_what_we_begin_waits(rehearsal: Rehearsal) -> None:
    wrong = await stricken(rehearsal)
    database = rehearsal.app.database
    # Two batches are within the threshold of 50; the third would not be.
    assert await counted(database, addresses.c.state) == {"unreachable": 40, "ok": 260}
    assert await counted(database, addresses.c.held, state="ok") == {"unreachable": 260}
    assert wrong.asked == MANY, "what we begin must not even be tried"
    assert await counted(database, outbox.c.state, outbox.c.error, purpose="news") == {
        ("new", "wave"): 260,
        ("dropped", "unreachable"): 40,
    }
    assert await counted(database, outbox.c.state, outbox.c.error, purpose="check_in") == {
        ("new", None): MANY
    }
    told = (await mem(rehearsal)).output
    assert "whatsapp: since 2026-11-23 10:00 UTC" in told
    assert "260 unreachable (63024)" in told
    assert "+2126" not in told


async def test_a_provider_that_was_wrong_costs_nobody_anything(rehearsal: Rehearsal) -> None:
    wrong = await stricken(rehearsal)
    database = rehearsal.app.database
    wrong.says = None
    rehearsal.clock.move(MONDAY + timedelta(minutes=50))
    assert await rehearsal.settle() == []
    result = await mem(rehearsal, "--disbelieve", "whatsapp")
    assert "300 addresses are written to as before." in result.output
    assert "since 2026" not in result.output
    sent = await rehearsal.settle()
    assert Counter(one.text for one in sent) == {"news": MANY, "check_in": MANY}
    assert set(Counter((one.to, one.text) for one in sent).values()) == {1}
    assert await counted(database, addresses.c.state, addresses.c.error) == {("ok", None): MANY}
    assert await rehearsal.settle() == []


async def test_a_provider_that_was_right_is_believed(rehearsal: Rehearsal) -> None:
    wrong = await stricken(rehearsal)
    database = rehearsal.app.database
    result = await mem(rehearsal, "--believe", "whatsapp")
    assert "260 addresses are not written to until they write." in result.output
    assert await rehearsal.settle() == []
    assert wrong.asked == MANY
    assert await counted(database, addresses.c.state) == {"unreachable": MANY}
    assert await counted(database, outbox.c.state, outbox.c.error) == {
        ("dropped", "unreachable"): 2 * MANY
    }
    # They count towards no other wave: the next real one is believed at once.
    await crowd(database, "whatsapp", 1)
    await say(rehearsal, "whatsapp", "reply")
    await rehearsal.settle()
    assert await counted(database, addresses.c.state) == {"unreachable": MANY + 1}
    again = await mem(rehearsal, "--believe", "whatsapp")
    assert again.exit_code == 1
    assert "Nothing waits for you on whatsapp" in again.stderr


async def test_300_times_21610_by_receipt_opts_out_few_and_they_come_back(
    rehearsal: Rehearsal,
) -> None:
    database = rehearsal.app.database
    there = await crowd(database, "sms")
    await say(rehearsal, "sms", "news")
    assert len(await rehearsal.settle()) == MANY
    rehearsal.clock.move(MONDAY + timedelta(minutes=10))
    await come_back(rehearsal, "21610")
    assert await opted_out(database) == 40
    assert await counted(database, addresses.c.held) == {None: 40, "blocked": 260}
    told = (await mem(rehearsal)).output
    assert "260 blocked (21610)" in told
    # One says STOP meanwhile: that is believed, and stays.
    (goodbye,) = await rehearsal.write(f"sms:{there[0]}", text="STOP")
    assert "plus de messages" in goodbye.text
    await mem(rehearsal, "--disbelieve", "sms")
    assert await opted_out(database) == 1
    sent = await rehearsal.settle()
    assert sorted(one.to for one in sent) == sorted(f"sms:{one}" for one in there[1:])
    assert {one.text for one in sent} == {"news"}


async def test_opt_outs_that_are_believed_are_the_same_as_stop(rehearsal: Rehearsal) -> None:
    await crowd(rehearsal.app.database, "sms")
    await say(rehearsal, "sms", "news")
    await rehearsal.settle()
    await come_back(rehearsal, "21610")
    await mem(rehearsal, "--believe", "sms")
    assert await opted_out(rehearsal.app.database) == MANY
    assert await rehearsal.settle() == []
    assert await counted(rehearsal.app.database, outbox.c.error, state="dropped") == {
        "opted_out": 260
    }


async def test_who_writes_meanwhile_gets_what_waited(rehearsal: Rehearsal) -> None:
    there = await crowd(rehearsal.app.database, "telegram")
    await say(rehearsal, "telegram", "news")
    wrong = provider(rehearsal, "telegram", lambda: OptedOut("403"))
    await rehearsal.settle()
    assert await opted_out(rehearsal.app.database) == 40
    wrong.says = None
    sent = await rehearsal.write(f"telegram:{there[-1]}", text="Bonjour")
    assert next(one.text for one in sent) == "news"
    assert {one.to for one in sent} == {f"telegram:{there[-1]}"}
    assert await counted(rehearsal.app.database, addresses.c.held, state="ok") == {
        "blocked": 259,
        None: 1,
    }
    # Whoever blocked us, and is believed to, is let in again as ever.
    assert await rehearsal.write(f"telegram:{there[0]}", text="Bonjour")
    assert await opted_out(rehearsal.app.database) == 39


async def test_a_second_failure_takes_away_too_and_is_held_like_the_rest(
    rehearsal: Rehearsal,
) -> None:
    database = rehearsal.app.database
    await crowd(database, "sms", failures=1)
    await say(rehearsal, "sms", "news")
    await rehearsal.settle()
    await come_back(rehearsal, "30008")
    assert await counted(database, addresses.c.failures) == {2: 40, 1: 260}
    await mem(rehearsal, "--disbelieve", "sms")
    assert await counted(database, addresses.c.failures) == {0: MANY}


@pytest.mark.parametrize(("code", "state"), [("63024", "unreachable"), ("21610", "blocked")])
async def test_an_ordinary_trickle_is_believed_at_once(
    rehearsal: Rehearsal, code: str, state: str
) -> None:
    database = rehearsal.app.database
    await crowd(database, "sms", 50)
    await say(rehearsal, "sms", "news")
    await rehearsal.settle()
    with capture_logs() as logs:
        await come_back(rehearsal, code)
    assert await counted(database, addresses.c.state) == {state: 50}
    assert [one for one in logs if one["event"] == "addresses_held"] == []
    # An hour later others are.
    rehearsal.clock.move(MONDAY + timedelta(minutes=61))
    await crowd(database, "sms", 10)
    await say(rehearsal, "sms", "reply")
    await rehearsal.settle()
    await come_back(rehearsal, code)
    assert await counted(database, addresses.c.state) == {state: 60}
    assert await counted(database, addresses.c.held) == {None: 60}


@pytest.mark.parametrize(("share", "lost"), [(0.1, 55), (0.2, 80)])
async def test_of_very_many_a_share_may_be_lost(
    rehearsal: Rehearsal, share: float, lost: int
) -> None:
    """Of 600 that went out a tenth is 60, more than 50; a fifth is 120."""
    database = rehearsal.app.database
    there = await crowd(database, "sms", 600)
    await say(rehearsal, "sms", "news")
    await rehearsal.settle()
    told = [Verdict("sms", address, "blocked", "21610") for address in there]
    wave = Wave(share=share)
    most = round(share * len(there))
    async with database.write() as connection:
        assert (await verdicts.learn(connection, told[:lost], wave, MONDAY)).held == set()
        more = told[lost : most + 1]
        learnt = await verdicts.learn(connection, more, wave, MONDAY)
    assert len(learnt.held) == len(more)
    assert learnt.alarms == ["sms"]
    assert await opted_out(database) == lost


async def test_two_that_count_at_once_do_not_both_pass(database: Database) -> None:
    there = await crowd(database, "sms", 80)
    # The lane is known: otherwise the second would wait for the first to make it.
    async with database.write() as connection:
        await connection.execute(insert(lanes).values(channel="sms"))

    counts = asyncio.Event()

    async def learn(some: list[str]) -> int:
        told = [Verdict("sms", address, "blocked", "21610") for address in some]
        async with database.write() as connection:
            learnt = await verdicts.learn(connection, told, Wave(), MONDAY)
            counts.set()
            # Long enough for the other to count, if it could, what is not committed yet.
            await asyncio.sleep(0.5)
        return len(learnt.held)

    async def learn_meanwhile() -> int:
        await counts.wait()
        return await learn(there[40:])

    assert await asyncio.gather(learn(there[:40]), learn_meanwhile()) == [0, 40]
    assert await opted_out(database) == 40


async def test_what_arrives_contradicts_what_was_held(rehearsal: Rehearsal) -> None:
    database = rehearsal.app.database
    await crowd(database, "whatsapp", 1)
    await say(rehearsal, "whatsapp", "news")
    await rehearsal.settle()
    async with database.write() as connection:
        wave = update(lanes).where(lanes.c.channel == "whatsapp").values(wave_at=MONDAY)
        await connection.execute(wave)
        await connection.execute(update(addresses).values(held="unreachable", error="63024"))
        id = await connection.scalar(select(outbox.c.provider_id))
    await rehearsal.app.intake.store([Receipt("whatsapp", str(id), "delivered")])
    await rehearsal.app.apply_receipts()
    await mem(rehearsal, "--believe", "whatsapp")
    assert await counted(database, addresses.c.state) == {"ok": 1}

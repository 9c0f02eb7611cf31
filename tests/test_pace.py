"""One person is not written to faster than their channel allows, and never waits for an answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.catalog import Catalog
from bot.channels.base import Later, Outbound
from bot.clock import Clock
from bot.reach import Surroundings
from bot.rehearsal import LIMITS, Recorder, Rehearsal
from bot.sender import Lane
from storage import outbox, reach
from storage.tables import outbox as rows
from storage.tables import people
from tests.conftest import MONDAY, settings_for

AMINA = "whatsapp:+212600000001"
NADIA = "telegram:4001"
GAPS = {AMINA: timedelta(seconds=6), NADIA: timedelta(seconds=1)}


@pytest.fixture
async def paced(database_url: str, catalog: Catalog) -> AsyncIterator[Rehearsal]:
    made = Rehearsal(settings_for(database_url), Clock(MONDAY), catalog, paced=True)
    await made.begin()
    yield made
    await made.end()


async def put(rehearsal: Rehearsal, who: str, *texts: str, step: str = "") -> None:
    """Messages of ours, all at once."""
    channel, _, address = who.partition(":")
    now = rehearsal.clock.now()
    async with rehearsal.app.database.write() as connection:
        person = await connection.scalar(select(people.c.id))
        payload: dict[str, Any] = {"language": "fr", **({"step": step} if step else {})}
        told = [
            outbox.written((person, channel, address), "news", {**payload, "text": text}, now)
            for text in texts
        ]
        await outbox.add(connection, told)


async def errors(rehearsal: Rehearsal) -> list[tuple[str, str | None]]:
    query = select(rows.c.state, rows.c.error).where(rows.c.inbox_id.is_(None)).order_by(rows.c.id)
    async with rehearsal.app.database.read() as connection:
        return [(row.state, row.error) for row in await connection.execute(query)]


@pytest.mark.parametrize("who", [AMINA, NADIA])
async def test_news_keeps_its_distance_and_its_order(paced: Rehearsal, who: str) -> None:
    await paced.write(who, text="Bonjour")
    await paced.move(paced.clock.now() + timedelta(minutes=5))
    began = paced.clock.now()
    await put(paced, who, "un", "deux", "trois")
    assert [one.text for one in await paced.settle()] == ["un"]
    assert await errors(paced) == [("sent", None), ("new", "pace"), ("new", "pace")]
    sent = await paced.move(began + timedelta(minutes=1))
    gap = GAPS[who]
    assert [(one.text, one.at) for one in sent] == [
        ("deux", began + gap),
        ("trois", began + 2 * gap),
    ]


async def test_one_persons_distance_is_nobody_elses(paced: Rehearsal) -> None:
    others = [f"whatsapp:+2126000000{number}" for number in range(10, 15)]
    for who in others:
        await paced.write(who, text="Bonjour")
    await paced.move(paced.clock.now() + timedelta(minutes=5))
    for who in others:
        await put(paced, who, "une nouvelle")
    assert [one.to for one in await paced.settle()] == others


async def test_it_is_kept_from_one_process_to_the_next(paced: Rehearsal) -> None:
    await paced.write(AMINA, text="Bonjour")
    await paced.move(paced.clock.now() + timedelta(minutes=5))
    await put(paced, AMINA, "un")
    await paced.settle()
    other = Rehearsal(paced.settings, paced.clock, paced.catalog, paced=True)
    await other.begin()
    await put(other, AMINA, "deux")
    assert await other.settle() == []
    assert len(await other.move(paced.clock.now() + timedelta(seconds=6))) == 1
    await other.end()


async def test_answers_come_at_once_and_bring_what_waits_for_its_turn(paced: Rehearsal) -> None:
    await paced.write(AMINA, text="Bonjour")
    await paced.move(paced.clock.now() + timedelta(minutes=5))
    await put(paced, AMINA, "un", "deux", "trois")
    await paced.settle()
    sent = await paced.write(AMINA, text="aide")
    assert [one.text for one in sent[:2]] == ["deux", "trois"]
    assert len(sent) == 3


async def test_a_question_that_waits_for_its_turn_is_not_answered_unseen(paced: Rehearsal) -> None:
    """She says yes to the first of two messages; the second asks for her consent."""
    await paced.write(NADIA, text="Bonjour")
    await paced.move(paced.clock.now() + timedelta(days=15))
    await put(paced, NADIA, "Viendrez-vous ?")
    await put(paced, NADIA, "Pouvons-nous garder vos réponses ?", step="onboarding.consent")
    assert [one.text for one in await paced.settle()] == ["Viendrez-vous ?"]
    sent = await paced.write(NADIA, text="oui")
    assert "garder vos réponses" in sent[0].text
    assert (await paced.show(NADIA))["consents"] == []
    await paced.write(NADIA, text="oui")
    assert (await paced.show(NADIA))["consents"] != []


async def test_whoever_is_quick_has_an_answer_at_once_and_news_comes_after(
    paced: Rehearsal,
) -> None:
    for _ in range(12):
        assert len(await paced.write(AMINA, text="aide")) == 1
    began = paced.clock.now()
    await put(paced, AMINA, "une nouvelle")
    assert await paced.settle() == []
    (news,) = await paced.move(began + timedelta(minutes=5))
    assert news.at == began + 12 * GAPS[AMINA]


async def test_a_long_message_comes_in_order(paced: Rehearsal) -> None:
    """WhatsApp may deliver a long one after a short one that was sent later."""
    await paced.write(AMINA, text="Bonjour")
    await paced.move(paced.clock.now() + timedelta(minutes=5))
    began = paced.clock.now()
    await put(paced, AMINA, "mot " * 500)
    assert len(await paced.settle()) == 1
    (second,) = await paced.move(began + timedelta(minutes=1))
    assert second.at == began + GAPS[AMINA]


async def many(rehearsal: Rehearsal, count: int) -> None:
    """So many people on Telegram, each with a message that waits."""
    now = rehearsal.clock.now()
    told = [
        outbox.written((None, "telegram", str(number)), "reply", {"text": "ok"}, now)
        for number in range(count)
    ]
    async with rehearsal.app.database.write() as connection:
        await outbox.add(connection, told)


def lane(rehearsal: Rehearsal, per_second: float, clock: Clock) -> Lane:
    """A sender as another process has it, over the same database."""
    limits = replace(LIMITS["telegram"], per_second=per_second)
    channel = Recorder("telegram", limits, rehearsal.sent, clock)
    channel.limits = limits
    known = rehearsal.app.lanes["telegram"]
    around = Surroundings.of(rehearsal.settings)
    lease = timedelta(seconds=30)
    return Lane(rehearsal.app.database, channel, clock, lease, around, known._composer)


async def test_all_processes_together_keep_a_channels_pace(paced: Rehearsal) -> None:
    """Three that sent at a pace of their own would be done in a third of the time."""
    count, per_second = 60, 30.0
    paced.clock.move(Clock().now())
    await many(paced, count)
    lanes = [lane(paced, per_second, Clock()) for _ in range(3)]

    async def drain(one: Lane) -> None:
        while await one.drain():
            pass

    began = time.monotonic()
    await asyncio.gather(*(drain(one) for one in lanes))
    took = time.monotonic() - began
    assert len(paced.sent) == count
    assert took >= (count - 1) / per_second


async def test_a_process_whose_clock_is_ahead_stops_nobody(
    paced: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sender.AHEAD", 1)
    clock = Clock()
    paced.clock.move(clock.now())
    await many(paced, 10)
    ahead = clock.now() + timedelta(hours=1)
    async with paced.app.database.write() as connection:
        await reach.lane(connection, "telegram")
        await reach.change_lane(connection, "telegram", rests_until=ahead)
    assert await lane(paced, 30.0, clock).drain() > 0
    assert paced.sent


class Hanging(Recorder):
    """A provider that does not answer about one person."""

    until: asyncio.Event

    async def send(self, out: Outbound) -> str:
        if out.address == "0":
            await self.until.wait()
        return await super().send(out)


async def test_a_call_that_hangs_holds_up_nobody_else(paced: Rehearsal) -> None:
    paced.clock.move(Clock().now())
    one = lane(paced, 30.0, Clock())
    hanging = Hanging("telegram", one._channel.limits, paced.sent, Clock())
    hanging.until = asyncio.Event()
    one._channel = hanging
    await many(paced, 3)
    assert await one.drain() == 3
    await many(paced, 2)
    assert await one.drain() == 1, "the one before is still under way to the same person"
    assert sorted(sent.to for sent in paced.sent) == ["telegram:1"] * 2 + ["telegram:2"]
    hanging.until.set()
    await one.finish()
    assert await one.drain() == 1
    query = select(rows.c.state).where(rows.c.channel == "telegram")
    async with paced.app.database.read() as connection:
        assert set(await connection.scalars(query)) == {"sent"}
    assert len(paced.sent) == 5


class Throttling(Recorder):
    """A provider that asks for a minute of patience."""

    calls = 0

    async def send(self, out: Outbound) -> str:
        self.calls += 1
        raise Later("429", 60)


async def test_who_is_told_to_wait_does_not_send_the_rest_of_the_batch(paced: Rehearsal) -> None:
    paced.clock.move(Clock().now())
    one = lane(paced, 10.0, Clock())
    throttling = Throttling("telegram", one._channel.limits, paced.sent, Clock())
    one._channel = throttling
    await many(paced, 5)
    assert await one.drain() == 5
    await one.finish()
    assert throttling.calls == 1
    assert await errors(paced) == [("new", "429"), *[("new", "later")] * 4]
    assert await one.drain() == 0


async def test_a_message_that_cannot_be_worded_holds_up_nobody(paced: Rehearsal) -> None:
    now = paced.clock.now()
    broken = outbox.written((None, "telegram", "9"), "reply", {"template": {"name": "gone"}}, now)
    async with paced.app.database.write() as connection:
        await outbox.add(connection, [broken])
    await many(paced, 2)
    assert len(await paced.settle()) == 2
    assert await errors(paced) == [("failed", "not_composed"), ("sent", None), ("sent", None)]

"""Sends that end in doubt: looked up, never sent blindly, and never taken for another message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row
from starlette.requests import Request

from bot.catalog import Catalog
from bot.channels.base import Inbound, Limits, Outbound, Receipt, Unsure
from bot.clock import Clock
from bot.composer import Composer
from bot.outcomes import Outcome
from bot.reach import Surroundings, asked
from bot.sender import Lane
from flows.rules.contact import Policy
from storage import conversations
from storage.conversations import Sender
from storage.database import Database
from storage.tables import addresses, outbox
from storage.verdicts import Wave
from tests.conftest import MONDAY

LEASE = timedelta(seconds=30)
TO = "+212600000001"


class Provider:
    """A provider that accepts, and can do so without saying it."""

    name = "sms"
    limits = Limits(text=1600, per_second=1000)

    def __init__(self) -> None:
        self.has: list[tuple[str, str]] = []
        self.silent = False
        self.deaf = False

    async def send(self, out: Outbound) -> str:
        if not self.deaf:
            self.has.append((f"SM{len(self.has)}", out.text))
        if self.silent or self.deaf:
            raise Unsure("connection")
        return self.has[-1][0]

    async def find(self, out: Outbound, since: datetime) -> str | None:
        return next((id for id, text in reversed(self.has) if text == out.text), None)

    async def receive(self, request: Request) -> Sequence[Inbound | Receipt]:
        return []

    async def acknowledge(self, inbound: Inbound) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Scene:
    """One person, one lane, and a clock that moves when told."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock, self.provider = database, Clock(MONDAY), Provider()
        self.lane = self.another_lane()

    async def looked_up(self, lane: Lane, row: Row[Any]) -> Outcome:
        """What a lane makes of a row in doubt, before it writes it down."""
        async with self.database.read() as connection:
            told, usable = await asked(connection, [row], lane._around, self.clock.now())
        return await lane._doubt(told[0], usable)

    def another_lane(self) -> Lane:
        around = Surroundings("Africa/Casablanca", "", Policy(), Wave())
        return Lane(self.database, self.provider, self.clock, LEASE, around, Composer(Catalog()))

    async def say(self, *texts: str) -> None:
        now = self.clock.now()
        async with self.database.write() as connection:
            found = await conversations.load(connection, [Sender("sms", TO, TO)], now)
            await connection.execute(update(addresses).values(seen_at=now))
            common = {
                "person_id": found["sms", TO].id, "channel": "sms", "address": TO,
                "purpose": "reply", "due_at": now, "created_at": now,
            }  # fmt: skip
            rows = [common | {"payload": {"text": text, "language": "fr"}} for text in texts]
            await connection.execute(insert(outbox), rows)

    async def rows(self) -> list[Any]:
        async with self.database.read() as connection:
            return list((await connection.execute(select(outbox).order_by(outbox.c.id))).all())

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]

    async def drain(self) -> None:
        while await self.lane.drain():
            pass

    async def crash(self) -> None:
        """A process that claims the next row and then is no more."""
        async with self.database.write() as connection:
            waits = (
                select(outbox.c.id).where(outbox.c.state == "new").order_by(outbox.c.id).limit(1)
            )
            taken = update(outbox).where(outbox.c.id == waits.scalar_subquery())
            await connection.execute(taken.values(state="sending", claimed_at=self.clock.now()))

    def later(self) -> None:
        self.clock.move(self.clock.now() + LEASE + timedelta(seconds=1))


async def test_accepted_without_a_word(database: Database) -> None:
    scene = Scene(database)
    scene.provider.silent = True
    await scene.say("a", "b")
    await scene.drain()
    assert await scene.states() == ["sent", "sent"]
    assert [text for _, text in scene.provider.has] == ["a", "b"]


async def test_not_found_is_not_believed_at_once(database: Database) -> None:
    """A call that timed out may arrive later: it is asked for again when the lease is over."""
    scene = Scene(database)
    scene.provider.deaf = True
    await scene.say("a")
    await scene.drain()
    assert await scene.states() == ["sending"]
    scene.provider.has.append(("SM9", "a"))
    scene.later()
    await scene.drain()
    assert [(row.state, row.provider_id) for row in await scene.rows()] == [("sent", "SM9")]


async def test_lost_in_a_crash_is_sent_again_once(database: Database) -> None:
    scene = Scene(database)
    await scene.say("a", "b")
    await scene.crash()
    await scene.drain()
    assert await scene.states() == ["sending", "new"], "order holds"
    scene.later()
    await scene.drain()
    assert [text for _, text in scene.provider.has] == ["a", "b"]


async def test_the_same_words_said_before_are_another_message(database: Database) -> None:
    """Looked up by its words, a lost message must not be taken for its twin of a moment ago."""
    scene = Scene(database)
    await scene.say("merci", "merci")
    assert await scene.lane.drain() == 1
    await scene.crash()
    scene.later()
    await scene.drain()
    assert await scene.states() == ["sent", "sent"]
    assert len(scene.provider.has) == 2


async def test_two_processes_settle_one_doubt(database: Database) -> None:
    """The slower one must not put back what the faster one is sending again."""
    scene = Scene(database)
    await scene.say("a")
    await scene.crash()
    scene.later()
    doubtful = (await scene.rows())[0]
    slow = scene.another_lane()
    stale = await scene.looked_up(slow, doubtful)
    assert stale.state == "new"
    await scene.lane._settle_doubts()
    await scene.crash()
    await slow._record([stale])
    assert await scene.states() == ["sending"]

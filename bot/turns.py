"""A drain: claim what waits, load the facts of all these people, advance each, write once.

One batch is one transaction. If it fails as a whole it is tried message by message, so that one
bad message costs only itself; one that raises three times is parked with an alarm.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.engine import Row
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import effects, held
from bot.catalog import Catalog
from bot.clock import Clock
from bot.doing import Doing, Rules
from bot.engine import engine, listening
from bot.held import Questions
from bot.render import in_words, new_token
from bot.settings import UnderstandingSettings
from flows.effects import Reply, Turn
from flows.engine import advance, expecting
from flows.people import Heard, Mentoring, Person, Tap, World
from flows.steps import Flow
from nlu.engines.embedded import Embedded
from nlu.understand import Engine, understand
from storage import bonds, broadcasts, conversations, inbox, mentoring, outbox, schemes
from storage.conversations import Known, Sender
from storage.database import Database
from storage.programme import Pending

log = structlog.get_logger(__name__)
REACTS = timedelta(days=3)
"""So long after an announcement a bare word is taken for an answer to it."""
OF_TEMPLATES = {"read": "repeat", "stop": "stop"}
"""What the buttons of a template ask for, as the menu's do; none is looked up among our messages."""
TapKey = tuple[str, str]


@dataclass(slots=True)
class Drained:
    """What one drain did: how many messages, and which lanes have something to send."""

    served: int = 0
    lanes: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Work:
    """The growing result of one batch."""

    now: datetime
    world: World
    ear: Engine
    done: list[int] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)
    out: list[dict[str, Any]] = field(default_factory=list)
    changed: dict[int, Known] = field(default_factory=dict)
    heard: dict[tuple[str, str], Sender] = field(default_factory=dict)
    announced: Mapping[int, Row[Any]] = field(default_factory=dict)
    """The last announcement that somebody got in the last days."""
    held: Sequence[Row[Any]] = ()
    """What waits for those who wrote, oldest first."""
    asked: Questions = field(default_factory=set)
    """Questions that they were asked lately, of those who have one waiting."""
    spoke: dict[tuple[str, str], Known] = field(default_factory=dict)
    """Who wrote in this batch, by their address."""
    pending: Pending = field(default_factory=Pending)
    bonds: dict[int, Mentoring] = field(default_factory=dict)
    applicants: dict[int, dict[str, Any]] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)
    """People whose next messages must wait for the next drain."""


@dataclass(slots=True)
class Turns:
    """Everything a turn needs; ``drain`` is the only verb."""

    database: Database
    catalog: Catalog
    book: Mapping[str, Flow]
    clock: Clock
    public_url: str = ""
    batch: int = 50
    timezone: str = "Africa/Casablanca"
    rules: Rules = field(default_factory=Rules)
    understanding: UnderstandingSettings = field(default_factory=UnderstandingSettings)
    _engine: Engine | None = None

    async def drain(self, partition: int | None = None) -> Drained:
        """Serve one batch of a partition (None: of all). Raises when the database is away."""
        ear = await self._listening(partition)
        try:
            return await self._serve(partition, None, ear)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.warning("batch_failed", error=type(error).__name__)
            return await self._one_by_one(partition, ear)

    async def _listening(self, partition: int | None) -> Engine:
        """What understands this batch. A first start may have to train it: never in the loop."""
        if self._engine is None:
            self._engine = await asyncio.to_thread(engine, self.understanding)
        if isinstance(self._engine, Embedded):
            return self._engine
        async with self.database.read() as connection:
            rows = await inbox.waiting(connection, partition, self.batch)
        return await listening(self._engine, [row.payload.get("text", "") for row in rows])

    async def _one_by_one(self, partition: int | None, ear: Engine) -> Drained:
        async with self.database.read() as connection:
            rows = await inbox.waiting(connection, partition, self.batch)
        total = Drained()
        stuck: set[tuple[str, str]] = set()
        for row in rows:
            if (row.channel, row.address) in stuck:
                continue
            try:
                drained = await self._serve(partition, [row.id], ear)
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:
                stuck.add((row.channel, row.address))
                total.served += 1
                async with self.database.write() as connection:
                    await self._failed(connection, row.id, type(error).__name__)
            else:
                total.served += drained.served
                total.lanes |= drained.lanes
        return total

    async def _serve(
        self, partition: int | None, ids: Sequence[int] | None, ear: Engine
    ) -> Drained:
        async with self.database.write() as connection:
            if not await inbox.hold(connection, partition):
                return Drained()
            rows = await inbox.waiting(connection, partition, self.batch, ids)
            if not rows:
                return Drained()
            work = await self._batch(connection, rows, ear)
            await work.pending.write(connection)
            await conversations.save(connection, work.changed.values())
            await conversations.heard_from(connection, work.heard.values(), work.now)
            await held.release(connection, work.held, work.spoke, work.out, work.now)
            await outbox.add(connection, work.out)
            await inbox.finish(connection, work.done)
            for id, error in work.failed:
                await self._failed(connection, id, error)
            return Drained(len(work.done) + len(work.failed), {row["channel"] for row in work.out})

    async def _failed(self, connection: AsyncConnection, id: int, error: str) -> None:
        if await inbox.failed(connection, id, error):
            log.error("message_parked", inbox_id=id, error=error, see="mem inbox parked")

    async def _batch(
        self, connection: AsyncConnection, rows: Sequence[Row[Any]], ear: Engine
    ) -> _Work:
        now = self.clock.now()
        work = _Work(now, World(now, self.timezone, await schemes.shown(connection, now)), ear)
        senders = [_sender(row) for row in rows if row.channel != "event"]
        found = await conversations.load(connection, senders, work.now) if senders else {}
        if found:
            work.held, work.asked = await held.load(connection, list(found), now)
            ids = [known.id for known in found.values()]
            work.announced = await broadcasts.heard_lately(connection, ids, now - REACTS)
        about = [int(row.address) for row in rows if row.channel == "event"]
        by_id = await conversations.load_by_id(connection, about) if about else {}
        # One person, one object: an event and a message of theirs may meet in one batch.
        here = {known.id: known for known in found.values()}
        by_id = {id: (here.get(id, known), to) for id, (known, to) in by_id.items()}
        taps = await self._taps(connection, rows)
        everybody = [*found.values(), *(known for known, _ in by_id.values())]
        await _bind(connection, everybody, work)
        senders += [sender for _, sender in by_id.values()]
        if any(_written(sender) in self.rules.operators for sender in senders):
            work.applicants = await mentoring.applicants(connection)
        for row in rows:
            if row.channel == "event":
                known, sender = by_id.get(int(row.address), (None, None))
            else:
                sender = _sender(row)
                known = found[sender.key]
            if known is None or sender is None:
                work.done.append(row.id)
            elif known.id not in work.waiting:
                await self._one(connection, row, known, sender, taps, work)
                # Whatever else this process does need not wait for the whole batch.
                await asyncio.sleep(0)
        return work

    async def _one(
        self,
        connection: AsyncConnection,
        row: Row[Any],
        known: Known,
        sender: Sender,
        taps: Mapping[TapKey, Row[Any]],
        work: _Work,
    ) -> None:
        person = self._person(known, sender, work)
        try:
            state = known.columns["state"]
            heard = self._understood(_heard(row, taps), state, work.ear)
            heard = replace(
                heard,
                unseen=held.unseen(work.held, work.asked, sender.key, state),
                announced=_announced(work.announced.get(known.id), known),
            )
            turn = advance(
                self.book, known.columns["state"], person, heard, self.catalog, work.world
            )
        except Exception as error:
            log.warning("turn_raised", inbox_id=row.id, error=type(error).__name__)
            work.failed.append((row.id, type(error).__name__))
            work.waiting.add(known.id)
            return
        if row.channel != "event":
            known.columns["seen_at"] = work.now
            work.heard[sender.key] = sender
            work.spoke[sender.key] = known
        before = known.id
        await self._write(connection, row, known, sender, turn, work)
        work.changed[before] = known
        work.done.append(row.id)

    def _understood(self, heard: Heard, state: Mapping[str, Any], ear: Engine) -> Heard:
        if heard.kind != "text":
            return heard
        return replace(heard, meaning=understand(heard.text, expecting(self.book, state), ear))

    async def _write(
        self,
        connection: AsyncConnection,
        row: Row[Any],
        known: Known,
        sender: Sender,
        turn: Turn,
        work: _Work,
    ) -> None:
        language = known.columns["language"]
        doing = Doing(
            connection,
            known,
            self._person(known, sender, work),
            sender.key,
            work.now,
            self.public_url,
            work.pending,
            self.rules,
            self.catalog,
            row.id,
        )
        # Before the effects: one of them may fill answers in (a number that a list has).
        known.columns["state"] = turn.state
        for effect in turn.effects:
            await effects.apply(effect, doing)
            language = known.columns["language"] or language
        replies = turn.replies
        if doing.lines:
            replies = (
                Reply((*(replies[0].lines if replies else ()), *doing.lines), purpose="legal"),
            )
        work.waiting |= doing.touched
        if doing.reload:
            work.waiting.add(known.id)
        person = self._person(known, sender, work, language)
        for reply in replies:
            message = in_words(self.catalog, reply, person)
            work.out.append(
                outbox.written(
                    (None if doing.erased else known.id, *sender.key),
                    "erased" if doing.erased else reply.purpose,
                    message.as_json(),
                    work.now,
                    inbox_id=row.id,
                    token=new_token() if message.options else None,
                )
            )

    def _person(
        self, known: Known, sender: Sender, work: _Work, language: str | None = None
    ) -> Person:
        columns = known.columns
        seen: datetime | None = columns["seen_at"]
        operator = _written(sender) in self.rules.operators
        return Person(
            language=columns["language"] or language,
            name=columns["name"],
            gender=columns["gender"],
            source=columns["source"],
            channel=sender.channel,
            registered=columns["registered_at"] is not None,
            admitted=bool(columns["admitted"]),
            contact=known.contact,
            opted_out=columns["opted_out_at"] is not None,
            silent=work.now - seen if seen else None,
            profile=known.profile,
            timezone=columns["timezone"],
            mentoring=work.bonds.get(known.id) or Mentoring(),
            operator=operator,
            applicants=work.applicants if operator else {},
        )

    async def _taps(
        self, connection: AsyncConnection, rows: Sequence[Row[Any]]
    ) -> dict[TapKey, Row[Any]]:
        """The messages that the taps of a batch belong to, by inbox address and token."""
        tokens = [row.payload["tap"].rpartition(":")[0] for row in rows if row.payload.get("tap")]
        replied = [row.payload["replied_to"] for row in rows if row.payload.get("replied_to")]
        if not tokens and not replied:
            return {}
        found: dict[TapKey, Row[Any]] = {}
        for sent in await outbox.by_tap(connection, [t for t in tokens if t], replied):
            owner = f"{sent.channel}:{sent.address}"
            for name in (sent.token, sent.provider_id):
                if name:
                    found[owner, name] = sent
        return found


def _sender(row: Row[Any]) -> Sender:
    payload = row.payload
    return Sender(
        row.channel, row.address, payload.get("phone", ""), payload.get("external_id", "")
    )


async def _bind(connection: AsyncConnection, everybody: Sequence[Known], work: _Work) -> None:
    """Whom they are bound to. Who has joined in no way is bound to nobody."""
    joined = {k.id for k in everybody if k.mentor or k.columns["registered_at"] is not None}
    if joined:
        work.bonds = await bonds.mentoring(connection, sorted(joined), work.now)


def _written(sender: Sender) -> str:
    return f"{sender.channel}:{sender.address}"


def _announced(last: Row[Any] | None, known: Known) -> str | None:
    """What a yes to the last announcement means, while they have said nothing since."""
    seen = known.columns["seen_at"]
    return last.opens if last is not None and (seen is None or last.sent_at > seen) else None


def _heard(row: Row[Any], taps: Mapping[TapKey, Row[Any]]) -> Heard:
    """An inbox row as the engine hears it."""
    payload: Mapping[str, Any] = row.payload
    kind = payload.get("kind", "text")
    tap = _tap(row, taps) if kind == "tap" else None
    text = payload.get("text", "")
    if kind == "tap" and tap is None and text and not payload.get("tap"):
        kind = "text"
    return Heard(
        kind=kind,
        text=text,
        tap=tap,
        location=tuple(payload["location"]) if payload.get("location") else None,
        phone=payload.get("phone", "") if kind == "contact" else "",
        hint=payload.get("language_hint", ""),
        opt_out=payload.get("opt_out", ""),
        event=payload.get("event", ""),
        subject=payload.get("subject", ""),
        sender=payload.get("sender", 0),
        times=payload.get("times", 0),
        due=datetime.fromisoformat(payload["due"]) if payload.get("due") else None,
    )


def _tap(row: Row[Any], taps: Mapping[TapKey, Row[Any]]) -> Tap | None:
    """What a tap stands for: looked up among what we sent to this very address."""
    of, _, index = str(row.payload.get("tap", "")).rpartition(":")
    if of == "template" and index in OF_TEMPLATES:
        return Tap("home.template", OF_TEMPLATES[index])
    owner = f"{row.channel}:{row.address}"
    sent = taps.get((owner, of)) or taps.get((owner, row.payload.get("replied_to", "")))
    codes = sent.payload.get("codes", []) if sent is not None else []
    if sent is None or not index.isdigit() or int(index) >= len(codes):
        log.warning("tap_unknown", inbox_id=row.id, channel=row.channel)
        return None
    return Tap(sent.payload.get("step", ""), codes[int(index)], sent.token or "")

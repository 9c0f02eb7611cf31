"""A rehearsal: the real pipeline with recording channels, over a clock that we move.

Inbox, turns, outbox, contact rules and sender are the ones that serve; only the providers' far
side is replaced by a list of what would have gone out.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request

from bot import sms
from bot.app import App
from bot.catalog import Catalog
from bot.channels.base import Inbound, Limits, Malformed, Outbound, Receipt
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram
from bot.channels.web import Web
from bot.channels.whatsapp import WhatsApp
from bot.clock import Clock
from bot.settings import Settings
from storage import conversations, migrate, outbox, privacy, programme
from storage.tables import outbox as outbox_rows

LIMITS: dict[str, Limits] = {
    "whatsapp": WhatsApp.limits,
    "sms": Sms.limits,
    "telegram": Telegram.limits,
    "web": Web.limits,
}
ROUNDS = 1000


class NotUnderstood(Exception):
    """A line of the rehearsal cannot be played; the text says why."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as its receiver saw it."""

    to: str
    text: str
    options: tuple[str, ...]
    token: str
    at: datetime
    segments: int | None

    def as_json(self) -> dict[str, Any]:
        return {
            "to": self.to,
            "text": self.text,
            "options": list(self.options),
            "template": None,
            "at": self.at.isoformat(),
            "bytes": len(self.text.encode()) + sum(len(o.encode()) for o in self.options),
            "segments": self.segments,
        }


class Recorder:
    """A channel whose far side is a list."""

    def __init__(self, name: str, limits: Limits, sent: list[Sent], clock: Clock) -> None:
        self.name = name
        self.limits = replace(limits, per_second=1_000_000.0)
        self._sent = sent
        self._clock = clock
        self._ids = itertools.count(1)

    async def receive(self, request: Request) -> Sequence[Inbound | Receipt]:
        raise Malformed("rehearsal")

    async def send(self, out: Outbound) -> str:
        segments = sms.parts(out.text) if self.limits.sms else None
        to = f"{self.name}:{out.address}"
        self._sent.append(Sent(to, out.text, out.options, out.token, self._clock.now(), segments))
        return f"{self.name}-{next(self._ids)}-{self._clock.now().timestamp():.0f}"

    async def find(self, out: Outbound, since: datetime) -> str | None:
        return None

    async def acknowledge(self, inbound: Inbound) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


@dataclass(slots=True)
class Rehearsal:
    """People, a clock and a database; what they write, and what they see."""

    settings: Settings
    clock: Clock
    catalog: Catalog | None = None
    paced: bool = False
    """Whether messages to one person keep their distance: then the clock must move between them."""
    sent: list[Sent] = field(default_factory=list)
    _app: App | None = None
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _rooms: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def app(self) -> App:
        assert self._app is not None, "begin() comes first"
        return self._app

    async def begin(self) -> None:
        """Wire everything up over the database, migrated."""
        self.catalog = self.catalog or Catalog()
        channels = {}
        for name, limits in LIMITS.items():
            known = limits if self.paced else replace(limits, gap=0.0)
            channels[name] = Recorder(name, known, self.sent, self.clock)
        self._app = App(self.settings, clock=self.clock, channels=channels, catalog=self.catalog)
        # Chance is numbered, so that the same rehearsal shows the same links.
        self._app.turns.rules = replace(self._app.turns.rules, room=self._room)
        await migrate.migrate(self._app.database)

    def _room(self) -> str:
        return f"{next(self._rooms):032x}"

    async def end(self) -> None:
        await self.app.stop()
        self._app = None

    async def restart(self) -> None:
        """Drop every object and start again from the database."""
        await self.end()
        self.catalog = None
        await self.begin()

    async def write(self, speaker: str, **said: Any) -> list[Sent]:
        """One message from one person (``whatsapp:+212...``); returns what was sent because of it.

        ``text``, ``tap`` (an option's number or label as shown), ``location``, ``contact``,
        ``voice`` or ``image``; ``id`` repeats a message that was sent before. Raises NotUnderstood.
        """
        return await self.write_all([(speaker, said)])

    async def write_all(self, together: Sequence[tuple[str, dict[str, Any]]]) -> list[Sent]:
        """Several messages that arrive before any of them is answered."""
        heard = [await self.inbound(speaker, **said) for speaker, said in together]
        await self.app.intake.store(heard)
        return await self.settle()

    async def inbound(self, speaker: str, **said: Any) -> Inbound:
        """The message as its channel would have made it."""
        channel, address = address_of(speaker)
        phone = address if channel in ("whatsapp", "sms") and address.startswith("+") else ""
        base = Inbound(channel, str(said.get("id") or self._fresh_id()), address, phone=phone)
        if said.get("tap") is not None:
            tap, label = await self._tapped(speaker, str(said["tap"]))
            return replace(base, kind="tap", tap=tap, text=label)
        if said.get("location") is not None:
            latitude, longitude = said["location"]
            return replace(base, kind="location", location=(float(latitude), float(longitude)))
        if said.get("contact") is not None:
            return replace(base, kind="contact", phone=str(said["contact"]))
        for kind in ("voice", "image"):
            if said.get(kind):
                return replace(base, kind=kind)
        if not isinstance(said.get("text"), str):
            raise NotUnderstood("say text, tap, location, contact, voice or image")
        return replace(base, text=said["text"])

    def _fresh_id(self) -> str:
        return f"r{self.clock.now().timestamp():.0f}-{next(self._ids)}"

    async def _tapped(self, speaker: str, wanted: str) -> tuple[str, str]:
        """The button that was meant: on the newest message that shows it, or on an older one."""
        channel, address = address_of(speaker)
        query = (
            outbox_rows.select()
            .where(outbox_rows.c.channel == channel, outbox_rows.c.address == address)
            .where(outbox_rows.c.token.is_not(None), outbox_rows.c.state == "sent")
            .order_by(outbox_rows.c.id.desc())
        )
        async with self.app.database.read() as connection:
            rows = (await connection.execute(query)).all()
        for row in rows:
            labels = row.payload.get("options", [])
            if wanted in labels:
                return f"{row.token}:{labels.index(wanted)}", wanted
        if rows and wanted.isdigit() and 1 <= int(wanted) <= len(rows[0].payload["options"]):
            index = int(wanted) - 1
            return f"{rows[0].token}:{index}", rows[0].payload["options"][index]
        raise NotUnderstood(f"no message shows the option {wanted!r}")

    async def settle(self) -> list[Sent]:
        """Run turns and sends until nothing is due now."""
        start = len(self.sent)
        for _ in range(ROUNDS):
            drained = await self.app.turns.drain(None)
            dealt = sum([await lane.drain() for lane in self.app.lanes.values()])
            for lane in self.app.lanes.values():
                await lane.finish()
            if not drained.served and not dealt:
                return self.sent[start:]
        raise RuntimeError("the rehearsal does not come to rest")

    async def move(self, to: datetime) -> list[Sent]:
        """Move the clock, stopping wherever something falls due on the way, in order."""
        start = len(self.sent)
        waits: datetime | None = None
        for _ in range(ROUNDS):
            due = await self._next_due()
            if due is None or due > to or due == waits:
                break
            self.clock.move(max(due, self.clock.now()))
            fired = await self.app.fire_timers()
            sent = await self.settle()
            # What is due and does not go waits for a channel that was told to wait.
            waits = None if fired or sent else due
        self.clock.move(max(to, self.clock.now()))
        await self.settle()
        return self.sent[start:]

    async def _next_due(self) -> datetime | None:
        async with self.app.database.read() as connection:
            times = [await programme.next_timer(connection), await outbox.next_due(connection)]
        known = [time for time in times if time is not None]
        return min(known, default=None)

    async def show(self, speaker: str) -> dict[str, Any]:
        """What is stored about a person: what they would get as their own data."""
        channel, address = address_of(speaker)
        async with self.app.database.read() as connection:
            person = await conversations.person_at(connection, channel, address)
            data = await privacy.export(connection, person) if person is not None else None
        return data or {}


def address_of(speaker: str) -> tuple[str, str]:
    """``whatsapp:+212600000001`` as channel and address. Raises NotUnderstood."""
    channel, _, address = speaker.partition(":")
    if channel not in LIMITS or not address:
        raise NotUnderstood(f"from is {' '.join(f'{name}:' for name in LIMITS)} and an address")
    return channel, address


def duration(text: str) -> timedelta:
    """An ISO 8601 duration such as P3D, PT90M or P1DT2H. Raises NotUnderstood."""
    try:
        return TypeAdapter(timedelta).validate_python(text)
    except ValidationError as error:
        raise NotUnderstood(f"not an ISO 8601 duration: {text}") from error

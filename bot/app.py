"""The one place where things are wired together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from bot.calendars import Calendars
from bot.catalog import Catalog
from bot.channels.base import Channel, ChannelError, Refused
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram, TelegramConfig
from bot.channels.twilio import Twilio, TwilioConfig
from bot.channels.web import Web
from bot.channels.whatsapp import WhatsApp
from bot.clock import Clock, check_zones
from bot.composer import Composer
from bot.desk import Desk
from bot.doing import Rules
from bot.intake import Intake
from bot.reach import Surroundings
from bot.retiming import retime
from bot.runtime import Runtime, Ticks
from bot.runtime.distributed import Distributed
from bot.runtime.embedded import Embedded
from bot.sender import Lane
from bot.settings import Settings
from bot.templates import connected, refresh
from bot.turns import Drained, Turns
from bot.undelivered import undelivered
from bot.webhooks import Webhooks
from flows.book import BOOK
from storage import broadcasts, inbox, outbox, programme
from storage.database import Database
from storage.keeping import Bookmarks, Contents, sweep_up

log = structlog.get_logger(__name__)
COMMANDS = ("start", "help", "language", "human", "privacy", "stop")


class App:
    """Everything that runs, made from settings. ``channels`` replaces the providers' own."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        channels: Mapping[str, Channel] | None = None,
        catalog: Catalog | None = None,
    ) -> None:
        check_zones()
        self.settings = settings
        self.clock = clock or Clock()
        self.catalog = catalog or Catalog()
        self.database = Database(settings.database.url)
        self.bookmarks = Bookmarks(self.database)
        self.channels = dict(channels if channels is not None else self._providers())
        self.intake = Intake(self.database, self.clock, self._spool(), self._stored)
        self.desk = Desk(self.database, self.intake)
        self.turns = Turns(
            self.database,
            self.catalog,
            BOOK,
            self.clock,
            settings.server.public_url,
            settings.work.batch,
            settings.programme.timezone,
            Rules.of(
                settings.matching,
                settings.mentoring,
                settings.sessions,
                settings.programme.operators,
                settings.prices,
                settings.programme.timezone,
            ),
            settings.understanding,
        )
        self.around = Surroundings.of(settings)
        self.lanes = self._lanes()
        self.runtime: Runtime | None = None
        self._polling: asyncio.Task[None] | None = None

    def _lanes(self) -> dict[str, Lane]:
        lease = timedelta(seconds=self.settings.work.lease_seconds)
        composer = Composer(self.catalog)
        return {
            name: Lane(self.database, channel, self.clock, lease, self.around, composer)
            for name, channel in self.channels.items()
        }

    def _providers(self) -> dict[str, Channel]:
        settings = self.settings
        public_url = settings.server.public_url
        found: dict[str, Channel] = {
            "web": Web(public_url=public_url, secure=public_url.startswith("https://"))
        }
        if settings.telegram.token.get_secret_value():
            found["telegram"] = self._telegram()
        if settings.twilio.account_sid:
            found |= self._twilio()
        return found

    def _telegram(self) -> Telegram:
        telegram = self.settings.telegram
        names = {"": "fr", "fr": "fr", "ar": "ar", "en": "en"}
        commands = tuple(
            (code, tuple((c, self.catalog.label("commands", c, language)) for c in COMMANDS))
            for code, language in names.items()
        )
        return Telegram(
            TelegramConfig(
                token=telegram.token.get_secret_value(),
                base_url=telegram.base_url,
                webhook_secret=telegram.webhook_secret.get_secret_value(),
                public_url=self.settings.server.public_url,
                commands=commands,
                per_second=telegram.per_second,
            )
        )

    def _twilio(self) -> dict[str, Channel]:
        twilio = self.settings.twilio
        tokens = (
            twilio.auth_token.get_secret_value(),
            twilio.previous_auth_token.get_secret_value(),
        )
        config = TwilioConfig(
            account_sid=twilio.account_sid,
            auth_tokens=tuple(token for token in tokens if token),
            public_url=self.settings.server.public_url,
            api_base=twilio.api_base,
        )
        found: dict[str, Channel] = {}
        if twilio.whatsapp_number:
            found["whatsapp"] = WhatsApp(
                config,
                twilio.whatsapp_number,
                Contents(self.database),
                twilio.whatsapp_per_second,
            )
        if twilio.sms_number:
            found["sms"] = Sms(config, twilio.sms_number, twilio.sms_per_second)
        return found

    def _spool(self) -> Path | None:
        if self.database.sqlite:
            path = Path(self.database.url.database or "data/mem.db")
            return path.with_suffix(".spool")
        return Path("data/inbox.spool")

    def _stored(self, partitions: set[int], receipts: bool) -> None:
        if self.runtime is not None:
            self.runtime.wake(partitions, set(self.lanes) if receipts else set())
        self.desk.ring()

    async def turn(self, partition: int | None) -> Drained:
        """Drain one batch of turns and tell the web pages."""
        drained = await self.turns.drain(partition)
        if drained.served:
            self.desk.ring()
        return drained

    async def start(self, *, works: bool = True) -> None:
        """Open the channels and begin to work."""
        for name, channel in self.channels.items():
            try:
                await channel.start()
            except ChannelError as error:
                log.error("channel_not_started", channel=name, code=error.code)
        self.runtime = self._runtime()
        await self.runtime.start()
        telegram = self.channels.get("telegram")
        if works and isinstance(telegram, Telegram) and not self.settings.server.public_url:
            self._polling = asyncio.create_task(self._poll(telegram))

    def _runtime(self) -> Runtime:
        lanes = {name: lane.drain for name, lane in self.lanes.items()}
        work = self.settings.work
        if self.database.sqlite:
            return Embedded(self.turn, lanes, self._ticks(), work.sweep_seconds)
        return Distributed(
            self.database.url,
            self.turn,
            lanes,
            self._ticks(),
            self.waiting,
            sweep=work.sweep_seconds,
            concurrency=work.concurrency,
        )

    def _ticks(self) -> Ticks:
        return {
            "timers": (self.settings.work.sweep_seconds, self.fire_timers),
            "receipts": (self.settings.work.sweep_seconds, self.apply_receipts),
            "spool": (10, self.intake.flush),
            "keeping": (3600, self.keep_house),
            "broadcasts": (10, self.end_broadcasts),
            "missed": (60, self.find_missed),
            "templates": (3600, self.follow_templates),
        }

    async def stop(self) -> None:
        """Finish what runs, then close everything."""
        if self._polling is not None:
            self._polling.cancel()
            with suppress(asyncio.CancelledError):
                await self._polling
        if self.runtime is not None:
            await self.runtime.stop()
        await asyncio.gather(*(lane.finish() for lane in self.lanes.values()))
        for channel in self.channels.values():
            await channel.stop()
        await self.database.close()

    async def waiting(self) -> tuple[set[int], set[str]]:
        """Partitions and lanes that have work now."""
        async with self.database.read() as connection:
            partitions = await inbox.partitions_waiting(connection)
            lanes = await outbox.lanes_waiting(connection, self.clock.now())
        return set(partitions), set(lanes)

    async def fire_timers(self) -> int:
        """Turn due timers into messages of our own; returns how many partitions got some."""
        async with self.database.write() as connection:
            partitions = await programme.timers_due(connection, self.clock.now())
        if partitions and self.runtime is not None:
            self.runtime.wake(set(partitions), set())
        return len(partitions)

    async def apply_receipts(self) -> None:
        """Move statuses forward, and learn from what could not be delivered."""
        async with self.database.write() as connection:
            failed = await outbox.apply_receipts(connection)
            if failed:
                await undelivered(connection, failed, self.around.wave, self.clock.now())

    async def keep_house(self) -> None:
        """Empty what has been kept long enough; follow a country that changed its clock."""
        keep = timedelta(days=self.settings.programme.keep_messages_days)
        await sweep_up(self.database, self.clock.now(), keep)
        async with self.database.write() as connection:
            await retime(connection, self.clock.now())

    async def end_broadcasts(self) -> None:
        """An announcement of which nothing waits any more is done."""
        async with self.database.write() as connection:
            await broadcasts.finish(connection, self.clock.now())

    async def find_missed(self) -> None:
        """Ask Twilio for messages whose webhook failed: it tries most of them only once."""
        for channel in self.channels.values():
            if isinstance(channel, Twilio):
                name = f"missed:{channel.name}"
                told = await self.bookmarks.get(name)
                now = self.clock.now()
                since = datetime.fromisoformat(told) if told else now - timedelta(days=1)
                found = await channel.missed(since - timedelta(minutes=10))
                await self.intake.store(found)
                await self.bookmarks.put(name, now.isoformat())

    async def follow_templates(self) -> None:
        """Ask how WhatsApp sees our templates; one that can no longer be sent raises an alarm."""
        if not isinstance(self.channels.get("whatsapp"), WhatsApp):
            return  # none, or a rehearsal's
        async with connected(self.settings.twilio) as client:
            for one in await refresh(client, self.database, self.clock.now()):
                if one.turned_bad:
                    log.error(
                        "template_not_usable",
                        template=one.name,
                        language=one.language,
                        status=one.status,
                        please="run mem templates status",
                    )

    async def _poll(self, telegram: Telegram) -> None:
        """Long polling: store what came, then move the offset."""
        told = await self.bookmarks.get("telegram")
        offset = int(told) if told else None
        while True:
            try:
                updates = await telegram.updates(offset)
                for number, heard in updates:
                    await self.intake.store(heard)
                    offset = number + 1
                    for inbound in heard:
                        await telegram.acknowledge(inbound)
                if updates:
                    await self.bookmarks.put("telegram", str(offset))
            except Refused as error:
                log.error(
                    "telegram_polled_elsewhere", code=error.code, please="stop the other process"
                )
                await asyncio.sleep(30)
            except ChannelError as error:
                log.warning("telegram_poll_failed", code=error.code)
                await asyncio.sleep(getattr(error, "seconds", None) or 3)

    def web(self) -> Starlette:
        """The HTTP application: the page where there is a web channel, and the webhooks."""

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            await self.start()
            yield
            await self.stop()

        hooks = Webhooks(self.channels, self.intake, self.database, self.clock)
        routes = hooks.routes() + Calendars(self.database, self.catalog, self.clock).routes()
        web = self.channels.get("web")
        if isinstance(web, Web):
            routes += web.routes(self.desk)
        gzip = Middleware(GZipMiddleware, minimum_size=800)
        return Starlette(routes=routes, lifespan=lifespan, middleware=[gzip])

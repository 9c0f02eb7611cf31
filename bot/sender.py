"""The outbox loop of one lane: claim, ask whether we may, hand over, write what came of it.

A row is marked ``sending`` and committed before the call. After a crash it is never sent blindly
again: the provider is asked, and where it cannot tell the row is ``unsure``. That a provider does
not have it is believed only when the lease is over: a call that timed out may still arrive.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiolimiter import AsyncLimiter
from sqlalchemy.engine import Row
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.channels.base import Channel, Later, OptedOut, Outbound, Refused, Unreachable, Unsure
from bot.clock import Clock
from bot.render import Message, for_channel
from flows.rules.contact import Decision, Reach, may_write
from storage import conversations, outbox
from storage.database import Database

log = structlog.get_logger(__name__)
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_WAIT = timedelta(minutes=15)
RECORD_AGAIN = (0.1, 0.5, 2.0, 5.0)
"""Seconds between tries to write outcomes down; in all less than any sensible lease."""
AWAITED = ("news", "reminder")
"""Purposes that go by another channel where the first may not be used now."""
FREE = ("erased",)
"""Purposes that go out whatever the rules say: the farewell after an erasure."""


@dataclass(slots=True)
class Outcome:
    """What came of one row."""

    row: Row[Any]
    state: str
    error: str | None = None
    due_at: datetime | None = None
    provider_id: str | None = None
    part: int = 0
    attempts: int = 0
    address_state: str = ""
    channel: str = ""
    """The lane that is to send it instead."""


class Lane:
    """Sends for one channel. One drainer at a time holds a lane, and with it the limiter."""

    def __init__(
        self,
        database: Database,
        channel: Channel,
        clock: Clock,
        timezone: str,
        lease: timedelta,
        instead: str = "",
    ) -> None:
        """``instead``: the channel that reaches the same number where this one may not write."""
        self._database = database
        self._channel = channel
        self._clock = clock
        self._timezone = timezone
        self._lease = lease
        self._instead = instead
        self._limiter = AsyncLimiter(max(1, round(channel.limits.per_second)), 1)
        self._paused_until: datetime | None = None

    async def drain(self) -> int:
        """Send one batch; returns how many rows were dealt with (0: nothing is due)."""
        now = self._clock.now()
        await self._settle_doubts(now)
        if self._paused_until and now < self._paused_until:
            return 0
        name, most = self._channel.name, self._channel.limits.in_flight
        async with self._database.write() as connection:
            rows = await outbox.claim(connection, name, now, most)
            reach = await outbox.reach(connection, [row.id for row in rows]) if rows else {}
        if not rows:
            return 0
        outcomes = await asyncio.gather(*(self._deal(row, reach[row.id], now) for row in rows))
        await self._record(outcomes)
        return len(rows)

    async def _deal(self, row: Row[Any], reach: Row[Any], now: datetime) -> Outcome:
        decision = self._decide(row, reach, now)
        if decision.reason == "window_shut" and self._goes_elsewhere(row):
            return Outcome(row, "new", "other_channel", now, channel=self._instead)
        if decision.verdict == "never":
            return Outcome(row, "dropped", decision.reason, attempts=row.attempts)
        if decision.reason == row.error == "window_shut":
            return Outcome(row, "dropped", "never_written", attempts=row.attempts)
        if decision.verdict == "later":
            return Outcome(row, "new", decision.reason, decision.at, part=row.part)
        await self._limiter.acquire()
        return await self._send(row)

    def _goes_elsewhere(self, row: Row[Any]) -> bool:
        """What somebody awaits, and reminders of what was agreed, are worth an SMS."""
        return bool(self._instead) and row.purpose in AWAITED and row.address.startswith("+")

    def _decide(self, row: Row[Any], reach: Row[Any], now: datetime) -> Decision:
        if row.purpose in FREE:
            return Decision("now", "free")
        return may_write(
            Reach(
                channel=row.channel,
                opted_out=reach.opted_out_at is not None,
                unreachable=reach.state != "ok",
                last_heard=reach.seen_at,
                timezone=reach.timezone or self._timezone,
            ),
            row.purpose,
            now,
            row.created_at,
        )

    async def _send(self, row: Row[Any]) -> Outcome:
        parts = self._parts(row)
        part = min(row.part, len(parts) - 1)
        try:
            provider_id = await self._channel.send(parts[part])
        except Later as error:
            return self._later(row, error)
        except Unsure as error:
            return await self._look(row, error.code)
        except OptedOut as error:
            return Outcome(row, "failed", error.code or "opted_out", address_state="blocked")
        except Unreachable as error:
            return Outcome(row, "failed", error.code or "unreachable", address_state="unreachable")
        except Refused as error:
            log.error("message_refused", outbox_id=row.id, channel=row.channel, code=error.code)
            return Outcome(row, "failed", error.code or "refused")
        except Exception as error:
            log.error("send_raised", outbox_id=row.id, error=type(error).__name__)
            return Outcome(row, "unsure", type(error).__name__)
        return self._accepted(row, provider_id, len(parts))

    def _parts(self, row: Row[Any]) -> list[Outbound]:
        message = Message.from_json(row.payload)
        return for_channel(message, self._channel.limits, row.address, row.token or "")

    def _accepted(self, row: Row[Any], provider_id: str, parts: int) -> Outcome:
        if row.part + 1 < parts:
            return Outcome(row, "new", None, self._clock.now(), provider_id, part=row.part + 1)
        return Outcome(row, "sent", provider_id=provider_id, part=row.part, attempts=row.attempts)

    def _later(self, row: Row[Any], error: Later) -> Outcome:
        now = self._clock.now()
        if now - row.created_at > GIVE_UP_AFTER:
            log.error("message_given_up", outbox_id=row.id, channel=row.channel, code=error.code)
            return Outcome(row, "failed", error.code or "gave_up", attempts=row.attempts)
        if error.seconds is not None:
            wait = timedelta(seconds=error.seconds)
            self._paused_until = now + wait
        else:
            wait = min(LONGEST_WAIT, timedelta(seconds=2 ** min(row.attempts, 10)))
            wait *= random.uniform(0.7, 1.3)  # noqa: S311 spreads retries, guards nothing
        return Outcome(
            row, "new", error.code or "later", now + wait, part=row.part, attempts=row.attempts
        )

    async def _look(self, row: Row[Any], code: str) -> Outcome:
        """Ask the provider whether it has what we do not know to have been accepted."""
        parts = self._parts(row)
        part = min(row.part, len(parts) - 1)
        claimed = row.claimed_at or row.created_at
        try:
            provider_id = await self._channel.find(parts[part], claimed - timedelta(seconds=5))
            provider_id = provider_id and await self._if_new(row, provider_id)
        except Unsure:
            log.error(
                "message_unsure", outbox_id=row.id, channel=row.channel, see="mem outbox unsure"
            )
            return Outcome(row, "unsure", code or "unsure", attempts=row.attempts)
        except Exception as error:
            # Still in doubt: it stays "sending" and is asked about again.
            log.warning("lookup_failed", outbox_id=row.id, error=type(error).__name__)
            return Outcome(row, "sending", code, attempts=row.attempts)
        if provider_id is not None:
            return self._accepted(row, provider_id, len(parts))
        now = self._clock.now()
        state = "new" if now - claimed > self._lease else "sending"
        return Outcome(row, state, code, now, part=row.part, attempts=row.attempts)

    async def _if_new(self, row: Row[Any], provider_id: str) -> str | None:
        """The newest like it is another row's: the same words, said before. Then ours is not there."""
        async with self._database.read() as connection:
            known = await outbox.is_known(connection, row.channel, provider_id, row.id)
        return None if known else provider_id

    async def _settle_doubts(self, now: datetime) -> None:
        async with self._database.read() as connection:
            rows = await outbox.doubtful(connection, self._channel.name, now - self._lease, 20)
        if rows:
            await self._record([await self._look(row, "crashed") for row in rows])

    async def _record(self, outcomes: Sequence[Outcome]) -> None:
        settled = [outcome for outcome in outcomes if outcome.state != "sending"]
        for wait in RECORD_AGAIN:
            try:
                return await self._write(settled)
            except (OperationalError, InterfaceError) as error:
                # What was accepted and is not written down would be in doubt.
                log.warning("outcome_not_written", error=type(error).__name__)
                await asyncio.sleep(wait)
        await self._write(settled)

    async def _write(self, settled: Sequence[Outcome]) -> None:
        now = self._clock.now()
        async with self._database.write() as connection:
            await outbox.record(connection, [_row(outcome, now) for outcome in settled])
            await outbox.scrub(
                connection,
                [o.row.id for o in settled if _is_farewell(o)],
            )
            await conversations.mark_address(connection, list(_bad_addresses(settled)))
            await conversations.also_at(connection, list(_moved(settled)), now)


def _is_farewell(outcome: Outcome) -> bool:
    """A page still has to read it; the hourly sweep empties that one."""
    row = outcome.row
    return row.purpose in FREE and row.channel != "web" and outcome.state != "new"


def _row(outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        "pk": outcome.row.id,
        "claimed": outcome.row.claimed_at,
        "state": outcome.state,
        "due_at": outcome.due_at or outcome.row.due_at,
        "part": outcome.part,
        "provider_id": outcome.provider_id or outcome.row.provider_id,
        "error": outcome.error,
        "sent_at": now if outcome.state == "sent" else None,
        "attempts": outcome.attempts,
        "channel": outcome.channel or outcome.row.channel,
    }


def _moved(outcomes: Sequence[Outcome]) -> Iterator[tuple[int, str, str]]:
    for outcome in outcomes:
        if outcome.channel and outcome.row.person_id is not None:
            yield outcome.row.person_id, outcome.channel, outcome.row.address


def _bad_addresses(outcomes: Sequence[Outcome]) -> list[Mapping[str, Any]]:
    return [
        {"c": o.row.channel, "a": o.row.address, "s": o.address_state, "e": o.error}
        for o in outcomes
        if o.address_state
    ]

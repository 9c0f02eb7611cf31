"""The outbox loop of one lane: claim, ask whether we may, hand over, write what came of it.

A row is marked ``sending`` and committed before the call. After a crash it is never sent blindly
again: the provider is asked, and where it cannot tell the row is ``unsure``. That a provider does
not have it is believed only when the lease is over: a call that timed out may still arrive.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.engine import Row
from sqlalchemy.exc import InterfaceError, OperationalError

from bot import outcomes
from bot.channels.base import (
    Channel,
    Later,
    OptedOut,
    Outbound,
    Refused,
    TemplateUnusable,
    Unreachable,
    Unsure,
    WindowShut,
)
from bot.clock import Clock
from bot.composer import Composer
from bot.outcomes import Outcome
from bot.reach import SHUT, Asked, Surroundings, asked
from bot.render import for_channel
from flows.rules.contact import PURPOSES, Decision, Pace, may_write
from storage import outbox, reach
from storage.database import Database

log = structlog.get_logger(__name__)
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_WAIT = timedelta(minutes=15)
RECORD_AGAIN = (0.1, 0.5, 2.0, 5.0)
"""Seconds between tries to write outcomes down; in all less than any sensible lease."""
PATIENT = 1
"""Seconds for which others wait for a slow call."""
AHEAD = 10
"""Seconds for which all processes together may have taken the lane's pace; a lease is longer."""
MOST_TRIES = 20
"""After so many decisions about one message it is given up aloud, whatever was learnt."""
THROTTLES = ("429", "20429", "63018")
"""Codes by which a provider asks the whole channel to slow down."""


class Lane:
    """Sends for one channel, at a pace that all processes keep together: it stands in the database."""

    def __init__(
        self,
        database: Database,
        channel: Channel,
        clock: Clock,
        lease: timedelta,
        around: Surroundings,
        composer: Composer,
    ) -> None:
        self._database = database
        self._channel = channel
        self._clock = clock
        self._lease = lease
        self._around = around
        self._composer = composer
        limits = channel.limits
        # No more than a second's worth: what is claimed can be paused or taken back no more.
        self._most = min(limits.in_flight, math.ceil(limits.per_second))
        ahead = math.ceil(limits.per_second * AHEAD)
        self._pace = Pace(timedelta(seconds=1 / limits.per_second), ahead)
        self._personal = Pace(timedelta(seconds=limits.gap), limits.burst)
        # A fifth of a second of an announcement: so long somebody who is talking may have to wait.
        self._of_many = math.ceil(limits.per_second / 5)
        self._throttled = 0
        self._calls: set[asyncio.Task[Outcome]] = set()
        """Under way."""
        self._trails: set[asyncio.Task[None]] = set()
        """What writes down the slow ones of them."""
        self._waits: datetime | None = None
        """Until when the provider asked us to wait, before it is written down for all."""

    async def drain(self) -> int:
        """Send one batch; returns how many rows were dealt with (0: nothing is due)."""
        if len(self._calls) >= self._most:
            await asyncio.wait(self._calls, return_when=asyncio.FIRST_COMPLETED)
        await self._settle_doubts()
        now = self._clock.now()
        async with self._database.write() as connection:
            name = self._channel.name
            lane = await reach.lane(connection, name)
            if lane.paused_until and now < lane.paused_until:
                return 0
            self._throttled = lane.throttled
            room = self._most - len(self._calls)
            # Not what we begin, while an operator is asked whether a provider is to be believed.
            begins = lane.wave_at is None
            rows = await outbox.claim(connection, name, now, room, self._of_many, begins=begins)
            if not rows:
                return 0
            told, usable = await asked(connection, rows, self._around, now, self._personal)
            await self._composer.learn(connection, rows)
            deals, rests = self._planned(told, lane.rests_until, now)
            if rests is not None and rests != lane.rests_until:
                await reach.change_lane(connection, name, rests_until=rests)
        calls = [asyncio.create_task(self._deal(*one, usable)) for one in deals]
        for call in calls:
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)
        # Where more is waiting the next batch begins when the last of this one has gone out.
        patience = PATIENT if len(rows) < min(room, self._of_many) else 0.0
        until = max(slot for _, _, slot in deals) - now
        done, slow = await asyncio.wait(calls, timeout=until.total_seconds() + patience)
        if slow:
            trail = asyncio.create_task(self._trail(slow))
            self._trails.add(trail)
            trail.add_done_callback(self._trails.discard)
        await self._record([call.result() for call in done])
        return len(rows)

    async def _trail(self, calls: set[asyncio.Task[Outcome]]) -> None:
        """Write down what came of these: of all together, but for one that hangs."""
        while calls:
            done, calls = await asyncio.wait(calls, timeout=PATIENT)
            try:
                await self._record([call.result() for call in done])
            except Exception as error:
                # They stay "sending", and are looked into when their lease is over.
                log.error("outcomes_lost", error=type(error).__name__)

    async def finish(self) -> None:
        """Wait for what is under way; what takes longer is looked into by whoever goes on."""
        if self._trails:
            await asyncio.wait(self._trails, timeout=5 * PATIENT)

    def _planned(
        self, told: Sequence[Asked], rests: datetime | None, now: datetime
    ) -> tuple[list[tuple[Asked, Decision, datetime]], datetime | None]:
        """What becomes of each and when it goes, and until when that uses the lane's pace up."""
        deals = []
        for one in told:
            decision = may_write(one.reach, one.matter, now, self._around.policy)
            deals.append((one, decision, self._pace.free(rests, now)))
            if decision.verdict in ("now", "template"):
                rests = self._pace.rest(rests, now)
        return deals, rests

    async def _deal(
        self,
        one: Asked,
        decision: Decision,
        slot: datetime,
        usable: Mapping[tuple[str, str], str],
    ) -> Outcome:
        row = one.row
        match decision.verdict:
            case "never":
                return Outcome(row, "dropped", decision.reason, attempts=row.attempts)
            case "later":
                return Outcome(row, "new", decision.reason, decision.at, part=row.part)
            case "elsewhere":
                return outcomes.elsewhere(one, decision.channel, self._composer, self._clock.now())
            case "notice":
                return outcomes.behind_notice(one, decision.template, self._clock.now())
        await asyncio.sleep((slot - self._clock.now()).total_seconds())
        if self._waits and self._clock.now() < self._waits:
            return Outcome(row, "new", "later", self._waits, part=row.part, attempts=row.attempts)
        try:
            parts = self._parts(one, decision, usable)
        except Exception as error:
            log.error("message_not_composed", outbox_id=row.id, error=type(error).__name__)
            return Outcome(row, "failed", "not_composed", attempts=row.attempts)
        came = await self._send(one, parts)
        if came.provider_id and self._personal.gap:
            came.rests = self._personal.rest(one.reach.rests, self._clock.now())
        return came

    def _parts(
        self, one: Asked, decision: Decision, usable: Mapping[tuple[str, str], str]
    ) -> list[Outbound]:
        if decision.verdict == "template":
            return [self._composer.template(one, decision.template, usable)]
        message = self._composer.message(one.row, one.language, one.first_name)
        return for_channel(message, self._channel.limits, one.row.address, one.row.token or "")

    async def _send(self, one: Asked, parts: Sequence[Outbound]) -> Outcome:
        row = one.row
        out = parts[min(row.part, len(parts) - 1)]
        try:
            provider_id = await self._channel.send(out)
        except Later as error:
            return self._later(row, error)
        except Unsure as error:
            return await self._look(row, parts, [out], error.code)
        except OptedOut as error:
            return Outcome(row, "failed", error.code or "opted_out", address_state="blocked")
        except Unreachable as error:
            return self._again(row, error.code or "gone", address_state="unreachable")
        except WindowShut:
            return self._again(row, SHUT, address_state="ok")
        except TemplateUnusable as error:
            return self._again(row, error.code, unusable=out.content)
        except Refused as error:
            log.error("message_refused", outbox_id=row.id, channel=row.channel, code=error.code)
            return Outcome(row, "failed", error.code or "refused")
        except Exception as error:
            log.error("send_raised", outbox_id=row.id, error=type(error).__name__)
            return Outcome(row, "unsure", type(error).__name__)
        return self._accepted(row, provider_id, len(parts), out.content)

    def _again(
        self, row: Row[Any], code: str, *, address_state: str = "", unusable: str = ""
    ) -> Outcome:
        """It is decided anew at once, with what was learnt; not for ever."""
        gives_up = row.attempts >= MOST_TRIES
        return Outcome(
            row,
            "failed" if gives_up else "new",
            code,
            None if gives_up else self._clock.now(),
            attempts=row.attempts,
            address_state=address_state,
            unusable=unusable,
        )

    def _accepted(self, row: Row[Any], provider_id: str, parts: int, content: str) -> Outcome:
        if row.part + 1 < parts:
            # Not at once: a long message may arrive after a short one that went later.
            due = self._clock.now() + self._personal.gap
            return Outcome(row, "new", None, due, provider_id, part=row.part + 1)
        return Outcome(
            row,
            "sent",
            provider_id=provider_id,
            part=row.part,
            attempts=row.attempts,
            content=content,
        )

    def _later(self, row: Row[Any], error: Later) -> Outcome:
        now = self._clock.now()
        if now - row.created_at > GIVE_UP_AFTER and not PURPOSES[row.purpose].rank:
            log.error("message_given_up", outbox_id=row.id, channel=row.channel, code=error.code)
            return Outcome(row, "failed", error.code or "gave_up", attempts=row.attempts)
        slows = error.seconds is not None or error.code in THROTTLES
        if error.seconds is not None:
            wait = timedelta(seconds=error.seconds)
        else:
            times = self._throttled if slows else row.attempts
            wait = min(LONGEST_WAIT, timedelta(seconds=2 ** min(times, 10)))
            wait *= random.uniform(0.7, 1.3)  # noqa: S311 spreads retries, guards nothing
        if slows:
            self._waits = now + wait
        return Outcome(
            row,
            "new",
            error.code or "later",
            now + wait,
            part=row.part,
            attempts=row.attempts,
            pause_until=now + wait if slows else None,
        )

    async def _look(
        self, row: Row[Any], parts: Sequence[Outbound], like: Sequence[Outbound], code: str
    ) -> Outcome:
        """Ask the provider whether it has what we do not know to have been accepted."""
        claimed = row.claimed_at or row.created_at
        try:
            found = await self._found(row, like, claimed - timedelta(seconds=5))
        except Unsure:
            log.error(
                "message_unsure", outbox_id=row.id, channel=row.channel, see="mem outbox unsure"
            )
            return Outcome(row, "unsure", code or "unsure", attempts=row.attempts)
        except Exception as error:
            # Still in doubt: it stays "sending" and is asked about again.
            log.warning("lookup_failed", outbox_id=row.id, error=type(error).__name__)
            return Outcome(row, "sending", code, attempts=row.attempts)
        if found is not None:
            provider_id, out = found
            return self._accepted(row, provider_id, len(parts), out.content)
        now = self._clock.now()
        state = "new" if now - claimed > self._lease else "sending"
        return Outcome(row, state, code, now, part=row.part, attempts=row.attempts)

    async def _found(
        self, row: Row[Any], like: Sequence[Outbound], since: datetime
    ) -> tuple[str, Outbound] | None:
        """The newest like it may be another row's: the same words, said before. Then ours is not there."""
        for out in like:
            provider_id = await self._channel.find(out, since)
            if provider_id is not None:
                async with self._database.read() as connection:
                    if not await outbox.is_known(connection, row.channel, provider_id, row.id):
                        return provider_id, out
        return None

    async def _settle_doubts(self) -> None:
        now = self._clock.now()
        async with self._database.read() as connection:
            rows = await outbox.doubtful(connection, self._channel.name, now - self._lease, 20)
            if not rows:
                return
            told, usable = await asked(connection, rows, self._around, now)
            await self._composer.learn(connection, rows)
        await self._record([await self._doubt(one, usable) for one in told])

    async def _doubt(self, one: Asked, usable: Mapping[tuple[str, str], str]) -> Outcome:
        """It went out as it was written, or as its template, if at all."""
        try:
            parts = self._parts(one, Decision("now", "crashed"), usable)
        except Exception as error:
            log.error("message_not_composed", outbox_id=one.row.id, error=type(error).__name__)
            return Outcome(one.row, "unsure", "not_composed", attempts=one.row.attempts)
        like = [parts[min(one.row.part, len(parts) - 1)]]
        if one.matter.template in one.reach.templates:
            like.append(self._composer.template(one, one.matter.template, usable))
        return await self._look(one.row, parts, like, "crashed")

    async def _record(self, came_of: Sequence[Outcome]) -> None:
        settled = [outcome for outcome in came_of if outcome.state != "sending"]
        for wait in RECORD_AGAIN:
            try:
                return await self._write(settled)
            except (OperationalError, InterfaceError) as error:
                # What was accepted and is not written down would be in doubt.
                log.warning("outcome_not_written", error=type(error).__name__)
                await asyncio.sleep(wait)
        await self._write(settled)

    async def _write(self, settled: Sequence[Outcome]) -> None:
        name, now = self._channel.name, self._clock.now()
        async with self._database.write() as connection:
            await outcomes.write(connection, name, settled, self._throttled, self._around.wave, now)

"""What a provider reports as not delivered, minutes or days after it took the message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.base import Later, OptedOut, TemplateUnusable, Unreachable, WindowShut
from bot.channels.twilio import meaning
from bot.outcomes import learn, take_out
from flows.rules.contact import PURPOSES
from storage import outbox, verdicts
from storage.verdicts import Verdict, Wave

log = structlog.get_logger(__name__)
AFTER = timedelta(minutes=10)
"""A phone without a line may have one again; what was wrong with the message is known at once."""
MOST_TRIES = 5
WITHHELD = "63049"
"""Meta lets through only so many announcements to one person; at once again is never right."""


async def undelivered(
    connection: AsyncConnection, failed: Sequence[Row[Any]], wave: Wave, now: datetime
) -> None:
    """Learn of the address; what somebody waits for is decided about anew.

    A channel that was too fast (63018) and what Meta withheld (63049) say nothing of the address.
    63016: the window was shut after all. 21610, 63014: it is the same as STOP. What says that
    nobody is there counts at once, anything else the second time (PLATFORMS 4.1).
    """
    told = [
        Verdict(row.channel, row.address, state, row.error)
        for row in failed
        if (state := _says(row.error or ""))
    ]
    held = await learn(connection, told, wave, now)
    again: list[int] = []
    soon: list[int] = []
    waits: list[int] = []
    for row in failed:
        kind = meaning(row.error or "")
        awaited = PURPOSES[row.purpose].by_sms
        at_once = issubclass(kind, Unreachable | WindowShut)
        if issubclass(kind, TemplateUnusable):
            # Nothing is wrong with the person: whatever it was for, another wording may go.
            at_once = await _take_out(connection, row, now)
            awaited = awaited or at_once
        if not awaited or row.attempts >= MOST_TRIES:
            continue
        if (row.channel, row.address) in held:
            waits.append(row.outbox_id)
        elif row.error != WITHHELD and not issubclass(kind, OptedOut):
            (soon if at_once else again).append(row.outbox_id)
    await outbox.deliver_again(connection, soon, now)
    await outbox.deliver_again(connection, again, now + AFTER)
    await outbox.deliver_again(connection, waits, now + verdicts.WAITS, verdicts.WAVE)


async def _take_out(connection: AsyncConnection, row: Row[Any], now: datetime) -> bool:
    """Whether it went out as a template; the buttons of a conversation are none."""
    if not row.content:
        log.error("template_unusable", outbox_id=row.outbox_id, code=row.error)
        return False
    await take_out(connection, row.content, row.error, now)
    return True


def _says(code: str) -> str:
    """What a code says of an address; empty: nothing."""
    kind = meaning(code)
    if issubclass(kind, OptedOut):
        return "blocked"
    if issubclass(kind, Unreachable):
        return "unreachable"
    if issubclass(kind, WindowShut):
        return "ok"
    return "" if code == WITHHELD or issubclass(kind, TemplateUnusable | Later) else "failed"

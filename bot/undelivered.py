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
from flows.rules.contact import PURPOSES
from storage import conversations, outbox, reach

log = structlog.get_logger(__name__)
AFTER = timedelta(minutes=10)
"""A phone without a line may have one again; what was wrong with the message is known at once."""
MOST_TRIES = 5
WITHHELD = "63049"
"""Meta lets through only so many announcements to one person; at once again is never right."""


async def undelivered(
    connection: AsyncConnection, failed: Sequence[Row[Any]], now: datetime
) -> None:
    """Learn of the address; what somebody waits for is decided about anew.

    A channel that was too fast (63018) and what Meta withheld (63049) say nothing of the address.
    63016: the window was shut after all. 21610, 63014: it is the same as STOP. What says that
    nobody is there counts at once, anything else the second time (PLATFORMS 4.1).
    """
    learnt: list[dict[str, Any]] = []
    again: list[int] = []
    soon: list[int] = []
    failures: list[tuple[str, str]] = []
    for row in failed:
        kind = meaning(row.error or "")
        known = {"c": row.channel, "a": row.address, "e": row.error}
        if issubclass(kind, OptedOut):
            learnt.append(known | {"s": "blocked"})
            continue
        if issubclass(kind, Unreachable):
            learnt.append(known | {"s": "unreachable"})
        elif issubclass(kind, WindowShut):
            learnt.append(known | {"s": "ok"})
        elif issubclass(kind, TemplateUnusable):
            log.error("template_unusable", outbox_id=row.outbox_id, code=row.error)
        elif row.error == WITHHELD:
            continue
        elif not issubclass(kind, Later):
            failures.append((row.channel, row.address))
        if PURPOSES[row.purpose].by_sms and row.attempts < MOST_TRIES:
            (soon if issubclass(kind, Unreachable | WindowShut) else again).append(row.outbox_id)
    await conversations.mark_address(connection, learnt)
    await reach.failed_at(connection, failures)
    blocked = {(one["c"], one["a"]) for one in learnt if one["s"] == "blocked"}
    await reach.opt_out_at(connection, blocked, now)
    await outbox.deliver_again(connection, soon, now)
    await outbox.deliver_again(connection, again, now + AFTER)

"""May we write to this person now? Asked by the sender at the moment of sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

WINDOW = timedelta(hours=24)
"""WhatsApp takes free text only within 24 hours of the person's last message
(twilio.com/docs/api/errors/63016)."""
DECENT = (time(9, 30), time(20, 0))
"""Hours in the person's own zone in which we begin a conversation (DOMAIN 2.7)."""
AWAITED = (time(8), time(21, 30))
"""Hours in which news may come: what somebody waits for is welcome a little earlier and later."""
AWAKE = timedelta(hours=1)
"""Whoever wrote within it is in the conversation, whatever the hour."""
PATIENCE = timedelta(days=30)
"""How long news waits for somebody whose window is shut."""
HELD = ("quiet_hours", "window_shut")
"""Reasons for which a message waits; whoever writes meanwhile gets it at once."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of a person and of the channel a message would go out on."""

    channel: str
    opted_out: bool
    unreachable: bool
    last_heard: datetime | None
    timezone: str


@dataclass(frozen=True, slots=True)
class Decision:
    """``now``; ``later`` at ``at``; or ``never``; and why."""

    verdict: Literal["now", "later", "never"]
    reason: str
    at: datetime | None = None


LATE = timedelta(minutes=45)
"""A reminder of a session that could not be sent for so long says nothing true any more."""


def may_write(reach: Reach, purpose: str, now: datetime, made: datetime | None = None) -> Decision:
    """Decide for one message, which was ``made`` then.

    ``purpose``: reply, legal (a right or its confirmation), news (something awaited: what cannot go
    waits until the person writes), nudge (it asks again for something open, and is not worth keeping
    so long), check_in (the same about nothing open: how it goes, whether hours still fit), reminder (of a session that both agreed to: at its hour, even where that is early or
    late in the day).
    """
    if reach.opted_out and purpose != "legal":
        return Decision("never", "opted_out")
    if reach.unreachable:
        return Decision("never", "unreachable")
    if purpose == "reminder" and made is not None and now - made > LATE:
        return Decision("never", "too_late")
    decent = _decent(reach, purpose, now)
    if reach.channel == "whatsapp" and not _window_open(reach.last_heard, decent):
        if purpose == "news":
            return Decision("later", "window_shut", now + PATIENCE)
        return Decision("never", "window_shut")
    return Decision("now", "decent") if decent == now else Decision("later", "quiet_hours", decent)


def _window_open(last_heard: datetime | None, at: datetime) -> bool:
    return last_heard is not None and at - last_heard < WINDOW


def _decent(reach: Reach, purpose: str, now: datetime) -> datetime:
    """When the hour allows it: an answer at once, the rest by the person's own clock."""
    if purpose in ("nudge", "check_in"):
        return _next(DECENT, reach.timezone, now)
    awake = reach.last_heard is not None and now - reach.last_heard < AWAKE
    return now if purpose != "news" or awake else _next(AWAITED, reach.timezone, now)


def _next(hours: tuple[time, time], timezone: str, now: datetime) -> datetime:
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    opens, closes = hours
    if opens <= local.time() < closes:
        return now
    day = local.date() if local.time() < opens else local.date() + timedelta(days=1)
    return datetime.combine(day, opens, zone).astimezone(now.tzinfo)

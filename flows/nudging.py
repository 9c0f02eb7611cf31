"""What we ask again without being asked: how often, after how long, and how late it is still worth it.

Every reminder is a row that names its kind, what it is about and how many came before. The event
that it becomes is judged by the facts of that moment; where they have changed it does nothing, and
nothing follows. While somebody is stopped theirs wait; after START they come as late as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flows.effects import Remind
from flows.people import Heard

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of reminder."""

    gaps: tuple[timedelta, ...]
    """How long before the first, and from each to the next; as many as there may be.

    None: it comes at an hour of its own, once, and cannot be put off.
    """
    useful_for: timedelta
    """Served later than this it is passed over: it would make no sense, or come in a burst."""
    awaited: bool = False
    """Somebody waits for the answer: "not interested" is that answer, and not about reminders."""

    @property
    def most(self) -> int:
        return len(self.gaps)


KINDS: Final[dict[str, Kind]] = {
    "unfinished": Kind((20 * HOUR, 3 * DAY, 7 * DAY), 3 * DAY),
    "wish_again": Kind((20 * HOUR, 3 * DAY, 7 * DAY), 3 * DAY),
    "choice_again": Kind((DAY, 3 * DAY, 7 * DAY), 3 * DAY),
    "request_again": Kind((DAY, DAY), DAY, awaited=True),
    "offer_again": Kind((DAY,), DAY, awaited=True),
    "session_day": Kind((), 12 * HOUR),
    "session_hour": Kind((), HOUR),
    "session_over": Kind((HOUR / 2, DAY, 2 * DAY), DAY),
    "step_due": Kind((DAY, 3 * DAY, 7 * DAY), 3 * DAY),
    "silent_pair": Kind((14 * DAY, 14 * DAY, 28 * DAY), 7 * DAY),
    "silent_partner": Kind((56 * DAY,), 7 * DAY),
    "availability": Kind((90 * DAY, 90 * DAY, 90 * DAY), 30 * DAY),
    "follow_up": Kind((90 * DAY,), 30 * DAY),
    "give_back": Kind((30 * DAY,), 30 * DAY),
}
"""The first gap of a request, an offer, a session, a step and a follow-up is set where it begins."""


def first(kind: str, subject: str = "", after: timedelta | None = None) -> Remind:
    """The first reminder about something, in its time."""
    return Remind(kind, subject, KINDS[kind].gaps[0] if after is None else after)


def last(kind: str, subject: str, after: timedelta) -> Remind:
    """One more, and none after it."""
    return Remind(kind, subject, after, KINDS[kind].most - 1)


def following(heard: Heard) -> tuple[Remind, ...]:
    """The next reminder about the same, while there may be one."""
    kind, times = KINDS.get(heard.event), heard.times + 1
    if kind is None or times >= kind.most:
        return ()
    return (Remind(heard.event, heard.subject, kind.gaps[times], times),)


def is_nudge(heard: Heard) -> bool:
    """Does it ask for something that can be put off?"""
    return heard.event in KINDS and KINDS[heard.event].most > 0


def is_too_late(heard: Heard, now: datetime) -> bool:
    """Is it served so long after its time that it helps nobody any more?"""
    kind = KINDS.get(heard.event)
    return kind is not None and heard.due is not None and now - heard.due > kind.useful_for

"""What two people's clocks show.

Agreed is the wall time of the mentee and the name of its zone; UTC is derived from them, again
whenever the zone rules change. A decree may change them between booking and session: Morocco went
to UTC+0 for good on 2026-09-20 (IANA tzdata 2026c), and every session kept only as UTC moved.

Every wall time here is a naive datetime; its ``fold`` says which of two equal hours is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class SkippedHour(ValueError):
    """Clocks jump over this wall time: it does not exist in its zone."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What newer zone rules make of a booking."""

    wall: datetime
    """The mentee's wall time: as agreed, unless clocks now jump over it."""
    start: datetime
    """The session's start in UTC. Calendars hold this, even where both wall times hold."""
    other_wall: datetime
    """What the other's clock shows at the start."""
    seen: bool
    """Whether somebody's clock shows another time than they were told: then both are told."""


def derive(wall: datetime, zone: str) -> datetime:
    """The UTC moment of a wall time; of two equal hours the first, or the second if ``fold`` is 1.

    Raises SkippedHour; ValueError for a datetime that has a zone already.
    """
    start = _moment(wall, zone)
    if shown(start, zone) != wall:
        raise SkippedHour(f"{wall.isoformat()} does not exist in {zone}")
    return start


def shown(start: datetime, zone: str) -> datetime:
    """The wall time in a zone at a moment (any aware datetime), with its ``fold``."""
    return start.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def is_twice(wall: datetime, zone: str) -> bool:
    """Whether clocks show this wall time twice that day, as when they go back."""
    moments = [_moment(wall.replace(fold=fold), zone) for fold in (0, 1)]
    return moments[0] != moments[1] and all(shown(moment, zone) == wall for moment in moments)


def moved(
    wall: datetime, zone: str, start: datetime, other_wall: datetime, other_zone: str
) -> Shift | None:
    """What changed since a session was booked; None where nothing did.

    ``start`` is the stored UTC, ``other_wall`` what the other was told. Where clocks now jump over
    the agreed hour the session goes on at the same distance from what came before, an hour later
    on the clock as a rule: no booking is lost for it.
    """
    newly = _moment(wall, zone)
    holds, other = shown(newly, zone), shown(newly, other_zone)
    if (newly, holds, other) == (start, wall, other_wall):
        return None
    return Shift(holds, newly, other, seen=(holds, other) != (wall, other_wall))


def _moment(wall: datetime, zone: str) -> datetime:
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no zone of its own")
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

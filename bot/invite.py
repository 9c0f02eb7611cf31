"""What people keep of a session: a file for their calendar and a link to meet at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from icalendar import STATUS, Alarm, Calendar, Event, vCalAddress

PRODUCT: Final = "-//Mentoring MeM//Sessions//EN"
UID_ENDS: Final = "@mentoring-mem"
MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_REMINDERS: Final = (timedelta(days=1), timedelta(hours=1))
_NOBODY: Final = "invalid:nomail"
"""Scheduling needs an organizer and an attendee (RFC 5546, 3.2.2), and nobody's address is ours to
give: this is what Apple's calendar writes for somebody without one."""


@dataclass(frozen=True, slots=True)
class Invite:
    """One session for one person's calendar, in that person's words."""

    uid: str
    """The same for good: with it a calendar finds the entry that a newer file changes."""
    sequence: int
    """Raised by every change; a calendar ignores a file that is older than what it has."""
    start: datetime
    minutes: int
    summary: str
    description: str = ""
    link: str = ""
    organizer: str = ""
    """The programme's name as people know it."""


def calendar_file(invite: Invite, method: Literal["REQUEST", "CANCEL"], now: datetime) -> bytes:
    """An iCalendar file (RFC 5545) that adds or changes the session, or takes it out.

    Times are UTC instants and not TZID times: a phone whose zone rules are older than a decree
    would show those an hour off.
    """
    start, stamp = invite.start.astimezone(UTC), now.astimezone(UTC)
    cancelled = method == "CANCEL"
    event = Event.new(
        uid=invite.uid,
        sequence=invite.sequence,
        stamp=stamp,
        last_modified=stamp,
        start=start,
        end=start + timedelta(minutes=invite.minutes),
        summary=invite.summary,
        description=invite.description or None,
        location=invite.link or None,
        url=invite.link or None,
        status=STATUS.CANCELLED if cancelled else STATUS.CONFIRMED,
        organizer=_address(invite.organizer),
        attendees=[_address("")],
        subcomponents=[] if cancelled else [_alarm(invite, before) for before in _REMINDERS],
    )
    # Not Calendar.new: it gives the calendar a random name, and every file would differ.
    made = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", method)):
        made.add(name, value)
    made.add_component(event)
    return bytes(made.to_ical())


def _address(name: str) -> vCalAddress:
    address = vCalAddress(_NOBODY)
    if name:
        address.params["CN"] = name
    return address


def _alarm(invite: Invite, before: timedelta) -> Alarm:
    alarm = Alarm.new(description=invite.summary)
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    return alarm


def new_uid(name: str) -> str:
    """What a session is called in people's calendars, from 128 random bits."""
    return f"{name}{UID_ENDS}"


def new_link(pattern: str, room: str) -> str:
    """An address to meet at, in a room of 128 random bits; none where the pattern is empty.

    Whoever knows the address is let in: it must never be in a log.
    """
    return pattern.replace("{room}", room)

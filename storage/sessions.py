"""Sessions that are booked, and the time they take: nobody is ever booked twice.

Every booked session holds rows of ``busy``, one for each quarter of an hour of each of the two. The
table's key lets a person have a quarter only once, in however many processes: who comes second is
told `Refused.TAKEN`, and nothing of theirs is left behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, insert, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.clocks import derive, shown
from storage.pairing import busy, sessions
from storage.tables import people

QUARTER: Final = 900
"""Seconds."""
_DEADLOCK: Final = "40P01"
"""PostgreSQL's error code."""
_LONGEST: Final = timedelta(hours=8)
IS_BOOKED: Final = sessions.c.state == "booked"
_IS_OPEN: Final = sessions.c.state.in_(("booked", "displaced"))
_TAKE: Final = {
    "sqlite": sqlite.insert(busy).on_conflict_do_nothing().returning(busy.c.quarter),
    "postgresql": postgresql.insert(busy).on_conflict_do_nothing().returning(busy.c.quarter),
}
"""One INSERT of many rows; a row that is there already is not returned."""
FREE = delete(busy).where(busy.c.session_id == bindparam("id"))


class Taken(Exception):
    """One of the two has a session at that time."""


class Refused(StrEnum):
    """Why a session was not booked, moved or cancelled."""

    TAKEN = "taken"
    """Somebody was faster: one of the two has no time then."""
    GONE = "gone"
    """One of the two was erased."""
    CHANGED = "changed"
    """It is not as the person saw it any more: moved or cancelled in the meantime."""


@dataclass(frozen=True, slots=True)
class Hour:
    """When: the mentee's naive wall time and zone, and the mentor's zone."""

    wall: datetime
    zone: str
    mentor_zone: str
    minutes: int = 60

    def columns(self) -> dict[str, Any]:
        """As a row has it. Raises ``clocks.SkippedHour``."""
        start = derive(self.wall, self.zone)
        return {
            "wall": self.wall,
            "fold": self.wall.fold,
            "zone": self.zone,
            "mentor_wall": shown(start, self.mentor_zone),
            "mentor_zone": self.mentor_zone,
            "starts_at": start,
            "minutes": self.minutes,
        }


@dataclass(frozen=True, slots=True)
class Booking:
    """Who meets, when and how. ``uid`` names it for good in people's calendars."""

    mentee_id: int
    mentor_id: int
    hour: Hour
    way: str
    link: str
    uid: str
    pair_id: int | None = None


async def book(connection: AsyncConnection, asked: Booking, now: datetime) -> int | Refused:
    """Book a session; its id, or `Refused.TAKEN` or `Refused.GONE`.

    Raises ``clocks.SkippedHour``.
    """
    row = {
        "pair_id": asked.pair_id,
        "mentee_id": asked.mentee_id,
        "mentor_id": asked.mentor_id,
        "way": asked.way,
        "link": asked.link,
        "uid": asked.uid,
        "created_at": now,
        "updated_at": now,
        **asked.hour.columns(),
    }
    both = (asked.mentee_id, asked.mentor_id)
    try:
        async with _whole(connection):
            statement = insert(sessions).values(row).returning(sessions.c.id)
            id: int = (await connection.execute(statement)).scalar_one()
            await take(connection, id, both, row["starts_at"], asked.hour.minutes)
            return id
    except Taken:
        return Refused.TAKEN
    except IntegrityError:
        known = select(func.count()).select_from(people).where(people.c.id.in_(both))
        if await connection.scalar(known) == len(set(both)):
            raise
        return Refused.GONE


async def move(
    connection: AsyncConnection, id: int, seen: int, hour: Hour, now: datetime
) -> int | Refused:
    """Give a session another time, or leave it as it was; its new sequence.

    ``seen`` is the sequence of the session as the person saw it. Raises ``clocks.SkippedHour``.
    """
    values = {**hour.columns(), "state": "booked", "sequence": seen + 1, "updated_at": now}
    try:
        async with _whole(connection):
            both = await _change(connection, id, seen, values)
            if both is None:
                return Refused.CHANGED
            await connection.execute(FREE, {"id": id})
            await take(connection, id, both, values["starts_at"], hour.minutes)
            return seen + 1
    except Taken:
        return Refused.TAKEN


async def cancel(
    connection: AsyncConnection,
    id: int,
    seen: int,
    now: datetime,
    by: int | None = None,
    why: str | None = None,
) -> int | Refused:
    """Cancel a session and free its time; its last sequence. ``seen`` as in `move`."""
    values = {"state": "cancelled", "sequence": seen + 1, "updated_at": now}
    values |= {"cancelled_by": by, "why": why}
    if await _change(connection, id, seen, values) is None:
        return Refused.CHANGED
    await connection.execute(FREE, {"id": id})
    return seen + 1


async def _change(
    connection: AsyncConnection, id: int, seen: int, values: Mapping[str, Any]
) -> tuple[int, int] | None:
    """Change an open session that is as it was seen; the two people, or None."""
    same = (sessions.c.id == id, sessions.c.sequence == seen, _IS_OPEN)
    statement = update(sessions).where(*same).values(values)
    both = statement.returning(sessions.c.mentee_id, sessions.c.mentor_id)
    row = (await connection.execute(both)).first()
    return None if row is None else (row.mentee_id, row.mentor_id)


@asynccontextmanager
async def _whole(connection: AsyncConnection) -> AsyncIterator[None]:
    """All of the block or nothing of it. Raises Taken.

    Two who move their sessions into each other's place at the same moment wait for each other;
    PostgreSQL ends one of them, to whom the place is simply taken.
    """
    try:
        async with connection.begin_nested():
            yield
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != _DEADLOCK:
            raise
        raise Taken from error


async def take(
    connection: AsyncConnection, id: int, both: Iterable[int], start: datetime, minutes: int
) -> None:
    """Take the time of both. Raises Taken where a quarter of it is (the others may be taken then)."""
    wanted = [
        {"person_id": person, "quarter": quarter, "session_id": id}
        # Always in the same order, so that two who want the same never wait for each other.
        for person in sorted(set(both))
        for quarter in _quarters(start, minutes)
    ]
    taken = await connection.execute(_TAKE[connection.dialect.name], wanted)
    if len(taken.all()) < len(wanted):
        raise Taken


def _quarters(start: datetime, minutes: int) -> range:
    """The quarters of an hour since 1970 that a session touches."""
    first = int(start.timestamp())
    return range(first // QUARTER, -(-(first + minutes * 60) // QUARTER))


async def busy_of(
    connection: AsyncConnection, person_ids: Sequence[int], since: datetime
) -> dict[int, tuple[tuple[datetime, datetime], ...]]:
    """The UTC intervals after ``since`` when people have no time, by person; to a quarter."""
    query = (
        select(busy.c.person_id, busy.c.quarter)
        .where(busy.c.person_id.in_(person_ids), busy.c.quarter >= _quarters(since, 0).start)
        .order_by(busy.c.person_id, busy.c.quarter)
    )
    spans: defaultdict[int, list[list[int]]] = defaultdict(list)
    for person, quarter in (await connection.execute(query)).all():
        theirs = spans[person]
        if theirs and theirs[-1][1] == quarter:
            theirs[-1][1] += 1
        else:
            theirs.append([quarter, quarter + 1])
    return {
        person: tuple((_instant(opens), _instant(closes)) for opens, closes in theirs)
        for person, theirs in spans.items()
    }


def _instant(quarter: int) -> datetime:
    return datetime.fromtimestamp(quarter * QUARTER, UTC)


async def upcoming(
    connection: AsyncConnection, person_ids: Sequence[int], now: datetime
) -> list[Row[Any]]:
    """Booked sessions of these people that are not over, the next first."""
    theirs = or_(sessions.c.mentee_id.in_(person_ids), sessions.c.mentor_id.in_(person_ids))
    query = (
        select(sessions)
        .where(theirs, IS_BOOKED, sessions.c.starts_at > now - _LONGEST)
        .order_by(sessions.c.starts_at, sessions.c.id)
    )
    rows = (await connection.execute(query)).all()
    return [row for row in rows if row.starts_at + timedelta(minutes=row.minutes) > now]


async def listed(connection: AsyncConnection, state: str, most: int) -> Sequence[Row[Any]]:
    """Sessions in a state (or all) with both people's names, the latest first."""
    mentee, mentor = people.alias(), people.alias()
    query = (
        select(sessions, mentee.c.name.label("mentee"), mentor.c.name.label("mentor"))
        .outerjoin(mentee, mentee.c.id == sessions.c.mentee_id)
        .outerjoin(mentor, mentor.c.id == sessions.c.mentor_id)
        .where(true() if state == "all" else sessions.c.state == state)
        .order_by(sessions.c.starts_at.desc(), sessions.c.id)
    )
    return (await connection.execute(query.limit(most))).all()


async def load(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Sessions by id, whatever their state."""
    query = select(sessions).where(sessions.c.id.in_(ids))
    return {row.id: row for row in (await connection.execute(query)).all()}


async def named(connection: AsyncConnection, uid: str) -> Row[Any] | None:
    """The session that calendars call so, with both people's names and languages."""
    mentee, mentor = people.alias(), people.alias()
    query = (
        select(
            sessions,
            mentee.c.name.label("mentee_name"),
            mentee.c.language.label("mentee_language"),
            mentor.c.name.label("mentor_name"),
            mentor.c.language.label("mentor_language"),
        )
        .join(mentee, mentee.c.id == sessions.c.mentee_id)
        .join(mentor, mentor.c.id == sessions.c.mentor_id)
        .where(sessions.c.uid == uid)
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def told(connection: AsyncConnection, person_id: int) -> list[dict[str, Any]]:
    """A person's sessions for their own eyes: in their own wall time, and not with whom."""
    theirs = or_(sessions.c.mentee_id == person_id, sessions.c.mentor_id == person_id)
    rows = (await connection.execute(select(sessions).where(theirs).order_by(sessions.c.id))).all()
    return [
        {
            "role": "mentee" if row.mentee_id == person_id else "mentor",
            "at": (row.wall if row.mentee_id == person_id else row.mentor_wall).isoformat(),
            "zone": row.zone if row.mentee_id == person_id else row.mentor_zone,
            **{name: getattr(row, name) for name in ("minutes", "way", "link", "state")},
        }
        for row in rows
    ]


async def forget_past(connection: AsyncConnection, before: datetime) -> None:
    """Time that is over need not be held."""
    await connection.execute(delete(busy).where(busy.c.quarter < _quarters(before, 0).start))

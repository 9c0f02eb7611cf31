"""The programme's own rows: consents, mentees, ratings, contacts, tickets, timers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, exists, func, insert, literal_column, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.nudging import KINDS
from storage.inbox import insert_once, partition_of, store, timed_waiting
from storage.tables import (
    TIMED,
    consents,
    contacts,
    inbox,
    mentees,
    people,
    skill_ratings,
    tickets,
    timers,
)

_FIELDS = (
    "age", "place", "activity", "sector", "stage", "legal_form",
    "needs", "languages", "meet", "connection", "availability",
)  # fmt: skip


@dataclass(slots=True)
class Pending:
    """Rows that the effects of a whole batch add, written together."""

    mentees: list[dict[str, Any]] = field(default_factory=list)
    ratings: list[dict[str, Any]] = field(default_factory=list)
    consents: list[dict[str, Any]] = field(default_factory=list)
    timers: list[dict[str, Any]] = field(default_factory=list)

    async def write(self, connection: AsyncConnection) -> None:
        """Write all of it and be empty again."""
        if self.consents:
            # Appended: a consent or a refusal is never overwritten.
            await connection.execute(insert(consents), self.consents)
        if self.timers:
            set_timer = _upsert(connection, timers, _ONE_TIMER, self.timers[0])
            await connection.execute(set_timer, self.timers)
        if self.mentees:
            keep = _upsert(connection, mentees, ("person_id",), self.mentees[0])
            await connection.execute(keep, self.mentees)
            joined = [row["person_id"] for row in self.mentees]
            await connection.execute(contacts.delete().where(contacts.c.person_id.in_(joined)))
        if self.ratings:
            first = insert_once(connection, skill_ratings).on_conflict_do_nothing()
            await connection.execute(first, self.ratings)
        for rows in (self.mentees, self.ratings, self.consents, self.timers):
            rows.clear()


_ONE_TIMER = ("person_id", "kind", "subject")


def _upsert(
    connection: AsyncConnection, table: Table, key: Sequence[str], row: Mapping[str, Any]
) -> Any:
    """Add rows like this one, or change what it names of those that are there."""
    statement = insert_once(connection, table)
    changes = {name: statement.excluded[name] for name in row if name not in key}
    return statement.on_conflict_do_update(index_elements=list(key), set_=changes)


def register(pending: Pending, person_id: int, answers: Mapping[str, Any], now: datetime) -> None:
    """Store a mentee's profile; a first self-assessment of a skill is its baseline."""
    place = answers.get("place") or {}
    row = {name: answers.get(name) for name in _FIELDS} | {
        "person_id": person_id,
        "region": place.get("region") or None,
        "country": place.get("country") or None,
        "updated_at": now,
    }
    for name in ("needs", "languages", "meet", "availability"):
        row[name] = row[name] or []
    pending.mentees.append(row)
    pending.ratings += [
        {
            "person_id": person_id,
            "skill": name.partition(".")[2],
            "moment": "baseline",
            "rating": value,
            "at": now,
        }
        for name, value in answers.items()
        if name.startswith("levels.") and value is not None
    ]


async def keep_contact(
    connection: AsyncConnection, person_id: int, reason: str, age: int | None, now: datetime
) -> None:
    """Somebody who cannot join now but wants to hear from us."""
    statement = insert_once(connection, contacts).values(
        person_id=person_id, reason=reason, age=age, at=now
    )
    await connection.execute(statement.on_conflict_do_nothing())


async def open_ticket(
    connection: AsyncConnection, person_id: int, reason: str, asked: str, now: datetime
) -> bool:
    """A person waits for a person; one open ticket for one reason is enough: False where it was."""
    same = select(tickets.c.id).where(
        tickets.c.person_id == person_id, tickets.c.reason == reason, tickets.c.closed_at.is_(None)
    )
    if (await connection.execute(same)).first() is not None:
        return False
    row = {"person_id": person_id, "reason": reason, "asked": asked[:80], "opened_at": now}
    await connection.execute(insert(tickets), [row])
    return True


async def open_tickets(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Who waits for a person, oldest first."""
    query = (
        select(tickets, people.c.language)
        .join(people, people.c.id == tickets.c.person_id)
        .where(tickets.c.closed_at.is_(None))
        .order_by(tickets.c.id)
    )
    return (await connection.execute(query)).all()


async def close_ticket(connection: AsyncConnection, id: int, now: datetime) -> bool:
    closing = update(tickets).where(tickets.c.id == id, tickets.c.closed_at.is_(None))
    return bool((await connection.execute(closing.values(closed_at=now))).rowcount)


def remind(
    pending: Pending, person_id: int, kind: str, subject: str, due: datetime, times: int = 0
) -> None:
    """Set the timer of this kind about this subject; an earlier one moves.

    ``times``: how many about it came before.
    """
    about = {"person_id": person_id, "kind": kind, "subject": subject}
    pending.timers.append({**about, "due_at": due, "state": "new", "times": times})


async def stop_reminding(
    connection: AsyncConnection, person_id: int, kind: str, subject: str | None = None
) -> None:
    """The timer of this kind about this subject, or about any, does not come any more."""
    theirs = update(timers).where(timers.c.person_id == person_id, timers.c.kind == kind)
    if subject is not None:
        theirs = theirs.where(timers.c.subject == subject)
    await connection.execute(theirs.where(timers.c.state == "new").values(state="done"))


async def hand_over(connection: AsyncConnection, goes: int, stays: int) -> None:
    """Two were one person; of two timers about the same the one that comes first stays."""
    both = select(timers).where(timers.c.person_id.in_((goes, stays)))
    rows = (await connection.execute(both)).all()
    kept: dict[tuple[str, str], Row[Any]] = {}
    for row in sorted(rows, key=lambda row: (row.state != "new", row.due_at)):
        kept.setdefault((row.kind, row.subject), row)
    lost = {row.id for row in rows} - {row.id for row in kept.values()}
    await connection.execute(timers.delete().where(timers.c.id.in_(lost)))
    theirs = update(timers).where(timers.c.person_id == goes)
    await connection.execute(theirs.values(person_id=stays))


_NUDGES = tuple(kind for kind, one in KINDS.items() if one.most)
_STOPPED = exists().where(people.c.id == timers.c.person_id, people.c.opted_out_at.is_not(None))
_COMES = and_(
    timers.c.state == literal_column("'new'"), ~(timers.c.kind.in_(tuple(KINDS)) & _STOPPED)
)
"""Reminders of whoever said STOP wait for their START; a deadline is one for the other side too."""


async def next_timer(connection: AsyncConnection) -> datetime | None:
    """When the next timer is due."""
    query = select(func.min(timers.c.due_at)).where(_COMES)
    due: datetime | None = await connection.scalar(query)
    return due


async def timers_due(connection: AsyncConnection, now: datetime, limit: int = 500) -> list[int]:
    """Turn due timers into inbox rows, each once in however many processes.

    Returns the partitions that have work now. Timers wait here, in their order, rather than in the
    inbox: no more become messages than are served. The inbox's unique key is what makes a timer
    fire once; the claim only saves the others the trouble.
    """
    due = (
        select(timers.c.id)
        .where(_COMES, timers.c.due_at <= now)
        # A meeting in an hour does not wait behind a hundred thousand nudges.
        .order_by(timers.c.kind.in_(_NUDGES), timers.c.due_at)
        .limit(limit - await timed_waiting(connection, limit))
        .with_for_update(skip_locked=True)
    )
    taken = (
        update(timers)
        .where(timers.c.id.in_(due.scalar_subquery()))
        .values(state="done")
        .returning(timers)
    )
    rows = sorted((await connection.execute(taken)).all(), key=lambda r: (r.due_at, r.id))
    events = [_due_event(row, now) for row in rows]
    if events:
        await store(connection, events)
    return sorted({int(event["partition"]) for event in events})


def _due_event(row: Row[Any], now: datetime) -> dict[str, Any]:
    """What a timer becomes: how often it came and when it was due tell what it is still worth."""
    once = f"timer:{row.id}:{row.due_at.timestamp():.0f}"
    event = event_row(row.person_id, row.kind, once, now, row.subject)
    event["payload"] |= {"times": row.times, "due": row.due_at.isoformat()}
    return event | {"partition": TIMED}


def event_row(
    person_id: int, event: str, once: str, now: datetime, subject: str = ""
) -> dict[str, Any]:
    """An inbox row for something that happened to a person without their writing."""
    return {
        "channel": "event",
        "provider_id": once,
        "address": str(person_id),
        "partition": partition_of(f"event:{person_id}"),
        "payload": {"kind": "event", "event": event, "subject": subject},
        "received_at": now,
    }


async def admit(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """An operator lets somebody in whom the age rule kept out."""
    await connection.execute(update(people).where(people.c.id == person_id).values(admitted=True))
    once = f"admitted:{person_id}"
    await connection.execute(
        inbox.delete().where(inbox.c.provider_id == once, inbox.c.state != "new")
    )
    await store(connection, [event_row(person_id, "admitted", once, now)])

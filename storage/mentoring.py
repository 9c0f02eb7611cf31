"""Mentors, requests and pairs: who asked whom, who accompanies whom, and never more than agreed.

A mentor's places are counted on their own row: the one statement that takes a place takes it only
while there is one, so that of fifty who come for the last place exactly one gets it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, or_, select, true, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.inbox import insert_once, store
from storage.pairing import lineage, mentors, pairs, proposals, requests
from storage.programme import event_row
from storage.tables import mentees, people, tickets

LOOKED_AT = 20
"""Waiting mentees who are looked at anew when a mentor is approved."""
ANSWERS = (
    "place", "experience", "sectors", "skills", "stages", "languages", "meet", "availability",
    "network", "prefers", "capacity",
)  # fmt: skip
"""What a mentor told, as their flow calls it."""


async def register(
    connection: AsyncConnection,
    person_id: int,
    answers: Mapping[str, Any],
    conduct: str,
    now: datetime,
) -> None:
    """Store a mentor's answers; a new one waits for an operator, a known one keeps their state."""
    place = answers.get("place") or {}
    row = {name: answers.get(name) for name in ANSWERS} | {
        "person_id": person_id,
        "region": place.get("region") or None,
        "country": place.get("country") or None,
        "conduct": conduct,
        "updated_at": now,
    }
    for name in ("sectors", "skills", "stages", "languages", "meet", "availability"):
        row[name] = row[name] or []
    row["capacity"] = int(row["capacity"] or 1)
    row["network"] = (row["network"] or "")[:80] or None
    statement = insert_once(connection, mentors).values(row)
    changes = {name: statement.excluded[name] for name in row if name != "person_id"}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["person_id"], set_=changes)
    )


async def decide(connection: AsyncConnection, person_id: int, state: str, now: datetime) -> bool:
    """An operator approves or declines; the mentor hears of it. False where nothing changed."""
    changed = await connection.execute(
        update(mentors)
        .where(mentors.c.person_id == person_id, mentors.c.state != state)
        .values(state=state, decided_at=now)
    )
    if not changed.rowcount:
        return False
    asked = (tickets.c.person_id == person_id, tickets.c.reason == "mentor")
    await connection.execute(
        update(tickets).where(*asked, tickets.c.closed_at.is_(None)).values(closed_at=now)
    )
    once = f"{now.timestamp():.0f}"
    if state == "approved":
        theirs = update(lineage).where(lineage.c.mentee_id == person_id)
        await connection.execute(
            theirs.where(lineage.c.gave_back_at.is_(None)).values(gave_back_at=now)
        )
    await tell(connection, person_id, f"mentor_{state}", once, now)
    for waits in await waiting(connection, LOOKED_AT) if state == "approved" else ():
        await tell(connection, waits, "place_free", f"{person_id}.{once}", now)
    return True


async def vouch(connection: AsyncConnection, person_id: int, now: datetime) -> bool:
    """An operator answered for this mentor before they wrote; False where it is decided already."""
    changed = await connection.execute(
        update(mentors)
        .where(mentors.c.person_id == person_id, mentors.c.state == "pending")
        .values(state="approved", decided_at=now)
    )
    return bool(changed.rowcount)


async def listed(connection: AsyncConnection, state: str) -> Sequence[Row[Any]]:
    """Mentors in a state, the longest waiting first."""
    query = (
        select(mentors, people.c.name, people.c.language)
        .join(people, people.c.id == mentors.c.person_id)
        .where(mentors.c.state == state)
        .order_by(mentors.c.updated_at, mentors.c.person_id)
    )
    return (await connection.execute(query)).all()


async def applicants(connection: AsyncConnection) -> dict[int, dict[str, Any]]:
    """Who waits for an operator's word, as the answers they gave, by their id."""
    waiting = await listed(connection, "pending")
    return {
        row.person_id: {name: getattr(row, name) for name in ("name", *ANSWERS)} for row in waiting
    }


async def pause(connection: AsyncConnection, person_id: int, until: datetime | None) -> None:
    """Nobody new until then; None: at once again."""
    await connection.execute(
        update(mentors).where(mentors.c.person_id == person_id).values(paused_until=until)
    )


async def tell(
    connection: AsyncConnection,
    person_id: int,
    event: str,
    once: str,
    now: datetime,
    subject: str = "",
    text: str = "",
    sender: int = 0,
) -> None:
    """Something happened to a person without their writing: their own turn says it to them."""
    row = event_row(person_id, event, f"{event}:{person_id}:{subject}:{once}", now, subject)
    if text:
        row["payload"] = {**row["payload"], "text": text, "sender": sender}
    await store(connection, [row])


# Who may be proposed


async def candidates(
    connection: AsyncConnection, mentee_id: int, now: datetime, *, again: bool = False
) -> Sequence[Row[Any]]:
    """Mentors who could be proposed to this mentee: approved, with a place, not away, not opted out.

    Who declined them is left out, and whom the mentee passed over unless they look ``again``.
    """
    earlier = select(requests.c.mentor_id).where(
        requests.c.mentee_id == mentee_id,
        requests.c.state.in_(("declined", "expired", "withdrawn")),
    )
    passed = select(proposals.c.mentor_id).where(
        proposals.c.mentee_id == mentee_id, proposals.c.state == "passed"
    )
    known = select(pairs.c.mentor_id).where(pairs.c.mentee_id == mentee_id)
    query = (
        select(mentors, people.c.gender, people.c.timezone)
        .join(people, people.c.id == mentors.c.person_id)
        .where(
            mentors.c.state == "approved",
            mentors.c.taken < mentors.c.capacity,
            or_(mentors.c.paused_until.is_(None), mentors.c.paused_until <= now),
            people.c.opted_out_at.is_(None),
            mentors.c.person_id != mentee_id,
            mentors.c.person_id.not_in(earlier),
            true() if again else mentors.c.person_id.not_in(passed),
            mentors.c.person_id.not_in(known),
        )
        .order_by(mentors.c.person_id)
    )
    return (await connection.execute(query)).all()


async def mentee(connection: AsyncConnection, person_id: int) -> Row[Any] | None:
    """A mentee's profile beside what matching needs of the person."""
    query = (
        select(mentees, people.c.gender, people.c.timezone, people.c.language)
        .join(people, people.c.id == mentees.c.person_id)
        .where(mentees.c.person_id == person_id)
    )
    row: Row[Any] | None = (await connection.execute(query)).first()
    return row


async def propose(
    connection: AsyncConnection,
    mentee_id: int,
    found: Sequence[Mapping[str, Any]],
    now: datetime,
) -> None:
    """Keep what is proposed: mentor_id, score, parts and reasons, best first; the rest is passed."""
    mine = proposals.c.mentee_id == mentee_id
    await connection.execute(
        update(proposals).where(mine, proposals.c.state == "shown").values(state="passed")
    )
    ids = [one["mentor_id"] for one in found]
    await connection.execute(delete(proposals).where(mine, proposals.c.mentor_id.in_(ids)))
    rows = [
        {"mentee_id": mentee_id, "state": "shown", "rank": rank, "at": now, **one}
        for rank, one in enumerate(found)
    ]
    if rows:
        await connection.execute(insert(proposals), rows)


async def prefer(connection: AsyncConnection, mentee_id: int, wish: str) -> None:
    """Whom a mentee would rather have."""
    theirs = update(mentees).where(mentees.c.person_id == mentee_id)
    await connection.execute(theirs.values(wish=wish))


async def pass_over(
    connection: AsyncConnection, mentee_id: int, mentor_id: int | None = None
) -> None:
    """This one is not proposed again; None: none of those who are shown now."""
    one = proposals.c.state == "shown" if mentor_id is None else proposals.c.mentor_id == mentor_id
    mine = and_(proposals.c.mentee_id == mentee_id, one)
    await connection.execute(update(proposals).where(mine).values(state="passed"))


async def wait(connection: AsyncConnection, mentee_id: int, since: datetime | None) -> None:
    """A mentee for whom nobody was found waits in the queue from here; None: not any more."""
    theirs = mentees.c.person_id == mentee_id
    still = theirs & mentees.c.waiting_since.is_(None) if since else theirs
    await connection.execute(update(mentees).where(still).values(waiting_since=since))


async def waiting(connection: AsyncConnection, most: int) -> list[int]:
    """Mentees without a mentor, the longest waiting first."""
    query = (
        select(mentees.c.person_id)
        .where(mentees.c.waiting_since.is_not(None))
        .order_by(mentees.c.waiting_since, mentees.c.person_id)
        .limit(most)
    )
    return list(await connection.scalars(query))


# Requests


async def ask(
    connection: AsyncConnection, mentee_id: int, mentor_id: int, now: datetime
) -> int | None:
    """A mentee asks a mentor; None where another request of theirs is open or no place is left.

    Whoever is accompanied already asks nobody.
    """
    paired = select(pairs.c.id).where(pairs.c.mentee_id == mentee_id, pairs.c.state != "ended")
    free = select(mentors.c.person_id).where(
        mentors.c.person_id == mentor_id,
        mentors.c.state == "approved",
        mentors.c.taken < mentors.c.capacity,
        ~exists(paired),
    )
    if await connection.scalar(free) is None:
        return None
    mine = and_(proposals.c.mentee_id == mentee_id, proposals.c.mentor_id == mentor_id)
    reasons = await connection.scalar(select(proposals.c.reasons).where(mine)) or []
    row = {"mentee_id": mentee_id, "mentor_id": mentor_id, "reasons": reasons, "asked_at": now}
    made = insert_once(connection, requests).values(state="asked", **row).on_conflict_do_nothing()
    id: int | None = await connection.scalar(made.returning(requests.c.id))
    if id is None:
        return None
    await connection.execute(update(proposals).where(mine).values(state="asked"))
    await connection.execute(
        update(mentors)
        .where(mentors.c.person_id == mentor_id)
        .values(asked=mentors.c.asked + 1, asked_at=now)
    )
    return id


async def asked_by(connection: AsyncConnection, mentee_id: int) -> int | None:
    """The mentee's open request."""
    mine = select(requests.c.id).where(
        requests.c.mentee_id == mentee_id, requests.c.state == "asked"
    )
    id: int | None = await connection.scalar(mine)
    return id


async def close_request(
    connection: AsyncConnection, id: int, state: str, now: datetime, why: str | None = None
) -> Row[Any] | None:
    """End an open request; None where it is not open any more."""
    closed = (
        update(requests)
        .where(requests.c.id == id, requests.c.state == "asked")
        .values(state=state, answered_at=now, why=why)
        .returning(requests)
    )
    row: Row[Any] | None = (await connection.execute(closed)).first()
    if row is not None and state in ("accepted", "declined"):
        hours = round((now - row.asked_at).total_seconds() / 3600)
        await connection.execute(
            update(mentors)
            .where(mentors.c.person_id == row.mentor_id)
            .values(answered=mentors.c.answered + 1, answer_hours=mentors.c.answer_hours + hours)
        )
    return row


async def accept(connection: AsyncConnection, id: int, now: datetime) -> Row[Any] | None:
    """The mentor accepts: a place is taken and a pair made, or None where no place was left."""
    request = (await connection.execute(select(requests).where(requests.c.id == id))).first()
    if request is None or request.state != "asked":
        return None
    taken = (
        update(mentors)
        .where(mentors.c.person_id == request.mentor_id, mentors.c.taken < mentors.c.capacity)
        .values(taken=mentors.c.taken + 1)
    )
    if not (await connection.execute(taken)).rowcount:
        return None
    if await close_request(connection, id, "accepted", now) is None:
        await give_back(connection, request.mentor_id)
        return None
    row = {"mentee_id": request.mentee_id, "mentor_id": request.mentor_id, "started_at": now}
    made = insert_once(connection, pairs).values(**row).on_conflict_do_nothing()
    pair: Row[Any] | None = (await connection.execute(made.returning(pairs))).first()
    if pair is None:
        await give_back(connection, request.mentor_id)
    return pair


async def crowd_out(
    connection: AsyncConnection, mentor_id: int, now: datetime
) -> Sequence[Row[Any]]:
    """The last place is taken: the requests that still wait for this mentor, closed."""
    full = select(mentors.c.person_id).where(
        mentors.c.person_id == mentor_id, mentors.c.taken >= mentors.c.capacity
    )
    closed = (
        update(requests)
        .where(requests.c.mentor_id.in_(full.scalar_subquery()), requests.c.state == "asked")
        .values(state="full", answered_at=now)
        .returning(requests)
    )
    rows: Sequence[Row[Any]] = (await connection.execute(closed)).all()
    return rows


async def give_back(connection: AsyncConnection, mentor_id: int) -> None:
    """A mentor's place is free again."""
    await connection.execute(
        update(mentors)
        .where(mentors.c.person_id == mentor_id, mentors.c.taken > 0)
        .values(taken=mentors.c.taken - 1)
    )


# Pairs


async def change_pair(connection: AsyncConnection, id: int, **values: Any) -> Row[Any] | None:
    """Set terms of a pair that is not ended."""
    changed = (
        update(pairs)
        .where(pairs.c.id == id, pairs.c.state != "ended")
        .values(**values)
        .returning(pairs)
    )
    pair: Row[Any] | None = (await connection.execute(changed)).first()
    return pair


async def end_pair(
    connection: AsyncConnection, id: int, why: str, now: datetime
) -> Row[Any] | None:
    """An accompaniment ends: the mentor's place is free again."""
    pair = await change_pair(connection, id, state="ended", ended_at=now, ended_why=why[:40])
    if pair is not None:
        await give_back(connection, pair.mentor_id)
    return pair


async def move(connection: AsyncConnection, goes: int, stays: int) -> None:
    """Two people turn out to be one: what the one who goes was bound to is the other's."""
    await connection.execute(delete(proposals).where(proposals.c.mentee_id == goes))
    taken = select(mentors.c.person_id).where(mentors.c.person_id == stays)
    if await connection.scalar(taken) is None:
        own = update(mentors).where(mentors.c.person_id == goes)
        await connection.execute(own.values(person_id=stays))
    for table, is_open in (
        (requests, requests.c.state == "asked"),
        (pairs, pairs.c.state != "ended"),
    ):
        busy = select(table.c.id).where(table.c.mentee_id == stays, is_open)
        if await connection.scalar(busy) is not None:
            gone = delete(table).where(table.c.mentee_id == goes, is_open)
            freed = await connection.scalars(gone.returning(table.c.mentor_id))
            for mentor_id in freed.all() if table is pairs else ():
                await give_back(connection, mentor_id)
        for side in ("mentee_id", "mentor_id"):
            theirs = update(table).where(table.c[side] == goes)
            await connection.execute(theirs.values({side: stays}))
    accompanied = select(func.count()).where(pairs.c.mentor_id == stays, pairs.c.state != "ended")
    counted = update(mentors).where(mentors.c.person_id == stays)
    await connection.execute(counted.values(taken=accompanied.scalar_subquery()))

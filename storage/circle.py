"""What an accompaniment leaves: who was accompanied by whom, what came of it, and who passed it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.circle import Line
from storage import mentoring
from storage.inbox import insert_once
from storage.pairing import lineage, mentors, outcomes, pairs, sessions
from storage.tables import people, skill_ratings

# Closing


async def held(connection: AsyncConnection, pair_id: int) -> int:
    """Sessions of a pair that took place."""
    query = select(func.count()).where(sessions.c.pair_id == pair_id, sessions.c.state == "held")
    return int(await connection.scalar(query) or 0)


async def close_when_due(
    connection: AsyncConnection, pair_id: int, every: int, now: datetime
) -> bool:
    """After a session was held: is it time to ask both whether to close? Then they are asked.

    Who went on is asked again after as many sessions more.
    """
    count = await held(connection, pair_id)
    if not count or count % every:
        return False
    query = select(pairs).where(pairs.c.id == pair_id, pairs.c.state != "ended")
    pair = (await connection.execute(query)).first()
    if pair is None:
        return False
    for person in (pair.mentee_id, pair.mentor_id):
        subject, once = f"pair:{pair_id}", f"{pair.started_at.timestamp():.0f}.{count}"
        await mentoring.tell(connection, person, "closing", once, now, subject, str(count))
    return True


async def keep(
    connection: AsyncConnection, pair: Row[Any], now: datetime, *, closed: bool = False
) -> None:
    """An accompaniment ended: it is part of the lineage if they met, or if it was closed well."""
    count = await held(connection, pair.id)
    if not (count or closed):
        return
    before = await connection.scalar(
        select(func.max(lineage.c.id)).where(lineage.c.mentee_id == pair.mentor_id)
    )
    approved = await connection.scalar(
        select(mentors.c.decided_at).where(
            mentors.c.person_id == pair.mentee_id,
            mentors.c.state == "approved",
            mentors.c.decided_at >= pair.started_at,
        )
    )
    row = {
        "mentee_id": pair.mentee_id,
        "mentor_id": pair.mentor_id,
        "pair_id": pair.id,
        "after_id": before,
        "held": count,
        "closed": closed,
        "gave_back_at": approved,
        "at": now,
    }
    statement = insert_once(connection, lineage).values(row)
    if closed:  # also where the other side ended it in the meantime
        statement = statement.on_conflict_do_update(
            index_elements=["pair_id"], set_={"closed": True}
        )
    else:
        statement = statement.on_conflict_do_nothing()
    await connection.execute(statement)


async def ended(connection: AsyncConnection, pair_id: int) -> Row[Any] | None:
    """A pair that the other side ended at the same moment."""
    query = select(pairs).where(pairs.c.id == pair_id)
    pair: Row[Any] | None = (await connection.execute(query)).first()
    return pair


async def keep_ratings(
    connection: AsyncConnection, person_id: int, levels: Mapping[str, int], now: datetime
) -> None:
    """The self-assessment at the end, beside the baseline; a later one takes its place."""
    rows = [
        {"person_id": person_id, "skill": skill, "moment": "closing", "rating": rating, "at": now}
        for skill, rating in levels.items()
    ]
    if rows:
        statement = insert_once(connection, skill_ratings)
        new = {name: statement.excluded[name] for name in ("rating", "at")}
        key = ["person_id", "skill", "moment"]
        await connection.execute(
            statement.on_conflict_do_update(index_elements=key, set_=new), rows
        )


async def keep_outcomes(
    connection: AsyncConnection,
    person_id: int,
    pair_id: int,
    moment: str,
    told: Mapping[str, Any],
    now: datetime,
) -> None:
    """What somebody told of an accompaniment at a moment, as they told it; the last word counts.

    ``pair_id`` 0: of the latest in which they were accompanied.
    """
    theirs = lineage.c.pair_id == pair_id if pair_id else lineage.c.mentee_id == person_id
    line = await connection.scalar(select(func.max(lineage.c.id)).where(theirs))
    rows = [
        {
            "person_id": person_id,
            "lineage_id": line,
            "moment": moment,
            "kind": kind,
            "value": str(value),
            "at": now,
        }
        for kind, value in told.items()
    ]
    if rows and line is not None:
        statement = insert_once(connection, outcomes)
        new = {name: statement.excluded[name] for name in ("value", "at")}
        key = ["person_id", "lineage_id", "moment", "kind"]
        await connection.execute(
            statement.on_conflict_do_update(index_elements=key, set_=new), rows
        )


# What a turn may know


async def known(
    connection: AsyncConnection, ids: Sequence[int]
) -> tuple[dict[int, dict[str, dict[str, int]]], dict[int, dict[str, str]]]:
    """Of people who are or were accompanied: ratings by moment and skill, and the last outcomes."""
    ratings: dict[int, dict[str, dict[str, int]]] = {}
    last: dict[int, dict[str, str]] = {}
    if not ids:
        return ratings, last
    rated = select(skill_ratings).where(skill_ratings.c.person_id.in_(ids))
    for row in (await connection.execute(rated)).all():
        ratings.setdefault(row.person_id, {}).setdefault(row.moment, {})[row.skill] = row.rating
    told = select(outcomes).where(outcomes.c.person_id.in_(ids)).order_by(outcomes.c.at)
    for row in (await connection.execute(told)).all():
        last.setdefault(row.person_id, {})[row.kind] = row.value
    return ratings, last


# People who go, or turn out to be one


async def leave(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """Before a person is erased: accompaniments that were going on are part of the lineage too."""
    theirs = or_(pairs.c.mentee_id == person_id, pairs.c.mentor_id == person_id)
    query = select(pairs).where(theirs, pairs.c.state != "ended")
    for pair in (await connection.execute(query)).all():
        await keep(connection, pair, now)


async def move(connection: AsyncConnection, goes: int, stays: int) -> None:
    """Two people turn out to be one: what the one who goes leaves is the other's."""
    for side in (lineage.c.mentee_id, lineage.c.mentor_id):
        await connection.execute(update(lineage).where(side == goes).values({side.name: stays}))
    await connection.execute(
        update(outcomes).where(outcomes.c.person_id == goes).values(person_id=stays)
    )


async def told(connection: AsyncConnection, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """A person's own part for their own eyes, without a word on who the others are."""
    own = select(outcomes).where(outcomes.c.person_id == person_id).order_by(outcomes.c.id)
    said = [
        {
            **{name: getattr(row, name) for name in ("moment", "kind", "value", "proof")},
            "at": row.at.isoformat(),
        }
        for row in (await connection.execute(own)).all()
    ]
    theirs = or_(lineage.c.mentee_id == person_id, lineage.c.mentor_id == person_id)
    kept = await connection.execute(select(lineage).where(theirs).order_by(lineage.c.id))
    return {"outcomes": said, "circle": [_told(row, person_id) for row in kept.all()]}


def _told(row: Row[Any], person_id: int) -> dict[str, Any]:
    mine = row.mentee_id == person_id
    told = {
        "role": "mentee" if mine else "mentor",
        "held": row.held,
        "closed": row.closed,
        "at": row.at.isoformat(),
    }
    gave = row.gave_back_at.isoformat() if row.gave_back_at else None
    return {**told, "became_mentor_at": gave} if mine else told


# All of it, for ``mem circle``


async def lines(connection: AsyncConnection) -> list[Line]:
    """Every accompaniment that was kept, and those that are going on."""
    kept = (await connection.execute(select(lineage).order_by(lineage.c.id))).all()
    found = [
        Line(
            id=row.id,
            mentee=row.mentee_id,
            mentor=row.mentor_id,
            at=row.at,
            after=row.after_id,
            held=row.held,
            closed=row.closed,
            gave_back=row.gave_back_at,
        )
        for row in kept
    ]
    before = {line.mentee: line.id for line in found if line.mentee is not None}
    now = select(pairs).where(pairs.c.state != "ended").order_by(pairs.c.id)
    for pair in (await connection.execute(now)).all():
        # Below the negative ids nothing else is numbered: these are no rows of the lineage yet.
        after = before.get(pair.mentor_id)
        going = {"at": pair.started_at, "after": after, "active": True}
        found.append(Line(-pair.id, pair.mentee_id, pair.mentor_id, **going))
    return found


async def first_names(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, str]:
    """First names only, for whoever looks at the circle."""
    query = select(people.c.id, people.c.name).where(people.c.id.in_(ids))
    rows = (await connection.execute(query)).all()
    return {row.id: (row.name or "").split(" ")[0] for row in rows}

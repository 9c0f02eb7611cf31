"""A cohort looked at as a whole: who waits, who has places, and proposals that operators still read.

A draft is a proposal that nobody was told of. Released it is shown like any other; dropped it is
passed over for good, so that it does not come back with the next run.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, delete, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.mentoring import tell
from storage.pairing import mentors, pairs, proposals, requests
from storage.tables import mentees, people

_SHOWN_AT_ONCE: Final = 3
_AT_ONCE: Final = 500
_IS_DRAFT: Final = proposals.c.state == "draft"


def _waiting(cohort: str | None) -> Select[Any]:
    """Registered mentees without a pair or an open request, who have not said STOP."""
    paired = select(pairs.c.mentee_id).where(pairs.c.state != "ended")
    asking = select(requests.c.mentee_id).where(requests.c.state == "asked")
    query = (
        select(
            mentees, people.c.name, people.c.gender, people.c.timezone, people.c.language,
            people.c.registered_at,
        )
        .join(people, people.c.id == mentees.c.person_id)
        .where(
            people.c.registered_at.is_not(None),
            people.c.opted_out_at.is_(None),
            mentees.c.person_id.not_in(paired),
            mentees.c.person_id.not_in(asking),
        )
        .order_by(mentees.c.person_id)
    )  # fmt: skip
    return query if cohort is None else query.where(people.c.source == cohort)


async def waiting(connection: AsyncConnection, cohort: str | None) -> Sequence[Row[Any]]:
    """Who is to be given a mentor; ``cohort``: only those who came with this code."""
    rows: Sequence[Row[Any]] = (await connection.execute(_waiting(cohort))).all()
    return rows


async def approved(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Every mentor who may be proposed, those without a place included: they explain a no."""
    query = (
        select(mentors, people.c.name, people.c.gender, people.c.timezone)
        .join(people, people.c.id == mentors.c.person_id)
        .where(mentors.c.state == "approved", people.c.opted_out_at.is_(None))
        .order_by(mentors.c.person_id)
    )
    return (await connection.execute(query)).all()


async def refusals(connection: AsyncConnection) -> dict[int, frozenset[int]]:
    """Mentors who are not to be proposed again, by mentee: passed over, declined, or once paired."""
    over = requests.c.state.in_(("declined", "expired", "withdrawn"))
    found: defaultdict[int, set[int]] = defaultdict(set)
    for query in (
        select(requests.c.mentee_id, requests.c.mentor_id).where(over),
        select(proposals.c.mentee_id, proposals.c.mentor_id).where(proposals.c.state == "passed"),
        select(pairs.c.mentee_id, pairs.c.mentor_id),
    ):
        for mentee, mentor in (await connection.execute(query)).all():
            found[mentee].add(mentor)
    return {mentee: frozenset(mentors) for mentee, mentors in found.items()}


async def spoken_for(connection: AsyncConnection, mentee_ids: Sequence[int]) -> Counter[int]:
    """Places that open requests, and the drafts of other mentees than these, may take."""
    asked = select(requests.c.mentor_id).where(requests.c.state == "asked")
    held: Counter[int] = Counter(await connection.scalars(asked))
    drafted = select(proposals.c.mentor_id, proposals.c.mentee_id).where(_IS_DRAFT)
    own = set(mentee_ids)
    rows = (await connection.execute(drafted)).all()
    held.update(row.mentor_id for row in rows if row.mentee_id not in own)
    return held


async def save(
    connection: AsyncConnection,
    mentee_ids: Sequence[int],
    found: Sequence[Mapping[str, Any]],
    now: datetime,
) -> None:
    """Replace the drafts of these mentees; a mentor whom a mentee sees already needs none."""
    for at in range(0, len(mentee_ids), _AT_ONCE):
        some = mentee_ids[at : at + _AT_ONCE]
        await connection.execute(
            delete(proposals).where(_IS_DRAFT, proposals.c.mentee_id.in_(some))
        )
    known = select(proposals.c.mentee_id, proposals.c.mentor_id)
    seen = {(row.mentee_id, row.mentor_id) for row in (await connection.execute(known)).all()}
    rows = [
        {"state": "draft", "rank": 0, "at": now, **row}
        for row in found
        if (row["mentee_id"], row["mentor_id"]) not in seen
    ]
    if rows:
        await connection.execute(insert(proposals), rows)


async def shown(connection: AsyncConnection) -> set[tuple[int, int]]:
    """Pairs of mentee and mentor that a mentee sees now."""
    query = select(proposals.c.mentee_id, proposals.c.mentor_id).where(proposals.c.state == "shown")
    return {(row.mentee_id, row.mentor_id) for row in (await connection.execute(query)).all()}


async def listed(connection: AsyncConnection, cohort: str | None) -> Sequence[Row[Any]]:
    """The drafts, with both names."""
    mentee, mentor = people.alias("mentee"), people.alias("mentor")
    query = (
        select(proposals, mentee.c.name.label("mentee"), mentor.c.name.label("mentor"))
        .join(mentee, mentee.c.id == proposals.c.mentee_id)
        .join(mentor, mentor.c.id == proposals.c.mentor_id)
        .where(_IS_DRAFT)
        .order_by(proposals.c.mentee_id)
    )
    if cohort is not None:
        query = query.where(mentee.c.source == cohort)
    return (await connection.execute(query)).all()


async def drop(connection: AsyncConnection, id: int) -> bool:
    """These two are not proposed to each other; False where no draft has this number."""
    dropped = update(proposals).where(_IS_DRAFT, proposals.c.id == id).values(state="passed")
    return bool((await connection.execute(dropped)).rowcount)


async def release(
    connection: AsyncConnection, cohort: str | None, now: datetime
) -> tuple[list[Row[Any]], list[Row[Any]]]:
    """Show the drafts and tell the mentees; (those shown, those that the facts have overtaken)."""
    still = {row.person_id for row in await waiting(connection, cohort)}
    query = select(mentors.c.person_id).where(
        mentors.c.state == "approved",
        mentors.c.taken < mentors.c.capacity,
        or_(mentors.c.paused_until.is_(None), mentors.c.paused_until <= now),
    )
    free = set(await connection.scalars(query))
    told: list[Row[Any]] = []
    left: list[Row[Any]] = []
    for draft in await listed(connection, cohort):
        if draft.mentee_id in still and draft.mentor_id in free:
            await _show(connection, draft, now)
            told.append(draft)
        else:
            await connection.execute(delete(proposals).where(proposals.c.id == draft.id))
            left.append(draft)
    return told, left


async def _show(connection: AsyncConnection, draft: Row[Any], now: datetime) -> None:
    """First of what the mentee sees; the last of it may give way."""
    theirs = (proposals.c.mentee_id == draft.mentee_id, proposals.c.state == "shown")
    await connection.execute(update(proposals).where(*theirs).values(rank=proposals.c.rank + 1))
    await connection.execute(delete(proposals).where(*theirs, proposals.c.rank >= _SHOWN_AT_ONCE))
    own = update(proposals).where(proposals.c.id == draft.id)
    await connection.execute(own.values(state="shown", rank=0, at=now))
    mentee = update(mentees).where(mentees.c.person_id == draft.mentee_id)
    await connection.execute(mentee.values(waiting_since=None))
    await tell(connection, draft.mentee_id, "proposals", f"draft:{draft.id}", now)

"""Announcements to many: drafts, who gets one, and what has become of each copy.

Everybody of the audience has a row in the outbox from the moment of sending on, those who cannot
get it too: what the states count is the audience, at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Select,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.contact import GAVE_UP
from storage.database import Instant
from storage.pairing import mentors
from storage.tables import addresses, broadcasts, contacts, mentees, outbox, people, tags

ROLES = ("mentee", "mentor", "contact")
_ROLE = {
    "mentee": and_(people.c.registered_at.is_not(None), mentees.c.person_id.is_not(None)),
    "mentor": mentors.c.state.in_(("pending", "approved")),
    "contact": contacts.c.person_id.is_not(None),
}
_COLUMNS = {
    "region": (mentees.c.region, mentors.c.region),
    "country": (mentees.c.country, mentors.c.country),
    "sector": (mentees.c.sector,),
    "stage": (mentees.c.stage,),
    "language": (people.c.language,),
    "cohort": (people.c.source,),
}


async def draft(connection: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Keep a new draft; returns its number."""
    made = await connection.execute(insert(broadcasts).values(values).returning(broadcasts.c.id))
    return int(made.scalar_one())


async def change(connection: AsyncConnection, id: int, values: Mapping[str, Any]) -> bool:
    """Change a draft; False where it is none any more."""
    one = update(broadcasts).where(broadcasts.c.id == id, broadcasts.c.state == "draft")
    return bool((await connection.execute(one.values(values))).rowcount)


async def by_id(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, Row[Any]]:
    """Broadcasts by their number."""
    rows = await connection.execute(select(broadcasts).where(broadcasts.c.id.in_(list(ids))))
    return {row.id: row for row in rows.all()}


async def listed(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """All of them, the newest first."""
    return (await connection.execute(select(broadcasts).order_by(broadcasts.c.id.desc()))).all()


def audience(wanted: Mapping[str, Any], now: datetime) -> Select[Any]:
    """The ids of those who belong to it: they joined, offered to be a mentor, or left a contact."""
    members = (
        people.outerjoin(mentees, mentees.c.person_id == people.c.id)
        .outerjoin(mentors, mentors.c.person_id == people.c.id)
        .outerjoin(contacts, contacts.c.person_id == people.c.id)
    )
    query = select(people.c.id).select_from(members)
    query = query.where(or_(*(_ROLE[role] for role in wanted.get("role") or ROLES)))
    for name, columns in _COLUMNS.items():
        if values := wanted.get(name):
            query = query.where(or_(*(column.in_(values) for column in columns)))
    for name, has in (("tag", True), ("without_tag", False)):
        if values := wanted.get(name):
            tagged = exists().where(tags.c.person_id == people.c.id, tags.c.tag.in_(values))
            query = query.where(tagged if has else ~tagged)
    if days := wanted.get("active_days"):
        query = query.where(people.c.seen_at >= now - timedelta(days=days))
    if days := wanted.get("silent_days"):
        query = query.where(people.c.seen_at < now - timedelta(days=days))
    return query


async def begin(connection: AsyncConnection, id: int, now: datetime) -> Row[Any] | None:
    """From draft to sending, once, whoever else tries; None where it is no draft."""
    go = update(broadcasts).where(broadcasts.c.id == id, broadcasts.c.state == "draft")
    go = go.values(state="sending", sent_at=now)
    begun: Row[Any] | None = (await connection.execute(go.returning(broadcasts))).first()
    return begun


async def zones(connection: AsyncConnection) -> list[str]:
    """Whose mornings there are."""
    found = await connection.scalars(select(people.c.timezone).distinct())
    return [zone for zone in found if zone]


async def expand(
    connection: AsyncConnection, row: Row[Any], due: Mapping[str, datetime], now: datetime
) -> int:
    """One outbox row for each of the audience, in one statement; returns how many.

    ``due``: when it goes, by zone; "" is for who has none. Who cannot get it has a row that says why.
    """
    best = _best_addresses()
    members = audience(row.audience, now).subquery()
    joined = (
        members.join(people, people.c.id == members.c.id)
        .outerjoin(best, and_(best.c.person_id == people.c.id, best.c.place == 1))
    )  # fmt: skip
    why = _why_not(best, row.audience.get("untold_days"), now)
    goes = case(
        *((people.c.timezone == zone, literal(at, Instant)) for zone, at in due.items() if zone),
        else_=literal(due[""], Instant),
    )
    payload = {"title": row.title, "sms": row.sms}
    chosen = select(
        people.c.id,
        func.coalesce(best.c.channel, ""),
        func.coalesce(best.c.address, ""),
        literal("broadcast"),
        literal(payload, JSON),
        case((why.is_(None), "new"), else_="dropped"),
        why,
        goes,
        goes,
        literal(2),
        literal(row.id),
    ).select_from(joined)
    names = (
        "person_id", "channel", "address", "purpose", "payload", "state", "error", "due_at",
        "created_at", "rank", "broadcast_id",
    )  # fmt: skip
    await connection.execute(insert(outbox).from_select(list(names), chosen))
    many = select(func.count()).select_from(outbox).where(outbox.c.broadcast_id == row.id)
    made = int(await connection.scalar(many) or 0)
    await connection.execute(update(broadcasts).where(broadcasts.c.id == row.id).values(size=made))
    return made


def _best_addresses() -> Any:
    """Where each person is reached best: what works, rather than the page, where they wrote last."""
    works = and_(addresses.c.state == "ok", addresses.c.failures < GAVE_UP)
    order = (
        case((works, 0), else_=1),
        case((addresses.c.channel == "web", 1), else_=0),
        addresses.c.seen_at.desc().nulls_last(),
        addresses.c.id,
    )
    place = func.row_number().over(partition_by=addresses.c.person_id, order_by=order)
    columns = (
        addresses.c.person_id,
        addresses.c.channel,
        addresses.c.address,
        works.label("works"),
    )
    return select(*columns, place.label("place")).subquery()


def _why_not(best: Any, untold_days: int | None, now: datetime) -> Any:
    """Why somebody gets nothing, as far as that is known before the moment of sending."""
    reasons: list[Any] = [
        (people.c.opted_out_at.is_not(None), "opted_out"),
        (best.c.address.is_(None), "no_address"),
        (best.c.works.is_(False), "unreachable"),
    ]
    if untold_days:
        told = outbox.alias("told")
        since = now - timedelta(days=untold_days)
        recently = exists().where(
            told.c.person_id == people.c.id, told.c.rank == 2, told.c.sent_at > since
        )
        reasons.append((recently, "told_lately"))
    return case(*reasons, else_=null())


async def turn(
    connection: AsyncConnection, id: int, before: Sequence[str], state: str, now: datetime
) -> bool:
    """Pause, resume or cancel; False where it was not in one of the states ``before``."""
    values: dict[str, Any] = {"state": state}
    if state == "cancelled":
        values["ended_at"] = now
    one = update(broadcasts).where(broadcasts.c.id == id, broadcasts.c.state.in_(before))
    return bool((await connection.execute(one.values(values))).rowcount)


async def take_back(connection: AsyncConnection, id: int) -> int:
    """What has not gone out yet of a cancelled one never will; returns how many."""
    left = update(outbox).where(outbox.c.broadcast_id == id, outbox.c.state == "new")
    return (await connection.execute(left.values(state="dropped", error="cancelled"))).rowcount


async def finish(connection: AsyncConnection, now: datetime) -> None:
    """Those of which nothing waits any more are done."""
    waits = exists().where(
        outbox.c.broadcast_id == broadcasts.c.id, outbox.c.state.in_(("new", "sending"))
    )
    ended = update(broadcasts).where(broadcasts.c.state == "sending", ~waits)
    await connection.execute(ended.values(state="done", ended_at=now))


async def counts(connection: AsyncConnection, id: int) -> Sequence[Row[Any]]:
    """How many copies there are in each state, by what the provider says and why."""
    columns = (outbox.c.state, outbox.c.status, outbox.c.error)
    query = select(*columns, func.count().label("many")).where(outbox.c.broadcast_id == id)
    return (await connection.execute(query.group_by(*columns))).all()


async def by_channel(connection: AsyncConnection, id: int) -> Sequence[Row[Any]]:
    """How many copies go out, by channel and language."""
    query = (
        select(outbox.c.channel, people.c.language, func.count().label("many"))
        .join(people, people.c.id == outbox.c.person_id)
        .where(outbox.c.broadcast_id == id, outbox.c.state == "new")
        .group_by(outbox.c.channel, people.c.language)
    )
    return (await connection.execute(query)).all()


async def copies(
    connection: AsyncConnection, id: int, after: int, limit: int
) -> Sequence[Row[Any]]:
    """Copies in order, for a preview."""
    query = select(outbox).where(outbox.c.broadcast_id == id, outbox.c.id > after)
    return (await connection.execute(query.order_by(outbox.c.id).limit(limit))).all()


async def heard_lately(
    connection: AsyncConnection, person_ids: Sequence[int], since: datetime
) -> dict[int, Row[Any]]:
    """The last announcement that each of these got since then: its number, when, what it opens."""
    columns: tuple[Any, ...] = (
        outbox.c.person_id,
        outbox.c.sent_at,
        outbox.c.broadcast_id,
        broadcasts.c.opens,
    )
    query = (
        select(*columns)
        .join(broadcasts, broadcasts.c.id == outbox.c.broadcast_id)
        .where(outbox.c.person_id.in_(person_ids), outbox.c.rank == 2, outbox.c.sent_at > since)
        .order_by(outbox.c.sent_at)
    )
    return {row.person_id: row for row in (await connection.execute(query)).all()}

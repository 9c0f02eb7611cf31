"""What decides whether somebody may be written to now, read for a whole batch of messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.contact import NOTICES
from storage.inbox import insert_once
from storage.pairing import mentors
from storage.tables import addresses, lanes, mentees, outbox, people

BY_SMS = ("reply", "news", "reminder", *NOTICES)
_WEEK = timedelta(days=7)
_COLUMNS: tuple[Any, ...] = (
    outbox.c.id,
    addresses.c.state,
    addresses.c.error,
    addresses.c.failures,
    addresses.c.seen_at,
    addresses.c.rests_until,
    people.c.opted_out_at,
    people.c.timezone,
    people.c.language,
    people.c.name,
    func.coalesce(mentees.c.country, mentors.c.country).label("country"),
)
_FACTS = (
    select(*_COLUMNS)
    .select_from(
        outbox.outerjoin(
            addresses,
            and_(addresses.c.channel == outbox.c.channel, addresses.c.address == outbox.c.address),
        )
        .outerjoin(people, people.c.id == outbox.c.person_id)
        .outerjoin(mentees, mentees.c.person_id == outbox.c.person_id)
        .outerjoin(mentors, mentors.c.person_id == outbox.c.person_id)
    )
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
)
_THEIRS = outbox.c.person_id.in_(bindparam("people", expanding=True))
_BEGUN = (
    select(outbox.c.person_id, outbox.c.sent_at)
    .where(_THEIRS, outbox.c.rank > 0, outbox.c.sent_at > bindparam("since"))
    .order_by(outbox.c.sent_at)
)
_UNANSWERED = (
    select(outbox.c.person_id, func.count())
    .join(people, people.c.id == outbox.c.person_id)
    .where(_THEIRS, outbox.c.rank == 1, outbox.c.purpose.in_(("nudge", "check_in", "notice")))
    .where(outbox.c.sent_at > func.coalesce(people.c.seen_at, people.c.created_at))
    .group_by(outbox.c.person_id)
)
_NOTICED = (
    select(outbox.c.person_id, func.max(outbox.c.created_at))
    .where(_THEIRS, outbox.c.purpose.in_(NOTICES), outbox.c.state.not_in(("dropped", "failed")))
    .where(func.coalesce(outbox.c.status, "").not_in(("failed", "undelivered")))
    .group_by(outbox.c.person_id)
)
_BY_SMS = (
    select(outbox.c.person_id, func.count())
    .where(_THEIRS, outbox.c.channel == "sms", outbox.c.purpose.in_(BY_SMS))
    .where(outbox.c.inbox_id.is_(None) | (outbox.c.purpose != "reply"))
    .where(outbox.c.sent_at > bindparam("since"))
    .group_by(outbox.c.person_id)
)

_REST = (
    update(addresses)
    .where(addresses.c.channel == bindparam("c"), addresses.c.address == bindparam("a"))
    .values(rests_until=bindparam("u"))
)


async def facts(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Address and person behind each message, by outbox id."""
    rows = (await connection.execute(_FACTS, {"ids": list(ids)})).all()
    return {row.id: row for row in rows}


async def begun(
    connection: AsyncConnection, person_ids: Iterable[int], now: datetime
) -> dict[int, tuple[datetime, ...]]:
    """When we began by ourselves in the last seven days, by person."""
    told = {"people": list(person_ids), "since": now - _WEEK}
    found: dict[int, tuple[datetime, ...]] = {}
    for row in (await connection.execute(_BEGUN, told)).all():
        found[row.person_id] = (*found.get(row.person_id, ()), row.sent_at)
    return found


async def unanswered(connection: AsyncConnection, person_ids: Iterable[int]) -> dict[int, int]:
    """How often we began since they wrote last, by person."""
    return await _counted(connection, _UNANSWERED, {"people": list(person_ids)})


async def noticed(connection: AsyncConnection, person_ids: Iterable[int]) -> dict[int, datetime]:
    """When they were told last that something waits, by person."""
    rows = await connection.execute(_NOTICED, {"people": list(person_ids)})
    return {row[0]: row[1] for row in rows.all()}


async def by_sms(
    connection: AsyncConnection, person_ids: Iterable[int], now: datetime
) -> dict[int, int]:
    """SMS of ours in the last seven days that answered nothing, by person."""
    told = {"people": list(person_ids), "since": now - _WEEK}
    return await _counted(connection, _BY_SMS, told)


async def _counted(connection: AsyncConnection, query: Any, told: Any) -> dict[int, int]:
    return {row[0]: row[1] for row in (await connection.execute(query, told)).all()}


async def lane(connection: AsyncConnection, channel: str) -> Row[Any]:
    """Until when a channel does not send, how often in a row it was told to wait, and until when
    what it sent uses its pace up. Whoever else asks waits until this transaction is over."""
    query = select(lanes).where(lanes.c.channel == channel).with_for_update()
    found = (await connection.execute(query)).first()
    if found is None:
        fresh = insert_once(connection, lanes).values(channel=channel)
        await connection.execute(fresh.on_conflict_do_nothing())
        found = (await connection.execute(query)).one()
    return found


async def change_lane(connection: AsyncConnection, channel: str, **values: Any) -> None:
    """What holds for a channel in every process; `lane` has seen to it that its row is there."""
    await connection.execute(update(lanes).where(lanes.c.channel == channel).values(**values))


async def rest(connection: AsyncConnection, keys: Sequence[tuple[str, str, datetime]]) -> None:
    """Channel, address, and until when what went there uses the pace up."""
    if keys:
        told = [{"c": channel, "a": address, "u": until} for channel, address, until in keys]
        await connection.execute(_REST, told)

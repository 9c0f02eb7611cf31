"""What goes out: claimed before the call, so that a crash never sends twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    or_,
    select,
    tuple_,
    union,
    update,
)
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.contact import HELD, PURPOSES, UNSEEN, WAITING
from storage.inbox import insert_once
from storage.tables import addresses, broadcasts, outbox, receipts

RANKS = {"queued": 1, "sent": 2, "delivered": 3, "read": 4, "undelivered": 5, "failed": 5}
"""A status only moves forward, whatever the order in which the provider tells."""
# Written out, so that a planner sees that the indexes of what is open are enough.
_IS_NEW = outbox.c.state == literal_column("'new'")
_IS_SENDING = outbox.c.state == literal_column("'sending'")
_ADD = insert(outbox)
SENDING = select(broadcasts.c.id).where(broadcasts.c.state == "sending")
_IS_HELD = and_(
    outbox.c.error.in_(HELD),
    # An announcement that waits for its hour is not pressed upon whoever writes about something.
    or_(outbox.c.broadcast_id.is_(None), outbox.c.error.in_(UNSEEN)),
)
DECIDED_ANEW: Mapping[str, Any] = {
    "state": "new", "provider_id": None, "status": None, "status_rank": 0, "sent_at": None,
}  # fmt: skip
"""What a message is again that the provider did not carry."""
_earlier = outbox.alias("earlier")
_before = select(_earlier.c.id).where(
    _earlier.c.channel == outbox.c.channel,
    _earlier.c.address == outbox.c.address,
    _earlier.c.state.in_((literal_column("'new'"), literal_column("'sending'"))),
    or_(
        _earlier.c.state == literal_column("'sending'"),
        and_(
            _earlier.c.state == literal_column("'new'"),
            _earlier.c.id < outbox.c.id,
            # What belongs to a conversation goes before what we begin, whichever is older.
            _earlier.c.rank <= outbox.c.rank,
            # What waits for the morning, or for them to write, does not hold up their answers.
            or_(
                _earlier.c.error.is_(None),
                _earlier.c.error.not_in(WAITING),
                _earlier.c.due_at <= bindparam("now"),
            ),
        ),
    ),
)
# One look by address for each row: as a join, PostgreSQL compares every row with every other where a
# hundred thousand have come since it counted them. OFFSET keeps it from making one.
_blocked = _before.offset(0).exists()
_OPEN = (
    select(outbox.c.id)
    .where(
        outbox.c.channel == bindparam("lane"),
        _IS_NEW,
        outbox.c.due_at <= bindparam("now"),
        ~_blocked,
    )
    # Not by id too: of a hundred thousand that are due at once, all would have to be sorted.
    .order_by(outbox.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_OF_RANK = _OPEN.where(outbox.c.rank == bindparam("of"))
_OF_BROADCAST = _OPEN.where(outbox.c.broadcast_id == bindparam("of"))


def _claiming(due: Select[Any]) -> Any:
    return (
        update(outbox)
        .where(outbox.c.id.in_(due.scalar_subquery()))
        .values(state="sending", claimed_at=bindparam("now"), attempts=outbox.c.attempts + 1)
        .returning(outbox)
    )


_CLAIM, _CLAIM_BROADCAST = _claiming(_OF_RANK), _claiming(_OF_BROADCAST)
RANKS_IN_TURN = (0, 1)
"""What belongs to a conversation, then what we begin; broadcasts take what room is left."""
_DOUBTFUL = (
    select(outbox)
    .where(outbox.c.channel == bindparam("lane"), _IS_SENDING)
    .where(outbox.c.claimed_at < bindparam("before"))
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)
_LANES = union(
    select(outbox.c.channel).where(_IS_NEW, outbox.c.rank < 2, outbox.c.due_at <= bindparam("now")),
    select(outbox.c.channel).where(
        outbox.c.broadcast_id.in_(SENDING), _IS_NEW, outbox.c.due_at <= bindparam("now")
    ),
    select(outbox.c.channel).where(_IS_SENDING),
)
_RESULT = (
    "state", "due_at", "part", "provider_id", "error", "sent_at", "attempts", "channel", "content",
)  # fmt: skip
_RECORD = (
    update(outbox)
    .where(outbox.c.id == bindparam("pk"), outbox.c.state == "sending")
    .where(outbox.c.claimed_at == bindparam("claimed"))
    .values({name: bindparam(name) for name in _RESULT})
)


def written(
    to: tuple[int | None, str, str],
    purpose: str,
    payload: dict[str, Any],
    now: datetime,
    *,
    inbox_id: int | None = None,
    token: str | None = None,
    rank: int | None = None,
) -> dict[str, Any]:
    """A row for `add`: a message to a person at a channel and address, to go now.

    ``rank``: its place among what is due, where that is not its purpose's own.
    """
    person_id, channel, address = to
    return {
        "person_id": person_id,
        "inbox_id": inbox_id,
        "channel": channel,
        "address": address,
        "purpose": purpose,
        "payload": payload,
        "token": token,
        "due_at": now,
        "created_at": now,
        "rank": PURPOSES[purpose].rank if rank is None else rank,
    }


async def add(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Messages to send."""
    if rows:
        await connection.execute(_ADD, list(rows))


async def lanes_waiting(connection: AsyncConnection, now: datetime) -> list[str]:
    """Channels that have something due, or something in doubt."""
    return list(await connection.scalars(_LANES, {"now": now}))


async def next_due(connection: AsyncConnection) -> datetime | None:
    """When the next message that waits may go."""
    going = or_(outbox.c.broadcast_id.is_(None), outbox.c.broadcast_id.in_(SENDING))
    query = select(func.min(outbox.c.due_at)).where(_IS_NEW, going)
    due: datetime | None = await connection.scalar(query)
    return due


async def claim(
    connection: AsyncConnection,
    channel: str,
    now: datetime,
    limit: int,
    of_many: int = 0,
    *,
    begins: bool = True,
) -> list[Row[Any]]:
    """Take what is due and mark it ``sending``; one a person at a time, in order.

    Conversations first, then what we begin (unless ``begins`` is false), then broadcasts, of which
    at most ``of_many``. Each claim is one statement that is right on both databases: SKIP LOCKED is
    PostgreSQL's, SQLite has one writer and ignores it.
    """
    taken: list[Row[Any]] = []

    async def take(claim: Any, of: int, most: int) -> None:
        told = {"lane": channel, "now": now, "most": most, "of": of}
        if most > 0:
            taken.extend((await connection.execute(claim, told)).all())

    for rank in RANKS_IN_TURN if begins else RANKS_IN_TURN[:1]:
        await take(_CLAIM, rank, limit - len(taken))
    room = min(of_many, limit - len(taken)) if begins else 0
    begun = len(taken)
    for broadcast in (await connection.scalars(SENDING)).all() if room > 0 else ():
        await take(_CLAIM_BROADCAST, broadcast, room - (len(taken) - begun))
    return sorted(taken, key=lambda row: (row.rank, row.id))


async def held(connection: AsyncConnection, keys: Sequence[tuple[str, str]]) -> Sequence[Any]:
    """What waits for these addresses to write, or for their morning, oldest first."""
    wanted = tuple_(outbox.c.channel, outbox.c.address).in_(keys)
    columns = (outbox.c.id, outbox.c.channel, outbox.c.address, outbox.c.payload, outbox.c.error)
    query = select(*columns).where(wanted, _IS_NEW, _IS_HELD)
    return (await connection.execute(query.order_by(outbox.c.id))).all()


async def asked_before(
    connection: AsyncConnection, keys: Sequence[tuple[str, str]], since: datetime
) -> set[tuple[str, str, str]]:
    """Channel, address and step of the questions that went out to these addresses since then."""
    here = tuple_(outbox.c.channel, outbox.c.address).in_(keys)
    query = select(outbox.c.channel, outbox.c.address, outbox.c.payload)
    rows = await connection.execute(
        query.where(here, outbox.c.state == "sent", outbox.c.created_at > since)
    )
    return {(row.channel, row.address, row.payload.get("step", "")) for row in rows}


async def release(
    connection: AsyncConnection, ids: Sequence[int], stale: Sequence[int], now: datetime
) -> None:
    """They wrote: what waited goes now, and what is said already or has no sense left does not."""
    if ids:
        goes = update(outbox).where(outbox.c.id.in_(ids), _IS_NEW, _IS_HELD)
        begun = outbox.c.purpose.in_(("news", "debrief", "nudge", "check_in", "broadcast"))
        # They are here: it is part of the conversation now.
        purpose = case((begun, "reply"), else_=outbox.c.purpose)
        await connection.execute(goes.values(due_at=now, error=None, purpose=purpose))
    if stale:
        drops = update(outbox).where(outbox.c.id.in_(stale), _IS_NEW, _IS_HELD)
        await connection.execute(drops.values(state="dropped", error="stale"))


async def doubtful(
    connection: AsyncConnection, channel: str, before: datetime, limit: int
) -> Sequence[Row[Any]]:
    """Rows that were being sent when their process died."""
    told = {"lane": channel, "before": before, "most": limit}
    return (await connection.execute(_DOUBTFUL, told)).all()


async def is_known(connection: AsyncConnection, channel: str, provider_id: str, id: int) -> bool:
    """Whether the provider's id is that of another row than this one."""
    same = and_(outbox.c.channel == channel, outbox.c.provider_id == provider_id)
    found = await connection.execute(select(outbox.c.id).where(same, outbox.c.id != id).limit(1))
    return found.first() is not None


async def record(connection: AsyncConnection, results: Sequence[dict[str, Any]]) -> None:
    """Write outcomes: each names ``pk``, ``claimed`` and every column below.

    Only whoever claimed a row last may write: a process that was away for longer than its lease
    must not put back what another is sending now.
    """
    if not results:
        return
    await connection.execute(_RECORD, list(results))


async def look_again(
    connection: AsyncConnection, keys: Sequence[tuple[str, str]], now: datetime
) -> None:
    """Nothing tells these that something waits for them: it is decided about anew."""
    if keys:
        here = tuple_(outbox.c.channel, outbox.c.address).in_(keys)
        waits = update(outbox).where(here, _IS_NEW, outbox.c.error == "window_shut")
        await connection.execute(waits.values(due_at=now))


async def reword(connection: AsyncConnection, payloads: Mapping[int, dict[str, Any]]) -> None:
    """What these say now is shorter, for another channel."""
    for id, payload in payloads.items():
        await connection.execute(update(outbox).where(outbox.c.id == id).values(payload=payload))


async def scrub(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """The farewell after an erasure went out: its address and words go too."""
    if ids:
        blank = update(outbox).where(outbox.c.id.in_(ids))
        await connection.execute(blank.values(address="", payload={}))


async def store_receipts(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Keep what the provider reports, even before we know the message's id ourselves."""
    await connection.execute(insert_once(connection, receipts).on_conflict_do_nothing(), list(rows))


async def apply_receipts(connection: AsyncConnection, limit: int = 500) -> list[Row[Any]]:
    """Move statuses forward; returns the failed ones (channel, address, error).

    What arrives shows that the address works.

    A receipt whose message is not known yet stays: it came before our own commit.
    """
    joined = receipts.join(
        outbox,
        and_(
            outbox.c.channel == receipts.c.channel, outbox.c.provider_id == receipts.c.provider_id
        ),
    )
    columns = (
        receipts,
        outbox.c.id.label("outbox_id"),
        outbox.c.address,
        outbox.c.purpose,
        outbox.c.attempts,
        outbox.c.content,
    )
    query = select(*columns).select_from(joined).order_by(receipts.c.id).limit(limit)
    rows = list((await connection.execute(query)).all())
    if not rows:
        return []
    moved = [
        {"pk": row.outbox_id, "new": row.status, "reached": RANKS[row.status], "why": row.error}
        for row in rows
    ]
    statement = update(outbox).where(
        outbox.c.id == bindparam("pk"), outbox.c.status_rank < bindparam("reached")
    )
    values: dict[str, Any] = {
        "status": bindparam("new"),
        "status_rank": bindparam("reached"),
        "error": func.coalesce(bindparam("why"), outbox.c.error),
    }
    await connection.execute(statement.values(values), moved)
    await connection.execute(receipts.delete().where(receipts.c.id.in_([row.id for row in rows])))
    arrived = {(row.channel, row.address) for row in rows if row.status in ("delivered", "read")}
    if arrived:
        here = tuple_(addresses.c.channel, addresses.c.address).in_(list(arrived))
        doubted = or_(addresses.c.failures > 0, addresses.c.held.is_not(None))
        works = update(addresses).where(here, doubted)
        await connection.execute(works.values(failures=0, held=None))
    return [row for row in rows if row.status in ("failed", "undelivered")]


async def deliver_again(
    connection: AsyncConnection, ids: Sequence[int], due: datetime, why: str = "undelivered"
) -> None:
    """The provider took these and could not deliver them: they are decided about anew."""
    again = update(outbox).where(outbox.c.id.in_(ids), outbox.c.state == "sent")
    await connection.execute(again.values(**DECIDED_ANEW, due_at=due, error=why))


async def by_tap(
    connection: AsyncConnection, tokens: Sequence[str], provider_ids: Sequence[str]
) -> Sequence[Any]:
    """The messages that taps belong to, by our token or by the provider's id."""
    query = select(
        outbox.c.token, outbox.c.provider_id, outbox.c.channel, outbox.c.address, outbox.c.payload
    ).where(or_(outbox.c.token.in_(tokens), outbox.c.provider_id.in_(provider_ids)))
    return (await connection.execute(query)).all()


async def counts(connection: AsyncConnection) -> dict[tuple[str, str], int]:
    """How many rows stand in each state, by channel."""
    query = select(outbox.c.channel, outbox.c.state, func.count()).group_by(
        outbox.c.channel, outbox.c.state
    )
    return {(row[0], row[1]): row[2] for row in (await connection.execute(query)).all()}


async def replay(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> int:
    """Send failed or unsure messages again: an operator's decision."""
    again = update(outbox).where(outbox.c.id.in_(ids), outbox.c.state.in_(("failed", "unsure")))
    fresh = {"state": "new", "due_at": now, "error": None}
    return (await connection.execute(again.values(**fresh, attempts=0))).rowcount

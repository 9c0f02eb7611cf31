"""The hour that one of a pair suggests, until the other has answered.

There is one open offer a pair. Whoever counters replaces it under the next number, and an answer
names the number that was seen: of two answers to one offer exactly one counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.inbox import insert_once
from storage.pairing import offers
from storage.sessions import Hour


@dataclass(frozen=True, slots=True)
class Offer:
    """Who suggests what; ``session_id`` and ``sequence`` where a booked session would move."""

    pair_id: int
    by_id: int
    hour: Hour
    way: str
    session_id: int | None = None
    sequence: int | None = None


async def put(connection: AsyncConnection, offer: Offer, now: datetime) -> int:
    """Suggest an hour, in place of whatever is open; its number."""
    hour = offer.hour.columns()
    row = {
        name: hour[name] for name in ("wall", "fold", "zone", "mentor_zone", "starts_at", "minutes")
    }
    row |= {
        "by_id": offer.by_id,
        "way": offer.way,
        "session_id": offer.session_id,
        "sequence": offer.sequence,
        "open": True,
        "at": now,
    }
    first = insert_once(connection, offers).values(pair_id=offer.pair_id, number=1, **row)
    replaced = first.on_conflict_do_update(
        index_elements=["pair_id"], set_={**row, "number": offers.c.number + 1}
    )
    return int(await connection.scalar(replaced.returning(offers.c.number)) or 0)


async def close(connection: AsyncConnection, pair_id: int, number: int) -> Row[Any] | None:
    """Take an open offer away, once; None where it is not open any more."""
    taken = (
        update(offers)
        .where(offers.c.pair_id == pair_id, offers.c.number == number, offers.c.open)
        .values(open=False)
        .returning(offers)
    )
    row: Row[Any] | None = (await connection.execute(taken)).first()
    return row


async def close_all(connection: AsyncConnection, pair_id: int) -> None:
    """Whatever is open between these two is not any more."""
    await connection.execute(update(offers).where(offers.c.pair_id == pair_id).values(open=False))


async def open_of(connection: AsyncConnection, pair_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """The open offers of pairs, by pair."""
    query = select(offers).where(offers.c.pair_id.in_(pair_ids), offers.c.open)
    return {row.pair_id: row for row in (await connection.execute(query)).all()}


async def hand_over(connection: AsyncConnection, goes: int, stays: int) -> None:
    """Two were one person."""
    await connection.execute(update(offers).where(offers.c.by_id == goes).values(by_id=stays))

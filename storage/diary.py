"""When people of a batch meet: their sessions, the hours they suggest, and when they are not free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.people import Offer, Session
from storage import offers, reports
from storage.pairing import sessions
from storage.sessions import busy_of

_BACK: Final = timedelta(days=120)
"""Sessions since then: of the last of them the rhythm goes on, and next steps are reminded of."""
_KNOWN: Final = ("booked", "displaced", "held", "not_held", "disputed")
Interval = tuple[datetime, datetime]


@dataclass(slots=True)
class Diary:
    """What was loaded, as each person may know it."""

    _sessions: Sequence[Row[Any]] = ()
    _said: Mapping[tuple[int, int], Mapping[str, Any]] = field(default_factory=dict)
    _offers: Mapping[int, Row[Any]] = field(default_factory=dict)
    _busy: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)

    def sessions_of(self, id: int) -> tuple[Session, ...]:
        """A person's sessions in order, each with what they said of it themselves."""
        return tuple(
            Session(
                id=row.id,
                pair=row.pair_id,
                sequence=row.sequence,
                state=row.state,
                start=row.starts_at,
                way=row.way,
                link=row.link,
                minutes=row.minutes,
                report=self._said.get((row.id, id)),
            )
            for row in self._sessions
            if id in (row.mentee_id, row.mentor_id)
        )

    def offer(self, pair_id: int, id: int) -> Offer | None:
        """The hour that is open between two people, as one of them sees it."""
        row = self._offers.get(pair_id)
        if row is None:
            return None
        return Offer(
            number=row.number,
            mine=row.by_id == id,
            start=row.starts_at,
            way=row.way,
            minutes=row.minutes,
            session=row.session_id or 0,
        )

    def taken(self, both: Iterable[int]) -> tuple[Interval, ...]:
        """When one of the two is not free."""
        return tuple(sorted(span for id in both for span in self._busy.get(id, ())))


async def diary(
    connection: AsyncConnection, bound: Sequence[Row[Any]], ids: Sequence[int], now: datetime
) -> Diary:
    """Of the pairs of a batch, in four queries; none where nobody has a pair."""
    if not bound:
        return Diary()
    everybody = sorted({id for row in bound for id in (row.mentee_id, row.mentor_id)})
    theirs = or_(sessions.c.mentee_id.in_(ids), sessions.c.mentor_id.in_(ids))
    query = (
        select(sessions)
        .where(theirs, sessions.c.state.in_(_KNOWN), sessions.c.starts_at > now - _BACK)
        .where(sessions.c.pair_id.in_([row.id for row in bound]))
        .order_by(sessions.c.starts_at, sessions.c.id)
    )
    rows = (await connection.execute(query)).all()
    return Diary(
        rows,
        await reports.of(connection, [row.id for row in rows], ids) if rows else {},
        await offers.open_of(connection, [row.id for row in bound]),
        await busy_of(connection, everybody, now),
    )

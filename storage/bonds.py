"""What a turn may know of the people somebody is bound to, loaded for a whole batch at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.people import Bond, Card, Mentoring, Partner
from storage import circle
from storage.diary import Diary, diary
from storage.mentoring import ANSWERS
from storage.pairing import mentors, pairs, proposals, requests
from storage.tables import addresses, mentees, people

_MENTEE = ("activity", "place", "sector", "stage", "needs", "languages", "meet", "availability")
_MENTOR = ("experience", "place", "sectors", "skills", "languages", "meet", "availability")


async def mentoring(
    connection: AsyncConnection, ids: Sequence[int], now: datetime
) -> dict[int, Mentoring]:
    """Their own part as mentors, requests, pairs and sessions, and who is proposed to them."""
    asked = await _of(connection, requests, ids)
    bound = await _of(connection, pairs, ids)
    offered = await _proposed(connection, ids, now)
    own = await _mentors(connection, ids)
    others = {id for row in (*asked, *bound) for id in (row.mentee_id, row.mentor_id)}
    partners = await _partners(connection, others | {row.mentor_id for row in offered})
    phones = await _phones(connection, bound)
    reads = {id for id, (_, _, deaf) in partners.items() if not deaf}
    met = await diary(connection, [row for row in bound if row.state != "ended"], ids, now)
    ratings, outcomes = await circle.known(connection, [row.mentee_id for row in bound])
    found: dict[int, Mentoring] = {}
    for id in ids:
        bonds = [
            _bond("request", row, id, partners, {}, reads) for row in asked if id in _both(row)
        ]
        bonds += [
            _meeting(_bond("pair", row, id, partners, phones, reads), row, id, met)
            for row in bound
            if id in _both(row)
        ]
        cards = tuple(
            Card(partners[row.mentor_id][1], _pairs(row.reasons))
            for row in offered
            if row.mentee_id == id
        )
        if bonds or cards or id in own:
            left = ratings.get(id) or {}, outcomes.get(id) or {}
            found[id] = Mentoring(own.get(id), tuple(bonds), cards, met.sessions_of(id), now, *left)
    return found


def _meeting(bond: Bond, row: Row[Any], id: int, met: Diary) -> Bond:
    """With the hour that one of them suggests, and when neither is free."""
    return replace(bond, offer=met.offer(row.id, id), taken=met.taken(_both(row)))


def _both(row: Row[Any]) -> tuple[int, int]:
    return row.mentee_id, row.mentor_id


def _pairs(told: Sequence[Sequence[Any]]) -> tuple[tuple[str, Any], ...]:
    return tuple((str(code), value) for code, value in told)


async def _of(connection: AsyncConnection, table: Table, ids: Sequence[int]) -> Sequence[Row[Any]]:
    theirs = or_(table.c.mentee_id.in_(ids), table.c.mentor_id.in_(ids))
    return (await connection.execute(select(table).where(theirs).order_by(table.c.id))).all()


async def _proposed(
    connection: AsyncConnection, ids: Sequence[int], now: datetime
) -> Sequence[Row[Any]]:
    """Whoever was shown and still has a place: days may pass before somebody chooses."""
    query = (
        select(proposals)
        .join(mentors, mentors.c.person_id == proposals.c.mentor_id)
        .where(proposals.c.mentee_id.in_(ids), proposals.c.state == "shown")
        .where(mentors.c.state == "approved", mentors.c.taken < mentors.c.capacity)
        .where(or_(mentors.c.paused_until.is_(None), mentors.c.paused_until <= now))
        .order_by(proposals.c.mentee_id, proposals.c.rank)
    )
    return (await connection.execute(query)).all()


async def _mentors(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    query = select(mentors).where(mentors.c.person_id.in_(ids))
    names = (*ANSWERS, "state", "taken", "paused_until")
    rows = (await connection.execute(query)).all()
    return {row.person_id: {name: getattr(row, name) for name in names} for row in rows}


async def _partners(
    connection: AsyncConnection, ids: set[int]
) -> dict[int, tuple[Partner, Partner, bool]]:
    """(as a mentee, as a mentor, whether no message reaches them): never a family name or number."""
    if not ids:
        return {}
    query = (
        select(
            people.c.id, people.c.name, people.c.gender, people.c.language, people.c.timezone,
            people.c.opted_out_at,
            *[mentees.c[name].label(f"mentee_{name}") for name in _MENTEE],
            *[mentors.c[name].label(f"mentor_{name}") for name in _MENTOR],
        )
        .outerjoin(mentees, mentees.c.person_id == people.c.id)
        .outerjoin(mentors, mentors.c.person_id == people.c.id)
        .where(people.c.id.in_(ids))
    )  # fmt: skip
    rows = (await connection.execute(query)).all()
    return {
        row.id: (
            _partner(row, "mentee", _MENTEE),
            _partner(row, "mentor", _MENTOR),
            row.opted_out_at is not None,
        )
        for row in rows
    }


def _partner(row: Row[Any], role: str, names: Sequence[str]) -> Partner:
    return Partner(
        id=row.id,
        name=(row.name or "").split(" ")[0],
        gender=row.gender,
        language=row.language or "fr",
        timezone=row.timezone or "Africa/Casablanca",
        portrait={name: getattr(row, f"{role}_{name}") for name in names},
    )


async def _phones(connection: AsyncConnection, bound: Sequence[Row[Any]]) -> dict[int, str]:
    """Numbers of pairs in which both said that they want to exchange them."""
    ids = {id for row in bound if row.mentee_shares and row.mentor_shares for id in _both(row)}
    if not ids:
        return {}
    query = select(addresses.c.person_id, addresses.c.phone).where(
        addresses.c.person_id.in_(ids), addresses.c.phone.is_not(None)
    )
    return {row.person_id: row.phone for row in (await connection.execute(query)).all()}


def _bond(
    kind: Any,
    row: Row[Any],
    id: int,
    partners: Mapping[int, tuple[Partner, Partner, bool]],
    phones: Mapping[int, str],
    reads: set[int],
) -> Bond:
    role: Any = "mentee" if row.mentee_id == id else "mentor"
    other = row.mentor_id if role == "mentee" else row.mentee_id
    if kind == "request":
        reasons, terms, since = _pairs(row.reasons), {}, row.asked_at
    else:
        reasons, since = (), row.started_at
        mine, theirs = row.mentee_shares, row.mentor_shares
        hears, heard = row.mentee_hears, row.mentor_hears
        if role == "mentor":
            mine, theirs, hears, heard = theirs, mine, heard, hears
        terms = {
            "goal": row.goal,
            "rhythm": row.rhythm,
            "months": row.months,
            "agreed": row.agreed_at is not None,
            "hears": hears,
            "heard": heard and other in reads,
            "i_share": mine,
            "they_share": theirs,
            "phone": phones.get(other),
        }
    as_mentee, as_mentor, _ = partners[other]
    partner = as_mentor if role == "mentee" else as_mentee
    return Bond(row.id, kind, row.state, role, partner, since, reasons, terms)

"""From rows to the rules of matching, and back: for one mentee now, and for a whole cohort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.assignment import Assignment, assign
from flows.rules.matching import Proposal, proposal, propose
from flows.rules.partners import Mentee, Mentor
from flows.rules.pool import Pool
from flows.rules.score import Weights
from storage import drafts, mentoring

MOST = 3
"""Mentors proposed at once: three fit a phone and a WhatsApp message with buttons."""


async def find(
    connection: AsyncConnection,
    mentee_id: int,
    now: datetime,
    weights: Weights,
    *,
    again: bool = False,
) -> list[Mapping[str, Any]]:
    """The best mentors for a mentee, as rows to be kept; empty where there is none."""
    row = await mentoring.mentee(connection, mentee_id)
    if row is None:
        return []
    rows = await mentoring.candidates(connection, mentee_id, now, again=again)
    pool = Pool.of([mentor_of(one, now) for one in rows], now.date(), weights)
    return [_kept(one) for one in propose(mentee_of(row, now), pool, MOST)]


def _kept(one: Proposal) -> dict[str, Any]:
    return {
        "mentor_id": one.mentor,
        "score": one.score,
        "parts": dict(one.parts),
        "reasons": [list(reason) for reason in one.reasons],
    }


@dataclass(frozen=True, slots=True)
class Plan:
    """What a whole cohort would get, and why."""

    mentees: Mapping[int, Row[Any]]
    mentors: Mapping[int, Row[Any]]
    pool: Pool
    assignment: Assignment
    proposals: Sequence[tuple[int, Proposal]]
    """Each mentee with the mentor they would get."""
    shown: frozenset[tuple[int, int]]
    """Of these pairs the mentee sees the mentor already."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The proposals as they are kept."""
        return [{"mentee_id": mentee, **_kept(one)} for mentee, one in self.proposals]

    @property
    def loads(self) -> dict[int, tuple[int, int, int]]:
        """(mentees or requests now, those added, capacity) of each mentor."""
        added = Counter(one.mentor for _, one in self.proposals)
        return {m.id: (m.taken, added[m.id], m.capacity) for m in self.pool.mentors}


async def plan(
    connection: AsyncConnection, cohort: str | None, now: datetime, weights: Weights
) -> Plan:
    """The best assignment over everyone who waits; what open requests may take is left alone."""
    waiting = {row.person_id: row for row in await drafts.waiting(connection, cohort)}
    approved = {row.person_id: row for row in await drafts.approved(connection)}
    refused = await drafts.refusals(connection)
    held = await drafts.spoken_for(connection, list(waiting))
    people = {
        id: replace(mentee_of(row, now), refused=refused.get(id, frozenset()))
        for id, row in waiting.items()
    }
    mentors = [mentor_of(row, now) for row in approved.values()]
    pool = Pool.of(
        [replace(m, taken=min(m.capacity, m.taken + held[m.id])) for m in mentors],
        now.date(),
        weights,
    )
    found = assign(people.values(), pool)
    chosen = [
        (mentee, proposal(people[mentee], pool.mentors[pool.ranks[mentor]], pool))
        for mentee, mentor in found.pairs
    ]
    seen = await drafts.shown(connection)
    return Plan(waiting, approved, pool, found, chosen, frozenset(seen))


def _someone(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.person_id,
        "languages": tuple(row.languages),
        "ways": tuple(row.meet),
        "country": row.country,
        "region": row.region,
        "zone": row.timezone or "Africa/Casablanca",
        "availability": tuple(row.availability),
        "gender": row.gender,
    }


def mentee_of(row: Row[Any], now: datetime) -> Mentee:
    """A mentee as matching sees them."""
    since = row.waiting_since
    return Mentee(
        **_someone(row),
        needs=tuple(row.needs),
        sector=row.sector,
        stage=row.stage,
        heart="ary" if row.language == "ar" and "ary" in row.languages else row.language,
        weak_line=row.connection == "weak",
        prefers_woman=row.wish == "woman",
        wants=row.wish if row.wish in ("near", "diaspora") else None,
        waiting_days=(now - since).days if since else 0,
    )


def mentor_of(row: Row[Any], now: datetime) -> Mentor:
    """A mentor as matching sees them."""
    return Mentor(
        **_someone(row),
        skills=tuple(row.skills),
        sectors=tuple(row.sectors),
        stages=tuple(row.stages),
        capacity=row.capacity,
        taken=row.taken,
        paused=row.paused_until is not None and row.paused_until > now,
        answered=row.answered / row.asked if row.asked else None,
        answer_hours=row.answer_hours / row.answered if row.answered else None,
        idle_days=(now - row.asked_at).days if row.asked_at else None,
    )

"""From rows to the rules of matching, and back: who is proposed to one mentee now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.matching import propose
from flows.rules.partners import Mentee, Mentor
from flows.rules.pool import Pool
from flows.rules.score import Weights
from storage import mentoring

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
    return [
        {
            "mentor_id": one.mentor,
            "score": one.score,
            "parts": dict(one.parts),
            "reasons": [list(reason) for reason in one.reasons],
        }
        for one in propose(mentee_of(row, now), pool, MOST)
    ]


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

"""From rows to the question whether each message may go now: what `flows.rules.contact` is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.render import first_name
from bot.settings import Settings
from flows.rules.contact import AT_ONCE, PURPOSES, WINDOW, Matter, Pace, Policy, Reach
from flows.rules.decent import Home
from storage import reach, templates
from storage.verdicts import Wave

SHUT = "63016"
"""What WhatsApp answers to free text outside its window."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One message with all that decides about it."""

    row: Row[Any]
    reach: Reach
    matter: Matter
    language: str
    """The person's own: the first in which a template is looked for."""
    first_name: str = ""
    """For what is worded only now."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is the same for all messages."""

    timezone: str
    instead: str
    """The channel that reaches the number of a WhatsApp that may not be used now; empty: none."""
    policy: Policy
    wave: Wave

    @classmethod
    def of(cls, settings: Settings) -> Surroundings:
        instead = "sms" if settings.twilio.sms_number else ""
        reach = settings.reach
        return cls(settings.programme.timezone, instead, reach.policy, Wave(**dict(reach.wave)))


@dataclass(slots=True)
class _Seen:
    """What only some messages ask for, by person."""

    begun: Mapping[int, tuple[datetime, ...]] = field(default_factory=dict)
    unanswered: Mapping[int, int] = field(default_factory=dict)
    noticed: Mapping[int, datetime] = field(default_factory=dict)
    sms: Mapping[int, int] = field(default_factory=dict)


async def asked(
    connection: AsyncConnection,
    rows: Sequence[Row[Any]],
    around: Surroundings,
    now: datetime,
    pace: Pace = AT_ONCE,
) -> tuple[list[Asked], dict[tuple[str, str], str]]:
    """Everything about these messages, and the templates that may be used, by name and language.

    ``pace``: the channel's, where it matters to the second.

    Most messages answer somebody who is talking: what only the others need is asked for them only.
    """
    facts = await reach.facts(connection, [row.id for row in rows])
    begins = {row.person_id for row in rows if PURPOSES[row.purpose].rank}
    outside = {row.person_id for row in rows if _is_outside(row, facts[row.id], now)}
    seen = _Seen()
    usable: dict[tuple[str, str], str] = {}
    if begins:
        seen.begun = await reach.begun(connection, begins, now)
        seen.unanswered = await reach.unanswered(connection, begins)
    if outside:
        seen.noticed = await reach.noticed(connection, outside)
        seen.sms = await reach.by_sms(connection, outside, now)
        usable = await templates.approved(connection)
    names = frozenset(name for name, _ in usable)
    told = [_asked(row, facts[row.id], seen, around, names, pace) for row in rows]
    return told, usable


def _has_number(row: Row[Any]) -> bool:
    """WhatsApp's own ids of people are no numbers."""
    return row.channel == "whatsapp" and bool(row.address.startswith("+"))


def _is_outside(row: Row[Any], facts: Row[Any], now: datetime) -> bool:
    """Where a template or another channel may have to be found."""
    if row.channel != "whatsapp":
        return False
    heard: datetime | None = facts.seen_at
    is_silent = heard is None or now - heard > WINDOW - timedelta(minutes=1)
    return is_silent or bool(facts.error) or facts.failures > 0 or facts.state != "ok"


def _asked(
    row: Row[Any],
    facts: Row[Any],
    seen: _Seen,
    around: Surroundings,
    usable: frozenset[str],
    pace: Pace,
) -> Asked:
    person = row.person_id
    told = seen.noticed.get(person)
    heard = facts.seen_at
    return Asked(
        row,
        Reach(
            channel=row.channel,
            home=Home(facts.timezone or around.timezone, facts.country or "MA"),
            last_heard=heard,
            opted_out=facts.opted_out_at is not None,
            unreachable=facts.state not in ("ok", None),
            failures=facts.failures or 0,
            shut=facts.error == SHUT,
            noticed=told if told and (heard is None or told > heard) else None,
            begun=seen.begun.get(person, ()),
            unanswered=seen.unanswered.get(person, 0),
            sms=seen.sms.get(person, 0),
            instead=around.instead if _has_number(row) else "",
            templates=usable,
            pace=pace,
            rests=facts.rests_until,
        ),
        Matter(
            row.purpose,
            row.created_at,
            str(row.payload.get("template", {}).get("name", "")),
            row.payload.get("sms"),
        ),
        facts.language or str(row.payload.get("language", "fr")),
        first_name(facts.name),
    )

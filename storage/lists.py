"""People of an organisation's list: kept to be recognised, not written to before they write.

Nobody has agreed to anything: a consent of the purpose "import" says no for each of them, and only
what they agree to themselves, in the chat, lets them be matched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from flows import listed
from flows.cells import FLOWS
from flows.lists import Entry
from flows.onboarding import CONSENT_VERSION
from storage.tables import addresses, consents, erasures, people

NEW, LISTED, KNOWN, ERASED = "new", "listed", "known", "erased"
_AT_ONCE: Final = 500
"""Lines in one statement, below the variables that SQLite takes."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody is new, listed (and silent so far), known, or was erased at their wish."""

    state: str
    person_id: int | None = None


def _chunks(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    return (entries[at : at + _AT_ONCE] for at in range(0, len(entries), _AT_ONCE))


async def look_up(connection: AsyncConnection, entries: Sequence[Entry]) -> list[Standing]:
    """What is known of each; who is known or was erased is to be left in peace."""
    found: list[Standing] = []
    for chunk in _chunks(entries):
        found += await _look_up(connection, chunk)
    return found


async def _look_up(connection: AsyncConnection, entries: Sequence[Entry]) -> list[Standing]:
    here = or_(
        addresses.c.phone.in_([entry.phone for entry in entries if entry.phone]),
        addresses.c.address.in_([entry.address for entry in entries]),
    )
    query = select(addresses, people.c.seen_at.label("wrote"), people.c.state.label("talk"))
    by_phone: dict[str, Standing] = {}
    by_address: dict[tuple[str, str], Standing] = {}
    joined = query.join(people, people.c.id == addresses.c.person_id).where(here)
    for row in (await connection.execute(joined.order_by(addresses.c.id))).all():
        silent = row.wrote is None and listed.KEY in row.talk
        standing = Standing(LISTED if silent else KNOWN, row.person_id)
        by_address[row.channel, row.address] = standing
        if row.phone:
            by_phone.setdefault(row.phone, standing)
    gone = await _erased(connection, entries)
    return [
        by_address.get((entry.channel, entry.address))
        or by_phone.get(entry.phone)
        or Standing(ERASED if gone & _hashes(entry) else NEW)
        for entry in entries
    ]


def _hashes(entry: Entry) -> set[str]:
    """As `privacy.erase` keeps the proof: one hash for each address."""
    where = {(entry.channel, entry.address)}
    where |= {(channel, entry.phone) for channel in ("whatsapp", "sms") if entry.phone}
    return {hashlib.sha256(f"{c}:{a}".encode()).hexdigest() for c, a in where}


async def _erased(connection: AsyncConnection, entries: Sequence[Entry]) -> set[str]:
    hashes = {one for entry in entries for one in _hashes(entry)}
    query = select(erasures.c.address_hash).where(erasures.c.address_hash.in_(hashes))
    return set(await connection.scalars(query))


async def keep(
    connection: AsyncConnection, entries: Sequence[Entry], approved: bool, now: datetime
) -> list[Standing]:
    """Keep who is new, and what is new of those who are listed; all in the caller's transaction.

    ``approved``: an operator answers for the mentors, who still accept the code of conduct in chat.
    """
    standings = await look_up(connection, entries)
    told = list(zip(entries, standings, strict=True))
    for chunk in _chunks([entry for entry, standing in told if standing.state == NEW]):
        await _add(connection, chunk, approved, now)
    again = [
        {"pk": standing.person_id, **_columns(entry, approved)}
        for entry, standing in told
        if standing.state == LISTED
    ]
    if again:
        names = ("source", "state")
        values: dict[str, Any] = {name: bindparam(name) for name in names}
        change = update(people).where(people.c.id == bindparam("pk")).values(values)
        await connection.execute(change, again)
    return standings


def _columns(entry: Entry, approved: bool) -> Mapping[str, Any]:
    """Nothing but the source and the state: all the rest becomes theirs when they agree."""
    vouched = approved and entry.role == "mentor"
    flow = FLOWS[entry.role].name
    state = listed.waiting(flow, entry.answers, vouched, entry.language)
    return {"source": entry.cohort, "state": state}


async def _add(
    connection: AsyncConnection, entries: Sequence[Entry], approved: bool, now: datetime
) -> None:
    made = insert(people).returning(people.c.id, sort_by_parameter_order=True)
    rows = [{**_columns(entry, approved), "created_at": now} for entry in entries]
    ids = list(await connection.scalars(made, rows))
    await connection.execute(
        insert(addresses),
        [
            {
                "person_id": id,
                "channel": entry.channel,
                "address": entry.address,
                "phone": entry.phone or None,
                "created_at": now,
            }
            for id, entry in zip(ids, entries, strict=True)
        ],
    )
    await connection.execute(
        insert(consents),
        [
            {
                "person_id": id,
                "purpose": "import",
                "answer": False,
                "version": CONSENT_VERSION,
                "language": entry.language or "fr",
                "channel": "list",
                "at": now,
            }
            for id, entry in zip(ids, entries, strict=True)
        ],
    )

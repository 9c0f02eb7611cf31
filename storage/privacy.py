"""Rights under Law 09-08: all that is stored about a person, and its erasure."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from flows import listed
from nlu.readers.gazetteer import region_name
from storage import circle, leaving, sessions
from storage.pairing import mentors, offers, pairs, reports, requests
from storage.tables import (
    addresses,
    consents,
    contacts,
    downloads,
    erasures,
    inbox,
    mentees,
    outbox,
    people,
    skill_ratings,
    tags,
    tickets,
)

LINK_LASTS = timedelta(hours=1)
_NUMBERS = ("id", "person_id", "session_id")
"""What says nothing to the person."""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


async def export(connection: AsyncConnection, person_id: int) -> dict[str, Any] | None:
    """Everything stored about one person, and nothing about anybody else."""
    person = (await connection.execute(select(people).where(people.c.id == person_id))).first()
    if person is None:
        return None
    told = dict(person._mapping)
    state = told.pop("state") or {}
    told.pop("id")
    data: dict[str, Any] = {str(name): _plain(value) for name, value in told.items()}
    answers = [frame.get("answers") or {} for frame in state.get("stack", [])]
    answers.append((state.get(listed.KEY) or {}).get("answers") or {})
    data["answers_so_far"] = {
        name: value for found in answers for name, value in found.items() if value is not True
    }
    profile = await _rows(connection, mentees, person_id)
    data["profile"] = profile[0] if profile else None
    if profile:
        data["profile"]["region_name"] = region_name(profile[0]["region"])
    for name, table in (
        ("addresses", addresses),
        ("consents", consents),
        ("self_assessment", skill_ratings),
        ("mentor", mentors),
        ("contact_kept", contacts),
        ("tickets", tickets),
        ("tags", tags),
    ):
        data[name] = await _rows(connection, table, person_id)
    data["mentoring"] = await _bonds(connection, person_id)
    data["sessions"] = await sessions.told(connection, person_id)
    data["session_reports"] = await _rows(connection, reports, person_id)
    data["offers"] = await _offers(connection, person_id)
    data |= await circle.told(connection, person_id)
    data["messages"] = await _messages(connection, person_id)
    return data


async def _rows(connection: AsyncConnection, table: Any, person_id: int) -> list[dict[str, Any]]:
    columns = [column for column in table.c if column.name not in _NUMBERS]
    query = select(*columns).where(table.c.person_id == person_id).order_by(*table.primary_key)
    rows = (await connection.execute(query)).all()
    return [{str(k): _plain(v) for k, v in row._mapping.items()} for row in rows]


async def _bonds(connection: AsyncConnection, person_id: int) -> list[dict[str, Any]]:
    """Requests and pairs, without a word on who the other is."""
    found = []
    for kind, table in (("request", requests), ("pair", pairs)):
        for role in ("mentee", "mentor"):
            mine = select(table).where(table.c[f"{role}_id"] == person_id).order_by(table.c.id)
            for row in (await connection.execute(mine)).all():
                told = {k: _plain(v) for k, v in row._mapping.items() if not k.endswith("id")}
                found.append({"kind": kind, "role": role, **told})
    return found


async def _offers(connection: AsyncConnection, person_id: int) -> list[dict[str, Any]]:
    """Hours that they suggested and that were not answered yet."""
    mine = select(offers).where(offers.c.by_id == person_id, offers.c.open)
    rows = (await connection.execute(mine)).all()
    names = ("wall", "zone", "starts_at", "minutes", "way", "at")
    return [{name: _plain(getattr(row, name)) for name in names} for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


async def _messages(connection: AsyncConnection, person_id: int) -> list[dict[str, Any]]:
    """Both directions, each answer after the message that it answers."""
    heard = select(inbox.c.id, inbox.c.received_at, inbox.c.payload)
    said = select(outbox.c.inbox_id, outbox.c.created_at, outbox.c.payload)
    queries = (
        ("you", heard.where(await _theirs(connection, person_id), inbox.c.channel != "event")),
        ("us", said.where(outbox.c.person_id == person_id)),
    )
    found = [
        ((_plain(row[1]), row[0] or 0, who == "us"), who, row[2].get("text", ""))
        for who, query in queries
        for row in (await connection.execute(query)).all()
    ]
    return [{"at": key[0], "from": who, "text": text} for key, who, text in sorted(found) if text]


async def _theirs(connection: AsyncConnection, person_id: int) -> Any:
    """The condition on the inbox that names a person's messages."""
    query = select(addresses.c.channel, addresses.c.address).where(
        addresses.c.person_id == person_id
    )
    keys = (await connection.execute(query)).all()
    events = and_(inbox.c.channel == "event", inbox.c.address == str(person_id))
    own = (and_(inbox.c.channel == k.channel, inbox.c.address == k.address) for k in keys)
    return or_(events, *own)


async def forget(connection: AsyncConnection, person_id: int) -> None:
    """No consent: of what was said, nothing stays; only the refusal itself is kept."""
    theirs = await _theirs(connection, person_id)
    await connection.execute(update(inbox).where(theirs).values(payload={}))
    await connection.execute(delete(contacts).where(contacts.c.person_id == person_id))
    gone = and_(outbox.c.person_id == person_id, outbox.c.state.not_in(("new", "sending")))
    await connection.execute(delete(outbox).where(gone))


async def erase(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """Erase a person everywhere. What stays: the proof, with a hash of each address.

    Inbox rows keep only the provider's id, so that a webhook repeated later is still known.
    """
    query = select(addresses.c.channel, addresses.c.address).where(
        addresses.c.person_id == person_id
    )
    keys = (await connection.execute(query)).all()
    proof = [
        {"channel": k.channel, "address_hash": _hash(f"{k.channel}:{k.address}"), "erased_at": now}
        for k in keys
    ]
    if proof:
        await connection.execute(insert(erasures), proof)
    await circle.leave(connection, person_id, now)
    await leaving.leave(connection, person_id, now)
    theirs = await _theirs(connection, person_id)
    await connection.execute(delete(inbox).where(theirs, inbox.c.channel.in_(("web", "event"))))
    await connection.execute(
        update(inbox).where(theirs).values(payload={}, address="", state="done")
    )
    theirs = outbox.c.person_id == person_id
    # Of an announcement the count stays, and nothing else: its sums are its audience.
    copy = update(outbox).where(theirs, outbox.c.broadcast_id.is_not(None))
    state = case((outbox.c.state.in_(("new", "sending")), "dropped"), else_=outbox.c.state)
    nobody: dict[str, Any] = {
        "person_id": None,
        "address": "",
        "payload": {},
        "state": state,
        "error": "erased",
    }
    await connection.execute(copy.values(nobody))
    await connection.execute(delete(outbox).where(theirs))
    await connection.execute(delete(people).where(people.c.id == person_id))


async def new_link(connection: AsyncConnection, person_id: int, now: datetime) -> str:
    """A secret that opens a person's data once within an hour; only its hash is stored."""
    secret = secrets.token_urlsafe(24)
    row = {"token_hash": _hash(secret), "person_id": person_id, "expires_at": now + LINK_LASTS}
    await connection.execute(insert(downloads), [row])
    return secret


async def open_link(
    connection: AsyncConnection, secret: str, now: datetime
) -> dict[str, Any] | None:
    """The data behind a link, and the link is spent; None where it is unknown, used or too old."""
    spent = (
        delete(downloads)
        .where(downloads.c.token_hash == _hash(secret))
        .returning(downloads.c.person_id, downloads.c.expires_at)
    )
    row = (await connection.execute(spent)).first()
    if row is None or row.expires_at < now:
        return None
    return await export(connection, row.person_id)

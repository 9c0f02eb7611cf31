"""Somebody is erased: their places are free again, whom they knew is told, and words of them go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import mentoring
from storage.pairing import mentors, pairs, proposals, requests
from storage.tables import addresses, inbox, mentees, outbox, people

_SHORTEST = 2
"""Characters from which on a word can be told from any other."""


async def leave(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """Before a person is erased. What others read stays only where it says nothing of them."""
    bound = await _bound(connection, person_id)
    told = [word for word in await _words(connection, person_id) if len(word) >= _SHORTEST]
    carried = and_(inbox.c.channel == "event", inbox.c.payload["sender"].as_integer() == person_id)
    readers = set(await connection.scalars(select(inbox.c.address).where(carried).distinct()))
    others = (bound | {int(reader) for reader in readers}) - {person_id}
    letters = select(inbox.c.id).where(carried)
    await connection.execute(delete(outbox).where(outbox.c.inbox_id.in_(letters)))
    await connection.execute(update(inbox).where(carried).values(payload={}, state="done"))
    for other in sorted(others):
        await mentoring.tell(connection, other, "gone", str(person_id), now, str(person_id))
    await _unbind(connection, person_id, now)
    if told and others:
        words = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in told))
        await _blank(connection, others, words)


async def _bound(connection: AsyncConnection, person_id: int) -> set[int]:
    """Everybody who was ever shown, asked or accompanied by this person, or the other way round."""
    found: set[int] = set()
    for table in (proposals, requests, pairs):
        both = select(table.c.mentee_id, table.c.mentor_id)
        mine = or_(table.c.mentee_id == person_id, table.c.mentor_id == person_id)
        for row in (await connection.execute(both.where(mine))).all():
            found |= {row.mentee_id, row.mentor_id}
    return found - {person_id}


async def _words(connection: AsyncConnection, person_id: int) -> list[str]:
    """Names, numbers and sentences by which others could still know who it was."""
    told: list[str | None] = []
    for query in (
        select(people.c.name).where(people.c.id == person_id),
        select(mentees.c.activity).where(mentees.c.person_id == person_id),
        select(mentors.c.experience).where(mentors.c.person_id == person_id),
        select(mentors.c.network).where(mentors.c.person_id == person_id),
        select(pairs.c.goal).where(
            or_(pairs.c.mentee_id == person_id, pairs.c.mentor_id == person_id)
        ),
        select(addresses.c.phone).where(addresses.c.person_id == person_id),
    ):
        told += (await connection.scalars(query)).all()
    names = [part for name in told[:1] if name for part in (name, *name.split())]
    return list(dict.fromkeys([*names, *(word for word in told if word)]))


async def _unbind(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """Give places back and tell those who were in the middle of something with them."""
    theirs = or_(pairs.c.mentee_id == person_id, pairs.c.mentor_id == person_id)
    query = select(pairs).where(theirs, pairs.c.state != "ended")
    for pair in (await connection.execute(query)).all():
        left, role = (
            (pair.mentor_id, "mentor")
            if pair.mentee_id == person_id
            else (
                pair.mentee_id,
                "mentee",
            )
        )
        if role == "mentor":
            await mentoring.give_back(connection, pair.mentor_id)
        subject = f"{role}:{pair.id}"
        await mentoring.tell(connection, left, "partner_left", str(pair.id), now, subject)
    asked = select(requests).where(
        requests.c.state == "asked",
        or_(requests.c.mentee_id == person_id, requests.c.mentor_id == person_id),
    )
    for request in (await connection.execute(asked)).all():
        event, other = ("request_withdrawn", request.mentor_id)
        if request.mentor_id == person_id:
            event, other = ("request_void", request.mentee_id)
        subject = f"request:{request.id}"
        await mentoring.tell(connection, other, event, str(request.id), now, subject)


async def _blank(
    connection: AsyncConnection, others: Iterable[int], words: re.Pattern[str]
) -> None:
    """Messages to and from these people that name the one who leaves."""
    for other in sorted(others):
        sent = select(outbox.c.id, outbox.c.payload).where(outbox.c.person_id == other)
        if ids := _naming((await connection.execute(sent)).all(), words):
            await connection.execute(delete(outbox).where(outbox.c.id.in_(ids)))
        own = select(addresses.c.channel, addresses.c.address).where(addresses.c.person_id == other)
        for at in (await connection.execute(own)).all():
            here = and_(inbox.c.channel == at.channel, inbox.c.address == at.address)
            heard = select(inbox.c.id, inbox.c.payload).where(here, inbox.c.state == "done")
            if ids := _naming((await connection.execute(heard)).all(), words):
                blank = update(inbox).where(inbox.c.id.in_(ids))
                await connection.execute(blank.values(payload={}))


def _naming(rows: Iterable[Any], words: re.Pattern[str]) -> list[int]:
    return [row.id for row in rows if words.search(orjson.dumps(row.payload).decode())]

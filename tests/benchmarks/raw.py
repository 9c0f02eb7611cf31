"""The raw limit: the rows that a run left behind, written by hand with the driver alone."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import psycopg
from sqlalchemy import select

from storage.database import Database
from storage.tables import inbox, outbox, people


@dataclass
class Rows:
    """What our run left behind: the very rows that are then written by hand."""

    inbox: list[Any]
    people: dict[int, Any]
    outbox: dict[int, Any]

    @classmethod
    async def of(cls, database: Database) -> Rows:
        async with database.read() as connection:
            heard = (await connection.execute(select(inbox).order_by(inbox.c.id))).all()
            known = (await connection.execute(select(people))).all()
            said = (await connection.execute(select(outbox))).all()
        return cls(list(heard), {r.id: r for r in known}, {r.inbox_id: r for r in said})


INBOX = (
    "INSERT INTO inbox (channel, provider_id, address, partition, payload, received_at) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
NEW_PERSON = "INSERT INTO people (id, state, created_at) VALUES (?, ?, ?)"
NEW_ADDRESS = (
    "INSERT INTO addresses (person_id, channel, address, phone, created_at) VALUES (?, ?, ?, ?, ?)"
)
PERSON = (
    "UPDATE people SET language = ?, variety = ?, name = ?, gender = ?, timezone = ?, source = ?, "
    "admitted = ?, registered_at = ?, opted_out_at = ?, seen_at = ?, state = ? WHERE id = ?"
)
ADDRESS = (
    "UPDATE addresses SET seen_at = ?, state = 'ok', error = NULL WHERE channel = ? AND address = ?"
)
OUTBOX = (
    "INSERT INTO outbox (person_id, inbox_id, channel, address, purpose, payload, token, due_at, "
    "created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
DONE = "UPDATE inbox SET state = 'done' WHERE id = ?"


def by_hand(rows: Rows, batch: int, many: Callable[[str, list[Any]], Any], commit: Any) -> float:
    """The same rows, the same two commits a batch; returns seconds."""
    seen: set[int] = set()
    work = []
    for some in chunks(rows.inbox, batch):
        heard = [
            (r.channel, r.provider_id, r.address, r.partition, _json(r.payload), r.received_at)
            for r in some
        ]
        said = [rows.outbox[r.id] for r in some]
        fresh = [r for r in said if r.person_id not in seen and not seen.add(r.person_id)]  # type: ignore[func-returns-value]
        turn = [
            (NEW_PERSON, [(r.person_id, "{}", r.created_at) for r in fresh]),
            (NEW_ADDRESS, [(r.person_id, r.channel, r.address, r.address, r.created_at) for r in fresh]),
            (PERSON, [_person(rows.people[r.person_id]) for r in said]),
            (ADDRESS, [(r.created_at, r.channel, r.address) for r in said]),
            (OUTBOX, [_said(r) for r in said]),
            (DONE, [(r.inbox_id,) for r in said]),
        ]  # fmt: skip
        work.append((heard, turn))
    began = time.perf_counter()
    for heard, turn in work:
        many(INBOX, heard)
        commit()
        for statement, values in turn:
            if values:
                many(statement, values)
        commit()
    return time.perf_counter() - began


def _person(r: Any) -> tuple[Any, ...]:
    return (
        r.language, r.variety, r.name, r.gender, r.timezone, r.source, r.admitted,
        r.registered_at, r.opted_out_at, r.seen_at, _json(r.state), r.id,
    )  # fmt: skip


def _said(r: Any) -> tuple[Any, ...]:
    return (
        r.person_id, r.inbox_id, r.channel, r.address, r.purpose, _json(r.payload), r.token,
        r.due_at, r.created_at,
    )  # fmt: skip


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def chunks(items: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def raw_sqlite(file: Path, rows: Rows, batch: int) -> float:
    sqlite3.register_adapter(type(rows.inbox[0].received_at), lambda at: at.isoformat(" "))
    connection = sqlite3.connect(file, isolation_level="IMMEDIATE")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    try:
        return by_hand(rows, batch, connection.executemany, connection.commit)
    finally:
        connection.close()


def raw_postgres(url: str, rows: Rows, batch: int) -> float:
    with psycopg.connect(url) as connection, connection.cursor() as cursor:

        def many(statement: str, values: list[Any]) -> None:
            cursor.executemany(statement.replace("?", "%s"), values)  # pipelined by psycopg

        return by_hand(rows, batch, many, connection.commit)

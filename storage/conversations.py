"""People, their addresses, and where each of them is in the conversation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Update, and_, bindparam, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows import listed
from storage import circle, mentoring, offers, programme, reports, tags
from storage.inbox import insert_once
from storage.pairing import mentors
from storage.recompute import hand_over
from storage.tables import addresses, consents, contacts, mentees, outbox, people, tickets

PEOPLE_COLUMNS = (
    "language", "variety", "name", "gender", "timezone", "source", "admitted",
    "registered_at", "opted_out_at", "seen_at", "state",
)  # fmt: skip


@dataclass(slots=True)
class Sender:
    """Who a message is from, as the provider tells it."""

    channel: str
    address: str
    phone: str = ""
    external_id: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.channel, self.address


@dataclass(slots=True)
class Known:
    """A person as loaded for a turn; changed in memory, written back in bulk."""

    id: int
    columns: dict[str, Any]
    profile: dict[str, Any] = field(default_factory=dict)
    contact: bool = False
    mentor: bool = False
    loaded: dict[str, Any] = field(default_factory=dict)
    """The columns as they stand in the database."""
    gone: bool = False
    """Erased or merged away in this turn: nothing is written back."""


def _select() -> Select[Any]:
    return (
        select(
            people,
            addresses.c.channel,
            addresses.c.address,
            addresses.c.state.label("address_state"),
            addresses.c.phone.label("known_phone"),
            addresses.c.external_id.label("known_external_id"),
            contacts.c.person_id.label("contact"),
            contacts.c.age.label("contact_age"),
            mentors.c.person_id.label("mentor"),
            *[column.label(f"m_{column.name}") for column in mentees.c],
        )
        .join(addresses, addresses.c.person_id == people.c.id)
        .outerjoin(mentees, mentees.c.person_id == people.c.id)
        .outerjoin(contacts, contacts.c.person_id == people.c.id)
        .outerjoin(mentors, mentors.c.person_id == people.c.id)
        .order_by(people.c.id)
        # Not against rows of others that name this person (a session, an offer): two turns of two
        # people who book with each other would wait for one another.
        .with_for_update(of=people, key_share=True)
    )


_PEOPLE = _select()
_AT = _PEOPLE.where(
    addresses.c.channel.in_(bindparam("channels", expanding=True)),
    addresses.c.address.in_(bindparam("addresses", expanding=True)),
)
_EACH_TURN = ("seen_at", "state")
_SELDOM = tuple(name for name in PEOPLE_COLUMNS if name not in _EACH_TURN)


def _save_statement(names: Sequence[str]) -> Update:
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return update(people).where(people.c.id == bindparam("pk")).values(values)


_SAVE_TURN, _SAVE_ALL = _save_statement(_EACH_TURN), _save_statement(PEOPLE_COLUMNS)
_HEARD = (
    update(addresses)
    .where(addresses.c.channel == bindparam("c"), addresses.c.address == bindparam("a"))
    .values(
        {
            "seen_at": bindparam("seen_at"),
            "state": "ok",
            "error": None,
            "failures": 0,
            "judged_at": None,
            "held": None,
        }
    )
)


def _known(row: Row[Any]) -> Known:
    columns = {name: getattr(row, name) for name in PEOPLE_COLUMNS}
    return Known(
        row.id,
        columns,
        _profile(row),
        row.contact is not None,
        row.mentor is not None,
        dict(columns),
    )


def _profile(row: Row[Any]) -> dict[str, Any]:
    """The stored profile in the form of answers, so that it can be reviewed and corrected."""
    if row.m_person_id is None:
        return {"name": row.name, "age": row.contact_age} if row.contact is not None else {}
    fields = ("age", "place", "activity", "sector", "stage", "legal_form", "needs", "languages")
    answers = {name: getattr(row, f"m_{name}") for name in fields}
    answers |= {"name": row.name, "address_form": row.gender, "availability": row.m_availability}
    line = [f"{row.m_connection}_line"] if row.m_connection else []
    answers["meet"] = [*row.m_meet, *line]
    answers |= {f"levels.{need}": None for need in row.m_needs}
    kept = {"name_kept": True, "form_kept": True}
    return {**answers, **kept, "wish": row.m_wish, "waiting": row.m_waiting_since is not None}


async def load(
    connection: AsyncConnection, senders: Sequence[Sender], now: datetime
) -> dict[tuple[str, str], Known]:
    """The person behind each address; who is unknown is created, or joined by a proven number."""
    wanted = {sender.key: sender for sender in senders}
    found: dict[tuple[str, str], Known] = {}
    by_id: dict[int, Known] = {}
    told = {
        "channels": list({s.channel for s in senders}),
        "addresses": [s.address for s in senders],
    }
    for row in (await connection.execute(_AT, told)).all():
        if (row.channel, row.address) in wanted:
            known = by_id.get(row.id) or by_id.setdefault(row.id, _known(row))
            found[row.channel, row.address] = known
            if row.address_state == "blocked":
                # Whoever had blocked us, and writes, has let us in again.
                known.columns["opted_out_at"] = None
    unknown = [sender for key, sender in wanted.items() if key not in found]
    if unknown:
        await _join_proven(connection, unknown, found, by_id, now)
        await _create([s for s in unknown if s.key not in found], found, connection, now)
    return found


async def _join_proven(
    connection: AsyncConnection,
    unknown: Sequence[Sender],
    found: dict[tuple[str, str], Known],
    by_id: dict[int, Known],
    now: datetime,
) -> None:
    """The same number on WhatsApp and SMS, or the same WhatsApp user with a new number."""
    phones = [sender.phone for sender in unknown if sender.phone]
    externals = [sender.external_id for sender in unknown if sender.external_id]
    if not phones and not externals:
        return
    same = or_(addresses.c.phone.in_(phones), addresses.c.external_id.in_(externals))
    rows = (await connection.execute(_PEOPLE.where(same))).all()
    for sender in unknown:
        for row in rows:
            is_same = (sender.phone and row.known_phone == sender.phone) or (
                sender.external_id and row.known_external_id == sender.external_id
            )
            if is_same and sender.key not in found:
                found[sender.key] = by_id.setdefault(row.id, _known(row))
                await _add_addresses(connection, [(row.id, sender)], now)


async def _create(
    strangers: Sequence[Sender],
    found: dict[tuple[str, str], Known],
    connection: AsyncConnection,
    now: datetime,
) -> None:
    """New people. WhatsApp and SMS of one new number in one batch are one person."""
    one_each = list({sender.phone or f"{sender.key}": sender for sender in strangers}.values())
    if not one_each:
        return
    blank = {"state": {}, "created_at": now}
    made = insert(people).returning(people.c.id, sort_by_parameter_order=True)
    ids = list(await connection.scalars(made, [blank] * len(one_each)))
    person_of = {s.phone or f"{s.key}": id for s, id in zip(one_each, ids, strict=True)}
    fresh: dict[int, Known] = {}
    pairs = []
    for sender in strangers:
        id = person_of[sender.phone or f"{sender.key}"]
        empty = dict.fromkeys(PEOPLE_COLUMNS) | {"state": {}, "admitted": False}
        found[sender.key] = fresh.setdefault(id, Known(id, empty, loaded=dict(empty)))
        pairs.append((id, sender))
    await _add_addresses(connection, pairs, now)


async def _add_addresses(
    connection: AsyncConnection, pairs: Sequence[tuple[int, Sender]], now: datetime
) -> None:
    rows = [
        {
            "person_id": id,
            "channel": sender.channel,
            "address": sender.address,
            "phone": sender.phone or None,
            "external_id": sender.external_id or None,
            "created_at": now,
        }
        for id, sender in pairs
    ]
    await connection.execute(insert(addresses), rows)


async def load_by_id(
    connection: AsyncConnection, ids: Sequence[int]
) -> dict[int, tuple[Known, Sender]]:
    """People by id with the address they wrote from last: where our own events answer."""
    query = (
        _PEOPLE.where(people.c.id.in_(ids))
        .order_by(None)
        .order_by(addresses.c.seen_at.desc().nulls_last())
    )
    found: dict[int, tuple[Known, Sender]] = {}
    for row in (await connection.execute(query)).all():
        found.setdefault(row.id, (_known(row), Sender(row.channel, row.address)))
    return found


async def at(connection: AsyncConnection, written: Iterable[str]) -> list[int]:
    """Who is at these addresses ("telegram:12345"), as far as they have written to us."""
    pairs = [address.split(":", 1) for address in written]
    here = [and_(addresses.c.channel == one, addresses.c.address == other) for one, other in pairs]
    query = select(addresses.c.person_id).where(or_(*here)).distinct()
    return sorted(await connection.scalars(query)) if here else []


async def save(connection: AsyncConnection, changed: Iterable[Known]) -> None:
    """Write people back, in bulk: most turns change no more than the place in the conversation."""
    whole, brief = [], []
    for known in changed:
        if known.gone:
            continue
        if any(known.columns[name] != known.loaded.get(name) for name in _SELDOM):
            whole.append({"pk": known.id, **known.columns})
        else:
            brief.append({"pk": known.id, **{name: known.columns[name] for name in _EACH_TURN}})
    for statement, rows in ((_SAVE_ALL, whole), (_SAVE_TURN, brief)):
        if rows:
            await connection.execute(statement, rows)


async def heard_from(connection: AsyncConnection, senders: Iterable[Sender], now: datetime) -> None:
    """They wrote: the address works, and WhatsApp's window is open from here."""
    rows = [{"c": s.channel, "a": s.address, "seen_at": now} for s in senders]
    if rows:
        await connection.execute(_HEARD, rows)


async def link_phone(
    connection: AsyncConnection, known: Known, key: tuple[str, str], phone: str
) -> int:
    """A proven number: note it, and join the person who has it already. Returns who remains.

    The registered one remains, else the older one; the other's rows move over. Who never wrote
    and only stands on an organisation's list always yields, and leaves what the list told.
    """
    here = and_(addresses.c.channel == key[0], addresses.c.address == key[1])
    await connection.execute(update(addresses).where(here).values(phone=phone))
    query = (
        select(people.c.id, people.c.registered_at, people.c.source, people.c.state)
        .join(addresses, addresses.c.person_id == people.c.id)
        .where(addresses.c.phone == phone, people.c.id != known.id)
        .order_by(people.c.id)
        .limit(1)
        .with_for_update(of=people)
    )
    other = (await connection.execute(query)).first()
    if other is None:
        return known.id
    on_a_list = listed.KEY in other.state
    if on_a_list:
        columns = known.columns
        columns["state"] = listed.joined(columns["state"], other.state)
        columns["source"] = columns["source"] or other.source
    mine = on_a_list or (known.columns["registered_at"] is not None and other.registered_at is None)
    stays, goes = (known.id, other.id) if mine else (other.id, known.id)
    for table in (addresses, outbox, consents, tickets):
        await connection.execute(
            update(table).where(table.c.person_id == goes).values(person_id=stays)
        )
    await programme.hand_over(connection, goes, stays)
    await tags.hand_over(connection, goes, stays)
    await mentoring.move(connection, goes, stays)
    await hand_over(connection, goes, stays)
    await offers.hand_over(connection, goes, stays)
    await reports.hand_over(connection, goes, stays)
    await circle.move(connection, goes, stays)
    await connection.execute(people.delete().where(people.c.id == goes))
    known.gone = goes == known.id
    return stays


async def person_at(connection: AsyncConnection, channel: str, address: str) -> int | None:
    """The id of the person behind an address."""
    where = and_(addresses.c.channel == channel, addresses.c.address == address)
    result: int | None = await connection.scalar(select(addresses.c.person_id).where(where))
    return result


async def also_at(
    connection: AsyncConnection, people_at: Iterable[tuple[int, str, str]], now: datetime
) -> None:
    """The same number on another channel, on which we write for the first time."""
    for person, channel, phone in people_at:
        row = {
            "person_id": person, "channel": channel, "address": phone, "phone": phone,
            "created_at": now,
        }  # fmt: skip
        await connection.execute(
            insert_once(connection, addresses).values(row).on_conflict_do_nothing()
        )

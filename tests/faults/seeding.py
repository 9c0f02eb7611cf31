"""Very many people in a database, written straight into its tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, text

from storage.database import Database
from storage.tables import addresses, mentees, people
from tests.faults.people import Person


async def populate(
    database: Database,
    who: Sequence[Person],
    seen: datetime,
    columns: Callable[[Person], dict[str, Any]],
) -> None:
    """People numbered from 1 who wrote at ``seen``, in a country that has no holidays.

    ``columns``: what else stands in the row of each.
    """
    ids = range(1, len(who) + 1)
    none: dict[str, Any] = {"needs": [], "languages": [], "meet": [], "availability": []}
    async with database.write() as connection:
        await connection.execute(
            insert(people),
            [
                {
                    "id": id, "language": "fr", "name": "Amina", "created_at": seen,
                    "seen_at": seen, "timezone": "Africa/Casablanca", **columns(one),
                }
                for id, one in zip(ids, who, strict=True)
            ],
        )  # fmt: skip
        await connection.execute(
            insert(mentees),
            [{"person_id": id, "country": "ZZ", "updated_at": seen, **none} for id in ids],
        )
        await connection.execute(
            insert(addresses),
            [
                {
                    "person_id": id, "channel": one.channel, "address": one.address,
                    "phone": one.address if one.channel != "telegram" else None,
                    "seen_at": seen, "created_at": seen,
                }
                for id, one in zip(ids, who, strict=True)
            ],
        )  # fmt: skip
        if not database.sqlite:
            sequence = "pg_get_serial_sequence('people', 'id')"
            await connection.execute(text(f"SELECT setval({sequence}, {len(who)})"))

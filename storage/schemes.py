"""The operators' list of schemes: what exists for funding and formalisation, and where to look.

A spreadsheet is the editor: the list goes out as CSV, is changed, and comes back whole. Nothing
is taken from a file with a mistake in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import schemes

TOPICS: Final = ("funding", "formalisation")
COLUMNS: Final = (
    "code", "topic", "position", "shown", "name_fr", "offer_fr", "name_ar", "offer_ar",
    "name_en", "offer_en", "link", "seen_on", "until",
)  # fmt: skip
_FIRST: Final = Path(__file__).parent / "data" / "schemes.csv"
_TEXTS: Final = tuple(name for name in COLUMNS if name.startswith(("name_", "offer_")))
_LONGEST: Final = {name: 80 if name.startswith("name_") else 160 for name in _TEXTS}
_YES_NO: Final = {"yes": True, "no": False}


class BadList(Exception):
    """The file cannot be taken; each line says which row and what to change."""


def first_content() -> list[dict[str, Any]]:
    """What the list holds before an operator changed it."""
    return read_csv(_FIRST.read_text(encoding="utf-8"))


def read_csv(text: str) -> list[dict[str, Any]]:
    """The rows of a list as CSV. Raises BadList."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise BadList(f"line 1: the columns {', '.join(missing)} are missing")
    problems: list[str] = []
    rows = [_row(told, line, problems) for line, told in enumerate(reader, start=2)]
    codes = [row["code"] for row in rows]
    problems += [f"{code} stands twice: delete one" for code in codes if codes.count(code) > 1]
    if problems:
        raise BadList("\n".join(dict.fromkeys(problems)))
    return rows


def _row(told: Mapping[str, str | None], line: int, problems: list[str]) -> dict[str, Any]:
    cells = {name: (told.get(name) or "").strip() for name in COLUMNS}
    wrong = [f"{name} is empty" for name in ("code", *_TEXTS, "link", "seen_on") if not cells[name]]
    wrong += [
        f"{name} is longer than {most} characters"
        for name, most in _LONGEST.items()
        if len(cells[name]) > most
    ]
    if len(cells["code"]) > 24:
        wrong.append("code is longer than 24 characters")
    if len(cells["link"]) > 120 or " " in cells["link"]:
        wrong.append("link is one address of at most 120 characters, without spaces")
    if cells["topic"] not in TOPICS:
        wrong.append(f"topic is {' or '.join(TOPICS)}")
    if cells["shown"] not in _YES_NO:
        wrong.append("shown is yes or no")
    if not cells["position"].isdecimal() or int(cells["position"]) > 999:
        wrong.append("position is a whole number below 1000")
    dates = {name: _date(cells[name]) for name in ("seen_on", "until")}
    wrong += [
        f"{name} is a date such as 2026-11-23"
        for name, day in dates.items()
        if cells[name] and day is None
    ]
    problems += [f"line {line}: {one}" for one in wrong]
    position = int(cells["position"]) if cells["position"].isdecimal() else 0
    return {**cells, **dates, "position": position, "shown": cells["shown"] == "yes"}


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def write_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """A list as CSV, as ``read_csv`` takes it back."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "shown": "yes" if row["shown"] else "no"} for row in rows)
    return out.getvalue()


async def listed(connection: AsyncConnection) -> list[dict[str, Any]]:
    """Every row, shown or not, in its order."""
    query = select(schemes).order_by(schemes.c.topic, schemes.c.position, schemes.c.code)
    return [dict(row._mapping) for row in await connection.execute(query)]


async def shown(connection: AsyncConnection, now: datetime) -> tuple[dict[str, Any], ...]:
    """What people are told of: not hidden, and not over."""
    today = now.date()
    rows = await listed(connection)
    return tuple(r for r in rows if r["shown"] and (r["until"] is None or r["until"] >= today))


async def replace(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """The whole list anew."""
    await connection.execute(delete(schemes))
    if rows:
        await connection.execute(insert(schemes), [dict(row) for row in rows])

"""mem sessions: what is booked, and what came of it; without anybody's words."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.base import app, with_database
from storage import sessions
from storage.database import Database


@app.command("sessions")
def listed(
    context: typer.Context,
    state: Annotated[
        str, typer.Option(help="booked, held, not_held, disputed, cancelled, displaced or all.")
    ] = "all",
    last: Annotated[int, typer.Option(min=1, help="How many, the latest first.")] = 50,
) -> None:
    """Sessions by their hour, the latest first: each on the clock of either side."""

    async def work(database: Database) -> Any:
        async with database.read() as connection:
            return await sessions.listed(connection, state, last)

    table = Table("number", "state", "mentee", "at", "mentor", "at", "how", "absent")
    table.columns[3].overflow = table.columns[5].overflow = "fold"
    for row in with_database(context, work):
        table.add_row(
            str(row.id),
            row.state,
            f"{row.mentee_id} {(row.mentee or '').split(' ')[0]}",
            _clock(row.wall, row.zone),
            f"{row.mentor_id} {(row.mentor or '').split(' ')[0]}",
            _clock(row.mentor_wall, row.mentor_zone),
            row.way,
            row.missed or "",
        )
    Console().print(table)


def _clock(wall: datetime, zone: str) -> str:
    return f"{wall:%Y-%m-%d %H:%M} {zone.rpartition('/')[2]}"

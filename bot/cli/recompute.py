"""mem recompute: after newer zone rules, put every coming session where it was agreed to be."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from bot.cli.base import app, here, with_database
from bot.retiming import retime
from storage.database import Database
from storage.recompute import Moved


@app.command()
def recompute(context: typer.Context) -> None:
    """Follow a country that changed its clock: agreed hours stand, both sides are told what moved.

    A running server does it by itself within the hour; doing it again does nothing.
    """
    now = here(context).clock.now()

    async def work(database: Database) -> Sequence[Moved]:
        async with database.write() as connection:
            return await retime(connection, now)

    moved = with_database(context, work)
    told = sum(one.shift.seen or one.displaced for one in moved)
    lost = sum(one.displaced for one in moved)
    typer.echo(f"{len(moved)} sessions moved in UTC; of {told} both people are told.")
    if lost:
        typer.echo(f"{lost} lost their hour to another session and need a new one.")

"""mem pairs: who accompanies whom, and an operator's word after a report."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.base import app, fail, here, with_database
from storage import pairs
from storage.database import Database

commands = typer.Typer(
    help="Accompaniments. A report pauses one: nothing passes between the two until it is resumed."
)
app.add_typer(commands, name="pairs")
Number = Annotated[int, typer.Argument(help="The number that the list shows.")]


@commands.command("list")
def listed(
    context: typer.Context,
    state: Annotated[str, typer.Option(help="active, paused, ended or all.")] = "all",
) -> None:
    """All accompaniments, those that wait for an operator first."""

    async def work(database: Database) -> Any:
        async with database.read() as connection:
            return await pairs.listed(connection, state)

    table = Table("number", "state", "mentee", "mentor", "since", "goal", "open report")
    for row in with_database(context, work):
        table.add_row(
            str(row.id),
            row.state,
            f"{row.mentee_id} {(row.mentee or '').split(' ')[0]}",
            f"{row.mentor_id} {(row.mentor or '').split(' ')[0]}",
            f"{row.started_at:%Y-%m-%d}",
            row.goal or "",
            "yes" if row.reported else "",
        )
    Console().print(table)


@commands.command()
def resume(context: typer.Context, number: Number) -> None:
    """Let a paused pair go on: both are told that they can write to each other."""
    now = here(context).clock.now()

    async def work(database: Database) -> bool:
        async with database.write() as connection:
            return await pairs.resume(connection, number, now)

    if not with_database(context, work):
        fail(f"No paused pair has the number {number}: mem pairs list --state paused.")
    typer.echo(f"Pair {number} goes on; both are told.")


@commands.command()
def end(context: typer.Context, number: Number) -> None:
    """End a pair: both are told without a reason, and the mentor's place is free again."""
    now = here(context).clock.now()

    async def work(database: Database) -> bool:
        async with database.write() as connection:
            return await pairs.close(connection, number, now)

    if not with_database(context, work):
        fail(f"No open pair has the number {number}: mem pairs list.")
    typer.echo(f"Pair {number} is ended; both are told.")

"""mem mentors: who wants to be a mentor, and an operator's word on it."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.base import app, fail, here, with_database
from storage import mentoring
from storage.database import Database

commands = typer.Typer(help="Mentors: a mentor goes live only when an operator has approved them.")
app.add_typer(commands, name="mentors")
Number = Annotated[int, typer.Argument(help="The number that the list shows.")]


def _show(context: typer.Context, state: str) -> None:
    async def work(database: Database) -> Any:
        async with database.read() as connection:
            return await mentoring.listed(connection, state)

    table = Table(
        "number", "first name", "place", "experience", "skills", "languages", "places", "network"
    )
    for row in with_database(context, work):
        place = (row.place or {}).get("name_fr", "")
        table.add_row(
            str(row.person_id),
            (row.name or "").split(" ")[0],
            place,
            row.experience or "",
            ", ".join(row.skills),
            ", ".join(row.languages),
            f"{row.taken}/{row.capacity}",
            row.network or "",
        )
    Console().print(table)


@commands.command()
def pending(context: typer.Context) -> None:
    """Who waits for an operator's word, the longest waiting first."""
    _show(context, "pending")


@commands.command()
def approved(context: typer.Context) -> None:
    """Who is proposed to mentees."""
    _show(context, "approved")


def _decide(context: typer.Context, number: int, state: str) -> None:
    now = here(context).clock.now()

    async def work(database: Database) -> bool:
        async with database.write() as connection:
            return await mentoring.decide(connection, number, state, now)

    if not with_database(context, work):
        fail(
            f"No mentor has the number {number}, or they are {state} already: mem mentors pending."
        )
    typer.echo(f"{number} is {state}; they are told.")


@commands.command()
def approve(context: typer.Context, number: Number) -> None:
    """Let a mentor in: they are told, and those who wait are looked at anew."""
    _decide(context, number, "approved")


@commands.command()
def decline(context: typer.Context, number: Number) -> None:
    """Say no to an offer, kindly."""
    _decide(context, number, "declined")

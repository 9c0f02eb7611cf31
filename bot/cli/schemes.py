"""mem schemes: the list of what exists for funding and formalisation, edited as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.base import app, fail, with_database
from storage import schemes
from storage.database import Database

commands = typer.Typer(help="What people are told about funding and formalisation.")
app.add_typer(commands, name="schemes")


def _all(context: typer.Context) -> list[dict[str, Any]]:
    async def work(database: Database) -> list[dict[str, Any]]:
        async with database.read() as connection:
            return await schemes.listed(connection)

    return with_database(context, work)


@commands.command(name="list")
def list_(context: typer.Context) -> None:
    """What is listed, in which order, and whether it is shown."""
    table = Table("code", "topic", "name", "link", "seen on", "until", "shown")
    for row in _all(context):
        until = str(row["until"] or "")
        told = (row["code"], row["topic"], row["name_fr"], row["link"], str(row["seen_on"]), until)
        table.add_row(*told, "yes" if row["shown"] else "no")
    Console().print(table)


@commands.command(name="export")
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The CSV file to write.")],
) -> None:
    """Write the list as CSV, to be changed in a spreadsheet."""
    rows = _all(context)
    # With the mark in front Excel reads Arabic as Arabic.
    file.write_text("\ufeff" + schemes.write_csv(rows), encoding="utf-8")
    typer.echo(f"{len(rows)} rows written to {file}.")


@commands.command(name="import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The CSV file, as export wrote it.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is wrong.")] = False,
) -> None:
    """Replace the list by a CSV file; nothing is taken from a file with a mistake in it."""
    try:
        rows = schemes.read_csv(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} cannot be read as UTF-8 text ({type(error).__name__}).")
    except schemes.BadList as error:
        fail(f"Nothing was taken from {file}:\n{error}")
    if dry_run:
        typer.echo(f"{len(rows)} rows are right; nothing was changed.")
        return

    async def work(database: Database) -> None:
        async with database.write() as connection:
            await schemes.replace(connection, rows)

    with_database(context, work)
    typer.echo(f"The list now holds {len(rows)} rows, {sum(r['shown'] for r in rows)} shown.")

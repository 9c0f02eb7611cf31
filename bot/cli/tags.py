"""mem tags: words on people, to choose the audience of an announcement by."""

from __future__ import annotations

import re
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.base import app, fail, with_database
from storage import conversations, tags
from storage.database import Database

commands = typer.Typer(help="Words on people, to choose the audience of an announcement by.")
app.add_typer(commands, name="tags")
Tag = Annotated[str, typer.Argument(help="Small letters, digits and -, such as workshop-fes.")]
Who = Annotated[list[str], typer.Argument(help="Their addresses: sms:+212..., telegram:123...")]
_TAG = re.compile(r"[a-z0-9-]{1,24}")


async def _ids(database: Database, who: list[str]) -> list[int]:
    async with database.read() as connection:
        return await conversations.at(connection, [one for one in who if ":" in one])


@commands.command(name="list")
def list_(context: typer.Context) -> None:
    """All tags, and how many people have them."""

    async def work(database: Database) -> list[tuple[str, int]]:
        async with database.read() as connection:
            return [(row.tag, row.people) for row in await tags.counted(connection)]

    table = Table("tag", "people")
    for tag, many in with_database(context, work):
        table.add_row(tag, str(many))
    Console().print(table)


@commands.command()
def add(context: typer.Context, tag: Tag, who: Who) -> None:
    """Put a tag on people."""
    if not _TAG.fullmatch(tag):
        fail("A tag is 1 to 24 small letters, digits and -, such as workshop-fes.")

    async def work(database: Database) -> int:
        ids = await _ids(database, who)
        async with database.write() as connection:
            if ids:
                await tags.put(connection, ids, tag)
        return len(ids)

    typer.echo(f"{with_database(context, work)} of {len(who)} addresses are known and have it.")


@commands.command()
def remove(context: typer.Context, tag: Tag, who: Who) -> None:
    """Take a tag from people."""

    async def work(database: Database) -> int:
        ids = await _ids(database, who)
        async with database.write() as connection:
            return await tags.drop(connection, ids, tag)

    typer.echo(f"{with_database(context, work)} people had it.")

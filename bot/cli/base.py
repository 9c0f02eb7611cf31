"""What all subcommands share: the settings, a database to look into, and how errors are told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import typer

from bot.clock import Clock, OldZoneData
from bot.logs import set_up
from bot.settings import Settings, SettingsError, load
from storage import migrate
from storage.database import Database

T = TypeVar("T")
app = typer.Typer(
    name="mem",
    help="Mentoring MeM: the front door of a mentoring programme, on WhatsApp, SMS, Telegram and the web.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@dataclass(frozen=True, slots=True)
class Context:
    """The settings and the clock that a subcommand works with; a rehearsal gives its own."""

    settings: Settings
    clock: Clock


def fail(text: str) -> NoReturn:
    """Tell what to change, and leave with exit code 1."""
    typer.echo(text, err=True)
    raise typer.Exit(1)


def here(context: typer.Context) -> Context:
    """The surroundings of this call. Wrong settings end it with what to change."""
    if isinstance(context.obj, Context):
        return context.obj
    try:
        settings = load()
    except SettingsError as error:
        fail(str(error))
    set_up(settings.log.format, settings.log.level)
    return Context(settings, Clock())


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run one command's work to its end."""
    try:
        return asyncio.run(work)
    except OldZoneData as error:
        fail(str(error))


@asynccontextmanager
async def opened(context: Context) -> AsyncIterator[Database]:
    """The database, at the revision that this code needs."""
    database = Database(context.settings.database.url)
    try:
        await ready(database)
        yield database
    finally:
        await database.close()


async def ready(database: Database) -> None:
    """SQLite is migrated by itself; a PostgreSQL that is behind is told so."""
    newest = migrate.newest()
    try:
        have = await migrate.current(database)
    except Exception as error:
        fail(
            f"The database does not answer ({type(error).__name__}): check database.url in config.yaml."
        )
    if have == newest:
        return
    if not database.sqlite:
        fail(
            f"The database is at revision {have or 'none'}, this code needs {newest}: run mem migrate."
        )
    await migrate.migrate(database)


Work = Callable[[Database], Awaitable[T]]


def with_database(context: typer.Context, work: Work[T]) -> T:
    """Run ``work`` over the database."""
    surroundings = here(context)

    async def go() -> T:
        async with opened(surroundings) as database:
            return await work(database)

    return run(go())

"""Alembic, called from Python: the same migrations on both databases, no ini file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import Database, metadata


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for a connection."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.attributes["connection"] = connection
    return made


def newest() -> str:
    """The revision that this code needs."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None
    return head


async def current(database: Database) -> str | None:
    """The revision that the database has; None where it is empty."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(
            lambda c: MigrationContext.configure(c).get_current_revision()
        )


async def migrate(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision, up or down. Whole, or not at all."""
    # A plain engine: Alembic's batch mode begins its own transactions on SQLite.
    engine = create_async_engine(database.url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_run, revision)
    finally:
        await engine.dispose()


def _run(connection: Connection, revision: str) -> None:
    made = config(connection)
    script = ScriptDirectory.from_config(made)
    have = MigrationContext.configure(connection).get_current_revision()
    if _is_behind(script, have, revision):
        command.upgrade(made, revision)
    else:
        command.downgrade(made, revision)


def _is_behind(script: ScriptDirectory, have: str | None, wanted: str) -> bool:
    if wanted == "head" or have is None:
        return True
    if wanted == "base":
        return False
    ancestors: set[Any] = {step.revision for step in script.iterate_revisions(have, "base")}
    return wanted not in ancestors


def differences(connection: Connection) -> list[Any]:
    """What the tables of this code and of the database do not agree on."""
    context = MigrationContext.configure(
        connection,
        opts={
            "compare_type": True,
            "include_name": lambda name, type_, parents: (
                not (name or "").startswith("procrastinate")
            ),
        },
    )
    return list(compare_metadata(context, metadata))

"""mem demo: an empty database is filled with a believable cohort."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import func, select

from bot.cli.base import Context, app, fail, here, opened, run
from bot.demo import COHORT, Demo, is_empty
from bot.logs import set_up
from bot.settings import Settings
from storage.pairing import mentors, pairs, proposals, requests, sessions
from storage.tables import mentees


@app.command()
def demo(
    context: typer.Context,
    force_into: Annotated[
        Path | None,
        typer.Option("--force-into", help="A SQLite file of its own, whatever config.yaml says."),
    ] = None,
) -> None:
    """Fill an empty database with an invented cohort: mentors, mentees, requests, pairs, sessions.

    Nobody is written to: what would have gone out is noted as sent. Then look with mem match
    --dry-run, mem mentors approved, mem mentors pending, mem sessions, mem outbox, and make run.
    """
    surroundings = here(context)
    settings = surroundings.settings
    if force_into is not None:
        settings = _into(settings, force_into)
    elif settings.twilio.account_sid or settings.telegram.token.get_secret_value():
        fail(
            "This database belongs to a bot that really writes to people: call it with "
            "--force-into demo.db, a file of its own."
        )
    set_up(settings.log.format, "ERROR")
    run(_fill(Context(settings, surroundings.clock)))


def _into(settings: Settings, file: Path) -> Settings:
    changes: dict[str, Any] = settings.model_dump()
    changes |= {"database": {"url": f"sqlite:///{file}"}, "telegram": {}, "twilio": {}}
    return Settings(**changes)


async def _fill(context: Context) -> None:
    async with opened(context) as database:
        if not await is_empty(database):
            fail(
                "Somebody is in this database already: mem demo fills an empty one only. Name "
                "another in MEM_DATABASE__URL, or write --force-into demo.db (a new file)."
            )
    typer.echo("Playing three weeks of a cohort...")
    await Demo.over(context.settings, context.clock.now()).play()
    async with opened(context) as database, database.read() as connection:
        waits = mentees.c.waiting_since.is_not(None)
        counts = {
            "mentees": select(func.count()).select_from(mentees),
            "approved mentors": _count(mentors, mentors.c.state == "approved"),
            "mentor to be approved": _count(mentors, mentors.c.state == "pending"),
            "pairs": select(func.count()).select_from(pairs),
            "of them with an agreement": _count(pairs, pairs.c.agreed_at.is_not(None)),
            "sessions held": _count(sessions, sessions.c.state == "held"),
            "sessions booked": _count(sessions, sessions.c.state == "booked"),
            "open requests": _count(requests, requests.c.state == "asked"),
            "mentors proposed": _count(proposals, proposals.c.state == "shown"),
            "waiting for somebody to fit": _count(mentees, waits),
        }
        for name, query in counts.items():
            typer.echo(f"{await connection.scalar(query):4} {name}")
    typer.echo(
        f"Now: mem match --cohort {COHORT} --dry-run, mem sessions, mem mentors pending, make run."
    )


def _count(table: Any, holds: Any) -> Any:
    return select(func.count()).select_from(table).where(holds)

"""mem check, map, inbox, outbox, tickets, admit: for whoever keeps the bot running."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from bot.checking import check_all
from bot.cli.base import app, fail, here, with_database
from bot.drawing import mermaid
from flows.book import FLOWS
from storage import conversations, inbox, outbox, programme, verdicts
from storage.database import Database
from storage.tables import inbox as inbox_rows
from storage.tables import outbox as outbox_rows


@app.command()
def check(context: typer.Context) -> None:
    """Check settings, zone rules, texts, imports and parts per SMS; exit code 1 on a failure."""
    surroundings = here(context)
    good = True
    for name, problems, told in check_all(surroundings.settings):
        typer.echo(f"{'FAIL' if problems else 'ok  '} {name}{': ' + told if told else ''}")
        for problem in problems:
            typer.echo(f"     {problem}")
        good = good and not problems
    if not good:
        raise typer.Exit(1)


@app.command(name="map")
def map_(
    flow: Annotated[str | None, typer.Argument(help="One flow; all of them without it.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="A file to write, .mmd.")] = None,
) -> None:
    """Draw the flows as Mermaid, from the same objects that run."""
    wanted = [one for one in FLOWS if flow in (None, one.name)]
    if not wanted:
        fail(f"No flow is called {flow}: {', '.join(one.name for one in FLOWS)}.")
    drawn = mermaid(wanted)
    if out is None:
        typer.echo(drawn)
    else:
        out.write_text(drawn + "\n", encoding="utf-8")


@app.command(name="inbox")
def inbox_(
    context: typer.Context,
    state: Annotated[str, typer.Argument(help="new, done or parked.")] = "parked",
    replay: Annotated[
        list[int] | None, typer.Option(help="Serve this parked message again.")
    ] = None,
) -> None:
    """List messages that came in, without their words; replay parked ones."""

    async def work(database: Database) -> list[Any]:
        async with database.write() as connection:
            if replay:
                typer.echo(f"{await inbox.replay(connection, replay)} will be served again.")
            columns = ("id", "channel", "state", "attempts", "error", "received_at")
            query = select(*(inbox_rows.c[name] for name in columns)).where(
                inbox_rows.c.state == state
            )
            return list(
                (await connection.execute(query.order_by(inbox_rows.c.id).limit(200))).all()
            )

    _table(
        ("id", "channel", "state", "attempts", "error", "received"), with_database(context, work)
    )


@app.command(name="outbox")
def outbox_(
    context: typer.Context,
    state: Annotated[
        str | None, typer.Argument(help="new, sending, sent, unsure, failed or dropped.")
    ] = None,
    replay: Annotated[
        list[int] | None, typer.Option(help="Send this failed or unsure message again.")
    ] = None,
    believe: Annotated[
        str | None, typer.Option(help="On this channel the provider is right: give them up.")
    ] = None,
    disbelieve: Annotated[
        str | None, typer.Option(help="On this channel the provider was wrong: write on.")
    ] = None,
) -> None:
    """Count messages that go out; with a state list them, without their words; replay some.

    Says too where a provider calls so many unreachable or opted out that you are to decide.
    """
    now = here(context).clock.now()

    async def work(database: Database) -> tuple[Any, list[Any], Sequence[Any]]:
        async with database.write() as connection:
            if believe:
                many = _decided(believe, await verdicts.believe(connection, believe, now))
                typer.echo(f"{many} addresses are not written to until they write.")
            if disbelieve:
                many = _decided(disbelieve, await verdicts.disbelieve(connection, disbelieve, now))
                typer.echo(f"{many} addresses are written to as before.")
            if replay:
                typer.echo(f"{await outbox.replay(connection, replay, now)} will be sent again.")
            counts = await outbox.counts(connection)
            columns = (
                "id",
                "channel",
                "purpose",
                "state",
                "attempts",
                "error",
                "status",
                "created_at",
            )
            query = select(*(outbox_rows.c[name] for name in columns)).where(
                outbox_rows.c.state == state
            )
            rows = (await connection.execute(query.order_by(outbox_rows.c.id).limit(200))).all()
            return counts, list(rows), await verdicts.held(connection)

    counts, rows, held = with_database(context, work)
    if state is None:
        _table(
            ("channel", "state", "messages"),
            [(*key, count) for key, count in sorted(counts.items())],
        )
    else:
        _table(
            ("id", "channel", "purpose", "state", "attempts", "error", "status", "created"), rows
        )
    _tell_held(held)


def _decided(channel: str, many: int | None) -> int:
    if many is None:
        fail(f"Nothing waits for you on {channel}: mem outbox says where something does.")
    return many


def _tell_held(held: Sequence[Any]) -> None:
    """Where a provider is not believed, and what to do about it."""
    for (channel, since), rows in groupby(held, lambda row: (row.channel, row.wave_at)):
        said = ", ".join(f"{row.many} {row.held} ({row.error})" for row in rows if row.many)
        typer.echo(
            f"{channel}: since {since:%Y-%m-%d %H:%M} UTC too many addresses at once are said to "
            f"be lost: {said or 'all of them have written or got something since'}. None of that "
            "is believed yet, and what we begin there waits. Look at the provider's status page "
            f"and the code; if it is true, mem outbox --believe {channel}; if the provider was "
            f"wrong, mem outbox --disbelieve {channel}."
        )


@app.command()
def tickets(
    context: typer.Context,
    close: Annotated[int | None, typer.Option(help="This one has been answered.")] = None,
) -> None:
    """List the people who wait for a person; close a ticket that was answered."""
    now = here(context).clock.now()

    async def work(database: Database) -> list[Any]:
        async with database.write() as connection:
            if close is not None and not await programme.close_ticket(connection, close, now):
                fail(f"No open ticket has the number {close}.")
            rows = await programme.open_tickets(connection)
        return [(r.id, r.person_id, r.language, r.reason, r.asked, r.opened_at) for r in rows]

    _table(
        ("ticket", "person", "language", "reason", "asked", "since"), with_database(context, work)
    )


@app.command()
def admit(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="Channel and address, such as sms:+212600000001.")],
) -> None:
    """Let somebody join whom the age rule kept out; the bot takes up the conversation again."""
    now = here(context).clock.now()

    async def work(database: Database) -> None:
        channel, _, where = address.partition(":")
        async with database.write() as connection:
            person = await conversations.person_at(connection, channel, where)
            if person is None:
                fail("Nobody writes from that address: check it, or they were erased.")
            await programme.admit(connection, person, now)

    with_database(context, work)
    typer.echo("Admitted.")


def _table(columns: tuple[str, ...], rows: list[Any]) -> None:
    if not rows:
        typer.echo("Nothing.")
        return
    table = Table(*columns)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    Console(width=120).print(table)

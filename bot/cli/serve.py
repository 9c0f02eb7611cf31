"""mem serve, worker, chat, migrate."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import suppress
from typing import Annotated

import typer
import uvicorn
from sqlalchemy import inspect

from bot.app import App
from bot.channels.base import Inbound, Outbound
from bot.channels.terminal import Terminal
from bot.cli.base import Context, app, fail, here, ready, run
from bot.runtime.distributed import application
from bot.transcript import repro
from storage import migrate as migrations
from storage.database import Database


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve everything in one process: web chat, webhooks, worker, sender and clock."""
    surroundings = here(context)
    server = surroundings.settings.server
    run(_serve(surroundings, host or server.host, server.port if port is None else port))


async def _serve(surroundings: Context, host: str, port: int) -> None:
    made = App(surroundings.settings, clock=surroundings.clock)
    await ready(made.database)
    config = uvicorn.Config(
        made.web(), host=host, port=port, access_log=False, log_config=None,
        timeout_graceful_shutdown=10, server_header=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    beside = [
        asyncio.create_task(_tell(server, host, port, made)),
        asyncio.create_task(_end_streams(server, made)),
    ]
    await server.serve()
    for task in beside:
        task.cancel()


async def _end_streams(server: uvicorn.Server, made: App) -> None:
    """Open pages would hold the server until its time-out; they come back by themselves."""
    while not server.should_exit:
        await asyncio.sleep(0.1)
    web = made.channels.get("web")
    if web is not None:
        await web.stop()


async def _tell(server: uvicorn.Server, host: str, port: int, made: App) -> None:
    """Say where to click, once it answers."""
    while not server.started:
        await asyncio.sleep(0.05)
    if server.servers:
        port = server.servers[0].sockets[0].getsockname()[1]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 compares, binds nothing
    typer.echo(f"\n  Mentoring MeM is ready. Talk to it: http://{shown}:{port}\n")
    off = [name for name in ("telegram", "whatsapp", "sms") if name not in made.channels]
    if off:
        typer.echo(f"  Not configured: {', '.join(off)} (see config.yaml). Stop with Ctrl+C.\n")


@app.command()
def worker(context: typer.Context) -> None:
    """Work without a web server: turns, sender and clock, one of many processes on PostgreSQL."""
    surroundings = here(context)
    if surroundings.settings.database.is_sqlite:
        fail("mem worker shares work through PostgreSQL: set database.url, or use mem serve.")
    run(_work(surroundings))


async def _work(surroundings: Context) -> None:
    made = App(surroundings.settings, clock=surroundings.clock)
    await ready(made.database)
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await made.start()
    typer.echo("Working. Stop with Ctrl+C.")
    await stop.wait()
    await made.stop()


@app.command()
def chat(
    context: typer.Context,
    name: Annotated[str, typer.Option(help="Whose conversation: each name is a person.")] = "me",
    show_repro: Annotated[
        bool,
        typer.Option("--repro", help="At the end, print the conversation as a test transcript."),
    ] = False,
) -> None:
    """Talk to the bot in the terminal, through the same pipeline. An empty line leaves."""
    run(_chat(here(context), name, show_repro))


async def _chat(surroundings: Context, name: str, show_repro: bool) -> None:
    said: list[tuple[str, str | Outbound]] = []

    def show(out: Outbound) -> None:
        said.append(("mem", out))
        typer.echo(typer.style(out.text, fg="green") + "\n")

    made = App(
        surroundings.settings, clock=surroundings.clock, channels={"terminal": Terminal(show)}
    )
    await ready(made.database)
    await made.start()
    number = 0
    started = surroundings.clock.now().isoformat()
    typer.echo("Write to the bot; an empty line leaves.\n")
    while line := (await asyncio.to_thread(_read_line)):
        number += 1
        said.append(("me", line))
        await made.intake.store(
            [Inbound("terminal", f"{name}:{started}:{number}", name, text=line)]
        )
        before = len(said)
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                while len(said) == before:
                    await asyncio.sleep(0.01)
    await made.stop()
    if show_repro:
        typer.echo(repro(said))


def _read_line() -> str:
    typer.echo("> ", nl=False)
    return sys.stdin.readline().strip()


@app.command()
def migrate(
    context: typer.Context,
    revision: Annotated[str, typer.Argument(help="Where to, up or down.")] = "head",
) -> None:
    """Bring the database to this code's revision (or to another one)."""
    surroundings = here(context)
    database = Database(surroundings.settings.database.url)
    run(_migrate(database, revision))


async def _migrate(database: Database, revision: str) -> None:
    await migrations.migrate(database, revision)
    if not database.sqlite and revision == "head":
        await _queue_tables(database)
    typer.echo(f"The database is at revision {await migrations.current(database) or 'none'}.")
    await database.close()


async def _queue_tables(database: Database) -> None:
    """Procrastinate's own tables, once."""
    async with database.engine.connect() as connection:
        there = await connection.run_sync(lambda c: inspect(c).has_table("procrastinate_jobs"))
    if not there:
        queue = application(database.url)
        async with queue.open_async():
            await queue.schema_manager.apply_schema_async()

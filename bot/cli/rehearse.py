"""mem rehearse: people, a clock and a temporary database, for people and for programs."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from typer.testing import CliRunner

from bot.cli.base import Context, app, fail, here, run
from bot.clock import Clock
from bot.logs import set_up
from bot.rehearsal import NotUnderstood, Rehearsal, duration
from bot.settings import Settings
from bot.transcript import Player, entries


@app.command()
def rehearse(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="A transcript to play.")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="One JSON object a line on standard input and output.")
    ] = False,
    now: Annotated[str | None, typer.Option(help="What time it is at the start, ISO 8601.")] = None,
    timezone: Annotated[
        str | None, typer.Option(help="The zone of people whose town is not known.")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="A database to keep, instead of a temporary one.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Which engine understands: embedded or rasa.")
    ] = "embedded",
) -> None:
    """Play several people over simulated days and print what everyone saw."""
    base = here(context)
    set_up(base.settings.log.format, "ERROR")
    if engine not in ("embedded", "rasa"):
        fail("--engine is embedded or rasa.")
    if not jsonl and file is None:
        fail("Name a transcript, or use --jsonl.")
    with tempfile.TemporaryDirectory(prefix="mem-") as folder:
        kept = database or f"sqlite:///{folder}/mem.db"
        settings = _settings(base.settings, kept, timezone, engine)
        rehearsal = Rehearsal(settings, Clock(_time(now)))
        run(_programs(rehearsal) if jsonl else _people(rehearsal, file or Path()))


def _settings(base: Settings, database: str, timezone: str | None, engine: str) -> Settings:
    """Nothing of the real providers, and a database of its own."""
    changes: dict[str, Any] = base.model_dump()
    if "://" not in database:
        database = f"sqlite:///{database}"
    changes |= {"database": {"url": database}, "telegram": {}, "twilio": {}}
    changes["understanding"] = {**changes["understanding"], "engine": engine}
    if timezone:
        changes["programme"] = {**changes["programme"], "timezone": timezone}
    try:
        return Settings(**changes)
    except ValueError as error:
        fail(f"--database or --timezone cannot be used: {error}")


def _time(told: str | None) -> datetime:
    if told is None:
        return datetime.now(UTC)
    try:
        return _aware(told)
    except ValueError:
        fail(f"--now is not ISO 8601: {told}")


async def _people(rehearsal: Rehearsal, file: Path) -> None:
    if not file.exists():
        fail(f"{file} does not exist.")
    await rehearsal.begin()
    player = Player(rehearsal, file.parent)
    try:
        for entry in entries(file.read_text(encoding="utf-8")):
            if entry.is_seen:
                continue
            typer.echo(entry.text)
            for seen in await player.play(entry):
                typer.echo(seen)
    except NotUnderstood as error:
        fail(str(error))
    finally:
        await rehearsal.end()


async def _programs(rehearsal: Rehearsal) -> None:
    await rehearsal.begin()
    number = 0
    while line := await asyncio.to_thread(sys.stdin.buffer.readline):
        if not line.strip():
            continue
        number += 1
        done: dict[str, Any] = {"done": number}
        try:
            for out in await _play(rehearsal, orjson.loads(line)):
                _print(out)
        except orjson.JSONDecodeError:
            done["error"] = "not JSON"
        except (NotUnderstood, ValueError, TypeError, KeyError) as error:
            done["error"] = str(error) or type(error).__name__
        _print(done)
    await rehearsal.end()


def _print(value: dict[str, Any]) -> None:
    sys.stdout.write(orjson.dumps(value).decode() + "\n")
    sys.stdout.flush()


async def _play(rehearsal: Rehearsal, told: Any) -> list[dict[str, Any]]:
    """One line of input; what it made us send or show."""
    if not isinstance(told, dict):
        raise NotUnderstood("a line is one JSON object")
    if "from" in told:
        said = {key: value for key, value in told.items() if key != "from"}
        return [sent.as_json() for sent in await rehearsal.write(str(told["from"]), **said)]
    if "now" in told:
        return [sent.as_json() for sent in await rehearsal.move(_aware(told["now"]))]
    if "advance" in told:
        to = rehearsal.clock.now() + duration(str(told["advance"]))
        return [sent.as_json() for sent in await rehearsal.move(to)]
    if "show" in told:
        return [await rehearsal.show(str(told["show"]))]
    if "command" in told:
        return await _command(rehearsal, [str(word) for word in told["command"]])
    if told.get("restart"):
        await rehearsal.restart()
        return []
    raise NotUnderstood("say from, now, advance, show, command or restart")


def _aware(told: Any) -> datetime:
    at = datetime.fromisoformat(str(told))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


async def _command(rehearsal: Rehearsal, words: list[str]) -> list[dict[str, Any]]:
    """A subcommand over the same database and clock; then whatever it made due."""
    surroundings = Context(rehearsal.settings, rehearsal.clock)
    result = await asyncio.to_thread(CliRunner().invoke, app, words, obj=surroundings)
    told = {"command": words, "exit": result.exit_code, "output": result.output}
    return [told, *(sent.as_json() for sent in await rehearsal.settle())]

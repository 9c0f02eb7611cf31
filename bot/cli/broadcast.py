"""mem broadcast: an announcement to many, read before it goes, and followed until it is done."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy.engine import Row

from bot import broadcasts as plans
from bot.broadcasts import DraftError, Preview, Status
from bot.catalog import Catalog
from bot.cli.base import app, fail, here, with_database
from bot.composer import Composer
from bot.reach import Surroundings
from storage import broadcasts, conversations, outbox
from storage.database import Database

commands = typer.Typer(help="Announcements: draft, preview, test, send; nobody gets one twice.")
app.add_typer(commands, name="broadcast")
Number = Annotated[int, typer.Argument(help="The number that draft and list show.")]
Many = Annotated[list[str] | None, typer.Option()]
READER = "Amina"
"""Whose name stands in a text that is shown to the team."""
Days = Annotated[int | None, typer.Option(min=1)]


def _text(told: str | None) -> str | None:
    """The words themselves, or @ and the name of a file that holds them."""
    if told is None or not told.startswith("@"):
        return told
    try:
        return Path(told[1:]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{told[1:]} cannot be read ({type(error).__name__}): give a text file in UTF-8.")


def _the(context: typer.Context, number: int) -> Row[Any]:
    async def work(database: Database) -> Mapping[int, Row[Any]]:
        async with database.read() as connection:
            return await broadcasts.by_id(connection, [number])

    found = with_database(context, work).get(number)
    return found if found is not None else fail(f"No announcement has the number {number}.")


@commands.command()
def draft(
    context: typer.Context,
    title: Annotated[str, typer.Option(help="One line: it is shown where WhatsApp takes no more.")],
    fr: Annotated[
        str | None, typer.Option(help="The text, or @FILE. {name} is a first name.")
    ] = None,
    ar: Annotated[str | None, typer.Option(help="The same in Arabic.")] = None,
    en: Annotated[str | None, typer.Option(help="The same in English.")] = None,
    fallback: Annotated[
        str, typer.Option(help="In this order for whose language has no text.")
    ] = "fr,ar,en",
    role: Many = None,
    region: Many = None,
    country: Many = None,
    sector: Many = None,
    stage: Many = None,
    language: Many = None,
    cohort: Annotated[
        list[str] | None, typer.Option(help="The code with which they came: a cohort, a poster.")
    ] = None,
    tag: Many = None,
    without_tag: Many = None,
    active_days: Days = None,
    silent_days: Days = None,
    untold_days: Annotated[
        int | None, typer.Option(min=1, help="Not to whom an announcement went in so many days.")
    ] = None,
    sms: Annotated[
        bool, typer.Option("--sms", help="By SMS where WhatsApp cannot be used.")
    ] = False,
    opens: Annotated[str, typer.Option(help="What a plain yes to it leads to.")] = "",
) -> None:
    """Write a draft. Nothing is sent."""
    texts = {
        code: text for code, told in (("fr", fr), ("ar", ar), ("en", en)) if (text := _text(told))
    }
    order = [one.strip() for one in fallback.split(",") if one.strip()]
    told: dict[str, Any] = {
        "role": role, "region": region, "country": country, "sector": sector, "stage": stage,
        "language": language, "cohort": cohort, "tag": tag, "without_tag": without_tag,
        "active_days": active_days, "silent_days": silent_days, "untold_days": untold_days,
    }  # fmt: skip
    wanted = {name: value for name, value in told.items() if value}
    try:
        plans.check(title, texts, order, opens)
        plans.check_audience(wanted)
    except DraftError as error:
        fail(f"{error}.")
    values = {
        "title": title.strip(), "texts": texts, "fallback": order, "audience": wanted, "sms": sms,
        "opens": opens, "created_at": here(context).clock.now(),
    }  # fmt: skip

    async def work(database: Database) -> int:
        async with database.write() as connection:
            return await broadcasts.draft(connection, values)

    number = with_database(context, work)
    typer.echo(f"Draft {number}. Now: mem broadcast preview {number}")


@commands.command(name="list")
def list_(context: typer.Context) -> None:
    """All announcements, the newest first."""

    async def work(database: Database) -> Any:
        async with database.read() as connection:
            return await broadcasts.listed(connection)

    table = Table("number", "title", "state", "languages", "audience", "copies", "sent")
    for row in with_database(context, work):
        wanted = ", ".join(f"{k} {_shown(v)}" for k, v in row.audience.items()) or "everybody"
        sent = row.sent_at.strftime("%d %b %Y %H:%M") if row.sent_at else ""
        told = (str(row.id), row.title, row.state, " ".join(row.texts), wanted)
        table.add_row(*told, str(row.size), sent)
    Console().print(table)


def _shown(value: Any) -> str:
    return " or ".join(value) if isinstance(value, list) else str(value)


def _previewed(context: typer.Context, row: Row[Any]) -> Preview:
    surroundings = here(context)
    settings = surroundings.settings

    async def work(database: Database) -> Preview:
        async with database.write() as connection:
            return await plans.preview(
                connection, row, Surroundings.of(settings), Composer(Catalog()), settings.prices,
                surroundings.clock.now(),
            )  # fmt: skip

    return with_database(context, work)


@commands.command()
def preview(context: typer.Context, number: Number) -> None:
    """Who would get it, how, at what price; who would not, and why. Nothing is sent."""
    row = _the(context, number)
    told = _previewed(context, row)
    console, composer = Console(), Composer(Catalog())
    for language in row.texts:
        console.rule(language)
        text = composer.announcement(row, language, READER).text
        console.print(text, markup=False, highlight=False)
    console.rule()
    _tell(console, told, here(context).settings.prices.currency)


def _tell(console: Console, told: Preview, currency: str) -> None:
    table = Table("copies", "what becomes of them")
    table.add_row(str(told.size), "audience")
    for (channel, way), many in sorted(told.ways.items()):
        table.add_row(str(many), f"go by {channel} as {way}")
    for what, counted in (("of these wait first", told.waits), ("get nothing", told.never)):
        for why, many in sorted(counted.items()):
            table.add_row(str(many), f"{what}: {why.replace('_', ' ')}")
    for language, many in sorted(told.languages.items()):
        table.add_row(str(many), f"read it in {language}")
    console.print(table)
    parts = f"{told.sms_parts} SMS parts, " if told.sms_parts else ""
    console.print(f"{told.goes} messages, {parts}about {told.cost:.2f} {currency}.")


@commands.command()
def test(
    context: typer.Context,
    number: Number,
    to: Annotated[str, typer.Option(help="Your own address: telegram:12345678, whatsapp:+212...")],
) -> None:
    """Send it to yourself, in each of its languages. You wrote to the bot once before."""
    row = _the(context, number)
    channel, _, address = to.partition(":")
    now = here(context).clock.now()

    async def work(database: Database) -> bool:
        async with database.write() as connection:
            person = await conversations.person_at(connection, channel, address)
            if person is None:
                return False
            composer, to = Composer(Catalog()), (person, channel, address)
            texts = [composer.announcement(row, language, READER) for language in row.texts]
            rows = [outbox.written(to, "reply", one.as_json(), now) for one in texts]
            await outbox.add(connection, rows)
            return True

    if not with_database(context, work):
        fail(f"Nobody wrote from {channel} and that address: write to the bot from it once.")
    typer.echo("On its way to you; to nobody else.")


@commands.command()
def send(
    context: typer.Context,
    number: Number,
    on: Annotated[str | None, typer.Option(help="The day, as 2026-12-01; else today.")] = None,
    at: Annotated[str | None, typer.Option(help="The hour on each one's own clock: 10:00.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Send it, once: a worker or mem serve does the sending."""
    row = _the(context, number)
    if row.state != "draft":
        fail(f"Announcement {number} is {row.state} already: mem broadcast status {number}.")
    try:
        when = {
            "day": date.fromisoformat(on) if on else None,
            "hour": time.fromisoformat(at) if at else None,
        }
    except ValueError:
        fail("Write the day as 2026-12-01 and the hour as 10:00.")
    _schedule(context, number, when)
    told = _previewed(context, _the(context, number))
    _tell(Console(), told, here(context).settings.prices.currency)
    if not yes and not typer.confirm(f"Send {told.goes} messages?"):
        fail("Nothing was sent.")
    surroundings = here(context)

    async def work(database: Database) -> Any:
        async with database.write() as connection:
            zone = surroundings.settings.programme.timezone
            return await plans.send(connection, number, zone, surroundings.clock.now())

    begun = with_database(context, work)
    if begun is None:
        fail(f"Somebody else has just sent it: mem broadcast status {number}.")
    typer.echo(f"{begun[1]} copies: mem broadcast status {number} --watch")


def _schedule(context: typer.Context, number: int, when: Mapping[str, Any]) -> None:
    async def work(database: Database) -> None:
        async with database.write() as connection:
            await broadcasts.change(connection, number, when)

    with_database(context, work)


@commands.command()
def status(
    context: typer.Context,
    number: Number,
    watch: Annotated[
        bool, typer.Option("--watch", help="Until nothing waits; Ctrl-C ends it.")
    ] = False,
) -> None:
    """Where all copies are; the sums are the audience."""
    row = _the(context, number)
    told = _status(context, number)
    if watch and told.open:
        with Progress() as progress:
            bar = progress.add_task(row.title, total=told.total)
            while told.open:
                progress.update(bar, completed=told.total - told.open)
                asyncio.run(asyncio.sleep(1))
                told = _status(context, number)
            progress.update(bar, completed=told.total)
    _tell_status(_the(context, number), told)


def _status(context: typer.Context, number: int) -> Status:
    async def work(database: Database) -> Status:
        async with database.read() as connection:
            return plans.status(await broadcasts.counts(connection, number))

    return with_database(context, work)


def _tell_status(row: Row[Any], told: Status) -> None:
    table = Table("copies", f"{row.title}: {row.state}")
    for name in ("queued", "sending", "sent", "delivered", "read", "unsure"):
        if many := getattr(told, name):
            table.add_row(str(many), name)
    for name in ("held", "failed", "suppressed"):
        for why, many in sorted(getattr(told, name).items()):
            table.add_row(str(many), f"{name}: {why.replace('_', ' ')}")
    table.add_row(str(told.total), f"in all, of an audience of {row.size}")
    Console().print(table)


def _turn(context: typer.Context, number: int, before: tuple[str, ...], state: str) -> None:
    now = here(context).clock.now()

    async def work(database: Database) -> int | None:
        # In a commit of its own: from then on nothing more of it is claimed.
        async with database.write() as connection:
            if not await broadcasts.turn(connection, number, before, state, now):
                return None
        if state != "cancelled":
            return 0
        async with database.write() as connection:
            return await broadcasts.take_back(connection, number)

    row = _the(context, number)
    taken = with_database(context, work)
    if taken is None:
        fail(f"Announcement {number} is {row.state}: mem broadcast status {number}.")
    more = f", {taken} copies will not go out" if state == "cancelled" else ""
    typer.echo(f"Announcement {number} is {state}{more}.")


@commands.command()
def pause(context: typer.Context, number: Number) -> None:
    """Stop sending for now; what has been handed over cannot be taken back."""
    _turn(context, number, ("sending",), "paused")


@commands.command()
def resume(context: typer.Context, number: Number) -> None:
    """Go on with one that is paused."""
    _turn(context, number, ("paused",), "sending")


@commands.command()
def cancel(context: typer.Context, number: Number) -> None:
    """What has not gone out never will."""
    _turn(context, number, ("draft", "sending", "paused"), "cancelled")

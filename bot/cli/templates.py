"""mem templates: what may be sent on WhatsApp beyond its 24 hours, and what WhatsApp says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from bot import templates
from bot.catalog import LOCALES, Catalog, CatalogError
from bot.cli.base import Context, app, fail, here, opened, run, with_database
from bot.templates import Known, Pushed, Seen
from bot.wordings import Wording, all_worded, wrong
from flows.templates import BAD

commands = typer.Typer(help="Templates: what may be sent on WhatsApp beyond its 24 hours.")
app.add_typer(commands, name="templates")

NOT_PUSHED: Final = "not pushed"
_PLEASE: Final = {
    "rejected": "change {where}, then mem templates push",
    "paused": "people blocked or reported it: wait until WhatsApp opens it again, send less of it",
    "disabled": "WhatsApp will not open it again: change {where}, then mem templates push",
    "deleted": "it is no longer at Twilio: mem templates push makes it again",
    "missing": "Twilio does not find it for this language: look at it in Twilio's console",
    "mismatch": "its values do not fit its text: change {where}, then mem templates push",
}


def _catalog() -> Catalog:
    """The texts, if WhatsApp would take them; else this ends with what to change."""
    try:
        catalog = Catalog()
    except CatalogError as error:
        fail(str(error))
    if problems := wrong(catalog):
        fail("\n".join(problems))
    return catalog


def _with_whatsapp(context: typer.Context) -> Context:
    surroundings = here(context)
    twilio = surroundings.settings.twilio
    if not twilio.account_sid:
        fail("There is no Twilio account: set MEM_TWILIO__ACCOUNT_SID and MEM_TWILIO__AUTH_TOKEN.")
    if not twilio.whatsapp_number:
        fail(
            "There is no WhatsApp sender: set MEM_TWILIO__WHATSAPP_NUMBER or write it in config.yaml."
        )
    return surroundings


@commands.command(name="list")
def list_(context: typer.Context) -> None:
    """Each text, its category and how WhatsApp stands to it; asks nothing of Twilio."""
    wordings = list(all_worded(_catalog()))
    known = with_database(context, templates.by_key)
    table = Table("name", "language", "category", "status", "text")
    for one in wordings:
        options = "".join(f" [{label}]" for label in one.buttons).replace("[", r"\[")
        template = one.template
        table.add_row(
            template.name, one.language, template.category, _status(one, known), one.body + options
        )
    Console().print(table)


def _status(wording: Wording, known: Known) -> str:
    row = known.get((wording.template.name, wording.language))
    if row is None:
        return NOT_PUSHED
    return str(row.status) if row.version == wording.version else f"{row.status}, text changed"


@commands.command()
def push(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is new.")] = False,
) -> None:
    """Make what is new or changed at Twilio and ask WhatsApp for approval."""
    catalog = _catalog()
    if dry_run:
        known = with_database(context, templates.by_key)
        new = templates.to_make(all_worded(catalog), known)
        for one in new:
            typer.echo(f"{one.template.name} ({one.language}) would be made as {one.name}")
        typer.echo(f"{len(new)} to make; nothing was changed.")
        return
    surroundings = _with_whatsapp(context)

    async def work() -> list[Pushed]:
        async with (
            opened(surroundings) as database,
            templates.connected(surroundings.settings.twilio) as client,
        ):
            return await templates.push(client, database, catalog, surroundings.clock.now())

    _tell_pushed(run(work()))


def _tell_pushed(pushed: Sequence[Pushed]) -> None:
    failed = [one for one in pushed if one.done == "failed"]
    for one in pushed:
        if one.done not in ("kept", "failed"):
            typer.echo(f"{one.wording.template.name} ({one.wording.language}): {one.status}")
    for one in failed:
        typer.echo(f"{one.wording.template.name} ({one.wording.language}): {one.problem}", err=True)
    counts = {done: sum(one.done == done for one in pushed) for done in ("made", "found", "kept")}
    typer.echo(
        f"{counts['made']} made, {counts['found']} found at Twilio, {counts['kept']} as they were, "
        f"{len(failed)} failed."
    )
    if failed:
        raise typer.Exit(1)


@commands.command()
def status(context: typer.Context) -> None:
    """Ask Twilio how each stands; ends with exit code 1 where one waits for you."""
    surroundings = _with_whatsapp(context)
    wordings = list(all_worded(_catalog()))

    async def work() -> tuple[list[Seen], Known]:
        async with (
            opened(surroundings) as database,
            templates.connected(surroundings.settings.twilio) as client,
        ):
            seen = await templates.refresh(client, database, surroundings.clock.now())
            return seen, await templates.by_key(database)

    seen, known = run(work())
    for one in seen:
        typer.echo(f"{one.name} ({one.language}): {one.status}{_because(one)}")
    new = len(templates.to_make(wordings, known))
    if new:
        typer.echo(f"{new} new or changed texts are not at Twilio: mem templates push.")
    _tell_bad(seen)


def _because(seen: Seen) -> str:
    told = seen.problem or seen.reason
    return f" ({told})" if told else ""


def _tell_bad(seen: Sequence[Seen]) -> None:
    bad = [one for one in seen if one.status in BAD or one.problem]
    for one in bad:
        if one.status in _PLEASE:
            where = f"template-{one.name} in flows/messages/{LOCALES[one.language]}"
            please = _PLEASE[one.status].format(where=where)
            typer.echo(f"{one.name} ({one.language}) is {one.status}: {please}.", err=True)
    if bad:
        raise typer.Exit(1)

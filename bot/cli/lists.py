"""mem import: mentors and entrepreneurs from an organisation's own list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import IntegrityError

from bot import sheets
from bot.catalog import Catalog
from bot.cli.base import app, fail, here, with_database
from flows.lists import Entry, Listed, read
from flows.people import Moment
from storage import lists
from storage.database import Database

_SAYS = {
    lists.NEW: "taken",
    lists.LISTED: "on an earlier list, has not written yet: replaced by this line",
    lists.KNOWN: "left as they are: they write with the bot already",
    lists.ERASED: "left out: they had themselves erased, and can only come back by writing",
}
_HELP = """Read mentors and entrepreneurs from a CSV or XLSX file; the first line names the columns.

Columns, in English, French or Arabic: role (mentor or mentee), name, phone (any Moroccan
spelling), or channel and address; language, gender, place, cohort; for mentors experience,
sector, skills, stage, languages, meet, availability, capacity, network, prefers; for mentees age,
activity, sector, stage, legal form, needs, languages, meet, availability. Values are words, as in
the chat: "compta, ventes", "mardi et jeudi soir".

Nothing is taken from a file with a wrong line in it, unless --skip-bad says so.

Law 09-08: nobody on a list has agreed to anything. They are not written to and not matched. Ask
them yourselves to write to the bot: what the list says is then filled in, told to them beside the
question of consent, checked by them, and erased if they say no.
"""


@app.command(name="import", help=re.sub(r"(?<!\n)\n(?!\n)", " ", _HELP))
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The list, .csv or .xlsx.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be taken; change nothing.")
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Take the good lines though others are wrong.")
    ] = False,
    role: Annotated[
        str | None, typer.Option(help="mentor or mentee, for lines that do not say.")
    ] = None,
    cohort: Annotated[
        str | None, typer.Option(help="The cohort's code, for lines that name none.")
    ] = None,
    approved: Annotated[
        bool,
        typer.Option(
            "--approved",
            help="You answer for these mentors: they go live once they accept the code of conduct.",
        ),
    ] = False,
) -> None:
    if role not in (None, "mentor", "mentee"):
        fail("--role is mentor or mentee.")
    surroundings = here(context)
    now = surroundings.clock.now()
    try:
        lines = sheets.read(file)
    except sheets.BadSheet as error:
        fail(f"Nothing was imported: {error}")
    moment = Moment(now, surroundings.settings.programme.timezone)
    told = read(lines, Catalog(), moment, role, cohort)
    takes = bool(told.entries) and (skip_bad or not told.problems)

    async def work(database: Database) -> list[lists.Standing]:
        async with database.write() as connection:
            if takes and not dry_run:
                return await lists.keep(connection, told.entries, approved, now)
            return await lists.look_up(connection, told.entries)

    try:
        standings = with_database(context, work)
    except IntegrityError:
        fail("Nothing was imported: somebody on the list wrote this very moment. Call it again.")
    for line in _report(told, standings, takes):
        typer.echo(line)
    typer.echo(_sum(told, standings, takes, dry_run))
    if not takes:
        raise typer.Exit(1)


def _report(told: Listed, standings: list[lists.Standing], takes: bool) -> Iterator[str]:
    """A line for each line of the list, in its order."""
    yield from told.notes
    lines = [
        (entry.line, _of(entry, standing, takes))
        for entry, standing in zip(told.entries, standings, strict=True)
    ]
    lines += [(problem.line, f"{problem} [WRONG]") for problem in told.problems]
    yield from (text for _, text in sorted(lines, key=lambda one: one[0]))


def _of(entry: Entry, standing: lists.Standing, takes: bool) -> str:
    says = _SAYS[standing.state]
    if standing.state == lists.NEW and not takes:
        says = "right"
    asked = standing.state in (lists.NEW, lists.LISTED) and entry.missing
    still = f"; the chat will ask: {', '.join(entry.missing)}" if asked else ""
    notes = "".join(f"; {note}" for note in entry.notes)
    return f"line {entry.line}: {entry.name or '(no name)'}, {entry.role}: {says}{still}{notes}"


def _sum(told: Listed, standings: list[lists.Standing], takes: bool, dry_run: bool) -> str:
    wrong = sorted({problem.line for problem in told.problems})
    left = f" Lines left out: {', '.join(map(str, wrong))}." if wrong else ""
    if not takes:
        good = len(told.entries)
        return (
            f"Nothing was imported: {len(wrong)} lines are wrong, {good} are right. Correct them, "
            "or take the right ones with --skip-bad."
            if wrong
            else "Nothing was imported: the list holds nobody."
        )
    states = [standing.state for standing in standings]
    new, again = states.count(lists.NEW), states.count(lists.LISTED)
    others = len(states) - new - again
    counts = f"{new} new, {again} replaced, {others} left as they are."
    return f"{'Dry run, nothing was changed: ' if dry_run else 'Imported: '}{counts}{left}"

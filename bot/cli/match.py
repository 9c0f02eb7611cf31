"""mem match: the best assignment over a whole cohort, read by operators before anybody is told."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from bot.catalog import LOCALES, Catalog
from bot.cli.base import app, fail, here, with_database
from bot.matching import Plan, plan
from flows.portraits import reason
from storage import drafts
from storage.database import Database

_PRINTED: Final = 60
"""Lines on a screen; --out writes all of them."""
_WHY: Final = {
    "places": "all who fit are needed by others: more mentors, or more places",
    "full": "no mentor has a place left: approve more mentors (mem mentors pending)",
    "paused": "all mentors are away for now",
    "excluded": "whoever fits was passed over, declined or left before",
    "language": "no mentor with a place speaks a language of theirs",
    "way": "no mentor with a place meets in a way that suits them",
    "hours": "no mentor with a place is free when they are",
}
_COLUMNS: Final = (
    "number", "mentee", "mentee name", "mentor", "mentor name", "score", "why", "state",
)  # fmt: skip


@app.command()
def match(
    context: typer.Context,
    cohort: Annotated[
        str | None, typer.Option(help="Only mentees who came with this code; all mentors.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what each would get; change nothing.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write it all to this CSV file as well.")
    ] = None,
    release: Annotated[
        bool, typer.Option("--release", help="Show the drafts to the mentees, and tell them.")
    ] = False,
    drop: Annotated[
        list[int] | None, typer.Option("--drop", help="Remove this draft; the two never meet.")
    ] = None,
    list_: Annotated[bool, typer.Option("--drafts", help="List the drafts.")] = False,
    language: Annotated[str, typer.Option(help="Reasons in fr, ar or en.")] = "fr",
) -> None:
    """Find the best mentor for everyone who waits at once, capacities kept; the result is drafts.

    Drafts are read by you: --drafts lists them, --drop removes one, --release shows the rest to
    the mentees. Nothing is promised by it: a mentee still chooses, a mentor still accepts.
    """
    if language not in LOCALES:
        fail("--language is fr, ar or en.")
    if sum((dry_run, release, bool(drop), list_)) > 1:
        fail("Use one of --dry-run, --drafts, --drop and --release at a time.")
    words = _Words(Catalog(), language)
    if drop:
        _drop(context, drop)
    elif release:
        _release(context, cohort)
    elif list_:
        _print(_drafted(context, cohort, words), out)
    else:
        _plan(context, cohort, dry_run, words, out)


class _Words:
    """Reasons as a mentee would read them."""

    def __init__(self, catalog: Catalog, language: str) -> None:
        self._catalog = catalog
        self._language = language

    def why(self, reasons: Iterable[Sequence[Any]]) -> str:
        told = (reason("portrait-reason", code, value) for code, value in reasons)
        return ", ".join(self._catalog.text(one, self._language, {}) for one in told)


Line = tuple[str, ...]


def _plan(
    context: typer.Context, cohort: str | None, dry_run: bool, words: _Words, out: Path | None
) -> None:
    surroundings = here(context)
    now, weights = surroundings.clock.now(), surroundings.settings.matching.weights

    async def work(database: Database) -> Plan:
        async with database.read() as connection:
            made = await plan(connection, cohort, now, weights)
        if not dry_run:
            async with database.write() as connection:
                await drafts.save(connection, list(made.mentees), made.rows, now)
        return made

    made = with_database(context, work)
    if not made.mentees:
        cohorts = " with that code" if cohort else ""
        typer.echo(f"Nobody waits{cohorts}: all who registered have a mentor or an open request.")
        return
    lines = list(_lines(made, words)) if dry_run else _drafted(context, cohort, words)
    seen = [] if dry_run else [line for line in _lines(made, words) if line[-1] == "shown already"]
    _print([*lines, *seen, *_without(made)], out)
    for text in _summary(made):
        typer.echo(text)
    if not dry_run:
        typer.echo("Now: mem match --drafts, --drop NUMBER, and mem match --release.")


def _lines(made: Plan, words: _Words) -> Iterator[Line]:
    for mentee, one in made.proposals:
        state = "shown already" if (mentee, one.mentor) in made.shown else "new"
        yield (
            "", str(mentee), made.mentees[mentee].name or "", str(one.mentor),
            made.mentors[one.mentor].name or "", f"{one.score:.2f}", words.why(one.reasons), state,
        )  # fmt: skip


def _without(made: Plan) -> Iterator[Line]:
    for mentee, why in made.assignment.unmatched.items():
        name = made.mentees[mentee].name or ""
        yield "", str(mentee), name, "", "nobody", "", _WHY[why], "waits"


def _drafted(context: typer.Context, cohort: str | None, words: _Words) -> list[Line]:
    async def work(database: Database) -> Sequence[Any]:
        async with database.read() as connection:
            return await drafts.listed(connection, cohort)

    return [
        (
            str(row.id), str(row.mentee_id), row.mentee or "", str(row.mentor_id),
            row.mentor or "", f"{row.score:.2f}", words.why(row.reasons), "draft",
        )
        for row in with_database(context, work)
    ]  # fmt: skip


def _print(lines: Sequence[Line], out: Path | None) -> None:
    if not lines:
        typer.echo("There is no draft: mem match makes some.")
        return
    table = Table("number", "mentee", "mentor", "score", "why", "state")
    for number, _, mentee, _, mentor, score, why, state in lines[:_PRINTED]:
        table.add_row(number, mentee, mentor, score, why, state)
    Console(width=None if Console().is_terminal else 160).print(table)
    if len(lines) > _PRINTED:
        typer.echo(f"... and {len(lines) - _PRINTED} more: --out FILE.csv writes all of them.")
    if out is not None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([_COLUMNS, *map(_safe, lines)])
        # With the mark in front Excel reads Arabic as Arabic.
        out.write_text("\ufeff" + text.getvalue(), encoding="utf-8")
        typer.echo(f"{len(lines)} lines written to {out}.")


def _safe(line: Line) -> Line:
    """A name that begins like a formula must not become one in a spreadsheet."""
    return tuple(f"'{cell}" if cell[:1] in "=+-@" and cell else cell for cell in line)


def _summary(made: Plan) -> Iterator[str]:
    found = made.assignment
    yield (
        f"{len(made.mentees)} wait, {len(found.pairs)} would get a mentor, "
        f"{len(found.unmatched)} nobody."
    )
    yield (
        f"Total {found.total:.2f}; no assignment has more than {found.bound:.2f} "
        f"({found.gap:.4%} missing at most)."
    )
    loads = made.loads.values()
    shares = Counter(
        "full" if taken + added >= of else "empty" if not taken + added else "partly taken"
        for taken, added, of in loads
    )
    told = ", ".join(f"{count} {name}" for name, count in shares.items())
    yield f"Fairness of loads {found.fairness:.2f} (1: all alike). Mentors afterwards: {told}."


def _drop(context: typer.Context, numbers: Sequence[int]) -> None:
    async def work(database: Database) -> list[int]:
        async with database.write() as connection:
            return [id for id in numbers if not await drafts.drop(connection, id)]

    unknown = with_database(context, work)
    if unknown:
        told = ", ".join(map(str, unknown))
        fail(f"No draft has the number {told}: mem match --drafts lists them.")
    typer.echo("Dropped; the two are not proposed to each other again.")


def _release(context: typer.Context, cohort: str | None) -> None:
    now = here(context).clock.now()

    async def work(database: Database) -> tuple[list[Any], list[Any]]:
        async with database.write() as connection:
            return await drafts.release(connection, cohort, now)

    told, left = with_database(context, work)
    if not told and not left:
        fail("There is no draft to release: mem match makes some.")
    typer.echo(f"{len(told)} shown; the mentees are told.")
    for row in left:
        typer.echo(f"Not any more: {row.mentee} and {row.mentor}, one of whom is taken or away.")

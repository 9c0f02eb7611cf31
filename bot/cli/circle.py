"""mem circle: who was accompanied by whom, through generations, and how many passed it on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from bot.cli.base import app, here, with_database
from bot.drawing import lineage
from flows.rules.circle import Line, Node, generations, give_back
from flows.rules.circle import circle as grown
from storage import circle as rows
from storage.database import Database

Out = Annotated[Path | None, typer.Option(help="Also draw it as Mermaid into this file (.mmd).")]
Numbers = Annotated[bool, typer.Option("--numbers", help="Numbers instead of first names.")]


@app.command()
def circle(context: typer.Context, out: Out = None, numbers: Numbers = False) -> None:
    """Who was accompanied by whom, and the give-back rate: who closed and became a mentor."""
    now = here(context).clock.now()

    async def work(database: Database) -> tuple[list[Line], dict[int, str]]:
        async with database.read() as connection:
            lines = await rows.lines(connection)
            people = {id for line in lines for id in (line.mentee, line.mentor) if id is not None}
            return lines, await rows.first_names(connection, sorted(people))

    lines, names = with_database(context, work)
    names = {} if numbers else names
    console = Console(soft_wrap=True)
    for line in counts(lines):
        console.print(line, highlight=False)
    console.print(f"(as of {now:%Y-%m-%d})", highlight=False)
    nodes = grown(lines)
    for node in nodes:
        console.print(_branch(node, names))
    if out is not None:
        out.write_text(lineage(nodes, names) + "\n", encoding="utf-8")
        console.print(f"Drawn into {out}", highlight=False)


def counts(lines: Sequence[Line]) -> list[str]:
    """How many, since when, by generation, and the give-back rate with what it is a share of."""
    kept = [line for line in lines if not line.active]
    if not kept:
        return [f"No accompaniment has ended yet; {len(lines)} going on."]
    first, last = min(line.at for line in kept), max(line.at for line in kept)
    depth = generations(lines)
    told = Counter(depth[line.id] for line in kept)
    gave = give_back(kept)
    rate = "none closed yet" if gave.rate is None else f"{gave.rate:.0%}"
    return [
        f"Accompaniments ended: {len(kept)}, from {first:%Y-%m-%d} to {last:%Y-%m-%d}; "
        f"{sum(line.closed for line in kept)} closed well; going on: {len(lines) - len(kept)}",
        "By generation: " + ", ".join(f"{number}: {told[number]}" for number in sorted(told)),
        f"Give-back rate: {rate} ({gave.gave} of n = {gave.closed} people who closed "
        "were approved as mentors since)",
    ]


def _branch(node: Node, names: dict[int, str], tree: Tree | None = None) -> Tree:
    label = escape(told(node, names))
    branch = Tree(label) if tree is None else tree.add(label)
    for below in node.below:
        _branch(below, names, branch)
    return branch


def told(node: Node, names: dict[int, str]) -> str:
    """A first name or a number, and what became of the accompaniment; never an address."""
    who = "erased" if node.person is None else f"{names.get(node.person, '')} {node.person}".strip()
    line = node.line
    if line is None:
        return who
    if line.active:
        return f"{who}: since {line.at:%Y-%m-%d}"
    how = "closed" if line.closed else "ended"
    mentor = f", mentor since {line.gave_back:%Y-%m-%d}" if line.gave_back else ""
    return f"{who}: {how} {line.at:%Y-%m-%d}, sessions held: {line.held}{mentor}"

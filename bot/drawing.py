"""Mermaid flowcharts: the flows, from the objects that run, and the circle of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flows.rules.circle import Node
from flows.steps import AnyStep, Ask, Choose, Do, Each, End, Flow, Review, Say

_SHAPES: dict[type, tuple[str, str]] = {
    Ask: ("[/", "/]"),
    Choose: ("{{", "}}"),
    Each: ("[[", "]]"),
    Review: ("{{", "}}"),
    Do: ("[(", ")]"),
    Say: ("([", "])"),
    End: ("((", "))"),
}


def mermaid(flows: Iterable[Flow]) -> str:
    """One subgraph a flow, its steps in order, conditions on the arrows."""
    lines = ["flowchart TD"]
    for flow in flows:
        lines.append(f"  subgraph {flow.name}_flow [{flow.name}]")
        before: AnyStep | None = None
        for step in flow.steps:
            left, right = _SHAPES[type(step)]
            lines.append(f'    {_node(flow, step)}{left}"{_label(step)}"{right}')
            if before is not None:
                condition = f'|"{step.when.__name__}"|' if step.when else ""
                lines.append(f"    {_node(flow, before)} -->{condition} {_node(flow, step)}")
            if not isinstance(step, End):
                before = step
        lines.append("  end")
    return "\n".join(lines)


def _node(flow: Flow, step: AnyStep) -> str:
    return f"{flow.name}_{step.name}"


def _label(step: AnyStep) -> str:
    if isinstance(step, Choose):
        several = f" (up to {step.most})" if step.most > 1 else ""
        return f"{step.name}{several}: {', '.join(step.options)}"
    if isinstance(step, Each):
        return f"{step.name}: 1 to 5 for each of {step.of}"
    return step.name


def lineage(nodes: Sequence[Node], names: Mapping[int, str]) -> str:
    """Who accompanied whom: dotted while it goes on, thick where it was closed well."""
    lines = ["flowchart TD"]
    for number, node in enumerate(nodes):
        lines.extend(_people(node, f"p{number}", names))
    return "\n".join(lines)


def _people(node: Node, own: str, names: Mapping[int, str]) -> Iterator[str]:
    who = "erased" if node.person is None else names.get(node.person) or str(node.person)
    left, right = ("([", "])") if node.below else ("(", ")")
    yield f'  {own}{left}"{_quoted(who)}"{right}'
    for number, below in enumerate(node.below):
        name = f"{own}_{number}"
        yield from _people(below, name, names)
        line = below.line
        arrow = "-.->" if line and line.active else "==>" if line and line.closed else "-->"
        yield f"  {own} {arrow} {name}"


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")

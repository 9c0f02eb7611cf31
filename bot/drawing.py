"""The flows as a Mermaid flowchart, from the objects that run."""

from __future__ import annotations

from collections.abc import Iterable

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

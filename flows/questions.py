"""How a step is put to a person: its lines, its options, and how an answer is shown again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.effects import Option, Phrase, Reply
from flows.people import Person
from flows.steps import Answers, Ask, Choose, Each, Flow, Question, Rate, Review

Frame = dict[str, Any]
DONE = "done"
RATINGS = ("1", "2", "3", "4", "5")


def put(flow: Flow, frame: Frame, step: Question, person: Person) -> Reply:
    """The reply that asks ``step``; remembers in the frame what its numbers mean."""
    frame["asking"] = step.name
    options = _options(flow, frame, step, person)
    frame["offered"] = [option.code for option in options]
    return Reply(
        lines=(_line(flow, frame, step, person), *_extra(flow, frame, step, person)),
        options=options,
        step=f"{flow.name}.{step.name}{about(frame)}",
        ask=step.native if isinstance(step, Ask) else "",
        listed=not (isinstance(step, Rate) or (isinstance(step, Ask) and step.counts)),
    )


def about(frame: Frame) -> str:
    """Which request or accompaniment is meant: a tap must not answer for another one."""
    bond = frame["answers"].get("bond")
    return f"#{str(bond).removeprefix('pair:')}" if bond else ""


def _line(flow: Flow, frame: Frame, step: Question, person: Person) -> Phrase:
    if offered := candidates(frame, step):
        return Phrase("common-which" if len(offered) > 1 else "common-is-it")
    if frame.get("picked"):
        picked = shown(flow, step, frame["picked"], person)
        return Phrase("common-picked", None, {"picked": picked})
    if isinstance(step, Review) and frame.get("picking"):
        return Phrase("common-fix-which")
    text = Phrase(flow.message(step.name), None, named(flow, frame["answers"], person, step))
    if not (flow.progress and step.counted):
        return text
    number, of = flow.progress_of(step, frame["answers"], person)
    return Phrase("common-question", None, {"number": number, "of": of, "text": text})


def named(flow: Flow, answers: Answers, person: Person, step: Question) -> dict[str, Any]:
    """What a question's texts may name, its hint and its help too."""
    return {**rated_values(flow, answers, person, step), **step.told(answers, person)}


def rated_values(flow: Flow, answers: Answers, person: Person, step: Question) -> dict[str, Any]:
    """What the texts about a loop of ratings name: how many wait, and an example."""
    if not isinstance(step, Rate):
        return {}
    left = waiting(flow, answers, person, step)
    return {"count": len(left), "example": " ".join("213"[: len(left)])}


def _extra(flow: Flow, frame: Frame, step: Question, person: Person) -> tuple[Phrase, ...]:
    """What stands below a question: portraits, the answers to be reviewed, the items to be rated."""
    if isinstance(step, Choose):
        return tuple(step.details(frame["answers"], person)) if step.details else ()
    if isinstance(step, Rate):
        left = waiting(flow, frame["answers"], person, step)
        items = (Phrase(flow.message(step.of), item) for item in left)
        return tuple(Phrase("common-item", None, {"item": item}) for item in items)
    if not isinstance(step, Review) or frame.get("picking"):
        return ()
    return tuple(_summary(flow, frame["answers"], step, person))


def _summary(flow: Flow, answers: Answers, review: Review, person: Person) -> list[Phrase]:
    lines = []
    for name in review.of:
        value = shown_field(flow, name, answers, person)
        if value is not None:
            label = Phrase(f"{flow.words or flow.name}-{name}", "field")
            lines.append(Phrase("common-field", None, {"label": label, "value": value}))
    return lines


def shown_field(flow: Flow, name: str, answers: Answers, person: Person) -> Any:
    """One answered field as people read it; None where there is no answer."""
    rates = {n: v for n, v in answers.items() if n.startswith(f"{name}.") and v is not None}
    if rates:
        return [
            Phrase(
                "common-rated",
                None,
                {
                    "item": Phrase(flow.message(_rated(flow, name)), n.partition(".")[2]),
                    "rating": v,
                },
            )
            for n, v in rates.items()
        ]
    step = flow.find(name, answers)
    if step is None or answers.get(name) in (None, []):
        return None
    return shown(flow, step, answers[name], person)


def _rated(flow: Flow, name: str) -> str:
    return next(step.of for step in flow.steps if isinstance(step, Each) and step.name == name)


def shown(flow: Flow, step: Question, value: Any, person: Person) -> Any:
    """A stored value as people read it."""
    if isinstance(step, Choose):
        message = flow.message(step.name)
        if isinstance(value, list | tuple):
            return [
                Phrase(message, item)
                if isinstance(item, str)
                else Phrase("common-window", None, item)
                for item in value
            ]
        listed = value in step.options or not (step.show or step.among)
        return Phrase(message, value) if listed else _unlisted(step, value, person)
    if isinstance(step, Ask) and step.show is not None:
        return step.show(value, person.language or "fr")
    return str(value)


def _unlisted(step: Choose, value: Any, person: Person) -> Any:
    """An answer that depended on the person, or that was said in words."""
    if step.show is not None:
        return step.show(value, person.language or "fr")
    options = step.among({}, person) if step.among else ()
    return next((option.label for option in options if option.code == value), str(value))


def _options(flow: Flow, frame: Frame, step: Question, person: Person) -> tuple[Option, ...]:
    offered = candidates(frame, step)
    if offered:
        return tuple(Option(f"which:{n}", label) for n, (_, label) in enumerate(offered))
    if isinstance(step, Rate):
        return tuple(Option(rating, rating) for rating in RATINGS)
    if isinstance(step, Choose):
        return _choices(flow, frame, step, person)
    if isinstance(step, Review):
        return _review(flow, frame, step)
    return (Option("command:skip", Phrase("common-skip")),) if step.optional else ()


def _choices(flow: Flow, frame: Frame, step: Choose, person: Person) -> tuple[Option, ...]:
    picked = frame.get("picked") or []
    message = flow.message(step.name)
    options = list(step.among(frame["answers"], person)) if step.among else []
    options += [Option(code, Phrase(message, code)) for code in step.options if code not in picked]
    if picked:
        return (*options, Option(DONE, Phrase("common-done")))
    options += [Option(f"command:{c}", Phrase("common-command", c)) for c in step.commands]
    if step.optional:
        options.append(Option("command:skip", Phrase("common-skip")))
    return tuple(options)


def _review(flow: Flow, frame: Frame, step: Review) -> tuple[Option, ...]:
    if not frame.get("picking"):
        return (
            Option("yes", Phrase("common-review", "yes")),
            Option("fix", Phrase("common-review", "fix")),
        )
    answers = frame["answers"]
    return tuple(
        Option(f"field:{name}", Phrase(f"{flow.words or flow.name}-{name}", "field"))
        for name in step.of
        if has_answer(answers, name)
    )


def has_answer(answers: Answers, name: str) -> bool:
    """Is there an answer, or one of a loop's?"""
    return name in answers or any(other.startswith(f"{name}.") for other in answers)


def candidates(frame: Frame, step: Question) -> list[tuple[Any, str]]:
    """The readings between which the person is asked to choose ("did you mean")."""
    which: Mapping[str, Any] = frame.get("which") or {}
    return which["candidates"] if which.get("step") == step.name else []


def waiting(flow: Flow, answers: Answers, person: Person, step: Rate) -> list[str]:
    """The items of this loop that have no rating yet, in order."""
    prefix = step.name.partition(".")[0]
    return [
        other.item
        for other in flow.expanded(answers)
        if isinstance(other, Rate)
        and other.name.partition(".")[0] == prefix
        and other.name not in answers
        and other.holds(answers, person)
    ]

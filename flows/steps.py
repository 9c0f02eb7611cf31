"""The vocabulary a flow is written in.

A flow is a list of steps; the place in it is the first step without an answer whose condition
holds. Nothing stores a position, so that going back is forgetting an answer and a deploy that
moves a question does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from flows.effects import Effect, Option, Phrase
from flows.people import Moment, Person
from nlu.meaning import Reading

Answers = Mapping[str, Any]
Condition = Callable[[Answers, Person], bool]
Reader = Callable[[str, Moment], Reading]
"""(what was typed, when and where it is read) -> what it means."""
Told = Callable[[Answers, Person], Mapping[str, Any]]
"""Values that the step's own text names."""
Show = Callable[[Any, str], Any]
"""(a stored value, language) -> a text, a phrase, or a list of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What every step has. Its name is a promise: it is stored for years."""

    name: str
    when: Condition | None = None
    needs: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    counted: bool = True
    """Part of the progress mark."""
    values: Told | None = None

    def holds(self, answers: Answers, person: Person) -> bool:
        return self.when is None or self.when(answers, person)

    def told(self, answers: Answers, person: Person) -> dict[str, Any]:
        """What the step's text names."""
        return dict(self.values(answers, person)) if self.values else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Step):
    """A question that is answered in words, read by ``reader``."""

    reader: Reader
    optional: bool = False
    open: bool = False
    """Takes nearly any words: then commands and corrections are tried first."""
    verbatim: bool = False
    """Words for another person: only what must never be missed is heard in them."""
    own: tuple[str, ...] = ()
    """Intents that are an answer to this question, where elsewhere they would be an aside."""
    free: bool = False
    """Its words may speak of anybody and only the team reads them: praise of another must not be
    taken for a report or a wish, so that nothing but a plain command is heard in them."""
    counts: bool = False
    """Its answer is a number: "1" is then one of them, and never the first option."""
    native: Literal["", "location", "contact"] = ""
    """The channel's own way to answer: "location" or "contact"."""
    show: Show | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Step):
    """A question with options; ``most`` above one lets several be chosen."""

    options: tuple[str, ...] = ()
    among: Callable[[Answers, Person], Sequence[Option]] | None = None
    """Options that depend on the person (mentors, hours), before those that do not."""
    details: Callable[[Answers, Person], Sequence[Phrase]] | None = None
    """Lines below the question: portraits, reasons."""
    most: int = 1
    reader: Reader | None = None
    """Reads free words into a code (or a tuple of codes) when no label matches."""
    yes_no: tuple[str, str] | None = None
    """The codes that a yes and a no stand for, in whatever words they are said."""
    optional: bool = False
    commands: tuple[str, ...] = ()
    """Intents that are offered beside the options, such as changing the language."""
    told_by: str = ""
    """The answer whose words are read for this one as well."""
    otherwise: str = ""
    """The code of a description in words that no reader could name."""
    eager: bool = False
    """Words go to the reader before they are compared with the labels: a day names no other day."""
    own: tuple[str, ...] = ()
    """Intents that are an answer to this question, where elsewhere they would be an aside."""
    show: Show | None = None
    """How an answer is shown that is none of the options."""
    long: bool = False
    """Its text is told once in a language; asked again, its ``retry`` line is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Step):
    """A number from 1 to 5 about one item of an earlier answer."""

    of: str = ""
    item: str = ""
    optional: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Each(Step):
    """The same ``Rate`` once for each item of the answer ``of``; bounded by that answer."""

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Step):
    """Show what was understood; confirm, or correct by number or in words."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Do(Step):
    """Ask something of the world, once."""

    effect: Callable[[Answers, Person], Sequence[Effect]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Step):
    """Tell something, once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Step):
    """Tell why and leave the flow here."""


Question = Ask | Choose | Rate | Review
AnyStep = Ask | Choose | Rate | Each | Review | Do | Say | End


@dataclass(frozen=True, slots=True)
class Flow:
    """One conversation. ``words`` is the catalog prefix where it is not the flow's own name."""

    name: str
    steps: tuple[AnyStep, ...]
    words: str = ""
    progress: bool = False
    gate: str = ""
    """The consent without which nothing is noted: what is told before it waits until then."""
    then: str = ""
    """The conversation that follows when this one came to its end."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What fields are called here, where they have another name than elsewhere."""
    lasting: bool = False
    """Cancelled, it waits for the day the person goes on; others are left."""

    def field(self, name: str) -> str:
        """The step that asks for a field."""
        return self.fields.get(name, name)

    def message(self, step: str) -> str:
        """The catalog's id for a step."""
        return f"{self.words or self.name}-{step.partition('.')[0]}"

    def expanded(self, answers: Answers) -> list[AnyStep]:
        """The steps with each loop unrolled over the answer it is about."""
        out: list[AnyStep] = []
        for step in self.steps:
            if isinstance(step, Each):
                out.extend(
                    Rate(
                        name=f"{step.name}.{item}",
                        of=step.of,
                        item=item,
                        when=step.when,
                        needs=(step.of,),
                    )
                    for item in answers.get(step.of) or ()
                )
            else:
                out.append(step)
        return out

    def next(self, answers: Answers, person: Person) -> AnyStep | None:
        """The place: the first step without an answer whose condition holds.

        What is done with an answer is not done without it.
        """
        for step in self.expanded(answers):
            told = not isinstance(step, Do) or all(name in answers for name in step.needs)
            if step.name not in answers and told and step.holds(answers, person):
                return step
        return None

    def barred(self, answers: Answers) -> bool:
        """Is the consent still to come, or refused?"""
        return bool(self.gate) and answers.get(self.gate) != "agree"

    def find(self, name: str, answers: Answers) -> Question | None:
        """A question by its name, present or former."""
        for step in self.expanded(answers):
            if isinstance(step, Question) and (step.name == name or name in step.was):
                return step
        return None

    def migrated(self, answers: Answers) -> dict[str, Any]:
        """Answers that were stored under a step's former name, under its present one."""
        renamed = {old: step.name for step in self.steps for old in step.was}
        return {renamed.get(name, name): value for name, value in answers.items()}

    def forget(self, name: str, answers: dict[str, Any]) -> dict[str, Any]:
        """Drop an answer (all of a loop's) and every answer that needs it; returns what went."""
        name = name.partition(".")[0]
        gone = {n: answers.pop(n) for n in list(answers) if n.partition(".")[0] == name}
        for step in self.steps:
            if name in step.needs or (isinstance(step, Each) and step.of == name):
                gone |= self.forget(step.name, answers)
        return gone

    def progress_of(self, step: Question, answers: Answers, person: Person) -> tuple[int, int]:
        """(this question's number, how many there are as far as can be told now)."""
        asked = [
            s
            for s in self.steps
            if isinstance(s, Ask | Choose | Each | Review)
            and s.counted
            and (s.name in answers or s.holds(answers, person))
        ]
        names = [s.name for s in asked]
        here = step.name.partition(".")[0]
        return (names.index(here) + 1 if here in names else len(names)), len(names)

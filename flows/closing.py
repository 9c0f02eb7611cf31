"""An accompaniment is closed well, by each of its two sides. Words: messages/*/circle.ftl"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.agreement import is_over, pair, partner
from flows.choice import letter
from flows.effects import ClosePair, Effect, KeepOutcomes, PauseMentor, Phrase, Tell
from flows.people import Bond, Moment, Person
from flows.reading import of_text
from flows.steps import Answers, AnyStep, Ask, Choose, Do, Each, End, Flow, Say
from nlu import readers
from nlu.meaning import Reading

KINDS = ("formalised", "customers", "funding", "jobs", "revenue")
"""What may come of an accompaniment; each is asked as a fact, and each may be skipped."""
MOST = 100_000
"""More customers or jobs than this is a slip of the finger."""
PAUSES = {"later": 84, "no": 365}
"""Days without a new mentee, by what a mentor wishes after a closing."""


def how_many(text: str, moment: Moment) -> Reading:
    return readers.number(text, 0, MOST)


def may_formalise(answers: Answers, person: Person) -> bool:
    """Who was registered before, or said so since, is not asked again."""
    informal = person.profile.get("stage") in ("idea", "launched_informal", None)
    return informal and person.mentoring.outcomes.get("formalised") != "yes"


def since(answers: Answers, person: Person) -> dict[str, Any]:
    """From when on something is counted: the beginning, or the last time we asked."""
    return {"since": "last" if answers.get("moment") else "start"}


OUTCOMES: tuple[AnyStep, ...] = (
    Choose(
        name="formalised",
        options=("yes", "ongoing", "no"),
        yes_no=("yes", "no"),
        when=may_formalise,
        optional=True,
    ),
    Ask(name="customers", reader=how_many, counts=True, values=since, optional=True),
    Choose(
        name="funding",
        options=("none", "loan", "grant", "investor", "other"),
        values=since,
        optional=True,
    ),
    Ask(name="jobs", reader=how_many, counts=True, optional=True),
    Choose(name="revenue", options=("none", "b1", "b2", "b3", "b4"), optional=True),
)


# The one who was accompanied


def told(answers: Answers) -> dict[str, Any]:
    """The outcomes among the answers; what was skipped is none."""
    return {kind: answers[kind] for kind in KINDS if answers.get(kind) is not None}


def goes_on(answers: Answers, person: Person) -> bool:
    return bool(answers.get("ready") == "not_yet")


def invited(answers: Answers, person: Person) -> dict[str, Any]:
    """Why now: the mentor thinks so, or so many sessions were held."""
    held = answers.get("held")
    why = {"why": "held" if held else "asked", "held": int(held or 0)}
    return {**partner(answers, person), **why}


def tell_mentor(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    return (Tell(bond.partner.id, "goes_on", f"pair:{bond.id}"),) if bond else ()


def close(answers: Answers, person: Person) -> Sequence[Effect]:
    return (ClosePair(int(answers.get("bond") or 0), answers),)


def rose(answers: Answers, person: Person) -> list[Phrase]:
    """Each skill that grew, with its rating before and after."""
    before = person.mentoring.ratings.get("baseline") or {}
    levels = {n.partition(".")[2]: v for n, v in answers.items() if n.startswith("levels.") and v}
    return [
        Phrase(
            "closing-rose",
            None,
            {
                "skill": Phrase("onboarding-needs", skill),
                "before": before[skill],
                "after": levels[skill],
            },
        )
        for skill in levels
        if levels[skill] > before.get(skill, levels[skill])
    ]


def farewell(answers: Answers, person: Person) -> dict[str, Any]:
    """What the last words name: the mentor, what was learnt, whether a word was carried."""
    skills = rose(answers, person)
    return {
        **partner(answers, person),
        "rose": skills,
        "hasrisen": "yes" if skills else "no",
        "thanked": "yes" if answers.get("thanks") else "no",
    }


CLOSING = Flow(
    "closing",
    (
        End(name="void", when=is_over),
        Choose(
            name="ready",
            options=("yes", "not_yet"),
            yes_no=("yes", "not_yet"),
            values=invited,
            counted=False,
        ),
        Do(name="told", when=goes_on, effect=tell_mentor),
        End(name="go_on", when=goes_on, values=partner),
        Each(name="levels", of="needs"),
        *OUTCOMES,
        Ask(name="thanks", reader=of_text(letter), open=True, optional=True, values=partner),
        Do(name="closed", needs=("thanks",), effect=close),
        Say(name="done", values=farewell),
    ),
    progress=True,
    then="give_back",
)


# The mentor


def closed_pair(answers: Answers, person: Person) -> Bond | None:
    """The accompaniment that the mentee closed."""
    return person.mentoring.bond("pair", int(answers.get("bond") or 0))


def word(answers: Answers, person: Person) -> dict[str, Any]:
    bond = closed_pair(answers, person)
    said = answers.get("said") or ""
    return {
        "partner": bond.partner.name if bond else "",
        "said": said,
        "hassaid": "yes" if said else "no",
    }


def rests(answers: Answers, person: Person) -> bool:
    return answers.get("again") in PAUSES


def goes_again(answers: Answers, person: Person) -> bool:
    return not rests(answers, person)


def keep(answers: Answers, person: Person) -> Sequence[Effect]:
    said = {kind: answers[kind] for kind in ("changed", "again") if answers.get(kind)}
    return (KeepOutcomes("closing", said, int(answers.get("bond") or 0)),)


def rest(answers: Answers, person: Person) -> Sequence[Effect]:
    return (PauseMentor(PAUSES[answers["again"]]),)


MENTOR_CLOSING = Flow(
    "mentor_closing",
    (
        Ask(
            name="changed",
            reader=of_text(letter),
            open=True,
            free=True,
            optional=True,
            values=word,
        ),
        Choose(name="again", options=("yes", "later", "no"), yes_no=("yes", "no")),
        Do(name="kept", needs=("again",), effect=keep),
        Do(name="paused", when=rests, effect=rest),
        Say(name="rest", when=rests),
        Say(name="ready", when=goes_again),
    ),
)

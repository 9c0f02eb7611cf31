"""Who stands on an organisation's list before they ever wrote: their first message finds it.

Nobody on a list has agreed to anything (Law 09-08). What the list told waits in the state; it
fills their answers in when they write, is told to them beside the question of consent, goes with
a refusal, and is checked by them at the end like what they said themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.effects import Phrase
from flows.people import Person

KEY = "imported"
"""Where a state keeps what a list told, until the person writes."""
Answers = Mapping[str, Any]


def waiting(
    flow: str, answers: Mapping[str, Any], vouched: bool, language: str | None
) -> dict[str, Any]:
    """The state of somebody who has not written yet.

    ``vouched``: an operator answers for a mentor, whom nobody need approve again.
    """
    marks = {"listed": True} | ({"vouched": True} if vouched else {})
    return {KEY: {"flow": flow, "answers": {**answers, **marks}, "language": language}}


def opening(state: dict[str, Any], flow: str) -> tuple[str, dict[str, Any]]:
    """The conversation that a first message begins, and what is known of it; the list is used up.

    ``flow`` is what the message itself calls for: "mentor", or "onboarding" for whatever else.
    """
    told = state.pop(KEY, None) or {}
    wanted = told.get("flow", flow) if flow == "onboarding" else flow
    return wanted, dict(told["answers"]) if told.get("flow") == wanted else {}


def language(state: Mapping[str, Any]) -> str | None:
    """The language that the list says they would rather read."""
    return (state.get(KEY) or {}).get("language")


def joined(state: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody who already talks proves a number that a list has: what they said stays theirs."""
    known = told.get(KEY) or {}
    stack = [dict(frame) for frame in state.get("stack") or ()]
    for frame in stack:
        if frame["flow"] == known.get("flow"):
            frame["answers"] = {**known["answers"], **frame["answers"]}
    return {**state, "stack": stack}


def origin(answers: Answers, person: Person) -> Sequence[Phrase]:
    """Below the question of consent: where we have their number and answers from."""
    return (Phrase("common-listed"),) if answers.get("listed") else ()


def vouched(answers: Answers, person: Person) -> bool:
    """Has an operator answered for this mentor?"""
    return bool(answers.get("vouched"))


def unknown(answers: Answers, person: Person) -> bool:
    """Is this mentor still to be approved?"""
    return not vouched(answers, person)

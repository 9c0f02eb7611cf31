"""Two people agree on a day and an hour. Words: messages/*/scheduling.ftl

One suggests, by tap or in words; the other confirms, names another hour, or lets it be. What comes
of each answer is told to both by an event (``flows/session_events.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows import hours
from flows.effects import AgreeHour, DropOffer, Effect, Phrase
from flows.finding import (
    MEETINGS,
    asks_way,
    asks_which,
    asks_whom,
    choosing,
    coming,
    is_over,
    names,
    pair,
    partners,
    puts_off,
    says,
    show,
    way_options,
)
from flows.people import Offer, Person
from flows.steps import Answers, Choose, Do, End, Flow, Say


def is_arranged(answers: Answers, person: Person) -> bool:
    return pair(answers, person) is not None and "offered" not in answers


SCHEDULING = Flow(
    "scheduling",
    (
        End(name="void", when=is_over),
        Choose(name="partner", among=partners, when=asks_whom),
        Choose(name="which", among=coming, when=asks_which),
        *choosing(
            is_arranged,
            last=(Choose(name="way", among=way_options, when=asks_way, values=names),),
        ),
        Say(name="left", when=puts_off),
    ),
)


# The other's answer


def offer(answers: Answers, person: Person) -> Offer | None:
    """The offer that was seen, while it is open."""
    bond = pair(answers, person)
    found = bond.offer if bond else None
    if found is None or found.mine or found.number != answers.get("number"):
        return None
    return found


def is_open(answers: Answers, person: Person) -> bool:
    return offer(answers, person) is not None


def is_stale(answers: Answers, person: Person) -> bool:
    done = any(name in answers for name in ("offered", "agreed", "dropped"))
    return not done and not is_open(answers, person)


def offered(answers: Answers, person: Person) -> dict[str, Any]:
    """The offer as its question tells it."""
    bond, found = pair(answers, person), offer(answers, person)
    if bond is None or found is None:
        return {"partner": "", "when": "", "way": "", "moves": "no"}
    return {
        "partner": bond.partner.name,
        "when": hours.clocks(found.start, person, bond),
        "way": Phrase("scheduling-ways", found.way),
        "moves": "yes" if found.session else "no",
    }


def wants_other(answers: Answers, person: Person) -> bool:
    return is_open(answers, person) and answers.get("answer") == "other"


def says_when(answers: Answers, person: Person) -> bool:
    """Another hour was named in words, or is being asked for."""
    told = str(answers.get("answer") or "")
    return is_open(answers, person) and told not in ("", "yes", "no")


def refuses(answers: Answers, person: Person) -> bool:
    return answers.get("answer") == "no" or puts_off(answers, person)


def agree(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    return (AgreeHour(bond.id, int(answers["number"])),) if bond else ()


def drop(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    return (DropOffer(bond.id, int(answers["number"])),) if bond else ()


OFFER = Flow(
    "offer",
    (
        End(name="stale", when=is_stale),
        Choose(
            name="answer",
            options=("yes", "other", "no"),
            yes_no=("yes", "other"),
            reader=hours.hour,
            values=offered,
            when=is_open,
            eager=True,
            own=MEETINGS,
            show=show,
        ),
        Do(name="agreed", when=says("answer", "yes"), effect=agree),
        *choosing(says_when, asked=wants_other),
        Do(name="dropped", when=refuses, effect=drop),
        Say(name="left", when=refuses),
    ),
    words="scheduling",
)

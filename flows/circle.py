"""After a closing: the invitation to mentor others, and how it went later. Words: circle.ftl"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flows.closing import OUTCOMES, told
from flows.effects import Begin, Effect, KeepOutcomes, Remind, StopFollowUps
from flows.mentor import known
from flows.people import Person
from flows.steps import Answers, Choose, Do, End, Flow, Say

ASKED_AGAIN = timedelta(days=30)
"""After so long a "later" is asked once more, and then not any more."""
MONTHS = {"m3": 3, "m6": 6, "m12": 12}
"""When we ask again how it goes, in months after the closing."""


def is_mentor(answers: Answers, person: Person) -> bool:
    return person.mentoring.mentor is not None


def accepts(answers: Answers, person: Person) -> bool:
    return bool(answers.get("answer") == "yes")


def waits(answers: Answers, person: Person) -> bool:
    return answers.get("answer") == "later" and not answers.get("again")


def declines(answers: Answers, person: Person) -> bool:
    return not accepts(answers, person) and not waits(answers, person)


def join(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Begin("mentor", known(person)),)


def remind(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Remind("give_back", "again", ASKED_AGAIN),)


GIVE_BACK = Flow(
    "give_back",
    (
        End(name="already", when=is_mentor),
        Choose(name="answer", options=("yes", "later", "no"), yes_no=("yes", "no")),
        Do(name="joined", when=accepts, effect=join),
        Do(name="reminded", when=waits, effect=remind),
        Say(name="put_off", when=waits),
        Say(name="kept", when=declines),
    ),
)


def not_now(answers: Answers, person: Person) -> bool:
    return bool(answers.get("again") == "not_now")


def never(answers: Answers, person: Person) -> bool:
    return bool(answers.get("again") == "never")


def months(answers: Answers, person: Person) -> dict[str, Any]:
    return {"months": MONTHS.get(str(answers.get("moment")), 3)}


def stop(answers: Answers, person: Person) -> Sequence[Effect]:
    return (StopFollowUps(),)


def keep(answers: Answers, person: Person) -> Sequence[Effect]:
    return (KeepOutcomes(str(answers.get("moment")), told(answers)),)


FOLLOW_UP = Flow(
    "follow_up",
    (
        Choose(
            name="again",
            options=("yes", "not_now", "never"),
            yes_no=("yes", "not_now"),
            values=months,
        ),
        Do(name="stopped", when=never, effect=stop),
        End(name="never", when=never),
        End(name="not_now", when=not_now),
        *OUTCOMES,
        Do(name="followed", effect=keep),
        Say(name="noted"),
    ),
    words="closing",
)

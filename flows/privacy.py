"""Rights: stop, erase, report a problem, and the language. Words: messages/*/privacy.ftl"""

from __future__ import annotations

from collections.abc import Sequence

from flows.effects import Effect, Erase, OpenTicket, OptOut, Update
from flows.people import Person
from flows.steps import Answers, Choose, Do, End, Flow, Say


def _agreed(answers: Answers, person: Person) -> bool:
    return bool(answers.get("sure") == "yes")


def _refused(answers: Answers, person: Person) -> bool:
    return bool(answers.get("sure") == "no")


def _erase(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Erase(),)


def _opt_out(answers: Answers, person: Person) -> Sequence[Effect]:
    return (OptOut(),)


def _report(answers: Answers, person: Person) -> Sequence[Effect]:
    return (OpenTicket("problem", "report"),)


def _switch(answers: Answers, person: Person) -> Sequence[Effect]:
    return (Update({"language": answers["which"]}),)


ERASE = Flow(
    "erase",
    (
        Choose(name="sure", options=("yes", "no"), yes_no=("yes", "no")),
        End(name="kept", when=_refused),
        Say(name="erased", when=_agreed),
        Do(name="erase", when=_agreed, effect=_erase),
    ),
)

STOP = Flow(
    "stop",
    (
        Choose(name="sure", options=("yes", "no"), yes_no=("yes", "no")),
        End(name="kept", when=_refused),
        Say(name="stopped", when=_agreed),
        Do(name="stop", when=_agreed, effect=_opt_out),
    ),
)

REPORT = Flow(
    "report",
    (
        Choose(name="sure", options=("yes", "no"), yes_no=("yes", "no")),
        End(name="kept", when=_refused),
        Do(name="report", when=_agreed, effect=_report),
        Say(name="told", when=_agreed),
    ),
)

LANGUAGE = Flow(
    "language",
    (
        Choose(name="which", options=("fr", "ar", "en")),
        Do(name="switch", effect=_switch),
    ),
)

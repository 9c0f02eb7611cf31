"""Rights: stop, erase, report a problem, and the language. Words: messages/*/privacy.ftl"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.agreement import partners
from flows.effects import (
    ChangePair,
    Effect,
    Erase,
    OpenTicket,
    Option,
    OptOut,
    PausePair,
    Phrase,
    Update,
)
from flows.people import Bond, Person
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
    return (OpenTicket("problem", str(answers.get("where") or "report")),)


def _chosen(answers: Answers, person: Person, step: str) -> Bond | None:
    kind, _, id = str(answers.get(step) or "").partition(":")
    return person.mentoring.bond("pair", int(id)) if kind == "pair" else None


def _about(answers: Answers, person: Person) -> Bond | None:
    """The accompaniment that a report is about: the only one, or the one that was named."""
    pairs = person.mentoring.pairs
    return pairs[0] if len(pairs) == 1 else _chosen(answers, person, "about")


def _several(answers: Answers, person: Person) -> bool:
    return _agreed(answers, person) and len(person.mentoring.pairs) > 1


def _rests(answers: Answers, person: Person) -> bool:
    return _agreed(answers, person) and _about(answers, person) is not None


def _told(answers: Answers, person: Person) -> bool:
    return _agreed(answers, person) and _about(answers, person) is None


def _partner(answers: Answers, person: Person) -> Mapping[str, Any]:
    bond = _about(answers, person) or _chosen(answers, person, "what")
    return {"partner": bond.partner.name if bond else ""}


def _rest(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = _about(answers, person)
    return (PausePair(bond.id),) if bond else ()


def _letters(answers: Answers, person: Person) -> Sequence[Option]:
    """Whose messages may be stopped alone."""
    return [
        Option(f"pair:{bond.id}", Phrase("stop-from", None, {"partner": bond.partner.name}))
        for bond in person.mentoring.pairs
        if bond.terms.get("hears", True)
    ]


def _knows_several(answers: Answers, person: Person) -> bool:
    return "sure" not in answers and bool(_letters(answers, person))


def _knows_us(answers: Answers, person: Person) -> bool:
    return "what" not in answers


def _stops(answers: Answers, person: Person) -> bool:
    return _agreed(answers, person) or answers.get("what") == "all"


def _goes_on(answers: Answers, person: Person) -> bool:
    return _refused(answers, person) or answers.get("what") == "none"


def _mutes(answers: Answers, person: Person) -> bool:
    return _chosen(answers, person, "what") is not None


def _mute(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = _chosen(answers, person, "what")
    return (ChangePair(bond.id, {"hears": False}),) if bond else ()


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
        Choose(name="what", among=_letters, options=("all", "none"), when=_knows_several),
        Choose(name="sure", options=("yes", "no"), yes_no=("yes", "no"), when=_knows_us),
        End(name="kept", when=_goes_on),
        Do(name="mute", when=_mutes, effect=_mute),
        Say(name="muted", when=_mutes, values=_partner),
        Say(name="stopped", when=_stops),
        Do(name="stop", when=_stops, effect=_opt_out),
    ),
)

REPORT = Flow(
    "report",
    (
        Choose(name="sure", options=("yes", "no"), yes_no=("yes", "no")),
        End(name="kept", when=_refused),
        Do(name="report", when=_agreed, effect=_report),
        Choose(name="about", among=partners, options=("other",), when=_several),
        Do(name="rest", when=_rests, effect=_rest),
        Say(name="rested", when=_rests, values=_partner),
        Say(name="told", when=_told),
    ),
)

LANGUAGE = Flow(
    "language",
    (
        Choose(name="which", options=("fr", "ar", "en")),
        Do(name="switch", effect=_switch),
    ),
)

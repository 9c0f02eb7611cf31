"""What two people agree on when they begin, and the numbers they may exchange.

Words: messages/*/agreement.ftl
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flows.choice import letter
from flows.effects import (
    Begin,
    ChangePair,
    Effect,
    EndPair,
    Option,
    Phrase,
    Remind,
    Share,
    Tell,
)
from flows.people import Bond, Person
from flows.portraits import who
from flows.reading import of_options, of_text
from flows.rules.circle import assessed
from flows.steps import Answers, Ask, Choose, Do, End, Flow, Say

RHYTHMS = ("weekly", "fortnightly", "monthly")
MONTHS = ("m3", "m6", "m12")
CLOSING_ENDS = timedelta(days=14)
"""After so long a closing that was begun and left open ends by itself."""


def pair(answers: Answers, person: Person) -> Bond | None:
    """The pair that this is about, while it is not ended."""
    id = str(answers.get("bond") or 0).removeprefix("pair:")
    bond = person.mentoring.bond("pair", int(id) if id.isdigit() else 0)
    return bond if bond and bond.state != "ended" else None


def is_over(answers: Answers, person: Person) -> bool:
    return pair(answers, person) is None


def rests(answers: Answers, person: Person) -> bool:
    """An operator looks at it: nothing passes until then."""
    bond = pair(answers, person)
    return bond is not None and bond.state == "paused"


def partners(answers: Answers, person: Person) -> Sequence[Option]:
    """Everybody this person accompanies or is accompanied by."""
    return [Option(f"pair:{bond.id}", who(bond.partner, person)) for bond in person.mentoring.pairs]


def partner(answers: Answers, person: Person) -> dict[str, Any]:
    bond = pair(answers, person)
    return {"partner": bond.partner.name if bond else ""}


def terms(answers: Answers, person: Person) -> dict[str, Any]:
    """The agreement as its text names it."""
    bond = pair(answers, person)
    told = bond.terms if bond else {}
    return {
        "partner": bond.partner.name if bond else "",
        "goal": told.get("goal") or "",
        "rhythm": Phrase("goals-every", told.get("rhythm") or "fortnightly"),
        "months": int(told.get("months") or 6),
    }


def suggest(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    if bond is None:
        return ()
    wanted = {
        "goal": answers["goal"],
        "rhythm": answers["rhythm"],
        "months": int(answers["months"].removeprefix("m")),
    }
    return ChangePair(bond.id, wanted), Tell(bond.partner.id, "agreement", f"pair:{bond.id}")


GOALS = Flow(
    "goals",
    (
        End(name="void", when=is_over),
        End(name="resting", when=rests, values=partner),
        Ask(name="goal", reader=of_text(letter), open=True, verbatim=True, values=partner),
        Choose(name="rhythm", options=RHYTHMS, reader=of_options("rhythm"), eager=True),
        Choose(name="months", options=MONTHS, reader=of_options("months"), eager=True),
        Do(name="suggested", needs=("months",), effect=suggest),
        Say(name="sent", values=partner),
    ),
)


def agrees(answers: Answers, person: Person) -> bool:
    return bool(answers.get("answer") == "agree")


def differs(answers: Answers, person: Person) -> bool:
    return bool(answers.get("answer") == "differ")


def agree(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    if bond is None:
        return ()
    return ChangePair(bond.id, {"agreed": True}), Tell(bond.partner.id, "agreed", f"pair:{bond.id}")


def differ(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    if bond is None:
        return ()
    return (Tell(bond.partner.id, "differs", f"pair:{bond.id}", answers["other"]),)


AGREEMENT = Flow(
    "agreement",
    (
        End(name="void", when=is_over),
        End(name="resting", when=rests, values=partner),
        Choose(
            name="answer", options=("agree", "differ"), yes_no=("agree", "differ"), values=terms
        ),
        Ask(name="other", reader=of_text(letter), open=True, verbatim=True, when=differs),
        Do(name="agreed", when=agrees, effect=agree),
        Do(name="differed", when=differs, needs=("other",), effect=differ),
        Say(name="done", when=agrees, values=partner),
        Say(name="sent", when=differs, values=partner),
    ),
)


def share(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    return (Share(bond.id),) if bond else ()


def refuses(answers: Answers, person: Person) -> bool:
    return bool(answers.get("sure") == "no")


def says_yes(answers: Answers, person: Person) -> bool:
    return bool(answers.get("sure") == "yes")


SHARE = Flow(
    "share",
    (
        Choose(name="bond", among=partners),
        End(name="void", when=is_over),
        End(name="resting", when=rests, values=partner),
        Choose(name="sure", options=("yes", "no"), yes_no=("yes", "no"), values=partner),
        Do(name="shared", when=says_yes, effect=share),
        Say(name="kept", when=refuses),
    ),
)


def is_done(answers: Answers, person: Person) -> bool:
    return bool(answers.get("why") == "reached")


def closes(answers: Answers, person: Person) -> bool:
    """The one who is accompanied says that the goal is reached: it is closed well."""
    bond = pair(answers, person)
    return is_done(answers, person) and bond is not None and bond.role == "mentee"


def would_close(answers: Answers, person: Person) -> bool:
    bond = pair(answers, person)
    return is_done(answers, person) and bond is not None and bond.role == "mentor"


def stops(answers: Answers, person: Person) -> bool:
    return not is_done(answers, person)


def closing(bond: Bond, person: Person) -> dict[str, Any]:
    """What a closing knows when it begins: the pair, and the skills to be rated again."""
    needs = person.profile.get("needs") or ()
    return {"bond": bond.id, "needs": assessed(person.mentoring.ratings, needs)}


def close(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    if bond is None:
        return ()
    begin = Begin("closing", {**closing(bond, person), "ready": "yes"})
    return Remind("closing_ends", f"pair:{bond.id}", CLOSING_ENDS), begin


def ask_to_close(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    return (Tell(bond.partner.id, "closing_asked", f"pair:{bond.id}"),) if bond else ()


def end(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    return (EndPair(bond.id, answers.get("why") or ""),) if bond else ()


PARTING = Flow(
    "parting",
    (
        Choose(name="bond", among=partners),
        End(name="void", when=is_over),
        Choose(name="sure", options=("yes", "no"), yes_no=("yes", "no"), values=partner),
        End(name="kept", when=refuses),
        Choose(
            name="why",
            options=("reached", "fit", "time", "other"),
            reader=of_options("parting"),
            optional=True,
        ),
        Do(name="closing", when=closes, effect=close),
        Do(name="suggested", when=would_close, effect=ask_to_close),
        Say(name="suggested_to", when=would_close, values=partner),
        Do(name="ended", needs=("why",), when=stops, effect=end),
    ),
)


def carry(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    if bond is None:
        return ()
    return (Tell(bond.partner.id, "letter", f"pair:{bond.id}", answers["words"]),)


def silenced(answers: Answers, person: Person) -> bool:
    """The other takes no letters: they said so, or no message at all reaches them."""
    bond = pair(answers, person)
    return bond is not None and not bond.terms.get("heard", True)


def to_whom(answers: Answers, person: Person) -> dict[str, Any]:
    return {**partner(answers, person), "haspartner": "yes"}


def hear(answers: Answers, person: Person) -> Sequence[Effect]:
    bond = pair(answers, person)
    return (ChangePair(bond.id, {"hears": True}),) if bond else ()


LETTER = Flow(
    "letter",
    (
        Choose(name="bond", among=partners),
        End(name="void", when=is_over),
        End(name="resting", when=rests, values=partner),
        End(name="silenced", when=silenced, values=partner),
        Ask(name="words", reader=of_text(letter), open=True, verbatim=True, values=partner),
        Do(name="carried", needs=("words",), effect=carry),
        Say(name="sent", values=to_whom),
    ),
)

HEAR = Flow(
    "hear",
    (
        End(name="void", when=is_over),
        Choose(name="sure", options=("yes", "no"), yes_no=("yes", "no"), values=partner),
        End(name="kept", when=refuses),
        Do(name="hears", effect=hear),
        Say(name="again", values=partner),
    ),
)

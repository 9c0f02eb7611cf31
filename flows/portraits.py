"""How two people are told of each other before they meet: first names, a portrait, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.effects import Phrase
from flows.people import Card, Partner, Person

Reasons = Sequence[tuple[str, Any]]
_OF_ONBOARDING = {
    "skill": "needs", "sector": "sector", "stage": "stage", "language": "languages",
}  # fmt: skip
"""The question whose options name a reason's value."""


def place(partner: Partner, person: Person) -> str:
    """Where somebody lives, in the reader's language."""
    where = partner.portrait.get("place") or {}
    return str(where.get(f"name_{person.language or 'fr'}") or "")


def who(partner: Partner, person: Person) -> Phrase:
    """ "Karim (Munich)": short enough for a button."""
    return Phrase("portrait-who", None, {"first": partner.name, "place": place(partner, person)})


def reason(message: str, code: str, value: Any) -> Phrase:
    """One reason in words: of a mentor as the mentee reads it, or to the mentor."""
    if code in _OF_ONBOARDING:
        what: Any = Phrase(f"onboarding-{_OF_ONBOARDING[code]}", value)
    elif code == "hours":
        what = Phrase("common-window", None, value)
    else:
        what = ""
    return Phrase(message, code, {"what": what})


def reasons(told: Reasons, message: str = "portrait-reason") -> Phrase:
    """All of them, in one line."""
    return Phrase("portrait-reasons", None, {"reasons": [reason(message, *one) for one in told]})


def mentor_card(card: Card, person: Person) -> Phrase:
    """A mentor as a mentee may see them."""
    return Phrase(
        "portrait-mentor",
        None,
        {
            "who": who(card.mentor, person),
            "experience": card.mentor.portrait.get("experience") or "",
            "reasons": reasons(card.reasons),
        },
    )


def mentee_lines(partner: Partner, told: Reasons, person: Person) -> tuple[Phrase, ...]:
    """A mentee as a mentor may see them, without a name: activity, town, stage, needs, reasons."""
    portrait = partner.portrait
    stage = portrait.get("stage")
    needs = [Phrase("onboarding-needs", need) for need in portrait.get("needs") or ()]
    facts: list[tuple[str, Any]] = [
        ("activity", portrait.get("activity")),
        ("place", place(partner, person)),
        ("stage", Phrase("onboarding-stage", stage) if stage else None),
        ("needs", needs),
    ]
    lines = [
        Phrase(
            "common-field",
            None,
            {"label": Phrase(f"onboarding-{name}", "field"), "value": value},
        )
        for name, value in facts
        if value
    ]
    return (*lines, reasons(told, "portrait-you")) if told else tuple(lines)

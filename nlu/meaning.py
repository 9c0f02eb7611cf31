"""What a message means: the vocabulary between understanding and the flows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

INTENTS: Final = (
    "greet", "goodbye", "thanks", "affirm", "deny",
    "join_programme", "become_mentor", "find_mentor", "change_mentor",
    "schedule_session", "reschedule_session", "cancel_session", "my_sessions", "running_late",
    "request_status", "update_profile", "change_language", "help",
    "programme_info", "cost", "funding", "formalisation",
    "talk_to_human", "stop", "resume", "pause", "my_data", "delete_data", "report_problem",
    "back", "skip", "repeat", "abandon", "bot_challenge", "out_of_scope",
)  # fmt: skip

BY_RULE: Final = ("announce", "end_pair", "menu", "my_mentees", "withdraw_request", "write")
"""Intents that only rules know: there are no training examples for them."""

ACT: Final = 0.6
"""From this confidence on a flow acts; below it asks back, offers the alternatives or gives a hint."""
LANGUAGES: Final = ("fr", "ar", "en")
"""What we write in. ``variety`` says what a person wrote in: fr ar ary arizi en."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A fact found in a message: ``text[start:end]`` says it, ``value`` is what it means."""

    entity: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What was understood of one message.

    ``plain`` is true when the whole message is a command and nothing else ("aide", "retour"):
    then it goes before the step's own reader. ``sure`` is false for a near miss of a costly
    command ("baraka"): it must be confirmed, never acted on.
    """

    text: str
    language: str | None = None
    variety: str | None = None
    intent: str | None = None
    confidence: float = 0.0
    plain: bool = False
    sure: bool = True
    alternatives: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()

    @property
    def acts(self) -> bool:
        """Is it certain enough to be done?"""
        return self.intent is not None and self.confidence >= ACT


@dataclass(frozen=True, slots=True)
class Found:
    """A reader understood the answer."""

    value: Any


@dataclass(frozen=True, slots=True)
class Which:
    """A reader found several readings: ask, never guess. Each is (value, label in the person's language)."""

    candidates: tuple[tuple[Any, str], ...]


Reading = Found | Which | None
"""None: this text does not answer the question."""

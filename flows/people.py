"""Who is speaking, and what was heard: the facts that a turn is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, Protocol

from nlu.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Person:
    """What a turn may know of the person who speaks."""

    language: str | None = None
    name: str | None = None
    gender: str | None = None
    source: str | None = None
    channel: str = "web"
    registered: bool = False
    admitted: bool = False
    contact: bool = False
    """Not eligible, but asked us to keep the contact."""
    opted_out: bool = False
    silent: timedelta | None = None
    """Time since their last message; None for a newcomer."""
    profile: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap, resolved among what we sent: the step it answered and the code it stood for."""

    step: str
    code: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One message, or one event of our own (a timer, an operator's decision)."""

    kind: Literal["text", "tap", "location", "contact", "voice", "image", "other", "event"]
    text: str = ""
    meaning: Meaning = field(default_factory=lambda: Meaning(""))
    """What was understood of the text, before the turn."""
    tap: Tap | None = None
    location: tuple[float, float] | None = None
    phone: str = ""
    hint: str = ""
    opt_out: str = ""
    event: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """What a turn may know beside the person who speaks."""

    year: int
    """This calendar year, for ages told as a year of birth."""
    programmes: tuple[Mapping[str, Any], ...] = ()
    """The operators' list of schemes for funding and formalisation, as it is to be shown."""


class Words(Protocol):
    """What the engine may ask the catalog: labels, to compare an answer with what was shown."""

    def label(self, id: str, attribute: str, language: str) -> str: ...

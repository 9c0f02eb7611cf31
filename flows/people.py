"""Who is speaking, and what was heard: the facts that a turn is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, Protocol


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
    tap: Tap | None = None
    location: tuple[float, float] | None = None
    phone: str = ""
    hint: str = ""
    opt_out: str = ""
    event: str = ""
    subject: str = ""


class Words(Protocol):
    """What the engine may ask the catalog: labels, to compare an answer with what was shown."""

    def label(self, id: str, attribute: str, language: str) -> str: ...

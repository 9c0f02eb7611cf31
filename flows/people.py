"""Who is speaking, whom they are bound to, and what was heard: the facts that a turn is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from flows.effects import Phrase
from nlu.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Partner:
    """Another person, as far as this one may know them: a first name and a portrait."""

    id: int
    name: str
    gender: str | None = None
    language: str = "fr"
    timezone: str = "Africa/Casablanca"
    portrait: Mapping[str, Any] = field(default_factory=dict)
    """activity or experience, place, sectors, stage, needs or skills, availability, meet."""


@dataclass(frozen=True, slots=True)
class Card:
    """A mentor who is proposed, and why; ``reasons`` are (code, value), strongest first."""

    mentor: Partner
    reasons: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Bond:
    """A request or an accompaniment, seen from one of its two sides."""

    id: int
    kind: Literal["request", "pair"]
    state: str
    role: Literal["mentee", "mentor"]
    """Which of the two this person is."""
    partner: Partner
    since: datetime
    reasons: tuple[tuple[str, Any], ...] = ()
    terms: Mapping[str, Any] = field(default_factory=dict)
    """goal, rhythm, months, agreed, relayed, i_share, they_share, phone."""


@dataclass(frozen=True, slots=True)
class Mentoring:
    """A person's part in the programme beside their profile as a mentee."""

    mentor: Mapping[str, Any] | None = None
    """Their answers as a mentor, with state, capacity, taken and paused_until."""
    bonds: tuple[Bond, ...] = ()
    cards: tuple[Card, ...] = ()
    ratings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Of who is or was accompanied: their self-ratings by moment and skill."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """And what they told last of what came of it, by kind."""

    def bond(self, kind: str, id: int) -> Bond | None:
        """The request or pair with this id, if it is one of this person's."""
        return next((b for b in self.bonds if b.kind == kind and b.id == id), None)

    def latest(self, kind: str, role: str, *states: str) -> Bond | None:
        """The newest request or pair in which this person has this role."""
        mine = [b for b in self.bonds if (b.kind, b.role) == (kind, role) and b.state in states]
        return max(mine, key=lambda bond: bond.since, default=None)


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
    timezone: str | None = None
    mentoring: Mentoring = field(default_factory=Mentoring)


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
    sender: int = 0
    """Whose words an event carries, where they are another person's."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where something is read: ``now`` is aware, ``timezone`` the person's own."""

    now: datetime
    timezone: str

    @property
    def year(self) -> int:
        """The calendar year, for ages told as a year of birth."""
        return self.now.astimezone(ZoneInfo(self.timezone)).year


@dataclass(frozen=True, slots=True)
class World:
    """What a turn may know beside the person who speaks."""

    now: datetime
    timezone: str = "Africa/Casablanca"
    """The zone of people whose town we do not know yet."""
    programmes: tuple[Mapping[str, Any], ...] = ()
    """The operators' list of schemes for funding and formalisation, as it is to be shown."""


class Words(Protocol):
    """What the engine may ask the catalog: labels, to compare an answer with what was shown."""

    def label(self, id: str, attribute: str, language: str) -> str: ...

    def text(self, phrase: Phrase, language: str, always: Mapping[str, Any]) -> str: ...

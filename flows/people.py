"""Who is speaking, whom they are bound to, and what was heard: the facts that a turn is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from flows.effects import Phrase
from nlu.meaning import Meaning

NEVER = datetime.min.replace(tzinfo=UTC)


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
class Offer:
    """An hour that one of a pair suggests and the other has not answered yet."""

    number: int
    """Raised by every counter-offer: an answer is to the one that was seen."""
    mine: bool
    start: datetime
    way: str
    minutes: int = 60
    session: int = 0
    """The booked session that would move; 0 for a new one."""


@dataclass(frozen=True, slots=True)
class Session:
    """A meeting of a pair, as one of its two sides sees it."""

    id: int
    pair: int
    sequence: int
    """Raised whenever it changes: what was set for it before does nothing any more."""
    state: str
    """booked; displaced (newer zone rules took its hour); held, not_held or disputed."""
    start: datetime
    way: str
    link: str = ""
    minutes: int = 60
    report: Mapping[str, Any] | None = None
    """What this person said of it: held, why, rating, learnt, step, due, done."""

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)

    @property
    def is_open(self) -> bool:
        return self.state in ("booked", "displaced")


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
    """goal, rhythm, months, agreed, hears, heard, i_share, they_share, phone.

    ``hears``: this person takes the other's letters; ``heard``: the other takes theirs.
    """
    offer: Offer | None = None
    taken: tuple[tuple[datetime, datetime], ...] = ()
    """The UTC intervals when either of the two has a session."""


@dataclass(frozen=True, slots=True)
class Mentoring:
    """A person's part in the programme beside their profile as a mentee."""

    mentor: Mapping[str, Any] | None = None
    """Their answers as a mentor, with state, capacity, taken and paused_until."""
    bonds: tuple[Bond, ...] = ()
    cards: tuple[Card, ...] = ()
    sessions: tuple[Session, ...] = ()
    """Those that are open, and those of the last months, in order."""
    now: datetime = NEVER
    """When these facts were loaded: what is still to come is judged by it."""
    ratings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Of who is or was accompanied: their self-ratings by moment and skill."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """And what they told last of what came of it, by kind."""

    def session(self, id: int) -> Session | None:
        """The session with this id, if it is one of this person's."""
        return next((one for one in self.sessions if one.id == id), None)

    def coming(self, pair: int | None = None) -> tuple[Session, ...]:
        """Sessions that are not over, the next first; of one pair, or of all."""
        return tuple(
            one
            for one in self.sessions
            if one.is_open and one.end > self.now and pair in (None, one.pair)
        )

    def bond(self, kind: str, id: int) -> Bond | None:
        """The request or pair with this id, if it is one of this person's."""
        return next((b for b in self.bonds if b.kind == kind and b.id == id), None)

    @property
    def pairs(self) -> tuple[Bond, ...]:
        """The accompaniments that are not ended, in either role."""
        return tuple(b for b in self.bonds if b.kind == "pair" and b.state != "ended")

    @property
    def asked(self) -> tuple[Bond, ...]:
        """The requests that wait for this person's own answer."""
        mine = (b for b in self.bonds if (b.kind, b.role) == ("request", "mentor"))
        return tuple(b for b in mine if b.state == "asked")

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
    operator: bool = False
    """One of the team, who writes from an address that the settings name."""
    applicants: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    """Of an operator: who offered to be a mentor, the longest waiting first, by their id."""

    @property
    def belongs(self) -> bool:
        """A mentee, a mentor or one of the team: who has the menu."""
        return self.registered or self.operator or self.mentoring.mentor is not None


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap, resolved among what we sent: the step it answered and the code it stood for."""

    step: str
    code: str
    message: str = ""
    """Which of our messages: "See others" below a new list is no second tap on the old one."""


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
    unseen: bool = False
    """Something of ours waits for them: what they say cannot be an answer to it."""
    announced: str | None = None
    """An announcement is the last that they got: the intent that a yes to it means, or ""."""
    times: int = 0
    """Of a reminder: how many about the same came before."""
    due: datetime | None = None
    """Of a timer: when it should have been served."""


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

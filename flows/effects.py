"""What a flow may ask of the world. The turn applies these in its own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Update:
    """Set what we know of the person: language, variety, name, gender, source."""

    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """Append a consent or its refusal, with the version of the text that was shown."""

    purpose: str
    answer: bool
    version: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Keep nothing of what was said: no consent was given (Law 09-08, article 4)."""


@dataclass(frozen=True, slots=True)
class RegisterMentee:
    """Store the profile; the first time also the self-assessment as the baseline."""

    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeepContact:
    """Not eligible now, but wants to hear from the programme."""

    reason: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A person needs a person; ``asked`` names the question, never the words."""

    reason: str
    asked: str


@dataclass(frozen=True, slots=True)
class OptOut:
    """No message any more, on any channel."""


@dataclass(frozen=True, slots=True)
class OptIn:
    """Messages again."""


@dataclass(frozen=True, slots=True)
class TellMyData:
    """Answer with all that is stored about the person, and a link to it."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase the person everywhere."""


@dataclass(frozen=True, slots=True)
class LinkPhone:
    """The provider proved this number to be the person's own: join what belongs together."""

    phone: str


@dataclass(frozen=True, slots=True)
class Remind:
    """Come back with a timer, unless something else was asked meanwhile."""

    kind: str
    subject: str
    after: timedelta


@dataclass(frozen=True, slots=True)
class RegisterMentor:
    """Store a mentor's answers with the version of the code of conduct that was accepted."""

    answers: Mapping[str, Any]
    conduct: str
    approved: bool = False
    """An operator has answered for them before they wrote."""


@dataclass(frozen=True, slots=True)
class PauseMentor:
    """Nobody new for so many days; 0: at once again."""

    days: int


@dataclass(frozen=True, slots=True)
class Prefer:
    """Whom a mentee would rather have: woman, near, diaspora, anyone."""

    wish: str


@dataclass(frozen=True, slots=True)
class Propose:
    """Look for mentors; the event "proposals" or "nobody" says what was found.

    ``quiet``: nobody asked, so that finding none is not worth a message.
    """

    quiet: bool = False


@dataclass(frozen=True, slots=True)
class AskMentor:
    """Ask one of those proposed; the mentor hears of it, or the mentee that no place is left."""

    mentor_id: int


@dataclass(frozen=True, slots=True)
class CloseRequest:
    """Decline, let expire or withdraw a request; the other side is told."""

    id: int
    state: Literal["declined", "expired", "withdrawn"]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """The mentor accepts: a pair is made while there is a place, and both are told."""

    id: int


@dataclass(frozen=True, slots=True)
class ChangePair:
    """Set terms of a pair: goal, rhythm, months, agreed, relayed, state."""

    id: int
    terms: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """One side would exchange numbers: the other is asked, or both get them."""

    id: int


@dataclass(frozen=True, slots=True)
class EndPair:
    """An accompaniment ends; the other is told, without blame."""

    id: int
    why: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Something for another person's own turn: an event about a bond, with words to be relayed."""

    to: int
    event: str
    subject: str
    text: str = ""


Effect = (
    Update
    | RecordConsent
    | Forget
    | RegisterMentee
    | KeepContact
    | OpenTicket
    | OptOut
    | OptIn
    | TellMyData
    | Erase
    | LinkPhone
    | Remind
    | RegisterMentor
    | PauseMentor
    | Prefer
    | Propose
    | AskMentor
    | CloseRequest
    | Accept
    | ChangePair
    | Share
    | EndPair
    | Tell
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text by its name in the catalog; values may be phrases, or lists of them, themselves."""

    id: str
    attribute: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be tapped, or chosen by its number or label."""

    code: str
    label: Phrase | str


@dataclass(frozen=True, slots=True)
class Reply:
    """One outgoing message: its lines, then its options."""

    lines: tuple[Phrase, ...]
    options: tuple[Option, ...] = ()
    step: str = ""
    """``flow.step`` that the options answer; a tap brings it back."""
    purpose: str = "reply"
    ask: Literal["", "location", "contact"] = ""
    listed: bool = True
    """False where the labels are numbers themselves (1 to 5): no second numbering."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message changed."""

    state: dict[str, Any]
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...]

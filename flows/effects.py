"""What a flow may ask of the world. The turn applies these in its own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
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
    times: int = 0
    """How many reminders about this came before."""


@dataclass(frozen=True, slots=True)
class StopReminding:
    """No more timers of this kind about this: it was settled, or nobody wants to hear of it."""

    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class RegisterMentor:
    """Store a mentor's answers with the version of the code of conduct that was accepted."""

    answers: Mapping[str, Any]
    conduct: str
    approved: bool = False
    """An operator has answered for them before they wrote."""


@dataclass(frozen=True, slots=True)
class DecideMentor:
    """An operator lets a mentor in, or does not; the mentor is told."""

    mentor: int
    state: Literal["approved", "declined"]


@dataclass(frozen=True, slots=True)
class PauseMentor:
    """Nobody new for so many days, or until a day (ISO, the last one away); neither: at once again."""

    days: int = 0
    until: str = ""


@dataclass(frozen=True, slots=True)
class Prefer:
    """Whom a mentee would rather have: woman, near, diaspora, anyone."""

    wish: str


@dataclass(frozen=True, slots=True)
class Propose:
    """Look for mentors; the event "proposals" or "nobody" says what was found.

    ``quiet``: nobody asked, so that finding none is not worth a message. ``again``: where there is
    nobody new, those passed over before.
    """

    quiet: bool = False
    again: bool = False


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
    """Set terms of a pair: goal, rhythm, months, agreed, hears (this side takes letters)."""

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
class PausePair:
    """Nothing passes between two people until an operator says so; neither is told why."""

    id: int


@dataclass(frozen=True, slots=True)
class OfferHour:
    """Suggest an hour to the other, in place of what was open between them.

    ``session``: the booked one that would move. The event "offered" or "hour_refused" says what
    came of it, and "offer" asks the other.
    """

    pair: int
    start: datetime
    way: str
    minutes: int
    session: int = 0


@dataclass(frozen=True, slots=True)
class AgreeHour:
    """Confirm the offer of this number: both hear "booked" or "moved", or that it cannot be."""

    pair: int
    number: int


@dataclass(frozen=True, slots=True)
class DropOffer:
    """Take an offer back, or let it be; the other is told unless it is their own that ran out."""

    pair: int
    number: int
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class CancelSession:
    """Cancel a session as it was seen; both hear of it."""

    id: int
    sequence: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class ReportSession:
    """Keep what one side says of a session: held, why, rating, learnt, step, due, done."""

    id: int
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SettleSession:
    """Nobody is waited for any more: what was said of a session counts."""

    id: int


@dataclass(frozen=True, slots=True)
class NextSession:
    """After one session the next: the event "next_session" asks for it."""

    pair: int


@dataclass(frozen=True, slots=True)
class Tell:
    """Something for another person's own turn: an event about a bond, with words to be relayed."""

    to: int
    event: str
    subject: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Begin:
    """Go over to another conversation within the turn; this one is left."""

    flow: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClosePair:
    """The mentee closes an accompaniment well: it ends, what came of it is kept, thanks are carried."""

    id: int
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeepOutcomes:
    """What came of an accompaniment, as it was told at a moment; ``pair`` 0: of the latest."""

    moment: str
    answers: Mapping[str, Any]
    pair: int = 0


@dataclass(frozen=True, slots=True)
class StopFollowUps:
    """Nothing more is asked about what became of an accompaniment."""


@dataclass(frozen=True, slots=True)
class DraftAnnouncement:
    """Keep a draft and count: the event "drafted" says how many would get it, and at what price."""

    audience: Mapping[str, Sequence[str]]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SendAnnouncement:
    """Send a draft, once, whoever else does; or throw it away."""

    id: int
    drop: bool = False


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
    | StopReminding
    | RegisterMentor
    | DecideMentor
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
    | PausePair
    | OfferHour
    | AgreeHour
    | DropOffer
    | CancelSession
    | ReportSession
    | SettleSession
    | NextSession
    | Begin
    | ClosePair
    | KeepOutcomes
    | StopFollowUps
    | DraftAnnouncement
    | SendAnnouncement
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
    """False where the answer is a number itself (1 to 5, how many): no second numbering."""
    template: Phrase | None = None
    """The template that says the same where WhatsApp takes nothing else; as an SMS it is short."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message changed."""

    state: dict[str, Any]
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...]

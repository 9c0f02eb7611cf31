"""May we write to this person now, and how? Asked by the sender at the moment of sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from flows.rules.decent import Home, Hours, next_awaited, next_begin

WINDOW: Final = timedelta(hours=24)
"""WhatsApp takes free text only within 24 hours of the person's last message
(twilio.com/docs/api/errors/63016)."""
AWAKE: Final = timedelta(hours=1)
"""Whoever wrote within it is in the conversation, whatever the hour."""
PATIENCE: Final = timedelta(days=30)
"""How long a message waits for somebody whose window is shut."""
LATE: Final = timedelta(minutes=45)
"""A reminder of a session that could not be sent for so long says nothing true any more."""
DAYS: Final = timedelta(days=3)
NOTICE_LASTS: Final = timedelta(days=3)
"""Who was told that something waits is not told so again for as long."""
WEEK: Final = timedelta(days=7)
GAVE_UP: Final = 2
"""Messages in a row that a provider could not deliver, after which we try another way."""
UNSEEN: Final = ("window_shut", "undelivered", "wave")
"""Reasons to wait of what could not reach them."""
HELD: Final = ("quiet_hours", "budget", "pace", *UNSEEN)
"""Reasons for which a message waits; whoever writes meanwhile gets it at once."""
WAITING: Final = (*HELD, "in_conversation")
"""Reasons for which a message waits without holding up what comes after it."""
Channel = str
Verdict = Literal["now", "template", "notice", "later", "elsewhere", "never"]


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a message is for, and what that allows it."""

    rank: int = 0
    """0 goes first: it belongs to a conversation. 1 is begun by us, 2 is for many."""
    hours: Literal["any", "awaited", "begun"] = "any"
    useful: timedelta = PATIENCE
    """Later than that it is dropped rather than sent."""
    behind: str = ""
    """The template that announces it where only a template may go."""
    by_sms: bool = False
    """Worth an SMS where WhatsApp cannot be used."""
    answers: bool = False
    """Belongs to what they write themselves, and may come in a burst as they do."""


PURPOSES: Final[Mapping[str, Purpose]] = {
    # The farewell after an erasure, and a right or its confirmation.
    "erased": Purpose(answers=True),
    "legal": Purpose(answers=True),
    "reply": Purpose(behind="waiting", by_sms=True, answers=True),
    # Of a session that both agreed to: at its hour, even where that is early or late in the day.
    "reminder": Purpose(useful=LATE, by_sms=True),
    # Something awaited.
    "news": Purpose(hours="awaited", behind="waiting", by_sms=True),
    # Of a session that is just over: as long as it is fresh.
    "debrief": Purpose(hours="awaited", useful=DAYS, behind="waiting"),
    # The templates that say that something waits.
    "notice": Purpose(useful=DAYS),
    "announcement": Purpose(useful=DAYS),
    # About something that is open: a request, a proposal, a session that took place.
    "nudge": Purpose(rank=1, hours="begun", useful=DAYS, behind="waiting"),
    # About nothing in particular: how are you getting on?
    "check_in": Purpose(rank=1, hours="begun", useful=DAYS, behind="waiting"),
    "broadcast": Purpose(rank=2, hours="begun", useful=WEEK, behind="announcement"),
}
NOTICES: Final = ("notice", "announcement")
"""Purposes of a template that says that something waits."""
FREE: Final = ("erased", "legal")
"""Purposes that neither STOP nor any hour holds back."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operators set (``reach`` in config.yaml)."""

    hours: Hours = field(default_factory=Hours)
    per_day: int = 1
    """Messages that we begin, to one person in 24 hours."""
    per_week: Mapping[str, int] = field(
        default_factory=lambda: {"nudge": 4, "check_in": 3, "broadcast": 2}
    )
    """All of them together in seven days, up to which one of this purpose may still go: the
    least important gives way first."""
    unanswered: int = 3
    """Nudges in a row without an answer, after which a person of the team is told instead."""
    sms_per_week: int = 5
    """SMS in seven days to somebody who writes on another channel; 0: none."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a channel may send, or one person may be written to, by the provider's own rule.

    A message each ``gap``; a ``burst`` borrows from the gaps to come (a leaky bucket, as GCRA keeps
    it: in one date, until when all gaps are paid).
    """

    gap: timedelta = timedelta(0)
    burst: int = 1

    def rest(self, rests: datetime | None, now: datetime) -> datetime:
        """Until when all gaps are paid, once one more has gone."""
        return max(self._owed(rests, now), now) + self.gap

    def free(self, rests: datetime | None, now: datetime, borrows: bool = False) -> datetime:
        """When one more may go: after all gaps, or within a burst."""
        borrowed = self.gap * (self.burst - 1) if borrows else timedelta(0)
        return max(now, self._owed(rests, now) - borrowed)

    def _owed(self, rests: datetime | None, now: datetime) -> datetime:
        """No more can be owed than a whole burst: beyond it, a clock that was ahead has written."""
        return min(rests or now, now + self.gap * self.burst)


AT_ONCE: Final = Pace()


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of a person and of the channel a message would go out on."""

    channel: Channel
    home: Home
    last_heard: datetime | None = None
    """When they wrote from this address."""
    opted_out: bool = False
    unreachable: bool = False
    failures: int = 0
    """Messages in a row that could not be delivered here."""
    shut: bool = False
    """The provider says that the window is shut, whatever we believe."""
    noticed: datetime | None = None
    """When a template told them last that something waits, if they have not written since."""
    begun: tuple[datetime, ...] = ()
    """When we began by ourselves in the last seven days, the latest last."""
    unanswered: int = 0
    """How often since they wrote last."""
    sms: int = 0
    """SMS that went to them instead, in the last seven days."""
    instead: Channel = ""
    """Another channel that reaches the same number."""
    templates: frozenset[str] = frozenset()
    """Those that WhatsApp lets us send, in a language that we may use."""
    pace: Pace = AT_ONCE
    rests: datetime | None = None
    """Until when what went to this address lately uses the pace up."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One message: what it is for, when it was written, and the template that says the same."""

    purpose: str
    made: datetime
    template: str = ""
    by_sms: bool | None = None
    """Overrides what its purpose allows (a broadcast that is worth an SMS)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``now`` as free text; as ``template``; behind a ``notice``, a template that tells them to
    write; ``later`` at ``at``; ``elsewhere`` on ``channel``; or ``never``. And why."""

    verdict: Verdict
    reason: str
    at: datetime | None = None
    template: str = ""
    channel: Channel = ""


def may_write(
    reach: Reach, matter: Matter, now: datetime, policy: Policy | None = None
) -> Decision:
    """Decide for one message."""
    if matter.purpose == "erased":
        return Decision("now", "free")
    policy = policy or Policy()
    purpose = PURPOSES[matter.purpose]
    refused = _refused(reach, matter, purpose, now, policy)
    if refused:
        return Decision("never", refused)
    if reach.unreachable or reach.failures >= GAVE_UP:
        return _elsewhere(reach, matter, policy) or Decision("never", "unreachable")
    decent = _decent(reach, purpose, now, policy)
    if decent > now:
        return Decision("later", "quiet_hours", decent)
    if purpose.rank == 2 and _is_awake(reach, now):
        return Decision("later", "in_conversation", now + AWAKE)
    affordable = _affordable(reach, matter.purpose, now, policy)
    if affordable > now:
        return Decision("later", "budget", affordable)
    free = reach.pace.free(reach.rests, now, borrows=purpose.answers)
    if free > now:
        return Decision("later", "pace", free)
    if reach.channel == "whatsapp" and not _is_open(reach, now):
        return _outside(reach, matter, now, policy)
    moot = reach.channel == "whatsapp" and matter.purpose in NOTICES
    return Decision("never", "moot") if moot else Decision("now", "decent")


def _refused(reach: Reach, matter: Matter, purpose: Purpose, now: datetime, policy: Policy) -> str:
    """Why it may not go at all, whatever the hour; empty where it may."""
    if reach.opted_out and matter.purpose not in FREE:
        return "opted_out"
    if now - matter.made > purpose.useful and matter.purpose not in FREE:
        return "never_written" if purpose.useful == PATIENCE else "too_late"
    nudges = matter.purpose in ("nudge", "check_in")
    return "unanswered" if nudges and reach.unanswered >= policy.unanswered else ""


def _decent(reach: Reach, purpose: Purpose, now: datetime, policy: Policy) -> datetime:
    """When the hour allows it: an answer at once, the rest by the person's own clock."""
    if purpose.hours == "any":
        return now
    if purpose.hours == "begun":
        return next_begin(now, reach.home, policy.hours)
    return now if _is_awake(reach, now) else next_awaited(now, reach.home, policy.hours)


def _is_awake(reach: Reach, now: datetime) -> bool:
    return reach.last_heard is not None and now - reach.last_heard < AWAKE


def _affordable(reach: Reach, purpose: str, now: datetime, policy: Policy) -> datetime:
    """When the person's own budget has room for one more that we begin."""
    most = policy.per_week.get(purpose)
    if most is None:
        return now
    at = now
    for span, limit in ((timedelta(days=1), policy.per_day), (WEEK, most)):
        # What a clock that was ahead has written counts from now.
        recent = [min(begun, now) for begun in reach.begun if now - begun < span]
        if len(recent) >= limit:
            # The oldest that must be past before one more is within the limit.
            at = max(at, recent[len(recent) - limit] + span if limit else now + WEEK)
    return at


def _outside(reach: Reach, matter: Matter, now: datetime, policy: Policy) -> Decision:
    """WhatsApp takes no free text now: a template of its own, or one that tells them to write."""
    own = matter.template
    if own and own in reach.templates:
        return Decision("template", "window_shut", template=own)
    behind = PURPOSES[matter.purpose].behind
    waits = Decision("later", "window_shut", until_useless(matter))
    if behind and _knows(reach, matter, now):
        return waits
    if behind in reach.templates:
        return Decision("notice", "window_shut", template=behind)
    other = _elsewhere(reach, matter, policy)
    if other is not None:
        return other
    return waits if matter.purpose in ("reply", "news") else Decision("never", "window_shut")


def until_useless(matter: Matter) -> datetime:
    """When what waits is looked at again, and dropped."""
    return matter.made + PURPOSES[matter.purpose].useful + timedelta(minutes=1)


def _knows(reach: Reach, matter: Matter, now: datetime) -> bool:
    """One notice is enough for whatever waits; what we begin has its own budget."""
    is_recent = reach.noticed is not None and now - reach.noticed < NOTICE_LASTS
    return is_recent and PURPOSES[matter.purpose].rank == 0


def _is_open(reach: Reach, at: datetime) -> bool:
    return not reach.shut and reach.last_heard is not None and at - reach.last_heard < WINDOW


def _elsewhere(reach: Reach, matter: Matter, policy: Policy) -> Decision | None:
    worth = matter.by_sms if matter.by_sms is not None else PURPOSES[matter.purpose].by_sms
    if not reach.instead or not worth or reach.sms >= policy.sms_per_week:
        return None
    return Decision("elsewhere", "other_channel", channel=reach.instead)

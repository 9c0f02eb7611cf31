"""What a channel is: it takes a provider's request apart and hands a message to the provider.

A channel knows its provider and nothing else: no flow, no table, no catalog. Everything that
differs between providers is in its ``Limits`` or behind its four methods.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from starlette.requests import Request

Kind = Literal["text", "tap", "location", "contact", "voice", "image", "other"]


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message from one person, as a provider delivered it; stored whole in the inbox."""

    channel: str
    id: str
    """The provider's id of this message, unique within the channel: what makes replays harmless."""
    address: str
    """Where to answer: E.164 number, ``CC.xxxx`` business-scoped id, Telegram chat id, web session."""
    kind: Kind = "text"
    text: str = ""
    """What was typed; for a tap, the label that was shown."""
    tap: str = ""
    """What the button carried: ``token:index`` (0-based) or, on WhatsApp, just ``index``."""
    replied_to: str = ""
    """The provider's id of our message that the tap belongs to, where the provider tells."""
    location: tuple[float, float] | None = None
    phone: str = ""
    """E.164 number proven by the provider to be the sender's own; empty where unknown."""
    external_id: str = ""
    """WhatsApp's business-scoped user id, kept so that a later number joins the same person."""
    language_hint: str = ""
    """Two letters, from the provider's profile of the person, used only for the first message."""
    opt_out: Literal["", "stop", "start", "help"] = ""
    """Set where the provider itself has already handled STOP or START and answered it."""
    callback: str = ""
    """An id that the provider wants acknowledged (Telegram's callback query)."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message that we sent, as the provider reports it later."""

    channel: str
    provider_id: str
    status: Literal["queued", "sent", "delivered", "read", "undelivered", "failed"]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to hand over; it already fits the channel's ``Limits``."""

    address: str
    text: str
    style: Literal["plain", "buttons", "list"] = "plain"
    """How ``options`` are shown; ``plain`` means that the text already lists them by number."""
    options: tuple[str, ...] = ()
    token: str = ""
    """Opaque name of this message's options; a tap brings back ``token:index``."""
    language: str = "fr"
    menu_title: str = ""
    """The word on the button that opens a list, where the channel has one."""
    ask: Literal["", "location", "contact"] = ""
    """A native way to answer that the channel may offer (Telegram's share buttons)."""
    share: str = ""
    """The word on that button."""
    content: str = ""
    """The provider's id of an approved template that says ``text``; ``variables`` are its values."""
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel can carry. Lengths are in characters unless said otherwise."""

    text: int
    buttons: int = 0
    button_title: int = 20
    rows: int = 0
    row_title: int = 24
    interactive_text: int = 1024
    sms: bool = False
    """Fold to GSM 03.38 where that is safe, count parts, no isolation marks."""
    per_second: float = 20.0
    gap: float = 0.0
    """Seconds from one message to the next to the same person."""
    burst: int = 1
    """Answers that may go without a gap while a person is quick; the gaps are owed afterwards."""

    @property
    def in_flight(self) -> int:
        """Calls at the same time: what a provider that takes a quarter of a second needs to keep
        the pace, not so few that one slow call holds up the others, nor so many that whoever is
        answered waits for a crowd."""
        return max(8, min(24, math.ceil(self.per_second / 4)))


class ChannelError(Exception):
    """Base of what a channel raises; ``code`` is the provider's own, never a text with data."""

    def __init__(self, code: str = "") -> None:
        super().__init__(code)
        self.code = code


class Forged(ChannelError):
    """The request is not the provider's: answer 403, do nothing."""


class Malformed(ChannelError):
    """The request cannot be read: answer 400, do nothing."""


class Later(ChannelError):
    """Not accepted now (throttled, 5xx before acceptance, refused connection): try again.

    ``seconds`` is what the provider asked for, or None: then our own back-off decides.
    """

    def __init__(self, code: str = "", seconds: float | None = None) -> None:
        super().__init__(code)
        self.seconds = seconds


class Unsure(ChannelError):
    """It may or may not have been accepted (reset, time-out, unreadable answer): never resend blindly."""


class Refused(ChannelError):
    """This message will never be accepted; the person can still be written to."""


class WindowShut(Refused):
    """WhatsApp's 24 hours are over (63016): wait for the person, or use an approved template."""


class TemplateUnusable(Refused):
    """The template is paused, missing in this language, or wants other variables (63027 to 63041)."""


class Unreachable(ChannelError):
    """This address cannot be written to (unknown, deactivated, not on this channel)."""


class OptedOut(Unreachable):
    """The person blocked us or unsubscribed at the provider (21610, 63014, Telegram 403)."""


class ContentBook(Protocol):
    """Where a channel keeps the provider's ids of contents that it made once (Twilio ContentSid)."""

    async def get(self, key: str) -> str | None: ...

    async def put(self, key: str, sid: str) -> None: ...


class Channel(Protocol):
    """One provider's way in and out."""

    name: str
    limits: Limits

    async def receive(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Take a webhook apart. Raises ``Forged`` or ``Malformed``; unknown kinds give nothing."""

    async def send(self, out: Outbound) -> str:
        """Hand over one message and return the provider's id. Raises the errors above."""

    async def find(self, out: Outbound, since: datetime) -> str | None:
        """Look for a message that a crash left in doubt.

        Returns its id if the provider accepted it, None if it surely did not.
        Raises ``Unsure`` where the provider cannot tell, ``Later`` where it does not answer.
        """

    async def acknowledge(self, inbound: Inbound) -> None:
        """Best effort, after storing: stop the button's spinner, show that we are typing."""

    async def start(self) -> None:
        """Open connections, set commands or the webhook. Raises ``ChannelError``."""

    async def stop(self) -> None:
        """Close what ``start`` opened."""

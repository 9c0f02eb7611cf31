"""What WhatsApp and SMS share at Twilio: the signature, the calls and what its errors mean."""

from __future__ import annotations

import json
import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast
from urllib.parse import parse_qsl, urlsplit

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout
from aiohttp import ConnectionTimeoutError as NotConnected
from aiohttp import encode_basic_auth as basic
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from twilio.base.exceptions import TwilioException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageInstance

from bot.channels.base import (
    ChannelError,
    Forged,
    Inbound,
    Later,
    Limits,
    Malformed,
    OptedOut,
    Outbound,
    Receipt,
    Refused,
    TemplateUnusable,
    Unreachable,
    Unsure,
    WindowShut,
)

SLACK = timedelta(seconds=5)  # Twilio's clock against ours, and its dates have whole seconds
LISTED = 200
PHONE = re.compile(r"\+[1-9][0-9]{6,14}")

_FORM = "application/x-www-form-urlencoded"
_SID = re.compile(r"[A-Za-z0-9]{2,64}")
_STATUSES = frozenset(("queued", "sent", "delivered", "read", "undelivered", "failed"))
# What reading an answer that is not Twilio's raises inside the SDK.
UNREADABLE = (TwilioException, ValueError, LookupError, TypeError, AttributeError, RecursionError)
OptOut = Literal["", "stop", "start", "help"]
_OPT_OUTS: Mapping[str, OptOut] = {"STOP": "stop", "START": "start", "HELP": "help"}
_CODES: Mapping[str, type[ChannelError]] = {
    **dict.fromkeys(("20429", "63018"), Later),
    "63016": WindowShut,
    **dict.fromkeys(("63027", "63028", "63029", "63040", "63041", "63042"), TemplateUnusable),
    **dict.fromkeys(("21610", "63014", "63033", "30004"), OptedOut),
    **dict.fromkeys(("63024", "63003", "21211", "21614", "30003", "30005", "30006"), Unreachable),
}


def meaning(code: str) -> type[ChannelError]:
    """What an error code asks of us, at once or in a receipt: https://www.twilio.com/docs/api/errors."""
    return _CODES.get(code, Refused)


@dataclass(frozen=True, slots=True)
class TwilioConfig:
    """One Twilio account, as ``config.yaml`` gives it."""

    account_sid: str
    auth_tokens: tuple[str, ...] = field(repr=False)
    """The first signs our calls; each verifies webhooks, so that a rotation loses none."""
    public_url: str
    """What Twilio was told to call; never guessed from ``Host`` or ``X-Forwarded-*``."""
    api_base: str = ""
    """Empty: Twilio's own hosts; else every call goes here, whichever host it is for."""
    messaging_service_sid: str = ""
    timeout: float = 10.0


class TwilioHttp(AsyncTwilioHttpClient):
    """The SDK's client with what it lacks: time-outs, JSON bodies, one meaning per failure.

    The SDK's own ``request`` logs URLs with numbers, ignores ``timeout``, and sends a JSON body
    as a form (twilio 9.x ``http/async_http_client.py``).
    """

    def __init__(self, api_base: str, timeout: float) -> None:
        super().__init__(pool_connections=False)
        self._api_base = api_base.rstrip("/")
        limits = ClientTimeout(total=timeout, connect=timeout / 2, sock_connect=timeout / 2)
        self.session: ClientSession = ClientSession(timeout=limits)

    async def request(  # type: ignore[override]  # the SDK's base class declares it synchronous
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the SDK's signature
        allow_redirects: bool = False,
    ) -> Response:
        """Make one request; raises a ``ChannelError`` for whatever is not a 2xx."""
        sends = method == "POST" and url.endswith("/Messages.json")
        body = "json" if (headers or {}).get("Content-Type") == "application/json" else "data"
        try:
            async with self.session.request(
                method,
                self._rebased(url),
                params=cast("dict[str, str]", params),
                headers=(headers or {}) | ({"Authorization": basic(*auth)} if auth else {}),
                allow_redirects=allow_redirects,
                **{body: data},  # type: ignore[arg-type]
            ) as answer:
                text = await answer.text(errors="replace")
        except (ClientConnectorError, NotConnected):
            raise Later("connect") from None
        except (ClientError, TimeoutError, OSError):
            raise (Unsure if sends else Later)("connection") from None
        if answer.status >= 300:
            raise _failure(answer.status, text, answer.headers.get("Retry-After", ""), sends)
        return Response(answer.status, text, answer.headers)

    def _rebased(self, url: str) -> str:
        if not self._api_base:
            return url
        parts = urlsplit(url)
        return f"{self._api_base}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _failure(status: int, text: str, retry_after: str, sends: bool) -> ChannelError:
    code = _code(text)
    kind = meaning(code)
    # A refused token is the operator's to mend; meanwhile no message may be given up.
    if status in (401, 429) or kind is Later:
        return Later(code or str(status), float(retry_after) if retry_after.isdecimal() else None)
    if status >= 500 and kind is Refused:
        # Without a code it is a gateway that speaks, and Twilio may have accepted behind it.
        return (Later if code or not sends else Unsure)(code or str(status))
    return kind(code or str(status))


def _code(text: str) -> str:
    with suppress(ValueError, RecursionError):
        answer = json.loads(text)
        if isinstance(answer, dict) and isinstance(code := answer.get("code"), int):
            return str(code) if code >= 10_000 else ""
    return ""


class Twilio(ABC):
    """The common part of a channel that Twilio carries; a subclass reads and words its messages."""

    name: str
    limits: Limits
    prefix = ""
    """What Twilio puts before this channel's addresses (``whatsapp:``)."""

    def __init__(self, config: TwilioConfig, sender: str = "") -> None:
        self._config = config
        self._sender = sender
        self._public_url = config.public_url.rstrip("/")
        self._validators = [RequestValidator(token) for token in config.auth_tokens if token]
        self._http: TwilioHttp | None = None

    async def start(self) -> None:
        """Open the connection pool; asks nothing of Twilio."""
        logging.getLogger("twilio").setLevel(logging.WARNING)  # its INFO lines carry numbers
        self._http = TwilioHttp(self._config.api_base, self._config.timeout)
        token = next(iter(self._config.auth_tokens), "")
        self._client = Client(self._config.account_sid, token, http_client=self._http)

    async def stop(self) -> None:
        """Close the connection pool."""
        if self._http is not None:
            await self._http.close()

    async def receive(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Verify a webhook and take it apart: messages and receipts may come to either path.

        https://www.twilio.com/docs/messaging/guides/webhook-request
        """
        form = await self._verified(request)
        if form.get("AccountSid") != self._config.account_sid:
            raise Forged("account")
        if any("\0" in value for value in form.values()):
            raise Malformed("nul")
        if not _SID.fullmatch(form.get("MessageSid", "")):
            raise Malformed("sid")
        return _receipts(form) if "MessageStatus" in form else self._checked(form)

    async def _verified(self, request: Request) -> dict[str, str]:
        """https://www.twilio.com/docs/usage/webhooks/webhooks-security"""
        signature = request.headers.get("x-twilio-signature")
        if not signature:
            raise Forged("unsigned")
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != _FORM:
            raise Malformed("content-type")
        try:
            text = (await request.body()).decode()
            pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=500)
        except ValueError:
            raise Malformed("form") from None
        query = request.scope.get("query_string", b"").decode("latin-1")
        url = self._public_url + request.scope["path"] + (f"?{query}" if query else "")
        fields = ImmutableMultiDict(pairs)
        if not any(v.validate(url, fields, signature) for v in self._validators):
            raise Forged("signature")
        return dict(pairs)

    def _checked(self, form: Mapping[str, str]) -> Sequence[Inbound]:
        sender = form.get("From", "")
        # A Messaging Service can point SMS at the WhatsApp path: 400 shows it in Twilio's debugger.
        if not sender.startswith(self.prefix) or ":" in sender[len(self.prefix) :]:
            raise Malformed("channel")
        address = sender[len(self.prefix) :].strip()
        if not address or len(address) > 160:
            raise Malformed("from")
        return self._read(form, address)

    @abstractmethod
    def _read(self, form: Mapping[str, str], address: str) -> Sequence[Inbound]:
        """Make a message of a verified form."""

    async def send(self, out: Outbound) -> str:
        """Hand over plain text: https://www.twilio.com/docs/messaging/api/message-resource."""
        return await self._create(out, body=out.text)

    async def _create(self, out: Outbound, **content: str) -> str:
        route = {"from_": self.prefix + self._sender} if self._sender else {}
        if self._public_url:
            route["status_callback"] = f"{self._public_url}/webhooks/twilio/status"
        if self._config.messaging_service_sid:
            route["messaging_service_sid"] = self._config.messaging_service_sid
        messages = self._client.messages
        try:
            message = await messages.create_async(
                to=self.prefix + out.address,
                **route,
                **content,
            )
        except UNREADABLE:
            raise Unsure("unreadable") from None
        if not isinstance(message.sid, str) or not message.sid:
            raise Unsure("no sid")
        return message.sid

    async def find(self, out: Outbound, since: datetime) -> str | None:
        """Look for ``out`` among this person's newest messages; a failed one was accepted too.

        Not filtered by ``DateSent``: a message still queued has none. The newest come first.
        """
        records = await self._list(limit=LISTED, to=self.prefix + out.address)
        for record in records:
            if not _inbound(record) and record.body == out.text and _after(record, since):
                return record.sid
        if len(records) == LISTED and _after(records[-1], since):
            raise Unsure("too many")
        return None

    async def missed(self, since: datetime) -> list[Inbound]:
        """List messages to us whose webhook may have failed: Twilio tries most of them once.

        Ids are those of the webhook, so the inbox drops what it has. Button payloads,
        locations and kinds of media are not in the list: only text, or that media came.
        """
        day = (since - SLACK).astimezone(UTC).date().isoformat()
        to = {"to": self.prefix + self._sender} if self._sender else {}
        records = [
            record
            for record in await self._list(date_sent_after=day, **to)
            if _inbound(record) and _after(record, since)
        ]
        records.sort(key=lambda record: record.date_created or since)
        return [inbound for record in records for inbound in self._recovered(record)]

    def _recovered(self, record: MessageInstance) -> Sequence[Inbound]:
        try:
            return self._checked(
                {
                    "MessageSid": record.sid or "",
                    "From": record.from_ or "",
                    "Body": (record.body or "").replace("\0", ""),
                    "NumMedia": record.num_media or "0",
                }
            )
        except Malformed:  # the other channel's, where the account has one sender for both
            return []

    async def _list(self, **query: Any) -> list[MessageInstance]:
        messages = self._client.messages
        try:
            records: list[MessageInstance] = await messages.list_async(**query)
        except UNREADABLE:
            raise Later("unreadable") from None
        return records


def media_count(form: Mapping[str, str]) -> int:
    """How many files came with a message."""
    count = form.get("NumMedia", "")
    return int(count) if count.isdecimal() and len(count) < 4 else 0


def opt_out(form: Mapping[str, str]) -> OptOut:
    """What Twilio itself did: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out."""
    return _OPT_OUTS.get(form.get("OptOutType", "").upper(), "")


def _inbound(record: MessageInstance) -> bool:
    return str(record.direction) == "inbound"


def _after(record: MessageInstance, since: datetime) -> bool:
    return record.date_created is None or record.date_created >= since - SLACK


def _receipts(form: Mapping[str, str]) -> list[Receipt]:
    status = form["MessageStatus"].lower()
    if status not in _STATUSES:
        return []
    whatsapp = any(form.get(key, "").startswith("whatsapp:") for key in ("To", "From"))
    error = form.get("ErrorCode", "")
    return [
        Receipt(
            channel="whatsapp" if whatsapp else "sms",
            provider_id=form["MessageSid"],
            status=cast("Any", status),
            error=error if error.isdecimal() and len(error) <= 6 else "",
        )
    ]

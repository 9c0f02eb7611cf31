"""Telegram: python-telegram-bot for its types and calls only.

Its own webhook and polling loops answer before anything is stored, and its parser raises on
updates older or newer than itself; so updates are read here by hand, from the raw object.
Page of all the rules below, unless another is named: https://core.telegram.org/bots/api
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import re
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx
import structlog
from starlette.requests import Request
from telegram import Bot, LinkPreviewOptions
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Buttons
from telegram import KeyboardButton as Share
from telegram import ReplyKeyboardMarkup as Keyboard
from telegram import error as errors
from telegram.request import HTTPXRequest

from bot.channels.base import (
    ChannelError,
    Forged,
    Inbound,
    Kind,
    Later,
    Limits,
    Malformed,
    OptedOut,
    Outbound,
    Receipt,
    Refused,
    Unreachable,
    Unsure,
)

# python-telegram-bot 22 warns at each RetryAfter until its new type is asked for.
os.environ.setdefault("PTB_TIMEDELTA", "true")

UPDATES = ("message", "callback_query", "my_chat_member")
ROW_OF_TWO = 18  # characters that still fit half a small phone's width
T = TypeVar("T")

logger = structlog.get_logger(__name__)

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_MEDIA: tuple[tuple[str, Kind], ...] = (
    *((key, "voice") for key in ("voice", "audio", "video_note")),
    *((key, "image") for key in ("photo", "document", "sticker", "video")),
)


@dataclass(frozen=True, slots=True)
class TelegramConfig:
    """One bot, as ``config.yaml`` gives it."""

    token: str = field(repr=False)
    base_url: str = ""
    """Empty: api.telegram.org; else the root of a Bot API server of one's own."""
    webhook_secret: str = field(default="", repr=False)
    public_url: str = ""
    """Where Telegram is told to call; empty: it is polled."""
    commands: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """A language (``""`` for all others) with its (command, description) pairs."""
    timeout: float = 10.0
    per_second: float = 25.0


class Calls(HTTPXRequest):
    """PTB's client, without the log line that would hold a whole unreadable answer."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; whatever is not an object is an error of the server's."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise errors.TelegramError("Invalid server response")
        return answer


class Telegram:
    """One bot, by webhook where ``public_url`` is set and by ``updates`` elsewhere."""

    name = "telegram"
    # core.telegram.org/bots/faq: about one a second in a chat, short bursts are tolerated.
    limits = Limits(text=4096, buttons=100, button_title=64, per_second=25, gap=1, burst=10)

    def __init__(self, config: TelegramConfig) -> None:
        self._config = config
        self.limits = replace(self.limits, per_second=config.per_second)
        self._bot_id = config.token.partition(":")[0]
        self._requests: tuple[Calls, ...] = ()
        self._token_refused = False

    async def start(self) -> None:
        """Open connections, then tell Telegram our commands and where to call."""
        for name in ("httpx", "httpcore", "telegram"):  # their lines carry the token and texts
            logging.getLogger(name).setLevel(logging.WARNING)
        config, seconds = self._config, self._config.timeout
        if config.public_url and not config.webhook_secret:
            raise Refused("webhook_secret")  # anybody could write to us as anybody
        calls, polling = self._requests = tuple(
            Calls(size, seconds, seconds, seconds / 2, seconds) for size in (64, 1)
        )
        root = (config.base_url or "https://api.telegram.org").rstrip("/") + "/bot"
        try:
            self._bot = Bot(config.token, root, request=calls, get_updates_request=polling)
        except errors.InvalidToken:
            raise Later("401") from None
        for language, commands in config.commands:
            await self._call(self._bot.set_my_commands(commands, language_code=language or None))
        if not config.public_url:
            await self._call(self._bot.delete_webhook())
            return
        url = f"{config.public_url.rstrip('/')}/webhooks/telegram"
        secret = config.webhook_secret
        await self._call(self._bot.set_webhook(url, secret_token=secret, allowed_updates=UPDATES))

    async def stop(self) -> None:
        """Close connections; the webhook stays, so that Telegram keeps what comes meanwhile."""
        for request in self._requests:
            await request.shutdown()

    async def receive(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check the secret and read one update: https://core.telegram.org/bots/api#setwebhook."""
        secret = self._config.webhook_secret.encode()
        given = request.headers.get("x-telegram-bot-api-secret-token", "").encode()
        if not secret or not hmac.compare_digest(secret, given):
            raise Forged("secret")
        try:
            update = json.loads(await request.body())
        except (ValueError, RecursionError):
            raise Malformed("json") from None
        if _number(_of(update, "update_id")) is None:
            raise Malformed("update")
        return self._read(update)

    async def updates(
        self,
        offset: int | None,
        timeout: int = 25,  # noqa: ASYNC109 - Telegram's long poll
    ) -> list[tuple[int, list[Inbound]]]:
        """Wait for updates, each with its id: store them first, then ask from the last id + 1.

        Asking confirms all before ``offset``. ``Refused("409")``: another process polls.
        """
        query: dict[str, object] = {"timeout": timeout, "allowed_updates": json.dumps(UPDATES)}
        if offset is not None:
            query["offset"] = offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(query)}"
        patience = timeout + self._config.timeout
        try:
            raw = await self._call(self._requests[1].post(url, read_timeout=patience))
        except Unsure as unsure:  # nothing was confirmed: asking again is harmless
            raise Later(unsure.code) from None
        rows = raw if isinstance(raw, list) else []
        return [
            (number, self._read(update))
            for update in rows
            if (number := _number(_of(update, "update_id"))) is not None
        ]

    def _read(self, update: Any) -> list[Inbound]:
        """One update as at most one message; an edit, a group or an unknown kind is none."""
        if message := _of(update, "message"):
            event, chat, content = message, _of(message, "chat"), _content(message)
        elif query := _of(update, "callback_query"):
            event, chat, content = query, _of(query, "message", "chat"), _tap(query)
        elif member := _of(update, "my_chat_member"):
            event, chat, content = member, _of(member, "chat"), _blocked(member)
        else:
            return []
        number, bot = _number(_of(chat, "id")), _of(event, "from", "is_bot")
        if content is None or number is None or _of(chat, "type") != "private" or bot is not False:
            return []
        hint = _text(_of(event, "from", "language_code"))[:2].lower()
        return [
            Inbound(
                channel=self.name,
                id=f"{self._bot_id}:{update['update_id']}",
                address=str(number),
                language_hint=hint if re.fullmatch("[a-z]{2}", hint) else "",
                **content,
            )
        ]

    async def send(self, out: Outbound) -> str:
        """Hand over one message, as it is: no parse mode, no link preview."""
        message = await self._call(
            self._bot.send_message(
                out.address,
                out.text,
                reply_markup=_markup(out),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        return str(message.message_id)

    async def find(self, out: Outbound, since: datetime) -> str | None:
        """Telegram lists nothing that a bot has sent."""
        raise Unsure("unlisted")

    async def acknowledge(self, inbound: Inbound) -> None:
        """Stop the tapped button's spinner, or show that we are typing."""
        if inbound.opt_out:
            return
        try:
            if inbound.callback:
                await self._call(self._bot.answer_callback_query(inbound.callback))
            else:
                await self._call(self._bot.send_chat_action(inbound.address, "typing"))
        except ChannelError as error:
            logger.info("not_acknowledged", channel=self.name, code=error.code)

    async def _call(self, call: Awaitable[T]) -> T:
        """Await a call; what it raises becomes ours, without the words it may quote."""
        try:
            return await call
        except errors.TelegramError as error:
            outcome = _outcome(error)
        except _UNREADABLE:
            outcome = Unsure("unreadable")
        if outcome.code == "401" and not self._token_refused:
            self._token_refused = True
            logger.error("token_refused", channel=self.name)
        raise outcome


def _outcome(error: errors.TelegramError) -> ChannelError:
    cause = error.__cause__
    if isinstance(cause, _NOT_SENT):
        return Later("connect")
    known = isinstance(error, errors.Forbidden | errors.InvalidToken | errors.BadRequest)
    if known and isinstance(cause, errors.TelegramError):
        return Later("gateway")  # a 4xx without Telegram's JSON: somebody in between refused
    match error:
        case errors.RetryAfter(retry_after=wait):
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
            return Later("429", float(seconds))
        case errors.Forbidden():
            return OptedOut("403")
        case errors.InvalidToken():
            return Later("401")
        case errors.Conflict():
            return Refused("409")
        case errors.ChatMigrated():
            return Refused("migrated")
        case errors.BadRequest():
            gone = "chat not found" in error.message.lower()
            return Unreachable("400") if gone else Refused("400")
    return Later("429") if "Too Many Requests" in error.message else Unsure("network")


def _markup(out: Outbound) -> Buttons | Keyboard | None:
    if out.ask and not out.options:
        place = out.ask == "location"
        share = Share(out.share, request_location=place, request_contact=not place)
        return Keyboard([[share]], one_time_keyboard=True, resize_keyboard=True)
    if out.style == "plain" or not out.options:
        return None
    buttons = [
        Button(label, callback_data=f"{out.token}:{index}")
        for index, label in enumerate(out.options)
    ]
    wide = 1 if any(len(label) > ROW_OF_TWO for label in out.options) else 2
    return Buttons([buttons[i : i + wide] for i in range(0, len(buttons), wide)])


def _content(message: Any) -> dict[str, Any] | None:
    """What a message says, whatever else it carries."""
    if text := _text(_of(message, "text")):
        return {"text": text}
    if place := _place(_of(message, "location")):
        return {"kind": "location", "location": place}
    if contact := _of(message, "contact"):
        return _contact(contact, _of(message, "from", "id"))
    caption = _text(_of(message, "caption"))
    kind = next((kind for key, kind in _MEDIA if _of(message, key)), "other")
    return {"kind": kind, "text": caption}


def _contact(contact: Any, sender: Any) -> dict[str, Any]:
    """A number proves who writes only if Telegram says that it is the sender's own."""
    digits = re.sub(r"\D", "", _text(_of(contact, "phone_number")))
    own = _number(sender) is not None and _of(contact, "user_id") == sender
    if own and re.fullmatch(r"[1-9][0-9]{6,14}", digits):
        return {"kind": "contact", "phone": f"+{digits}"}
    return {"kind": "other"}


def _tap(query: Any) -> dict[str, Any] | None:
    data, message = _text(_of(query, "data")), _number(_of(query, "message", "message_id"))
    if not data or message is None:
        return None
    callback = _text(_of(query, "id"))
    return {"kind": "tap", "tap": data, "replied_to": str(message), "callback": callback}


def _blocked(member: Any) -> dict[str, Any] | None:
    """Blocking the bot is an opt-out; coming back says nothing until the person writes."""
    kicked = _of(member, "new_chat_member", "status") == "kicked"
    return {"kind": "other", "opt_out": "stop"} if kicked else None


def _of(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str:
    """A string that both databases can hold; Telegram would repeat an update that we refuse."""
    return _UNSTORABLE.sub("", value) if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    sound = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    return value if sound else None


def _place(value: Any) -> tuple[float, float] | None:
    place = (_of(value, "latitude"), _of(value, "longitude"))
    for degrees, most in zip(place, (90, 180), strict=True):
        if not isinstance(degrees, int | float) or not abs(degrees) <= most:  # nan is not
            return None
    return float(place[0]), float(place[1])

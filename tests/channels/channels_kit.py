"""One rig a channel, to drive the same table with: signed webhooks, a channel, its provider."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from channels_peer import Answer, Peer
from starlette.requests import Request
from twilio.request_validator import RequestValidator

from bot.channels.base import Outbound
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram, TelegramConfig
from bot.channels.twilio import TwilioConfig
from bot.channels.whatsapp import WhatsApp

ACCOUNT = "AC" + "1" * 32
TOKENS = ("canary-token-new", "canary-token-old")
BOT = "4242:canary-bot-token"
SECRET = "canary-webhook-secret"
PUBLIC = "https://mem.example.org"
NUMBER = "+212600999001"
TEXT = "canary: je suis Amina"
CANARIES = (*TOKENS, "canary-bot-token", SECRET, NUMBER, NUMBER[1:], "canary", "Amina", "777000111")


def request(path: str, body: bytes, headers: dict[str, str], query: str = "") -> Request:
    """A request as Starlette gives it to the app."""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": query.encode(),
        "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items()],
        "scheme": "http",
        "server": ("10.0.0.7", 8080),
    }
    return Request(scope, receive)


class Book:
    """Where contents' ids are kept; the real one is a table."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        return self.kept.get(key)

    async def put(self, key: str, sid: str) -> None:
        self.kept[key] = sid


class TwilioRig:
    """WhatsApp or SMS at a Twilio of our own."""

    def __init__(self, name: str, peer: Peer, timeout: float = 0.4, base: str = "") -> None:
        self.peer, self.name = peer, name
        config = TwilioConfig(ACCOUNT, TOKENS, PUBLIC, base or peer.url, timeout=timeout)
        self.book = Book()
        self.channel: WhatsApp | Sms = (
            WhatsApp(config, "+12025550100", self.book)
            if name == "whatsapp"
            else Sms(config, "+12025550100")
        )
        self.prefix = "whatsapp:" if name == "whatsapp" else ""
        self.path = f"/webhooks/twilio/{name}"
        self.out = Outbound(NUMBER, TEXT)
        peer.default = self.accepted()

    def form(self, text: str = TEXT, **more: str) -> dict[str, str]:
        return {
            "MessageSid": "SM" + "a" * 32,
            "AccountSid": ACCOUNT,
            "From": self.prefix + NUMBER,
            "To": self.prefix + "+12025550100",
            "Body": text,
            "NumMedia": "0",
            **more,
        }

    def webhook(
        self, form: dict[str, str], token: str = TOKENS[0], url: str = PUBLIC, **headers: str
    ) -> Request:
        body = urlencode(form).encode()
        signature = RequestValidator(token).compute_signature(url + self.path, form)
        kind = "application/x-www-form-urlencoded; charset=UTF-8"
        return request(
            self.path, body, {"X-Twilio-Signature": signature, "Content-Type": kind} | headers
        )

    def good(self, text: str = TEXT) -> Request:
        return self.webhook(self.form(text))

    def future(self) -> Request:
        return self.webhook(self.form(NewIn2031="a", ChannelMetadata='{"x":[1]}'))

    def bad(self) -> list[Request]:
        altered = self.webhook(self.form())
        return [
            self.webhook(self.form(), token="guess"),
            self.webhook(self.form(), url="http://mem.example.org"),
            self.webhook(self.form(), url="http://10.0.0.7:8080"),
            request(self.path, urlencode(self.form("autre")).encode(), dict(altered.headers)),
            request(self.path, b"", {"Content-Type": "application/x-www-form-urlencoded"}),
            self.webhook(self.form(AccountSid="AC" + "2" * 32)),
            self.webhook(
                self.form(),
                url="https://evil.example",
                Host="evil.example",
                **{"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
            ),
        ]

    def accepted(self) -> Answer:
        return Answer({"sid": "SM" + "b" * 32, "status": "queued", "body": TEXT}, 201)

    def error(self, status: int, code: int = 0, **headers: str) -> Answer:
        body: object = {"code": code, "message": f"{NUMBER} {TEXT}", "status": status}
        return Answer(body if code else b"<html>", status, headers)

    def case(self, name: str) -> Answer:
        return {
            "throttled": self.error(429, 20429, **{"Retry-After": "7"}),
            "blocked": self.error(400, 21610),
            "unknown person": self.error(400, 21211),
            "refused": self.error(400, 21617),
            "token refused": self.error(401, 20003),
            "gateway": self.error(502),
        }[name]


class TelegramRig:
    """A bot at a Bot API server of our own."""

    name = "telegram"
    path = "/webhooks/telegram"

    def __init__(self, peer: Peer, timeout: float = 0.4, base: str = "", public: str = "") -> None:
        self.peer = peer
        config = TelegramConfig(BOT, base or peer.url, SECRET, public, timeout=timeout)
        self.channel = Telegram(config)
        self.out = Outbound("777000111", TEXT)
        peer.default = self.accepted()

    def update(self, **message: Any) -> dict[str, Any]:
        return {
            "update_id": 9001,
            "message": {
                "message_id": 5,
                "date": 1790000000,
                "chat": {"id": 777000111, "type": "private"},
                "from": {"id": 777000111, "is_bot": False, "language_code": "fr-FR"},
                **message,
            },
        }

    def webhook(self, update: object, secret: str = SECRET, **headers: str) -> Request:
        given = {"X-Telegram-Bot-Api-Secret-Token": secret} | headers
        return request(self.path, json.dumps(update).encode(), given)

    def good(self, text: str = TEXT) -> Request:
        return self.webhook(self.update(text=text))

    def future(self) -> Request:
        return self.webhook({**self.update(text=TEXT, aura={"level": [3]}), "hologram": {}})

    def bad(self) -> list[Request]:
        return [
            self.webhook(self.update(text=TEXT), secret="guess"),
            self.webhook(self.update(text=TEXT), secret=SECRET.upper()),
            self.webhook(self.update(text=TEXT), secret=""),
            self.webhook(self.update(text=TEXT), secret="é"),
            request(self.path, b"{}", {}),
        ]

    def accepted(self) -> Answer:
        chat = {"id": 777000111, "type": "private"}
        return Answer({"ok": True, "result": {"message_id": 6, "date": 1790000000, "chat": chat}})

    def error(self, status: int, description: str, **more: object) -> Answer:
        return Answer(
            {"ok": False, "error_code": status, "description": description, **more}, status
        )

    def case(self, name: str) -> Answer:
        return {
            "throttled": self.error(429, "Too Many Requests", parameters={"retry_after": 7}),
            "blocked": self.error(403, "Forbidden: bot was blocked by the user"),
            "unknown person": self.error(400, "Bad Request: chat not found"),
            "refused": self.error(400, f"Bad Request: text is too long: {TEXT}"),
            "token refused": self.error(401, "Unauthorized"),
            "gateway": Answer(b"<html>", 502),
        }[name]


Rig = TwilioRig | TelegramRig


def rig_for(name: str, peer: Peer, **options: Any) -> Rig:
    """The rig of a channel, by its name."""
    return TelegramRig(peer, **options) if name == "telegram" else TwilioRig(name, peer, **options)

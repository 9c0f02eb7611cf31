"""The providers' far side on 127.0.0.1: just enough Twilio and Telegram, with a ledger.

It lives in the process that drives a test and is never killed: what it has accepted is what
people would have received. It can be slow, and it can accept a message and then cut the line.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from aiohttp import web

LISTED = 200


@dataclass(frozen=True, slots=True)
class Accepted:
    """One message that a provider accepted, in the order of the ledger."""

    channel: str
    address: str
    text: str
    id: str
    at: datetime


@dataclass
class Far:
    """Twilio and Telegram in one server. ``url`` is the base of both."""

    latency: tuple[float, float] = (0.05, 0.15)
    reset_share: float = 0.0
    """How often a message is accepted and the connection then cut."""
    throttle_share: float = 0.0
    """How often it asks for a second of patience instead of accepting."""
    fail_share: float = 0.0
    """How often it says that it has a trouble of its own, and has not accepted."""
    hang_share: float = 0.0
    """How often it never answers, and has not accepted."""
    troubles: Counter[str] = field(default_factory=Counter)
    seed: int = 1
    ledger: list[Accepted] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    resets: Counter[str] = field(default_factory=Counter)
    in_flight: Counter[str] = field(default_factory=Counter)
    url: str = ""

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._ids = itertools.count(1)

    async def __aenter__(self) -> Far:
        app = web.Application()
        app.router.add_post("/2010-04-01/Accounts/{account}/Messages.json", self._create)
        app.router.add_get("/2010-04-01/Accounts/{account}/Messages.json", self._list)
        app.router.add_post("/v1/Content", self._content)
        app.router.add_post("/v2/Indicators/Typing.json", self._typing)
        app.router.add_post("/bot{token}/{method}", self._telegram)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def accepted(self, channel: str) -> list[Accepted]:
        return [one for one in self.ledger if one.channel == channel]

    async def _accept(self, request: web.Request, channel: str, address: str, text: str) -> str:
        """Enter a message into the ledger at a random moment of the call."""
        self.in_flight[channel] += 1
        wait = self._random.uniform(*self.latency)
        before = wait * self._random.random()
        try:
            await asyncio.sleep(before)
            id = f"SM{next(self._ids):032x}" if channel != "telegram" else str(next(self._ids))
            self.ledger.append(Accepted(channel, address, text, id, datetime.now(UTC)))
            if self._random.random() < self.reset_share and request.transport is not None:
                self.resets[channel] += 1
                request.transport.abort()
            await asyncio.sleep(wait - before)
        finally:
            self.in_flight[channel] -= 1
        return id

    async def _trouble(self, telegram: bool) -> web.Response | None:
        """What comes instead of an acceptance, now and then."""
        chance = self._random.random()
        for kind, share in (
            ("throttle", self.throttle_share), ("fail", self.fail_share), ("hang", self.hang_share),
        ):  # fmt: skip
            if chance < share:
                self.troubles[kind] += 1
                return await self._troubled(kind, telegram)
            chance -= share
        return None

    async def _troubled(self, kind: str, telegram: bool) -> web.Response:
        if kind == "hang":
            await asyncio.sleep(3600)
        if telegram:
            code = 429 if kind == "throttle" else 500
            told: dict[str, Any] = {"ok": False, "error_code": code, "description": kind}
            if kind == "throttle":
                told["parameters"] = {"retry_after": 1}
            return web.json_response(told, status=code)
        if kind == "throttle":
            headers = {"Retry-After": "1"}
            return web.json_response({"code": 20429}, status=429, headers=headers)
        return web.json_response({"code": 20500}, status=500)

    async def _create(self, request: web.Request) -> web.Response:
        try:
            form = await request.post()
        except ConnectionResetError:
            return web.Response(status=400)
        if (trouble := await self._trouble(telegram=False)) is not None:
            return trouble
        to = str(form["To"])
        channel, address = ("whatsapp", to[9:]) if to.startswith("whatsapp:") else ("sms", to)
        text = str(form.get("Body") or "")
        if variables := form.get("ContentVariables"):
            text = json.loads(str(variables))["1"]
        self.calls[channel] += 1
        record = _record(to, str(form.get("From", "")), text, datetime.now(UTC))
        record["sid"] = await self._accept(request, channel, address, text)
        return web.json_response(record, status=201)

    async def _list(self, request: web.Request) -> web.Response:
        """Newest first, as Twilio's."""
        self.calls["list"] += 1
        to = request.query.get("To", "")
        channel, address = ("whatsapp", to[9:]) if to.startswith("whatsapp:") else ("sms", to)
        found = [one for one in self.ledger if (one.channel, one.address) == (channel, address)]
        shown = [
            _record(to, "", one.text, one.at) | {"sid": one.id} for one in found[-LISTED:][::-1]
        ]
        path = request.path
        return web.json_response(
            {
                "messages": shown, "uri": path, "first_page_uri": path, "next_page_uri": None,
                "previous_page_uri": None, "page": 0, "page_size": LISTED, "start": 0,
                "end": len(shown),
            }
        )  # fmt: skip

    async def _content(self, request: web.Request) -> web.Response:
        self.calls["content"] += 1
        made = await request.json()
        return web.json_response({"sid": f"HX{next(self._ids):032x}", **made}, status=201)

    async def _typing(self, request: web.Request) -> web.Response:
        self.calls["typing"] += 1
        return web.json_response({"success": True})

    async def _telegram(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls[method] += 1
        if method != "sendMessage":
            return web.json_response({"ok": True, "result": True})
        try:
            form = await request.post()
        except ConnectionResetError:  # killed while it wrote
            return web.Response(status=400)
        if (trouble := await self._trouble(telegram=True)) is not None:
            return trouble
        chat, text = str(form["chat_id"]), str(form["text"])
        id = await self._accept(request, "telegram", chat, text)
        sent = {
            "message_id": int(id),
            "date": int(datetime.now(UTC).timestamp()),
            "chat": {"id": int(chat), "type": "private"},
            "text": text,
        }
        return web.json_response({"ok": True, "result": sent})


def _record(to: str, sender: str, body: str, at: datetime) -> dict[str, Any]:
    """A message as Twilio's API shows it."""
    now = format_datetime(at)
    return {
        "to": to, "from": sender, "body": body, "direction": "outbound-api", "status": "queued",
        "date_created": now, "date_updated": now, "date_sent": None, "num_media": "0",
        "num_segments": "1", "error_code": None, "error_message": None, "price": None,
    }  # fmt: skip

"""The HTTP side: verify, store, 200. Nothing here thinks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.base import Channel, Forged, Inbound, Later, Malformed
from bot.clock import Clock
from bot.intake import Intake
from storage import privacy
from storage.database import Database

log = structlog.get_logger(__name__)
LARGEST_BODY = 256 * 1024


class TooLarge(Exception):
    """The body is larger than any provider sends."""


class Webhooks:
    """One POST address a provider, health, and the single-use link to one's own data."""

    def __init__(
        self, channels: Mapping[str, Channel], intake: Intake, database: Database, clock: Clock
    ) -> None:
        self._channels = channels
        self._intake = intake
        self._database = database
        self._clock = clock
        self._background: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        """Only the addresses of the channels that are configured."""
        routes = [
            Route("/healthz", self._health),
            Route("/readyz", self._ready),
            Route("/my-data/{secret}", self._my_data),
        ]
        paths = {"telegram": "/webhooks/telegram"}
        for name in ("whatsapp", "sms"):
            paths[name] = f"/webhooks/twilio/{name}"
        for name, path in paths.items():
            if name in self._channels:
                routes.append(Route(path, self._hook(self._channels[name]), methods=["POST"]))
        twilio = self._channels.get("whatsapp") or self._channels.get("sms")
        if twilio is not None:
            routes.append(Route("/webhooks/twilio/status", self._hook(twilio), methods=["POST"]))
        return routes

    def _hook(self, channel: Channel) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            try:
                heard = await channel.receive(await _capped(request))
                await self._intake.store(heard)
            except Forged as error:
                log.warning("webhook_forged", channel=channel.name, code=error.code)
                return PlainTextResponse("forbidden", 403)
            except (Malformed, TooLarge) as error:
                log.info("webhook_malformed", channel=channel.name, error=type(error).__name__)
                return PlainTextResponse("bad request", 400)
            except Later as error:
                wait = str(int(error.seconds or 30))
                return PlainTextResponse("try again", 503, {"Retry-After": wait})
            for item in heard:
                if isinstance(item, Inbound):
                    self._later(channel.acknowledge(item))
            return Response(status_code=200)

        return handle

    def _later(self, job: Any) -> None:
        task = asyncio.ensure_future(job)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _health(self, request: Request) -> Response:
        return PlainTextResponse("ok")

    async def _ready(self, request: Request) -> Response:
        try:
            async with self._database.read() as connection:
                await connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return PlainTextResponse("the database does not answer", 503)
        return PlainTextResponse("ok")

    async def _my_data(self, request: Request) -> Response:
        if request.method == "HEAD":
            return Response()
        async with self._database.write() as connection:
            secret = request.path_params["secret"]
            data = await privacy.open_link(connection, secret, self._clock.now())
        headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
        if data is None:
            return PlainTextResponse("410", 410, headers)
        headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
        return JSONResponse(data, headers=headers)


async def _capped(request: Request) -> Request:
    """The request with its body read, never more of it than any provider sends."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise TooLarge
    except ClientDisconnect as error:
        raise Malformed("hung up") from error
    sent = False

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    return Request(request.scope, receive)

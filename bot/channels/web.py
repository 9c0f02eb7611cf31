"""The web chat: a page of our own, for people who have none of the messaging apps at hand.

The browser writes with POST and reads its thread with server-sent events, or by polling where a
proxy or an old browser spoils those. Sending is nothing at all: the thread is read from the
outbox by the ``Desk``, so an outgoing message is there as soon as its row is.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
import re
import secrets
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.channels.base import Forged, Inbound, Later, Limits, Malformed, Outbound, Receipt
from bot.channels.page import HEADERS, files
from bot.channels.page.reading import TEXT_CAP, body, inbound, preferred

COOKIE = "mem_session"
YEAR = 365 * 24 * 3600
HISTORY = 200  # lines given to a page that has none yet: a long thread must not choke a 2G phone
KEEP_ALIVE = 15.0
STREAM_SECONDS = 300.0
STREAMS_EACH = 4  # browsers open six connections a host; a fifth tab polls rather than starve POST
STREAMS_ALL = 10_000
LIVE = {**HEADERS, "Cache-Control": "no-store"}
_SESSION = re.compile(r"[0-9a-f]{32}")
_CURSOR = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a thread, in either direction."""

    cursor: int
    """Grows along the thread; what a client sends back as ``after``."""
    mine: bool
    """True: the person wrote it."""
    id: str
    """Of the person's line: the id that the browser made; of ours: ``str(cursor)``."""
    text: str
    options: tuple[str, ...] = ()
    token: str = ""
    """Taps come back as ``token:index``."""
    language: str = "fr"

    def json(self) -> bytes:
        """The shortest honest JSON: absent means empty. Never a newline, so it fits one event."""
        data: dict[str, object] = {"cursor": self.cursor, "id": self.id, "text": self.text}
        data["lang"] = self.language
        if self.mine:
            data["mine"] = True
        if self.options:
            data |= {"options": self.options, "token": self.token}
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


class Desk(Protocol):
    """What the app gives to the web channel."""

    async def store(self, inbound: Inbound) -> None:
        """Durable when it returns, harmless when repeated; raises ``Later``: no database now."""

    async def thread(self, address: str, after: int) -> Sequence[Line]:
        """The lines with a higher cursor, in order. Raises ``Later``."""

    async def changed(self, address: str, timeout: float) -> None:  # noqa: ASYNC109
        """Returns when something may have been added, or after ``timeout`` seconds."""


class TooFast(Later):
    """This session writes faster than a person does: 429."""


class Web:
    """The page, its messages and its thread. A session's cookie is the secret, its hash the address.

    So an address in a console, an export or a stolen backup opens nobody's chat.
    """

    name = "web"
    limits = Limits(text=TEXT_CAP, buttons=20, button_title=80)

    def __init__(self, *, public_url: str, secure: bool) -> None:
        self._origin = _origin(public_url)
        self._secure = secure
        self._pace = _Pace(per_second=0.5, burst=10, sessions=20_000)
        self._streams: Counter[str] = Counter()
        self._waiting: set[asyncio.Task[None]] = set()
        self._stopping = False

    def routes(self, desk: Desk) -> list[Route]:
        """The page's files and the three ways to the thread, for one app."""
        Handler = Callable[[Request], Awaitable[Response]]

        def to(handle: Callable[[Desk, Request], Awaitable[Response]]) -> Handler:
            return lambda request: handle(desk, request)

        return [
            *files(self._session),
            Route("/chat/messages", _answering(to(self._post)), methods=["POST"]),
            Route("/chat/messages", _answering(to(self._poll)), methods=["GET"]),
            Route("/chat/stream", _answering(to(self._stream)), methods=["GET"]),
        ]

    # The channel's side

    async def receive(self, request: Request) -> Sequence[Inbound | Receipt]:
        """One POST is one message. ``Forged``, ``Malformed`` or ``TooFast`` otherwise."""
        self._same_origin(request)
        address = _address(request)
        if wait := self._pace.take(address):
            raise TooFast("rate", wait)
        return [inbound(address, await body(request), preferred(request))]

    async def send(self, out: Outbound) -> str:
        """Nothing to push: whoever reads the outbox has it already."""
        return secrets.token_hex(8)

    async def find(self, out: Outbound, since: datetime) -> str | None:
        """A web message that the outbox holds has arrived, whatever crashed."""
        return secrets.token_hex(8)

    async def acknowledge(self, inbound: Inbound) -> None:
        """The page shows by itself that we are typing."""

    async def start(self) -> None:
        """Nothing to open."""
        self._stopping = False

    async def stop(self) -> None:
        """End the open streams, so that a deploy need not wait five minutes; pages come back."""
        self._stopping = True
        for task in tuple(self._waiting):
            task.cancel()

    # The routes' side

    async def _post(self, desk: Desk, request: Request) -> Response:
        for message in await self.receive(request):
            if isinstance(message, Inbound):
                await desk.store(message)
        return JSONResponse({"ok": True}, 202, headers=LIVE)

    async def _poll(self, desk: Desk, request: Request) -> Response:
        after = _after(request.query_params.get("after", "0"))
        if not _known(request):
            answer = Response(b'{"lines":[]}', media_type="application/json", headers=LIVE)
            self._session(request, answer)
            return answer
        lines = b",".join(line.json() for line in await _lines(desk, _address(request), after))
        data = b'{"lines":[' + lines + b"]}"
        return Response(data, media_type="application/json", headers=LIVE)

    async def _stream(self, desk: Desk, request: Request) -> Response:
        address = _address(request)
        last = request.headers.get("last-event-id", "")
        after = _after(last if _CURSOR.fullmatch(last) else request.query_params.get("after", "0"))
        if self._streams[address] >= STREAMS_EACH or self._streams.total() >= STREAMS_ALL:
            raise TooFast("streams", 60)
        headers = {**LIVE, "X-Accel-Buffering": "no"}
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=headers)
        self._streams[address] += 1
        return _Stream(self._events(desk, address, after), headers, lambda: self._closed(address))

    def _closed(self, address: str) -> None:
        self._streams[address] -= 1
        self._streams += Counter()  # forgets those at zero: bounded memory

    async def _events(self, desk: Desk, address: str, after: int) -> AsyncIterator[bytes]:
        """The thread from ``after`` on, as events. ``ready`` proves that no proxy holds them back."""
        yield b"retry: 3000\nevent: ready\ndata: 1\n\n"
        ends = monotonic() + STREAM_SECONDS
        while (left := ends - monotonic()) > 0 and not self._stopping:
            # Listen first, look second: a line that comes in between is then never overslept.
            waiting = asyncio.ensure_future(desk.changed(address, min(KEEP_ALIVE, left)))
            waiting.add_done_callback(lambda task: task.cancelled() or task.exception())
            self._waiting.add(waiting)
            try:
                await asyncio.sleep(0)
                lines = await _lines(desk, address, after)
                for line in lines:
                    after = line.cursor
                    yield b"id: %d\ndata: %s\n\n" % (line.cursor, line.json())
                if not lines:
                    await asyncio.wait([waiting])
                    # A comment for proxies, an (empty) event for the page's own watchdog.
                    yield b": keep-alive\nevent: ping\ndata: 1\n\n"
            except Later:
                return  # no database: the page comes back by itself, later each time
            finally:
                waiting.cancel()
                self._waiting.discard(waiting)
            if waiting.done() and not waiting.cancelled() and waiting.exception():
                return

    def _same_origin(self, request: Request) -> None:
        """Only our own page may write: by Origin where sent, else by Sec-Fetch-Site, never by trust."""
        site = request.headers.get("sec-fetch-site")
        origin = request.headers.get("origin")
        if site not in (None, "same-origin") or (origin is None and site is None):
            raise Forged("origin")
        if origin is not None and not self._ours(origin, request):
            raise Forged("origin")

    def _ours(self, url: str, request: Request) -> bool:
        """Behind a proxy our own scheme is unknown, so beside ``public_url`` the host decides."""
        parts = urlsplit(_origin(url))
        host = request.headers.get("host", "").lower()
        return _origin(url) == self._origin or (
            parts.scheme in ("http", "https") and parts.netloc == _bare(parts.scheme, host) != ""
        )

    def _session(self, request: Request, answer: Response) -> None:
        """Give a session where there is none, and a known one another year.

        A strict cookie is not sent when somebody follows a link from another site: making a new
        session there would throw the person's thread away. The page's first poll, which is
        same-site, makes one where there truly is none.
        """
        site = request.headers.get("sec-fetch-site", "none")
        referer = request.headers.get("referer")
        foreign = referer is not None and not self._ours(referer, request)
        known = _known(request)
        if known or (site in ("none", "same-origin") and not foreign):
            answer.set_cookie(
                COOKIE,
                known or secrets.token_hex(16),
                max_age=YEAR,
                httponly=True,
                samesite="strict",
                secure=self._secure,
            )


def _answering(
    handle: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """What a channel raises, in HTTP; the reason is a word of ours, never a text with data."""

    async def answer(request: Request) -> Response:
        headers = dict(LIVE)
        try:
            return await handle(request)
        except Forged as error:
            status, code = 403, error.code
        except Malformed as error:
            status, code = 400, error.code
        except Later as error:
            status, code = (429 if isinstance(error, TooFast) else 503), "later"
            headers["Retry-After"] = str(max(1, math.ceil(error.seconds or 5)))
        return JSONResponse({"error": code}, status, headers=headers)

    return answer


async def _lines(desk: Desk, address: str, after: int) -> Sequence[Line]:
    lines = await desk.thread(address, after)
    return lines if after else lines[-HISTORY:]


def _after(value: str) -> int:
    if not _CURSOR.fullmatch(value):
        raise Malformed("after")
    return int(value)


def _known(request: Request) -> str:
    value = request.cookies.get(COOKIE, "")
    return value if _SESSION.fullmatch(value) else ""


def _address(request: Request) -> str:
    session = _known(request)
    if not session:
        raise Forged("session")
    return hashlib.sha256(f"mem-web:{session}".encode()).hexdigest()[:32]


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return ""
    return f"{parts.scheme}://{_bare(parts.scheme, parts.netloc)}"


def _bare(scheme: str, host: str) -> str:
    return host.removesuffix({"https": ":443", "http": ":80"}.get(scheme, ":"))


class _Stream(StreamingResponse):
    """Says when it is over, however it ends: background tasks are skipped on a disconnect."""

    def __init__(
        self, events: AsyncIterator[bytes], headers: dict[str, str], closed: Callable[[], None]
    ) -> None:
        super().__init__(events, headers=headers, media_type="text/event-stream")
        self._closed = closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._closed()


class _Pace:
    """A token bucket a session; the sessions longest silent are forgotten first."""

    def __init__(self, *, per_second: float, burst: int, sessions: int) -> None:
        self._per_second, self._burst, self._sessions = per_second, burst, sessions
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def take(self, address: str) -> float:
        """Zero: go ahead. Otherwise how many seconds are missing."""
        now, cost = monotonic(), 1 / self._per_second
        full = max(self._full_at.get(address, now), now) + cost
        if wait := max(0.0, full - now - self._burst * cost):
            return wait
        self._full_at[address] = full
        self._full_at.move_to_end(address)
        if len(self._full_at) > self._sessions:
            self._full_at.popitem(last=False)
        return 0.0

"""A real server on a port of its own, with a far side of our own: see ``Echo``."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import cast

import httpx2
import uvicorn
from starlette.applications import Starlette

from bot.channels.base import Inbound, Later
from bot.channels.web import Line, Web

MENU = ("Trouver un mentor", "Mes rendez-vous", "Parler à une personne")


class Echo:
    """Keeps what it gets, once an id, and answers each with an echo and three choices."""

    def __init__(self) -> None:
        self.stored: list[Inbound] = []
        self.tries: list[str] = []
        self.lines: list[tuple[str, Line]] = []
        self.down = False
        self.silent = False

    async def store(self, inbound: Inbound) -> None:
        self.tries.append(inbound.id)
        if self.down:
            raise Later("database", 1)
        if any(one.id == inbound.id for one in self.stored):
            return
        self.stored.append(inbound)
        mine = inbound.id.removeprefix(f"{inbound.address}:")
        text = inbound.text or str(inbound.location)
        self._add(inbound.address, Line(self._next(), True, mine, text))
        if not self.silent:
            arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
            self.say(inbound.address, f"echo: {text}", MENU, "ar" if arabic else "fr")

    def say(
        self, address: str, text: str, options: Sequence[str] = (), language: str = "fr"
    ) -> None:
        at = self._next()
        token = f"t{at}" if options else ""
        self._add(address, Line(at, False, str(at), text, tuple(options), token, language))

    async def thread(self, address: str, after: int) -> Sequence[Line]:
        if self.down:
            raise Later("database", 1)
        return [line for owner, line in self.lines if owner == address and line.cursor > after]

    async def changed(self, address: str, timeout: float) -> None:  # noqa: ASYNC109
        known, ends = len(self.lines), time.monotonic() + timeout
        while len(self.lines) == known and time.monotonic() < ends:
            await asyncio.sleep(0.02)  # lines come from other threads: no event to wait for

    def texts(self) -> list[str]:
        return [one.text for one in self.stored]

    def _next(self) -> int:
        return len(self.lines) + 1

    def _add(self, address: str, line: Line) -> None:
        self.lines.append((address, line))


class Site:
    """The server as a test sees it."""

    def __init__(self, url: str, desk: Echo, web: Web) -> None:
        self.url, self.desk, self.web = url, desk, web
        self.closing = ExitStack()
        self.plain = self.closing.enter_context(httpx2.Client(base_url=url))
        """Without a session or any header of its own."""

    def client(self, **headers: str) -> httpx2.Client:
        """A person's browser without a screen: it has opened the page, so it has a session."""
        client = httpx2.Client(base_url=self.url, headers={"Origin": self.url, **headers})
        self.closing.callback(client.close)
        client.get("/").raise_for_status()
        return client


def serve() -> Iterator[Site]:
    # The protocol is named because asyncio turns Nagle off only then: 40 ms an answer otherwise.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    desk, web = Echo(), Web(public_url="https://chat.example.org", secure=False)
    config = uvicorn.Config(
        Starlette(routes=web.routes(desk)),
        log_level="warning",
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        await server.serve(sockets=[listener])

    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    site = Site(url, desk, web)
    yield site
    site.closing.close()
    asyncio.run_coroutine_threadsafe(web.stop(), loops[0]).result(5)
    server.should_exit = True
    thread.join(10)
    listener.close()


def header(response: httpx2.Response, name: str) -> str:
    return cast(str, response.headers.get(name, ""))

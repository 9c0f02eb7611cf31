"""A provider at the other end of a real socket, that answers and fails as it is told."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Seen:
    """One request as the provider got it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: str

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body, keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """What the provider does with a request; ``fault`` happens after it has read all of it."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""

    def wire(self) -> bytes:
        body = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        length = len(body) + (50 if self.fault == "truncate" else 0)
        headers = {"Content-Type": "application/json", "Content-Length": length, **self.headers}
        head = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        return f"HTTP/1.1 {self.status} X\r\n{head}\r\n".encode() + body


class Peer:
    """A local provider: answers what it was told to, in order, then ``default``."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.answers: deque[Answer] = deque()
        self.default = Answer({})
        self._connections: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Peer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    def answer(self, seen: Seen) -> Answer:
        """What a request gets."""
        return self.answers.popleft() if self.answers else self.default

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, target, _ = head[0].split(" ")
        headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query))
        self.seen.append(Seen(method, parts.path, query, headers, body.decode()))
        answer = self.answer(self.seen[-1])
        if answer.fault == "hang":
            await asyncio.sleep(60)
        if answer.fault == "reset":
            writer.transport.abort()
            return False
        writer.write(answer.wire())
        await writer.drain()
        return answer.fault != "truncate"

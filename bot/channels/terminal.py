"""The terminal: one person at a keyboard, for ``mem chat``."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import datetime

from starlette.requests import Request

from bot.channels.base import Inbound, Limits, Malformed, Outbound, Receipt


class Terminal:
    """Hands messages to whatever prints them; options are numbers."""

    name = "terminal"
    limits = Limits(text=4000, per_second=1000)

    def __init__(self, show: Callable[[Outbound], None]) -> None:
        self._show = show
        self._numbers = itertools.count(1)

    async def receive(self, request: Request) -> Sequence[Inbound | Receipt]:
        raise Malformed("terminal")

    async def send(self, out: Outbound) -> str:
        self._show(out)
        return f"line-{next(self._numbers)}"

    async def find(self, out: Outbound, since: datetime) -> str | None:
        return "shown"

    async def acknowledge(self, inbound: Inbound) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

"""Who drains what, when. Rows are the truth; a runtime only wakes the drains."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from bot.turns import Drained

Turn = Callable[[int | None], Awaitable[Drained]]
LaneDrain = Callable[[], Awaitable[int]]
Ticks = Mapping[str, tuple[float, Callable[[], Awaitable[object]]]]
"""Name to (seconds between, what to do)."""


class Runtime(Protocol):
    """The contract of both runtimes."""

    def wake(self, partitions: set[int], lanes: set[str]) -> None:
        """There may be work: a hint, never needed for correctness."""

    async def start(self) -> None: ...

    async def stop(self) -> None:
        """Finish what runs, within ten seconds."""

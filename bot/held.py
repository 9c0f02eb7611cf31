"""What waited for somebody to write, or for their morning, goes out before their answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import outbox
from storage.conversations import Known

CARRIED = ("reply",)
"""Conversations that begin with another person's words."""


async def release(
    connection: AsyncConnection,
    spoke: Mapping[tuple[str, str], Known],
    out: Sequence[Mapping[str, Any]],
    now: datetime,
) -> None:
    """Let go what waited for those who ``spoke`` (by address); ``out`` is what answers them.

    What the answer says again is left out, and a question that is not open any more; words of
    another person never are.
    """
    goes: list[int] = []
    stale: list[int] = []
    for row in await outbox.held(connection, list(spoke)) if spoke else ():
        key = (row.channel, row.address)
        texts = [one["payload"]["text"] for one in out if (one["channel"], one["address"]) == key]
        said = any(text.endswith(row.payload["text"]) for text in texts)
        (stale if said or _is_over(row, spoke[key]) else goes).append(row.id)
    await outbox.release(connection, goes, stale, now)


def _is_over(row: Row[Any], known: Known) -> bool:
    """A question of a conversation that is closed by now."""
    flow = str(row.payload.get("step", "")).partition(".")[0]
    frames = known.columns["state"].get("stack", ())
    return flow not in ("", "home", *CARRIED, *(frame["flow"] for frame in frames))

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


def unseen(rows: Sequence[Row[Any]], key: tuple[str, str], state: Mapping[str, Any]) -> bool:
    """Whether something waits for them that they have not seen: their window was shut, or it is the
    question that is open now. What they write cannot answer that."""
    frame: Mapping[str, Any] = (state.get("stack") or [{}])[-1]
    asking = f"{frame.get('flow')}.{frame.get('asking')}"
    return any(
        row.error != "quiet_hours" or row.payload.get("step", "").partition("#")[0] == asking
        for row in rows
        if (row.channel, row.address) == key
    )


async def release(
    connection: AsyncConnection,
    rows: Sequence[Row[Any]],
    spoke: Mapping[tuple[str, str], Known],
    out: Sequence[Mapping[str, Any]],
    now: datetime,
) -> None:
    """Let go those ``rows`` that waited for who ``spoke`` (by address); ``out`` is what answers them.

    What the answer says again is left out, and a question that is not open any more; words of
    another person never are.
    """
    goes: list[int] = []
    stale: list[int] = []
    for row in rows:
        key = (row.channel, row.address)
        if key not in spoke:
            continue
        texts = [one["payload"]["text"] for one in out if (one["channel"], one["address"]) == key]
        words = row.payload.get("text")
        said = bool(words) and any(text.endswith(words) for text in texts)
        (stale if said or _is_over(row, spoke[key]) else goes).append(row.id)
    await outbox.release(connection, goes, stale, now)


def _is_over(row: Row[Any], known: Known) -> bool:
    """A question of a conversation that is closed by now."""
    flow = str(row.payload.get("step", "")).partition(".")[0]
    frames = known.columns["state"].get("stack", ())
    return flow not in ("", "home", *CARRIED, *(frame["flow"] for frame in frames))

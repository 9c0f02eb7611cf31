"""What waited for somebody to write, or for their morning, goes out before their answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.contact import UNSEEN
from storage import outbox
from storage.conversations import Known

CARRIED = ("reply",)
"""Conversations that begin with another person's words."""
LATELY = timedelta(days=14)
"""A question that was put within it is known to them."""
Questions = Set[tuple[str, str, str]]
"""Channel, address and step."""


async def load(
    connection: AsyncConnection, keys: Sequence[tuple[str, str]], now: datetime
) -> tuple[Sequence[Row[Any]], Questions]:
    """What waits for these addresses, and the questions that they were asked lately."""
    rows: Sequence[Row[Any]] = await outbox.held(connection, keys)
    asking = {(row.channel, row.address) for row in rows if row.payload.get("step")}
    if not asking:
        return rows, set()
    return rows, await outbox.asked_before(connection, list(asking), now - LATELY)


def unseen(
    rows: Sequence[Row[Any]], asked: Questions, key: tuple[str, str], state: Mapping[str, Any]
) -> bool:
    """Whether something waits for them that they have not seen: their window was shut, or it is the
    question that is open now, and is no reminder of it. What they write cannot answer that."""
    frame: Mapping[str, Any] = (state.get("stack") or [{}])[-1]
    open_now = f"{frame.get('flow')}.{frame.get('asking')}"
    for row in rows:
        step = row.payload.get("step", "")
        if (row.channel, row.address) != key:
            continue
        if row.error in UNSEEN:
            return True
        if step.partition("#")[0] == open_now and (*key, step) not in asked:
            return True
    return False


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
    """A question that has its answer, or of a conversation that is closed by now."""
    flow, _, step = str(row.payload.get("step", "")).partition("#")[0].partition(".")
    if flow in ("", "home", *CARRIED):
        return False
    asking = {
        frame["flow"]: frame.get("asking") for frame in known.columns["state"].get("stack", ())
    }
    return asking.get(flow) != step

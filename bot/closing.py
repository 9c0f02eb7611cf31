"""What a closing asks of the world: done inside the turn's own transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

from bot.bonds import tell_waiting
from bot.doing import Doing
from flows import effects as asked
from flows.closing import told
from storage import circle, mentoring, programme

FOLLOW_UPS: Final = {
    "m3": timedelta(days=90),
    "m6": timedelta(days=182),
    "m12": timedelta(days=365),
}
"""When we ask again what came of it, after the closing."""


async def _close(effect: asked.ClosePair, doing: Doing) -> None:
    """All at once: the end, the lineage, what was told, the thanks, and when to ask again."""
    mentee, said = doing.known.id, effect.answers
    levels = {
        name.removeprefix("levels."): value
        for name, value in said.items()
        if name.startswith("levels.") and value is not None
    }
    doing.reload = True
    ended = await mentoring.end_pair(doing.connection, effect.id, "closed", doing.now)
    pair = ended or await circle.ended(doing.connection, effect.id)
    if pair is None:
        return
    await circle.keep(doing.connection, pair, doing.now, closed=True)
    await circle.keep_ratings(doing.connection, mentee, levels, doing.now)
    await circle.keep_outcomes(doing.connection, mentee, pair.id, "closing", told(said), doing.now)
    for moment, after in FOLLOW_UPS.items():
        programme.remind(doing.pending, mentee, "follow_up", moment, doing.now + after)
    await _thank(doing, pair.mentor_id, f"pair:{pair.id}", str(said.get("thanks") or ""))
    await tell_waiting(doing)


async def _thank(doing: Doing, mentor: int, subject: str, thanks: str) -> None:
    doing.touched.add(mentor)
    once = str(doing.inbox_id)
    await mentoring.tell(
        doing.connection, mentor, "closed", once, doing.now, subject, thanks, doing.known.id
    )


async def _keep(effect: asked.KeepOutcomes, doing: Doing) -> None:
    await circle.keep_outcomes(
        doing.connection, doing.known.id, effect.pair, effect.moment, effect.answers, doing.now
    )
    doing.reload = True


async def _stop(effect: asked.StopFollowUps, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    await programme.stop_reminding(doing.connection, doing.known.id, "follow_up")


ACTIONS: dict[type, Callable[[Any, Doing], Awaitable[None]]] = {
    asked.ClosePair: _close,
    asked.KeepOutcomes: _keep,
    asked.StopFollowUps: _stop,
}

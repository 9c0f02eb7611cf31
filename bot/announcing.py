"""What one of the team asks for in their chat: an announcement is drafted, counted, sent or dropped."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot import broadcasts as plans
from bot.composer import Composer
from bot.doing import Doing, tell
from flows import effects as asked
from flows.rules.announcement import title_of
from nlu.meaning import LANGUAGES
from storage import broadcasts

log = structlog.get_logger(__name__)


async def _draft(effect: asked.DraftAnnouncement, doing: Doing) -> None:
    if not doing.person.operator:
        return
    texts = dict(effect.texts)
    values = {
        "title": title_of(next(iter(texts.values()))),
        "texts": texts,
        "fallback": list(LANGUAGES),
        "audience": dict(effect.audience),
        "created_at": doing.now,
    }
    number = await broadcasts.draft(doing.connection, values)
    row = (await broadcasts.by_id(doing.connection, [number]))[number]
    prices, zone = doing.rules.prices, doing.rules.timezone
    composer = Composer(doing.catalog)
    many, cost = await plans.estimate(doing.connection, row, composer, prices, zone, doing.now)
    told = {
        "many": many, "cost": cost, "currency": prices.currency, "languages": " ".join(texts),
        "audience": dict(effect.audience),
    }  # fmt: skip
    await tell(doing, doing.known.id, "drafted", str(number), json.dumps(told))


async def _send(effect: asked.SendAnnouncement, doing: Doing) -> None:
    if not doing.person.operator:
        return
    if effect.drop:
        await broadcasts.turn(doing.connection, effect.id, ("draft",), "cancelled", doing.now)
    else:
        await plans.send(doing.connection, effect.id, doing.rules.timezone, doing.now)
        log.info("announcement_sent", number=effect.id)


ACTIONS: dict[type, Callable[[Any, Doing], Awaitable[None]]] = {
    asked.DraftAnnouncement: _draft,
    asked.SendAnnouncement: _send,
}

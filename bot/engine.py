"""Which engine understands messages, as the settings name it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.settings import UnderstandingSettings
from nlu.engines.rasa import Rasa
from nlu.understand import Engine, embedded


def engine(settings: UnderstandingSettings) -> Engine:
    """The engine of this process, ready: the embedded one is trained or read from its cache."""
    return rasa(settings) if settings.engine == "rasa" else embedded()


def rasa(settings: UnderstandingSettings) -> Rasa:
    """A Rasa server as an engine, whichever the settings prefer."""
    return Rasa(
        settings.rasa_url,
        embedded(),
        seconds=settings.rasa_timeout_seconds,
        failures=settings.rasa_failures,
        pause=settings.rasa_pause_seconds,
    )


async def listening(engine: Engine, texts: Iterable[str]) -> Engine:
    """What turns may ask about these messages: never the network.

    Call it before the transaction is begun. Rasa is asked in a thread, so that neither the event
    loop nor the database waits for it; the embedded engine needs no asking.
    """
    return await asyncio.to_thread(engine.ahead, texts) if isinstance(engine, Rasa) else engine

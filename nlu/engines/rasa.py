"""Rasa behind the same call: a server asked over HTTP, the embedded engine where it does not answer.

Rasa learns the intents alone. The language and the variety, and every answer while Rasa is away,
come from the embedded engine. A server that fails several times in a row is left in peace for a
while, so that a message never waits long for one that is down.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx
import numpy as np
from pybreaker import CircuitBreaker, CircuitBreakerError, CircuitBreakerListener
from pydantic import BaseModel, Field

from nlu.engines.calibration import Array
from nlu.engines.embedded import Embedded, Parsed, leaned, tells
from nlu.meaning import INTENTS

log = logging.getLogger(__name__)
_LONGEST: Final = 1000
"""Signs of a message that Rasa is asked about: its time grows with their number."""
_LARGEST: Final = 200_000
"""Bytes of an answer; a real one has about 4,000."""
_ALTERNATIVES: Final = 3


class Rasa:
    """Understands by asking a Rasa server; safe to use from several threads."""

    def __init__(
        self,
        url: str,
        embedded: Embedded,
        *,
        seconds: float = 1.5,
        failures: int = 3,
        pause: float = 30.0,
    ) -> None:
        """After ``failures`` in a row nothing is asked for ``pause`` seconds, then one trial is."""
        self._embedded = embedded
        self._seconds = seconds
        # Messages are personal: no proxy of the environment sees them. Rasa closes an idle
        # connection after five seconds; ours go before, or a message could meet a closing one.
        self._client = httpx.Client(
            base_url=url,
            timeout=seconds,
            trust_env=False,
            limits=httpx.Limits(keepalive_expiry=2),
        )
        self._breaker = CircuitBreaker(failures, pause, listeners=[_Told()])

    def parse(self, text: str, expecting: str | None = None) -> Parsed:
        """What a message means; waits for Rasa, at most the time-out."""
        return _parsed(self._embedded, text, expecting, self._asked(text))

    def ahead(self, texts: Iterable[str]) -> Ahead:
        """Ask about all these messages now, so that a turn need not wait: for a thread."""
        return Ahead(self._embedded, {text: self._asked(text) for text in dict.fromkeys(texts)})

    def answers(self) -> bool:
        """Whether the server is there and has learned our intents."""
        return self._asked("ok") is not None

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _asked(self, text: str) -> Array | None:
        """How the intents share a message, or None: nothing to ask, or nobody who answers."""
        question = _question(text)
        if not question:
            return None
        try:
            # The breaker lets one call through at a time. Rasa works on one at a time anyway.
            return self._breaker.call(self._ask, question)
        except (CircuitBreakerError, httpx.HTTPError, ValueError):
            return None

    def _ask(self, question: str) -> Array:
        """Raises httpx.HTTPError or ValueError when no good answer comes in time."""
        until = time.monotonic() + self._seconds
        body = b""
        with self._client.stream("POST", "/model/parse", json={"text": question}) as response:
            response.raise_for_status()
            for part in response.iter_bytes():
                body += part
                # The client's own time-out starts anew with each piece that arrives.
                if len(body) > _LARGEST or time.monotonic() > until:
                    raise httpx.ReadTimeout("the answer is too long in coming")
        return _shares(_Answer.model_validate_json(body))


@dataclass(frozen=True, slots=True)
class Ahead:
    """What Rasa said of some messages, before the turns that hear them; asks nothing itself."""

    embedded: Embedded
    asked: Mapping[str, Array | None]

    def parse(self, text: str, expecting: str | None = None) -> Parsed:
        """What a message means; the embedded engine knows those that were not asked about."""
        return _parsed(self.embedded, text, expecting, self.asked.get(text))


class _Ranked(BaseModel):
    name: str
    # A float of 32 bits may exceed 1 by a hair.
    confidence: float = Field(ge=0, le=1.001, allow_inf_nan=False)


class _Answer(BaseModel):
    """The part of Rasa's answer that we use."""

    intent: _Ranked
    intent_ranking: list[_Ranked]


class _Told(CircuitBreakerListener):
    """A line in the log when Rasa is given up and when it is back; failed trials between are none."""

    def state_change(self, cb: Any, old_state: Any, new_state: Any) -> None:
        if new_state.name == "closed":
            log.info("rasa_breaker closed: Rasa answers again")
        elif new_state.name == "open" and old_state.name == "closed":
            log.warning("rasa_breaker open: the embedded engine answers for %s s", cb.reset_timeout)


def _question(text: str) -> str:
    """A message as Rasa may see it; empty when it tells nothing, such as a number.

    Rasa takes words after a stroke for an intent by name: "/delete_data" would be sure of itself.
    Half a sign (a lone surrogate) cannot be sent.
    """
    if not any(tells(sign) for sign in text):
        return ""
    return text.encode("utf-8", "replace").decode().lstrip("/ \t\r\n").rstrip()[:_LONGEST]


def _shares(answer: _Answer) -> Array:
    """Raises ValueError when Rasa has learned other intents than ours."""
    shares = np.zeros(len(INTENTS))
    for ranked in (*answer.intent_ranking, answer.intent):
        shares[INTENTS.index(ranked.name)] = min(ranked.confidence, 1.0)
    if not shares.any():
        raise ValueError("Rasa takes nothing for likely")
    return shares


def _parsed(embedded: Embedded, text: str, expecting: str | None, shares: Array | None) -> Parsed:
    """Rasa's intents with the embedded engine's language; all of the latter's without Rasa."""
    known = embedded.parse(text, expecting)
    if shares is None:
        return known
    lifted = leaned(shares, expecting)
    best, *others = (
        (INTENTS[at], round(float(lifted[at]), 3))
        for at in np.argsort(-lifted)[: _ALTERNATIVES + 1]
    )
    return known._replace(intent=best[0], confidence=best[1], alternatives=tuple(others))

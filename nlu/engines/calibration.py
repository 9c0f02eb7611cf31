"""From scores to a confidence that can be believed: of what is said with 0.8, four in five are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_HEATS: Final = np.geomspace(0.5, 12, 60)
_LEAST: Final = 40
"""So few messages cannot say how often such a confidence is right."""


def softmax(scores: Array) -> Array:
    """Scores as shares of one."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Calibration:
    """``heat`` sharpens the scores; ``told`` and ``true`` draw from share to how often it is right."""

    heat: float
    told: Array
    true: Array

    @classmethod
    def of(cls, scores: Array, right: NDArray[np.int64]) -> Calibration:
        """Learned from messages that the model had not seen."""
        heat = min(_HEATS, key=lambda one: _surprise(scores * one, right))
        shares = softmax(scores * heat)
        told = shares.max(axis=1)
        hit = (shares.argmax(axis=1) == right).astype(np.float64)
        return cls(float(heat), *_rising(told, hit))

    def shares(self, scores: Array) -> Array:
        """How the labels share the certainty."""
        return softmax(np.asarray(scores, dtype=np.float64) * self.heat)

    def confidence(self, share: float) -> float:
        """How often a label with this share is right."""
        return float(np.interp(share, self.told, self.true))


def _surprise(scores: Array, right: NDArray[np.int64]) -> float:
    shares = softmax(scores)[np.arange(len(right)), right]
    return float(-np.log(np.maximum(shares, 1e-9)).mean())


def _rising(told: Array, hit: Array) -> tuple[Array, Array]:
    """Isotonic regression: neighbours that contradict the order are pooled."""
    pools: list[tuple[float, float, int]] = []
    for share, was in sorted(zip(told.tolist(), hit.tolist(), strict=True)):
        pools.append((share, was, 1))
        while len(pools) > 1 and _must_pool(pools[-2], pools[-1]):
            (a, b, m), (c, d, n) = pools[-2:]
            pools[-2:] = [((a * m + c * n) / (m + n), (b * m + d * n) / (m + n), m + n)]
    return _ends(pools)


def _must_pool(one: tuple[float, float, int], two: tuple[float, float, int]) -> bool:
    return one[1] >= two[1] or one[2] < _LEAST


def _ends(pools: Sequence[tuple[float, float, int]]) -> tuple[Array, Array]:
    told, true = [0.0, *(pool[0] for pool in pools)], [0.0, *(pool[1] for pool in pools)]
    return np.array(told), np.minimum(np.array(true), 0.995)

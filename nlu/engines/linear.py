"""Linear support vector machines, one a label, trained together by dual coordinate descent.

Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM" (2008): the method of
liblinear, with all labels of a message updated in one step, so that numpy is quick enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlu.engines.vectors import Row

Matrix = NDArray[np.float32]
_ROUNDS: Final = 5
_STRENGTH: Final = 0.5
_STILL: Final = 1e-4


def train(rows: Sequence[Row], signs: Matrix, size: int, rounds: int = _ROUNDS) -> Matrix:
    """Weights by feature and label; ``signs`` is 1 where a row has a label and -1 elsewhere."""
    weights = np.zeros((size, signs.shape[1]), dtype=np.float32)
    pulls = np.zeros_like(signs)
    chance = np.random.default_rng(7)
    slack = np.float32(1 / (2 * _STRENGTH))
    lengths = np.array([values @ values for _, values in rows], dtype=np.float32) + slack
    for _ in range(rounds):
        for at in chance.permutation(len(rows)):
            places, values = rows[at]
            here = weights[places]
            slope = signs[at] * (values @ here) - 1 + pulls[at] * slack
            pulled = np.maximum(pulls[at] - slope / lengths[at], 0)
            step = (pulled - pulls[at]) * signs[at]
            pulls[at] = pulled
            if np.abs(step).max() > _STILL:
                weights[places] = here + np.outer(values, step)
    return weights


def scores(weights: NDArray[np.floating], row: Row) -> Matrix:
    """How strongly a message speaks for each label."""
    places, values = row
    return np.asarray(values @ weights[places].astype(np.float32), dtype=np.float32)

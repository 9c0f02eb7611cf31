"""A trained model: learned from examples, asked for shares, written to a file and read again."""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlu.engines import linear
from nlu.engines.calibration import Array, Calibration
from nlu.engines.training import VARIETIES, Example
from nlu.engines.vectors import Row, Vocabulary, counts
from nlu.meaning import INTENTS
from nlu.normalise import fold

_FOLDS: Final = 3
_SPLIT: Final = len(INTENTS)
"""Where the columns of the intents end and those of the varieties begin."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of every feature for every intent and variety."""

    vocabulary: Vocabulary
    weights: NDArray[np.float16]
    intents: Calibration
    varieties: Calibration

    @classmethod
    def learn(cls, examples: Sequence[Example]) -> Model:
        """Trained on all examples, calibrated on those that each part had not seen."""
        told = [counts(example.text) for example in examples]
        truth = _truth(examples)
        vocabulary = Vocabulary.of(told)
        rows = [vocabulary.row(message) for message in told]
        weights = _train(rows, truth, len(vocabulary.keys) + 1)
        unseen = _unseen(examples, rows, truth, len(vocabulary.keys) + 1)
        return cls(
            vocabulary,
            weights.astype(np.float16),
            Calibration.of(unseen[:, :_SPLIT], truth[:, 0]),
            Calibration.of(unseen[:, _SPLIT:], truth[:, 1]),
        )

    def shares(self, text: str) -> tuple[Array, Array]:
        """How likely each intent and each variety is."""
        found = linear.scores(self.weights, self.vocabulary.row(counts(text))).astype(np.float64)
        return self.intents.shares(found[:_SPLIT]), self.varieties.shares(found[_SPLIT:])

    def save(self, path: Path) -> None:
        """Written beside the file and moved over it, so that nobody reads a half."""
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays = {
            "keys": self.vocabulary.keys,
            "rarity": self.vocabulary.rarity,
            "weights": self.weights,
        }
        for name, one in (("intents", self.intents), ("varieties", self.varieties)):
            arrays |= {f"{name}_heat": np.array(one.heat)}
            arrays |= {f"{name}_told": one.told, f"{name}_true": one.true}
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]  # its last keyword is a bool
        Path(beside).replace(path)

    @classmethod
    def load(cls, path: Path) -> Model:
        """Raises OSError, ValueError, KeyError or zipfile.BadZipFile when the file is no model."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as told:
            model = cls(
                Vocabulary(told["keys"], told["rarity"]),
                told["weights"],
                *(
                    Calibration(float(told[f"{n}_heat"]), told[f"{n}_told"], told[f"{n}_true"])
                    for n in ("intents", "varieties")
                ),
            )
        if model.weights.shape != (len(model.vocabulary.keys) + 1, _SPLIT + len(VARIETIES)):
            raise ValueError("the model has another shape")
        return model


def _truth(examples: Sequence[Example]) -> NDArray[np.int64]:
    return np.array([(INTENTS.index(e.intent), VARIETIES.index(e.variety)) for e in examples])


def _train(rows: Sequence[Row], truth: NDArray[np.int64], size: int) -> linear.Matrix:
    signs = np.full((len(rows), _SPLIT + len(VARIETIES)), -1, dtype=np.float32)
    signs[np.arange(len(rows)), truth[:, 0]] = 1
    signs[np.arange(len(rows)), truth[:, 1] + _SPLIT] = 1
    return linear.train(rows, signs, size)


def _unseen(
    examples: Sequence[Example], rows: Sequence[Row], truth: NDArray[np.int64], size: int
) -> Array:
    """The scores of each example by a model that has not learned it or its like."""
    part = np.array([zlib.crc32(fold(example.text).encode()) % _FOLDS for example in examples])
    found = np.zeros((len(examples), _SPLIT + len(VARIETIES)))
    for one in range(_FOLDS):
        rest = np.flatnonzero(part != one).tolist()
        weights = _train([rows[at] for at in rest], truth[rest], size)
        for at in np.flatnonzero(part == one).tolist():
            found[at] = linear.scores(weights, rows[at])
    return found

"""Features as numbers: hashed, weighed by how rare they are, each block brought to one length."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.engines.features import WEIGHTS, features

Row = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Where a message has something, ascending, and how much."""
Counts = tuple[tuple[NDArray[np.uint32], NDArray[np.float32]], ...]
"""For each block, the features' hashes and how often each stands in the message (its logarithm)."""


def counts(text: str) -> Counts:
    """The hashed features of a message. Blocks share no hash."""
    return tuple(_counted(block, names) for block, names in enumerate(features(text)))


def _counted(block: int, names: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    mark = zlib.crc32(bytes((block,)))
    told = Counter(zlib.crc32(name.encode(), mark) for name in names)
    keys = np.fromiter(told, dtype=np.uint32, count=len(told))
    return keys, 1 + np.log(np.fromiter(told.values(), dtype=np.float32, count=len(told)))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features worth keeping, ascending by hash, and the rarity of each."""

    keys: NDArray[np.uint32]
    rarity: NDArray[np.float32]

    @classmethod
    def of(cls, messages: Sequence[Counts], least: int = 2) -> Vocabulary:
        """What at least so many messages have in common."""
        told = np.concatenate([keys for message in messages for keys, _ in message])
        every, often = np.unique(told, return_counts=True)
        kept = often >= least
        rarity = np.log((1 + len(messages)) / (1 + often[kept])) + 1
        return cls(every[kept], rarity.astype(np.float32))

    def row(self, message: Counts) -> Row:
        """A message as a row; the last place of all is the constant 1."""
        places, values = [], []
        for block, weight in zip(message, WEIGHTS, strict=True):
            at, value = self._block(*block, weight)
            places.append(at)
            values.append(value)
        places.append(np.array([len(self.keys)]))
        values.append(np.ones(1, dtype=np.float32))
        return np.concatenate(places), np.concatenate(values)

    def _block(self, told: NDArray[np.uint32], much: NDArray[np.float32], weight: float) -> Row:
        at = np.searchsorted(self.keys, told)
        known = at < len(self.keys)
        known[known] = self.keys[at[known]] == told[known]
        at, much = at[known], much[known] * self.rarity[at[known]]
        length = float(np.sqrt(much @ much)) or 1.0
        return at, (much * (weight / length)).astype(np.float32)

"""First prices of mentors for a large cohort, guessed from a small sample solved exactly.

What makes a mentor dear is much the same everywhere: rare skills, many languages, free evenings.
So the prices of the sample are fitted to what mentors are, and the fit prices all of them. A bad
guess costs another round, never a wrong result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.rules.flow import Longs, prices, solve
from flows.rules.market import listed, market_of
from flows.rules.pool import Pool
from flows.rules.request import Request
from flows.rules.score import POINTS
from flows.rules.search import bits

Doubles = npt.NDArray[np.float64]
_SAMPLE: Final = 4_000
"""Mentees whose market is solved in well under a second."""
_COARSE: Final = POINTS // 1000
"""Guesses are rounded so far that they come out alike on every machine."""


def guessed(requests: Sequence[Request], served: Longs, pool: Pool, candidates: int) -> Longs:
    """A price for each mentor by rank, in points; 0 for all where the cohort is no larger than a
    sample would be. The same sample is drawn for the same cohort."""
    if len(requests) <= _SAMPLE:
        return np.zeros(len(pool.mentors), np.int64)
    chance = np.random.default_rng(0)
    rows = np.sort(chance.permutation(len(requests))[:_SAMPLE])
    share = _SAMPLE / len(requests)
    sampled = chance.random(len(pool.mentors)) < share
    few = pool.only(sampled)
    asked, worth = [requests[row] for row in rows], served[rows]
    price = np.zeros(len(pool.mentors), np.int64)
    for _ in range(2):
        market = market_of(listed(asked, few, candidates, price), worth, few)
        price = np.minimum(prices(market, solve(market)), POINTS)
    known = np.flatnonzero(few.columns.free > 0)
    traits = np.array([*_traits(pool)], np.float64).T
    fit = _fit(traits[known], price[known].astype(np.float64))
    coarse: Longs = (np.rint(traits @ fit / _COARSE) * _COARSE).astype(np.int64)
    return np.maximum(coarse, 0)


def _fit(traits: Doubles, price: Doubles) -> Doubles:
    """Least squares, kept steady by a small penalty where a trait is rare in the sample."""
    steady = traits.T @ traits + np.eye(traits.shape[1])
    return np.linalg.solve(steady, traits.T @ price).astype(np.float64)


def _traits(pool: Pool) -> Iterator[npt.NDArray[np.generic]]:
    """What mentors are, a row each: the bits that score, ways, hours, places and points."""
    columns = pool.columns
    yield np.ones(len(pool.mentors))
    yield from bits(columns)
    for way in range(8):
        yield columns.ways >> way & 1
    yield np.bitwise_count(columns.skills)
    yield np.bitwise_count(columns.sectors)
    yield np.bitwise_count(pool.patterns).sum(axis=1)[columns.pattern] / 100
    yield columns.standing / POINTS
    for place in pool.places.values():
        yield columns.place == place

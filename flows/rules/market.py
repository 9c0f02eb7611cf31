"""The market of a cohort: the candidates of each mentee, and what each place of a mentor costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from flows.rules.flow import Longs, Market
from flows.rules.pool import Pool
from flows.rules.request import Request
from flows.rules.score import load_points
from flows.rules.search import NOBODY, Found, search

_EXTRA: Final = 4
"""Candidates from among mentors who are on too few lists to fill their places."""
_OFTEN: Final = 2
"""How many times their places a mentor should be listed."""


def listed(requests: Sequence[Request], pool: Pool, most: int, price: Longs) -> Found:
    """Candidates at these prices; mentors whom too few would list are offered to everybody, unless
    only the best of each is asked for."""
    found = search(requests, pool, most, price)
    free = pool.columns.free
    if most == 1 or most >= np.count_nonzero(free):
        return found
    counts = np.bincount(found.ranks[found.ranks != NOBODY], minlength=len(free))
    rare = pool.only(counts < _OFTEN * free)
    more = search(requests, rare, _EXTRA, price)
    return Found(*(np.hstack(pair) for pair in zip(found, more, strict=True)))


def market_of(lists: Found, served: Longs, pool: Pool) -> Market:
    """What the solver is asked: the candidates, and what each place of a mentor costs."""
    columns, weights = pool.columns, pool.weights
    owner = np.repeat(np.arange(len(columns.free)), columns.free)
    first = np.concatenate([[0], np.cumsum(columns.free, dtype=np.int64)])
    left = columns.free[owner] - (np.arange(len(owner)) - first[owner])
    free_points = [
        load_points(int(free), int(of), weights)
        for free, of in zip(left, columns.capacity[owner], strict=True)
    ]
    points = np.array(free_points, np.int64)
    values = np.where(lists.ranks == NOBODY, 0, lists.points + served[:, None])
    return Market(lists.ranks, values, first, points[first[owner]] - points)

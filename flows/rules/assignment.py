"""Mentors for a whole cohort at once, such that all are served best together (DOMAIN 2.5).

What is made as great as can be is the sum of scores, with what it counts for to be served at all
and to have waited; a mentor's later mentees count less by ``Weights.load``. Each mentee brings
only a short list of candidates to the solver. Prices make up for that: a mentor whom many want is
dear, so others look further down. First prices are guessed from a sample; every solution gives
exact ones, with which everybody looks at all mentors again. If nobody then finds better than they
have, no other assignment of anybody to anybody is better; what they do find bounds what is left.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from flows.rules.flow import Longs, Market, prices, solve
from flows.rules.guess import guessed
from flows.rules.market import listed, market_of
from flows.rules.partners import Barrier, Mentee
from flows.rules.pool import Ints, Pool
from flows.rules.request import Request, request, why_none
from flows.rules.score import POINTS, served_points
from flows.rules.search import NOBODY, Found, search

_OFFERED: Final = 4
"""Mentors on no list that each mentee is asked about."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who would get whom; `matching.proposal` tells why."""

    pairs: tuple[tuple[int, int], ...]
    """Ids of mentee and mentor, by mentee."""
    unmatched: Mapping[int, Barrier | Literal["places"]]
    """Why a mentee has nobody; "places": others needed the places of all who were allowed."""
    total: float
    """Scores and what it counts for to be served, summed up."""
    bound: float
    """No assignment of these people has a greater total."""
    fairness: float
    """Jain's index of the mentors' loads (taken places by capacity) afterwards: 1 where all are
    alike, 1/n where one of n carries everything (Jain, Chiu and Hawe 1984)."""

    @property
    def gap(self) -> float:
        """The share of the bound that is missing at most."""
        return (self.bound - self.total) / self.bound if self.bound else 0.0


def assign(
    mentees: Iterable[Mentee],
    pool: Pool,
    candidates: int = 20,
    tolerance: float = 1e-5,
    rounds: int = 3,
) -> Assignment:
    """The best assignment, capacities and constraints kept; the order of people does not matter.

    It is sought until ``gap`` is within ``tolerance``, at most so many ``rounds``. Raises
    ValueError where a mentee is there twice, RuntimeError where the solver fails.
    """
    everybody = sorted(mentees, key=lambda mentee: mentee.id)
    if len({mentee.id for mentee in everybody}) < len(everybody):
        raise ValueError("two mentees have the same id")
    requests = [request(mentee, pool) for mentee in everybody]
    served = np.array([served_points(m, pool.weights) for m in everybody], np.int64)
    chosen, total, bound = _solved(requests, served, pool, candidates, tolerance, rounds)
    return Assignment(
        tuple(
            (mentee.id, pool.mentors[rank].id)
            for mentee, rank in zip(everybody, chosen, strict=True)
            if rank != NOBODY
        ),
        {
            everybody[row].id: why_none(requests[row], pool) or "places"
            for row in np.flatnonzero(chosen == NOBODY)
        },
        total / POINTS,
        bound / POINTS,
        fairness(pool, chosen),
    )


def _solved(
    requests: Sequence[Request],
    served: Longs,
    pool: Pool,
    candidates: int,
    tolerance: float,
    rounds: int,
) -> tuple[Ints, int, int]:
    """The rank that each mentee gets, what that is worth, and the bound, in points."""
    price = guessed(requests, served, pool, candidates)
    lists = listed(requests, pool, candidates, price)
    chosen, total, bound = np.full(len(requests), NOBODY, np.int32), 0, sys.maxsize
    for left in reversed(range(rounds)):
        market = market_of(lists, served, pool)
        chosen = solve(market)
        total = market.worth(chosen)
        price = _unlisted(requests, served, pool, market, prices(market, chosen))
        # The last search only has to tell who would be better off.
        lists = listed(requests, pool, candidates if left else 1, price)
        bound = min(bound, _bound(lists, served, market, price))
        if bound - total <= tolerance * bound:
            break
        lists = _keeping(lists, market, chosen, served)
    return chosen, total, bound


def _unlisted(
    requests: Sequence[Request], served: Longs, pool: Pool, market: Market, price: Longs
) -> Longs:
    """Prices, with those of open mentors who are on no list: what they would cost in a market of
    their own, to which everybody comes who would gain beyond what they have."""
    counts = np.bincount(market.ranks[market.ranks != NOBODY], minlength=len(price))
    missing = (counts == 0) & (pool.columns.free > 0)
    if not missing.any():
        return price
    gains = np.where(market.ranks == NOBODY, 0, market.values - price[market.ranks])
    content = np.maximum(gains.max(axis=1, initial=0), 0)
    rare = pool.only(missing)
    found = search(requests, rare, _OFFERED)
    come = np.flatnonzero((found.points + served[:, None] > content[:, None]).any(axis=1))
    offers = market_of(Found(*(part[come] for part in found)), (served - content)[come], rare)
    return np.where(missing, prices(offers, solve(offers)), price)


def _bound(found: Found, served: Longs, market: Market, price: Longs) -> int:
    """The most that any assignment is worth, by the prices: each mentee's best mentor less the
    price, and each place's price less its cost (linear programming duality)."""
    first = found.ranks[:, 0]
    best = np.where(first == NOBODY, 0, served + found.points[:, 0] - np.append(price, 0)[first])
    owner = np.repeat(np.arange(len(price)), np.diff(market.first))
    return int(np.maximum(best, 0).sum() + np.maximum(price[owner] - market.costs, 0).sum())


def _keeping(lists: Found, market: Market, chosen: Ints, served: Longs) -> Found:
    """New lists and on them what everybody has, so that a round never ends worse than the last."""
    mine = np.where(market.ranks == chosen[:, None], market.values, 0).max(axis=1, initial=0)
    points = np.where(chosen == NOBODY, 0, mine - served).astype(np.int32)
    return Found(
        np.hstack([lists.ranks, chosen[:, None]]), np.hstack([lists.points, points[:, None]])
    )


def fairness(pool: Pool, chosen: Ints) -> float:
    """Jain's index of the loads of all who have places or mentees and are not paused."""
    ranks = np.array([rank for rank, mentor in enumerate(pool.mentors) if not mentor.paused], int)
    added = np.bincount(chosen[chosen != NOBODY], minlength=len(pool.mentors))[ranks]
    capacity = pool.columns.capacity[ranks]
    taken = capacity - pool.columns.free[ranks] + added
    loads = taken[capacity > 0] / capacity[capacity > 0]
    squares = len(loads) * float((loads**2).sum())
    return float(loads.sum()) ** 2 / squares if squares else 1.0

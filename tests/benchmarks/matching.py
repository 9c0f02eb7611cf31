"""How fast mentors are found, and how near to the best a cohort is assigned. One run:

    python -m tests.benchmarks.matching
    python -m tests.benchmarks.matching --large 0       # without 100,000 x 20,000
    python -m tests.benchmarks.matching --dense 0       # without the dense optimum

*1 x 100,000* is a whole proposal (constraints, score, top three, reasons) beside one raw
`argpartition` of as many numbers. *10,000 x 3,000* is the solver on lists of 20 beside the dense
optimum, all allowed pairs given to the same solver. *100,000 x 20,000* is beside serving the best
pair first on the same lists. *Plain lists* are each mentee's 20 best; ours are found with prices.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeVar

import numpy as np

from flows.rules.assignment import assign
from flows.rules.flow import NOBODY, Market, solve
from flows.rules.guess import guessed
from flows.rules.market import listed, market_of
from flows.rules.matching import propose
from flows.rules.pool import Pool
from flows.rules.request import Request, request, scores
from flows.rules.score import POINTS, served_points
from flows.rules.search import Found, Longs, search
from tests.benchmarks.cohort import people, pool
from tests.flows.pairs import greedy

Made = TypeVar("Made")
CANDIDATES = 20


class Took(NamedTuple):
    """Seconds on the wall, and of the processor: on a busy machine the first are more."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.processor:.2f} of the processor)"


def timed(work: Callable[[], Made]) -> tuple[Took, Made]:
    began = time.perf_counter(), time.process_time()
    made = work()
    return Took(time.perf_counter() - began[0], time.process_time() - began[1]), made


def one(mentors: int) -> None:
    """A mentee asks for three mentors."""
    mentees, everybody = people(300, mentors)
    laid_out, laid = timed(lambda: pool(everybody))
    took, raw = [], []
    numbers = scores(request(mentees[0], laid), laid)
    for mentee in mentees:
        took.append(timed(partial(propose, mentee, laid))[0].wall)
        raw.append(timed(lambda: np.argpartition(numbers, len(numbers) - 3))[0].wall)
    changed = [timed(partial(laid.with_mentor, mentor))[0].wall for mentor in everybody[:50]]
    ours, limit = statistics.median(took), statistics.median(raw)
    print(
        f"1 x {mentors:,}: {ours * 1e3:.2f} ms (fastest {min(took) * 1e3:.2f}) for three proposals "
        f"with reasons; raw argpartition {limit * 1e3:.2f} ms, ratio {ours / limit:.1f}; pool laid "
        f"out in {laid_out}, one mentor changed in {min(changed) * 1e3:.2f} ms"
    )


class Cohort:
    """Mentees and mentors, asked for and laid out."""

    def __init__(self, mentees: int, mentors: int, capacity: tuple[int, int]) -> None:
        self.mentees, self.mentors = people(mentees, mentors, capacity)
        self.pool: Pool = pool(self.mentors)
        self.asking, self.requests = timed(
            lambda: [request(mentee, self.pool) for mentee in self.mentees]
        )
        weights = self.pool.weights
        self.served: Longs = np.array([served_points(m, weights) for m in self.mentees], np.int64)
        places = int(self.pool.columns.free.sum())
        print(f"{mentees:,} x {mentors:,}: {places:,} places")

    def market(self, lists: Found) -> Market:
        return market_of(lists, self.served, self.pool)

    def plain(self) -> None:
        """Each mentee's best, whoever else wants them."""
        searching, found = timed(lambda: search(self.requests, self.pool, CANDIDATES))
        self._told(f"plain lists (people read in {self.asking})", searching, self.market(found))

    def priced(self) -> None:
        """Lists at guessed prices: the first round of `assign`."""
        args = (self.requests, self.served, self.pool, CANDIDATES)
        guessing, price = timed(lambda: guessed(*args))
        searching, found = timed(lambda: listed(self.requests, self.pool, CANDIDATES, price))
        self._told(f"priced lists (prices guessed in {guessing})", searching, self.market(found))

    def _told(self, name: str, searching: Took, market: Market) -> None:
        solving, chosen = timed(lambda: solve(market))
        best_first = greedy(market)
        without = np.count_nonzero(chosen == NOBODY) / len(chosen)
        print(
            f"  {name}: searched in {searching}, solved in {solving}, "
            f"total {market.worth(chosen) / POINTS:,.3f}, unmatched {without:.2%}; best first "
            f"{best_first.total / POINTS:,.3f}, unmatched {best_first.unmatched / len(chosen):.2%}"
        )

    def whole(self, rounds: int) -> float:
        """All of `assign`, from people to a bound."""
        took, found = timed(lambda: assign(self.mentees, self.pool, CANDIDATES, rounds=rounds))
        print(
            f"  assign, {rounds} round{'s' * (rounds > 1)} at most: {took}, "
            f"total {found.total:,.3f}, bound {found.bound:,.3f}, gap {found.gap:.1e}, unmatched "
            f"{len(found.unmatched) / len(self.mentees):.2%}, fairness (Jain) {found.fairness:.3f}"
        )
        return found.total

    def dense(self, ours: float) -> None:
        """Every allowed pair given to the solver."""
        most = len(self.mentors)
        filling, market = timed(lambda: self.market(everyone(self.requests, self.pool)))
        solving, chosen = timed(lambda: solve(market))
        best = market.worth(chosen) / POINTS
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"  dense optimum over {most:,} each: filled in {filling}, solved in "
            f"{solving}, {peak:.1f} GB at most, total {best:,.3f}; ours is "
            f"{1 - ours / best:.1e} below"
        )


def everyone(requests: list[Request], laid: Pool) -> Found:
    """All allowed mentors as candidates."""
    ranks = np.full((len(requests), len(laid.mentors)), NOBODY, np.int32)
    points = np.zeros_like(ranks)
    for row, asked in enumerate(requests):
        told = scores(asked, laid)
        fits = np.flatnonzero(told >= 0)
        ranks[row, : len(fits)], points[row, : len(fits)] = fits, told[fits]
    return Found(ranks, points)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--large", type=int, default=1)
    parser.add_argument("--dense", type=int, default=1)
    told = parser.parse_args()
    one(100_000)
    cohort = Cohort(10_000, 3_000, (3, 6))
    cohort.plain()
    cohort.priced()
    cohort.whole(1)
    ours = cohort.whole(4)
    if told.dense:
        cohort.dense(ours)
    if told.large:
        large = Cohort(100_000, 20_000, (5, 8))
        large.plain()
        large.priced()
        large.whole(2)


if __name__ == "__main__":
    main()

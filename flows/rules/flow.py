"""The best assignment over lists of candidates, as a minimum-cost flow, and the prices behind it.

Every mentee sends one unit: to a mentor of their list, or straight to the end, which is to stay
without one. A mentor passes on as many as they have places, each place at a cost of its own.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
NOBODY: Final = -1


class Market(NamedTuple):
    """Who may go to whom, and what that is worth; everything in whole points."""

    ranks: Ints
    """A row of candidates for each mentee; NOBODY fills it up."""
    values: Longs
    """What each candidate is worth to the mentee, alike."""
    first: Longs
    """For each mentor, where their places begin in ``costs``, and where the last ones end."""
    costs: Longs
    """What is lost with each place of a mentor that is taken, from 0 up."""

    def worth(self, chosen: Ints) -> int:
        """The sum of values less costs where the mentees go to these mentors."""
        values = np.where(self.ranks == chosen[:, None], self.values, 0).max(axis=1, initial=0)
        taken = np.bincount(chosen[chosen != NOBODY], minlength=len(self.first) - 1)
        place = np.arange(len(self.costs)) - np.repeat(self.first[:-1], np.diff(self.first))
        used = place < np.repeat(taken, np.diff(self.first))
        return int(values[chosen != NOBODY].sum() - self.costs[used].sum())


def solve(market: Market) -> Ints:
    """The mentor of each mentee, NOBODY for none, such that the sum of values less costs is the
    highest that there is. Raises RuntimeError where the solver does not finish."""
    # Heavy, and needed for cohorts only.
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    mentees, mentors = len(market.ranks), len(market.first) - 1
    rows, at = np.nonzero(market.ranks != NOBODY)
    owner = np.repeat(np.arange(mentors), np.diff(market.first))
    end = mentees + mentors
    tails = np.concatenate([rows, mentees + owner, np.arange(mentees)])
    heads = np.concatenate([mentees + market.ranks[rows, at], np.full(len(owner) + mentees, end)])
    costs = np.concatenate([-market.values[rows, at], market.costs, np.zeros(mentees, np.int64)])
    flow: Any = SimpleMinCostFlow()  # its stubs know no arrays
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), np.ones(len(tails), np.int64), costs
    )
    supply = np.zeros(end + 1, np.int64)
    supply[:mentees], supply[end] = 1, -mentees
    flow.set_nodes_supplies(np.arange(end + 1, dtype=np.int32), supply)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the solver ended with {status}")
    went = np.flatnonzero(flow.flows(arcs[: len(rows)]))
    chosen = np.full(mentees, NOBODY, np.int32)
    chosen[rows[went]] = market.ranks[rows[went], at[went]]
    return chosen


def prices(market: Market, chosen: Ints) -> Longs:
    """The lowest prices of mentors at which everybody is content with an optimal assignment.

    A mentor's price is at least the cost of their last place taken; and where a mentee would
    rather have another of their list at the prices so far, that other one's price rises. Prices
    only rise along chains of such envy, which end because nothing better could be exchanged.
    """
    mentors = len(market.first) - 1
    taken = np.bincount(chosen[chosen != NOBODY], minlength=mentors)
    price = np.zeros(mentors + 1, np.int64)  # the last is of NOBODY, and stays 0
    some = np.flatnonzero(taken)
    price[some] = market.costs[market.first[:-1][some] + taken[some] - 1]
    mine = np.where(market.ranks == chosen[:, None], market.values, 0).max(axis=1, initial=0)
    order = np.argsort(chosen, kind="stable")
    ends = np.searchsorted(chosen[order], np.arange(mentors + 1))
    envious = np.arange(len(chosen))
    while len(envious):
        ranks = market.ranks[envious]
        content = mine[envious] - price[chosen[envious]]
        asked = market.values[envious] - content[:, None]
        known = ranks != NOBODY
        raised = price.copy()
        np.maximum.at(raised, ranks[known], asked[known])
        risen = np.flatnonzero(raised > price)
        price = raised
        spans = [order[ends[rank] : ends[rank + 1]] for rank in risen]
        envious = np.concatenate(spans) if spans else np.zeros(0, np.int64)
    return price[:-1]

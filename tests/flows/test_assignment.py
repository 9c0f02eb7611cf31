"""A cohort's assignment keeps every constraint, is the best there is, and says how sure that is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.rules.assignment import Assignment, assign
from flows.rules.flow import NOBODY, prices, solve
from flows.rules.guess import guessed
from flows.rules.market import listed, market_of
from flows.rules.partners import Mentee, Mentor, barrier
from flows.rules.pool import Pool
from flows.rules.request import request
from flows.rules.score import POINTS, Weights, load_points, parts, served_points
from flows.rules.search import search
from tests.benchmarks.cohort import people
from tests.benchmarks.cohort import pool as pool_of
from tests.flows.pairs import MENTEES, MENTORS, WEEK, WEIGHTS, greedy, pool

CROWD = people(200, 700, capacity=(1, 1))


def worth(mentees: list[Mentee], mentors: list[Mentor], chosen: dict[int, int], w: Weights) -> int:
    """What these pairs (mentee's id to mentor's) are worth, in points, told pair by pair."""
    by_id = {mentor.id: mentor for mentor in mentors}
    total = 0
    for mentee in mentees:
        if mentee.id in chosen:
            mentor = by_id[chosen[mentee.id]]
            total += sum(parts(mentee, mentor, w).values()) + served_points(mentee, w)
    for id, count in Counter(chosen.values()).items():
        free, capacity = by_id[id].free, by_id[id].capacity
        full = load_points(free, capacity, w)
        total -= sum(full - load_points(free - k, capacity, w) for k in range(count))
    return total


@given(MENTEES, MENTORS, WEIGHTS)
def test_constraints_are_kept_and_the_total_is_true(
    mentees: list[Mentee], mentors: list[Mentor], weights: Weights
) -> None:
    found = assign(mentees, pool(mentors, weights))
    by_id = {mentor.id: mentor for mentor in mentors}
    chosen = dict(found.pairs)
    assert sorted([*chosen, *found.unmatched]) == sorted(mentee.id for mentee in mentees)
    for id, count in Counter(chosen.values()).items():
        assert count <= by_id[id].capacity - by_id[id].taken
    for mentee in mentees:
        if mentee.id in chosen:
            assert barrier(mentee, by_id[chosen[mentee.id]], WEEK) is None
        allowed = [one for one in mentors if barrier(mentee, one, WEEK) is None]
        if mentee.id in found.unmatched:
            assert (found.unmatched[mentee.id] == "places") == bool(allowed)
    assert round(found.total * POINTS) == worth(mentees, mentors, chosen, weights)
    assert found.total <= found.bound
    assert 0 <= found.fairness <= 1 + 1e-9


@settings(max_examples=40)
@given(MENTEES.map(lambda all: all[:3]), MENTORS.map(lambda all: all[:4]), WEIGHTS)
def test_no_other_assignment_is_better(
    mentees: list[Mentee], mentors: list[Mentor], weights: Weights
) -> None:
    best = 0
    for picked in product([None, *mentors], repeat=len(mentees)):
        pairs = {e.id: m.id for e, m in zip(mentees, picked, strict=True) if m}
        counts = Counter(pairs.values())
        if all(counts[mentor.id] <= mentor.free for mentor in mentors) and all(
            m is None or barrier(e, m, WEEK) is None for e, m in zip(mentees, picked, strict=True)
        ):
            best = max(best, worth(mentees, mentors, pairs, weights))
    found = assign(mentees, pool(mentors, weights))
    assert round(found.total * POINTS) == best
    assert found.gap == 0


@given(MENTEES, MENTORS, WEIGHTS, st.randoms())
def test_the_order_of_people_does_not_matter(
    mentees: list[Mentee], mentors: list[Mentor], weights: Weights, chance: object
) -> None:
    first = assign(mentees, pool(mentors, weights))
    for people_ in (mentees, mentors):
        chance.shuffle(people_)  # type: ignore[attr-defined]
    assert assign(mentees, pool(mentors, weights)) == first


@given(MENTEES, MENTORS, WEIGHTS, st.integers(1, 3))
def test_never_worse_than_best_first(
    mentees: list[Mentee], mentors: list[Mentor], weights: Weights, most: int
) -> None:
    laid = pool(mentors, weights)
    served = np.array([served_points(mentee, weights) for mentee in mentees], np.int64)
    price = np.zeros(len(mentors), np.int64)
    lists = listed([request(mentee, laid) for mentee in mentees], laid, most, price)
    market = market_of(lists, served, laid)
    chosen = solve(market)
    assert market.worth(chosen) >= greedy(market).total
    cost = np.append(prices(market, chosen), 0)
    for row, rank in enumerate(chosen):
        gains = np.where(
            market.ranks[row] == NOBODY, 0, market.values[row] - cost[market.ranks[row]]
        )
        mine = 0 if rank == NOBODY else gains[market.ranks[row] == rank].max()
        assert mine >= max(0, gains.max(initial=0))


@pytest.fixture(scope="module")
def crowd() -> tuple[list[Mentee], Pool, Assignment]:
    mentees, mentors = CROWD
    laid = pool_of(mentors)
    return list(mentees), laid, assign(mentees, laid, candidates=5, rounds=6)


def test_short_lists_still_find_the_best(crowd: tuple[list[Mentee], Pool, Assignment]) -> None:
    mentees, laid, found = crowd
    whole = assign(mentees, laid, candidates=len(laid.mentors), rounds=1)
    assert whole.gap == 0
    assert whole.total * (1 - 1e-5) <= found.total <= whole.total
    assert found.total <= whole.total <= found.bound


@pytest.mark.parametrize("priced", [False, True])
def test_many_at_once_find_what_each_finds_alone(
    priced: bool, crowd: tuple[list[Mentee], Pool, Assignment]
) -> None:
    mentees, laid, _ = crowd
    chance = np.random.default_rng(1)
    price = chance.integers(0, POINTS, len(laid.mentors)) if priced else None
    asked = [request(mentee, laid) for mentee in mentees]
    together = search(asked, laid, 5, price)
    for row, one in enumerate(asked):
        alone = search([one], laid, 5, price)
        assert together.ranks[row].tolist() == alone.ranks[0].tolist()
        assert together.points[row].tolist() == alone.points[0].tolist()


def test_prices_are_guessed_alike_each_time(
    crowd: tuple[list[Mentee], Pool, Assignment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.rules.guess._SAMPLE", 100)
    mentees, laid, found = crowd
    asked = [request(mentee, laid) for mentee in mentees]
    served = np.array([served_points(mentee, laid.weights) for mentee in mentees], np.int64)
    price = guessed(asked, served, laid, 10)
    assert price.any()
    assert (price == guessed(asked, served, laid, 10)).all()
    assert assign(mentees, laid, rounds=6).total == pytest.approx(found.total, rel=1e-4)


def test_who_waited_longer_gets_the_last_place() -> None:
    mentor = replace(CROWD[1][0], capacity=1, taken=0, paused=False, refused=frozenset())
    mentee = Mentee(id=1, languages=mentor.languages, ways=mentor.ways, **_place(mentor))
    others = [replace(mentee, id=id, waiting_days=days) for id, days in ((2, 40), (3, 9))]
    found = assign([mentee, *others], pool([mentor]))
    assert found.pairs == ((2, mentor.id),)
    assert found.unmatched == {1: "places", 3: "places"}


def test_loads_are_spread() -> None:
    mentor = replace(CROWD[1][0], capacity=3, taken=0, paused=False, refused=frozenset())
    mentors = [replace(mentor, id=id) for id in (11, 12, 13)]
    mentee = Mentee(id=1, languages=mentor.languages, ways=mentor.ways, **_place(mentor))
    found = assign([replace(mentee, id=id) for id in (1, 2, 3)], pool(mentors))
    assert sorted(id for _, id in found.pairs) == [11, 12, 13]
    assert found.fairness == pytest.approx(1)


def _place(mentor: Mentor) -> dict:
    return {"country": mentor.country, "region": mentor.region, "zone": mentor.zone}


def test_no_mentee_is_there_twice() -> None:
    with pytest.raises(ValueError, match="same id"):
        assign([Mentee(id=1), Mentee(id=1)], pool([]))

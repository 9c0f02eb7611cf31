"""The best mentors for many mentees at once: one product of two matrices, then a few of each row.

A score is a sum over what is met, so the scores of a thousand mentees for all mentors are a
matrix of worths times a matrix of bits, all whole numbers that 32-bit floats hold exactly.
Constraints are looked at only for the best of each row; rows that keep too few of them are
searched again, wider, and the last ones one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from flows.rules.partners import IN_PERSON, LANGUAGES, SECTORS, SKILLS, STAGES, TEXT
from flows.rules.pool import ANY_TIME, Columns, Ints, Pool
from flows.rules.request import BARRED, Request, best, scores
from flows.rules.week import WORDS, Flags

Floats = npt.NDArray[np.float32]
Longs = npt.NDArray[np.int64]
NOBODY: Final = -1
_ROWS: Final = 1024
"""Mentees in one product: enough to pay for laying out the mentors."""
_BLOCK: Final = 16
"""Mentors of whom only the best is looked at first."""
_SLICE: Final = 64
"""Rows whose best are picked at a time, so that it happens within the processor's cache."""
_WIDER: Final = 4
_SHIFT: Final = 24
_LAST: Final = (1 << _SHIFT) - 1
_FEW: Final = 64
"""So few rows are searched one by one."""
_WHOLE: Final = 512
"""So few mentors are ranked to the last."""


class Found(NamedTuple):
    """The best mentors of each mentee, a row each, best first, ties by rank."""

    ranks: Ints
    """NOBODY where there are no more."""
    points: Ints
    """Scores without prices."""


def search(
    requests: Sequence[Request], pool: Pool, most: int, prices: Longs | None = None
) -> Found:
    """The ``most`` allowed mentors with the highest score, less the price of a mentor by rank."""
    price = np.zeros(len(pool.mentors), np.int64) if prices is None else prices
    found = Found(*(np.full((len(requests), most), NOBODY, np.int32) for _ in range(2)))
    ranks = np.flatnonzero(pool.columns.free > 0)
    rows = np.arange(len(requests) if len(ranks) else 0)
    wide = len(ranks) if len(ranks) <= _WHOLE else _WIDER * most
    while len(rows) > _FEW and (len(ranks) <= _WHOLE or wide * _WIDER < len(ranks)):
        rows = _as_matrix(requests, pool, rows, wide, ranks, price, found)
        wide *= _WIDER
    for row in rows.tolist():
        _one(requests[row], pool, row, price, found)
    return found


def _one(asked: Request, pool: Pool, row: int, price: Longs, found: Found) -> None:
    """One mentee, compared with everybody."""
    points = scores(asked, pool)
    priced = np.where(points < 0, -1, points - price - BARRED).astype(np.int32)
    ranks = best(priced, found.ranks.shape[1])
    found.ranks[row, : len(ranks)] = ranks
    found.points[row, : len(ranks)] = points[ranks]


def _as_matrix(
    requests: Sequence[Request],
    pool: Pool,
    rows: Longs,
    wide: int,
    ranks: Longs,
    price: Longs,
    found: Found,
) -> Longs:
    """Search these rows among their ``wide`` best; returns the rows where that was too few."""
    most = found.ranks.shape[1]
    # Rows of one place stand together, so that few columns for places are needed at a time.
    near = np.array([requests[row].place if requests[row].near else NOBODY for row in rows])
    rows = rows[np.argsort(near, kind="stable")]
    mentors = _Mentors.of(pool, ranks, price)
    missed: list[Longs] = []
    for start in range(0, len(rows), _ROWS):
        some = rows[start : start + _ROWS]
        asked = [requests[row] for row in some]
        chosen, values = mentors.highest(asked, wide)
        fits = _fits(asked, pool, chosen)
        enough = (fits.sum(axis=1) >= most) | (wide >= len(ranks))
        # The first ones that fit, in order: a stable sort brings them to the front.
        front = np.argsort(~fits[enough], axis=1, kind="stable")[:, :most]
        fitting = np.take_along_axis(fits[enough], front, 1)
        best_ranks = np.take_along_axis(chosen[enough], front, 1)
        paid = np.take_along_axis(values[enough], front, 1) + price[best_ranks]
        width = front.shape[1]
        found.ranks[some[enough], :width] = np.where(fitting, best_ranks, NOBODY)
        found.points[some[enough], :width] = np.where(fitting, paid, NOBODY)
        missed.append(some[~enough])
    return np.sort(np.concatenate(missed))


class _Mentors(NamedTuple):
    """The mentors as a matrix: a row for each bit, a column for each mentor.

    Columns are laid out so that the maxima of neighbours in rank are found by comparing whole
    stretches of memory: the mentor at position p stands in column p % _BLOCK * blocks + p // _BLOCK.
    """

    bits: Floats
    place: Ints
    ranks: Longs
    """By position; what is past the end is filled up with mentors nobody may have."""
    blocks: int

    @classmethod
    def of(cls, pool: Pool, ranks: Longs, price: Longs) -> _Mentors:
        blocks = -(-len(ranks) // _BLOCK)
        filled = np.concatenate([ranks, np.full(blocks * _BLOCK - len(ranks), ranks[0])])
        columns = Columns(*(column[filled] for column in pool.columns))
        standing = columns.standing - price[filled]
        standing[len(ranks) :] = BARRED
        rows = [*bits(columns), standing, columns.place]
        laid = [np.asarray(row).reshape(blocks, _BLOCK).T.ravel() for row in rows]
        matrix = np.array(laid[:-1], np.float32)
        return cls(matrix, laid[-1].astype(np.int32), filled, blocks)

    def highest(self, asked: Sequence[Request], wide: int) -> tuple[Ints, Ints]:
        """Ranks and points of the ``wide`` best of each row, best first, whether allowed or not."""
        facts = np.array([(one.place if one.near else NOBODY, *_facts(one)) for one in asked])
        places = np.unique(facts[facts[:, 0] >= 0, 0])
        met = np.vstack([self.bits, self.place == places[:, None]]).astype(np.float32, copy=False)
        nearby = (facts[:, :1] == places) * facts[:, -1:]
        values = np.hstack([_worths(facts[:, 1:]), nearby]).astype(np.float32) @ met
        chosen = [
            self._highest(values[start : start + _SLICE], wide)
            for start in range(0, len(values), _SLICE)
        ]
        keys = np.concatenate(chosen)[:, ::-1]
        return self.ranks[_order(keys)].astype(np.int32), (keys >> _SHIFT).astype(np.int32)

    def _highest(self, values: Floats, wide: int) -> Longs:
        """Keys of the best of each row, lowest first. Each of them is in one of the best blocks."""
        by_block = values.reshape(len(values), _BLOCK, self.blocks)
        maxima = _keys(by_block.max(axis=1), np.arange(self.blocks))
        blocks = _order(_top(maxima, wide))
        kept = by_block[np.arange(len(values))[:, None], :, blocks]
        keys = _keys(kept, blocks[:, :, None] * _BLOCK + np.arange(_BLOCK))
        return np.sort(_top(keys.reshape(len(values), -1), wide), axis=1)


def _keys(values: Floats, order: Longs) -> Longs:
    """One number for a value and its place in an order, such that the highest comes first."""
    return (values.astype(np.int64) << _SHIFT) + (_LAST - order)


def _order(keys: Longs) -> Longs:
    return _LAST - (keys & _LAST)


def _top(keys: Longs, most: int) -> Longs:
    """The highest of each row, in no order."""
    return (
        np.partition(keys, keys.shape[1] - most, axis=1)[:, -most:]
        if keys.shape[1] > most
        else keys
    )


def bits(columns: Columns) -> Iterator[npt.NDArray[np.bool_]]:
    """What a mentor may meet, in the order of `_worths`."""
    for column, vocabulary in (
        (columns.skills, SKILLS),
        (columns.sectors, SECTORS),
        (columns.stages, STAGES),
        (columns.languages, LANGUAGES),
    ):
        for bit in range(len(vocabulary)):
            yield column >> bit & 1 != 0
    yield columns.woman != 0
    yield columns.abroad != 0


def _facts(asked: Request) -> tuple[int, ...]:
    worth = asked.worth
    return (
        asked.skills, worth.skill, asked.sector, worth.sector, asked.stage, worth.stage,
        asked.heart, worth.heart, worth.woman, asked.diaspora and worth.place, worth.place,
    )  # fmt: skip


def _worths(facts: Longs) -> Longs:
    """What each of `bits`, and the standing, counts for; a row for each of `_facts`."""
    columns = [
        (facts[:, 2 * at, None] >> np.arange(len(vocabulary)) & 1) * facts[:, 2 * at + 1, None]
        for at, vocabulary in enumerate((SKILLS, SECTORS, STAGES, LANGUAGES))
    ]
    return np.hstack([*columns, facts[:, 8:10], np.ones((len(facts), 1), np.int64)])


def _fits(asked: Sequence[Request], pool: Pool, ranks: Ints) -> Flags:
    """Which of these mentors are allowed; a row of ranks for each mentee."""
    columns = pool.columns
    bits = np.array([(one.languages, one.ways, one.place) for one in asked], np.int32)[:, :, None]
    common = columns.ways[ranks] & bits[:, 1]
    apart = columns.place[ranks] != bits[:, 2]
    common &= ~np.where(apart, IN_PERSON, 0)
    anything = np.full(WORDS, ~np.uint64(0))
    hours = np.array([anything if one.hours is None else one.hours for one in asked])
    known = np.array([one.hours is not None for one in asked])[:, None]
    pattern = columns.pattern[ranks]
    meet = np.zeros(ranks.shape, np.bool_)
    for word in range(WORDS):
        meet |= pool.patterns[pattern, word] & hours[:, word, None] != 0
    fits: Flags = (columns.languages[ranks] & bits[:, 0] != 0) & (common != 0)
    fits &= (common & TEXT != 0) | meet | ~known | (pattern == ANY_TIME)
    for row, one in enumerate(asked):
        if one.excluded:
            fits[row] &= ~np.isin(ranks[row], one.excluded)
    return fits

"""What one mentee asks of every mentor, as bits and points that fit the columns of a pool."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from flows.rules.partners import (
    IN_PERSON,
    LANGUAGES,
    SECTORS,
    SKILLS,
    STAGES,
    TEXT,
    Barrier,
    Mentee,
    mask,
    place_of,
    usable,
)
from flows.rules.pool import ANY_TIME, Ints, Pool
from flows.rules.score import Wish, wish
from flows.rules.week import Bits, Flags, starts

ELSEWHERE: Final = -2
"""A place that no mentor of the pool lives in."""
BARRED: Final = -(1 << 22)
"""Below every score, and added to one still a whole number to a 32-bit float."""
_MET: Final = 2 * (len(SKILLS) + 1)
"""How many numbers of skills met, times sector or not."""


class Request(NamedTuple):
    """One mentee, ready to be compared with columns."""

    worth: Wish
    skills: int
    sector: int
    stage: int
    heart: int
    diaspora: bool
    near: bool
    place: int
    languages: int
    ways: int
    hours: Bits | None
    """When an hour can begin; None where the mentee's hours are not known."""
    excluded: tuple[int, ...]
    """Ranks of mentors that were refused or reported, by either side, and of the mentee."""


def request(mentee: Mentee, pool: Pool) -> Request:
    """The mentee's wishes and constraints in the numbers of this pool."""
    where = place_of(mentee)
    known = bool(mentee.availability)
    out = {mentee.id, *mentee.refused, *mentee.reported, *pool.shunning.get(mentee.id, ())}
    ranks = (pool.ranks.get(id) for id in out)
    return Request(
        worth=wish(mentee, pool.weights),
        skills=mask(SKILLS, mentee.needs),
        sector=mask(SECTORS, (mentee.sector,) if mentee.sector else ()),
        stage=mask(STAGES, (mentee.stage,) if mentee.stage else ()),
        heart=mask(LANGUAGES, (mentee.heart,) if mentee.heart else ()),
        diaspora=mentee.wants == "diaspora",
        near=mentee.wants == "near",
        place=ELSEWHERE if where is None else pool.places.get(where, ELSEWHERE),
        languages=mask(LANGUAGES, mentee.languages),
        ways=usable(mentee),
        hours=starts(mentee.availability, mentee.zone, pool.week) if known else None,
        excluded=tuple(sorted(rank for rank in ranks if rank is not None)),
    )


def barriers(asked: Request, pool: Pool) -> Iterator[tuple[Barrier, Flags]]:
    """Each barrier and the mentors that do not meet it, by rank: `partners.barrier` for all."""
    columns = pool.columns
    yield "full", columns.free > 0
    others = np.ones(len(columns.free), np.bool_)
    others[list(asked.excluded)] = False
    yield "excluded", others
    yield "language", columns.languages & np.uint8(asked.languages) != 0
    common = columns.ways & np.uint8(asked.ways)
    if asked.ways & IN_PERSON:
        together = columns.place == asked.place
        common &= np.where(together, np.uint8(0xFF), np.uint8(0xFF & ~IN_PERSON))
    yield "way", common != 0
    if asked.hours is not None:
        yield (
            "hours",
            (common & np.uint8(TEXT) != 0)
            | meets(asked.hours, pool).take(columns.pattern, mode="clip"),
        )


def allowed(asked: Request, pool: Pool) -> Flags:
    """Which mentors may be paired with the mentee, by rank."""
    fits = np.ones(len(pool.mentors), np.bool_)
    for _, free in barriers(asked, pool):
        fits &= free
    return fits


def why_none(asked: Request, pool: Pool) -> Barrier | None:
    """The barrier that left no mentor, taken one after the other; None where one is allowed."""
    fits = np.ones(len(pool.mentors), np.bool_)
    for name, free in barriers(asked, pool):
        fits &= free
        if not fits.any():
            return name
    return None


def meets(hours: Bits, pool: Pool) -> Flags:
    """Which of the pool's patterns leave an hour in common with these hours."""
    some: Flags = np.any(pool.patterns & hours, axis=1)
    some[ANY_TIME] = True
    return some


def points(asked: Request, pool: Pool) -> Ints:
    """The mentee's points for every mentor by rank, allowed or not: `score.parts` for all at once.

    What is met is gathered as bits, one number a mentor; a table then gives its points.
    """
    columns = pool.columns
    met = np.bitwise_count(columns.skills & np.uint16(asked.skills)) << np.uint8(1)
    met |= (columns.sectors & np.uint16(asked.sector)) != 0
    rest = (columns.stages & np.uint8(asked.stage) != 0).view(np.uint8)
    rest |= ((columns.languages & np.uint8(asked.heart)) != 0).view(np.uint8) << np.uint8(1)
    rest |= columns.woman << np.uint8(2)
    if asked.diaspora:
        rest |= columns.abroad << np.uint8(3)
    elif asked.near:
        rest |= (columns.place == asked.place).view(np.uint8) << np.uint8(3)
    index = np.multiply(rest, np.uint16(_MET), dtype=np.uint16) + met
    # "clip" spares a check that takes as long as the rest.
    met_points: Ints = _table(asked.worth).take(index, mode="clip")
    return met_points + columns.standing


def _table(worth: Wish) -> Ints:
    """Points for all that can be met: twice the skills and the sector, then the other four."""
    first, rest = np.arange(_MET), np.arange(16)[:, None]
    first_points = (first >> 1) * worth.skill + (first & 1) * worth.sector
    rest_points = (rest & 1) * worth.stage + (rest >> 1 & 1) * worth.heart
    rest_points += (rest >> 2 & 1) * worth.woman + (rest >> 3) * worth.place
    return (first_points + rest_points).astype(np.int32).ravel()


def scores(asked: Request, pool: Pool) -> Ints:
    """The points of the mentors who are allowed; what is negative is not."""
    barred = np.multiply(~allowed(asked, pool), np.int32(BARRED))
    barred += points(asked, pool)  # arithmetic is faster than a choice that cannot be foreseen
    return barred


def best(scores: npt.NDArray[np.int32], most: int) -> npt.NDArray[np.int64]:
    """Ranks of the ``most`` highest of `scores`, highest first, ties by rank."""
    width = 64
    padded = np.full(-(-len(scores) // width) * width, BARRED, np.int32)
    padded[: len(scores)] = scores
    # Each of the best lies in one of the blocks with the best maxima: most blocks are never read.
    blocks = padded.reshape(-1, width)
    maxima = blocks.max(axis=1)
    chosen = _highest(maxima, np.arange(len(maxima)), most)
    ranks = (chosen[:, None] * width + np.arange(width)).ravel()
    found = _highest(padded[ranks], ranks, most)
    return found[padded[found] >= 0]


def _highest(
    values: npt.NDArray[np.int32], ranks: npt.NDArray[np.int64], most: int
) -> npt.NDArray[np.int64]:
    """The ranks with the highest values, ties by rank."""
    span = np.int64(1 << 32)
    keys = values.astype(np.int64) * span - ranks
    if len(keys) > most:
        keep = np.argpartition(keys, len(keys) - most)[-most:]
        keys, ranks = keys[keep], ranks[keep]
    return ranks[np.argsort(-keys)]

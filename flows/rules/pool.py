"""All mentors as columns, so that one mentee is compared with a hundred thousand at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, repeat
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from flows.rules.partners import (
    LANGUAGES,
    SECTORS,
    SKILLS,
    STAGES,
    Mentor,
    lives_abroad,
    mask,
    place_of,
    usable,
)
from flows.rules.score import Weights, standing
from flows.rules.week import WORDS, Bits, Flags, starts

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
AnyColumn = npt.NDArray[Any]
Where = tuple[str, str | None]
NOWHERE: Final = -1
ANY_TIME: Final = 0
"""The row of ``Pool.patterns`` of mentors whose hours are not known."""


class Columns(NamedTuple):
    """One value a mentor, by rank (the order of ids); codes are bits as in `partners`."""

    skills: Shorts
    sectors: Shorts
    stages: Bytes
    languages: Bytes
    ways: Bytes
    place: Ints
    """A number for each place, NOWHERE where it is not known."""
    woman: Bytes
    abroad: Bytes
    pattern: Ints
    """The row of ``Pool.patterns``."""
    capacity: Ints
    free: Ints
    """Places left; 0 for a paused mentor."""
    standing: Ints
    """Points that do not depend on the mentee."""


_TYPES: Final = (
    np.uint16, np.uint16, np.uint8, np.uint8, np.uint8,
    np.int32, np.uint8, np.uint8, np.int32, np.int32, np.int32, np.int32,
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The mentors of one week under one set of weights; build it with `Pool.of`.

    A pool is never changed: `with_mentor` gives another that shares what stayed the same.
    """

    week: date
    weights: Weights
    mentors: tuple[Mentor, ...]
    """By id; where a mentor stands is their rank."""
    ranks: Mapping[int, int]
    """Ranks by id."""
    columns: Columns
    patterns: Bits
    """When hours begin, a row for each way to be free in the week (`week.starts`)."""
    rows: Mapping[bytes, int]
    """The row of a pattern by its bits."""
    places: Mapping[Where, int]
    shunning: Mapping[int, frozenset[int]]
    """Ids of the mentors that refused or reported a mentee, by the mentee's id."""

    @classmethod
    def of(cls, mentors: Iterable[Mentor], week: date, weights: Weights) -> Pool:
        """Lay out the mentors; ``week``: any of its days. Raises ValueError where an id is twice."""
        ranked = tuple(sorted(mentors, key=lambda mentor: mentor.id))
        if any(one.id == other.id for one, other in pairwise(ranked)):
            raise ValueError("two mentors have the same id")
        rows: dict[bytes, int] = {b"": ANY_TIME}
        places: dict[Where, int] = {}
        shunning: dict[int, frozenset[int]] = {}
        values = []
        for mentor in ranked:
            row = rows.setdefault(_pattern(mentor, week), len(rows))
            where = place_of(mentor)
            place = NOWHERE if where is None else places.setdefault(where, len(places))
            values.append(_values(mentor, row, place, weights))
            for mentee in mentor.refused | mentor.reported:
                shunning[mentee] = shunning.get(mentee, frozenset()) | {mentor.id}
        by_column = zip(*values, strict=True) if values else ((),) * len(_TYPES)
        columns = Columns(*(np.array(c, t) for c, t in zip(by_column, _TYPES, strict=True)))
        patterns = np.zeros((len(rows), WORDS), np.uint64)
        for bits, row in rows.items():
            patterns[row] = np.frombuffer(bits, np.uint64) if bits else ~np.uint64(0)
        return cls(week, weights, ranked, _ranks(ranked), columns, patterns, rows, places, shunning)

    def with_mentor(self, mentor: Mentor) -> Pool:
        """The pool with this mentor as they are now, whether changed or new."""
        bits = _pattern(mentor, self.week)
        rows, patterns = self.rows, self.patterns
        if bits not in rows:
            patterns = np.vstack([patterns, np.frombuffer(bits, np.uint64)])
            rows = {**rows, bits: len(rows)}
        where, places = place_of(mentor), self.places
        if where is not None and where not in places:
            places = {**places, where: len(places)}
        place = NOWHERE if where is None else places[where]
        values = _values(mentor, rows[bits], place, self.weights)
        is_new = mentor.id not in self.ranks
        ranked = list(self.mentors)
        at = sum(one.id < mentor.id for one in ranked) if is_new else self.ranks[mentor.id]
        before = None if is_new else ranked[at]
        ranked[at : at if is_new else at + 1] = [mentor]
        put = _inserted if is_new else _replaced
        return replace(
            self,
            mentors=tuple(ranked),
            ranks=_ranks(ranked) if is_new else self.ranks,
            columns=Columns(*map(put, _each(self.columns), repeat(at), values)),
            patterns=patterns,
            rows=rows,
            places=places,
            shunning=_shunned(self.shunning, before, mentor),
        )

    def only(self, chosen: Flags) -> Pool:
        """The pool as if no other mentors than these, by rank, had a place."""
        free = np.where(chosen, self.columns.free, 0).astype(np.int32)
        return replace(self, columns=self.columns._replace(free=free))

    def without(self, mentor: int) -> Pool:
        """The pool without this mentor; the same where they are not in it."""
        at = self.ranks.get(mentor)
        if at is None:
            return self
        ranked = self.mentors[:at] + self.mentors[at + 1 :]
        return replace(
            self,
            mentors=ranked,
            ranks=_ranks(ranked),
            columns=Columns(*map(_deleted, _each(self.columns), repeat(at))),
            shunning=_shunned(self.shunning, self.mentors[at], None),
        )


def _ranks(ranked: Sequence[Mentor]) -> dict[int, int]:
    return {mentor.id: rank for rank, mentor in enumerate(ranked)}


def _values(mentor: Mentor, row: int, place: int, weights: Weights) -> tuple[int, ...]:
    """One mentor's row of ``Columns``."""
    return (
        mask(SKILLS, mentor.skills),
        mask(SECTORS, mentor.sectors),
        mask(STAGES, mentor.stages),
        mask(LANGUAGES, mentor.languages),
        usable(mentor),
        place,
        mentor.gender == "f",
        lives_abroad(mentor),
        row,
        mentor.capacity,
        mentor.free,
        sum(standing(mentor, weights)),
    )


def _pattern(mentor: Mentor, week: date) -> bytes:
    """The bits of the mentor's hours; none where they are not known."""
    if not mentor.availability:
        return b""
    return starts(mentor.availability, mentor.zone, week).tobytes()


def _each(columns: Columns) -> tuple[AnyColumn, ...]:
    return columns


def _inserted(column: AnyColumn, at: int, value: int) -> AnyColumn:
    return np.insert(column, at, value)


def _deleted(column: AnyColumn, at: int) -> AnyColumn:
    return np.delete(column, at)


def _replaced(column: AnyColumn, at: int, value: int) -> AnyColumn:
    changed = column.copy()
    changed[at] = value
    return changed


def _shunned(
    shunning: Mapping[int, frozenset[int]], before: Mentor | None, now: Mentor | None
) -> Mapping[int, frozenset[int]]:
    """Who is shunned by whom after one mentor changed."""
    was = before.refused | before.reported if before else frozenset()
    is_now = now.refused | now.reported if now else frozenset()
    if was == is_now:
        return shunning
    changed = dict(shunning)
    for mentee in was ^ is_now:
        someone = now or before
        changed[mentee] = changed.get(mentee, frozenset()) ^ {someone.id if someone else 0}
    return changed

"""The circle: who was accompanied by whom, through generations, and who passed it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

STAGES: Final = ("idea", "launched_informal", "registered", "growing")
"""The stages of a business, in their order."""
CAN_TEACH: Final = 4
"""From this self-rating on (of 5) somebody may help others with a skill."""
MOST_SKILLS: Final = 5
"""As many as a mentor may name."""
WAYS: Final = ("voice", "video", "in_person", "text")

Ratings = Mapping[str, Mapping[str, int]]
"""Self-ratings from 1 to 5 by moment ("baseline", "closing") and skill."""


# What one accompaniment left


def assessed(ratings: Ratings, needs: Iterable[str]) -> list[str]:
    """The skills to be rated again, in the order of the needs: all of the baseline, or the needs
    where none was rated.
    """
    rated = ratings.get("baseline") or {}
    needs = list(needs)
    first = [need for need in needs if need in rated]
    return [*first, *sorted(set(rated) - set(first))] or needs


def risen(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """Skills whose rating rose to CAN_TEACH or more, the highest first."""
    rose = [s for s, now in after.items() if now >= CAN_TEACH and now > before.get(s, 0)]
    return sorted(rose, key=lambda skill: (-after[skill], skill))


def passed(stage: str | None, formalised: bool) -> list[str]:
    """The stages that a business has behind it; who registered it has begun informally."""
    here = STAGES.index(stage) if stage in STAGES else 0
    return list(STAGES[: max(here, STAGES.index("registered") if formalised else 0)])


def passes_on(
    profile: Mapping[str, Any], ratings: Ratings, outcomes: Mapping[str, str]
) -> dict[str, Any]:
    """What somebody who was accompanied could now pass on, as answers of a mentor."""
    sector = profile.get("sector")
    skills = risen(ratings.get("baseline") or {}, ratings.get("closing") or {})
    return {
        "skills": skills[:MOST_SKILLS],
        "sectors": [sector] if sector else [],
        "stages": passed(profile.get("stage"), outcomes.get("formalised") == "yes"),
        "meet": [way for way in profile.get("meet") or () if way in WAYS],
        "availability": profile.get("availability"),
    }


# All accompaniments


@dataclass(frozen=True, slots=True)
class Line:
    """One accompaniment, kept when it ended; an erased person has no id any more.

    ``after`` is the accompaniment in which this mentor was accompanied before: it holds the
    generations together even where a person between them was erased.
    """

    id: int
    mentee: int | None
    mentor: int | None
    at: datetime
    after: int | None = None
    held: int = 0
    closed: bool = False
    gave_back: datetime | None = None
    """When the mentee was approved as a mentor."""
    active: bool = False
    """Still going on: shown, and counted nowhere. Its id is any that no other line has."""


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Of ``closed`` people whose accompaniment was closed well, ``gave`` became mentors."""

    closed: int
    gave: int

    @property
    def rate(self) -> float | None:
        """None where nobody closed yet: a share of nothing is no share."""
        return self.gave / self.closed if self.closed else None


def give_back(lines: Iterable[Line]) -> GiveBack:
    """The give-back rate over people. Who was erased counts once for each accompaniment."""
    gave: dict[tuple[str, int], bool] = {}
    for line in lines:
        if line.closed:
            who = ("line", line.id) if line.mentee is None else ("person", line.mentee)
            gave[who] = gave.get(who, False) or line.gave_back is not None
    return GiveBack(len(gave), sum(gave.values()))


def generations(lines: Sequence[Line]) -> dict[int, int]:
    """The generation of each line by id: 1 for who was accompanied by a first mentor."""
    found: dict[int, int] = {}
    for line in _in_order(lines):
        found[line.id] = found.get(line.after or 0, 0) + 1
    return found


def _in_order(lines: Iterable[Line]) -> list[Line]:
    """What a line comes after stands before it."""
    return sorted(lines, key=lambda one: (one.active, one.id))


@dataclass(frozen=True, slots=True)
class Node:
    """A person in the circle, and whom they accompanied; the first mentors have no ``line``."""

    person: int | None
    line: Line | None
    below: tuple[Node, ...]


def circle(lines: Sequence[Line]) -> tuple[Node, ...]:
    """The first mentors with everybody below them, in the order of time.

    A first mentor who was erased stands once for each of their accompaniments.
    """
    firsts: dict[tuple[str, int], list[Line]] = {}
    below: dict[int, list[Line]] = {}
    for line in _in_order(lines):
        if line.after in below:
            below[line.after].append(line)
        else:
            who = ("line", line.id) if line.mentor is None else ("person", line.mentor)
            firsts.setdefault(who, []).append(line)
        below[line.id] = []
    return tuple(
        Node(theirs[0].mentor, None, tuple(_node(line, below) for line in theirs))
        for theirs in firsts.values()
    )


def _node(line: Line, below: Mapping[int, Sequence[Line]]) -> Node:
    return Node(line.mentee, line, tuple(_node(one, below) for one in below[line.id]))

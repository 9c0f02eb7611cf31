"""The two sides of a pair, and what must hold before they may be paired at all (DOMAIN 2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from flows.rules.availability import Window
from flows.rules.week import in_common, starts

SKILLS: Final = (
    "finance", "marketing", "sales", "digital", "legal",
    "hr", "operations", "export", "fundraising", "strategy",
)  # fmt: skip
SECTORS: Final = (
    "crafts", "commerce", "agriculture", "agro_industry", "tourism",
    "textile", "construction", "digital", "education",
)  # fmt: skip
"""Those that two people can share; "other" is nothing in common."""
STAGES: Final = ("idea", "launched_informal", "registered", "growing")
LANGUAGES: Final = ("ary", "ar", "fr", "en", "ber")
WAYS: Final = ("voice", "video", "in_person", "text")
HOME: Final = "MA"
"""Who lives elsewhere is the diaspora, the thirteenth region (DOMAIN 2.1)."""

Gender = Literal["f", "m"]
Barrier = Literal["paused", "full", "excluded", "language", "way", "hours"]
"""Why two people may not be paired, in the order in which it is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """What matching asks of both sides. An empty availability means: not known."""

    id: int
    """The person's id: one person may be a mentee and a mentor, never their own."""
    languages: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    """How they would meet: voice, video, in_person, text."""
    weak_line: bool = False
    country: str | None = None
    """ISO 3166 alpha-2."""
    region: str | None = None
    zone: str = "Africa/Casablanca"
    """An IANA name; the hours of ``availability`` are local there."""
    availability: Sequence[Window] = ()
    gender: Gender | None = None
    refused: frozenset[int] = frozenset()
    """People they turned down, or who were unpaired from them."""
    reported: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentee(Someone):
    """An entrepreneur who asks for a mentor."""

    needs: tuple[str, ...] = ()
    sector: str | None = None
    stage: str | None = None
    heart: str | None = None
    """The language they would rather speak, of ``LANGUAGES``."""
    prefers_woman: bool = False
    wants: Literal["diaspora", "near"] | None = None
    waiting_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentor(Someone):
    """Someone who takes up to ``capacity`` mentees at a time, and has ``taken`` some."""

    skills: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    capacity: int = 1
    taken: int = 0
    paused: bool = False
    answered: float | None = None
    """Share of requests that they answered, 0 to 1; None: none was sent yet."""
    answer_hours: float | None = None
    """Median hours until they answered."""
    idle_days: int | None = None
    """Days since the last request; None: never asked."""

    @property
    def free(self) -> int:
        """Places for more mentees, now."""
        return 0 if self.paused else max(0, self.capacity - self.taken)


def barrier(mentee: Mentee, mentor: Mentor, week: date) -> Barrier | None:
    """What stands between the two in that week; None where they may be paired."""
    if mentor.paused:
        return "paused"
    if mentor.taken >= mentor.capacity:
        return "full"
    if _excluded(mentee, mentor):
        return "excluded"
    if not mask(LANGUAGES, mentee.languages) & mask(LANGUAGES, mentor.languages):
        return "language"
    ways = common_ways(mentee, mentor)
    if not ways:
        return "way"
    return None if "text" in ways or share_an_hour(mentee, mentor, week) else "hours"


def _excluded(mentee: Mentee, mentor: Mentor) -> bool:
    return (
        mentee.id == mentor.id
        or mentor.id in mentee.refused | mentee.reported
        or mentee.id in mentor.refused | mentor.reported
    )


def common_ways(one: Someone, other: Someone) -> tuple[str, ...]:
    """The ways open to both; in person only where both live in one place."""
    both = usable(one) & usable(other)
    together = place_of(one) is not None and place_of(one) == place_of(other)
    return tuple(
        way for bit, way in enumerate(WAYS) if both >> bit & 1 and (way != "in_person" or together)
    )


def usable(person: Someone) -> int:
    """Bits of the ways a person can use: over a weak line, video only if they named nothing else."""
    ways = mask(WAYS, person.ways)
    spared = ways & ~VIDEO if person.weak_line else ways
    return spared or ways


def share_an_hour(one: Someone, other: Someone, week: date) -> bool:
    """Whether some hour of the week is free for both, or the hours of one are not known."""
    if not one.availability or not other.availability:
        return True
    mine = starts(one.availability, one.zone, week)
    return bool(in_common(mine, starts(other.availability, other.zone, week)).any())


def place_of(person: Someone) -> tuple[str, str | None] | None:
    """Where they could meet someone: a region of Morocco; abroad the country, by region if known."""
    if person.country is None or (person.country == HOME and person.region is None):
        return None
    return person.country, person.region


def lives_abroad(person: Someone) -> bool:
    """Whether someone is known to live outside Morocco."""
    return person.country is not None and person.country != HOME


@cache
def mask(vocabulary: tuple[str, ...], codes: tuple[str, ...]) -> int:
    """One bit for each known code; an unknown code has nothing in common with anybody."""
    return sum(1 << bit for bit, code in enumerate(vocabulary) if code in codes)


VIDEO: Final = mask(WAYS, ("video",))
IN_PERSON: Final = mask(WAYS, ("in_person",))
TEXT: Final = mask(WAYS, ("text",))

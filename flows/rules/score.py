"""How well a mentor suits a mentee, in whole points: the same for one pair and for millions.

Points are integers that a 32-bit float holds exactly, so a score does not depend on the machine,
on the order of people or on how many are looked at together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from flows.rules.partners import (
    LANGUAGES,
    SECTORS,
    SKILLS,
    STAGES,
    Mentee,
    Mentor,
    lives_abroad,
    place_of,
)

POINTS: Final = 1_000_000
"""The score 1: a mentor who is all that was wished for, free, rested, and quick to answer."""
PROMPT, SLOW = 24.0, 72.0
"""Hours to answer: good up to the first, when we ask again; nothing from the second on, when the
request goes to another mentor (DOMAIN 2.7)."""
RESTED: Final = 60
"""Days without a request after which a mentor is not owed more."""
LONG_WAIT: Final = 60
"""Days of waiting after which a mentee gains no more by waiting."""
UNKNOWN: Final = 0.5
"""What is assumed of a mentor who was never asked: neither favoured nor held back."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a score counts for; only their proportions matter, 0 leaves one out.

    The first six are about the mentee: what does not apply to one (no wish for a place, no
    preferred language) leaves its weight to the others of the six. The next three are about the
    mentor. The last two decide in a cohort who gets a place where there are too few.
    """

    skills: float = 0.34
    """Needs that the mentor has skills for (DOMAIN 2.5: need topics x skills)."""
    sector: float = 0.16
    """The same sector (DOMAIN 2.5)."""
    stage: float = 0.10
    """The mentor knows the stage the business is in (DOMAIN 2.5)."""
    place: float = 0.10
    """The wish for somebody near, or of the diaspora (DOMAIN 2.5)."""
    heart: float = 0.10
    """The mentor speaks the language that the mentee would rather speak (DOMAIN 2.2)."""
    woman: float = 0.10
    """A woman, for a woman who prefers one (DOMAIN 2.5)."""
    responsive: float = 0.05
    """How often and how soon the mentor answered so far (DOMAIN 2.7)."""
    load: float = 0.03
    """The share of the mentor's places that is still free."""
    fairness: float = 0.02
    """Days since the mentor was last asked (DOMAIN 2.5: fairness)."""
    served: float = 1.0
    """In a cohort: that a mentee has a mentor at all, in the unit of a whole score; up to 1."""
    waiting: float = 0.25
    """In a cohort: what two months of waiting add to that, up to 1 (DOMAIN 2.5: waiting time)."""

    @property
    def about_mentee(self) -> float:
        return self.skills + self.sector + self.stage + self.place + self.heart + self.woman

    @property
    def total(self) -> float:
        return self.about_mentee + self.responsive + self.load + self.fairness or 1.0


class Wish(NamedTuple):
    """What each part is worth to one mentee, in points; ``skill`` for each need that is met."""

    skill: int
    sector: int
    stage: int
    place: int
    heart: int
    woman: int


class Standing(NamedTuple):
    """What a mentor brings to whichever mentee, in points."""

    responsive: int
    load: int
    fairness: int


def wish(mentee: Mentee, weights: Weights) -> Wish:
    """The mentee's share of the points, over the parts that apply to them."""
    needs = known_needs(mentee)
    applies = {
        "skills": bool(needs),
        "sector": mentee.sector in SECTORS,
        "stage": mentee.stage in STAGES,
        "place": mentee.wants == "diaspora" or (mentee.wants == "near" and bool(place_of(mentee))),
        "heart": mentee.heart in LANGUAGES,
        "woman": mentee.prefers_woman and mentee.gender != "m",
    }
    counted = {name: getattr(weights, name) if on else 0.0 for name, on in applies.items()}
    whole = sum(counted.values())
    if not whole:
        return Wish(0, 0, 0, 0, 0, 0)
    each = POINTS * weights.about_mentee / weights.total / whole
    skill = int(each * counted.pop("skills") / max(1, len(needs)))
    return Wish(skill, *(int(each * weight) for weight in counted.values()))


def standing(mentor: Mentor, weights: Weights) -> Standing:
    """The mentor's points as things are now."""
    rested = 1.0 if mentor.idle_days is None else min(mentor.idle_days, RESTED) / RESTED
    each = POINTS / weights.total
    return Standing(
        int(each * weights.responsive * responsiveness(mentor)),
        load_points(mentor.capacity - mentor.taken, mentor.capacity, weights),
        int(each * weights.fairness * rested),
    )


def responsiveness(mentor: Mentor) -> float:
    """0 to 1: half for how often, half for how soon they answered."""
    if mentor.answered is None:
        return UNKNOWN
    if mentor.answer_hours is None:
        return mentor.answered / 2
    soon = (SLOW - mentor.answer_hours) / (SLOW - PROMPT)
    return (mentor.answered + min(1.0, max(0.0, soon))) / 2


def load_points(free: int, capacity: int, weights: Weights) -> int:
    """What so many free places count for, of those that a mentor has."""
    return int(POINTS * weights.load / weights.total * max(0, free) / max(1, capacity))


def served_points(mentee: Mentee, weights: Weights) -> int:
    """What it counts for in a cohort that this mentee has a mentor at all."""
    waited = min(mentee.waiting_days, LONG_WAIT) / LONG_WAIT
    return int(POINTS * (weights.served + weights.waiting * waited))


def parts(mentee: Mentee, mentor: Mentor, weights: Weights) -> Mapping[str, int]:
    """The points of this pair by the names of ``Weights``; they add up to the score."""
    worth = wish(mentee, weights)
    return {
        "skills": worth.skill * len(known_needs(mentee) & set(mentor.skills)),
        "sector": worth.sector * (mentee.sector in mentor.sectors),
        "stage": worth.stage * (mentee.stage in mentor.stages),
        "place": worth.place * has_place(mentee, mentor),
        "heart": worth.heart * (mentee.heart in mentor.languages),
        "woman": worth.woman * (mentor.gender == "f"),
        **standing(mentor, weights)._asdict(),
    }


def known_needs(mentee: Mentee) -> frozenset[str]:
    """The needs there are skills for."""
    return frozenset(mentee.needs).intersection(SKILLS)


def has_place(mentee: Mentee, mentor: Mentor) -> bool:
    """Whether the mentor lives where the mentee wished."""
    if mentee.wants == "diaspora":
        return lives_abroad(mentor)
    here = place_of(mentee)
    return mentee.wants == "near" and here is not None and here == place_of(mentor)

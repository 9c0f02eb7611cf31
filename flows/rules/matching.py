"""Up to three mentors for one mentee, each with the reasons why (DOMAIN 2.5: both sides choose)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flows.rules.partners import LANGUAGES, Mentee, Mentor
from flows.rules.pool import Pool
from flows.rules.request import best, request, scores
from flows.rules.score import POINTS, Weights, has_place, known_needs, parts, wish
from flows.rules.week import best_hours, in_common, starts

SAID: Final = 3
"""Reasons a person is told at most: one short line on a phone."""
_TOLD_HOURS: Final = POINTS // 20
_TOLD_LANGUAGE: Final = POINTS // 50
"""What hours and a language in common weigh among reasons: they are constraints, not points."""

Reason = tuple[str, Any]
"""A true fact about the pair: skill, sector, stage, language (a code each), near (a region, or
abroad a country), diaspora (a country), woman (None), hours (a window in the mentee's zone)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mentor for a mentee. ``score`` is 0 to 1, and ``parts`` by names of Weights add up to it."""

    mentor: int
    score: float
    parts: Mapping[str, float]
    reasons: tuple[Reason, ...]


def propose(mentee: Mentee, pool: Pool, most: int = 3) -> tuple[Proposal, ...]:
    """The best mentors for a mentee, best first, ties by id; fewer where fewer are allowed."""
    ranks = best(scores(request(mentee, pool), pool), most)
    return tuple(proposal(mentee, pool.mentors[rank], pool) for rank in ranks)


def proposal(mentee: Mentee, mentor: Mentor, pool: Pool) -> Proposal:
    """This very pair, which must be allowed, with its score and reasons."""
    counted = parts(mentee, mentor, pool.weights)
    return Proposal(
        mentor.id,
        sum(counted.values()) / POINTS,
        {name: value / POINTS for name, value in counted.items()},
        reasons(mentee, mentor, pool.week, pool.weights),
    )


def reasons(mentee: Mentee, mentor: Mentor, week: date, weights: Weights) -> tuple[Reason, ...]:
    """What speaks for the pair, at most SAID, by what each counts for with this mentee."""
    worth = wish(mentee, weights)
    met = known_needs(mentee) & set(mentor.skills)
    facts: list[tuple[int, Reason]] = [
        (worth.skill, ("skill", need)) for need in dict.fromkeys(mentee.needs) if need in met
    ]
    if worth.sector and mentee.sector in mentor.sectors:
        facts.append((worth.sector, ("sector", mentee.sector)))
    if worth.stage and mentee.stage in mentor.stages:
        facts.append((worth.stage, ("stage", mentee.stage)))
    if has_place(mentee, mentor):
        where = mentor.country if mentee.wants == "diaspora" else mentor.region or mentor.country
        facts.append((worth.place, (mentee.wants or "", where)))
    if worth.woman and mentor.gender == "f":
        facts.append((worth.woman, ("woman", None)))
    facts.extend(_language(mentee, mentor, worth.heart))
    facts.extend(_hours(mentee, mentor, week))
    # The sort keeps what was found first where two count the same.
    facts.sort(key=lambda fact: -fact[0])
    return tuple(reason for _, reason in facts[:SAID])


def _language(mentee: Mentee, mentor: Mentor, worth: int) -> list[tuple[int, Reason]]:
    """The preferred language if the mentor speaks it, else the first that both speak."""
    if mentee.heart in LANGUAGES and mentee.heart in mentor.languages:
        return [(max(worth, _TOLD_LANGUAGE), ("language", mentee.heart))]
    both = [code for code in mentee.languages if code in LANGUAGES and code in mentor.languages]
    return [(_TOLD_LANGUAGE, ("language", code)) for code in both[:1]]


def _hours(mentee: Mentee, mentor: Mentor, week: date) -> list[tuple[int, Reason]]:
    if not mentee.availability or not mentor.availability:
        return []
    theirs = starts(mentor.availability, mentor.zone, week)
    common = in_common(starts(mentee.availability, mentee.zone, week), theirs)
    window = best_hours(common, mentee.zone, week)
    return [(_TOLD_HOURS, ("hours", window))] if window else []

"""Mentees and mentors of every kind, and the plain ways to tell what matching should find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from flows.rules.availability import TAPPED, Window
from flows.rules.flow import NOBODY, Market
from flows.rules.partners import LANGUAGES, SECTORS, SKILLS, STAGES, WAYS, Mentee, Mentor, Someone
from flows.rules.pool import Pool
from flows.rules.request import request, scores
from flows.rules.score import Weights

WEEK = date(2026, 12, 2)
ZONES = (
    "Africa/Casablanca", "Europe/Paris", "Europe/London", "America/Toronto", "America/St_Johns",
    "Asia/Dubai", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland",
)  # fmt: skip
CLOCKS = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 10, 15, 30, 45]))
DAYS = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True)
SAID = st.builds(
    lambda days, start, end: {"days": days, "start": start, "end": end},
    DAYS,
    CLOCKS,
    CLOCKS | st.just("23:59"),
)
WINDOWS: st.SearchStrategy[list[Window]] = st.lists(
    st.sampled_from(list(TAPPED.values())) | SAID, max_size=3
)
DATES = st.dates(date(2026, 1, 1), date(2030, 12, 31))
SHARES = st.floats(0, 1)


def codes(vocabulary: Sequence[str], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    known = st.lists(st.sampled_from([*vocabulary, "unheard_of"]), min_size=least, unique=True)
    return known.map(tuple)


def someone(least: int = 0) -> dict[str, st.SearchStrategy[Any]]:
    """``least``: how many codes at least; with none, many pairs meet a barrier."""
    home = st.sampled_from(["MA", "FR", "CA", None])
    return {
        "languages": codes(LANGUAGES, least),
        "ways": codes(WAYS, least),
        "weak_line": st.booleans(),
        "country": home,
        "region": st.sampled_from(["03", "06", None]),
        "zone": st.sampled_from(ZONES),
        "availability": WINDOWS,
        "gender": st.sampled_from(["f", "m", None]),
        "refused": st.frozensets(st.integers(1, 12), max_size=3),
        "reported": st.frozensets(st.integers(1, 12), max_size=1),
    }


MENTEE = st.builds(
    Mentee,
    id=st.integers(1, 12),
    **someone(1),
    needs=codes(SKILLS),
    sector=st.sampled_from([*SECTORS, "other", None]),
    stage=st.sampled_from([*STAGES, None]),
    heart=st.sampled_from([*LANGUAGES, None]),
    prefers_woman=st.booleans(),
    wants=st.sampled_from(["diaspora", "near", None]),
    waiting_days=st.integers(0, 100),
)
MENTOR = st.builds(
    Mentor,
    id=st.integers(1, 12),
    **someone(1),
    skills=codes(SKILLS),
    sectors=codes([*SECTORS, "other"]),
    stages=codes(STAGES),
    capacity=st.integers(0, 3),
    taken=st.integers(0, 4),
    paused=st.sampled_from([False, False, False, True]),
    answered=st.none() | SHARES,
    answer_hours=st.none() | st.floats(0, 500),
    idle_days=st.none() | st.integers(0, 200),
)
MENTORS = st.lists(MENTOR, max_size=12, unique_by=lambda mentor: mentor.id)
MENTEES = st.lists(MENTEE, max_size=8, unique_by=lambda mentee: mentee.id)
WEIGHTS = st.builds(
    Weights, **{field.name: st.sampled_from([0.0, 0.1, 0.3, 1.0]) for field in fields(Weights)}
)


def pool(mentors: Sequence[Mentor], weights: Weights | None = None, week: date = WEEK) -> Pool:
    return Pool.of(mentors, week, weights or Weights())


def free_minutes(person: Someone, week: date) -> list[tuple[bool, tuple[int, int]]]:
    """For each minute of the UTC week and of the hour after it: free or not, and the day and
    minute on the wall there."""
    zone = ZoneInfo(person.zone)
    begin = datetime.combine(week - timedelta(days=week.weekday()), time(), UTC)
    found = []
    for minute in range(7 * 1440 + 60):
        at = (begin + timedelta(minutes=minute)).astimezone(zone)
        wall = (at.weekday(), at.hour * 60 + at.minute)
        found.append((any(_within(window, wall) for window in person.availability), wall))
    return found


def _within(window: Window, wall: tuple[int, int]) -> bool:
    day, minute = wall
    start, end = (
        int(clock[:2]) * 60 + int(clock[3:]) for clock in (window["start"], window["end"])
    )
    if end in (1439, 0):
        end = 1440
    if end >= start:
        return day in window["days"] and start <= minute < end
    began = day in window["days"] and minute >= start
    return began or ((day - 1) % 7 in window["days"] and minute < end)


def claimed(window: Window) -> set[tuple[int, int]]:
    """The days and minutes on the wall that a window names."""
    return {
        (day, minute)
        for day in range(7)
        for minute in range(1440)
        if _within(window, (day, minute))
    }


class BestFirst(NamedTuple):
    """What comes of serving the best pair first, then the next, while places last."""

    total: int
    unmatched: int


def greedy(market: Market) -> BestFirst:
    """The simple way, ties by row; for comparison."""
    rows, at = (market.ranks != NOBODY).nonzero()
    values, ranks = market.values[rows, at], market.ranks[rows, at]
    order = np.lexsort((ranks, rows, -values))
    left = np.diff(market.first).tolist()
    place = market.first[:-1].tolist()
    waiting = [True] * len(market.ranks)
    total = 0
    for row, rank, value in zip(*(x[order].tolist() for x in (rows, ranks, values)), strict=True):
        if waiting[row] and left[rank]:
            waiting[row] = False
            total += value - int(market.costs[place[rank]])
            left[rank] -= 1
            place[rank] += 1
    return BestFirst(total, sum(waiting))


def all_scores(mentee: Mentee, pool: Pool) -> dict[int, int]:
    """Points by mentor's id; negative where a pair is not allowed."""
    points = scores(request(mentee, pool), pool)
    return {mentor.id: int(value) for mentor, value in zip(pool.mentors, points, strict=True)}

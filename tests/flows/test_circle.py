"""The circle's rules: what can be passed on, generations, and the share of those who did."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.circle import (
    STAGES,
    GiveBack,
    Line,
    Node,
    assessed,
    circle,
    generations,
    give_back,
    passed,
    passes_on,
    risen,
)
from tests.conftest import MONDAY

KARIM, AMINA, SALMA, OMAR = range(1, 5)


def line(id: int, mentee: int | None, mentor: int | None, after: int | None = None, **more: object) -> Line:  # fmt: skip
    return Line(id, mentee, mentor, MONDAY + timedelta(days=id), after, **more)  # type: ignore[arg-type]


THREE = [
    line(1, AMINA, KARIM, closed=True, gave_back=MONDAY),
    line(2, SALMA, AMINA, after=1, closed=True),
    line(3, OMAR, KARIM, held=2),
]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"sales": 2, "export": 1}, {"sales": 4, "export": 5}, ["export", "sales"]),
        ({"sales": 4}, {"sales": 4}, []),
        ({"sales": 1}, {"sales": 3}, []),
        ({}, {"sales": 4}, ["sales"]),
        ({"sales": 5}, {}, []),
    ],
)
def test_what_rose_to_four_or_five(
    before: dict[str, int], after: dict[str, int], found: list[str]
) -> None:
    assert risen(before, after) == found


def test_the_same_skills_are_assessed_again_in_the_order_of_the_needs() -> None:
    rated = {"baseline": {"export": 1, "sales": 2, "legal": 3}}
    assert assessed(rated, ["sales", "export"]) == ["sales", "export", "legal"]
    assert assessed({}, ["sales"]) == ["sales"]


@pytest.mark.parametrize(
    ("stage", "formalised", "found"),
    [
        ("idea", False, []),
        ("growing", False, ["idea", "launched_informal", "registered"]),
        ("launched_informal", True, ["idea", "launched_informal"]),
        (None, False, []),
    ],
)
def test_stages_that_a_business_has_behind_it(
    stage: str | None, formalised: bool, found: list[str]
) -> None:
    assert passed(stage, formalised) == found
    assert set(found) <= set(STAGES)


def test_what_can_be_passed_on_is_what_was_told() -> None:
    profile = {"sector": "crafts", "stage": "idea", "meet": ["voice", "weak_line"]}
    ratings = {"baseline": {"sales": 1}, "closing": {"sales": 4}}
    assert passes_on(profile, ratings, {"formalised": "yes"}) == {
        "skills": ["sales"],
        "sectors": ["crafts"],
        "stages": ["idea", "launched_informal"],
        "meet": ["voice"],
        "availability": None,
    }


def test_generations_and_the_tree() -> None:
    assert generations(THREE) == {1: 1, 2: 2, 3: 1}
    salma = Node(SALMA, THREE[1], ())
    karim = Node(KARIM, None, (Node(AMINA, THREE[0], (salma,)), Node(OMAR, THREE[2], ())))
    assert circle(THREE) == (karim,)


def test_an_erased_person_leaves_the_generations_whole() -> None:
    """Amina is erased: Salma is still of the second generation, below somebody without a name."""
    erased = [
        line(1, None, KARIM, closed=True, gave_back=MONDAY),
        line(2, SALMA, None, after=1, closed=True),
    ]
    assert generations(erased) == {1: 1, 2: 2}
    (karim,) = circle(erased)
    assert [below.person for below in karim.below[0].below] == [SALMA]
    assert give_back(erased) == GiveBack(2, 1)


def test_the_rate_counts_people_who_closed() -> None:
    assert give_back(THREE) == GiveBack(closed=2, gave=1)
    assert give_back(THREE).rate == 0.5
    twice = [*THREE, line(4, AMINA, OMAR, closed=True)]
    assert give_back(twice) == GiveBack(closed=2, gave=1)
    assert give_back([]).rate is None


def test_what_goes_on_is_shown_below_and_counted_nowhere() -> None:
    going = line(-7, OMAR, SALMA, after=2, active=True)
    assert generations([*THREE, going])[-7] == 3
    (karim,) = circle([going, *THREE])
    assert karim.below[0].below[0].below[0].person == OMAR
    assert give_back([*THREE, going]) == give_back(THREE)


@st.composite
def histories(draw: st.DrawFn) -> list[Line]:
    """Accompaniments in the order in which they end, some people erased."""
    lines: list[Line] = []
    latest: dict[int, int] = {}
    for id in range(1, draw(st.integers(0, 25)) + 1):
        mentee, mentor = draw(st.lists(st.integers(1, 8), min_size=2, max_size=2, unique=True))
        at = MONDAY + timedelta(days=id)
        closed = draw(st.booleans())
        gave: datetime | None = at if draw(st.booleans()) else None
        lines.append(Line(id, mentee, mentor, at, latest.get(mentor), 1, closed, gave))
        latest[mentee] = id
    gone = draw(st.sets(st.integers(1, 8)))
    return [
        Line(
            one.id,
            None if one.mentee in gone else one.mentee,
            None if one.mentor in gone else one.mentor,
            *(one.at, one.after, one.held, one.closed, one.gave_back),
        )
        for one in lines
    ]


def everybody(nodes: tuple[Node, ...]) -> list[tuple[int, int]]:
    """(id of the line, how deep it stands) of all in the tree."""
    found: list[tuple[int, int]] = []
    level, depth = list(nodes), 0
    while level:
        found += [(node.line.id, depth) for node in level if node.line]
        level, depth = [below for node in level for below in node.below], depth + 1
    return found


@given(histories())
def test_every_accompaniment_stands_in_the_tree_once_at_its_generation(lines: list[Line]) -> None:
    assert sorted(everybody(circle(lines))) == sorted(generations(lines).items())


@given(histories())
def test_the_rate_is_a_share(lines: list[Line]) -> None:
    found = give_back(lines)
    assert 0 <= found.gave <= found.closed <= len(lines)
    assert found.rate is None or 0 <= found.rate <= 1

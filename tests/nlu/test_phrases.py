"""Answers as people write them, read as they mean them: floors for every reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.understand import reading
from nlu.engines.evaluation import Figure, Phrase, is_right, phrases
from nlu.meaning import Found, Reading, Which
from nlu.readers import When

HERE = Path(__file__).parent / "phrases"
CASABLANCA = "Africa/Casablanca"
FLOOR = {
    "age": 0.98, "language": 0.96, "name": 0.95, "number": 0.96, "phone": 0.97, "places": 0.97,
    "skills": 0.96, "stage": 0.95, "when": 0.98, "yesno": 0.97,
}  # fmt: skip


def read(phrase: Phrase) -> Reading:
    return reading(phrase, CASABLANCA)


def said(figures: list[Figure]) -> dict[str, float]:
    return {one.name: one.share for one in figures}


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    """Of the phrases written by somebody who had not seen the readers."""
    return list(phrases(HERE, read))


@pytest.mark.parametrize("name", FLOOR)
def test_a_reader_keeps_its_floor(figures: list[Figure], name: str) -> None:
    figure = next(one for one in figures if one.name == name)
    assert figure.share >= FLOOR[name], [(one["text"], one["value"]) for one in figure.wrong]


def test_every_variety_is_read(figures: list[Figure]) -> None:
    low = [(one.name, v, s) for one in figures for v, s in one.by_variety().items() if s < 0.9]
    assert not low


def test_phrases_written_beside_the_readers() -> None:
    """Where a class of answers was mended its phrases stand here, and must all be read."""
    wrong = {one.name: [p["text"] for p in one.wrong] for one in phrases(HERE / "own", read)}
    assert not any(wrong.values()), wrong


FRESH = {"when": 0.95, "places": 0.95}


def test_what_was_written_after_the_readers_were_done() -> None:
    """By another, who had not seen them; they were not mended for it since."""
    for figure in phrases(HERE / "fresh", read):
        assert figure.share >= FRESH.get(figure.name, 0.85), figure.name


@pytest.mark.parametrize(
    ("found", "value", "right"),
    [
        (Found(3), 3, True), (Found(True), 1, False), (Found(1), True, False), (None, None, True),
        (None, "ASK", False), (Which(((1, "1"), (2, "2"))), "ASK", True),
        (Which(((1, "1"), (2, "2"))), None, False), (Found(("b", "a")), ["a", "b"], True),
        (Found(When("2026-12-01", "evening")), "2026-12-01 evening", True),
        (Found(When("2026-12-01", "evening")), "2026-12-01", True),
        (Found(When("2026-12-01")), "2026-12-01 evening", False),
    ],
)  # fmt: skip
def test_what_counts_as_right(found: Reading, value: object, right: bool) -> None:
    assert is_right(found, value) is right

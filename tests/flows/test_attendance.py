"""What a session came to, from what each of the two says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.attendance import Outcome, Said, outcome

HELD, THEM, ME, BOTH = Said(True), Said(False, "them"), Said(False, "me"), Said(False, "both")
words = st.sampled_from((None, HELD, THEM, ME, BOTH, Said(False)))


@pytest.mark.parametrize(
    ("mentee", "mentor", "final", "came_to"),
    [
        (HELD, HELD, False, Outcome("held")),
        (HELD, THEM, False, Outcome("disputed")),
        (ME, HELD, True, Outcome("disputed")),
        (ME, THEM, False, Outcome("not_held", "mentee")),
        (THEM, ME, False, Outcome("not_held", "mentor")),
        (THEM, THEM, False, Outcome("disputed")),
        (ME, ME, False, Outcome("disputed")),
        (BOTH, BOTH, False, Outcome("not_held")),
        (BOTH, THEM, False, Outcome("disputed")),
        (THEM, Said(False), False, Outcome("not_held", "mentor")),
        (HELD, None, False, None),
        (HELD, None, True, Outcome("held")),
        (None, THEM, True, Outcome("not_held", "mentee")),
        (None, None, True, None),
    ],
)
def test_what_a_session_came_to(
    mentee: Said | None, mentor: Said | None, final: bool, came_to: Outcome | None
) -> None:
    assert outcome(mentee, mentor, final) == came_to


@given(words, words, st.booleans())
def test_neither_side_weighs_more(mentee: Said | None, mentor: Said | None, final: bool) -> None:
    one, other = outcome(mentee, mentor, final), outcome(mentor, mentee, final)
    turned = {"mentee": "mentor", "mentor": "mentee", "": ""}
    assert (one and (one.state, turned[one.missed])) == (other and (other.state, other.missed))


@given(words, words)
def test_both_words_settle_it_and_nobody_is_blamed_against_a_word_for_them(
    mentee: Said | None, mentor: Said | None
) -> None:
    came_to = outcome(mentee, mentor)
    assert (came_to is None) == (mentee is None or mentor is None)
    if came_to and came_to.missed:
        blamed = mentee if came_to.missed == "mentee" else mentor
        assert blamed is not None
        assert blamed.why in ("me", None)

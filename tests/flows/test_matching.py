"""Proposals keep every constraint, score what the weights say, and give reasons that are true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import MatchingSettings, load
from flows.onboarding import NEEDS, ONBOARDING
from flows.onboarding import SECTORS as ASKED_SECTORS
from flows.rules.availability import TAPPED
from flows.rules.matching import SAID, propose
from flows.rules.partners import LANGUAGES, SECTORS, SKILLS, STAGES, WAYS, Mentee, Mentor, barrier
from flows.rules.request import BARRED
from flows.rules.score import POINTS, Weights, parts
from flows.steps import Choose
from tests.flows.pairs import (
    MENTEE,
    MENTOR,
    MENTORS,
    WEEK,
    WEIGHTS,
    all_scores,
    claimed,
    free_minutes,
    pool,
)

AMINA = Mentee(
    id=1,
    needs=("finance", "sales"),
    sector="crafts",
    stage="registered",
    languages=("ary", "fr"),
    heart="ary",
    ways=("voice", "video"),
    country="MA",
    region="03",
    availability=[TAPPED["weekday_evening"]],
    gender="f",
)
KARIM = Mentor(
    id=101,
    skills=("finance",),
    sectors=("crafts", "commerce"),
    stages=("registered", "growing"),
    languages=("ary", "fr", "de"),
    ways=("video",),
    country="DE",
    zone="Europe/Berlin",
    availability=[{"days": [1, 3], "start": "20:00", "end": "22:30"}],
    gender="m",
    capacity=2,
)


def only(mentee: Mentee, *mentors: Mentor) -> list[int]:
    return [proposal.mentor for proposal in propose(mentee, pool(mentors))]


def test_a_proposal_says_why() -> None:
    (found,) = propose(replace(AMINA, wants="diaspora"), pool([KARIM]))
    assert found.reasons == (("skill", "finance"), ("sector", "crafts"), ("stage", "registered"))
    assert found.parts["place"] > 0
    assert found.score == pytest.approx(sum(found.parts.values()))


def test_hours_are_told_as_the_mentee_s_clock_shows_them() -> None:
    mentor = replace(KARIM, skills=(), sectors=(), stages=())
    (found,) = propose(replace(AMINA, heart=None), pool([mentor]))
    hours = {"days": [1, 3], "start": "19:00", "end": "21:00"}
    assert found.reasons == (("hours", hours), ("language", "ary"))


def test_near_and_woman_are_told() -> None:
    wished = replace(AMINA, needs=(), sector=None, stage=None, wants="near", prefers_woman=True)
    home = {"country": "MA", "region": "03", "zone": "Africa/Casablanca"}
    (found,) = propose(wished, pool([replace(KARIM, **home, gender="f")]))
    assert set(found.reasons) == {("near", "03"), ("woman", None), ("language", "ary")}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"paused": True}, "paused"),
        ({"taken": 2}, "full"),
        ({"refused": frozenset([1])}, "excluded"),
        ({"reported": frozenset([1])}, "excluded"),
        ({"id": 1}, "excluded"),
        ({"languages": ("en",)}, "language"),
        ({"ways": ("text",)}, "way"),
        ({"ways": ("in_person",)}, "way"),
        ({"availability": [{"days": [1], "start": "08:00", "end": "10:00"}]}, "hours"),
        ({"availability": [{"days": [1], "start": "21:00", "end": "23:00"}]}, None),
        ({"availability": [{"days": [1], "start": "21:01", "end": "23:00"}]}, "hours"),
        ({"availability": []}, None),
    ],
)
def test_each_barrier(change: dict, told: str | None) -> None:
    mentor = replace(KARIM, **change)
    assert barrier(AMINA, mentor, WEEK) == told
    assert only(AMINA, mentor) == ([] if told else [mentor.id])


def test_a_mentee_s_refusal_counts_like_a_mentor_s() -> None:
    assert only(replace(AMINA, refused=frozenset([101])), KARIM) == []
    assert only(replace(AMINA, reported=frozenset([101])), KARIM) == []


def test_two_who_write_need_no_hour_in_common() -> None:
    never = [{"days": [1], "start": "08:00", "end": "10:00"}]
    writes = replace(KARIM, ways=("text",), availability=never)
    assert only(replace(AMINA, ways=("text", "video")), writes) == [101]


def test_in_person_is_for_those_who_live_in_one_place() -> None:
    amina = replace(AMINA, ways=("in_person",))
    near = {"ways": ("in_person",), "country": "MA", "zone": "Africa/Casablanca"}
    assert only(amina, replace(KARIM, **near, region="03")) == [101]
    assert only(amina, replace(KARIM, **near, region="06")) == []
    assert only(replace(amina, region=None), replace(KARIM, **near, region=None)) == []


def test_a_weak_line_rules_out_video_unless_there_is_nothing_else() -> None:
    assert only(replace(AMINA, weak_line=True), KARIM) == []
    assert only(replace(AMINA, weak_line=True, ways=("video",)), KARIM) == [101]


def test_at_most_three_best_first_ties_by_id() -> None:
    same = [replace(KARIM, id=id) for id in (107, 103, 105, 109)]
    assert only(AMINA, *same) == [103, 105, 107]
    better = replace(KARIM, id=120, skills=("finance", "sales"))
    assert only(AMINA, *same, better) == [120, 103, 105]


def test_who_answers_is_free_and_rested_goes_first() -> None:
    slow = replace(KARIM, answered=0.4, answer_hours=80.0)
    assert only(AMINA, slow, replace(KARIM, id=102, answered=0.9, answer_hours=5.0)) == [102, 101]
    assert only(AMINA, replace(KARIM, taken=1), replace(KARIM, id=102)) == [102, 101]
    assert only(AMINA, replace(KARIM, idle_days=2), replace(KARIM, id=102, idle_days=40))[0] == 102


def test_codes_are_those_that_are_asked_for() -> None:
    asked = {step.name: step.options for step in ONBOARDING.steps if isinstance(step, Choose)}
    assert set(SKILLS) == set(NEEDS)
    assert {*SECTORS, "other"} == set(ASKED_SECTORS)
    assert set(STAGES) == set(asked["stage"])
    assert set(LANGUAGES) == set(asked["languages"])
    assert {*WAYS, "good_line", "weak_line"} == set(asked["meet"])


@given(MENTEE, MENTORS, WEIGHTS)
def test_columns_tell_what_each_pair_tells(
    mentee: Mentee, mentors: list[Mentor], weights: Weights
) -> None:
    known = all_scores(mentee, pool(mentors, weights))
    for mentor in mentors:
        points = sum(parts(mentee, mentor, weights).values())
        assert 0 <= points <= POINTS
        barred = barrier(mentee, mentor, WEEK) is not None
        assert known[mentor.id] == points + (BARRED if barred else 0)


@given(MENTEE, MENTORS, st.integers(1, 12))
def test_nobody_is_proposed_who_may_not_be(
    mentee: Mentee, mentors: list[Mentor], most: int
) -> None:
    by_id = {mentor.id: mentor for mentor in mentors}
    found = propose(mentee, pool(mentors), most)
    allowed = [mentor for mentor in mentors if barrier(mentee, mentor, WEEK) is None]
    assert len(found) == min(most, len(allowed))
    for proposal in found:
        mentor = by_id[proposal.mentor]
        assert mentor.taken < mentor.capacity
        assert not mentor.paused
        assert mentor.id not in mentee.refused | mentee.reported | {mentee.id}
        assert mentee.id not in mentor.refused | mentor.reported
        assert set(mentee.languages) & set(mentor.languages)


@given(MENTEE, MENTORS, WEIGHTS, st.randoms())
def test_the_order_of_mentors_does_not_matter(
    mentee: Mentee, mentors: list[Mentor], weights: Weights, chance: object
) -> None:
    shuffled = list(mentors)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found = propose(mentee, pool(mentors, weights))
    assert found == propose(mentee, pool(shuffled, weights))
    assert list(found) == sorted(found, key=lambda one: (-one.score, one.mentor))


@given(MENTEE, MENTORS, WEIGHTS, st.data())
def test_a_mentor_who_can_do_more_never_falls_back(
    mentee: Mentee, mentors: list[Mentor], weights: Weights, data: st.DataObject
) -> None:
    ranked = [one.mentor for one in propose(mentee, pool(mentors, weights), 12)]
    if not ranked or not mentee.needs:
        return
    chosen = data.draw(st.sampled_from(ranked))
    more = data.draw(st.sampled_from(mentee.needs))
    changed = [replace(m, skills=(*m.skills, more)) if m.id == chosen else m for m in mentors]
    after = [one.mentor for one in propose(mentee, pool(changed, weights), 12)]
    assert after.index(chosen) <= ranked.index(chosen)


@given(st.lists(MENTEE, min_size=1, max_size=4), MENTORS, MENTOR, WEIGHTS)
def test_a_changed_pool_is_like_one_built_anew(
    mentees: list[Mentee], mentors: list[Mentor], changed: Mentor, weights: Weights
) -> None:
    others = [mentor for mentor in mentors if mentor.id != changed.id]
    before = pool(mentors, weights)
    for mentee in mentees:
        updated, rebuilt = before.with_mentor(changed), pool([*others, changed], weights)
        assert all_scores(mentee, updated) == all_scores(mentee, rebuilt)
        assert propose(mentee, updated) == propose(mentee, rebuilt)
        removed = updated.without(changed.id)
        assert all_scores(mentee, removed) == all_scores(mentee, pool(others, weights))
        assert all_scores(mentee, before) == all_scores(mentee, pool(mentors, weights))


@given(MENTEE, MENTOR, WEIGHTS)
def test_every_reason_is_true(mentee: Mentee, mentor: Mentor, weights: Weights) -> None:
    for proposal in propose(mentee, pool([mentor], weights)):
        assert 1 <= len(proposal.reasons) <= SAID
        for code, value in proposal.reasons:
            assert is_true(code, value, mentee, mentor)


def is_true(code: str, value: object, mentee: Mentee, mentor: Mentor) -> bool:
    if code == "hours":
        mine, theirs = free_minutes(mentee, WEEK), free_minutes(mentor, WEEK)
        both = {
            wall for (free, wall), (other, _) in zip(mine, theirs, strict=True) if free and other
        }
        window = claimed(value)  # type: ignore[arg-type]
        return len(window) >= 60 and window <= both
    return {
        "skill": value in mentee.needs and value in mentor.skills,
        "sector": value == mentee.sector and value in mentor.sectors,
        "stage": value == mentee.stage and value in mentor.stages,
        "language": value in mentor.languages and value in (*mentee.languages, mentee.heart),
        "near": value in (mentor.region, mentor.country) and mentor.country == mentee.country,
        "diaspora": value == mentor.country not in ("MA", None) and mentee.wants == "diaspora",
        "woman": mentor.gender == "f" and mentee.prefers_woman,
    }[code]


def test_the_settings_weigh_as_the_rules_do() -> None:
    assert load().matching.weights == MatchingSettings().weights == Weights()


def test_no_two_mentors_share_an_id() -> None:
    with pytest.raises(ValueError, match="same id"):
        pool([KARIM, KARIM])

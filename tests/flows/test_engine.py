"""What must hold whatever people write, tap or send, and whatever a deploy changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog import Catalog
from flows.book import BOOK
from flows.onboarding import ONBOARDING
from flows.people import Heard, Person
from flows.steps import Ask, Flow, Question
from nlu import readers
from tests.flows.talk import Talk
from tests.flows.test_inflight import PATHS, states, talk_of
from tests.flows.test_words import PROMISED

CATALOG = Catalog()
FAST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SAID = (
    "Bonjour", "oui", "non", "Amina Benali", "31", "22", "Fès", "tazarine", "الرباط", "1", "2",
    "1 3", "2 3 1", "je vends des tapis en ligne", "Une idée", "Entreprise enregistrée", "SARL",
    "retour", "passer", "aide", "répéter", "annuler", "reprendre", "STOP", "START", "baraka",
    "EFFACER", "mes données", "langue", "English", "العربية", "humain", "profil",
    "changer la ville", "changer les besoins", "changer le niveau", "non, c'est Rabat",
    "mon nom s'écrit Aïcha", "my name is spelled Aicha", "la, ana mn fes", "merci", "👍", "0", "?",
    "c'est gratuit ?", "tu es un robot ?", "compta et marketing", "français et darija",
    "samedi matin", "je suis Amina, 31 ans, de Fès, je vends des tapis", "qsdf", "/start FES26",
    "join FES26", "/language", "/nothing", "C'est tout", "Tout est juste", "Corriger", "Ville",
)  # fmt: skip
ACTS = st.one_of(
    st.sampled_from(SAID).map(lambda text: ("say", text)),
    st.text(max_size=40).map(lambda text: ("say", text)),
    st.tuples(st.just("tap"), st.integers(0, 3), st.integers(0, 11)),
    st.tuples(st.just("place"), st.floats(-90, 90), st.floats(-180, 180)),
    st.sampled_from(["voice", "image", "other", "contact", "wait", "admit"]).map(lambda a: (a,)),
    st.sampled_from(["unfinished", "admitted", "merged"]).map(lambda event: ("event", event)),
    st.sampled_from(["stop", "start", "help"]).map(lambda word: ("opt_out", word)),
)


def do(talk: Talk, act: tuple) -> None:
    kind, *what = act
    if kind == "say":
        talk.say(what[0])
    elif kind == "tap":
        talk.tap(*what)
    elif kind == "place":
        talk.hear(Heard("location", location=(what[0], what[1])))
    elif kind == "contact":
        talk.hear(Heard("contact", phone="+212600000001"))
    elif kind == "wait":
        talk.person = replace(talk.person, silent=timedelta(weeks=9))
    elif kind == "admit":
        talk.person = replace(talk.person, admitted=True)
    elif kind == "event":
        talk.hear(Heard("event", event=what[0], subject="onboarding"))
    elif kind == "opt_out":
        talk.hear(Heard("text", opt_out=what[0]))
    else:
        talk.hear(Heard(kind))


@FAST
@given(st.lists(ACTS, max_size=25))
def test_anything_at_any_time(acts: list[tuple]) -> None:
    talk = Talk(CATALOG)
    for act in acts:
        do(talk, act)


@FAST
@given(st.sampled_from(sorted(states("0.1.0"))), st.lists(ACTS, min_size=1, max_size=6))
def test_anything_at_every_question(name: str, acts: list[tuple]) -> None:
    stored = states("0.1.0")[name]
    talk = talk_of(stored, CATALOG)
    for act in acts:
        do(talk, act)


@FAST
@given(st.text(min_size=600, max_size=4096))
def test_a_very_long_text_leaves_a_small_state(text: str) -> None:
    talk = Talk(CATALOG)
    for said in ("Bonjour", "oui", "Amina", "31", "Fès", f"je vends des tapis {text}", text):
        talk.say(said)


@pytest.mark.parametrize("path", PATHS)
def test_back_and_the_same_answer_end_alike(path: str) -> None:
    language, steps = PATHS[path]
    talk = Talk(CATALOG, Person(language=language, **_known(path)))
    for said in steps:
        if talk.state.get("stack") and talk.state["stack"][-1].get("which"):
            return  # a number that means what was shown means nothing later
        before = talk.asking
        talk.say(said)
        answers, asking = dict(talk.answers), talk.asking
        flow, _, step = before.partition(".")
        if step == "consent" or step not in answers or not asking.startswith(f"{flow}."):
            continue
        talk.say("retour")
        assert talk.asking.partition(".levels")[0] == before.partition(".levels")[0]
        talk.say(said)
        assert (talk.answers, talk.asking) == (answers, asking), said


def _known(path: str) -> dict:
    if not path.startswith("profile"):
        return {}
    talk = Talk(CATALOG, Person(language="fr"))
    for said in PATHS["onboarding_fr"][1]:
        talk.say(said)
    return {"registered": True, "name": "Amina", "profile": talk.person.profile}


@pytest.mark.parametrize("name", sorted(states("0.1.0")))
def test_a_command_is_never_an_answer(name: str) -> None:
    stored = states("0.1.0")[name]
    step = name.split(" ")[0].partition(".")[2]
    for language, words in PROMISED.items():
        for word, intent in words.items():
            if intent in ("affirm", "deny", "skip", "update_profile") or step in ("menu", "check"):
                continue
            if "(taken_back)" in name and intent == "back":
                continue
            talk = talk_of(stored, CATALOG)
            talk.say(word)
            assert step not in talk.answers, (language, word)


def test_no_more_is_said_after_five_misses() -> None:
    talk = Talk(CATALOG)
    for said in ("Bonjour", "oui", "Amina"):
        talk.say(said)
    assert [len(talk.say("qsdf").replies) for _ in range(8)] == [1, 1, 1, 1, 1, 0, 0, 0]


def _without(flow: Flow, name: str) -> Flow:
    return replace(flow, steps=tuple(step for step in flow.steps if step.name != name))


def _with(flow: Flow, at: int, name: str) -> Flow:
    added = Ask(name=name, reader=lambda text, year: readers.number(text, 0, 999))
    return replace(flow, steps=(*flow.steps[:at], added, *flow.steps[at:]))


QUESTIONS = [step.name for step in ONBOARDING.steps if isinstance(step, Question)]


@pytest.mark.parametrize("gone", QUESTIONS[1:])
def test_states_survive_a_question_that_went(gone: str) -> None:
    book = {**BOOK, "onboarding": _without(ONBOARDING, gone)}
    for stored in states("0.1.0").values():
        talk = talk_of(stored, CATALOG, book)
        talk.say(stored["says"])
        talk.say("bonjour")


@pytest.mark.parametrize("at", range(3, len(ONBOARDING.steps)))
def test_states_survive_a_question_that_came(at: int) -> None:
    book = {**BOOK, "onboarding": _with(ONBOARDING, at, "employees")}
    for name, stored in states("0.1.0").items():
        if not name.startswith("onboarding."):
            continue
        talk = talk_of(stored, CATALOG, book)
        step = name.removeprefix("onboarding.").split(" ")[0]
        talk.say(stored["says"])
        if talk.asking == "onboarding.employees":
            # The answer went to the question that was asked, not to the one that came before it.
            assert step in talk.answers or "(" in name or step == "check", name
            talk.say("7")
            assert talk.asking != "onboarding.employees", name


def test_a_renamed_question_keeps_its_answer() -> None:
    steps = tuple(
        replace(step, name="town", was=("place",)) if step.name == "place" else step
        for step in ONBOARDING.steps
    )
    book = {**BOOK, "onboarding": replace(ONBOARDING, steps=steps)}
    stored = states("0.1.0")["onboarding.activity"]
    talk = talk_of(stored, CATALOG, book)
    talk.say(stored["says"])
    assert talk.answers["town"]["name_fr"] == "Fès"
    assert "place" not in talk.answers

"""States of past releases still advance: weeks may pass between two messages.

``tests/inflight/<version>.json`` holds, for every question of every flow, a state in which it is
open, who was asked, and an answer. Nothing in such a file is ever changed by hand or removed.
After adding a question, give it an answer in ``PATHS``, or where it is about two people in a
transcript of ``tests/conversations/mentoring`` or ``nudges``, and run
``pytest tests/flows/test_inflight.py --accept``: it adds what is missing to this version's file.
"""

from __future__ import annotations

import functools
import json
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

import bot.turns
from bot.catalog import Catalog
from flows.book import BOOK
from flows.effects import Turn
from flows.engine import advance
from flows.people import Heard, Person, World
from flows.steps import Each, Flow, Question
from tests.flows.talk import WORLD, Talk

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "tests" / "inflight"
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
VERSIONS = sorted(file.stem for file in FOLDER.glob("*.json"))
ONBOARDING_AR = (
    "السلام عليكم", "نعم", "أمينة بنعلي", "1", "31", "فاس", "نصنع شموعا معطرة", "10", "3", "6", "1 3 9",
    "2 3 1", "1 3", "1 4 6", "السبت صباحا", "نعم",
)  # fmt: skip
ONBOARDING_FR = (
    "Bonjour", "oui", "Amina Benali", "31", "Fès", "je fais des bougies parfumées", "10", "3", "6",
    "1 3 9", "2 3 1", "1 3", "1 4 6", "samedi matin", "oui",
)  # fmt: skip
CHANGES = (
    "Corriger", "Nom", "Aïcha Amrani", "changer l'âge", "32", "changer la ville", "Rabat",
    "changer l'activité", "je couds des caftans", "changer le secteur", "6", "changer l'étape",
    "4", "SARL", "changer les besoins", "2 4", "1 2", "changer les langues", "1",
    "changer la rencontre", "2", "changer les disponibilités", "dimanche", "oui",
)  # fmt: skip
PATHS: dict[str, tuple[str, tuple[str, ...]]] = {
    "onboarding_ar": ("ar", ONBOARDING_AR),
    "onboarding_fr": ("fr", ONBOARDING_FR),
    "onboarding_informal": ("fr", (*ONBOARDING_FR[:7], "2", "1", "3", "2", "2", "passer", "oui")),
    "onboarding_young": ("fr", ("Bonjour", "oui", "Lina", "22", "oui")),
    "onboarding_place": ("fr", ("Bonjour", "oui", "Lina", "30", "tazarine", "2")),
    "onboarding_review": ("fr", (*ONBOARDING_FR[:-1], "non", "Ville", "Rabat", "oui")),
    "profile_fr": ("fr", ("profil", *CHANGES)),
    "profile_ar": ("ar", ("ملفي", "تغيير المخاطبة", "2", "نعم")),
    "language": ("fr", ("Bonjour", "oui", "langue", "2")),
    "stop": ("fr", ("Bonjour", "oui", "baraka", "non")),
    "erase": ("fr", ("Bonjour", "oui", "EFFACER", "non")),
    "report": ("fr", ("Bonjour", "oui", "mon mentor m'a demandé de lui prêter de l'argent", "non")),
    "home": ("fr", ("bonjour", "3", "1", "2")),
}
"""Ways through every question of every flow."""


ABOUT_TWO = ("mentoring", "nudges")
"""Folders of transcripts in which questions about two people are met."""
PERSON = TypeAdapter(Person)
Entry = dict[str, Any]


def as_json(person: Person) -> dict[str, Any]:
    """Who was asked, as plain JSON; since when they are silent is not part of it."""
    told: dict[str, Any] = PERSON.dump_python(person, mode="json")
    told.pop("silent")
    return told


def as_person(told: dict[str, Any]) -> Person:
    person = PERSON.validate_python(told)
    own = person.mentoring.mentor
    if own and own.get("paused_until"):
        until = datetime.fromisoformat(own["paused_until"])
        mentoring = replace(person.mentoring, mentor={**own, "paused_until": until})
        person = replace(person, mentoring=mentoring)
    return person


def talk_of(stored: Entry, catalog: Catalog, book: Mapping[str, Flow] = BOOK) -> Talk:
    """The conversation as it stood when the state was stored."""
    now = stored.get("now")
    world = World(datetime.fromisoformat(now)) if now else WORLD
    return Talk(catalog, as_person(stored["person"]), stored["state"], book, world)


@functools.cache
def states(version: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((FOLDER / f"{version}.json").read_text("utf-8"))
    return found


def _registered(catalog: Catalog) -> Person:
    talk = Talk(catalog, Person(language="fr"))
    for said in ONBOARDING_FR:
        talk.say(said)
    assert talk.person.registered
    return talk.person


def made(catalog: Catalog) -> dict[str, dict[str, Any]]:
    """The open questions met on all the paths, each with its state and the answer given."""
    found: dict[str, dict[str, Any]] = {}
    for name, (language, said) in PATHS.items():
        known = name.startswith(("profile", "home"))
        talk = Talk(catalog, _registered(catalog) if known else Person(language=language))
        if language == "ar" and known:
            talk.say("العربية")
        for text in said:
            if talk.asking or talk.state.get("home"):
                entry = {"state": talk.state, "person": as_json(talk.person), "says": text}
                found.setdefault(_named(talk.state), json.loads(json.dumps(entry)))
            talk.say(text)
    return found


async def of_transcripts(catalog: Catalog, known: set[str]) -> dict[str, Entry]:
    """The same from the transcripts about two people, with the facts that their turns were given."""
    from tests.test_conversations import FOLDER as TRANSCRIPTS
    from tests.test_conversations import play

    found: dict[str, Entry] = {}

    def listening(
        book: Any, state: Any, person: Person, heard: Heard, words: Any, world: World
    ) -> Turn:
        name = _named(state)
        if heard.kind == "text" and name not in found and name.partition(" ")[0] not in known:
            entry = {
                "state": state, "person": as_json(person), "says": heard.text,
                "now": world.now.isoformat(),
            }  # fmt: skip
            kept = json.loads(json.dumps(entry))
            if _advances(kept, catalog):
                found[name] = kept
        return advance(book, state, person, heard, words, world)

    bot.turns.advance = listening
    try:
        for file in sorted(f for name in ABOUT_TWO for f in (TRANSCRIPTS / name).glob("*.txt")):
            with tempfile.TemporaryDirectory() as folder:
                await play(file, f"sqlite:///{folder}/mem.db", catalog)
    finally:
        bot.turns.advance = advance
    return found


def _advances(stored: Entry, catalog: Catalog) -> bool:
    talk = talk_of(stored, catalog)
    turn = talk.say(stored["says"])
    return bool(turn.replies or turn.effects) and _went_on(talk, stored)


def _named(state: Entry) -> str:
    """The open question, with what else was going on about it."""
    frame = (state.get("stack") or [{}])[-1]
    extra = [key for key in ("which", "picked", "picking", "taken_back") if frame.get(key)]
    asking = f"{frame['flow']}.{frame.get('asking', '')}" if frame else "home.menu"
    return " ".join([asking, *(f"({key})" for key in extra)])


def _line(entry: Entry) -> str:
    """One line each, so that what is added later is seen."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


async def test_every_question_has_a_stored_state(
    catalog: Catalog, request: pytest.FixtureRequest
) -> None:
    file = FOLDER / f"{VERSION}.json"
    stored = json.loads(file.read_text("utf-8")) if file.exists() else {}
    if request.config.getoption("--accept"):
        stored = {**made(catalog), **stored}
        stored = {**await of_transcripts(catalog, {n.split(" ")[0] for n in stored}), **stored}
        lines = (f"{json.dumps(n)}: {_line(stored[n])}" for n in sorted(stored))
        file.parent.mkdir(exist_ok=True)
        file.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    names = {name.split(" ")[0] for name in stored}
    looped = {name.rpartition(".")[0] for name in names if name.count(".") > 1}
    for flow in BOOK.values():
        for step in flow.steps:
            if isinstance(step, Question | Each):
                assert f"{flow.name}.{step.name}" in names | looped, "see the top of this file"


@pytest.mark.parametrize("version", VERSIONS)
def test_states_of_this_release_still_advance(version: str, catalog: Catalog) -> None:
    for name, stored in states(version).items():
        assert _advances(stored, catalog), name


def _went_on(talk: Talk, stored: dict[str, Any]) -> bool:
    """An answer more, a conversation less, or another question than before."""
    before = stored["state"].get("stack") or []
    after = talk.state.get("stack") or []
    answered = [len(frame["answers"]) for frame in after] > [len(f["answers"]) for f in before]
    asked = [frame.get("asking") for frame in after] != [frame.get("asking") for frame in before]
    picking = bool(after) and bool(after[-1].get("picking"))
    return answered or asked or picking or len(after) != len(before)

"""Two people, whatever they write and in whatever order: what must hold after every message.

Played through the whole pipeline, on copies of databases as two transcripts leave them.
"""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.catalog import Catalog
from bot.clock import Clock
from bot.rehearsal import NotUnderstood, Rehearsal
from bot.transcript import Player, entries
from storage.pairing import mentors, pairs
from storage.tables import inbox, outbox
from tests.conftest import MONDAY, settings_for
from tests.test_conversations import FOLDER

KARIM, AMINA = "telegram:6001", "whatsapp:+212600000061"
SECRETS = {KARIM: ("Benali", "600000061", "60 00 00 61"), AMINA: ("Idrissi", "4915112345678")}
"""A family name and a number that the other must not see."""
SAID = (
    "1", "2", "3", "4", "5", "oui", "non", "passer", "retour", "menu", "aide", "annuler", "bonjour",
    "merci", "à bientôt", "MENTOR", "PROFIL", "PAUSE", "STOP", "START", "HUMAIN", "SIGNALER",
    "Ma demande", "Une question d'abord", "Karim (Munich)", "En voir d'autres", "Plus tard",
    "Oui, j'accepte", "Une question", "Non, pas cette fois", "Pas mon domaine", "D'accord",
    "Autrement", "Écrire", "Échanger nos numéros", "Prendre rendez-vous", "Mes rendez-vous",
    "savoir fixer mes prix", "Combien de tapis vendez-vous ?", "samedi 10h", "j'annule ma demande",
    "où en est ma demande ?", "mes mentorés", "changer les places", "je veux changer de mentor",
    "mettre fin à l'accompagnement", "je ne veux plus recevoir ses messages", "je suis de retour",
    "pause 2 semaines", "il me demande de l'argent", "العربية", "English", "Français", "\U0001f44d",
)  # fmt: skip
WHO = st.sampled_from((KARIM, AMINA))
DOES = st.one_of(
    st.tuples(st.just("says"), WHO, st.sampled_from(SAID)),
    st.tuples(st.just("says"), WHO, st.sampled_from(SAID)),
    st.tuples(st.just("taps"), WHO, st.integers(1, 5)),
    st.tuples(st.just("says"), WHO, st.text(min_size=1, max_size=30)),
    st.tuples(st.just("sends"), st.just(KARIM), st.just("+4915112345678")),
    st.tuples(st.just("waits"), WHO, st.sampled_from((1, 13, 25, 70, 400))),
    st.tuples(st.just("operator"), WHO, st.sampled_from(("resume", "end"))),
)


@functools.cache
def words() -> Catalog:
    return Catalog()


_begun: dict[str, Path] = {}


async def begun(name: str) -> Path:
    """The database as a transcript leaves it, made once."""
    if name not in _begun:
        folder = Path(tempfile.mkdtemp(prefix="mem-"))
        rehearsal = Rehearsal(settings_for(f"sqlite:///{folder}/mem.db"), Clock(MONDAY), words())
        await rehearsal.begin()
        player = Player(rehearsal, FOLDER / "mentoring")
        for entry in entries((FOLDER / "mentoring" / f"{name}.txt").read_text("utf-8")):
            if not entry.is_seen:
                await player.play(entry)
        await rehearsal.end()
        _begun[name] = folder / "mem.db"
    return _begun[name]


@pytest.fixture(scope="module", autouse=True)
def nothing_left_behind() -> Iterator[None]:
    yield
    for file in _begun.values():
        shutil.rmtree(file.parent)


async def do(rehearsal: Rehearsal, how: str, who: str, what: object) -> None:
    player = Player(rehearsal, people={"K": KARIM, "A": AMINA})
    name = "K" if who == KARIM else "A"
    try:
        if how == "says":
            await rehearsal.write(who, text=str(what))
        elif how == "taps":
            await rehearsal.write(who, tap=str(what))
        elif how == "sends":
            await rehearsal.write(who, contact=str(what))
        elif how == "waits":
            await rehearsal.move(rehearsal.clock.now() + timedelta(hours=int(str(what))))
        else:
            for entry in entries(f"[{what} {name}]"):
                await player.play(entry)
    except NotUnderstood:
        pass  # nothing shows an option, or there is no pair: nothing happens


async def what_holds(rehearsal: Rehearsal) -> None:
    async with rehearsal.app.database.read() as connection:
        broken = select(func.count()).select_from(inbox).where(inbox.c.error.is_not(None))
        assert await connection.scalar(broken) == 0, "a turn raised"
        answered = Counter(await connection.scalars(select(outbox.c.inbox_id)))
        assert max(answered.values(), default=0) <= 1, "a turn said two things"
        open_pairs = select(func.count()).select_from(pairs).where(pairs.c.state != "ended")
        taken = await connection.scalar(select(func.sum(mentors.c.taken)))
        assert (taken or 0) == await connection.scalar(open_pairs), "places and pairs differ"
        both = pairs.c.mentee_shares & pairs.c.mentor_shares
        share = await connection.scalar(select(func.count()).select_from(pairs).where(both))
    for sent in rehearsal.sent:
        for secret in SECRETS[sent.to]:
            told = secret in sent.text
            assert not told or (share and secret[-4:].strip().isdigit()), f"{sent.to} was told"


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(("cast_fr", "pair_fr")), st.lists(DOES, min_size=4, max_size=16))
async def test_two_people_in_any_order(start: str, does: list[tuple[str, str, object]]) -> None:
    """Where a mentor is proposed, or where they accompany each other already."""
    with tempfile.TemporaryDirectory(prefix="mem-") as folder:
        shutil.copy(await begun(start), f"{folder}/mem.db")
        rehearsal = Rehearsal(settings_for(f"sqlite:///{folder}/mem.db"), Clock(MONDAY), words())
        await rehearsal.begin()
        try:
            for how, who, what in does:
                await do(rehearsal, how, who, what)
                await what_holds(rehearsal)
        finally:
            await rehearsal.end()

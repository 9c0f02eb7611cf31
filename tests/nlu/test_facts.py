"""All the facts of one message, each marked as such by its words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.facts import facts
from nlu.readers import Place

INSIDE = {"sector", "stage", "legal_form"}
MESSAGES: list[tuple[str, dict[str, Any]]] = [
    ("Bonjour, je suis Amina, 31 ans, de Fès, je vends des tapis en ligne",
     {"name": "Amina", "age": 31, "place": "Fès", "activity": "je vends des tapis en ligne", "sector": "crafts"}),
    ("ana Khadija, 34 ans, من طنجة", {"name": "Khadija", "age": 34, "place": "Tanger"}),
    ("slm ana hamza mn casa 3ndi 27 3am", {"name": "Hamza", "age": 27, "place": "Casablanca"}),
    ("سلام أنا فاطمة من فاس عندي 31 سنة كنبيع الحلويات",
     {"name": "فاطمة", "age": 31, "place": "Fès", "activity": "كنبيع الحلويات", "sector": "agro_industry"}),
    ("اسمي محمد وعمري 40 سنة وأسكن في مراكش", {"name": "محمد", "age": 40, "place": "Marrakech"}),
    ("Hi, my name is Sara, I'm 31, I run a bakery in Rabat",
     {"name": "Sara", "age": 31, "activity": "I run a bakery", "sector": "agro_industry", "place": "Rabat"}),
    ("je suis couturière à Safi et je cherche de l'aide en compta",
     {"activity": "je suis couturière", "sector": "textile", "place": "Safi", "needs": ("finance",)}),
    ("3andi boutique d'artisanat f tanja w khassni n3awn f la compta",
     {"activity": "3andi boutique d'artisanat", "sector": "crafts", "place": "Tanger", "needs": ("finance",)}),
    ("j'ai une SARL dans le textile à Casablanca depuis 12 ans",
     {"activity": "j'ai une SARL dans le textile", "sector": "textile", "legal_form": "sarl", "stage": "registered", "place": "Casablanca"}),
    ("Je m'appelle Karim El Fassi et j'habite à Paris, je veux lancer une appli mobile",
     {"name": "Karim El Fassi", "place": "Paris", "activity": "je veux lancer une appli mobile", "stage": "idea", "sector": "digital"}),
    ("salam, smiti Hanane, saken f Sla, 3andi 38 3am, kankhyt l9ftan w khassni nl9a klyan",
     {"name": "Hanane", "place": "Salé", "age": 38, "activity": "kankhyt l9ftan", "sector": "textile", "needs": ("sales",)}),
    ("je parle français, arabe et darija", {"languages": ("fr", "ar", "ary")}),
    ("mon numéro est 0612345678", {"phone": "+212612345678"}),
    ("j'ai besoin d'aide en marketing et vente", {"needs": ("marketing", "sales")}),
    ("moi c'est Youssef 29 ans auto-entrepreneur",
     {"name": "Youssef", "age": 29, "legal_form": "auto_entrepreneur", "stage": "registered"}),
    ("je suis né à Taza, je vis à Lille", {"place": "Lille"}),
    ("I'm from Fez and I sell rugs online", {"place": "Fès", "activity": "I sell rugs online", "sector": "crafts"}),
    ("je suis de Fès", {"place": "Fès"}), ("ana mn fes", {"place": "Fès"}),
    ("je suis couturière", {"activity": "je suis couturière", "sector": "textile"}),
    ("i'm 31 and i live in agadir", {"age": 31, "place": "Agadir"}),
    ("né en 1990 à Taza", {"age": 36, "place": "Taza"}),
    ("أنا كنقلب على مونتور فطنجة", {"place": "Tanger"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), MESSAGES)
def test_facts(text: str, told: dict[str, Any]) -> None:
    found = {one.entity: one.value for one in facts(text, 2026)}
    assert {k: v.name_fr if isinstance(v, Place) else v for k, v in found.items()} == told


@pytest.mark.parametrize("text", [
    "34", "Amina", "bonjour", "ok merci", "je suis prête", "12 ans d'expérience dans le secteur", "je suis d'accord", "C'est Parfait", "c'est bon",
    "I am fine thank you", "أنا بخير", "أنا مهتم بالبرنامج", "ana ghadi nji ghedda", "je suis safi de tout", "oui", "", "je suis intéressée par le programme",
    "stop", "wach kayn chi mentor", "I'm interested", "ana f dar",
])  # fmt: skip
def test_no_facts(text: str) -> None:
    assert facts(text, 2026) == ()


@pytest.mark.parametrize("text", [text for text, _ in MESSAGES])
def test_spans_do_not_overlap(text: str) -> None:
    found = [one for one in facts(text, 2026) if one.entity not in INSIDE]
    for one, after in pairwise(found):
        assert one.end <= after.start
    assert all(text[one.start : one.end].strip() for one in found)


def test_a_span_says_its_fact() -> None:
    text = "Bonjour, je suis Amina, 31 ans, de Fès"
    assert [text[one.start : one.end] for one in facts(text, 2026)] == ["Amina", "31 ans", "Fès"]


PIECES = ["je suis", "Amina", "31 ans", "de Fès", ",", "je vends", "des tapis", "w", "ana", "khassni", "compta", "SARL", "à Paris", "من طنجة", "عندي", "0612345678", "\u200b", "née en", "90"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join) | st.text())
def test_any_text_gives_sound_spans(text: str) -> None:
    found = facts(text, 2026)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    told = [one.entity for one in found]
    assert len(told) == len(set(told))

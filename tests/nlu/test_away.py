"""How long somebody is away, in the words of those who go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.meaning import Found
from nlu.readers import until

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TOLD = {
    "2026-12-14": "pause 3 weeks|pause 3 semaines|استراحة 3 أسابيع|3 أسابيع",
    "2026-12-15": "je suis en congé jusqu'au 15|until the 15th|حتى 15|htal 15|until 15/12|"
    "أنا في عطلة حتى 15 دجنبر|en congé jusqu'au mardi 15 décembre",
    "2026-12-23": "بغيت نرتاح شي شهر|break for a month|pause d'un mois|un mois",
    "2027-01-03": "je suis en vacances jusqu'au 3 janvier",
    "2026-12-20": "congé du 10 au 20 décembre|من 10 حتى 20 دجنبر",
    "2026-11-30": "bghit nrtah chi simana|une semaine de pause svp|until monday|حتى الاثنين الجاي",
    "2026-12-07": "أسبوعين|away for two weeks|une quinzaine|in 2 weeks",
    "2027-01-23": "deux mois|شهرين",
    "2027-01-01": "pause jusqu'en janvier",
}
NOTHING = "pause|plus tard|je suis fatigué|j'ai deux enfants|2|استراحة|il y a 3 semaines"


@pytest.mark.parametrize(
    ("day", "text"), [(day, text) for day, texts in TOLD.items() for text in texts.split("|")]
)
def test_the_last_day_away(day: str, text: str) -> None:
    assert until(text, NOW, "Africa/Casablanca") == Found(day)


@pytest.mark.parametrize("text", NOTHING.split("|"))
def test_no_time_was_told(text: str) -> None:
    assert until(text, NOW, "Africa/Casablanca") is None


@given(st.text(max_size=200))
def test_nothing_raises_and_every_day_is_to_come(text: str) -> None:
    reading = until(text, NOW, "Africa/Casablanca")
    if isinstance(reading, Found):
        assert "2026-11-23" < reading.value <= "2027-11-24"

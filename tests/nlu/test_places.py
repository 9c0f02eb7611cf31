"""Where a person lives, in any spelling; and what must never become a place."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.meaning import Found, Which
from nlu.readers import Place, nearest_place, place

FOUND = {
    "Casablanca": "Casablanca|casa|kaza|dar lbida|الدار البيضاء|كازا|kazablanka|casablnaca|je suis de kaza|jsuis de kaza|in Casablanca|sidi moumen|"
    "j'habite à Sidi Moumen, Casablanca|hay hassani|maarif|hay mohammadi casa|ain sebaa|je suis né à Fès mais j'habite à Casa|wlad fes w saken f casa|من كازا",
    "Fès": "fes|fès|Fez|fas|فاس|ana mn fes|من فاس|I'm from Fez|j'habite au maroc à fes|nwa7i fes|من وجدة وساكن ففاس|la ville de Fès|بفاس",
    "Tanger": "tanger|tanja|tangier|f tanja|ftanja|من طنجة|فطنجة|tangr|ana mn tanja",
    "Rabat": "Rabat|rbat|je suis f rbat|الرباط|rabbat|j'habite à Agdal, Rabat|hay riad|فالرباط|للرباط",
    "Marrakech": "kech|marrakech|mrrakch|مراكش|marakesh|gueliz|I live in Marrakesh|à côté de Marrakech",
    "Agadir": "agadir|أكادير|agadire|agadr|près d'Agadir", "Oujda": "oujda|wejda|وجدة|oujdaa",
    "Kénitra": "kenitra|9nitra|lqnitra|القنيطرة", "Salé": "sla|salé|سلا", "Safi": "safi|asfi|آسفي|je suis de Safi",
    "Laâyoune": "laayoune|Laâyoune", "Al Hoceima": "al hoceima|l7ocima|hoceima|الحسيمة", "El Jadida": "el jadida|jdida|الجديدة",
    "Bab Taza": "Bab Taza|باب تازة", "Oued Jdida": "Oued Jdida", "Imilchil": "Imilchil|je suis d'Imilchil",
    "Drâa-Tafilalet": "tafilalet|Draa Tafilalet", "Souss-Massa": "souss|جهة سوس ماسة", "Oriental": "oriental|région de l'oriental",
    "Paris": "paris|Paris, France|j'habite à Paris|je vis à paris|باريس", "Berlin": "Berlin|عايشة فبرلين|berlin",
    "Lille": "originaire de Taza, je vis à Lille|lille", "Bruxelles": "bruxelles|molenbeek|brussels|بروكسل", "Montréal": "montréal|je vis à Montréal au Canada",
    "Londres": "london|londres|based in London", "France": "france|fransa|فرنسا", "Espagne": "espagne|spain|إسبانيا", "Dubaï": "dubai|دبي",
    "La Haye": "la haye|den haag", "Düsseldorf": "Düsseldorf|dusseldorf", "Cologne": "Köln|koln",
}  # fmt: skip
NOTHING = (
    "oui|non|help|textile|bonjour|salam|je ne sais pas|34|Amina|commerce|menu|pourquoi|rien|tapis|couture|l'étranger|f lkharij|"
    "un petit village|la campagne|maroc|le Maroc|ville nouvelle|centre ville|ok|wakha|👍||stop|artisanat|je vends des tapis|merci bzaf|"
    "بغيت نشارك|نعم|شكرا|oulan bator|x|12 rue"
)


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in FOUND.items() for text in texts.split("|")]
)
def test_place(name: str, text: str) -> None:
    reading = place(text)
    assert isinstance(reading, Found)
    assert reading.value.name_fr == name


@pytest.mark.parametrize("text", NOTHING.split("|"))
def test_not_a_place(text: str) -> None:
    assert place(text) is None


@pytest.mark.parametrize(("text", "names"), [
    ("العيون", {"Laâyoune", "El Aioun Sidi Mellouk"}), ("el aioun", {"Laâyoune", "El Aioun Sidi Mellouk"}),
    ("agdal", {"Rabat", "Fès"}), ("Oulad Azzouz", {"Oulad Azzouz"}), ("Ameur", {"Ameur", "Ameur Seflia"}), ("canada", {"Montréal", "Vancouver", "Calgary"}),
    ("dcheira", {"Dcheira El Jihadia", "Dcheira"}), ("rabat salé", {"Rabat", "Salé"}),
])  # fmt: skip
def test_a_shared_name_is_asked_back(text: str, names: set[str]) -> None:
    reading = place(text)
    assert isinstance(reading, Which)
    assert {one.name_fr for one, _ in reading.candidates} == names
    labels = [label for _, label in reading.candidates]
    assert len(set(labels)) == len(labels) > 1


def test_labels_speak_the_language_asked_in() -> None:
    reading = place("من العيون")
    assert isinstance(reading, Which)
    assert all("\u0621" <= label[0] <= "\u06d3" for _, label in reading.candidates)


def test_a_place_carries_what_others_need() -> None:
    reading = place("kaza")
    assert isinstance(reading, Found)
    found = reading.value
    assert (found.code, found.region, found.country) == ("06.141.01.0", "06", "MA")
    assert found.timezone == "Africa/Casablanca"
    assert Place.from_json(found.as_json()) == found
    berlin = place("Berlin")
    assert isinstance(berlin, Found)
    assert (berlin.value.code, berlin.value.timezone) == ("DE:Berlin", "Europe/Berlin")


@pytest.mark.parametrize(("lat", "lon", "name"), [
    (33.59, -7.61, "Casablanca"), (34.02, -6.83, "Rabat"), (34.03, -5.0, "Fès"), (52.5, 13.4, "Berlin"), (45.5, -73.6, "Montréal"), (31.63, -8.0, "Marrakech"),
])  # fmt: skip
def test_nearest_place(lat: float, lon: float, name: str) -> None:
    assert nearest_place(lat, lon).name_fr == name


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_has_a_nearest_place(lat: float, lon: float) -> None:
    found = nearest_place(lat, lon)
    assert found.lat is not None
    assert not math.isnan(found.lat)


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    place(text)

"""Whom one of the team means, in the words that they use for it."""

from __future__ import annotations

import pytest

from nlu.commands import announced
from nlu.meaning import Found
from nlu.readers import audience

SAID = {
    "aux mentorés de Fès dans l'artisanat": {
        "role": ["mentee"], "region": ["03"], "sector": ["crafts"],
    },
    "les mentors": {"role": ["mentor"]},
    "mentors et mentorés": {"role": ["mentor", "mentee"]},
    "tout le monde": {},
    "kolchi": {},
    "all mentors": {"role": ["mentor"]},
    "mentees in Souss, crafts, #workshop-fes": {
        "role": ["mentee"], "region": ["09"], "sector": ["crafts"], "tag": ["workshop-fes"],
    },
    "#Atelier": {"tag": ["atelier"]},
    "المستفيدين في سوس، الصناعة التقليدية": {
        "role": ["mentee"], "region": ["09"], "sector": ["crafts"],
    },
    "جميع الموجهين": {"role": ["mentor"]},
    "تنغير": {"region": ["08"]},
    "aux mentors en Allemagne et en France": {"role": ["mentor"], "country": ["DE", "FR"]},
    "les mentorés francophones de l'Oriental en croissance": {
        "role": ["mentee"], "language": ["fr"], "region": ["02"], "stage": ["growing"],
    },
    "mentorés agriculture ou agroalimentaire, région Drâa-Tafilalet": {
        "role": ["mentee"], "sector": ["agriculture", "agro_industry"], "region": ["08"],
    },
    "les femmes de Casablanca": {"unknown": ["femmes"], "region": ["06"]},
    "mentorés de moins de 30 ans": {"role": ["mentee"], "unknown": ["moins", "30"]},
}  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_each_criterion_is_read_and_what_is_not_is_told(text: str) -> None:
    assert audience(text) == Found(SAID[text])


@pytest.mark.parametrize("text", ["", "1", "les jeunes", "bonjour", "#", "ok merci"])
def test_who_names_nobody_is_asked_again(text: str) -> None:
    assert audience(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("annonce Bonjour {name}, jeudi à Fès.", "Bonjour {name}, jeudi à Fès."),
        ("Annonce :\nBonjour à tous", "Bonjour à tous"),
        ("إعلان: مرحبا", "مرحبا"),
        ("new announcement - Hello", "Hello"),
        ("annonce", ""),
        ("une annonce", ""),
        ("bonjour, annonce", ""),
        ("annoncer la date", ""),
    ],
)
def test_the_words_behind_the_command_are_the_text(text: str, words: str) -> None:
    assert announced(text) == words

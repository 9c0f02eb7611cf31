"""Words for options that stand on no button; what names two of them, or none, is asked again."""

from __future__ import annotations

import pytest

from nlu import readers
from nlu.meaning import Found

TOLD = {
    (
        "rhythm",
        "weekly",
    ): "chaque semaine|1 fois par semaine|once a week|kol simana|كل أسبوع|مرة فالسيمانة",
    (
        "rhythm",
        "fortnightly",
    ): "toutes les 2 semaines|toutes les deux semaines svp|tous les 15 jours"
    "|deux fois par mois|every other week|kol jouj simanat|mrtin f chhar|كل أسبوعين|مرتين في الشهر",
    (
        "rhythm",
        "monthly",
    ): "une fois par mois|tous les mois|monthly please|mrra f chhar|كل شهر|شهريا",
    ("months", "m3"): "trois mois|3 mois|three months|tlata chhour|ثلاثة أشهر",
    ("months", "m6"): "six mois|6 mois|half a year|stt chhour|ستة أشهر|6 أشهر",
    ("months", "m12"): "un an|une année|one year|3am|عام|سنة كاملة",
    ("wish", "woman"): "une femme si possible|a woman please|bghit chi mra|شي مرا|أفضل امرأة",
    ("wish", "near"): "quelqu'un de proche|près de chez moi|near me|qrib mni|قريب مني",
    ("wish", "diaspora"): "à l'étranger|someone abroad|mn berra|من الخارج|شي واحد من برا",
    ("wish", "anyone"): "peu importe|ça m'est égal|no preference|li kan|لا فرق عندي|بحال بحال",
}
CASES = [(name, code, said) for (name, code), all_ in TOLD.items() for said in all_.split("|")]


@pytest.mark.parametrize(("name", "code", "said"), CASES)
def test_an_option_in_other_words(name: str, code: str, said: str) -> None:
    assert readers.option(name, said) == Found(code)


@pytest.mark.parametrize(
    "said", ["", "2", "je ne sais pas", "une femme ou peu importe", "jeudi 15h"]
)
@pytest.mark.parametrize("name", ["rhythm", "months", "wish"])
def test_what_names_none_or_two_is_asked_again(name: str, said: str) -> None:
    assert readers.option(name, said) is None

"""Which language a message is in: what we answer in, and what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.language import detect

CASES = {
    ("fr", "fr"): "bonjour|je cherche un mentor|jsuis de kaza|je suis f rbat|Comment ça marche ?|oui bien sûr|j'ai 34 ans|mon projet est à Fès|"
    "Bonjour, je suis Amina, 31 ans, de Fès|aidez moi svp|je vends des tapis en ligne|c'est quoi le prix",
    ("en", "en"): "hi|hello|I am looking for a mentor|how does it work?|I live in Casablanca|yes please|my name is John|what is this|I run a bakery in Rabat",
    ("ar", "ar"): "السلام عليكم|أريد التسجيل في البرنامج|اسمي محمد وأسكن في فاس|ما هو هذا البرنامج؟|كيف يمكنني المشاركة|شكرا جزيلا|محمد|عمري ثلاثون سنة",
    ("ar", "ary"): "واش كاين شي منتور|بغيت نهضر مع شي حد|أنا من طنجة وبغيت نشارك|شنو هادشي|عندي حانوت فالدار|فين نتسجل|بغيت rendez-vous مع mentor ديالي|كنبيع الحوايج",
    ("ar", "arizi"): "salam|slm|slm cv|wakha|34 3am|slm cv, bghit rdv ghedda m3a 6 svp|wach kayn chi mentor f tanja?|khassni n3awn f la compta|"
    "ok merci bzaf|ana auto entrepreneur, bghit ndir SARL|chno howa ICE?|ana mn fes|smiti khadija|3andi boutique d'artisanat|bghit n3ref ch7al",
    (None, None): "ok|👍|/start|/start invite_fr|34|12 345|Amina|Amina Benali|Fès|…||stop|0",
}  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "text"),
    [(told, text) for told, texts in CASES.items() for text in texts.split("|")],
)
def test_detect(expected: tuple[str | None, str | None], text: str) -> None:
    guess = detect(text)
    assert (guess.language, guess.variety) == expected


def test_a_mix_goes_to_the_majority() -> None:
    assert detect("ana Khadija, 34 ans, من طنجة").language == "ar"
    assert (
        detect("salam, je voudrais savoir comment on peut participer au programme").language == "fr"
    )
    assert detect("hi, bonjour, I would like to join the program please").language == "en"


@given(st.text())
def test_any_text_is_guessed_within_bounds(text: str) -> None:
    guess = detect(text)
    assert 0.0 <= guess.confidence <= 1.0
    assert guess.language in ("fr", "ar", "en", None)

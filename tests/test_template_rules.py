"""What WhatsApp would refuse in a template, and what fills one: no network, no database."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import sms
from bot.catalog import Catalog
from bot.wordings import all_worded, filled, worded, wrong
from flows.effects import Phrase
from flows.templates import BY_NAME, TEMPLATES, Template, choose, clean, problems
from tests.templates_kit import ALL, changed

MEETING = BY_NAME["session_tomorrow"]
SHARED = functools.cache(Catalog)


def test_what_we_ship_is_right_and_short(catalog: Catalog) -> None:
    assert wrong(catalog) == []
    assert len(list(all_worded(catalog))) == ALL
    assert len({one.name for one in all_worded(catalog)}) == ALL
    for template in TEMPLATES:
        for language in ("fr", "en", "ar"):
            samples = template.samples.get(language, ())
            values = dict(zip(template.variables, samples, strict=True))
            text = catalog.text(Phrase(template.message, None, values), language, {})
            assert sms.parts(sms.fold(text)) <= (3 if language == "ar" else 2), template.name


@pytest.mark.parametrize(
    "body",
    [
        "Avec {{1}} : {{2}}. À bientôt",
        "Votre séance du {{2}} avec {{1}} approche.",
        "De {{1}} le {{2}} à {{1}}, oui",
    ],
)
def test_good_bodies(body: str) -> None:
    told = problems(MEETING, body, ())
    assert told == (
        [] if "Avec" not in body else ["two variables stand side by side: put a word between them"]
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{{1}}, votre séance est {{2}} ici", "at an end"),
        ("Séance avec {{1}} le {{2}}", "at an end"),
        ("Séance avec {{1}} le {{2}}.", "at an end"),
        ("« {{1}} » vient le {{2}} ici", "at an end"),
        ("Avec {{1}}{{2}} demain", "side by side"),
        ("Avec {{1}}, {{2}} demain", "side by side"),
        ("Avec {{1}} demain", "must name partner, when"),
        ("Avec {{1}} le {{2}} à {{3}} ici", "must name partner, when"),
        ("Avec {{1}} le {{2}} ici" + "x" * 1024, "WhatsApp takes 1024"),
        ("Avec {{1}} le {{2}} ici" + "x" * 550, "shorten it to 550"),
        ("Avec {{1}}\nle {{2}} ici", "on one line"),
        ("Avec {{1}}     le {{2}} ici", "on one line"),
    ],
)
def test_bad_bodies(body: str, told: str) -> None:
    assert [told in problem for problem in problems(MEETING, body, ())] == [True]


@pytest.mark.parametrize(
    ("template", "buttons", "told"),
    [
        (Template("Bad-Name", "UTILITY"), (), "a-z, 0-9 and _"),
        (Template("x" * 513, "UTILITY"), (), "a-z, 0-9 and _"),
        (Template("a", "NEWS"), (), "UTILITY or MARKETING"),  # type: ignore[arg-type]
        (Template("a", "UTILITY"), ("x" * 21,), "1 to 20 characters"),
        (Template("a", "UTILITY"), ("",), "1 to 20 characters"),
        (Template("a", "UTILITY"), ("{{1}}",), "no variable"),
        (Template("a", "UTILITY"), ("a", "b", "c", "d"), "keep 3"),
        (Template("a", "UTILITY"), ("Lire", "Lire"), "read alike"),
    ],
)
def test_bad_templates(template: Template, buttons: tuple[str, ...], told: str) -> None:
    assert [told in one for one in problems(template, "Un message pour vous", buttons)] == [True]


def test_each_variable_has_a_sample_in_each_language() -> None:
    lacks = Template("a", "UTILITY", ("title",), samples={"fr": ("x",), "en": ("a\nb",), "ar": ()})
    told = problems(lacks, "Voici {{1}} pour vous", ())
    assert [one[:5] for one in told] == ["in ar", "in en"]


def test_a_wrong_text_is_told_with_its_place() -> None:
    bad = changed("Votre rendez-vous avec { $partner }", "{ $partner }")
    assert wrong(bad) == [
        "fr-MA: template-session_soon: a variable stands at an end: "
        "put words before the first and after the last"
    ]


def test_two_templates_with_one_text_are_told(catalog: Catalog) -> None:
    first, second = (
        worded(catalog, BY_NAME[name], "fr").body for name in ("waiting", "unfinished")
    )
    assert wrong(changed(second, first)) == [
        "fr-MA: template-unfinished: the text is that of template-waiting: write another"
    ]


def test_a_variable_may_not_choose_words() -> None:
    text = """Your { $partner ->
        [x] meeting
       *[other] session
    } is on { $when }. If"""
    bad = changed("Your meeting with { $partner } is near: { $when }. If", text, "en")
    (told,) = wrong(bad)
    assert told.startswith("en: template-session_soon: the text must name partner, when")


@pytest.mark.parametrize(
    ("value", "most", "told"),
    [
        ("a\n b\t\tc", 20, "a b c"),
        ("x" * 30, 20, "x" * 16 + "..."),
        ("\u2068" + "x" * 30 + "\u2069", 20, "\u2068" + "x" * 15 + "...\u2069"),
        ("  ", 20, ""),
    ],
)
def test_values_are_cleaned(value: str, most: int, told: str) -> None:
    assert clean(value, most) == told


@given(st.text(min_size=1, max_size=2500), st.text(min_size=1, max_size=2500))
def test_text_and_values_always_fit(partner: str, when: str) -> None:
    catalog = SHARED()
    if not partner.split() or not when.split():
        return
    for language in ("fr", "ar", "en"):
        wording = worded(catalog, MEETING, language)
        told = filled(catalog, wording, {"partner": partner, "when": when})
        text = wording.body
        for number, value in told.items():
            text = text.replace(f"{{{{{number}}}}}", value, 1)
            assert "\n" not in value
            assert "     " not in value
        assert len(text) <= 1024


def test_a_latin_name_is_isolated_in_arabic_only(catalog: Catalog) -> None:
    values = {"partner": "Sarah", "when": Phrase("common-item", None, {"item": "x"})}
    assert filled(catalog, worded(catalog, MEETING, "ar"), values)["1"] == "\u2068Sarah\u2069"
    assert filled(catalog, worded(catalog, MEETING, "fr"), values) == {"1": "Sarah", "2": "• x"}
    with pytest.raises(ValueError, match="partner is empty"):
        filled(catalog, worded(catalog, MEETING, "fr"), {**values, "partner": " "})
    with pytest.raises(KeyError):
        filled(catalog, worded(catalog, MEETING, "fr"), {"partner": "Sarah"})


@pytest.mark.parametrize(
    ("approved", "language", "told"),
    [
        ({"fr", "ar", "en"}, "ar", "ar"),
        ({"fr", "en"}, "ar", "fr"),
        ({"ar", "en"}, "fr", "ar"),
        ({"en"}, "fr", "en"),
        (set(), "fr", None),
    ],
)
def test_another_language_stands_in(approved: set[str], language: str, told: str | None) -> None:
    known = {("waiting", one): f"HX{one}" for one in approved} | {("other", "fr"): "HX0"}
    assert choose(known, "waiting", language) == (told and (f"HX{told}", told))

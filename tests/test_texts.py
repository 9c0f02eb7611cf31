"""Catalogs, SMS and rendering: what people read, and what it costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import sms
from bot.catalog import Catalog, CatalogError, check
from bot.channels.base import Limits
from bot.render import Message, for_channel, split
from flows.effects import Phrase

WHATSAPP = Limits(text=1600, buttons=3, rows=10)
SMS = Limits(text=1600, sms=True)


def test_the_catalogs_agree(catalog: Catalog) -> None:
    assert catalog.label("onboarding-consent", "agree", "fr") == "J'accepte"


@pytest.mark.parametrize(
    ("fr", "ar", "told"),
    [
        ("a = un\nb = deux\n", "a = واحد\n", "ar-MA: b is missing"),
        ("a = un { $n }\n", "a = واحد\n", "different variables"),
        ("a = un\na = deux\n", "a = واحد\n", "written twice"),
        ("a = un\n!!! rien\n", "a = واحد\n", "cannot be read near"),
        (
            "a = { $n ->\n   [one] un\n  *[other] plusieurs\n }\n",
            "a = { $n ->\n   [one] واحد\n  *[other] كثير\n }\n",
            "lacks the plural forms",
        ),
    ],
)
def test_a_wrong_catalog_is_told(fr: str, ar: str, told: str) -> None:
    english = fr if "written" not in told and "read" not in told else "a = one\n"
    assert any(told in problem for problem in check({"fr": fr, "ar": ar, "en": english}))
    with pytest.raises(CatalogError):
        Catalog({"fr": fr, "ar": ar, "en": english})


def test_unknown_texts_are_errors(catalog: Catalog) -> None:
    with pytest.raises(CatalogError, match="no message is called nothing"):
        catalog.text(Phrase("nothing"), "fr", {})
    with pytest.raises(CatalogError, match="common-fact"):
        catalog.text(Phrase("common-fact"), "fr", {})


def test_arabic_isolates_a_latin_name_and_french_does_not(catalog: Catalog) -> None:
    phrase = Phrase("common-corrected", None, {"value": "Sarah"})
    assert "\u2068Sarah\u2069" in catalog.text(phrase, "ar", {})
    assert "\u2068" not in catalog.text(phrase, "fr", {})


@pytest.mark.parametrize(
    ("count", "form"),
    [(1, "رقم واحد"), (2, "برقمين"), (3, "3 أرقام"), (11, "11 رقما"), (100, "100 رقم ")],
)
def test_arabic_plurals(catalog: Catalog, count: int, form: str) -> None:
    values = {"items": "x", "count": count, "example": "2 1"}
    text = catalog.text(Phrase("onboarding-levels", None, values), "ar", {})
    assert form in text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1), ("a" * 161, 2), ("é" * 160, 1), ("[" * 80, 1), ("[" * 81, 2),
        ("م" * 70, 1), ("م" * 71, 2), ("م" * 134, 2), ("م" * 135, 3), ("👍", 1), ("", 1),
    ],
)  # fmt: skip
def test_parts(text: str, parts: int) -> None:
    assert sms.parts(text) == parts


def test_folding_is_for_latin_text_only() -> None:
    assert sms.fold("« Où êtes-vous ? » – ça") == '"Où etes-vous ?" - ca'
    assert sms.fold("مدينة «فاس»…") == "مدينة «فاس»…"
    assert sms.fold("\u2068Amina\u2069") == "Amina"


@given(st.text(max_size=3000), st.integers(20, 400))
def test_split_loses_nothing_and_fits(text: str, most: int) -> None:
    pieces = list(split(text, most))
    assert all(len(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def options(count: int, length: int = 8) -> Message:
    return Message("?", tuple("x" * length for _ in range(count)), tuple("abcdefghijkl"[:count]))


@pytest.mark.parametrize(
    ("message", "limits", "style"),
    [
        (options(3), WHATSAPP, "buttons"), (options(4), WHATSAPP, "list"),
        (options(3, 21), WHATSAPP, "list"), (options(11), WHATSAPP, "plain"),
        (options(4, 25), WHATSAPP, "plain"), (options(2), SMS, "plain"),
        (options(0), WHATSAPP, "plain"),
    ],
)  # fmt: skip
def test_options_are_shown_as_the_channel_can(message: Message, limits: Limits, style: str) -> None:
    parts = for_channel(message, limits, "x", "t")
    assert parts[-1].style == style
    if style == "plain" and message.options:
        assert "1. xxx" in parts[-1].text


def test_a_long_text_ends_with_its_buttons() -> None:
    message = Message("Une phrase. " * 150, ("Oui", "Non"), ("yes", "no"))
    parts = for_channel(message, WHATSAPP, "x", "t")
    assert [part.options for part in parts[:-1]] == [()] * (len(parts) - 1)
    assert parts[-1].options == ("Oui", "Non")
    assert len(parts[-1].text) <= WHATSAPP.interactive_text


def test_every_label_fits_a_whatsapp_list(catalog: Catalog) -> None:
    from flows.book import FLOWS
    from flows.steps import Choose

    for flow in FLOWS:
        for step in flow.steps:
            if isinstance(step, Choose):
                for code in step.options:
                    for language in ("fr", "ar", "en"):
                        label = catalog.label(flow.message(step.name), code, language)
                        assert len(label) <= (24 if len(step.options) > 3 else 20), label

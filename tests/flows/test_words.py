"""What our texts tell people to write is understood when they write it."""

from __future__ import annotations

import pytest

from bot.catalog import Catalog
from flows.onboarding import REVIEWED
from nlu.commands import command
from nlu.corrections import correction

PROMISED = {
    "fr": {
        "RETOUR": "back", "PASSER": "skip", "LANGUE": "change_language", "HUMAIN": "talk_to_human",
        "STOP": "stop", "EFFACER": "delete_data", "MES DONNÉES": "my_data",
        "PROFIL": "update_profile", "REPRENDRE": "resume", "START": "resume",
        "OUI": "affirm", "NON": "deny", "changer la ville": "update_profile",
        "changer l'âge": "update_profile",
    },
    "en": {
        "BACK": "back", "SKIP": "skip", "LANGUAGE": "change_language", "HUMAN": "talk_to_human",
        "STOP": "stop", "DELETE MY DATA": "delete_data", "MY DATA": "my_data",
        "PROFILE": "update_profile", "CONTINUE": "resume", "START": "resume",
        "YES": "affirm", "NO": "deny", "change my city": "update_profile",
        "change my age": "update_profile",
    },
    "ar": {
        "رجوع": "back", "تخطي": "skip", "اللغة": "change_language", "موظف": "talk_to_human",
        "توقف": "stop", "مسح معطياتي": "delete_data", "معطياتي": "my_data",
        "حذف بياناتي": "delete_data", "بياناتي": "my_data",
        "ملفي": "update_profile", "استئناف": "resume", "START": "resume",
        "نعم": "affirm", "لا": "deny", "تغيير المدينة": "update_profile",
        "تغيير السن": "update_profile",
    },
}  # fmt: skip
CHANGE = {"fr": "changer", "en": "change", "ar": "تغيير"}


@pytest.mark.parametrize("language", PROMISED)
def test_promised_words_are_commands(language: str) -> None:
    for word, intent in PROMISED[language].items():
        meaning = command(word)
        assert (meaning.intent, meaning.plain, meaning.sure) == (intent, True, True), word


@pytest.mark.parametrize("language", CHANGE)
def test_every_field_can_be_changed_by_its_label(language: str, catalog: Catalog) -> None:
    for field in REVIEWED:
        label = catalog.label(f"onboarding-{field}", "field", language)
        fix = correction(f"{CHANGE[language]} {label}")
        assert fix is not None, label
        assert fix.field == field, label

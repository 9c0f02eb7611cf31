"""What a message asks for by rule, in five varieties, and what must never be taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.commands import Correction, command, correction
from nlu.meaning import BY_RULE, INTENTS
from nlu.normalise import clean, fold, words
from nlu.understand import understand

PLAIN = {
    "stop": "عافاك حبس|stop maintenant|*stop*|🛑|stop|STOP|Stop.|stop!!|S T O P|s.t.o.p|ＳＴＯＰ|st\u200bop|stooooop|stop svp|stop please|STOP STOP|arrêt|ARRET|arrêter|"
    "se désabonner|désinscription|unsubscribe|stop all|أوقف|إيقاف|توقف|تـوقف|ستوب|قف|حبس|حبسو|7bes|hbes|safi 7bes|bonjour stop",
    "resume": "START|unstop|reprendre|recommencer|continuer|continue|ابدأ|إبدأ|bda|nbda|nkemlo|نكملو|/start|/resume|متابعة",
    "menu": "menu|MENU|/menu|القائمة|menu svp",
    "help": "help|HELP|aide|?|؟|/help|/help@MemBot|/nimporte|مساعدة|3awni|عاوني|aide svp|besoin d'aide",
    "back": "0.|retour|back|0|٠|رجوع|rje3|رجع|/back|go back|précédent|retour svp",
    "skip": "passer|skip|next|تخطي|zid|فوت|/skip|je passe|suivant",
    "repeat": "répéter|repeat|أعد|3awd|عاود|pardon|encore une fois|chno|شنو",
    "abandon": "annuler|cancel|إلغاء|الغاء|reset|start over|من جديد|mn jdid|/cancel|laisse tomber|abandonner|je veux annuler",
    "talk_to_human": "bghit nhder m3a chi 7ed 3afak|agent|human|un conseiller|parler à quelqu'un|موظف|chi 7ed|شي حد|/human|je veux parler à quelqu'un svp",
    "delete_data": "supprimer mes données|delete my account|احذف بياناتي|/delete|je veux supprimer mon compte|forget me",
    "my_data": "mes données|my data|بياناتي|/mydata|/privacy|data dyali|المعطيات ديالي",
    "change_language": "/language|changer de langue|parlez arabe|in english please|b l3arbia|hder m3aya b darija|langue|تغيير اللغة|بالعربية عفاك|en français svp|speak english",
    "update_profile": "modifier mon profil|تعديل|changer ma ville|edit my profile|بدل المدينة|bdel lmdina|change my city|/profile|modifier",
    "greet": "bonjour|salam|slm|السلام عليكم|hi|Hello!|bsr|coucou 👋|salam labas|صباح الخير|bonjour ça va ?|salam 3likom",
    "thanks": "merci|merci bcp|thanks|شكرا|choukran|merci bzaf|🙏|lay7fdek|merci beaucoup svp",
    "goodbye": "au revoir|bslama|بسلامة|مع السلامة|bye|à bientôt",
    "affirm": "oui c'est ça|ok d'accord|oui|ok|OK 👍|👍|✅|safi|صافي|wakha|واخا|نعم|iyeh|yes|d'accord|bien sûr|ça marche|ah|mzyan|yes please|ouiiii",
    "deny": "non pas maintenant|non|no|لا|la|lla|lala|non merci|👎|❌|la choukran|pas maintenant|ما بغيتش|mabghitch|لا شكرا",
    "join_programme": "join|rejoindre|je veux participer|bghit ndkhol|انضم|je veux m'inscrire|بغيت نشارك|أريد التسجيل|sign up",
    "become_mentor": "devenir mentor|become a mentor|je suis mentor|I want to be a mentor",
    "programme_info": "c'est quoi|what is this|ما هو البرنامج|chno hadchi|c'est quoi mem",
    "bot_challenge": "are you a bot|tu es un robot ?|هل أنت روبوت|robot",
    "cost": "prix|combien ça coûte|c'est gratuit ?|bchhal|بشحال|how much|fabor|هل هو مجاني",
}  # fmt: skip

WITHIN = {
    "stop": "je ne veux plus recevoir vos messages svp|could you stop sending me these things|ما بغيتش رسائل ديالكم|لا أريد رسائل منكم|ma bghitch messages dyalkom",
    "talk_to_human": "bonjour je voudrais parler à quelqu'un de chez vous|bghit nhder m3a chi 7ed mn 3andkom|بغيت نهضر مع شي حد من عندكم|can I talk to a human here",
    "delete_data": "pouvez-vous supprimer toutes mes données de vos serveurs|bghit 7yed compte dyali mn hna",
    "find_mentor": "salam je cherche un mentor|bghit chi mentor f tanja|بغيت منتور فالتسويق|I am looking for a mentor in Rabat",
    "join_programme": "bonjour, comment s'inscrire au programme|slm kifach ntsjel m3akom|كيفاش نتسجل معاكم|hello how can i join your thing",
    "become_mentor": "bonjour j'aimerais devenir mentor bénévole|bghit nkoun mentor m3akom|أريد أن أصبح مرشدا متطوعا",
    "cost": "slm wach fabor had lprogramme|est-ce que c'est gratuit pour les femmes",
    "schedule_session": "slm cv, bghit rdv ghedda m3a 6 svp|je veux prendre rendez-vous avec mon mentor",
    "running_late": "désolé je serai en retard de 10 min|sorry I'm running late",
    "funding": "besoin de financement|khassni flous bach nbda",
    "abandon": "stop non en fait laisse tomber je reviens",
    "change_language": "english|français|العربية",
}  # fmt: skip


def _cases(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(intent, text) for intent, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("intent", "text"), _cases(PLAIN))
def test_a_whole_message_is_a_command(intent: str, text: str) -> None:
    meaning = command(text)
    assert (meaning.intent, meaning.plain, meaning.sure) == (intent, True, True)


@pytest.mark.parametrize(("intent", "text"), _cases(WITHIN))
def test_a_command_within_a_sentence(intent: str, text: str) -> None:
    meaning = command(text)
    assert (meaning.intent, meaning.plain) == (intent, False)


@pytest.mark.parametrize(
    "text",
    [
        "baraka",
        "braka",
        "باراكا",
        "بركا",
        "stpo",
        "aret",
        "stopp",
        "END",
        "quit",
        "sotp",
        "arrete",
    ],
)
def test_a_near_stop_is_asked_back(text: str) -> None:
    meaning = command(text)
    assert (meaning.intent, meaning.sure) == ("stop", False)


@pytest.mark.parametrize(
    "text",
    ["je veux stopper mon ancien mentor", "don't stop", "annuler", "safi", "cancel", "shop", "step", "top", "صافي", "إلغاء",
     "ما بغيتش", "baraka llahou fik", "le bus s'arrête à Fès", "non stop", "stock", "sport", "habib", "nous avons arrêté l'usine",
     "je veux plus de messages", "توقيت", "موقف", "mon activité est en arrêt", "stop ou encore"],
)  # fmt: skip
def test_never_a_stop(text: str) -> None:
    assert command(text).intent != "stop"


@pytest.mark.parametrize(
    "text", ["Amina", "34", "Fès", "je vends des tapis", "محمد", "textile", "", "   ", "…", "🌍"]
)
def test_an_answer_is_no_command(text: str) -> None:
    assert command(text).intent is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("english", "en"), ("français", "fr"), ("العربية", "ar"), ("parlez arabe", "ar"), ("in english please", "en"),
     ("b l3arbia", "ar"), ("hder m3aya b darija", "ar"), ("بالفرنسية عفاك", "fr"), ("je préfère en français", "fr")],
)  # fmt: skip
def test_the_language_asked_for(text: str, language: str) -> None:
    meaning = command(text)
    assert meaning.intent == "change_language"
    assert [entity.value for entity in meaning.entities] == [language]


def test_a_deep_link_carries_its_payload() -> None:
    meaning = command("/start inv_42-x")
    assert [(e.entity, e.value, e.start, e.end) for e in meaning.entities] == [
        ("payload", "inv_42-x", 7, 15)
    ]


def test_every_intent_of_the_data_is_known() -> None:
    from nlu.lexicon import rows

    told = {row["intent"] for row in rows("keywords")}
    told |= {row["value"] for row in rows("command_marks") if row["kind"] in ("slash", "sign")}
    assert told <= {*INTENTS, *BY_RULE}


@pytest.mark.parametrize(
    ("text", "kind", "field", "value"),
    [
        ("non, c'est Fès", "value", None, "Fès"),
        ("je voulais dire 34", "value", None, "34"),
        ("pardon, c'est Amina", "value", None, "Amina"),
        ("la, ana mn fes", "value", None, "fes"),
        ("لا، أنا من فاس", "value", None, "فاس"),
        ("no, it's Fez", "value", None, "Fez"),
        ("sorry I meant Rabat", "value", None, "Rabat"),
        ("sme7 lia, ana mn tanja", "value", None, "tanja"),
        ("سمح ليا، طنجة", "value", None, "طنجة"),
        ("changer la ville", "field", "place", None),
        ("modifier mon âge", "field", "age", None),
        ("change my city", "field", "place", None),
        ("بدل المدينة", "field", "place", None),
        ("bdel lmdina", "field", "place", None),
        ("je veux changer mon nom svp", "field", "name", None),
        ("bghit nbdel lwe9t dyali", "field", "availability", None),
        ("change my city to Rabat", "field", "place", "Rabat"),
        ("my name is spelled Aicha", "field", "name", "Aicha"),
        ("mon nom s'écrit Aïcha", "field", "name", "Aïcha"),
        ("اسمي يكتب عائشة", "field", "name", "عائشة"),
        ("ma ville c'est Fès pas Casa", "field", "place", "Fès"),
        ("non, mon secteur c'est textile", "field", "sector", "textile"),
    ],
)
def test_corrections(text: str, kind: str, field: str | None, value: str | None) -> None:
    assert correction(text) == Correction(kind, field, value)


@pytest.mark.parametrize(
    "text",
    [
        "non",
        "non merci",
        "la",
        "oui",
        "je suis de Fès",
        "Amina",
        "changer de langue",
        "34",
        "",
        "لا شكرا",
        "annuler",
        "je vends des tapis",
    ],
)
def test_no_correction(text: str) -> None:
    assert correction(text) is None


@given(st.text())
def test_nothing_raises(text: str) -> None:
    understand(text)
    correction(text)


@given(st.text())
def test_fold_is_idempotent_and_words_agree(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert [word.text for word in words(text)] == folded.split()


@given(st.text())
def test_clean_is_idempotent_and_storable(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Arrêt!!", "arret"), ("٣٤", "34"), ("۳۴", "34"), ("أُوقِف", "اوقف"), ("مـــساء", "مسا"), ("l’Oriental", "l oriental"), ("2️⃣", "2"),
     ("ouiiii", "oui"), ("1000", "1000"), ("\u202eabc\u202c", "abc"), ("Œuvre", "oeuvre"), ("فاطمة", "فاطمه"), ("ﻻ", "لا"), ("سلامممم", "سلام")],
)  # fmt: skip
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_very_long_message_is_cut() -> None:
    assert len(clean("a" * 10_000)) == 4096
    understand("stop " * 100_000)

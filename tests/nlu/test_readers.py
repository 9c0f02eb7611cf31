"""What each reader makes of an answer, in French, Arabic, Darija in both scripts and English."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu import readers
from nlu.meaning import Found, Reading, Which
from nlu.readers import (
    activity,
    age,
    choice,
    choices,
    full_name,
    languages,
    legal_form,
    levels,
    number,
    phone,
    sector,
    skills,
    stage,
    yes_no,
)  # fmt: skip

YEAR = 2026


def value(reading: Reading) -> Any:
    """What was found; a list of what it could be; or None."""
    if isinstance(reading, Which):
        return [one for one, _ in reading.candidates]
    return reading.value if reading else None


def cases(table: dict[Any, str]) -> list[tuple[Any, str]]:
    return [(told, text) for told, texts in table.items() for text in texts.split("|")]


NUMBERS = {
    2: "2|٢|2️⃣|deux|juj|جوج|i have two|zouj",
    3: "3|trois|j'en ai 3|tlata|ثلاثة|three|3 personnes",
    4: "j'ai un atelier et 4 employées",
    18: "dix-huit|18|eighteen|ثمانية عشر|tmntach",
    22: "vingt-deux|twenty two|22 ans",
    23: "tlata w 3chrin|vingt-trois|ثلاثة وعشرون",
    30: "tlatin|ثلاثين|trente|thirty|ثلاثون",
    34: "34|trente-quatre|34 ans|j'ai 34 ans|3ndi 34 3am|rb3a w tlatin|أربعة وثلاثين|٣٤|۳۴|34ans|thirty-four",
    45: "rb3in w khamsa|خمسة و أربعون|quarante cinq",
    71: "soixante et onze|soixante-et-onze",
    80: "quatre-vingts|80|quatre vingt|ثمانين|eighty",
    97: "quatre-vingt-dix-sept|ninety seven",
    100: "cent|مية|100|mya",
    None: "bonjour|beaucoup||un atelier de couture à la maison|1000|101|m3a|7aja|34x5y",
}  # fmt: skip


@pytest.mark.parametrize(("told", "text"), cases(NUMBERS))
def test_number(told: int | None, text: str) -> None:
    assert value(number(text, 0, 100)) == told


def test_two_numbers_are_asked_back() -> None:
    assert value(number("2 ou 3", 0, 10)) == [2, 3]
    assert value(number("2 ou 300", 0, 10)) == 2


AGES = {
    30: "ثلاثين سنة|عمري ثلاثون سنة|30",
    31: "I'm 31|31 years old|31yo|thirty one|31 سنة",
    34: "34|34 ans|j'ai 34 ans|trente-quatre ans|3ndi 34 3am|34 3am|34sna|عندي 34 عام|j'ai 2 enfants et 34 ans|mzyoud f 1992|1992|rb3a w tlatin 3am",
    36: "né en 1990|née le 12/03/1990|مواليد 1990|1990|born in 1990|née en 90",
    None: "5|150|bonjour|la trentaine|1850|2025|",
}


@pytest.mark.parametrize(("told", "text"), cases(AGES))
def test_age(told: int | None, text: str) -> None:
    assert value(age(text, YEAR)) == told


YES_NO = {
    True: "oui|Oui.|OUI!!|ouais grave|oui je veux bien|bien sûr que oui|pas de souci|ok|daccord|d'accord|mwafe9|na3am|نعم|نعم أوافق|ah|ah oui|iyeh bghit|"
    "wakha a khoya|safi wakha|machi mouchkil|ماشي مشكل|ما كاين مشكل|why not|sure thing|yes I agree|I agree|j'accepte les conditions|👍🏽|✅|بالطبع|أكيد|y|oui bien sûr, avec plaisir",
    False: "non|nooon|non pas du tout|non je préfère pas|pas vraiment|لا أوافق|لا|la|lla|lala|lla choukran|la merci|ah non|no way|nope|I don't want to|"
    "je n'accepte pas|je refuse|👎|❌|non non|n|لا شكرا|mabghitch|ما بغيتش",
    None: "oui mais non|peut-être|je ne sais pas|pourquoi?|la ville de Fès|labas|1|bonjour|aide|est-ce que oui ?|merci|",
}  # fmt: skip


@pytest.mark.parametrize(("told", "text"), cases(YES_NO))
def test_yes_no(told: bool | None, text: str) -> None:
    assert value(yes_no(text)) is told


LABELS = ["Finance et comptabilité", "Marketing", "Vente", "Digital / e-commerce", "Juridique"]
CHOICE = {
    0: "1|1)|1er|first|lwel|الأول|finance|comptabilité|Finance et comptabilité|finance et compta|option 1|la première|رقم 1",
    1: "2|2.|٢|2️⃣|la 2|le deuxième|the second one|الثاني|n°2|option 2|choix 2|tani|bghit tania|deux|جوج|je veux la 2|marketing|markting|le marketing svp|2 svp|2ème",
    2: "3|vente|les ventes|plutôt vente|trois|الخيار الثالث|third",
    3: "digital|e-commerce|ecommerce|4",
    4: "juridique|le dernier|the last one|juridique svp|5",
    None: "7|0|12|six|oui|je ne sais pas|j'hésite|pas marketing|et|ma|bonjour||les deux|tout",
}  # fmt: skip


@pytest.mark.parametrize(("told", "text"), cases(CHOICE))
def test_choice(told: int | None, text: str) -> None:
    assert value(choice(text, LABELS)) == told


def test_choice_among_likes_is_asked_back() -> None:
    calls = ["Appel vidéo", "Appel vocal", "En personne"]
    assert value(choice("appel", calls)) == [0, 1]
    assert value(choice("appel video", calls)) == 0
    assert value(choice("je prefere appel vocal", calls)) == 1
    assert value(choice("finance ou marketing", LABELS)) == [1, 0]


def test_choice_by_synonym_emoji_and_short_label() -> None:
    assert value(choice("iyeh", ["Oui", "Non"], [["yes", "iyeh"], ["no", "la"]])) == 0
    assert value(choice("la", ["نعم", "لا"], [["oui"], ["la", "non"]])) == 1
    assert value(choice("🔴", ["🟢", "🔴"])) == 1
    assert value(choice("لا", ["نعم", "لا"])) == 1
    assert value(choice("2 ans", ["1 an", "2 ans", "3 ans"])) == 1


CHOICES = {
    (0, 2): "1 3|1,3|1-3|1 et 3|1 و 3|1er et 3e|1;3|1 3 3|1 w 3",
    (0, 3): "1 et 4|finance, digital|finance et digital|je veux finance et e-commerce|1+4",
    (1, 2): "٢ و ٣|marketing w vente|marketing, vente|2 3",
    (3, 1): "digital puis marketing|4 2",
    (0, 1, 2): "1 à 3|1, 2 et 3|finance marketing vente",
    (1,): "2|marketing",
    None: "13|135|1 2 3 4|6|1 9|rien|je ne sais pas|tout|kolchi|les deux||0",
}


@pytest.mark.parametrize(("told", "text"), cases(CHOICES))
def test_choices(told: tuple[int, ...] | None, text: str) -> None:
    assert value(choices(text, LABELS, (), 3)) == told


@pytest.mark.parametrize("text", ["tout", "kolchi", "كلشي", "all", "tous", "الكل"])
def test_all_choices(text: str) -> None:
    assert value(choices(text, LABELS, (), 5)) == (0, 1, 2, 3, 4)


def test_both_and_thirteen() -> None:
    assert value(choices("les deux", ["a1", "b2"], (), 2)) == (0, 1)
    assert value(choices("13", [f"label {n}" for n in range(13)], (), 3)) == (12,)
    assert value(choices("التسويق والمالية", LABELS, [["المالية"], ["التسويق"]], 3)) == (1, 0)


NAMES = {
    "Amina Benali": "Je m'appelle Amina Benali|amina benali|AMINA BENALI|nom: Amina Benali|Amina Benali, 34 ans|  amina   benali !|bonjour je m'appelle amina benali",
    "Khadija": "ana khadija|ana smiti khadija|ana Khadija, 34 ans|smiti khadija|KHADIJA|khadija 🙂",
    "محمد": "اسمي محمد|محمد|أنا محمد|سميتي محمد|انا اسمي محمد وعمري 30 سنة",
    "فاطمة الزهراء": "أنا فاطمة الزهراء|فاطمة الزهراء",
    "عائشة": "عائشة|اسمي عائشة|أنا عائشة، 30 سنة",
    "Said": "moi c'est Said|smiti said|c'est Said|said",
    "John": "I'm John|my name is John|this is John|call me john",
    "Youssef El Idrissi": "youssef el idrissi|mon nom est Youssef El Idrissi|salam ana youssef el idrissi mn casa",
    "Ahmed Ben Ali": "ahmed ben ali|Ahmed Ben Ali.",
    "Mohamed Ait Ahmed": "mohamed ait ahmed",
    "Jean-Pierre O'Neil": "jean-pierre o'neil",
    "Fatima-Zahra El Mansouri": "fatima-zahra el mansouri|Mme Fatima-Zahra El Mansouri",
    "Youssef Haddad": "youssef haddad|je m'appelle youssef haddad",
    "Ghizlane Wiam": "ghizlane wiam",
    None: "bonjour|salam|oui|non|34|help|je suis couturière|je suis de Fès|ana mn fes|je suis marocaine|pourquoi ?|comment|je ne sais pas|👍|Fès|Casablanca|textile|"
    "je vends des tapis|je ne veux pas donner mon nom|a|ok|merci|ça va|labas|mohamed@gmail.com|0612345678|English|stop|شكون نتا|لا|نعم|عايشة فبرلين|c'est bon|une femme||ana f dar",
}  # fmt: skip


@pytest.mark.parametrize(("told", "text"), cases(NAMES))
def test_full_name(told: str | None, text: str) -> None:
    assert value(full_name(text)) == told


@pytest.mark.parametrize(("text", "count", "told"), [
    ("2 1 3", 3, (2, 1, 3)), ("2,1,3", 3, (2, 1, 3)), ("213", 3, (2, 1, 3)), ("2/5 1/5", 2, (2, 1)),
    ("2", 3, (2,)), ("٢ ١ ٣", 3, (2, 1, 3)), ("deux", 1, (2,)), ("niveau 3/5", 1, (3,)), ("1 et 2", 2, (1, 2)),
    ("6", 1, None), ("2 1", 3, None), ("abc", 1, None), ("55", 3, None), ("", 1, None), ("0", 1, None), ("216", 3, None),
])  # fmt: skip
def test_levels(text: str, count: int, told: tuple[int, ...] | None) -> None:
    assert value(levels(text, count)) == told


PHONES = {
    "+212612345678": "0612345678|06 12 34 56 78|06-12-34-56-78|+212612345678|00212612345678|212612345678|6 12 34 56 78|+212 (0)6 12 34 56 78|"
    "٠٦١٢٣٤٥٦٧٨|mon numéro est 0612345678|whatsapp:+212612345678|appelez moi au 06.12.34.56.78 svp",
    "+33612345678": "+33 6 12 34 56 78|0033612345678",
    None: "0612|12|non||2026|1990-01-01",
}


@pytest.mark.parametrize(("told", "text"), cases(PHONES))
def test_phone(told: str | None, text: str) -> None:
    assert value(phone(text)) == told


STAGES = {
    "idea": "juste une idée|j'ai une idée|une idée de startup|pas encore lancé|je veux créer mon entreprise|3andi ghir fikra|mazal ma bditch|عندي غير فكرة|مجرد فكرة|just an idea",
    "launched_informal": "j'ai déjà commencé|j'ai lancé il y a 2 ans|informel|je travaille au noir|pas encore enregistrée|bdit khdama bla wra9|بديت بلا وراق|already started, not registered|sans statut",
    "registered": "j'ai une SARL|je suis auto-entrepreneur|société créée en 2020|enregistré|msejla|3andi charika|عندي شركة|مسجلة|registered company",
    "growing": "je me développe|j'ai 3 salariés|croissance|nkebber lmachro3|أريد توسيع المشروع|we are growing",
    None: "oui|2|bonjour|",
}


@pytest.mark.parametrize(("told", "text"), cases(STAGES))
def test_stage(told: str | None, text: str) -> None:
    assert value(stage(text)) == told


FORMS = {
    "auto_entrepreneur": "auto entrepreneur|auto-entrepreneur|autoentrepreneuse|AE|مقاول ذاتي|ana auto entrepreneur",
    "sarl": "sarl|s.a.r.l|LLC|ndir SARL|شركة ذات مسؤولية محدودة|c'est une SARL",
    "sarl_au": "SARL AU|sarl à associé unique|j'ai une SARL AU",
    "sa": "SA|société anonyme|شركة مساهمة",
    "cooperative": "coopérative|coop|ta3awniya|تعاونية|التعاونية ديالنا",
    "association": "association|جمعية|jam3iya",
    "individual": "entreprise individuelle|personne physique|sole proprietor",
    None: "sa boutique est grande|aucune|pas encore|oui|bonjour|",
}


@pytest.mark.parametrize(("told", "text"), cases(FORMS))
def test_legal_form(told: str | None, text: str) -> None:
    assert value(legal_form(text)) == told


SECTORS = {
    "crafts": "je vends des tapis|artisanat|3andi boutique d'artisanat|poterie de safi|bijoux|I sell rugs online|zellige|الصناعة التقليدية|je vends des tapis en ligne",
    "textile": "boutique de vêtements|couture|je fais des caftans|كنبيع الحوايج|محل خياطة|vente de vêtements en ligne|j'ai une SARL dans le textile",
    "tourism": "restaurant|gîte rural|agence de voyage|traiteur|food truck|café|مطعم",
    "agriculture": "huile d'argan|coopérative d'argan|تعاونية ديال العسل|élevage de poulets|fla7a|safran de taliouine|produits du terroir",
    "digital": "appli mobile|développeur web|mobile app for farmers|startup|برمجة",
    "agro_industry": "halwa|pâtisserie|kanssawb l7alwa|I run a bakery|jus de fruits|couscous|حلويات",
    "commerce": "coiffure|salon de coiffure|عندي حانوت|epicerie|vente en ligne|commerce|hanout",
    "forest_paper": "menuiserie|menuisier|imprimerie|نجار", "mechanics": "soudure|حداد",
    "education": "école privée|crèche|cours de soutien", "transport": "transport de marchandises|livraison|taxi",
    "energy": "panneaux solaires|الطاقة الشمسية", "culture": "photographe|graphiste", "leather": "sacs en cuir",
    "consulting": "consulting|cabinet comptable", "construction": "plombier|BTP", "chemistry": "savon naturel",
    None: "oui|bonjour|je ne sais pas|34|Amina||j'ai 31 ans",
}  # fmt: skip


@pytest.mark.parametrize(("told", "text"), cases(SECTORS))
def test_sector(told: str | None, text: str) -> None:
    assert value(sector(text)) == told


def test_two_sectors_are_asked_back_by_name() -> None:
    reading = sector("je fais des babouches en cuir")
    assert isinstance(reading, Which)
    assert dict(reading.candidates) == {"crafts": "Artisanat", "leather": "Cuir"}


SKILLS = {
    ("finance",): "la compta|besoin d'aide en compta|المحاسبة والضرائب|accounting",
    ("sales",): "trouver des clients|find customers|khassni klyan|المبيعات",
    ("marketing",): "instagram|réseaux sociaux|التسويق|social media",
    ("fundraising",): "financement|9rd|قرض|lever des fonds|التمويل|khassni flous",
    ("export",): "tasdir|export|التصدير",
    ("legal",): "juridique|lwra9|القانون",
    ("hr",): "recruter|hiring people|الموارد البشرية",
    ("operations",): "gestion de stock|logistique|الجودة",
    ("digital",): "site web|website|موقع إلكتروني",
    ("strategy",): "business plan|strategy and growth",
    ("marketing", "sales"): "marketing et vente|التسويق والبيع|marketing w lbi3",
    None: "oui|bonjour|je ne sais pas|",
}


@pytest.mark.parametrize(("told", "text"), cases(SKILLS))
def test_skills(told: tuple[str, ...] | None, text: str) -> None:
    assert value(skills(text)) == told


LANGUAGES = {
    ("ary",): "darija|الدارجة", ("ar",): "arabe|العربية", ("en",): "english|الإنجليزية",
    ("fr", "ar"): "français et arabe|je parle français en plus de l'arabe|الفرنسية والعربية",
    ("fr", "ar", "en"): "fr, ar, en|français, arabe, anglais",
    ("ary", "fr"): "darija w français", ("ber",): "amazigh|tachelhit|chel7a|تشلحيت",
    ("ber", "ary"): "tamazight et darija", None: "oui|allemand||bonjour",
}  # fmt: skip


@pytest.mark.parametrize(("told", "text"), cases(LANGUAGES))
def test_languages(told: tuple[str, ...] | None, text: str) -> None:
    assert value(languages(text)) == told


@pytest.mark.parametrize("text", [
    "je vends des tapis", "couture", "restaurant", "vente de produits", "kanbi3 l7wayj", "كنبيع الحوايج", "I run a bakery",
    "une application pour les agriculteurs",
])  # fmt: skip
def test_activity(text: str) -> None:
    assert value(activity(f"  {text}\u200b ")) == text


@pytest.mark.parametrize("text", ["bonjour", "c'est quoi ?", "aide", "oui", "34", "comment ça marche", "je veux parler à quelqu'un", "rien", "asdf", ""])  # fmt: skip
def test_no_activity(text: str) -> None:
    assert activity(text) is None


@given(st.text() | st.text(alphabet="0123456789 abcdefghmnostwé'-,.:/٣٤صباحول", max_size=40))
def test_no_reader_raises(text: str) -> None:
    number(text, 0, 100)
    age(text, YEAR)
    yes_no(text)
    choice(text, LABELS, [["compta"]])
    choices(text, LABELS, (), 3)
    levels(text, 3)
    for name in (
        "full_name",
        "place",
        "phone",
        "stage",
        "legal_form",
        "sector",
        "skills",
        "languages",
        "activity",
        "availability",
    ):
        getattr(readers, name)(text)


@given(st.lists(st.text(), max_size=6), st.text())
def test_choice_answers_within_the_list(labels: list[str], text: str) -> None:
    reading = choice(text, labels)
    if isinstance(reading, Found):
        assert 0 <= reading.value < len(labels)

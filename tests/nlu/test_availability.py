"""Weekly hours as people say them, in five varieties."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.dates import Window, availability
from nlu.meaning import Found

CASES = {
    "13 18:00-21:00": "mardi et jeudi soir|tuesday and thursday evenings|الثلاثاء والخميس مساء|tlat w lkhmis f lil|mardi, jeudi soir|les mardis et jeudis soir",
    "5 09:00-12:00": "le samedi matin|samedi matin|saturday morning|السبت صباحا|nhar sebt sbah|sebt f sbah|السبت فالصباح",
    "0123456 18:00-21:00": "tous les jours après 18h|le soir|every evening|after work|mor lkhedma|kol nhar mn b3d 6|tous les soirs|every day after 6pm|كل يوم بعد الساعة السادسة مساء",
    "01234 09:00-12:00": "en semaine entre 9h et 12h|en semaine le matin|weekday mornings|du lundi au vendredi de 9h à 12h|lundi-vendredi 9h-12h",
    "0 18:00-20:00": "kol nhar tnin m3a 6|lundi à 18h|lundi 18:00|monday 6pm|lundi 6 du soir|الاثنين على الساعة السادسة مساء|lundi 18 h",
    "56 09:00-20:00": "week-end|le weekend|weekends|نهاية الأسبوع|f lwikend|samedi et dimanche|samedi dimanche",
    "1 18:00-20:00": "كل ثلاثاء على الساعة السادسة مساء|mardi 18h|every tuesday at 6",
    "01234 18:00-21:00": "weekday evenings|en semaine le soir|من الاثنين إلى الجمعة بعد الساعة السادسة|du lundi au vendredi après 18h",
    "6 10:00-12:00": "sunday 10-12|dimanche 10h-12h|الأحد من 10 إلى 12|l7ed mn 10 l 12|dimanche entre 10h et 12h",
    "3 14:00-18:00": "lkhmis f l3chiya|jeudi après-midi|thursday afternoon|الخميس بعد الزوال|الخميس فالعشية",
    "0123456 09:00-20:00": "n'importe quand|anytime|أي وقت|tous les jours|every day|ay we9t|dima|flexible|toujours disponible|كل يوم",
    "0 09:00-20:00": "lundi|الاثنين|nhar tnin|mondays",
    "0123 09:00-20:00": "du lundi au jeudi|monday to thursday|lundi-jeudi|من الاثنين إلى الخميس",
    "012356 09:00-20:00": "tous les jours sauf le vendredi|every day except friday|كل يوم ما عدا الجمعة",
    "1 18:30-20:30": "mardi à 18h30|mardi 18:30|mardi 18 h 30|mardi 6:30 du soir",
    "6 09:00-12:00": "dimanche avant midi|dimanche matin|l7ed f sbah|sunday mornings",
    "2 15:00-17:00": "larb3 mn 3 l 5|mercredi de 15h à 17h|wednesday 3-5|mercredi 3pm to 5pm|الأربعاء من 3 إلى 5",
    "4 10:00-12:00": "vendredi à partir de 10h jusqu'à 12h|vendredi 10-12|vendredi matin 10h",
    "4 09:00-12:00;5 18:00-21:00": "vendredi matin ou samedi soir|friday morning or saturday evening|الجمعة صباحا والسبت مساء",
    "4 20:00-23:59": "vendredi de 20h à 0h|vendredi 20h-24h|friday 8pm to midnight",
    "1 19:00-21:00;3 20:00-22:00": "mardi 19h ou jeudi 20h",
    "0123456 09:00-12:00;0123456 18:00-21:00": "matin et soir|le matin ou le soir",
    "": "oui|je ne sais pas|demain 18h|la semaine prochaine|bonsoir|34|3 fois par semaine||aide|merci",
}  # fmt: skip


def shown(windows: tuple[Window, ...]) -> str:
    return ";".join(f"{''.join(map(str, one.days))} {one.start}-{one.end}" for one in windows)


@pytest.mark.parametrize(
    ("told", "text"), [(told, text) for told, texts in CASES.items() for text in texts.split("|")]
)
def test_availability(told: str, text: str) -> None:
    reading = availability(text)
    assert shown(reading.value if isinstance(reading, Found) else ()) == told


def test_a_window_is_json() -> None:
    assert Window((1,), "18:00", "21:00").as_json() == {
        "days": [1],
        "start": "18:00",
        "end": "21:00",
    }


WORDS = ["lundi", "mardi", "soir", "matin", "18h", "9h30", "à", "de", "après", "avant", "entre", "et", "sauf", "3", "6", "12", "midi", "m3a", "-", "24h", "0h", "pm", "من", "السبت", "مساء"]  # fmt: skip


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join) | st.text())
def test_windows_are_sound(text: str) -> None:
    reading = availability(text)
    for window in reading.value if isinstance(reading, Found) else ():
        assert window.start < window.end <= "23:59"
        assert set(window.days) <= set(range(7))
        assert list(window.days) == sorted(set(window.days))

"""Somebody is erased in the middle of an accompaniment: nothing of them stays with the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.catalog import Catalog
from bot.clock import Clock
from bot.rehearsal import Rehearsal
from bot.transcript import Player, entries
from storage.pairing import mentors, pairs, requests
from storage.tables import people
from tests.conftest import MONDAY, settings_for
from tests.test_conversations import FOLDER

ERASED = {
    "fr": ("Amina", "Benali|Amina|612 34 56 78|212600000061|tapis|fixer mes prix|6001"),
    "ar": ("Fatima", "فاطمة|العلوي|212600000062|الزرابي التقليدية|أحدد أثمنتي|6011"),
    "en": ("Salma", "Salma|Amrani|612 34 56 78|212600000063|carpets|set my prices|6021"),
}
"""Who is erased first in each transcript, and what must not be found of them and of the mentor."""
MENTOR = "Idrissi|Karim|export de textile|تصدير النسيج|exporting textiles"


@pytest.mark.parametrize("language", ERASED)
async def test_no_file_tells_of_whom_was_erased(
    language: str, tmp_path: Path, catalog: Catalog
) -> None:
    """Names, numbers and words of both are gone from every file, the write-ahead log included."""
    rehearsal = Rehearsal(settings_for(f"sqlite:///{tmp_path}/mem.db"), Clock(MONDAY), catalog)
    await rehearsal.begin()
    player = Player(rehearsal, FOLDER / "mentoring")
    for entry in entries((FOLDER / "mentoring" / f"erased_{language}.txt").read_text("utf-8")):
        if not entry.is_seen:
            await player.play(entry)
    name, traces = ERASED[language]
    assert await rehearsal.show(player.people[name]) == {}
    assert await rehearsal.show(player.people["Karim"]) == {}
    async with rehearsal.app.database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(people)) == 1
        for table in (mentors, pairs, requests):
            assert await connection.scalar(select(func.count()).select_from(table)) == 0
    await rehearsal.app.keep_house()
    await rehearsal.end()
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for trace in (*traces.split("|"), *MENTOR.split("|")):
        assert trace.encode() not in left, trace
    assert b"Rabat" in left or "الرباط".encode() in left, "the one who stays is kept"

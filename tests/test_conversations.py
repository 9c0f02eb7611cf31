"""Transcripts are the tests: each is played through the real turn on a real database file.

A transcript is played as it is written (by label), and again with every choice answered by number
and by tap, and on PostgreSQL; all must end with the same stored data.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.catalog import Catalog
from bot.clock import Clock
from bot.rehearsal import Rehearsal
from bot.transcript import Entry, Player, entries
from tests.conftest import MONDAY, settings_for

FOLDER = Path(__file__).parent / "conversations"
FILES = sorted(FOLDER.rglob("*.txt"))
IDS = [str(file.relative_to(FOLDER)) for file in FILES]
TIMES = ("created_at", "seen_at", "at", "registered_at", "updated_at", "opened_at", "opted_out_at")
OF_WORDS = ("messages", "variety")
"""What is kept of the words themselves: a number and a tap are in no variety of a language."""


Played = tuple[str, dict[str, Any]]
_played: dict[Path, Played] = {}
"""What each transcript came to as it is written, so that it need not be played for every test."""


async def as_written(file: Path, url: str, catalog: Catalog) -> Played:
    if file not in _played:
        _played[file] = await play(file, url, catalog)
    return _played[file]


async def play(file: Path, url: str, catalog: Catalog, how: str = "") -> Played:
    """(the transcript as it plays now, what is stored about each person at the end)."""
    rehearsal = Rehearsal(settings_for(url), Clock(MONDAY), catalog)
    await rehearsal.begin()
    player = Player(rehearsal, file.parent, how=how)
    written: list[str] = []
    try:
        for entry in entries(file.read_text(encoding="utf-8")):
            if entry.is_seen:
                continue
            written.append(_entry_text(entry))
            written.extend(await player.play(entry))
        shown = {name: await rehearsal.show(at) for name, at in player.people.items()}
    finally:
        await rehearsal.end()
    return "\n\n".join(written) + "\n", {name: _lasting(data) for name, data in shown.items()}


def _entry_text(entry: Entry) -> str:
    return entry.text if entry.is_comment else entry.text.replace("\n", "\n    ")


def _lasting(data: Any) -> Any:
    """What must not depend on how an answer was given: no times, no words of messages."""
    if isinstance(data, dict):
        return {k: _lasting(v) for k, v in data.items() if k not in (*TIMES, *OF_WORDS)}
    return [_lasting(item) for item in data] if isinstance(data, list) else data


@pytest.mark.parametrize("file", FILES, ids=IDS)
async def test_transcript(
    file: Path, sqlite: str, catalog: Catalog, request: pytest.FixtureRequest
) -> None:
    played, _ = await as_written(file, sqlite, catalog)
    if request.config.getoption("--accept"):
        file.write_text(played, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == played


@pytest.mark.parametrize("file", FILES, ids=IDS)
async def test_numbers_labels_and_taps_end_alike(
    file: Path, sqlite: str, tmp_path: Path, catalog: Catalog
) -> None:
    _, written = await as_written(file, sqlite, catalog)
    for how in ("number", "tap"):
        _, stored = await play(file, f"sqlite:///{tmp_path}/{how}.db", catalog, how)
        assert stored == written, how


@pytest.mark.parametrize("file", FILES, ids=IDS)
async def test_the_same_on_postgresql(
    file: Path, postgres: str, sqlite: str, catalog: Catalog
) -> None:
    assert await play(file, postgres, catalog) == await as_written(file, sqlite, catalog)

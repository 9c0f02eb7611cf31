"""The operators' list: out as CSV, changed, back whole; nothing from a file with a mistake."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import migrate, schemes
from storage.database import Database
from tests.conftest import settings_for
from tests.test_command import mem

NOW = datetime(2026, 11, 25, tzinfo=UTC)
GOOD = schemes.write_csv(schemes.first_content())


async def _ready(url: str) -> Database:
    database = Database(settings_for(url).database.url)
    await migrate.migrate(database)
    return database


async def test_the_first_content_is_there_and_only_what_is_shown_is_told(database_url: str) -> None:
    database = await _ready(database_url)
    async with database.read() as connection:
        listed = await schemes.listed(connection)
        told = await schemes.shown(connection, NOW)
    await database.close()
    assert {row["topic"] for row in told} == set(schemes.TOPICS)
    assert len(listed) > len(told)
    assert all(row["shown"] for row in told)


async def test_what_is_over_is_not_told(database_url: str) -> None:
    database = await _ready(database_url)
    first, *others = schemes.first_content()
    ended = {**first, "until": (NOW - timedelta(days=1)).date()}
    async with database.write() as connection:
        await schemes.replace(connection, [ended, *others])
        told = await schemes.shown(connection, NOW)
    await database.close()
    assert first["code"] not in {row["code"] for row in told}


def test_a_list_survives_its_journey() -> None:
    assert schemes.read_csv("\ufeff" + GOOD) == schemes.first_content()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("forsa,funding", "forsa,money"), "line 4: topic is funding or formalisation"),
        (("2026-11-23", "23/11/26"), "seen_on is a date such as 2026-11-23"),
        (("forsa.ma", "see their page"), "link is one address"),
        ((",yes,", ",perhaps,"), "shown is yes or no"),
        (("Forsa,", "F" * 81 + ","), "name_fr is longer than 80 characters"),
        (("code,", "kode,"), "line 1: the columns code are missing"),
        (("indh_p3", "forsa"), "forsa stands twice: delete one"),
        (("برنامج فرصة", ""), "name_ar is empty"),
    ],
)
def test_a_mistake_is_named(change: tuple[str, str], told: str) -> None:
    lines = schemes.write_csv(sorted(schemes.first_content(), key=lambda row: row["topic"]))
    with pytest.raises(schemes.BadList, match=told):
        schemes.read_csv(lines.replace(*change))


def test_the_command_takes_a_whole_list_or_nothing(tmp_path: Path) -> None:
    database = {"MEM_DATABASE__URL": f"sqlite:///{tmp_path / 'mem.db'}"}
    file = tmp_path / "list.csv"
    assert mem("schemes", "export", str(file), **database).returncode == 0
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(",no,", ",yes,"), encoding="utf-8")
    assert (
        "nothing was changed" in mem("schemes", "import", str(file), "--dry-run", **database).stdout
    )
    assert mem("schemes", "import", str(file), **database).returncode == 0
    file.write_text(text.replace(",funding,", ",gold,"), encoding="utf-8")
    refused = mem("schemes", "import", str(file), **database)
    assert refused.returncode == 1
    assert "topic is funding or formalisation" in refused.stderr
    shown = mem("schemes", "list", **database).stdout
    assert "intelaka" in shown
    assert "gold" not in shown

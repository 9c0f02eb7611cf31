"""Real things for tests: a database file, a PostgreSQL server, the app over either."""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest

import bot  # noqa: F401  resets the zone path before any zone is loaded
from bot.catalog import Catalog
from bot.clock import Clock
from bot.rehearsal import Rehearsal
from bot.settings import Settings
from storage import migrate
from storage.database import Database
from tests.postgres import empty_database, server

# Machines are noisy: an example that takes long is not wrong.
hypothesis.settings.register_profile("mem", deadline=None)
hypothesis.settings.load_profile("mem")

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite transcripts as they play now")


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own MEM_ variables must not change what is tested."""
    for name in [name for name in os.environ if name.startswith("MEM_") and "TEST" not in name]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real server of our own (socket only), or of MEM_TEST_PG_URL."""
    if url := os.environ.get("MEM_TEST_PG_URL"):
        yield url
        return
    try:
        with server() as made:
            yield made.url
    except FileNotFoundError as error:
        pytest.fail(str(error)) if os.environ.get("CI") else pytest.skip(str(error))


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[str]:
    """The address of an empty database on that server."""
    with empty_database(postgres_server, f"t{uuid.uuid4().hex[:12]}") as url:
        yield url


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mem.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    url: str = request.getfixturevalue(request.param)
    return url


def settings_for(url: str, **changes: object) -> Settings:
    """Nora of the team writes from telegram:9001."""
    return Settings(database={"url": url}, programme={"operators": ["telegram:9001"]}, **changes)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of either kind."""
    made = Database(settings_for(database_url).database.url)
    await migrate.migrate(made)
    yield made
    await made.close()


@pytest.fixture
async def rehearsal(database_url: str, catalog: Catalog) -> AsyncIterator[Rehearsal]:
    """The whole pipeline over either database, with recording channels and a standing clock."""
    made = Rehearsal(settings_for(database_url), Clock(MONDAY), catalog)
    await made.begin()
    yield made
    await made.end()


@pytest.fixture
async def with_sms(database_url: str, catalog: Catalog) -> AsyncIterator[Rehearsal]:
    """A programme that has an SMS number beside its WhatsApp one."""
    twilio = {
        "account_sid": f"AC{'0' * 32}", "auth_token": "x" * 32, "sms_number": "+212500000001",
    }  # fmt: skip
    server = {"public_url": "https://mentorat.example.ma"}
    settings = settings_for(database_url, twilio=twilio, server=server)
    made = Rehearsal(settings, Clock(MONDAY), catalog)
    await made.begin()
    yield made
    await made.end()

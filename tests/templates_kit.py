"""Templates under test: a database, the far side, what we do with it, and a text that changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot import templates
from bot.catalog import LOCALES, Catalog, _read
from bot.settings import Settings
from bot.templates import Pushed, Seen
from flows.templates import TEMPLATES
from storage import templates as rows
from storage.database import Database
from tests.channels.channels_peer import Seen as Request
from tests.conftest import settings_for
from tests.content_api import ContentApi

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TOKEN = "canary-token"
ALL = len(TEMPLATES) * 3


def changed(old: str, new: str, language: str = "fr") -> Catalog:
    """The catalog with one text written differently."""
    sources = {one: _read(locale) for one, locale in LOCALES.items()}
    assert old in sources[language]
    return Catalog({**sources, language: sources[language].replace(old, new)})


class Rig:
    """A database, the far side, and the two things we do with it."""

    def __init__(
        self, database: Database, api: ContentApi, settings: Settings, catalog: Catalog
    ) -> None:
        self.database, self.api, self.settings = database, api, settings
        self.catalog = catalog

    async def push(self, catalog: Catalog | None = None) -> list[Pushed]:
        async with templates.connected(self.settings.twilio) as client:
            return await templates.push(client, self.database, catalog or self.catalog, NOW)

    async def refresh(self) -> list[Seen]:
        async with templates.connected(self.settings.twilio) as client:
            return await templates.refresh(client, self.database, NOW)

    async def approved(self) -> dict[tuple[str, str], str]:
        async with self.database.read() as connection:
            return await rows.approved(connection)

    async def status(self, name: str, language: str) -> tuple[str, str | None]:
        row = (await templates.by_key(self.database))[name, language]
        return row.status, row.reason


def settings_at(url: str, api: ContentApi) -> Settings:
    twilio = {
        "account_sid": "AC" + "1" * 32,
        "auth_token": TOKEN,
        "whatsapp_number": "+212600000099",
        "api_base": api.url,
    }
    return settings_for(url, twilio=twilio, server={"public_url": "https://mem.example.org"})


def makes(name: str, language: str) -> Callable[[Request], bool]:
    """The request that makes this template in this language."""

    def hits(seen: Request) -> bool:
        return (
            (seen.method, seen.path) == ("POST", "/v1/Content")
            and seen.json["friendly_name"].startswith(f"mem_{name}_")
            and seen.json["language"] == language
        )

    return hits


def submits(seen: Request) -> bool:
    return seen.path.endswith("/whatsapp")

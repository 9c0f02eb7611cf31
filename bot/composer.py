"""What a message says on its way out: as it was written, as an announcement, or as a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import wordings
from bot.catalog import Catalog
from bot.channels.base import Outbound
from bot.reach import Asked
from bot.render import Message
from flows.rules.announcement import text_for, worded
from flows.templates import BY_NAME, choose
from storage import broadcasts


class Composer:
    """Words for a lane. The texts of broadcasts are kept: they do not change once they are sent."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._broadcasts: dict[int, Row[Any]] = {}

    async def learn(self, connection: AsyncConnection, rows: Sequence[Row[Any]]) -> None:
        """Read the broadcasts that these messages belong to."""
        wanted = {row.broadcast_id for row in rows} - {None} - self._broadcasts.keys()
        if wanted:
            self._broadcasts |= await broadcasts.by_id(connection, wanted)

    def message(self, row: Row[Any], language: str, name: str) -> Message:
        """What a row says, to somebody who reads this language and is called so."""
        if row.broadcast_id is not None:
            return self.announcement(self._broadcasts[row.broadcast_id], language, name)
        message = Message.from_json(row.payload)
        return message if message.text else self.short(message, language)

    def announcement(self, sent: Row[Any], language: str, name: str) -> Message:
        """What a broadcast says: its text in a language that it has, and the way out."""
        text, language = text_for(sent.texts, sent.fallback, language)
        way_out = self._catalog.label("broadcast-way-out", "", language)
        return Message(f"{worded(text, name)}\n{way_out}", language=language)

    def short(self, message: Message, language: str) -> Message:
        """What the message's template says: the short form of it, for an SMS too."""
        return Message(self._filled(message.template, language)[0], language=language)

    def template(self, one: Asked, name: str, usable: Mapping[tuple[str, str], str]) -> Outbound:
        """A template in the person's language, or in another that is approved."""
        found = choose(usable, name, one.language)
        assert found is not None, "the contact rules name a template that may be used"
        sid, language = found
        text, variables = self._filled(one.row.payload["template"], language)
        return Outbound(one.row.address, text, language=language, content=sid, variables=variables)

    def _filled(self, told: Mapping[str, Any], language: str) -> tuple[str, tuple[str, ...]]:
        """The text of a template, and the values in it."""
        wording = wordings.worded(self._catalog, BY_NAME[told["name"]], language)
        variables = wordings.filled(self._catalog, wording, told["values"])
        return wordings.in_words(wording.body, variables), tuple(variables.values())

"""A session as a file for one's own calendar, behind an address that nobody guesses."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Row
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.catalog import Catalog
from bot.clock import Clock
from bot.invite import MEDIA_TYPE, UID_ENDS, Invite, calendar_file
from flows.effects import Phrase
from storage import sessions
from storage.database import Database

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class Calendars:
    """The address in a confirmation: always the session as it is now, or its cancellation."""

    def __init__(self, database: Database, catalog: Catalog, clock: Clock) -> None:
        self._database = database
        self._catalog = catalog
        self._clock = clock

    def routes(self) -> list[Route]:
        return [Route("/calendar/{role}/{name}.ics", self._file)]

    async def _file(self, request: Request) -> Response:
        role, name = request.path_params["role"], request.path_params["name"]
        async with self._database.read() as connection:
            row = await sessions.named(connection, f"{name}{UID_ENDS}")
        if row is None or role not in ("mentee", "mentor"):
            return PlainTextResponse("404", 404, HEADERS)
        gone = row.state == "cancelled"
        invite, now = self._invite(row, role), self._clock.now()
        file = calendar_file(invite, "CANCEL" if gone else "REQUEST", now)
        shown = {"Content-Disposition": 'attachment; filename="mentoring-mem.ics"'}
        return Response(file, media_type=MEDIA_TYPE, headers={**HEADERS, **shown})

    def _invite(self, row: Row[Any], role: str) -> Invite:
        """In the words of the one whose calendar it is for."""
        other = row.mentor_name if role == "mentee" else row.mentee_name
        language = (row.mentee_language if role == "mentee" else row.mentor_language) or "fr"
        summary = Phrase("session-calendar", "summary", {"partner": (other or "").split(" ")[0]})
        way = Phrase("scheduling-ways", row.way)
        return Invite(
            uid=row.uid,
            sequence=row.sequence,
            start=row.starts_at,
            minutes=row.minutes,
            summary=self._catalog.text(summary, language, {}),
            description=self._catalog.text(way, language, {}),
            link=row.link,
            organizer="Mentoring MeM",
        )

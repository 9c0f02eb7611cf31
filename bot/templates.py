"""Templates at Twilio's Content API: made once, submitted to WhatsApp, their states followed.

Making needs no approval, sending beyond the 24 hours does. A content is stored here as soon as it
is made; one whose answer was lost is found again by its name instead of being made twice.
https://www.twilio.com/docs/content/content-api-resources
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from sqlalchemy.engine import Row
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentContext, ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from bot.catalog import LOCALES, Catalog
from bot.channels.base import ChannelError, Later
from bot.channels.twilio import UNREADABLE, TwilioHttp
from bot.settings import TwilioSettings
from bot.wordings import Wording, all_worded
from flows.templates import BAD, BY_NAME
from storage import templates
from storage.database import Database

T = TypeVar("T")
UNSUBMITTED = "unsubmitted"
GONE = "deleted"
TRIES = 3
LONGEST_WAIT = 20.0
"""Seconds that we wait where Twilio says how long; told to wait longer, we leave it to the next push."""
_NOT_THERE = ("20404", "404")
Done = Literal["made", "found", "submitted", "kept", "failed"]
Known = Mapping[tuple[str, str], Row[Any]]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of one wording; ``problem`` says what to change where it failed."""

    wording: Wording
    done: Done
    status: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What Twilio says of one wording; ``problem`` where it could not be asked."""

    name: str
    language: str
    before: str
    status: str
    reason: str = ""
    problem: str = ""

    @property
    def turned_bad(self) -> bool:
        return self.status != self.before and self.status in BAD


@asynccontextmanager
async def connected(settings: TwilioSettings) -> AsyncIterator[Client]:
    """Twilio's client for the account of the settings; asks nothing of Twilio by itself."""
    http = TwilioHttp(settings.api_base, timeout=10)
    token = settings.auth_token.get_secret_value()
    try:
        yield Client(settings.account_sid, token, http_client=http)
    finally:
        await http.close()


def to_make(wordings: Iterable[Wording], known: Known) -> list[Wording]:
    """The wordings that Twilio does not have as they stand in the catalogs now."""
    return [one for one in wordings if not _is_there(one, known)]


async def push(client: Client, database: Database, catalog: Catalog, now: datetime) -> list[Pushed]:
    """Make and submit what is new or changed; one that fails does not stop the others."""
    wordings = list(all_worded(catalog))
    known = await by_key(database)
    pusher = _Pusher(client, database, now)
    return [await pusher.push(one, known) for one in wordings]


async def by_key(database: Database) -> Known:
    """What was pushed, by template and language; one that is no longer sent is left out."""
    async with database.read() as connection:
        rows = await templates.known(connection)
    return {(row.name, row.language): row for row in rows if row.name in BY_NAME}


def _is_there(wording: Wording, known: Known) -> bool:
    row = known.get((wording.template.name, wording.language))
    return row is not None and row.version == wording.version and row.status != GONE


class _Pusher:
    """One push. What Twilio has by name is asked once, and only if something is to be made."""

    def __init__(self, client: Client, database: Database, now: datetime) -> None:
        self._client, self._database, self._now = client, database, now
        self._named: dict[tuple[str, str], str] | None = None

    async def push(self, wording: Wording, known: Known) -> Pushed:
        try:
            if not _is_there(wording, known):
                return await self._make_and_submit(wording)
            row = known[wording.template.name, wording.language]
            if row.status != UNSUBMITTED:
                return Pushed(wording, "kept", row.status)
            return Pushed(wording, "submitted", await self._submit(wording, row.sid, fresh=False))
        except ChannelError as error:
            return Pushed(wording, "failed", problem=_what_to_do(wording, error))

    async def _make_and_submit(self, wording: Wording) -> Pushed:
        sid = (await self._there()).get((wording.name, wording.language))
        found = sid is not None
        if sid is None:
            sid = await _patiently(lambda: self._make(wording))
        async with self._database.write() as connection:
            name, language, version = wording.template.name, wording.language, wording.version
            await templates.put(connection, name, language, version, sid, UNSUBMITTED, self._now)
        status = await self._submit(wording, sid, fresh=not found)
        return Pushed(wording, "found" if found else "made", status)

    async def _there(self) -> dict[tuple[str, str], str]:
        if self._named is None:
            contents = self._client.content.v1.contents
            records = await _patiently(lambda: _read(contents.list_async(page_size=500)))
            self._named = {
                (record.friendly_name or "", record.language or ""): record.sid
                for record in records
                if record.sid
            }
        return self._named

    async def _make(self, wording: Wording) -> str:
        request = ContentList.ContentCreateRequest(
            {"friendly_name": wording.name, **wording.content}
        )
        made = await _read(self._client.content.v1.contents.create_async(request))
        if not isinstance(made.sid, str) or not made.sid:
            raise Later("no sid")
        return made.sid

    async def _submit(self, wording: Wording, sid: str, *, fresh: bool) -> str:
        """Ask for approval, unless that was done and only its answer was lost."""
        content = self._client.content.v1.contents(sid)
        status, reason = UNSUBMITTED, ""
        if not fresh:
            status, reason = await _patiently(lambda: _approval(content, wording.template.category))
        if status == UNSUBMITTED:
            status = await _patiently(lambda: _ask(content, wording))
        async with self._database.write() as connection:
            key = (wording.template.name, wording.language)
            await templates.mark(connection, *key, status, reason, self._now, sid=sid)
        return status


async def refresh(client: Client, database: Database, now: datetime) -> list[Seen]:
    """Ask Twilio how each stands and keep it; one that cannot be asked stays as it was."""
    seen = [await _look(client, row) for row in (await by_key(database)).values()]
    async with database.write() as connection:
        for one, sid in seen:
            if not one.problem:
                key = (one.name, one.language)
                await templates.mark(connection, *key, one.status, one.reason, now, sid=sid)
    return [one for one, _ in seen]


async def _look(client: Client, row: Row[Any]) -> tuple[Seen, str]:
    content = client.content.v1.contents(row.sid)
    status, reason, problem = row.status, row.reason or "", ""
    try:
        told = await _patiently(lambda: _approval(content, BY_NAME[row.name].category))
        # What a send has shown, a state of the content cannot deny.
        status, reason = told if row.status != "mismatch" else (status, reason)
    except ChannelError as error:
        if error.code in _NOT_THERE:
            status, reason = GONE, ""
        else:
            problem = f"Twilio could not be asked ({error.code}): try again later"
    return Seen(row.name, row.language, row.status, status, reason, problem), row.sid


async def _approval(content: ContentContext, category: str) -> tuple[str, str]:
    """(status, reason); the reason of an approved one is another category, which costs more.

    https://www.twilio.com/docs/content/content-api-resources#fetch-an-approval-status-request
    """
    told = (await _read(content.approval_fetch().fetch_async())).whatsapp
    answer = told if isinstance(told, dict) else {}
    status = str(answer.get("status") or UNSUBMITTED).lower()
    reason = str(answer.get("rejection_reason") or "")
    theirs = str(answer.get("category") or category).upper()
    if theirs != category and not reason:
        reason = f"WhatsApp counts it as {theirs}"
    return status, reason


async def _ask(content: ContentContext, wording: Wording) -> str:
    """https://www.twilio.com/docs/content/content-api-resources#submit-templates-for-approval"""
    request = ApprovalCreateList.ContentApprovalRequest(
        {"name": wording.name, "category": wording.template.category}
    )
    answer = await _read(content.approval_create.create_async(request))
    return str(answer.status or "received").lower()


async def _read(call: Awaitable[T]) -> T:
    try:
        return await call
    except UNREADABLE:
        raise Later("unreadable") from None


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Try again where Twilio says when; a lost answer is not tried again here, it may have worked."""
    for _ in range(TRIES - 1):
        try:
            return await call()
        except Later as later:
            if later.seconds is None or later.seconds > LONGEST_WAIT:
                raise
            await asyncio.sleep(later.seconds)
    return await call()


def _what_to_do(wording: Wording, error: ChannelError) -> str:
    if error.code in ("401", "20003"):
        return "Twilio refuses the account: correct MEM_TWILIO__AUTH_TOKEN"
    if isinstance(error, Later):
        wait = f" in {error.seconds:.0f} seconds" if error.seconds else ""
        return f"Twilio did not take it now ({error.code}): push again{wait}"
    where = f"{wording.template.message} in flows/messages/{LOCALES[wording.language]}"
    return f"Twilio refused it ({error.code}): read https://www.twilio.com/docs/api/errors/{error.code} and change {where}"

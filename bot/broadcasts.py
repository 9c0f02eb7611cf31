"""Announcements: checked, previewed as they would really go, sent once, and accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import sms
from bot.channels.sms import Sms
from bot.composer import Composer
from bot.reach import Surroundings, asked
from bot.render import Message, for_channel
from bot.settings import PriceSettings
from flows.rules.announcement import LONGEST, TITLE, unknown_variables
from flows.rules.contact import WAITING, may_write
from flows.rules.partners import SECTORS, STAGES
from nlu.lexicon import rows
from nlu.meaning import LANGUAGES
from storage import broadcasts

LONGEST_NAME = "Abdelmoughite"
"""First names are rarely longer: what a text costs at most."""
AT_ONCE = 2000
"""Copies that a preview decides about at a time."""
OPENS = ("", "talk_to_human", "become_mentor", "find_mentor", "update_profile", "schedule_session")
"""What a plain yes to an announcement may lead to; empty: somebody of the team."""


class DraftError(ValueError):
    """A draft that cannot be sent; the text says what to change."""


def check(title: str, texts: Mapping[str, str], fallback: Sequence[str], opens: str = "") -> None:
    """Raises DraftError for what would puzzle its readers or never arrive."""
    if not title.strip() or len(title) > TITLE or "\n" in title:
        raise DraftError(f"the title is one line of 1 to {TITLE} characters: change --title")
    if not texts:
        raise DraftError("there is no text: give --fr, --ar or --en")
    for language, text in texts.items():
        if not text.strip() or len(text) > LONGEST:
            raise DraftError(f"--{language}: write 1 to {LONGEST} characters, not {len(text)}")
        if wrong := unknown_variables(text):
            raise DraftError(f"--{language}: only {{name}} can be filled in, not {{{wrong[0]}}}")
    if unknown := [one for one in fallback if one not in LANGUAGES]:
        raise DraftError(f"--fallback names fr, ar and en only, not {unknown[0]}")
    if not any(one in texts for one in fallback) and len(texts) < len(LANGUAGES):
        raise DraftError("--fallback names no language that has a text: who reads others gets none")
    if opens not in OPENS:
        raise DraftError(f"--opens is one of {', '.join(one for one in OPENS if one)}")


def check_audience(wanted: Mapping[str, Any]) -> None:
    """Raises DraftError for a word that would leave the audience empty by mistake."""
    known = {
        "role": broadcasts.ROLES,
        "sector": SECTORS,
        "stage": STAGES,
        "language": LANGUAGES,
        "region": tuple(row["code"] for row in rows("regions_ma")),
    }
    for name, values in known.items():
        for value in wanted.get(name, ()):
            if value not in values:
                raise DraftError(f"--{name} is one of {', '.join(values)}; not {value}")


def mornings(
    zones: Sequence[str], day: date | None, hour: time | None, now: datetime, default: str
) -> dict[str, datetime]:
    """When it goes, by zone: at this hour of this day on each clock; neither: now.

    "" is for who has no zone.
    """
    due = {zone: _morning(zone, day, hour, now) for zone in {*zones, default}}
    return due | {"": due[default]}


def _morning(zone: str, day: date | None, hour: time | None, now: datetime) -> datetime:
    if day is None and hour is None:
        return now
    day = day or now.astimezone(ZoneInfo(zone)).date()
    return max(now, datetime.combine(day, hour or time(), ZoneInfo(zone)).astimezone(UTC))


@dataclass(slots=True)
class Preview:
    """What would happen: how many copies go how, wait why, or never go, and what that costs."""

    size: int = 0
    ways: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(channel, how): free text, template or notice on WhatsApp, SMS parts are apart."""
    waits: Counter[str] = field(default_factory=Counter)
    never: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    sms_parts: int = 0
    cost: float = 0.0

    @property
    def goes(self) -> int:
        return sum(self.ways.values())


@asynccontextmanager
async def _made(
    connection: AsyncConnection, row: Row[Any], zone: str, now: datetime
) -> AsyncIterator[int]:
    """All copies, and how many, while this lasts: then they are taken back."""
    trial = await connection.begin_nested()
    yield await _expand(connection, row, zone, now)
    await trial.rollback()


async def _expand(connection: AsyncConnection, row: Row[Any], zone: str, now: datetime) -> int:
    due = mornings(await broadcasts.zones(connection), row.day, row.hour, now, zone)
    return await broadcasts.expand(connection, row, due, now)


async def preview(
    connection: AsyncConnection, row: Row[Any], around: Surroundings, composer: Composer,
    prices: PriceSettings, now: datetime,
) -> Preview:  # fmt: skip
    """Make every copy, decide about each as the sender will, and take it all back."""
    told = Preview()
    async with _made(connection, row, around.timezone, now) as told.size:
        last = 0
        while copies := await broadcasts.copies(connection, row.id, last, AT_ONCE):
            last = copies[-1].id
            await composer.learn(connection, copies)
            await _decide(connection, copies, told, around, composer, prices)
    return told


async def _decide(
    connection: AsyncConnection, copies: Sequence[Row[Any]], told: Preview,
    around: Surroundings, composer: Composer, prices: PriceSettings,
) -> None:  # fmt: skip
    for copy in copies:
        if copy.state == "dropped":
            told.never[copy.error] += 1
    going = [copy for copy in copies if copy.state == "new"]
    if not going:
        return
    for one in (await asked(connection, going, around, going[0].due_at))[0]:
        decision = may_write(one.reach, one.matter, one.row.due_at, around.policy)
        if decision.verdict == "later" and decision.at is not None:
            told.waits[decision.reason] += 1
            # A window that is open now may be shut by then.
            decision = may_write(one.reach, one.matter, decision.at, around.policy)
        if decision.verdict == "never":
            told.never[decision.reason] += 1
            continue
        way = decision.verdict if decision.verdict in ("template", "notice") else "text"
        channel = decision.channel or one.row.channel
        message = composer.message(one.row, one.language, one.first_name)
        told.ways[channel, way] += 1
        told.languages[message.language] += 1
        if channel == "sms":
            parts = _sms_parts(message)
            told.sms_parts += parts
            told.cost += parts * prices.sms_part
        elif channel == "whatsapp":
            told.cost += prices.whatsapp_marketing if way == "notice" else prices.whatsapp_text


def _sms_parts(message: Message) -> int:
    return sum(sms.parts(part.text) for part in for_channel(message, Sms.limits, "", ""))


async def estimate(
    connection: AsyncConnection, row: Row[Any], composer: Composer, prices: PriceSettings,
    zone: str, now: datetime,
) -> tuple[int, float]:  # fmt: skip
    """How many copies would go, and what they cost at most; nothing is kept of it.

    Quick, for a chat: who can be reached is known, what the moment of sending decides is not.
    """
    async with _made(connection, row, zone, now):
        copies = await broadcasts.by_channel(connection, row.id)
    going, cost = 0, 0.0
    for copy in copies:
        message = composer.announcement(row, copy.language or "fr", LONGEST_NAME)
        each = {
            "sms": _sms_parts(message) * prices.sms_part,
            "whatsapp": prices.whatsapp_marketing + prices.whatsapp_text,
        }
        going += copy.many
        cost += copy.many * each.get(copy.channel, 0.0)
    return going, cost


async def send(
    connection: AsyncConnection, id: int, default_zone: str, now: datetime
) -> tuple[Row[Any], int] | None:
    """Begin to send, in the caller's transaction: all copies or none. None where it is no draft."""
    row = await broadcasts.begin(connection, id, now)
    if row is None:
        return None
    return row, await _expand(connection, row, default_zone, now)


@dataclass(slots=True)
class Status:
    """Where all copies are; the sums are the audience at any time."""

    queued: int = 0
    sending: int = 0
    sent: int = 0
    delivered: int = 0
    read: int = 0
    unsure: int = 0
    held: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)

    @property
    def open(self) -> int:
        return self.queued + self.sending + self.held.total()

    @property
    def total(self) -> int:
        done = self.sent + self.delivered + self.read + self.unsure
        return self.open + done + self.failed.total() + self.suppressed.total()


def status(counts: Sequence[Row[Any]]) -> Status:
    """The counts of ``storage.broadcasts.counts`` by what they mean."""
    told = Status()
    for row in counts:
        if row.state == "new" and row.error in WAITING:
            told.held[row.error] += row.many
        elif row.state in ("new", "sending"):
            name = "queued" if row.state == "new" else "sending"
            setattr(told, name, getattr(told, name) + row.many)
        elif row.state == "dropped":
            told.suppressed[row.error or "other"] += row.many
        elif row.state == "failed" or row.status in ("failed", "undelivered"):
            told.failed[row.error or "unknown"] += row.many
        elif row.state == "unsure":
            told.unsure += row.many
        elif row.status in ("delivered", "read"):
            setattr(told, row.status, getattr(told, row.status) + row.many)
        else:
            told.sent += row.many
    return told

"""The surroundings in which a turn's effects are done."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalog import Catalog
from bot.settings import MatchingSettings, MentoringSettings, PriceSettings, SessionSettings
from flows.effects import Phrase
from flows.people import Person
from flows.rules.score import Weights
from storage import conversations, mentoring, programme
from storage.conversations import Known
from storage.programme import Pending


def random_room() -> str:
    """128 random bits. Hexadecimal: Jitsi does not tell capitals from small letters."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operators set: how candidates are weighed, and how long a request may wait."""

    weights: Weights = field(default_factory=Weights)
    remind: timedelta = timedelta(hours=24)
    expire: timedelta = timedelta(hours=60)
    at_once: int = 20
    """Waiting mentees who are looked at anew when a place becomes free."""
    link_pattern: str = ""
    room: Callable[[], str] = random_room
    """A name that nobody guesses; a rehearsal numbers its rooms instead."""
    operators: tuple[str, ...] = ()
    """Addresses of the team ("telegram:12345"), who hear of who waits and let mentors in."""
    sessions_to_close: int = 6
    """Held sessions after which both are asked whether to close."""
    prices: PriceSettings = field(default_factory=PriceSettings)
    timezone: str = "Africa/Casablanca"
    """Of people whose town we do not know yet."""

    @classmethod
    def of(
        cls,
        matching: MatchingSettings,
        mentoring: MentoringSettings,
        sessions: SessionSettings | None = None,
        operators: tuple[str, ...] = (),
        prices: PriceSettings | None = None,
        timezone: str = "Africa/Casablanca",
    ) -> Rules:
        return cls(
            matching.weights,
            timedelta(hours=mentoring.remind_hours),
            timedelta(hours=mentoring.expire_hours),
            link_pattern=sessions.link_pattern if sessions else "",
            operators=operators,
            sessions_to_close=mentoring.sessions_to_close,
            prices=prices or PriceSettings(),
            timezone=timezone,
        )


@dataclass(slots=True)
class Doing:
    """One effect's surroundings; ``lines`` collects what it has to tell."""

    connection: AsyncConnection
    known: Known
    person: Person
    key: tuple[str, str]
    now: datetime
    public_url: str
    pending: Pending
    rules: Rules
    catalog: Catalog
    inbox_id: int
    """The message or event that this turn serves."""
    lines: list[Phrase] = field(default_factory=list)
    erased: bool = False
    reload: bool = False
    """The person's next message must be served with facts loaded anew."""
    touched: set[int] = field(default_factory=set)
    """Others whose facts changed: theirs are loaded anew as well."""
    told: int = 0
    """Events sent so far: each has a name of its own, so that none comes twice."""


async def open_ticket(doing: Doing, person: int, reason: str, about: str) -> None:
    """Somebody needs a person: it is on the team's list, and those with a chat hear of it."""
    if not await programme.open_ticket(doing.connection, person, reason, about, doing.now):
        return
    for operator in await conversations.at(doing.connection, doing.rules.operators):
        await tell(doing, operator, "ticket", f"{reason}:{person}")


async def tell(doing: Doing, to: int, event: str, subject: str, text: str = "") -> None:
    """Something for a person's own turn, their next one; it is served with facts loaded anew."""
    doing.touched.add(to)
    doing.told += 1
    once = f"{doing.inbox_id}.{doing.told}"
    await mentoring.tell(
        doing.connection, to, event, once, doing.now, subject, text, doing.known.id
    )

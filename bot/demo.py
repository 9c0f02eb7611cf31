"""A believable cohort for an empty database: people, requests, pairs, sessions, one who waits.

Fifty-five people join as rows, the way the conversations store them; two join in their own words,
and whatever happens between two people is played through the real turn. Names are invented, and
all numbers are +2126000000xx. The story ends at the clock's present, so that it never looks old.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any, Final

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.rehearsal import Rehearsal
from bot.settings import Settings
from bot.sheets import read_csv
from bot.transcript import Player, entries
from flows import mentor, onboarding
from flows.lists import Entry, read
from flows.people import Moment
from storage import conversations, mentoring, programme
from storage.conversations import Sender
from storage.database import Database
from storage.pairing import offers, pairs, proposals, requests, sessions
from storage.tables import consents, inbox, people

COHORT: Final = "DEMO26"
_DAYS: Final = 21
"""How long ago the first one joined."""
_AT_ONCE: Final = 8
"""Mentees who join on one day."""
_NEWEST: Final = 16
"""Mentees of the last day, to whom nobody is proposed yet: mem match looks at them."""
_PAIRS: Final = 9
"""Pairs, of which two have not yet said what they want to reach."""
_SKIP: Final = {"fr": "passer", "ar": "تخطي", "en": "skip"}
_AFTER: Final = timedelta(hours=3)
"""After so long both have been asked how a session went."""
_OPEN: Final = 3
"""Requests that mentors have not answered yet."""


@dataclass(frozen=True, slots=True)
class _One:
    """Somebody of the demo, as a row."""

    id: int
    speaker: str
    """Channel and address, as a rehearsal names them."""
    goal: str = ""
    language: str = "fr"


@dataclass(slots=True)
class Demo:
    """The story and the rehearsal that plays it."""

    rehearsal: Rehearsal
    ends: datetime
    people: dict[int, _One] = field(default_factory=dict)

    @classmethod
    def over(cls, settings: Settings, ends: datetime) -> Demo:
        """A demo that ends at that time, over the database of these settings."""
        begins = (ends - timedelta(days=_DAYS)).replace(hour=10, minute=0, second=0, microsecond=0)
        return cls(Rehearsal(settings, Clock(begins)), ends)

    async def play(self) -> None:
        """Fill the database. It must be empty."""
        await self.rehearsal.begin()
        try:
            await self._play()
        finally:
            await self.rehearsal.end()

    async def _play(self) -> None:
        listed = self._listed()
        mentees = [entry for entry in listed if entry.role == "mentee"]
        await self._join([entry for entry in listed if entry.role == "mentor"])
        for day in range(0, len(mentees) - _NEWEST, _AT_ONCE):
            await self._next_day()
            await self._join(mentees[day : day + _AT_ONCE])
            await self._propose(mentees[day : day + _AT_ONCE])
        await self._next_day()
        await self._talk()
        await self._choose()
        await self._look_back()
        await self.rehearsal.move(self.ends)
        await self._join(mentees[-_NEWEST:])
        for mentee in (await self._choosing())[:_OPEN]:
            await self._ask(mentee)

    async def _next_day(self) -> None:
        await self.rehearsal.move(self.rehearsal.clock.now() + timedelta(days=2))

    def _listed(self) -> Sequence[Entry]:
        assert self.rehearsal.catalog is not None
        moment = Moment(self.rehearsal.clock.now(), self.rehearsal.settings.programme.timezone)
        told = read(list(read_csv(_data("demo_people.csv"))), self.rehearsal.catalog, moment)
        assert not told.problems, told.problems
        return told.entries

    async def _join(self, listed: Sequence[Entry]) -> None:
        """They are registered, and approved where they are mentors."""
        now, more = self.rehearsal.clock.now(), _more()
        async with self.rehearsal.app.database.write() as connection:
            for entry in listed:
                told = more[entry.name]
                id = await _register(connection, entry, now)
                self.people[id] = _One(
                    id, f"{entry.channel}:{entry.address}", told["goal"], entry.language or "fr"
                )
                if entry.role == "mentor":
                    await mentoring.decide(connection, id, "approved", now)
                else:
                    await mentoring.prefer(connection, id, told["wish"])
        await self.rehearsal.settle()

    async def _propose(self, listed: Sequence[Entry]) -> None:
        """They hear who is proposed to them, or wait."""
        now = self.rehearsal.clock.now()
        async with self.rehearsal.app.database.write() as connection:
            for entry in listed:
                id = await conversations.person_at(connection, entry.channel, entry.address)
                assert id is not None
                await mentoring.tell(connection, id, "place_free", "demo", now)
        await self.rehearsal.settle()

    async def _talk(self) -> None:
        """Two who join in their own words."""
        player = Player(self.rehearsal)
        for entry in entries(_data("demo_talk.txt")):
            await player.play(entry)

    async def _choose(self) -> None:
        """Some ask the first who is proposed; one is declined, the others begin together."""
        choosing = await self._choosing()
        for mentee in choosing[:_PAIRS]:
            asked = await self._ask(mentee)
            if asked is not None:
                await self._say(asked, "1")
                if mentee.goal:
                    await self._say(mentee, mentee.goal, "2", "2")
                    await self._say(asked, "1")
                    await self._book(mentee, asked)
        for mentee in choosing[_PAIRS : _PAIRS + 1]:
            if asked := await self._ask(mentee):
                await self._say(asked, "4", "1")

    async def _book(self, mentee: _One, mentor: _One) -> None:
        """The first hour that suits both, where there is one."""
        await self._say(mentee, "1")
        async with self.rehearsal.app.database.read() as connection:
            is_offered = await connection.scalar(
                select(func.count())
                .select_from(offers.join(pairs, pairs.c.id == offers.c.pair_id))
                .where(pairs.c.mentee_id == mentee.id)
            )
        if is_offered:
            await self._say(mentor, "1")

    async def _look_back(self) -> None:
        """After each session both say how it went and book the next; the last pair has not said."""
        query = (
            select(sessions.c.mentee_id, sessions.c.mentor_id, sessions.c.starts_at)
            .where(sessions.c.starts_at < self.ends - _AFTER)
            .order_by(sessions.c.starts_at)
        )
        async with self.rehearsal.app.database.read() as connection:
            past = (await connection.execute(query)).all()
        for row in past[:-1]:
            await self.rehearsal.move(row.starts_at + _AFTER)
            mentee, mentor = self.people[row.mentee_id], self.people[row.mentor_id]
            await self._say(mentor, "1", "2", _SKIP[mentor.language])
            await self._say(mentee, "1", "1", _SKIP[mentee.language], _SKIP[mentee.language])
            await self._book(mentee, mentor)

    async def _ask(self, mentee: _One) -> _One | None:
        """The first mentor on the list is asked; who that is, unless their last place went."""
        await self._say(mentee, "1", "1")
        query = select(requests.c.mentor_id).where(
            requests.c.mentee_id == mentee.id, requests.c.state == "asked"
        )
        async with self.rehearsal.app.database.read() as connection:
            asked = await connection.scalar(query)
        return self.people[asked] if asked is not None else None

    async def _choosing(self) -> list[_One]:
        """Mentees to whom somebody is proposed, and who have not asked yet."""
        busy = select(requests.c.mentee_id)
        query = (
            select(proposals.c.mentee_id)
            .where(proposals.c.state == "shown", proposals.c.mentee_id.not_in(busy))
            .distinct()
            .order_by(proposals.c.mentee_id)
        )
        async with self.rehearsal.app.database.read() as connection:
            ids = await connection.scalars(query)
            return [self.people[id] for id in ids if id in self.people]

    async def _say(self, one: _One, *words: str) -> None:
        for said in words:
            await self.rehearsal.write(one.speaker, text=said)


async def is_empty(database: Database) -> bool:
    """Has nobody ever written, and is nobody known?"""
    async with database.read() as connection:
        counts = [
            await connection.scalar(select(func.count()).select_from(table))
            for table in (people, inbox)
        ]
    return not any(counts)


def _data(name: str) -> str:
    return (files("bot") / "data" / name).read_text(encoding="utf-8")


def _more() -> dict[str, dict[str, str]]:
    """What our list says beyond what a list can say: whom a mentee wishes, what they aim at."""
    (_, header), *lines = read_csv(_data("demo_people.csv"))
    told = (dict(zip(header, cells, strict=True)) for _, cells in lines)
    return {row["name"]: row for row in told}


async def _register(connection: AsyncConnection, entry: Entry, now: datetime) -> int:
    """A person as the conversation leaves them: consent, profile, first self-assessment."""
    sender = Sender(entry.channel, entry.address, entry.phone)
    known = (await conversations.load(connection, [sender], now))[sender.key]
    answers = entry.answers
    is_mentor = entry.role == "mentor"
    known.columns.update(
        name=entry.name, gender=answers.get("address_form"), language=entry.language,
        timezone=answers["place"]["timezone"], source=COHORT, seen_at=now,
        registered_at=None if is_mentor else now,
    )  # fmt: skip
    await conversations.save(connection, [known])
    await conversations.heard_from(connection, [sender], now)
    agreed = {
        "person_id": known.id, "purpose": "mentor" if is_mentor else "service", "answer": True,
        "version": onboarding.CONSENT_VERSION, "language": entry.language or "fr",
        "channel": entry.channel, "at": now,
    }  # fmt: skip
    await connection.execute(insert(consents), [agreed])
    if is_mentor:
        told = mentor.profile(answers)
        await mentoring.register(connection, known.id, told, mentor.CONDUCT_VERSION, now)
    else:
        pending = programme.Pending()
        rated = {f"levels.{need}": level for need, level in _levels(answers["needs"], known.id)}
        programme.register(pending, known.id, onboarding.profile({**answers, **rated}), now)
        await pending.write(connection)
    return known.id


def _levels(needs: Sequence[Any], id: int) -> Iterator[tuple[str, int]]:
    """A low level of each need, always the same for the same person."""
    return zip(needs, itertools.islice(itertools.cycle((1, 2, 2, 3)), id % 4, None), strict=False)

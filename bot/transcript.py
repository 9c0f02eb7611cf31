"""Transcripts: conversations as plain text, for people, for tests, for ``mem rehearse``.

# a comment
[Amina = whatsapp:+212600000001]     who speaks, and from where
Amina: Bonjour                        what she writes (further lines are indented)
Amina taps: J'accepte                 an option's label or number
Amina sends: voice                    voice, image, location 34.03,-5.00 or contact +212...
Amina again: Bonjour                  the same webhook as her last message, once more
Mem to Amina: Bonjour ! ...           what she saw; options as [J'accepte] [Non merci]
[now 2026-11-23T10:00+00:00]  [wait P9W]  [restart]
[together 2]                          the next two messages arrive before either is answered
[stored Amina profile.place.name_fr = Fès]
[tickets 1]
[approve Karim]  [decline Karim]      an operator decides about a mentor
[resume Amina]  [end Amina]           an operator decides about her accompaniment
[after joined_fr]                     first, unseen, all that another transcript beside this one tells
[list] or [list approved]             what an operator imports, as CSV on the indented lines below
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.channels.base import Outbound
from bot.rehearsal import NotUnderstood, Rehearsal, Sent, duration
from bot.sheets import read_csv
from flows import lists
from flows.people import Moment
from storage import conversations, mentoring, pairs, programme
from storage.lists import keep

_WHO = re.compile(r"\[(?P<name>\w+) = (?P<address>\S+)\]")
_SAID = re.compile(r"(?P<name>\w+)(?: (?P<how>taps|sends|again))?: ?(?P<what>.*)")
_SEEN = re.compile(r"Mem to (?P<name>\w+): ?(?P<what>.*)")
_LIST = re.compile(r"\[list(?P<approved> approved)?\]\n(?P<csv>.+)", re.DOTALL)
_STORED = re.compile(r"\[stored (?P<name>\w+) (?P<path>\S+) = (?P<value>.*)\]")


@dataclass(slots=True)
class Entry:
    """One entry of a transcript, with the number of its first line."""

    line: int
    text: str

    @property
    def is_seen(self) -> bool:
        return self.text.startswith("Mem to ")

    @property
    def is_comment(self) -> bool:
        return self.text.startswith("#")


@dataclass(slots=True)
class Player:
    """Plays a transcript; ``seen`` is what everybody saw, as entries of the same form."""

    rehearsal: Rehearsal
    folder: Path = Path()
    """Where transcripts that are to be played before this one stand."""
    people: dict[str, str] = field(default_factory=dict)
    last: dict[str, dict[str, Any]] = field(default_factory=dict)
    how: str = ""
    """"number" or "tap": give every answer that a transcript writes as a label so.

    What it taps stays a tap; of several choices at once it writes the numbers.
    """
    together: int = 0
    held: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def play(self, entry: Entry) -> list[str]:
        """Do what an entry says; returns what was seen. Raises NotUnderstood."""
        text = entry.text
        if entry.is_comment:
            return []
        if match := _WHO.fullmatch(text):
            self.people[match["name"]] = match["address"]
            return []
        if match := _STORED.fullmatch(text):
            await self._stored(match["name"], match["path"], match["value"])
            return []
        if match := _LIST.fullmatch(text):
            await self._list(match["csv"], bool(match["approved"]))
            return []
        if text.startswith("["):
            return self._told(await self._direct(text.strip("[]")))
        if match := _SAID.fullmatch(text.split("\n", 1)[0]):
            rest = text.split("\n", 1)[1:]
            return self._told(
                await self._say(
                    match["name"], match["how"] or "", "\n".join([match["what"], *rest])
                )
            )
        raise NotUnderstood(f"line {entry.line}: {text}")

    def _told(self, sent: Iterable[Sent]) -> list[str]:
        names = {address: name for name, address in self.people.items()}
        return [written(names.get(message.to, message.to), message) for message in sent]

    async def _direct(self, words: str) -> list[Sent]:
        verb, _, rest = words.partition(" ")
        if verb == "now":
            return await self.rehearsal.move(datetime.fromisoformat(rest))
        if verb == "wait":
            return await self.rehearsal.move(self.rehearsal.clock.now() + duration(rest))
        if verb == "together":
            self.together = int(rest)
            return []
        if verb == "restart":
            await self.rehearsal.restart()
            return []
        if verb == "tickets":
            await self._tickets(int(rest))
            return []
        if verb == "admit":
            await self._admit(rest)
            return await self.rehearsal.settle()
        if verb in ("approve", "decline"):
            await self._decide(rest, f"{verb}d")
            return await self.rehearsal.settle()
        if verb in ("resume", "end"):
            await self._pair(verb, rest)
            return await self.rehearsal.settle()
        if verb == "after":
            await self._after(rest)
            return []
        raise NotUnderstood(f"no direction is called {verb}")

    async def _say(self, name: str, how: str, what: str) -> list[Sent]:
        speaker = self.people.get(name)
        if speaker is None:
            raise NotUnderstood(f"who is {name}? write [{name} = whatsapp:+212...] first")
        said = self.last[name] if how == "again" else _message(how, what)
        if how != "again":
            said = await self._otherwise(speaker, said)
            said["id"] = self.rehearsal._fresh_id()
            self.last[name] = said
        self.held.append((speaker, said))
        if len(self.held) < self.together:
            return []
        held, self.held, self.together = self.held, [], 0
        return await self.rehearsal.write_all(held)

    async def _otherwise(self, speaker: str, said: dict[str, Any]) -> dict[str, Any]:
        """The same answer by number, label or tap, where it is one of the options shown."""
        answer = str(said.get("text") or "")
        shown = [s for s in self.rehearsal.sent if s.to == speaker]
        options = shown[-1].options if shown else ()
        if not self.how or not answer or not options or answer.isdigit():
            return said
        if answer not in options:
            return said
        number = str(options.index(answer) + 1)
        return {"tap": answer} if self.how == "tap" else {"text": number}

    async def _stored(self, name: str, path: str, value: str) -> None:
        found: Any = await self.rehearsal.show(self.people[name])
        for key in path.split("."):
            if isinstance(found, list):
                found = (
                    found[int(key)] if key.lstrip("-").isdigit() and int(key) < len(found) else None
                )
            else:
                found = (found or {}).get(key)
        if str(found) != value:
            raise NotUnderstood(f"{path} of {name} is {found!r}, not {value!r}")

    async def _tickets(self, count: int) -> None:
        async with self.rehearsal.app.database.read() as connection:
            found = len(await programme.open_tickets(connection))
        if found != count:
            raise NotUnderstood(f"{found} tickets are open, not {count}")

    async def _list(self, text: str, approved: bool) -> None:
        rehearsal = self.rehearsal
        assert rehearsal.catalog is not None
        moment = Moment(rehearsal.clock.now(), rehearsal.settings.programme.timezone)
        told = lists.read(list(read_csv(text)), rehearsal.catalog, moment)
        if told.problems:
            raise NotUnderstood("\n".join(map(str, told.problems)))
        async with rehearsal.app.database.write() as connection:
            await keep(connection, told.entries, approved, rehearsal.clock.now())

    async def _admit(self, name: str) -> None:
        channel, _, address = self.people[name].partition(":")
        async with self.rehearsal.app.database.write() as connection:
            person = await conversations.person_at(connection, channel, address)
            assert person is not None
            await programme.admit(connection, person, self.rehearsal.clock.now())

    async def _pair(self, verb: str, name: str) -> None:
        channel, _, address = self.people[name].partition(":")
        now = self.rehearsal.clock.now()
        async with self.rehearsal.app.database.write() as connection:
            person = await conversations.person_at(connection, channel, address)
            pair = await pairs.newest(connection, person or 0)
            decided = pairs.resume if verb == "resume" else pairs.close
            if pair is None or not await decided(connection, pair, now):
                raise NotUnderstood(f"{name} has no pair to {verb}")

    async def _after(self, name: str) -> None:
        """Another transcript beside this one, as it is written."""
        how, self.how = self.how, ""
        file = self.folder / f"{name}.txt"
        if not file.exists():
            raise NotUnderstood(f"{file} does not exist")
        for entry in entries(file.read_text(encoding="utf-8")):
            if not entry.is_seen:
                await self.play(entry)
        self.how = how

    async def _decide(self, name: str, state: str) -> None:
        channel, _, address = self.people[name].partition(":")
        async with self.rehearsal.app.database.write() as connection:
            person = await conversations.person_at(connection, channel, address)
            assert person is not None
            await mentoring.decide(connection, person, state, self.rehearsal.clock.now())


def _message(how: str, what: str) -> dict[str, Any]:
    if how == "taps":
        return {"tap": what}
    if how == "sends":
        kind, _, value = what.partition(" ")
        if kind == "location":
            return {"location": [float(part) for part in value.split(",")]}
        return {kind: value or True}
    return {"text": what}


def written(name: str, message: Sent) -> str:
    """A message as an entry: further lines indented, options in brackets."""
    lines = message.text.split("\n")
    if message.options and message.token:
        lines.append(" ".join(f"[{option}]" for option in message.options))
    return "\n    ".join([f"Mem to {name}: {lines[0]}", *lines[1:]])


def entries(text: str) -> Iterator[Entry]:
    """Take a transcript apart: lines of comment that follow each other are one entry."""
    current: Entry | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("    ") and current is not None:
            current.text += "\n" + line[4:]
            continue
        if line.startswith("#") and current is not None and current.is_comment:
            current.text += "\n" + line
            continue
        if current is not None:
            yield current
            current = None
        if line.strip():
            current = Entry(number, line)
    if current is not None:
        yield current


def repro(said: Iterable[tuple[str, str | Outbound]]) -> str:
    """A conversation as a transcript that can be kept as a test."""
    lines = ["[Me = web:me]"]
    for _, what in said:
        if isinstance(what, Outbound):
            sent = Sent("web:me", what.text, (), "", datetime.now(UTC), None)
            lines += ["", written("Me", sent)]
        else:
            lines += ["", f"Me: {what}"]
    return "\n".join(lines)

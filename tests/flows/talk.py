"""A conversation with the engine alone: what the world does for it is done on a Person in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.book import BOOK
from flows.effects import (
    Effect,
    Erase,
    Forget,
    KeepContact,
    OptIn,
    OptOut,
    RegisterMentee,
    Reply,
    Turn,
    Update,
)
from flows.engine import advance, expecting
from flows.onboarding import REVIEWED
from flows.people import Heard, Person, Tap, Words, World
from flows.steps import Flow
from nlu.understand import understand

WORLD = World(datetime(2026, 11, 23, 10, tzinfo=UTC))
SMALL = 8_000


@dataclass(slots=True)
class Talk:
    """Every turn checks what must hold of any turn: one reply, a state of plain JSON, small."""

    words: Words
    person: Person = field(default_factory=lambda: Person(channel="whatsapp"))
    state: dict[str, Any] = field(default_factory=dict)
    book: Mapping[str, Flow] = field(default_factory=lambda: BOOK)
    world: World = WORLD
    replies: list[Reply] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    def say(self, text: str) -> Turn:
        meaning = understand(text, expecting(self.book, self.state))
        return self.hear(Heard("text", text=text, meaning=meaning))

    def tap(self, back: int, index: int) -> Turn:
        """Tap an option of the last message that had any, or of an earlier one."""
        shown = [reply for reply in self.replies if reply.options]
        if not shown:
            return self.hear(Heard("tap"))
        reply = shown[-1 - back % len(shown)]
        option = reply.options[index % len(reply.options)]
        return self.hear(Heard("tap", tap=Tap(reply.step, option.code)))

    def hear(self, heard: Heard) -> Turn:
        turn = advance(self.book, self.state, self.person, heard, self.words, self.world)
        stored = json.dumps(turn.state, ensure_ascii=False)
        assert len(turn.replies) <= 1
        assert json.loads(stored) == turn.state, "the state is not plain JSON"
        assert len(stored.encode()) < SMALL, "the state grows"
        self.state = json.loads(stored)
        self.replies.extend(turn.replies)
        self.effects.extend(turn.effects)
        for effect in turn.effects:
            self.person = after(effect, self.person)
        self.person = replace(self.person, silent=timedelta(0))
        return turn

    @property
    def answers(self) -> dict[str, Any]:
        stack = self.state.get("stack") or [{"answers": {}}]
        found: dict[str, Any] = stack[-1]["answers"]
        return found

    @property
    def asking(self) -> str:
        """The open question, as "flow.step"."""
        frame = (self.state.get("stack") or [{}])[-1]
        return f"{frame['flow']}.{frame.get('asking', '')}" if frame else ""


def stored(answers: Mapping[str, Any]) -> dict[str, Any]:
    """A profile as storage gives it back: every field, an empty one as None, no ratings."""
    kept = {name: answers.get(name) for name in REVIEWED if name != "levels"}
    return {**kept, **{f"levels.{need}": None for need in answers.get("needs") or ()}}


def after(effect: Effect, person: Person) -> Person:
    """The person as the next turn will find them."""
    if isinstance(effect, Update):
        known = {k: v for k, v in effect.fields.items() if k in Person.__slots__}
        return replace(person, **known)
    if isinstance(effect, OptOut | OptIn):
        return replace(person, opted_out=isinstance(effect, OptOut))
    if isinstance(effect, Forget | Erase):
        return Person(channel=person.channel)
    if isinstance(effect, KeepContact):
        return replace(person, contact=True, profile={"name": person.name})
    if isinstance(effect, RegisterMentee):
        return replace(person, registered=True, profile=stored(effect.answers))
    return person

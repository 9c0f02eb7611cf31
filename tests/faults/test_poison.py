"""A message that raises: three tries, then it is parked; its person and all others go on."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from bot import turns
from bot.rehearsal import Rehearsal
from storage.inbox import TRIES
from storage.tables import inbox

POISON = "poison"
GOOD, OTHER = "sms:+212600000001", "telegram:5"


def _advance(book: Any, state: Any, person: Any, heard: Any, *more: Any) -> Any:
    if heard.text == POISON:
        raise RuntimeError(POISON)
    return ADVANCE(book, state, person, heard, *more)


def _in_words(catalog: Any, reply: Any, person: Any) -> Any:
    message = IN_WORDS(catalog, reply, person)
    if STATE["poisoned"] and person.channel == "sms":
        raise RuntimeError(POISON)
    return message


ADVANCE, IN_WORDS = turns.advance, turns.in_words
STATE = {"poisoned": False}


async def _rows(rehearsal: Rehearsal) -> list[Any]:
    async with rehearsal.app.database.read() as connection:
        return list((await connection.execute(select(inbox).order_by(inbox.c.id))).all())


async def test_raised_in_the_flow(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "advance", _advance)
    written = [
        await rehearsal.inbound(GOOD, text="bonjour"),
        await rehearsal.inbound(OTHER, text="bonjour"),
        await rehearsal.inbound(GOOD, text=POISON),
        await rehearsal.inbound(OTHER, text="1"),
        await rehearsal.inbound(GOOD, text="1"),
    ]
    await rehearsal.app.intake.store(written)
    await rehearsal.settle()
    rows = await _rows(rehearsal)
    assert [row.state for row in rows] == ["done", "done", "parked", "done", "done"]
    assert rows[2].attempts == TRIES
    assert Counter(sent.to for sent in rehearsal.sent) == {GOOD: 2, OTHER: 2}


async def test_raised_while_writing(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the whole batch fails, it is served one by one."""
    monkeypatch.setattr(turns, "in_words", _in_words)
    monkeypatch.setitem(STATE, "poisoned", True)
    people = [f"telegram:{number}" for number in range(5)]
    written = [await rehearsal.inbound(to, text="bonjour") for to in (*people, GOOD)]
    await rehearsal.app.intake.store(written)
    for _ in range(TRIES):
        await rehearsal.settle()
    assert [row.state for row in await _rows(rehearsal)] == ["done"] * 5 + ["parked"]
    monkeypatch.setitem(STATE, "poisoned", False)
    assert len(await rehearsal.write(GOOD, text="bonjour")) == 1
    assert Counter(sent.to for sent in rehearsal.sent) == dict.fromkeys((*people, GOOD), 1)

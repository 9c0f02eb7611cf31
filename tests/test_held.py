"""What waits for the morning, or for somebody to write: kept, in order, and in nobody's way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.rehearsal import Rehearsal
from storage import outbox
from storage.tables import outbox as rows
from storage.tables import people

AMINA = "whatsapp:+212600000001"


async def news(rehearsal: Rehearsal, text: str, step: str = "", purpose: str = "news") -> None:
    """A message of ours to Amina, not because she wrote."""
    channel, _, address = AMINA.partition(":")
    now = rehearsal.clock.now()
    async with rehearsal.app.database.write() as connection:
        person = await connection.scalar(select(people.c.id))
        payload: dict[str, Any] = {"text": text, "language": "fr"}
        row = {
            "person_id": person, "inbox_id": None, "channel": channel, "address": address,
            "purpose": purpose, "payload": {**payload, **({"step": step} if step else {})},
            "token": None, "due_at": now, "created_at": now,
        }  # fmt: skip
        await outbox.add(connection, [row])
    await rehearsal.settle()


async def states(rehearsal: Rehearsal) -> list[tuple[str, str | None]]:
    async with rehearsal.app.database.read() as connection:
        query = select(rows.c.state, rows.c.error).where(rows.c.inbox_id.is_(None))
        return [
            (row.state, row.error) for row in await connection.execute(query.order_by(rows.c.id))
        ]


async def silent(rehearsal: Rehearsal, days: int = 3) -> None:
    """She wrote once, and then not for days."""
    await rehearsal.write(AMINA, text="Bonjour")
    await rehearsal.move(rehearsal.clock.now() + timedelta(days=days))


async def test_news_waits_until_they_write_and_comes_first(rehearsal: Rehearsal) -> None:
    await silent(rehearsal)
    before = len(rehearsal.sent)
    await news(rehearsal, "une nouvelle")
    await news(rehearsal, "une autre")
    assert len(rehearsal.sent) == before
    assert await states(rehearsal) == [("new", "window_shut")] * 2
    sent = await rehearsal.write(AMINA, text="Bonjour")
    assert [one.text for one in sent[:2]] == ["une nouvelle", "une autre"]
    assert len(sent) == 3
    assert await states(rehearsal) == [("sent", None)] * 2


async def test_a_nudge_that_cannot_go_is_dropped_though_news_waits(rehearsal: Rehearsal) -> None:
    await silent(rehearsal)
    await news(rehearsal, "une nouvelle")
    await news(rehearsal, "un rappel", purpose="nudge")
    assert await states(rehearsal) == [("new", "window_shut"), ("dropped", "window_shut")]


async def test_what_the_answer_says_again_is_not_said_twice(rehearsal: Rehearsal) -> None:
    await rehearsal.write(AMINA, text="Bonjour")
    (asked,) = await rehearsal.write(AMINA, text="oui")
    await silent(rehearsal)
    await news(rehearsal, asked.text, step="onboarding.name")
    sent = await rehearsal.write(AMINA, text="Bonjour")
    assert len(sent) == 1
    assert (await states(rehearsal))[-1] == ("dropped", "stale")


async def test_a_question_that_is_closed_by_now_is_dropped_and_a_letter_is_not(
    rehearsal: Rehearsal,
) -> None:
    await silent(rehearsal)
    await news(rehearsal, "acceptez-vous ?", step="request.answer#3")
    await news(rehearsal, "une lettre", step="reply.reply")
    sent = await rehearsal.write(AMINA, text="Bonjour")
    assert [one.text for one in sent[:-1]] == ["une lettre"]
    assert await states(rehearsal) == [("dropped", "stale"), ("sent", None)]


async def test_news_of_the_night_comes_in_the_morning_and_holds_up_no_answer(
    rehearsal: Rehearsal,
) -> None:
    await rehearsal.write(AMINA, text="Bonjour")
    night = rehearsal.clock.now().replace(hour=23)
    await rehearsal.move(night)
    await news(rehearsal, "une nouvelle")
    await news(rehearsal, "une autre")
    assert await states(rehearsal) == [("new", "quiet_hours")] * 2
    sent = await rehearsal.move(night + timedelta(hours=11))
    assert [one.text for one in sent] == ["une nouvelle", "une autre"]
    assert sent[0].at.hour == 8
    await rehearsal.move(night + timedelta(hours=20))
    await rehearsal.write(AMINA, text="aide")
    await rehearsal.move(night + timedelta(hours=24))
    await news(rehearsal, "encore une")
    sent = await rehearsal.write(AMINA, text="aide")
    assert sent[0].text == "encore une"
    assert len(sent) == 2


async def test_who_never_writes_again_is_left_in_peace_after_a_month(rehearsal: Rehearsal) -> None:
    await silent(rehearsal)
    await news(rehearsal, "une nouvelle")
    await rehearsal.move(rehearsal.clock.now() + timedelta(days=31))
    assert await states(rehearsal) == [("dropped", "never_written")]


async def test_news_and_reminders_go_by_sms_where_the_window_is_shut(with_sms: Rehearsal) -> None:
    await silent(with_sms)
    await news(with_sms, "une nouvelle")
    await news(with_sms, "un rappel", purpose="reminder")
    await news(with_sms, "une relance", purpose="nudge")
    said = [(one.to, one.text) for one in with_sms.sent[-2:]]
    number = AMINA.partition(":")[2]
    assert said == [(f"sms:{number}", "une nouvelle"), (f"sms:{number}", "un rappel")]
    assert await states(with_sms) == [("sent", None), ("sent", None), ("dropped", "window_shut")]
    # She answers where she was written to, and is the same person.
    await with_sms.write(f"sms:{number}", text="Bonjour")
    assert len((await with_sms.show(AMINA))["addresses"]) == 2
    await news(with_sms, "encore une", purpose="news")
    assert with_sms.sent[-1].to == f"sms:{number}"


async def test_whoever_said_stop_gets_no_sms_either(with_sms: Rehearsal) -> None:
    await with_sms.write(AMINA, text="Bonjour")
    await with_sms.write(AMINA, text="STOP")
    await with_sms.move(with_sms.clock.now() + timedelta(days=3))
    before = len(with_sms.sent)
    await news(with_sms, "une nouvelle")
    assert len(with_sms.sent) == before
    assert (await states(with_sms))[-1] == ("dropped", "opted_out")

"""How a message finds its way: templates, a notice, another channel, a ticket, a pause."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from structlog.testing import capture_logs

from bot.channels.base import ChannelError, Later, OptedOut, Outbound, Receipt, TemplateUnusable
from bot.rehearsal import Recorder, Rehearsal
from storage import outbox as rows
from storage.tables import addresses, outbox, people, templates, tickets

AMINA = "whatsapp:+212600000001"
NUMBER = AMINA.partition(":")[2]
LETTER = "Karim vous écrit : « bravo »"


class Moody(Recorder):
    """A provider that refuses some messages before it takes any."""

    refuses: list[ChannelError]

    async def send(self, out: Outbound) -> str:
        if self.refuses:
            raise self.refuses.pop(0)
        return await super().send(out)


@pytest.fixture
async def rehearsed(with_sms: Rehearsal) -> Rehearsal:
    """Providers that refuse what they are told to; Amina wrote three days ago."""
    made = with_sms
    for name in ("whatsapp", "telegram"):
        lane = made.app.lanes[name]
        recorder = made.app.channels[name]
        moody = Moody(name, recorder.limits, made.sent, made.clock)
        moody.refuses = []
        lane._channel = moody
    await made.write(AMINA, text="Bonjour")
    await made.move(made.clock.now() + timedelta(days=3))
    made.sent.clear()
    return made


def refuse(rehearsal: Rehearsal, *errors: ChannelError, channel: str = "whatsapp") -> None:
    moody = rehearsal.app.lanes[channel]._channel
    assert isinstance(moody, Moody)
    moody.refuses.extend(errors)


async def say(
    rehearsal: Rehearsal, text: str = LETTER, purpose: str = "news", template: Any = None
) -> None:
    now = rehearsal.clock.now()
    payload = {"text": text, "language": "fr", **({"template": template} if template else {})}
    async with rehearsal.app.database.write() as connection:
        person = await connection.scalar(select(people.c.id))
        row = {
            "person_id": person, "inbox_id": None, "channel": "whatsapp", "address": NUMBER,
            "purpose": purpose, "payload": payload, "token": None, "due_at": now,
            "created_at": now,
        }  # fmt: skip
        await rows.add(connection, [row])
    await rehearsal.settle()


async def approve(rehearsal: Rehearsal, *names: str, language: str = "fr") -> None:
    told = [
        {
            "name": name, "language": language, "version": "1", "sid": f"HX-{name}-{language}",
            "status": "approved", "updated_at": rehearsal.clock.now(),
        }
        for name in names
    ]  # fmt: skip
    async with rehearsal.app.database.write() as connection:
        await connection.execute(insert(templates), told)


async def statuses(rehearsal: Rehearsal) -> dict[str, str]:
    """How each language of the template stands."""
    async with rehearsal.app.database.read() as connection:
        query = select(templates.c.language, templates.c.status)
        return {row.language: row.status for row in await connection.execute(query)}


async def states(rehearsal: Rehearsal, *purposes: str) -> list[tuple[str, str | None]]:
    query = select(outbox.c.state, outbox.c.error).where(outbox.c.purpose.in_(purposes))
    async with rehearsal.app.database.read() as connection:
        return [(r.state, r.error) for r in await connection.execute(query.order_by(outbox.c.id))]


async def tickets_of(rehearsal: Rehearsal) -> list[str]:
    async with rehearsal.app.database.read() as connection:
        return list(await connection.scalars(select(tickets.c.reason)))


async def test_what_has_no_template_waits_behind_one_notice(rehearsed: Rehearsal) -> None:
    await approve(rehearsed, "waiting")
    await say(rehearsed)
    await say(rehearsed, "et encore")
    (notice,) = rehearsed.sent
    assert notice.to == AMINA
    assert "touchez Lire" in notice.text
    assert "bravo" not in notice.text
    assert await states(rehearsed, "news") == [("new", "window_shut")] * 2
    sent = await rehearsed.write(AMINA, text="ok")
    assert [one.text for one in sent] == [LETTER, "et encore"]
    # It is part of the conversation now.
    assert await states(rehearsed, "news", "notice") == [("sent", None)]


async def test_a_bare_yes_to_the_notice_consents_to_nothing(rehearsed: Rehearsal) -> None:
    """The question of the consent is still open: what she says is about the message that waits."""
    await approve(rehearsed, "waiting")
    await say(rehearsed)
    await rehearsed.write(AMINA, text="oui")
    assert (await rehearsed.show(AMINA))["consents"] == []


async def test_a_tap_on_the_notice_reads_or_stops(rehearsed: Rehearsal) -> None:
    await approve(rehearsed, "waiting")
    await say(rehearsed)
    inbound = await rehearsed.inbound(AMINA, text="Lire")
    tapped = replace(inbound, kind="tap", tap="template:read")
    await rehearsed.app.intake.store([tapped])
    assert [one.text for one in await rehearsed.settle()] == [LETTER]
    stop = replace(await rehearsed.inbound(AMINA, text="STOP"), kind="tap", tap="template:stop")
    await rehearsed.app.intake.store([stop])
    (goodbye,) = await rehearsed.settle()
    assert "plus de messages" in goodbye.text
    await say(rehearsed)
    assert (await states(rehearsed, "news"))[-1] == ("dropped", "opted_out")


MEETING = {
    "name": "session_tomorrow",
    "values": {"partner": "Karim", "when": "samedi 28 novembre, 09:00"},
}


async def test_a_reminder_goes_as_its_template_in_a_language_that_is_approved(
    rehearsed: Rehearsal,
) -> None:
    await approve(rehearsed, "session_tomorrow", language="en")
    await say(rehearsed, "Petit rappel", "reminder", MEETING)
    (sent,) = rehearsed.sent
    assert sent.to == AMINA
    assert sent.text.startswith("A reminder from Mentoring MeM: your meeting with Karim is on")


async def test_a_template_that_is_paused_is_not_used_again(rehearsed: Rehearsal) -> None:
    await approve(rehearsed, "session_tomorrow")
    await approve(rehearsed, "session_tomorrow", language="ar")
    refuse(rehearsed, TemplateUnusable("63041"))
    await say(rehearsed, "Petit rappel", "reminder", MEETING)
    (sent,) = rehearsed.sent
    assert "Karim" in sent.text
    assert "تذكير" in sent.text
    assert await statuses(rehearsed) == {"fr": "paused", "ar": "approved"}


async def refuse_later(rehearsal: Rehearsal, code: str) -> None:
    """A receipt says so of everything that was sent and is not known to have failed."""
    async with rehearsal.app.database.read() as connection:
        query = select(outbox.c.provider_id).where(outbox.c.state == "sent")
        ids = list(await connection.scalars(query.where(outbox.c.channel == "whatsapp")))
    told = [Receipt("whatsapp", id, "undelivered", code) for id in ids if id]
    await rehearsal.app.intake.store(told)
    await rehearsal.app.apply_receipts()
    await rehearsal.settle()


async def test_a_template_that_a_receipt_refuses_gives_way_to_another_and_then_to_an_sms(
    rehearsed: Rehearsal,
) -> None:
    await approve(rehearsed, "session_tomorrow")
    await approve(rehearsed, "session_tomorrow", language="ar")
    # Two went out before the first is refused: the second receipt is about French, too.
    for text in ("Petit rappel", "Et un autre"):
        await say(rehearsed, text, "reminder", MEETING)
    with capture_logs() as logs:
        await refuse_later(rehearsed, "63041")
    assert await statuses(rehearsed) == {"fr": "paused", "ar": "approved"}
    assert len(rehearsed.sent) == 4
    assert all("تذكير" in one.text for one in rehearsed.sent[2:])
    alarms = [one for one in logs if one["event"] == "template_not_usable"]
    assert [(one["log_level"], one["status"]) for one in alarms] == [("error", "paused")]
    await refuse_later(rehearsed, "63028")
    assert await statuses(rehearsed) == {"fr": "paused", "ar": "mismatch"}
    assert [one.to for one in rehearsed.sent[4:]] == [f"sms:{NUMBER}"] * 2


async def test_what_waits_behind_a_notice_that_is_refused_goes_by_sms(
    rehearsed: Rehearsal,
) -> None:
    await approve(rehearsed, "waiting")
    await approve(rehearsed, "waiting", language="en")
    await say(rehearsed)
    await refuse_later(rehearsed, "63041")
    assert "touchez Lire" in rehearsed.sent[0].text
    assert "touch Read" in rehearsed.sent[1].text
    await refuse_later(rehearsed, "63041")
    (letter,) = rehearsed.sent[2:]
    assert letter.to == f"sms:{NUMBER}"
    assert "bravo" in letter.text


async def test_buttons_that_a_receipt_refuses_take_no_template_out(rehearsed: Rehearsal) -> None:
    await approve(rehearsed, "waiting")
    await rehearsed.write(AMINA, text="aide")
    many = len(rehearsed.sent)
    await refuse_later(rehearsed, "63028")
    assert await statuses(rehearsed) == {"fr": "approved"}
    assert len(rehearsed.sent) == many


async def test_as_an_sms_it_is_said_in_fewer_words(rehearsed: Rehearsal) -> None:
    await say(rehearsed, "Petit rappel, et puis bien d'autres mots", "reminder", MEETING)
    await say(rehearsed, "mot " * 200)
    reminder, notice = rehearsed.sent
    assert (reminder.to, notice.to) == (f"sms:{NUMBER}",) * 2
    assert "Karim" in reminder.text
    assert "autres mots" not in reminder.text
    assert (reminder.segments, notice.segments) == (1, 1)
    sent = await rehearsed.write(f"sms:{NUMBER}", text="ok")
    assert [one.text for one in sent] == ["mot " * 200]


async def test_undelivered_twice_it_goes_by_sms_and_once_it_is_tried_again(
    rehearsed: Rehearsal,
) -> None:
    await rehearsed.write(AMINA, text="aide")
    (answer,) = rehearsed.sent
    for times in (1, 2):
        async with rehearsed.app.database.read() as connection:
            last = await connection.scalar(
                select(outbox.c.provider_id).where(outbox.c.state == "sent").order_by(-outbox.c.id)
            )
        assert last is not None
        await rehearsed.app.intake.store([Receipt("whatsapp", last, "undelivered", "63005")])
        await rehearsed.app.apply_receipts()
        await rehearsed.move(rehearsed.clock.now() + timedelta(minutes=11))
        to = AMINA if times == 1 else f"sms:{NUMBER}"
        assert [one.to for one in rehearsed.sent[times:]] == [to]
    assert len(rehearsed.sent) == 3
    assert answer.to == AMINA


async def test_who_blocks_us_has_stopped_and_who_writes_again_is_back(
    rehearsed: Rehearsal,
) -> None:
    nadia = "telegram:4001"
    refuse(rehearsed, OptedOut("403"), channel="telegram")
    await rehearsed.write(nadia, text="Bonjour")
    async with rehearsed.app.database.read() as connection:
        query = select(people.c.opted_out_at).join(addresses).where(addresses.c.address == "4001")
        assert await connection.scalar(query) is not None
    (sent,) = await rehearsed.write(nadia, text="Bonjour")
    assert sent.to == nadia


async def test_who_cannot_be_reached_anywhere_is_on_the_teams_list(rehearsed: Rehearsal) -> None:
    async with rehearsed.app.database.write() as connection:
        await connection.execute(update(addresses).values(state="unreachable"))
    await say(rehearsed, "une relance", "nudge")
    assert await states(rehearsed, "nudge") == [("dropped", "unreachable")]
    assert await tickets_of(rehearsed) == ["unreachable"]


async def test_a_channel_that_is_told_to_wait_waits_in_every_process(
    rehearsed: Rehearsal,
) -> None:
    refuse(rehearsed, Later("429", 60))
    await rehearsed.write(AMINA, text="aide")
    assert rehearsed.sent == []
    other = Rehearsal(rehearsed.settings, rehearsed.clock, rehearsed.catalog)
    await other.begin()
    await other.write("whatsapp:+212600000002", text="Bonjour")
    assert other.sent == []
    (sent,) = await other.write("telegram:77", text="Bonjour")
    assert sent.to == "telegram:77"
    await other.move(rehearsed.clock.now() + timedelta(seconds=61))
    assert {one.to for one in other.sent[1:]} == {AMINA, "whatsapp:+212600000002"}
    await other.end()


@pytest.mark.parametrize(("code", "failures"), [("63049", 0), ("63018", 0), ("63005", 1)])
async def test_what_was_withheld_says_nothing_of_the_address(
    rehearsed: Rehearsal, code: str, failures: int
) -> None:
    await approve(rehearsed, "waiting")
    await say(rehearsed)
    async with rehearsed.app.database.read() as connection:
        notice = select(outbox.c.provider_id).where(outbox.c.purpose == "notice")
        id = await connection.scalar(notice)
    assert id is not None
    await rehearsed.app.intake.store([Receipt("whatsapp", id, "failed", code)])
    await rehearsed.app.apply_receipts()
    async with rehearsed.app.database.read() as connection:
        query = select(addresses.c.failures, addresses.c.state)
        assert (await connection.execute(query)).one() == (failures, "ok")
    assert len(rehearsed.sent) == 1


async def test_what_arrives_shows_that_the_address_works(rehearsed: Rehearsal) -> None:
    async with rehearsed.app.database.write() as connection:
        await connection.execute(update(addresses).values(failures=1))
    await approve(rehearsed, "session_tomorrow")
    await say(rehearsed, "Petit rappel", "reminder", MEETING)
    async with rehearsed.app.database.read() as connection:
        id = await connection.scalar(
            select(outbox.c.provider_id).where(outbox.c.purpose == "reminder")
        )
    assert id is not None
    await rehearsed.app.intake.store([Receipt("whatsapp", id, "delivered")])
    await rehearsed.app.apply_receipts()
    async with rehearsed.app.database.read() as connection:
        assert await connection.scalar(select(addresses.c.failures)) == 0

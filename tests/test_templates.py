"""Templates pushed to a local Content API by the real client, and followed there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from bot.app import App
from bot.catalog import Catalog
from bot.cli import app as command
from bot.cli.base import Context
from bot.clock import Clock
from bot.settings import Settings
from bot.wordings import worded
from flows.templates import BY_NAME, choose
from storage import migrate
from storage import templates as rows
from storage.database import Database
from tests.channels.channels_peer import Answer
from tests.conftest import settings_for
from tests.content_api import ContentApi, Fault, error
from tests.templates_kit import ALL, NOW, TOKEN, Rig, changed, makes, settings_at, submits


@pytest.fixture
async def rig(sqlite: str, catalog: Catalog) -> AsyncIterator[Rig]:
    async with ContentApi() as api:
        settings = settings_at(sqlite, api)
        database = Database(settings.database.url)
        await migrate.migrate(database)
        yield Rig(database, api, settings, catalog)
        await database.close()


# Push


async def test_a_push_makes_and_submits_everything(rig: Rig) -> None:
    pushed = await rig.push()
    assert {(one.done, one.status) for one in pushed} == {("made", "received")}
    assert len(rig.api.contents) == len(rig.api.approvals) == ALL
    asked = rig.api.seen[1].json
    assert asked == {
        "friendly_name": worded(rig.catalog, BY_NAME["waiting"], "fr").name,
        "language": "fr",
        "variables": {},
        "types": {
            "twilio/quick-reply": {
                "body": "Bonjour, un message au sujet de votre accompagnement vous attend dans "
                "Mentoring MeM. Pour le recevoir, répondez ou touchez Lire.",
                "actions": [{"type": "QUICK_REPLY", "title": "Lire", "id": "template:read"}],
            }
        },
    }
    meeting = rig.api.contents[rig.api.sid("session_tomorrow", "ar")]
    assert meeting["variables"] == {"1": "كريم", "2": "الثلاثاء 24 نونبر، 10:00 (فاس)"}
    assert list(meeting["types"]) == ["twilio/text"]
    assert "موعدكم مع {{1}} يوم {{2}}." in meeting["types"]["twilio/text"]["body"]
    news = rig.api.contents[rig.api.sid("announcement", "en")]
    replies = news["types"]["twilio/quick-reply"]["actions"]
    assert [(one["title"], one["id"]) for one in replies] == [
        ("Read", "template:read"),
        ("STOP", "template:stop"),
    ]
    submitted = rig.api.approvals[rig.api.sid("announcement", "en")]
    assert submitted["category"] == "MARKETING"
    assert submitted["name"] == news["friendly_name"]
    assert await rig.approved() == {}


async def test_a_second_push_asks_nothing(rig: Rig) -> None:
    await rig.push()
    rig.api.seen.clear()
    assert {one.done for one in await rig.push()} == {"kept"}
    assert rig.api.seen == []


async def test_a_changed_text_is_made_anew_and_the_old_one_serves_meanwhile(rig: Rig) -> None:
    await rig.push()
    rig.api.decide("approved")
    await rig.refresh()
    old = rig.api.sid("waiting", "fr")
    assert len(await rig.approved()) == ALL
    other = changed("Bonjour, un message au sujet", "Bonjour, un mot au sujet")
    pushed = await rig.push(other)
    assert [one.wording.language for one in pushed if one.done == "made"] == ["fr"]
    assert len(rig.api.contents) == ALL + 1
    new = rig.api.sid("waiting", "fr")
    assert rig.api.contents[new]["friendly_name"] != rig.api.contents[old]["friendly_name"]
    assert (await rig.approved())["waiting", "fr"] == old
    rig.api.decide("approved", new)
    await rig.refresh()
    assert (await rig.approved())["waiting", "fr"] == new
    assert len(await rig.approved()) == ALL


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (error(429, 20429, **{"Retry-After": "600"}), "push again in 600 seconds"),
        (
            error(400, 21656),
            "docs/api/errors/21656 and change template-waiting in flows/messages/ar-MA",
        ),
        (error(503), "did not take it now (503): push again"),
        (error(401, 20003), "correct MEM_TWILIO__AUTH_TOKEN"),
        (Answer(b"<html>", 201), "did not take it now (unreadable)"),
        (Answer({"sid": None}, 201), "did not take it now (no sid)"),
        (Answer(fault="reset"), "did not take it now (connection)"),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_one_that_fails_is_told_and_the_others_are_made(
    rig: Rig, answer: Answer, told: str
) -> None:
    rig.api.faults.append(Fault(makes("waiting", "ar"), answer))
    failed = [one for one in await rig.push() if one.done == "failed"]
    assert [(one.wording.template.name, one.wording.language) for one in failed] == [
        ("waiting", "ar")
    ]
    assert told in failed[0].problem
    assert "canary" not in failed[0].problem
    assert len(rig.api.approvals) == ALL - 1
    assert sorted(one.done for one in await rig.push()) == ["kept"] * (ALL - 1) + ["made"]


async def test_twilio_is_waited_for_where_it_says_how_long(rig: Rig) -> None:
    throttled = error(429, 20429, **{"Retry-After": "0"})
    rig.api.faults += [
        Fault(makes("waiting", "fr"), throttled),
        Fault(makes("waiting", "fr"), throttled),
        Fault(submits, throttled),
    ]
    assert {one.done for one in await rig.push()} == {"made"}
    assert len(rig.api.contents) == ALL
    assert len(rig.api.posts("/v1/Content")) == ALL + 2


async def test_a_content_whose_answer_was_lost_is_not_made_twice(rig: Rig) -> None:
    rig.api.faults.append(Fault(makes("announcement", "fr"), Answer(fault="reset"), after=True))
    await rig.push()
    assert len(rig.api.contents) == ALL
    (found,) = [one for one in await rig.push() if one.done != "kept"]
    assert (found.done, found.status) == ("found", "received")
    assert len(rig.api.contents) == len(rig.api.approvals) == ALL


async def test_a_lost_database_finds_everything_again(rig: Rig) -> None:
    await rig.push()
    rig.api.decide("approved")
    async with rig.database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM templates")
    assert {(one.done, one.status) for one in await rig.push()} == {("found", "approved")}
    assert len(rig.api.contents) == ALL
    assert len(await rig.approved()) == ALL


async def test_a_submission_whose_answer_was_lost_is_not_repeated(rig: Rig) -> None:
    rig.api.faults.append(Fault(submits, Answer(fault="reset"), after=True))
    rig.api.faults.append(Fault(submits, error(503)))
    first, second = [one for one in await rig.push() if one.done == "failed"]
    lost = (first.wording.template.name, first.wording.language)
    assert await rig.status(*lost) == ("unsubmitted", None)
    again = [one for one in await rig.push() if one.done != "kept"]
    assert [(one.done, one.status) for one in again] == [("submitted", "received")] * 2
    assert len(rig.api.posts("/whatsapp")) == ALL + 1


# States


async def test_states_move_and_turn_bad_once(rig: Rig) -> None:
    await rig.push()
    rig.api.decide("pending")
    assert {one.status for one in await rig.refresh()} == {"pending"}
    rig.api.decide("approved")
    sid = rig.api.sid("unfinished", "fr")
    rig.api.decide("rejected", sid, rejection_reason="TAG_CONTENT_MISMATCH")
    rig.api.decide("paused", rig.api.sid("waiting", "ar"))
    rig.api.decide("approved", rig.api.sid("waiting", "en"), category="MARKETING")
    bad = [(one.name, one.language, one.status) for one in await rig.refresh() if one.turned_bad]
    assert bad == [("unfinished", "fr", "rejected"), ("waiting", "ar", "paused")]
    assert await rig.status("unfinished", "fr") == ("rejected", "TAG_CONTENT_MISMATCH")
    assert await rig.status("waiting", "en") == ("approved", "WhatsApp counts it as MARKETING")
    approved = await rig.approved()
    assert choose(approved, "waiting", "ar") == (rig.api.sid("waiting", "fr"), "fr")
    assert not any(one.turned_bad for one in await rig.refresh())


async def test_a_state_that_cannot_be_asked_stays(rig: Rig) -> None:
    await rig.push()
    rig.api.decide("approved")
    await rig.refresh()
    sid = rig.api.sid("waiting", "fr")
    rig.api.faults.append(Fault(lambda seen: sid in seen.path, error(503)))
    (failed,) = [one for one in await rig.refresh() if one.problem]
    assert (failed.name, failed.status) == ("waiting", "approved")
    assert len(await rig.approved()) == ALL


async def test_a_content_deleted_in_the_console_is_made_again(rig: Rig) -> None:
    await rig.push()
    del rig.api.contents[rig.api.sid("waiting", "fr")]
    (gone,) = [one for one in await rig.refresh() if one.turned_bad]
    assert (gone.language, gone.status) == ("fr", "deleted")
    assert [one.wording.language for one in await rig.push() if one.done == "made"] == ["fr"]


async def test_a_refused_send_takes_a_wording_out_once(database: Database) -> None:
    async with database.write() as connection:
        await rows.put(connection, "waiting", "fr", "v1", "HX1", "approved", NOW)
        await rows.put(connection, "waiting", "ar", "v1", "HX2", "approved", NOW)
        assert await rows.pause(connection, "HX1", "paused", NOW)
        assert not await rows.pause(connection, "HX1", "paused", NOW)
        assert await rows.approved(connection) == {("waiting", "ar"): "HX2"}
        await rows.put(connection, "waiting", "ar", "v2", "HX3", "unsubmitted", NOW)
        await rows.put(connection, "waiting", "ar", "v3", "HX4", "unsubmitted", NOW)
        assert await rows.approved(connection) == {("waiting", "ar"): "HX2"}
        await rows.mark(connection, "waiting", "ar", "approved", None, NOW, sid="HX3")
        assert await rows.approved(connection) == {("waiting", "ar"): "HX2"}
        await rows.mark(connection, "waiting", "ar", "approved", None, NOW, sid="HX4")
        assert await rows.approved(connection) == {("waiting", "ar"): "HX4"}
        assert [(row.language, row.sid) for row in await rows.known(connection)] == [
            ("ar", "HX4"),
            ("fr", "HX1"),
        ]


async def test_the_hourly_look_raises_an_alarm_once(rig: Rig) -> None:
    await rig.push()
    rig.api.decide("approved")
    rig.api.decide("disabled", rig.api.sid("announcement", "ar"))
    app = App(rig.settings, clock=Clock(NOW), catalog=rig.catalog)
    assert "templates" in app._ticks()
    with capture_logs() as logs:
        await app.follow_templates()
        await app.follow_templates()
    await app.database.close()
    (alarm,) = [one for one in logs if one["event"] == "template_not_usable"]
    assert (alarm["log_level"], alarm["template"]) == ("error", "announcement")
    assert (alarm["language"], alarm["status"]) == ("ar", "disabled")
    assert TOKEN not in str(logs)
    assert "+212" not in str(logs)


async def test_a_rehearsal_asks_nothing(rig: Rig) -> None:
    await rig.push()
    rig.api.seen.clear()
    app = App(rig.settings, clock=Clock(NOW), channels={}, catalog=rig.catalog)
    await app.follow_templates()
    await app.database.close()
    assert rig.api.seen == []


# The command


async def call(settings: Settings, *words: str) -> Result:
    surroundings = Context(settings, Clock(NOW))
    runner = CliRunner()
    return await asyncio.to_thread(
        runner.invoke, command, ["templates", *words], obj=surroundings, env={"COLUMNS": "300"}
    )


async def test_mem_templates_from_the_first_push_to_a_pause(rig: Rig) -> None:
    dry = await call(rig.settings, "push", "--dry-run")
    assert dry.output.endswith(f"{ALL} to make; nothing was changed.\n")
    assert rig.api.seen == []
    assert "not pushed" in (await call(rig.settings, "list")).output
    first = await call(rig.settings, "push")
    assert (first.exit_code, "waiting (ar): received" in first.output) == (0, True)
    assert first.output.endswith("15 made, 0 found at Twilio, 0 as they were, 0 failed.\n")
    rig.api.decide("approved")
    good = await call(rig.settings, "status")
    assert (good.exit_code, "waiting (ar): approved" in good.output) == (0, True)
    rig.api.decide("paused", rig.api.sid("waiting", "ar"))
    rig.api.decide("rejected", rig.api.sid("unfinished", "fr"), rejection_reason="INVALID_FORMAT")
    bad = await call(rig.settings, "status")
    assert bad.exit_code == 1
    assert "unfinished (fr): rejected (INVALID_FORMAT)" in bad.stdout
    assert (
        "unfinished (fr) is rejected: change template-unfinished in flows/messages/fr-MA, "
        "then mem templates push." in bad.stderr
    )
    assert "waiting (ar) is paused: people blocked or reported it" in bad.stderr
    listed = (await call(rig.settings, "list")).output
    assert "Pour le recevoir, répondez ou touchez Lire. [Lire]" in listed
    assert "paused" in listed


async def test_a_push_that_fails_ends_with_1(rig: Rig) -> None:
    rig.api.faults.append(Fault(makes("waiting", "ar"), error(400, 20001)))
    result = await call(rig.settings, "push")
    assert result.exit_code == 1
    assert "waiting (ar): Twilio refused it (20001)" in result.stderr
    assert "14 made, 0 found at Twilio, 0 as they were, 1 failed." in result.stdout
    missing = await call(rig.settings, "status")
    assert "1 new or changed texts are not at Twilio: mem templates push." in missing.stdout


@pytest.mark.parametrize("word", ["push", "status"])
async def test_without_an_account_the_setting_is_named(rig: Rig, word: str) -> None:
    result = await call(settings_for(str(rig.settings.database.url)), word)
    assert result.exit_code == 1
    assert "MEM_TWILIO__ACCOUNT_SID" in result.stderr
    number = rig.settings.twilio.model_copy(update={"whatsapp_number": ""})
    result = await call(rig.settings.model_copy(update={"twilio": number}), word)
    assert "MEM_TWILIO__WHATSAPP_NUMBER" in result.stderr
    assert rig.api.seen == []

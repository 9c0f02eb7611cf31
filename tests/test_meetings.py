"""Meetings on both databases: one final state under any race, reminders that know what changed,
calendars, clocks that a country changes, and what is kept of it all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import insert, select
from typer.testing import CliRunner

from bot.catalog import Catalog
from bot.cli import app as command
from bot.cli.base import Context
from bot.clock import Clock
from bot.rehearsal import Rehearsal, Sent
from storage import conversations, offers, privacy, reports
from storage.database import Database
from storage.offers import Offer
from storage.pairing import mentors, pairs, sessions
from storage.pairing import reports as reports_table
from storage.programme import open_tickets
from storage.sessions import Hour
from storage.tables import addresses, mentees, people, timers
from tests.conftest import MONDAY, settings_for
from tests.zone_data import zone_data

FES, MUNICH = "Africa/Casablanca", "Europe/Berlin"
EVERY_DAY = [{"days": [0, 1, 2, 3, 4, 5, 6], "start": "08:00", "end": "21:00"}]
KARIM, AMINA = "telegram:1", "telegram:2"
URL = "https://mentorat.example"


def mentee(n: int) -> str:
    return f"telegram:{n}"


async def acquainted(database: Database, count: int) -> None:
    """Karim in Munich (person 1) accompanies ``count`` people in Fès (2, 3, ...)."""
    place = {"name_fr": "Fès", "country": "MA", "timezone": FES, "lat": 34.0, "lon": -5.0}
    abroad = {"name_fr": "Munich", "country": "DE", "code": "DE:Munich", "timezone": MUNICH}
    theirs = range(2, count + 2)
    lists: dict[str, Any] = {"languages": ["fr"], "needs": []} | {"meet": ["video"]}
    some = {"availability": EVERY_DAY, "updated_at": MONDAY, **lists}
    async with database.write() as connection:
        person = {"language": "fr", "state": {}, "created_at": MONDAY, "registered_at": MONDAY}
        everybody = [{**person, "id": n, "name": f"M{n} X", "timezone": FES} for n in theirs]
        karim = {**person, "id": 1, "name": "Karim I", "timezone": MUNICH, "registered_at": None}
        await connection.execute(insert(people), [karim, *everybody])
        home = [
            {"person_id": n, "channel": "telegram", "address": str(n), "created_at": MONDAY}
            for n in (1, *theirs)
        ]
        await connection.execute(insert(addresses), home)
        rows = [{"person_id": n, "place": place, **some} for n in theirs]
        await connection.execute(insert(mentees), rows)
        empty: dict[str, Any] = {"sectors": [], "skills": [], "stages": []}
        mentor = {"person_id": 1, "place": abroad, "capacity": 4, "taken": count, **some, **empty}
        mentor |= {"state": "approved", "conduct": "x"}
        mentor.pop("needs")
        await connection.execute(insert(mentors), [mentor])
        bound = [
            {"id": n, "mentee_id": n, "mentor_id": 1, "agreed_at": MONDAY, "started_at": MONDAY}
            for n in theirs
        ]
        await connection.execute(insert(pairs), bound)


@pytest.fixture
async def two(rehearsal: Rehearsal) -> Rehearsal:
    """Karim and one mentee."""
    await acquainted(rehearsal.app.database, 1)
    return rehearsal


async def booked(rehearsal: Rehearsal, text: str = "prendre rendez-vous samedi à 10h") -> None:
    await rehearsal.write(AMINA, text=text)
    await rehearsal.write(KARIM, text="je confirme")


async def rows(rehearsal: Rehearsal) -> list[Any]:
    async with rehearsal.app.database.read() as connection:
        return list((await connection.execute(select(sessions).order_by(sessions.c.id))).all())


def told(sent: list[Sent], who: str) -> str:
    return "\n".join(one.text for one in sent if one.to == who)


# Races


async def test_of_all_who_confirm_one_hour_at_once_one_has_it(rehearsal: Rehearsal) -> None:
    count = 8
    await acquainted(rehearsal.app.database, count)
    everybody = range(2, count + 2)
    async with rehearsal.app.database.write() as connection:
        hour = Hour(datetime(2026, 11, 28, 10), FES, MUNICH)
        for n in everybody:
            await offers.put(connection, Offer(n, 1, hour, "video"), MONDAY)
    for n in everybody:
        shown = await rehearsal.write(mentee(n), text="mes rendez-vous")
        assert "Karim vous propose un rendez-vous" in told(shown, mentee(n))
    heard = [await rehearsal.inbound(mentee(n), text="oui") for n in everybody]
    await rehearsal.app.intake.store(heard)
    # As many workers as the database lets work side by side.
    partitions = range(64)
    await asyncio.gather(*(rehearsal.app.turns.drain(one) for one in partitions))
    sent = await rehearsal.settle()
    assert [row.state for row in await rows(rehearsal)] == ["booked"]
    won = [n for n in everybody if "C'est fixé avec Karim" in told(sent, mentee(n))]
    lost = [n for n in everybody if "Cette heure vient d'être prise" in told(sent, mentee(n))]
    assert (len(won), sorted(won + lost)) == (1, list(everybody))
    last = [[one for one in sent if one.to == mentee(n)][-1] for n in lost]
    assert all("sam. 28 nov., 10:00" not in one.options and len(one.options) == 5 for one in last)


async def test_one_cancels_while_the_other_confirms_a_move(two: Rehearsal) -> None:
    await booked(two)
    await two.write(KARIM, text="déplacer le rdv")
    await two.write(KARIM, text="dimanche 29 à 12h")
    await two.write(AMINA, text="annuler le rdv")
    await two.write(AMINA, text="oui")
    await two.write(AMINA, text="passer")
    sent = await two.write(KARIM, text="mes rendez-vous")
    assert [row.state for row in await rows(two)] == ["cancelled"]
    assert "Vous attendez" not in told(sent, KARIM)
    async with two.app.database.read() as connection:
        assert await offers.open_of(connection, [2]) == {}


@pytest.mark.parametrize("first", ["cancel", "confirm"])
async def test_a_cancellation_and_a_confirmation_at_the_same_moment(
    two: Rehearsal, first: str
) -> None:
    await booked(two)
    await two.write(AMINA, text="déplacer le rdv")
    await two.write(AMINA, text="dimanche 29 à 12h")
    await two.write(AMINA, text="annuler le rdv")
    await two.write(AMINA, text="oui")
    both: list[tuple[str, dict[str, Any]]] = [(AMINA, {"text": "passer"})]
    # The offer was put away by the wish to cancel on her side only: Karim may still confirm it.
    both.append((KARIM, {"text": "je confirme"}))
    sent = await two.write_all(both if first == "cancel" else both[::-1])
    (row,) = await rows(two)
    if row.state == "cancelled":
        assert "est annulé" in told(sent, AMINA) or "doit annuler" in told(sent, AMINA)
        assert "doit annuler" in told(sent, KARIM) or "a changé entre-temps" in told(sent, KARIM)
    else:
        assert row.wall == datetime(2026, 11, 29, 12)
        assert "est déplacé" in told(sent, KARIM)
        assert "est déplacé" in told(sent, AMINA)
        assert "a changé entre-temps" in told(sent, AMINA)


async def test_two_who_suggest_the_same_hour_agree(two: Rehearsal) -> None:
    await two.write(AMINA, text="prendre rendez-vous")
    await two.write(KARIM, text="prendre rendez-vous")
    sent = await two.write_all(
        [(AMINA, {"text": "samedi à 10h"}), (KARIM, {"text": "samedi à 11h"})]
    )
    assert "C'est fixé" in told(sent, AMINA)
    assert "C'est fixé" in told(sent, KARIM)
    assert [row.wall for row in await rows(two)] == [datetime(2026, 11, 28, 10)]


async def test_two_who_suggest_different_hours_at_once_are_left_with_one_offer(
    two: Rehearsal,
) -> None:
    await two.write(AMINA, text="prendre rendez-vous")
    await two.write(KARIM, text="prendre rendez-vous")
    await two.write_all([(AMINA, {"text": "samedi à 10h"}), (KARIM, {"text": "samedi à 15h"})])
    async with two.app.database.read() as connection:
        (offer,) = (await offers.open_of(connection, [2])).values()
    asked = AMINA if offer.by_id == 1 else KARIM
    sent = await two.write(asked, text="je confirme")
    assert "C'est fixé" in told(sent, AMINA)
    assert "C'est fixé" in told(sent, KARIM)
    assert [row.starts_at for row in await rows(two)] == [offer.starts_at]


async def test_of_twenty_answers_to_one_offer_one_counts(database: Database) -> None:
    await acquainted(database, 1)
    async with database.write() as connection:
        hour = Hour(datetime(2026, 11, 28, 10), FES, MUNICH)
        number = await offers.put(connection, Offer(2, 1, hour, "video"), MONDAY)

    async def answer() -> object:
        async with database.write() as connection:
            return await offers.close(connection, 2, number)

    found = await asyncio.gather(*(answer() for _ in range(20)))
    assert sum(one is not None for one in found) == 1
    async with database.write() as connection:
        assert await offers.put(connection, Offer(2, 2, hour, "video"), MONDAY) == number + 1
        assert await offers.close(connection, 2, number) is None


async def test_an_hour_that_is_over_or_too_near_is_not_suggested(two: Rehearsal) -> None:
    await two.write(AMINA, text="prendre rendez-vous")
    await two.move(MONDAY + timedelta(days=30))
    sent = await two.write(AMINA, text="1")
    assert "passée ou trop proche" in told(sent, AMINA)
    assert await rows(two) == []


# Reminders


async def test_reminders_of_an_hour_that_moved_say_nothing(two: Rehearsal) -> None:
    await booked(two)
    await two.write(AMINA, text="déplacer le rdv")
    await two.write(AMINA, text="dimanche 29 à 12h")
    await two.write(KARIM, text="je confirme")
    sent = await two.move(datetime(2026, 11, 28, 11, 59, tzinfo=UTC))
    assert sent == []
    sent = await two.move(datetime(2026, 11, 28, 12, tzinfo=UTC))
    assert {one.to for one in sent} == {AMINA, KARIM}
    assert "dimanche 29 novembre, 12:00" in told(sent, AMINA)


async def test_a_reminder_that_comes_after_the_beginning_is_dropped(two: Rehearsal) -> None:
    await booked(two)
    two.clock.move(datetime(2026, 11, 28, 10, 1, tzinfo=UTC))
    await two.app.fire_timers()
    assert await two.settle() == []


async def test_an_old_button_of_a_reminder_still_does_what_it_says(two: Rehearsal) -> None:
    await booked(two)
    await two.move(datetime(2026, 11, 27, 10, tzinfo=UTC))
    await two.write(AMINA, text="mes données")
    await two.write(AMINA, text="menu")
    two.clock.move(two.clock.now() + timedelta(minutes=5))
    sent = await two.write(AMINA, tap="Je serai en retard")
    assert "un peu de retard" in told(sent, KARIM)


async def test_an_offer_that_nobody_answers_is_given_up_aloud(two: Rehearsal) -> None:
    await two.write(AMINA, text="prendre rendez-vous vendredi 4 décembre à 18h")
    sent = await two.move(MONDAY + timedelta(hours=40))
    assert "attend votre réponse" in told(sent, KARIM)
    sent = await two.move(MONDAY + timedelta(hours=80))
    assert "n'a pas encore pu répondre" in told(sent, AMINA)
    sent = await two.write(KARIM, text="je confirme")
    assert "n'est plus ouverte" in told(sent, KARIM)
    assert await rows(two) == []


# What is kept


async def test_what_is_reported_is_kept_told_to_its_own_and_erased(two: Rehearsal) -> None:
    await booked(two)
    await two.move(datetime(2026, 11, 28, 12, tzinfo=UTC))
    for text in ("oui", "5", "fixer mes prix", "appeler Samira", "vendredi"):
        await two.write(AMINA, text=text)
    mine, his = await two.show(AMINA), await two.show(KARIM)
    (report,) = mine["session_reports"]
    assert (report["rating"], report["learnt"], report["due"]) == (
        5,
        "fixer mes prix",
        "2026-12-04",
    )
    assert "fixer mes prix" not in str(his)
    async with two.app.database.write() as connection:
        await privacy.erase(connection, 2, MONDAY)
        assert (await connection.execute(select(reports_table))).all() == []
        assert (await connection.execute(select(sessions))).all() == []


async def test_reports_follow_who_turns_out_to_be_the_same_person(two: Rehearsal) -> None:
    await booked(two)
    async with two.app.database.write() as connection:
        (row,) = (await connection.execute(select(sessions))).all()
        await reports.put(connection, row.id, 2, {"held": True, "rating": 4}, MONDAY)
        await connection.execute(
            insert(people), [{"id": 9, "state": {}, "created_at": MONDAY, "registered_at": MONDAY}]
        )
        same = {"person_id": 9, "channel": "web", "address": "w", "phone": "+212600000009"}
        await connection.execute(insert(addresses), [{**same, "created_at": MONDAY}])
        known, sender = (await conversations.load_by_id(connection, [2]))[2]
        known.columns["registered_at"] = None
        stays = await conversations.link_phone(connection, known, sender.key, same["phone"])
        assert stays == 9
        assert (9, 4) in {
            (one.person_id, one.rating) for one in await connection.execute(select(reports_table))
        }
        kinds = select(timers.c.kind).where(timers.c.person_id == 9)
        assert "session_hour" in set(await connection.scalars(kinds))


async def test_two_words_that_differ_and_a_second_absence_reach_an_operator(
    two: Rehearsal,
) -> None:
    for day in (28, 30):
        await booked(two, f"prendre rendez-vous le {day} novembre à 10h")
        await two.move(datetime(2026, 11, day, 12, tzinfo=UTC))
        await two.write(AMINA, text="non")
        await two.write(AMINA, text="L'autre a manqué")
        await two.write(KARIM, text="non")
        await two.write(KARIM, text="Je n'ai pas pu")
        await two.write(AMINA, text="plus tard")
    async with two.app.database.read() as connection:
        found = [(one.person_id, one.reason) for one in await open_tickets(connection)]
        assert found == [(1, "no_show")]
        assert await reports.missed(connection, 1) == 2


# Calendars


@pytest.fixture
async def known(sqlite: str, catalog: Catalog) -> AsyncIterator[Rehearsal]:
    """The same where the world can reach us."""
    settings = settings_for(sqlite, server={"public_url": URL})
    made = Rehearsal(settings, Clock(MONDAY), catalog)
    await made.begin()
    await acquainted(made.app.database, 1)
    yield made
    await made.end()


def link_in(text: str) -> str:
    return next(word for word in text.split() if word.startswith(f"{URL}/calendar/"))


async def test_a_confirmation_links_to_a_calendar_file_that_follows_the_session(
    known: Rehearsal,
) -> None:
    await known.write(AMINA, text="prendre rendez-vous samedi à 10h")
    sent = await known.write(KARIM, text="je confirme")
    hers, his = link_in(told(sent, AMINA)), link_in(told(sent, KARIM))
    assert hers != his
    transport = httpx.ASGITransport(known.app.web())
    async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
        got = await client.get(hers)
        assert got.headers["content-type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(got.content).walk("VEVENT")
        assert event["SUMMARY"] == "Mentorat avec Karim"
        assert event.start == datetime(2026, 11, 28, 10, tzinfo=UTC)
        assert event["LOCATION"].startswith("https://meet.jit.si/MeM-")
        (event,) = Calendar.from_ical((await client.get(his)).content).walk("VEVENT")
        assert event["SUMMARY"] == "Mentorat avec M2"
        await known.write(AMINA, text="annuler le rdv")
        await known.write(AMINA, text="oui")
        await known.write(AMINA, text="passer")
        calendar = Calendar.from_ical((await client.get(hers)).content)
        (event,) = calendar.walk("VEVENT")
        assert (calendar["METHOD"], event["SEQUENCE"]) == ("CANCEL", 1)
        assert (await client.get(hers.replace("mentee", "nobody"))).status_code == 404
        assert (await client.get(f"{URL}/calendar/mentee/0.ics")).status_code == 404


# A country changes its clock


async def test_both_are_told_when_a_decree_moves_a_clock(two: Rehearsal) -> None:
    with zone_data("ahead"):
        await booked(two, "prendre rendez-vous samedi à 18h")
        (row,) = await rows(two)
        assert (row.starts_at.hour, row.mentor_wall.hour) == (17, 18)
    with zone_data("settled"):
        surroundings = Context(two.settings, two.clock)
        result = await asyncio.to_thread(
            CliRunner().invoke, command, ["recompute"], obj=surroundings
        )
        assert "1 sessions moved in UTC; of 1 both people are told." in result.output
        sent = await two.settle()
        assert "18:00 (Fès) / 19:00 (Munich)" in told(sent, AMINA)
        assert "19:00 (Munich) / 18:00 (Fès)" in told(sent, KARIM)
        again = await asyncio.to_thread(
            CliRunner().invoke, command, ["recompute"], obj=surroundings
        )
        assert again.output.startswith("0 sessions moved")
        sent = await two.move(datetime(2026, 11, 28, 16, 59, tzinfo=UTC))
        assert [one.at.isoformat()[:16] for one in sent] == ["2026-11-27T18:00"] * 2
        sent = await two.move(datetime(2026, 11, 28, 17, 1, tzinfo=UTC))
        assert {one.to for one in sent} == {AMINA, KARIM}


async def test_what_a_decree_puts_on_one_hour_is_given_another(rehearsal: Rehearsal) -> None:
    await acquainted(rehearsal.app.database, 2)
    with zone_data("ahead"):
        for n, text in ((2, "samedi à 17h"), (3, "samedi à 18h")):
            await rehearsal.write(mentee(n), text=f"prendre rendez-vous {text}")
            await rehearsal.write(KARIM, text="je confirme")
        async with rehearsal.app.database.write() as connection:
            # The second lives in Paris, whose clock stays.
            theirs = sessions.update().where(sessions.c.mentee_id == 3)
            await connection.execute(theirs.values(zone="Europe/Paris"))
    with zone_data("settled"):
        rehearsal.clock.move(rehearsal.clock.now() + timedelta(hours=1))
        await rehearsal.app.keep_house()
        sent = await rehearsal.settle()
        states = [row.state for row in await rows(rehearsal)]
        assert sorted(states) == ["booked", "displaced"]
        displaced = 2 if states[0] == "displaced" else 3
        assert "Il lui faut une nouvelle heure" in told(sent, mentee(displaced))
        await rehearsal.write(mentee(displaced), text="1")
        sent = await rehearsal.write(KARIM, text="je confirme")
        assert "est déplacé" in told(sent, mentee(displaced))
        assert [row.state for row in await rows(rehearsal)] == ["booked", "booked"]

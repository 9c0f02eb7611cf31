"""Ten days of four people who each leave something open: each reminder on its day, none too many."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update

from bot.rehearsal import Rehearsal, Sent
from storage.database import Database
from storage.pairing import mentors, pairs
from storage.tables import addresses, mentees, people, timers
from tests.conftest import MONDAY

FES, MONTREAL = "Africa/Casablanca", "America/Montreal"
LINA, SARA, KARIM, AMINA, OMAR = (f"telegram:{n}" for n in (5, 3, 1, 2, 4))
"""A registration that was left; who does not choose; a silent mentor; a pair with a session."""
ALWAYS: Final = [{"days": [0, 1, 2, 3, 4, 5, 6], "start": "08:00", "end": "21:00"}]
OPENINGS: Final = {
    LINA: "Il reste des questions",
    SARA: "Votre choix vous attend",
    KARIM: "Quelqu'un attend votre réponse",
    AMINA: "a-t-il eu lieu",
    OMAR: "a-t-il eu lieu",
}


async def acquainted(database: Database) -> None:
    """Karim in Montréal is a mentor with a place; Omar accompanies Amina; Sara looks for a mentor."""
    place = {"name_fr": "Fès", "country": "MA", "timezone": FES, "lat": 34.0, "lon": -5.0}
    some: dict[str, Any] = {"languages": ["fr"], "meet": ["video"], "availability": ALWAYS}
    some |= {"place": place, "updated_at": MONDAY}
    person = {"language": "fr", "state": {}, "created_at": MONDAY, "seen_at": MONDAY}
    known = {**person, "registered_at": MONDAY}
    rows = [
        {**person, "id": 1, "name": "Karim I", "timezone": MONTREAL, "registered_at": None},
        {**known, "id": 2, "name": "Amina B", "timezone": FES},
        {**known, "id": 3, "name": "Sara T", "timezone": FES},
        {**person, "id": 4, "name": "Omar K", "timezone": FES, "registered_at": None},
    ]
    skills = {"sectors": ["crafts"], "skills": ["finance"], "stages": ["idea"]}
    mentor = {**some, **skills, "state": "approved", "conduct": "x", "capacity": 1}
    async with database.write() as connection:
        await connection.execute(insert(people), rows)
        home = [
            {"person_id": n, "channel": "telegram", "address": str(n), "created_at": MONDAY}
            for n in (1, 2, 3, 4)
        ]
        await connection.execute(insert(addresses), home)
        told = {**some, "needs": ["finance"], "sector": "crafts", "stage": "idea", "wish": "anyone"}
        await connection.execute(insert(mentees), [{**told, "person_id": n} for n in (2, 3)])
        both = [{**mentor, "person_id": 1, "taken": 0}, {**mentor, "person_id": 4, "taken": 1}]
        await connection.execute(insert(mentors), both)
        pair = {"id": 7, "mentee_id": 2, "mentor_id": 4, "agreed_at": MONDAY, "started_at": MONDAY}
        await connection.execute(insert(pairs), [pair])


def opened(sent: list[Sent], who: str) -> list[datetime]:
    """When this person was reminded of what they left open."""
    return [one.at for one in sent if one.to == who and OPENINGS[who] in one.text]


def days(times: list[datetime]) -> list[int]:
    return [round((at - MONDAY) / timedelta(days=1)) for at in times]


async def begun(rehearsal: Rehearsal) -> None:
    """All of it on the first morning: a session on Tuesday, and Sara's cards."""
    await acquainted(rehearsal.app.database)
    for said in ("Bonjour", "oui"):
        await rehearsal.write(LINA, text=said)
    await rehearsal.write(AMINA, text="prendre rendez-vous demain à 15h")
    await rehearsal.write(OMAR, text="je confirme")
    shown = await rehearsal.write(SARA, text="je cherche un mentor")
    assert "Qui choisissez-vous" in shown[-1].text


async def test_each_is_reminded_in_time_and_no_more_than_three_times(rehearsal: Rehearsal) -> None:
    await begun(rehearsal)
    sent = await rehearsal.move(MONDAY + timedelta(days=12))
    assert days(opened(sent, LINA)) == [1, 4, 11]
    assert days(opened(sent, SARA)) == [1, 4, 11]
    # Over at 16:00 on Tuesday: asked at half past, a day later, and two days after that.
    for who in (AMINA, OMAR):
        assert days(opened(sent, who)) == [1, 2, 4]
    later = await rehearsal.move(MONDAY + timedelta(days=60))
    assert all(not opened(later, who) for who in OPENINGS)


async def test_at_a_decent_hour_of_the_persons_own_clock(rehearsal: Rehearsal) -> None:
    await begun(rehearsal)
    await rehearsal.write(SARA, text="1")
    await rehearsal.write(SARA, text="1")
    sent = await rehearsal.move(MONDAY + timedelta(days=10))
    zones = {LINA: FES, SARA: FES, KARIM: MONTREAL, AMINA: FES, OMAR: FES}
    for who, zone in zones.items():
        for at in opened(sent, who):
            local = at.astimezone(ZoneInfo(zone))
            assert 9.5 <= local.hour + local.minute / 60 < 20, (who, local)
    assert len({(one.to, one.text, one.at) for one in sent}) == len(sent)


async def test_a_request_is_brought_back_twice_and_then_it_ends(rehearsal: Rehearsal) -> None:
    await begun(rehearsal)
    await rehearsal.write(SARA, text="1")
    await rehearsal.write(SARA, text="1")
    sent = await rehearsal.move(MONDAY + timedelta(days=10))
    asked = [one for one in sent if one.to == KARIM and "Acceptez-vous" in one.text]
    assert days([one.at for one in asked]) == [0, 1, 2]
    # She has asked somebody: nobody urges her to choose while she waits for the answer.
    expired = next(
        one.at for one in sent if one.to == SARA and "pas encore pu répondre" in one.text
    )
    assert all(at > expired for at in opened(sent, SARA))


async def test_each_stops_at_what_makes_it_moot(rehearsal: Rehearsal) -> None:
    await begun(rehearsal)
    await rehearsal.move(MONDAY + timedelta(days=1, hours=8))
    await rehearsal.write(LINA, text="pas intéressée")
    await rehearsal.write(AMINA, text="oui")
    await rehearsal.write(OMAR, text="oui")
    await rehearsal.write(SARA, text="plus tard")
    sent = await rehearsal.move(MONDAY + timedelta(days=12))
    assert all(not opened(sent, who) for who in OPENINGS)
    async with rehearsal.app.database.read() as connection:
        query = select(timers.c.kind).where(timers.c.person_id.in_((3, 5)), timers.c.state == "new")
        assert not list(await connection.scalars(query))


async def test_a_day_without_us_makes_no_burst(rehearsal: Rehearsal) -> None:
    """The machine was off over the whole of the session: what is said then is still true."""
    await begun(rehearsal)
    rehearsal.clock.move(MONDAY + timedelta(days=2))
    sent = await rehearsal.move(MONDAY + timedelta(days=2, hours=1))
    assert not any("rappel de votre rendez-vous" in one.text for one in sent)
    assert not any("approche" in one.text for one in sent)
    for who in (LINA, SARA, AMINA, OMAR):
        assert len([one for one in sent if one.to == who]) == 1, who
    rest = await rehearsal.move(MONDAY + timedelta(days=20))
    assert all(len(opened([*sent, *rest], who)) <= 3 for who in OPENINGS)


async def test_a_timer_fires_once_however_often_it_is_looked_for(rehearsal: Rehearsal) -> None:
    await begun(rehearsal)
    rehearsal.clock.move(MONDAY + timedelta(days=1))
    for _ in range(3):
        await rehearsal.app.fire_timers()
    first = await rehearsal.settle()
    assert len(opened(first, LINA)) == 1
    async with rehearsal.app.database.write() as connection:
        await connection.execute(update(timers).where(timers.c.person_id == 3).values(state="done"))
    assert not opened(await rehearsal.move(MONDAY + timedelta(days=5)), SARA)


async def test_an_hour_said_to_a_silent_pair_is_suggested_at_once(rehearsal: Rehearsal) -> None:
    await acquainted(rehearsal.app.database)
    async with rehearsal.app.database.write() as connection:
        due = {"kind": "silent_pair", "subject": "pair:7", "due_at": MONDAY + timedelta(days=14)}
        await connection.execute(insert(timers), [{**due, "person_id": 2}])
    asked = await rehearsal.move(MONDAY + timedelta(days=15))
    assert "pas de rendez-vous prévu avec Omar" in asked[-1].text
    sent = await rehearsal.write(AMINA, text="samedi à 10h")
    assert any("Amina vous propose" in one.text for one in sent if one.to == OMAR)
    # Booked or suggested, they are not silent any more.
    assert not opened(await rehearsal.move(MONDAY + timedelta(days=16)), AMINA)


async def test_after_start_what_waited_comes_one_a_day_and_not_at_once(
    rehearsal: Rehearsal,
) -> None:
    """Three things of Amina's fell due while she wanted no messages."""
    await acquainted(rehearsal.app.database)
    fallen = MONDAY + timedelta(days=3)
    waiting = (("silent_pair", "pair:7"), ("follow_up", "m3"), ("give_back", "again"))
    async with rehearsal.app.database.write() as connection:
        due = [{"kind": k, "subject": s, "due_at": fallen, "person_id": 2} for k, s in waiting]
        await connection.execute(insert(timers), due)
    await rehearsal.write(AMINA, text="STOP")
    sent = await rehearsal.move(MONDAY + timedelta(days=5))
    assert not [one for one in sent if one.to == AMINA]
    back = await rehearsal.write(AMINA, text="START")
    assert [one.text[:13] for one in back] == ["C'est reparti"]
    sent = await rehearsal.move(MONDAY + timedelta(days=5, hours=19))
    assert not [one for one in sent if one.to == AMINA]
    sent = await rehearsal.move(MONDAY + timedelta(days=10))
    times = [one.at for one in sent if one.to == AMINA]
    assert len(times) >= 2
    assert all(later - sooner >= timedelta(days=1) for sooner, later in pairwise(times))

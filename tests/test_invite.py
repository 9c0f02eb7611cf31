"""Calendar files that phones take, and links that nobody guesses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.doing import random_room
from bot.invite import Invite, calendar_file, new_link, new_uid
from tests.conftest import MONDAY

START = datetime(2026, 12, 1, 18, tzinfo=UTC)
INVITE = Invite(
    uid="abc@mentoring-mem",
    sequence=2,
    start=START,
    minutes=60,
    summary="جلسة إرشاد مع كريم",
    description="الثلاثاء فاتح دجنبر، 18:00 (الدار البيضاء) - 19:00 (باريس)",
    link="https://meet.example/MeM-0123",
    organizer="Mentoring MeM",
)


def event(file: bytes) -> Any:
    (found,) = Calendar.from_ical(file).walk("VEVENT")
    return found


def test_a_file_says_all_of_a_session() -> None:
    file = calendar_file(INVITE, "REQUEST", MONDAY)
    assert Calendar.from_ical(file)["METHOD"] == "REQUEST"
    found = event(file)
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == (INVITE.uid, 2, "CONFIRMED")
    assert (found["SUMMARY"], found["DESCRIPTION"]) == (INVITE.summary, INVITE.description)
    assert (found["LOCATION"], found["URL"]) == (INVITE.link, INVITE.link)
    assert found["ORGANIZER"].params["CN"] == "Mentoring MeM"
    assert (found.start, found.end) == (START, START + timedelta(hours=1))
    assert [alarm["TRIGGER"].dt for alarm in found.walk("VALARM")] == [
        -timedelta(days=1),
        -timedelta(hours=1),
    ]
    assert {alarm["ACTION"] for alarm in found.walk("VALARM")} == {"DISPLAY"}


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "America/Toronto", "UTC"])
def test_a_time_is_a_utc_instant_whatever_zone_it_is_given_in(zone: str) -> None:
    moved = replace(INVITE, start=START.astimezone(ZoneInfo(zone)))
    file = calendar_file(moved, "REQUEST", MONDAY.astimezone(ZoneInfo(zone)))
    assert b"\r\nDTSTART:20261201T180000Z\r\n" in file
    assert b"\r\nDTEND:20261201T190000Z\r\n" in file
    assert b"\r\nDTSTAMP:20261123T100000Z\r\n" in file
    assert b"TZID" not in file
    assert file == calendar_file(INVITE, "REQUEST", MONDAY)


def test_a_cancellation_takes_out_the_same_entry_and_rings_no_bell() -> None:
    file = calendar_file(replace(INVITE, sequence=3), "CANCEL", MONDAY)
    assert Calendar.from_ical(file)["METHOD"] == "CANCEL"
    found = event(file)
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == (INVITE.uid, 3, "CANCELLED")
    assert not found.walk("VALARM")


def test_without_a_link_there_is_none() -> None:
    found = event(calendar_file(replace(INVITE, link="", description=""), "REQUEST", MONDAY))
    assert not {"LOCATION", "URL", "DESCRIPTION"} & set(found)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n;,\\:")))
def test_no_words_break_a_file(words: str) -> None:
    file = calendar_file(replace(INVITE, summary=words, description=words), "REQUEST", MONDAY)
    assert str(event(file)["SUMMARY"]) == words
    lines = file.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert file.count(b"\r\nBEGIN:VEVENT") == 1
    assert [line for line in lines if line.startswith(b"UID")] == [b"UID:abc@mentoring-mem"]


def test_rooms_and_names_are_random() -> None:
    links = {new_link("https://meet.example/MeM-{room}?lang=fr", random_room()) for _ in range(100)}
    assert len(links) == 100
    assert all(len(link) == len("https://meet.example/MeM-?lang=fr") + 32 for link in links)
    assert new_link("", random_room()) == ""
    assert new_uid("a1") == "a1@mentoring-mem"

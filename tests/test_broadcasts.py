"""Announcements: previewed as they go, sent once, and every copy accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot import broadcasts as plans
from bot.broadcasts import DraftError, Status
from bot.composer import Composer
from bot.reach import Surroundings
from bot.rehearsal import Rehearsal
from flows.rules.announcement import unknown_variables, worded
from storage import broadcasts, privacy, tags
from storage.tables import addresses, mentees, outbox, people, templates
from tests.conftest import MONDAY

TEXTS = {"fr": "Bonjour {name}, atelier jeudi à Fès.", "ar": "مرحبا {name}، ورشة يوم الخميس."}


async def crowd(rehearsal: Rehearsal, many: int = 12, **columns: Any) -> list[int]:
    """Mentees on four channels in three languages, who wrote three days ago."""
    now = rehearsal.clock.now()
    channels, languages = ("whatsapp", "sms", "telegram", "telegram"), ("fr", "ar", "en")
    async with rehearsal.app.database.write() as connection:
        made = insert(people).returning(people.c.id, sort_by_parameter_order=True)
        rows = [
            {
                "language": languages[n % 3], "name": f"Amina {n}", "state": {},
                "timezone": "Africa/Casablanca", "registered_at": now, "created_at": now,
                "seen_at": now - timedelta(days=3), **columns,
            }
            for n in range(many)
        ]  # fmt: skip
        ids = list(await connection.scalars(made, rows))
        empty = {"needs": [], "languages": [], "meet": [], "availability": [], "updated_at": now}
        await connection.execute(
            insert(mentees),
            [{"person_id": id, "region": f"0{n % 2 + 1}", **empty} for n, id in enumerate(ids)],
        )
        await connection.execute(
            insert(addresses),
            [
                {
                    "person_id": id, "channel": channels[n % 4],
                    "address": f"+2126{id:08d}" if n % 4 < 2 else str(7000 + id),
                    "seen_at": now - timedelta(days=3), "created_at": now,
                }
                for n, id in enumerate(ids)
            ],
        )  # fmt: skip
    return ids


async def draft(rehearsal: Rehearsal, **values: Any) -> int:
    told = {
        "title": "Atelier à Fès", "texts": TEXTS, "fallback": ["fr", "ar", "en"], "audience": {},
        "created_at": rehearsal.clock.now(), **values,
    }  # fmt: skip
    async with rehearsal.app.database.write() as connection:
        return await broadcasts.draft(connection, told)


async def send(rehearsal: Rehearsal, number: int) -> None:
    async with rehearsal.app.database.write() as connection:
        now = rehearsal.clock.now()
        assert await plans.send(connection, number, "Africa/Casablanca", now) is not None
    await rehearsal.settle()


async def status(rehearsal: Rehearsal, number: int) -> Status:
    async with rehearsal.app.database.read() as connection:
        told = plans.status(await broadcasts.counts(connection, number))
        (row,) = (await broadcasts.by_id(connection, [number])).values()
    assert told.total == row.size
    return told


async def preview(rehearsal: Rehearsal, number: int) -> plans.Preview:
    app = rehearsal.app
    async with app.database.read() as connection:
        (row,) = (await broadcasts.by_id(connection, [number])).values()
    async with app.database.write() as connection:
        return await plans.preview(
            connection, row, Surroundings.of(app.settings), Composer(app.catalog),
            app.settings.prices, rehearsal.clock.now(),
        )  # fmt: skip


async def approve(rehearsal: Rehearsal, name: str, language: str = "fr") -> None:
    row = {
        "name": name, "language": language, "version": "1", "sid": f"HX{name}{language}",
        "status": "approved", "updated_at": rehearsal.clock.now(),
    }  # fmt: skip
    async with rehearsal.app.database.write() as connection:
        await connection.execute(insert(templates), [row])


async def test_each_gets_one_in_their_language_and_the_sums_are_the_audience(
    rehearsal: Rehearsal,
) -> None:
    await crowd(rehearsal)
    number = await draft(rehearsal)
    told = await preview(rehearsal, number)
    assert (told.size, told.goes, told.never["window_shut"]) == (12, 9, 3)
    assert rehearsal.sent == []
    await send(rehearsal, number)
    assert len({one.to for one in rehearsal.sent}) == len(rehearsal.sent) == 9
    assert {one.text.splitlines()[-1].replace("\u00a0", " ") for one in rehearsal.sent} == {
        "Pour ne plus recevoir nos messages : STOP", "للتوقف عن تلقي رسائلنا: STOP",
    }  # fmt: skip
    assert all("Amina" in one.text for one in rehearsal.sent)
    came_of = await status(rehearsal, number)
    assert (came_of.sent, came_of.suppressed["window_shut"]) == (9, 3)
    async with rehearsal.app.database.write() as connection:
        assert await plans.send(connection, number, "UTC", rehearsal.clock.now()) is None
    await rehearsal.app.end_broadcasts()
    async with rehearsal.app.database.read() as connection:
        assert (await broadcasts.by_id(connection, [number]))[number].state == "done"


async def test_what_the_preview_counts_is_what_happens(rehearsal: Rehearsal) -> None:
    ids = await crowd(rehearsal, 24)
    await approve(rehearsal, "announcement")
    async with rehearsal.app.database.write() as connection:
        await connection.execute(
            update(people).where(people.c.id.in_(ids[:3])).values(opted_out_at=MONDAY)
        )
        lost = update(addresses).where(addresses.c.person_id.in_(ids[3:6]))
        await connection.execute(lost.values(state="unreachable"))
        await connection.execute(addresses.delete().where(addresses.c.person_id == ids[6]))
    number = await draft(rehearsal)
    told = await preview(rehearsal, number)
    await send(rehearsal, number)
    came_of = await status(rehearsal, number)
    assert told.never == came_of.suppressed
    assert told.never == {"opted_out": 3, "unreachable": 3, "no_address": 1}
    # A notice goes out for each that waits behind it.
    assert told.goes == came_of.sent + came_of.held["window_shut"] == 17
    assert came_of.held["window_shut"] == told.ways["whatsapp", "notice"] > 0
    assert told.cost > 0


async def test_the_audience_is_chosen_by_what_is_known(rehearsal: Rehearsal) -> None:
    ids = await crowd(rehearsal, 12, source="FES26")
    async with rehearsal.app.database.write() as connection:
        await tags.put(connection, ids[:4], "workshop")

    async def chosen(**wanted: Any) -> set[int]:
        async with rehearsal.app.database.read() as connection:
            query = broadcasts.audience(wanted, rehearsal.clock.now())
            return set(await connection.scalars(query))

    assert await chosen() == set(ids) == await chosen(cohort=["FES26"])
    assert await chosen(cohort=["OTHER"]) == await chosen(role=["mentor"]) == set()
    assert await chosen(region=["01"]) == set(ids[::2])
    assert await chosen(language=["ar", "en"]) == set(ids[1::3]) | set(ids[2::3])
    assert await chosen(tag=["workshop"]) == set(ids[:4])
    assert await chosen(without_tag=["workshop"]) == set(ids[4:])
    assert await chosen(active_days=4) == set(ids)
    assert await chosen(active_days=2) == await chosen(silent_days=4) == set()


async def test_it_goes_in_each_ones_own_morning(rehearsal: Rehearsal) -> None:
    ids = await crowd(rehearsal, 2)
    async with rehearsal.app.database.write() as connection:
        abroad = update(people).where(people.c.id == ids[1]).values(timezone="America/Toronto")
        await connection.execute(abroad)
        both = update(addresses).values(channel="telegram")
        await connection.execute(both)
    number = await draft(rehearsal, day=date(2026, 11, 24), hour=time(10))
    await send(rehearsal, number)
    assert rehearsal.sent == []
    await rehearsal.move(datetime(2026, 11, 24, 18, tzinfo=UTC))
    assert [one.at for one in rehearsal.sent] == [
        datetime(2026, 11, 24, 10, tzinfo=UTC), datetime(2026, 11, 24, 15, tzinfo=UTC),
    ]  # fmt: skip


async def test_paused_and_cancelled_and_a_stop_on_the_way(rehearsal: Rehearsal) -> None:
    ids = await crowd(rehearsal, 8, timezone="Africa/Casablanca")
    async with rehearsal.app.database.write() as connection:
        await connection.execute(update(addresses).values(channel="telegram"))
    number = await draft(rehearsal, day=date(2026, 11, 24), hour=time(10))
    await send(rehearsal, number)
    async with rehearsal.app.database.read() as connection:
        query = select(addresses.c.address).where(addresses.c.person_id == ids[0])
        address = await connection.scalar(query)
    await rehearsal.write(f"telegram:{address}", text="STOP")
    async with rehearsal.app.database.write() as connection:
        now = rehearsal.clock.now()
        assert await broadcasts.turn(connection, number, ("sending",), "paused", now)
        assert not await broadcasts.turn(connection, number, ("sending",), "paused", now)
    before = len(rehearsal.sent)
    await rehearsal.move(datetime(2026, 11, 24, 11, tzinfo=UTC))
    assert len(rehearsal.sent) == before
    assert (await status(rehearsal, number)).queued == 8
    async with rehearsal.app.database.write() as connection:
        assert await broadcasts.turn(connection, number, ("paused",), "sending", now)
        await connection.execute(
            update(outbox).where(outbox.c.person_id.in_(ids[4:])).values(due_at=now + timedelta(9))
        )
    sent = await rehearsal.settle()
    assert len(sent) == 3
    assert f"telegram:{address}" not in {one.to for one in sent}
    async with rehearsal.app.database.write() as connection:
        assert await broadcasts.turn(connection, number, ("sending",), "cancelled", now)
    async with rehearsal.app.database.write() as connection:
        assert await broadcasts.take_back(connection, number) == 4
    came_of = await status(rehearsal, number)
    assert (came_of.sent, came_of.suppressed) == (3, {"opted_out": 1, "cancelled": 4})


async def test_behind_a_notice_it_is_read_when_they_touch_it(rehearsal: Rehearsal) -> None:
    ids = await crowd(rehearsal, 1)
    await approve(rehearsal, "announcement")
    number = await draft(rehearsal)
    await send(rehearsal, number)
    (notice,) = rehearsal.sent
    assert "Atelier à Fès" in notice.text
    assert "jeudi" not in notice.text
    assert (await status(rehearsal, number)).held == {"window_shut": 1}
    sent = await rehearsal.write(f"whatsapp:+2126{ids[0]:08d}", text="ok")
    assert [one.text.splitlines()[0] for one in sent] == ["Bonjour Amina, atelier jeudi à Fès."]
    assert (await status(rehearsal, number)).sent == 1
    # And only once.
    await rehearsal.move(rehearsal.clock.now() + timedelta(days=8))
    assert len(rehearsal.sent) == 2


@pytest.mark.parametrize(
    ("opens", "said", "shows"),
    [
        ("", "oui", "équipe vous écrira"),
        ("become_mentor", "oui", "Dans quelle ville"),
        ("", "merci", "plaisir"),
        ("", "aide", "Que puis-je faire"),
    ],
)
async def test_a_reply_opens_the_right_conversation(
    rehearsal: Rehearsal, opens: str, said: str, shows: str
) -> None:
    ids = await crowd(rehearsal, 1)
    async with rehearsal.app.database.write() as connection:
        await connection.execute(update(addresses).values(channel="telegram"))
        address = await connection.scalar(select(addresses.c.address))
    await send(rehearsal, await draft(rehearsal, opens=opens))
    sent = await rehearsal.write(f"telegram:{address}", text=said)
    assert shows in sent[-1].text
    assert ids


async def test_who_is_erased_is_only_counted(rehearsal: Rehearsal) -> None:
    ids = await crowd(rehearsal, 4)
    number = await draft(rehearsal, day=date(2026, 11, 25))
    await send(rehearsal, number)
    async with rehearsal.app.database.write() as connection:
        await privacy.erase(connection, ids[0], rehearsal.clock.now())
    assert (await status(rehearsal, number)).suppressed == {"erased": 1}


async def test_at_most_two_a_week(rehearsal: Rehearsal) -> None:
    await crowd(rehearsal, 1, timezone="Africa/Casablanca")
    async with rehearsal.app.database.write() as connection:
        await connection.execute(update(addresses).values(channel="telegram"))
    for _ in range(4):
        await send(rehearsal, await draft(rehearsal))
    assert len(rehearsal.sent) == 1
    await rehearsal.move(rehearsal.clock.now() + timedelta(days=6))
    assert len(rehearsal.sent) == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "--title"),
        ({"title": "a\nb"}, "--title"),
        ({"texts": {}}, "no text"),
        ({"texts": {"fr": "x" * 901}}, "901"),
        ({"texts": {"fr": "Bonjour {nom}"}}, "{nom}"),
        ({"texts": {"fr": "Bonjour {"}}, "{name}"),
        ({"texts": {"fr": "Bonjour"}, "fallback": ["ar"]}, "--fallback"),
        ({"fallback": ["de"]}, "not de"),
        ({"opens": "nothing"}, "--opens"),
    ],
)
def test_a_draft_that_puzzles_is_refused(changes: Mapping[str, Any], says: str) -> None:
    good: dict[str, Any] = {"title": "Atelier", "texts": {"fr": "Bonjour"}, "fallback": ["fr"]}
    plans.check(**good)
    with pytest.raises(DraftError, match=says.replace("{", r"\{")):
        plans.check(**good | changes)


def test_without_a_name_nothing_is_left_of_it() -> None:
    for text in ("Bonjour {name}, ça va ?", "Bonjour, {name}, ça va ?", "{name}Bonjour, ça va ?"):
        assert worded(text, "") == "Bonjour, ça va ?"
    assert unknown_variables("{name} et {ville}") == ["ville"]


async def test_the_price_in_the_chat_counts_what_stands_below_the_text(
    rehearsal: Rehearsal,
) -> None:
    """A text that fills one SMS costs two with its way out."""
    await crowd(rehearsal, 3, language="fr")
    async with rehearsal.app.database.write() as connection:
        await connection.execute(update(addresses).values(channel="sms"))
    number = await draft(rehearsal, texts={"fr": "a" * 150})
    app = rehearsal.app
    async with app.database.write() as connection:
        (row,) = (await broadcasts.by_id(connection, [number])).values()
        prices, now = app.settings.prices, rehearsal.clock.now()
        composer = Composer(app.catalog)
        many, cost = await plans.estimate(connection, row, composer, prices, "UTC", now)
    assert (many, cost) == (3, pytest.approx(3 * 2 * prices.sms_part))
    told = await preview(rehearsal, number)
    assert (told.goes, told.cost) == (3, pytest.approx(cost))
    async with app.database.read() as connection:
        assert await broadcasts.counts(connection, number) == []

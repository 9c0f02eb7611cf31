"""Telegram: which updates are a turn, and of what kind."""

from __future__ import annotations

from typing import Any

import pytest
from channels_kit import BOT, SECRET, TEXT, TelegramRig
from channels_peer import Answer, Peer

from bot.channels.base import Forged, Inbound
from bot.channels.telegram import Telegram, TelegramConfig

TRUE = Answer({"ok": True, "result": True})
ME = {"id": 777000111, "is_bot": False}
CHAT = {"id": 777000111, "type": "private"}


async def read(rig: TelegramRig, update: dict[str, Any]) -> list[Inbound]:
    return [i for i in await rig.channel.receive(rig.webhook(update)) if isinstance(i, Inbound)]


async def test_the_id_is_one_per_bot(telegram: TelegramRig) -> None:
    [inbound] = await read(telegram, telegram.update(text="/start ref_42"))
    assert inbound.id == "4242:9001"
    assert (inbound.text, inbound.language_hint, inbound.phone) == ("/start ref_42", "fr", "")


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ({"voice": {"file_id": "x"}}, "voice"),
        ({"audio": {"file_id": "x"}}, "voice"),
        ({"video_note": {"file_id": "x"}}, "voice"),
        ({"photo": [{"file_id": "x"}], "caption": "ma boutique"}, "image"),
        ({"document": {"file_size": 2**31}}, "image"),
        ({"sticker": {"emoji": "👍"}}, "image"),
        ({"video": {"file_id": "x"}}, "image"),
        ({"location": {"latitude": 34, "longitude": -5.0}}, "location"),
        ({"location": {"latitude": 91, "longitude": -5.0}}, "other"),
        ({"location": {"latitude": "34", "longitude": None}}, "other"),
        ({"contact": {"phone_number": "212 600-999001", "user_id": 777000111}}, "contact"),
        ({"contact": {"phone_number": "+212600999001", "user_id": 5}}, "other"),
        ({"contact": {"phone_number": "+212600999001"}}, "other"),
        ({"contact": {"phone_number": "12", "user_id": 777000111}}, "other"),
        ({"dice": {"value": 6}}, "other"),
        ({"hologram": {}}, "other"),
        ({"text": ["x"]}, "other"),
    ],
)
async def test_kinds(telegram: TelegramRig, message: dict[str, Any], kind: str) -> None:
    [inbound] = await read(telegram, telegram.update(**message))
    assert inbound.kind == kind
    assert inbound.text == message.get("caption", "")
    assert inbound.phone == ("+212600999001" if kind == "contact" else "")
    assert inbound.location == ((34.0, -5.0) if kind == "location" else None)


async def test_what_no_database_holds_is_left_out(telegram: TelegramRig) -> None:
    [inbound] = await read(telegram, telegram.update(text="a\0b\ud83dc"))
    assert inbound.text == "abc"


def other_update(kind: str, **event: Any) -> dict[str, Any]:
    return {"update_id": 1, kind: {"from": ME, "chat": CHAT, **event}}


@pytest.mark.parametrize(
    "update",
    [
        other_update("edited_message", text="x"),
        other_update("channel_post", text="x"),
        other_update("poll_answer", option_ids=[1], user=ME),
        other_update("message", text="x", chat={"id": -5, "type": "group"}),
        other_update("message", text="x", chat={"id": -5, "type": "supergroup"}),
        other_update("message", text="x", **{"from": {"id": 9, "is_bot": True}}),
        other_update("message", text="x", **{"from": None}),
        other_update("message", text="x", chat={"id": True, "type": "private"}),
        other_update("message", text="x", chat="private"),
        other_update("callback_query", id="7", data="t:1"),
        other_update("callback_query", id="7", message={"chat": CHAT, "message_id": 6}),
        other_update("my_chat_member", new_chat_member={"status": "member"}),
        {"update_id": 1, "message": "x"},
        {"update_id": 1, "telepathy": {"x": [1]}},
        {"update_id": 1},
    ],
    ids=lambda u: str(u)[:60],
)
async def test_what_is_no_turn_of_ours(telegram: TelegramRig, update: dict[str, Any]) -> None:
    assert await read(telegram, update) == []


async def test_a_tap(telegram: TelegramRig, peer: Peer) -> None:
    message = {"chat": CHAT, "message_id": 6, "date": 0}
    [inbound] = await read(
        telegram, other_update("callback_query", id="777", data="t:1", message=message)
    )
    assert (inbound.kind, inbound.tap, inbound.text) == ("tap", "t:1", "")
    assert (inbound.replied_to, inbound.callback) == ("6", "777")
    peer.default = TRUE
    await telegram.channel.acknowledge(inbound)
    assert peer.seen[0].path.endswith("/answerCallbackQuery")
    assert peer.seen[0].form["callback_query_id"] == "777"


async def test_blocking_the_bot_is_an_opt_out(telegram: TelegramRig, peer: Peer) -> None:
    update = other_update("my_chat_member", new_chat_member={"status": "kicked"})
    [inbound] = await read(telegram, update)
    assert (inbound.opt_out, inbound.text) == ("stop", "")
    await telegram.channel.acknowledge(inbound)
    assert peer.seen == []


async def test_without_a_secret_everything_is_forged(peer: Peer) -> None:
    rig = TelegramRig(peer)
    channel = Telegram(TelegramConfig(BOT))
    for secret in ("", "x", SECRET):
        with pytest.raises(Forged):
            await channel.receive(rig.webhook(rig.update(text=TEXT), secret=secret))

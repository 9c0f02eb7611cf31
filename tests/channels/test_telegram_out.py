"""Telegram: keyboards, polling, and what start tells the server."""

from __future__ import annotations

import json
from typing import Any

import pytest
from channels_kit import BOT, SECRET, TEXT, TelegramRig
from channels_peer import Answer, Peer

from bot.channels.base import ChannelError, Later, Outbound, Refused, Unsure
from bot.channels.telegram import Telegram, TelegramConfig

TRUE = Answer({"ok": True, "result": True})
ME = {"id": 777000111, "is_bot": False}
CHAT = {"id": 777000111, "type": "private"}


async def test_plain_text_is_sent_as_it_is(telegram: TelegramRig, peer: Peer) -> None:
    await telegram.channel.send(Outbound("777000111", "<b>1 < 2</b> *x* https://a.example"))
    form = peer.seen[0].form
    assert form["text"] == "<b>1 < 2</b> *x* https://a.example"
    assert json.loads(form["link_preview_options"]) == {"is_disabled": True}
    assert set(form) == {"chat_id", "text", "link_preview_options"}


@pytest.mark.parametrize(
    ("options", "rows"), [(("Oui", "Non", "؟"), [2, 1]), (("Oui", "x" * 19, "Non"), [1, 1, 1])]
)
async def test_buttons(
    telegram: TelegramRig, peer: Peer, options: tuple[str, ...], rows: list[int]
) -> None:
    await telegram.channel.send(Outbound("777000111", TEXT, "buttons", options, "tok"))
    keyboard = json.loads(peer.seen[0].form["reply_markup"])["inline_keyboard"]
    assert [len(row) for row in keyboard] == rows
    pairs = [(button["text"], button["callback_data"]) for row in keyboard for button in row]
    assert pairs == [(label, f"tok:{index}") for index, label in enumerate(options)]


@pytest.mark.parametrize("ask", ["location", "contact"])
async def test_share_buttons(telegram: TelegramRig, peer: Peer, ask: Any) -> None:
    await telegram.channel.send(Outbound("777000111", TEXT, ask=ask, share="Partager"))
    markup = json.loads(peer.seen[0].form["reply_markup"])
    assert markup["one_time_keyboard"] is True
    [[button]] = markup["keyboard"]
    assert (button["text"], button[f"request_{ask}"]) == ("Partager", True)


@pytest.mark.parametrize(
    "out",
    [
        Outbound("777000111", TEXT, options=("a", "b")),
        Outbound("777000111", TEXT, "plain", ("Oui",)),
        Outbound("777000111", TEXT, "buttons"),
    ],
    ids=str,
)
async def test_no_keyboard_without_need(telegram: TelegramRig, peer: Peer, out: Outbound) -> None:
    await telegram.channel.send(out)
    assert "reply_markup" not in peer.seen[0].form


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(b"<html>", 403), Later),
        (Answer(b"<html>", 404), Later),
        (Answer(b"<html>", 400), Later),
        (Answer(b"slow down", 429), Later),
        (Answer({"ok": False, "description": "x"}, 500), Unsure),
        (Answer({"ok": False, "parameters": {"migrate_to_chat_id": -7}}, 400), Refused),
        (Answer({"ok": False, "description": "Conflict"}, 409), Refused),
        (Answer([1], 400), Later),
    ],
    ids=str,
)
async def test_answers_of_gateways_and_groups(
    telegram: TelegramRig, peer: Peer, answer: Answer, expected: type[ChannelError]
) -> None:
    peer.answers.append(answer)
    with pytest.raises(ChannelError) as caught:
        await telegram.channel.send(telegram.out)
    assert type(caught.value) is expected


async def test_start_tells_commands_and_webhook(peer: Peer) -> None:
    peer.default = TRUE
    commands = (("", (("menu", "Menu"),)), ("ar", (("menu", "القائمة"), ("stop", "توقف"))))
    channel = Telegram(TelegramConfig(BOT, peer.url, SECRET, "https://mem.example.org/", commands))
    await channel.start()
    await channel.stop()
    general, arabic, webhook = peer.seen
    assert general.path == f"/bot{BOT}/setMyCommands"
    assert "language_code" not in general.form
    assert arabic.form["language_code"] == "ar"
    assert json.loads(arabic.form["commands"])[1] == {"command": "stop", "description": "توقف"}
    assert webhook.path.endswith("/setWebhook")
    assert webhook.form["url"] == "https://mem.example.org/webhooks/telegram"
    assert webhook.form["secret_token"] == SECRET
    assert json.loads(webhook.form["allowed_updates"]) == [
        "message",
        "callback_query",
        "my_chat_member",
    ]


async def test_start_refuses_a_webhook_without_a_secret(peer: Peer) -> None:
    channel = Telegram(TelegramConfig(BOT, peer.url, "", "https://mem.example.org"))
    with pytest.raises(Refused):
        await channel.start()
    await channel.stop()
    assert peer.seen == []


async def test_updates_are_read_before_they_are_confirmed(
    telegram: TelegramRig, peer: Peer
) -> None:
    raw = [telegram.update(text="un"), {"update_id": 9002, "hologram": 1}, "x", {"update_id": 0}]
    peer.answers += [Answer({"ok": True, "result": raw}), Answer({"ok": True, "result": []})]
    first, unknown, zero = await telegram.channel.updates(None, timeout=0)
    assert first[0] == 9001
    assert [inbound.text for inbound in first[1]] == ["un"]
    assert (unknown, zero) == ((9002, []), (0, []))
    assert "offset" not in peer.seen[0].query
    assert await telegram.channel.updates(9003, timeout=0) == []
    assert peer.seen[1].query["offset"] == "9003"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            Answer({"ok": False, "description": "Conflict: terminated by other getUpdates"}, 409),
            Refused,
        ),
        (Answer({"ok": False, "parameters": {"retry_after": 3}}, 429), Later),
        (Answer(fault="reset"), Later),
        (Answer(fault="hang"), Later),
        (Answer(b"<html>"), Later),
        (Answer({}), Later),
        (Answer(None, 502), Later),
    ],
    ids=str,
)
async def test_polling_fails_by_name(
    telegram: TelegramRig, peer: Peer, answer: Answer, expected: type[ChannelError]
) -> None:
    peer.answers.append(answer)
    with pytest.raises(ChannelError) as caught:
        await telegram.channel.updates(None, timeout=0)
    assert type(caught.value) is expected
    if expected is Refused:
        assert caught.value.code == "409"


async def test_a_refused_token_is_told_once(
    telegram: TelegramRig, peer: Peer, capsys: pytest.CaptureFixture[str]
) -> None:
    peer.default = telegram.case("token refused")
    for _ in range(3):
        with pytest.raises(Later):
            await telegram.channel.send(telegram.out)
    assert capsys.readouterr().out.count("token_refused") == 1


async def test_a_malformed_token_is_for_the_operator(peer: Peer) -> None:
    channel = Telegram(TelegramConfig("", peer.url))
    with pytest.raises(Later):
        await channel.start()
    await channel.stop()

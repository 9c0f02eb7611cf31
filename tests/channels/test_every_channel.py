"""One table of cases for all providers: what comes in, what goes out, what never leaks."""

from __future__ import annotations

import json
import logging
import socket
import traceback
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import structlog
from channels_kit import CANARIES, SECRET, TEXT, Rig, TwilioRig, request, rig_for
from channels_peer import Answer, Peer

from bot.channels.base import (
    ChannelError,
    Forged,
    Inbound,
    Later,
    Malformed,
    OptedOut,
    Refused,
    Unreachable,
    Unsure,
)


async def one(rig: Rig, *requests: object) -> Inbound:
    [inbound] = await rig.channel.receive(*requests)  # type: ignore[arg-type]
    assert isinstance(inbound, Inbound)
    return inbound


async def test_the_same_webhook_twice_has_one_id(rig: Rig) -> None:
    first, again = await one(rig, rig.good()), await one(rig, rig.good())
    assert first == again
    assert first.id
    assert first.channel == rig.name == rig.channel.name
    assert first.address == rig.out.address


@pytest.mark.parametrize(
    "text", [TEXT, "👍🏽 oui", "السلام عليكم", "مرحبا b2b ٣", "x" * 5000, " a\nb "]
)
async def test_a_text_arrives_as_it_was_typed(rig: Rig, text: str) -> None:
    inbound = await one(rig, rig.good(text))
    assert (inbound.kind, inbound.text) == ("text", text)


async def test_an_empty_message_is_of_no_known_kind(rig: Rig) -> None:
    assert (await one(rig, rig.good(""))).kind == "other"


async def test_future_fields_are_ignored(rig: Rig) -> None:
    assert (await one(rig, rig.future())).text == TEXT


async def test_what_is_not_the_providers_is_refused(rig: Rig) -> None:
    for forgery in rig.bad():
        with pytest.raises(Forged):
            await rig.channel.receive(forgery)


async def test_forwarded_headers_change_nothing(rig: Rig) -> None:
    spoofed = rig.good()
    headers = dict(spoofed.headers) | {"x-forwarded-proto": "http", "x-forwarded-host": "e.example"}
    again = request(rig.path, await spoofed.body(), headers)
    assert (await one(rig, again)).text == TEXT


async def test_unreadable_bodies_are_malformed(rig: Rig) -> None:
    bodies = [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'"x"',
        b"5",
        b"null",
        b'{"update_id": true}',
        b"%ff=1",
    ]
    for body in bodies:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "X-Twilio-Signature": "x"}
        if isinstance(rig, TwilioRig):
            headers["Content-Type"] = "application/json"
        with pytest.raises(Malformed):
            await rig.channel.receive(request(rig.path, body, headers))


async def test_a_message_is_handed_over_once(rig: Rig, peer: Peer) -> None:
    provider_id = await rig.channel.send(rig.out)
    assert provider_id in json.dumps(rig.accepted().body)
    [seen] = peer.seen
    assert TEXT in seen.form.values()


OUTCOMES: list[tuple[str, type[ChannelError]]] = [
    ("throttled", Later),
    ("blocked", OptedOut),
    ("unknown person", Unreachable),
    ("refused", Refused),
    ("token refused", Later),
    ("gateway", Unsure),
]


@pytest.mark.parametrize(("case", "expected"), OUTCOMES)
async def test_an_answer_has_one_meaning(
    rig: Rig, peer: Peer, case: str, expected: type[ChannelError]
) -> None:
    peer.answers.append(rig.case(case))
    with pytest.raises(ChannelError) as caught:
        await rig.channel.send(rig.out)
    assert type(caught.value) is expected
    assert caught.value.code.isdecimal() or caught.value.code == "network"
    if case == "throttled":
        assert isinstance(caught.value, Later)
        assert caught.value.seconds == 7
    assert len(peer.seen) == 1


FAULTS = [
    Answer(fault="hang"),
    Answer(fault="reset"),
    Answer({"x": 1}, fault="truncate"),
    Answer(b"<html>it works</html>"),
    Answer(b""),
    Answer([1]),
    Answer({}),
    Answer({"ok": True, "sid": 5}),
    Answer(b"[" * 100_000),
    Answer(b"\xff\xfe"),
]


@pytest.mark.parametrize("answer", FAULTS, ids=lambda a: f"{a.fault}{a.body!r:.20}")
async def test_after_the_request_was_read_nobody_knows(
    rig: Rig, peer: Peer, answer: Answer
) -> None:
    peer.answers.append(answer)
    with pytest.raises(Unsure):
        await rig.channel.send(rig.out)
    assert len(peer.seen) == 1  # and no client tried again by itself


@pytest.mark.parametrize("name", ["whatsapp", "sms", "telegram"])
async def test_a_refused_connection_is_for_later(name: str, peer: Peer) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{taken.getsockname()[1]}"
        rig = rig_for(name, peer, base=closed)
        if name == "telegram":
            with pytest.raises(Later):  # it has something to tell at start
                await rig.channel.start()
        else:
            await rig.channel.start()
        try:
            with pytest.raises(Later):
                await rig.channel.send(rig.out)
        finally:
            await rig.channel.stop()


@pytest.mark.parametrize("name", ["whatsapp", "sms", "telegram"])
async def test_an_unknown_host_is_for_later(name: str, peer: Peer) -> None:
    rig = rig_for(name, peer, base="http://nowhere.invalid", timeout=5)
    try:
        with suppress(Later):  # Telegram's start already asks
            await rig.channel.start()
        with pytest.raises(Later):
            await rig.channel.send(rig.out)
    finally:
        await rig.channel.stop()


async def test_acknowledging_never_fails(rig: Rig, peer: Peer) -> None:
    inbound = await one(rig, rig.good())
    for answer in (*FAULTS, rig.case("refused"), rig.case("gateway")):
        peer.answers.append(answer)
        await rig.channel.acknowledge(inbound)
        await rig.channel.acknowledge(replace(inbound, callback="123"))
        peer.answers.clear()


async def test_nothing_personal_or_secret_reaches_a_log_or_an_error(
    rig: Rig, peer: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [
        *FAULTS,
        *(rig.case(case) for case, _ in OUTCOMES),
        Answer({"x": TEXT}),
        rig.accepted(),
    ]
    errors: list[str] = []
    quiet: list[bool] = []
    inbound = await one(rig, rig.good())
    with structlog.testing.capture_logs() as structured:
        for answer in answers:
            for call in (
                rig.channel.send(rig.out),
                rig.channel.find(rig.out, datetime.now(UTC)),
                rig.channel.acknowledge(inbound),
            ):
                peer.answers.append(answer)
                try:
                    await call
                except ChannelError as error:
                    errors += ["".join(traceback.format_exception(error)), str(vars(error))]
                    quiet.append(error.__suppress_context__ or error.__context__ is None)
                peer.answers.clear()
        for forgery in rig.bad():
            with pytest.raises(Forged) as caught:
                await rig.channel.receive(forgery)
            errors.append(repr(caught.value))
    told = "\n".join(
        [caplog.text, *(str(vars(r)) for r in caplog.records), str(structured), *errors]
    )
    told += repr(vars(rig.channel)["_config"])
    assert all(quiet)
    assert not [canary for canary in CANARIES if canary in told]

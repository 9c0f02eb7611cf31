"""What WhatsApp and SMS share: the signature, and what a form becomes."""

from __future__ import annotations

import base64
from urllib.parse import urlencode

import pytest
from channels_kit import ACCOUNT, NUMBER, PUBLIC, TOKENS, TwilioRig, request
from channels_peer import Peer
from twilio.request_validator import RequestValidator

from bot.channels.base import (
    Forged,
    Inbound,
    Malformed,
    Receipt,
)
from bot.channels.sms import Sms
from bot.channels.twilio import TwilioConfig


async def test_both_tokens_verify_and_the_first_signs(sms: TwilioRig, peer: Peer) -> None:
    for token in TOKENS:
        [inbound] = await sms.channel.receive(sms.webhook(sms.form(), token=token))
        assert isinstance(inbound, Inbound)
    await sms.channel.send(sms.out)
    signed = base64.b64decode(peer.seen[-1].headers["authorization"].removeprefix("Basic "))
    assert signed.decode() == f"{ACCOUNT}:{TOKENS[0]}"


@pytest.mark.parametrize("tokens", [(), ("",)])
async def test_without_a_token_everything_is_forged(tokens: tuple[str, ...], peer: Peer) -> None:
    rig = TwilioRig("sms", peer)
    channel = Sms(TwilioConfig(ACCOUNT, tokens, PUBLIC))
    with pytest.raises(Forged):
        await channel.receive(rig.webhook(rig.form(), token=""))


@pytest.mark.parametrize("public", ["https://mem.example.org/bot/", "http://localhost:8080"])
async def test_the_configured_url_is_what_was_signed(peer: Peer, public: str) -> None:
    rig = TwilioRig("sms", peer)
    channel = Sms(TwilioConfig(ACCOUNT, TOKENS, public))
    url = public.rstrip("/")
    assert await channel.receive(rig.webhook(rig.form(), url=url))
    with pytest.raises(Forged):
        await channel.receive(rig.webhook(rig.form(), url=url.replace("http", "ftp")))


async def test_the_query_is_signed_too(sms: TwilioRig) -> None:
    form = sms.form()
    signature = RequestValidator(TOKENS[0]).compute_signature(f"{PUBLIC}{sms.path}?a=%20b", form)
    headers = {
        "X-Twilio-Signature": signature,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode(form).encode()
    assert await sms.channel.receive(request(sms.path, body, headers, query="a=%20b"))
    with pytest.raises(Forged):
        await sms.channel.receive(request(sms.path, body, headers, query="a=%20c"))


@pytest.mark.parametrize(
    "broken",
    [
        {"MessageSid": ""},
        {"MessageSid": "SM one"},
        {"From": ""},
        {"From": "messenger:123"},
        {"From": "+" + "1" * 200},
        {"Body": "a\0b"},
    ],
)
async def test_a_signed_form_without_the_essentials_is_malformed(
    sms: TwilioRig, whatsapp: TwilioRig, broken: dict[str, str]
) -> None:
    for rig in (sms, whatsapp):
        with pytest.raises(Malformed):
            await rig.channel.receive(rig.webhook(rig.form(**broken)))


async def test_one_channels_message_on_the_others_path_is_told_to_twilio(
    sms: TwilioRig, whatsapp: TwilioRig
) -> None:
    with pytest.raises(Malformed):
        await sms.channel.receive(sms.webhook(whatsapp.form()))
    with pytest.raises(Malformed):
        await whatsapp.channel.receive(whatsapp.webhook(sms.form()))


@pytest.mark.parametrize("status", ["queued", "sent", "delivered", "read", "undelivered", "failed"])
@pytest.mark.parametrize(("to", "name"), [(NUMBER, "sms"), (f"whatsapp:{NUMBER}", "whatsapp")])
async def test_a_receipt_may_come_to_either_channel(
    sms: TwilioRig, status: str, to: str, name: str
) -> None:
    sms.path = "/webhooks/twilio/status"
    form = {
        "MessageSid": "SMx1",
        "AccountSid": ACCOUNT,
        "MessageStatus": status,
        "ErrorCode": "63016",
        "To": to,
    }
    [receipt] = await sms.channel.receive(sms.webhook(form))
    assert receipt == Receipt(name, "SMx1", status, "63016")  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["accepted", "sending", "", "teleported", "DELIVERED "])
async def test_other_statuses_are_nothing(sms: TwilioRig, status: str) -> None:
    assert await sms.channel.receive(sms.webhook(sms.form(MessageStatus=status))) == []


async def test_a_receipts_error_is_a_code_or_nothing(sms: TwilioRig) -> None:
    [receipt] = await sms.channel.receive(
        sms.webhook(sms.form(MessageStatus="failed", ErrorCode="<script>"))
    )
    assert isinstance(receipt, Receipt)
    assert receipt.error == ""


@pytest.mark.parametrize("word", ["STOP", "START", "HELP"])
async def test_what_twilio_did_about_stop_is_kept(sms: TwilioRig, word: str) -> None:
    [inbound] = await sms.channel.receive(sms.webhook(sms.form(word, OptOutType=word)))
    assert isinstance(inbound, Inbound)
    assert inbound.opt_out == word.lower()


async def test_a_picture_by_mms(sms: TwilioRig) -> None:
    [inbound] = await sms.channel.receive(sms.webhook(sms.form("", NumMedia="1")))
    assert isinstance(inbound, Inbound)
    assert inbound.kind == "image"

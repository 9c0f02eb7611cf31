"""What WhatsApp and SMS share: error codes, sends, and looking for messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from channels_kit import ACCOUNT, NUMBER, PUBLIC, TEXT, TOKENS, Book, TwilioRig
from channels_peer import Answer, Peer

from bot.channels.base import (
    ChannelError,
    Inbound,
    Later,
    OptedOut,
    Outbound,
    Refused,
    Unreachable,
    Unsure,
    WindowShut,
)
from bot.channels.sms import Sms
from bot.channels.twilio import TwilioConfig, meaning
from bot.channels.whatsapp import WhatsApp

NOW = datetime(2026, 11, 23, 0, 0, 3, tzinfo=UTC)  # so that the slack reaches into yesterday


def record(**over: object) -> dict[str, object]:
    return {
        "sid": "SM" + "c" * 32,
        "direction": "outbound-api",
        "body": TEXT,
        "to": NUMBER,
        "from": "+12025550100",
        "num_media": "0",
        "status": "queued",
        "date_created": format_datetime(NOW),
        "date_sent": None,
        **over,
    }


def listing(*records: dict[str, object], after: str | None = None) -> Answer:
    return Answer({"messages": list(records), "next_page_uri": after, "page": 0, "page_size": 50})


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *((code, Later) for code in ("20429", "63018")),
        ("63016", WindowShut),
        *((code, OptedOut) for code in ("21610", "63014", "63033", "30004")),
        *((code, Unreachable) for code in ("63024", "63003", "21211", "21614")),
        *((code, Unreachable) for code in ("30003", "30005", "30006")),
        *((code, Refused) for code in ("21617", "63021", "99999", "")),
    ],
)
async def test_codes_mean_the_same_at_once_and_in_a_receipt(
    sms: TwilioRig, peer: Peer, code: str, kind: type[ChannelError]
) -> None:
    assert meaning(code) is kind
    peer.answers.append(sms.error(400, int(code or 0)))
    with pytest.raises(ChannelError) as caught:
        await sms.channel.send(sms.out)
    assert type(caught.value) is kind
    assert caught.value.code == (code or "400")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_5xx_with_twilios_code_was_not_accepted(
    sms: TwilioRig, peer: Peer, status: int
) -> None:
    peer.answers += [sms.error(status, 20503), sms.error(status)]
    with pytest.raises(Later):
        await sms.channel.send(sms.out)
    with pytest.raises(Unsure):
        await sms.channel.send(sms.out)


@pytest.mark.parametrize("answer", ["soon", "-3", "", "Wed, 21 Oct 2026 07:28:00 GMT"])
async def test_a_strange_retry_after_is_ours_to_decide(
    sms: TwilioRig, peer: Peer, answer: str
) -> None:
    peer.answers.append(sms.error(429, 0, **{"Retry-After": answer}))
    with pytest.raises(Later) as caught:
        await sms.channel.send(sms.out)
    assert caught.value.seconds is None


async def test_what_a_send_carries(sms: TwilioRig, peer: Peer) -> None:
    await sms.channel.send(sms.out)
    [seen] = peer.seen
    assert seen.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert seen.form == {
        "To": NUMBER,
        "From": "+12025550100",
        "Body": TEXT,
        "StatusCallback": f"{PUBLIC}/webhooks/twilio/status",
    }


async def test_a_messaging_service_chooses_the_sender(peer: Peer) -> None:
    peer.default = Answer({"sid": "SM1"}, 201)
    channel = Sms(TwilioConfig(ACCOUNT, TOKENS, PUBLIC, peer.url, "MG1"), per_second=3)
    await channel.start()
    await channel.send(Outbound(NUMBER, TEXT))
    await channel.stop()
    assert peer.seen[0].form["MessagingServiceSid"] == "MG1"
    assert "From" not in peer.seen[0].form
    assert channel.limits.per_second == 3


async def test_the_apis_own_hosts_are_used_by_default(peer: Peer) -> None:
    channel = WhatsApp(TwilioConfig(ACCOUNT, TOKENS, PUBLIC, timeout=1), "+1", Book())
    await channel.start()
    try:
        assert channel._http is not None
        assert channel._http._rebased("https://content.twilio.com/v1/Content") == (
            "https://content.twilio.com/v1/Content"
        )
    finally:
        await channel.stop()


async def test_a_doubtful_message_is_found_by_its_words(sms: TwilioRig, peer: Peer) -> None:
    found = record(sid="SMfound", status="failed")
    others = [
        record(sid="SM1", body="autre"),
        record(sid="SM2", direction="inbound"),
        record(sid="SM3", date_created=format_datetime(NOW - timedelta(seconds=6))),
    ]
    peer.answers += [listing(*others, after="/2010-04-01/x.json?Page=1"), listing(found)]
    assert await sms.channel.find(sms.out, NOW) == "SMfound"
    assert peer.seen[0].query["To"] == NUMBER
    assert peer.seen[1].path == "/2010-04-01/x.json"
    peer.answers.append(listing(*others))
    assert await sms.channel.find(sms.out, NOW) is None
    skewed = record(sid="SMskew", date_created=format_datetime(NOW - timedelta(seconds=4)))
    peer.answers.append(listing(*others, skewed))
    assert await sms.channel.find(sms.out, NOW) == "SMskew"


async def test_more_messages_than_are_listed_leave_a_doubt(sms: TwilioRig, peer: Peer) -> None:
    peer.answers.append(listing(*[record(body="autre")] * 200))
    with pytest.raises(Unsure):
        await sms.channel.find(sms.out, NOW)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<html>"),
        Answer({}),
        Answer([1]),
        Answer({"messages": 5}),
        Answer(None, 503),
        Answer(fault="reset"),
        Answer(fault="hang"),
    ],
    ids=str,
)
async def test_a_list_that_fails_is_for_later(sms: TwilioRig, peer: Peer, answer: Answer) -> None:
    peer.default = answer
    with pytest.raises(Later):
        await sms.channel.find(sms.out, NOW)
    with pytest.raises(Later):
        await sms.channel.missed(NOW)


async def test_missed_messages_come_as_their_webhooks_would(
    whatsapp: TwilioRig, peer: Peer
) -> None:
    [by_webhook] = await whatsapp.channel.receive(whatsapp.good())
    assert isinstance(by_webhook, Inbound)
    wire = {"direction": "inbound", "from": f"whatsapp:{NUMBER}"}
    later = format_datetime(NOW + timedelta(minutes=1))
    peer.answers.append(
        listing(
            record(**wire, sid="SMb", body="", num_media="1", date_created=later),
            record(**wire, sid=by_webhook.id),
            record(sid="SMours"),
            record(**{**wire, "from": NUMBER}, sid="SMsms"),
            record(**wire, sid="SMold", date_created=format_datetime(NOW - timedelta(hours=1))),
        )
    )
    first, second = await whatsapp.channel.missed(NOW)
    assert first == by_webhook
    assert (second.id, second.kind) == ("SMb", "image")
    assert peer.seen[0].query["To"] == "whatsapp:+12025550100"
    assert peer.seen[0].query["DateSent>"] == "2026-11-22"


async def test_without_a_public_url_no_receipts_are_asked_for(peer: Peer) -> None:
    peer.default = Answer({"sid": "SM1"}, 201)
    channel = Sms(TwilioConfig(ACCOUNT, TOKENS, "", peer.url), "+12025550100")
    await channel.start()
    await channel.send(Outbound(NUMBER, TEXT))
    await channel.stop()
    assert "StatusCallback" not in peer.seen[0].form

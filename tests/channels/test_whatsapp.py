"""WhatsApp: kinds of messages, senders without a number, and the contents behind buttons."""

from __future__ import annotations

import asyncio
import json

import pytest
from channels_kit import NUMBER, TEXT, TwilioRig
from channels_peer import Answer, Peer

from bot.channels.base import Inbound, Later, Outbound, Refused, TemplateUnusable

MADE = Answer({"sid": "HX1"}, 201)
BUTTONS = Outbound(NUMBER, TEXT, "buttons", ("Oui", "لا"), "tok")
LIST = Outbound(NUMBER, TEXT, "list", ("Fès", "Agadir", "Oujda"), "tok", menu_title="Villes")


async def read(rig: TwilioRig, **more: str) -> Inbound:
    [inbound] = await rig.channel.receive(rig.webhook(rig.form(**more)))
    assert isinstance(inbound, Inbound)
    return inbound


async def test_a_number_is_proven_and_an_id_is_kept(whatsapp: TwilioRig) -> None:
    inbound = await read(whatsapp, ExternalUserId="whatsapp:MA.abc123")
    assert (inbound.address, inbound.phone, inbound.external_id) == (NUMBER, NUMBER, "MA.abc123")


async def test_a_sender_without_a_number_can_be_answered(whatsapp: TwilioRig, peer: Peer) -> None:
    sender = {"From": "whatsapp:MA.abc123", "ExternalUserId": "MA.abc123"}
    inbound = await read(whatsapp, **sender)
    assert (inbound.address, inbound.phone, inbound.external_id) == ("MA.abc123", "", "MA.abc123")
    await whatsapp.channel.send(Outbound(inbound.address, "Bonjour"))
    assert peer.seen[0].form["To"] == "whatsapp:MA.abc123"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"MessageType": "audio", "NumMedia": "1", "MediaContentType0": "audio/ogg"}, "voice"),
        ({"NumMedia": "1", "MediaContentType0": "audio/amr"}, "voice"),
        ({"MessageType": "image", "NumMedia": "1", "MediaContentType0": "image/jpeg"}, "image"),
        ({"MessageType": "sticker", "NumMedia": "1", "MediaContentType0": "image/webp"}, "image"),
        ({"NumMedia": "1", "MediaContentType0": "application/pdf"}, "image"),
        ({"MessageType": "contacts", "NumMedia": "1", "MediaContentType0": "text/vcard"}, "other"),
        ({"Latitude": "34.03", "Longitude": "-5.0"}, "location"),
        ({"Latitude": "nan", "Longitude": "-5.0", "Body": ""}, "other"),
        ({"Latitude": "91", "Longitude": "-5.0", "Body": ""}, "other"),
        ({"MessageType": "hologram", "Body": ""}, "other"),
        ({"NumMedia": "²"}, "text"),
        ({"NumMedia": "9" * 5000}, "text"),
    ],
)
async def test_kinds(whatsapp: TwilioRig, fields: dict[str, str], kind: str) -> None:
    inbound = await read(whatsapp, **fields)
    assert inbound.kind == kind
    assert inbound.location == ((34.03, -5.0) if kind == "location" else None)


async def test_a_reaction_wants_no_answer(whatsapp: TwilioRig) -> None:
    form = whatsapp.form("👍", MessageType="reaction")
    assert await whatsapp.channel.receive(whatsapp.webhook(form)) == []


@pytest.mark.parametrize(
    ("fields", "text", "tap"),
    [
        ({"ButtonPayload": "tok:1", "ButtonText": "Oui"}, "Oui", "tok:1"),
        ({"ListId": "tok:2", "ListTitle": "Fès"}, "Fès", "tok:2"),
        ({"ButtonPayload": "tok:0", "Body": "Oui"}, "Oui", "tok:0"),
    ],
)
async def test_a_tap(whatsapp: TwilioRig, fields: dict[str, str], text: str, tap: str) -> None:
    inbound = await read(whatsapp, OriginalRepliedMessageSid="SM9", **fields)
    assert (inbound.kind, inbound.text, inbound.tap) == ("tap", text, tap)
    assert inbound.replied_to == "SM9"


async def test_buttons_are_a_content_made_once(whatsapp: TwilioRig, peer: Peer) -> None:
    peer.answers.append(MADE)
    await whatsapp.channel.send(BUTTONS)
    made, sent = peer.seen
    assert made.path == "/v1/Content"
    assert made.headers["content-type"] == "application/json"
    assert made.json == {
        "friendly_name": "mem_buttons_2_v1",
        "language": "en",
        "variables": {n: f"sample {n}" for n in ("1", "3", "4", "5", "6")},
        "types": {
            "twilio/quick-reply": {
                "body": "{{1}}",
                "actions": [
                    {"type": "QUICK_REPLY", "title": "{{3}}", "id": "{{4}}"},
                    {"type": "QUICK_REPLY", "title": "{{5}}", "id": "{{6}}"},
                ],
            }
        },
    }
    assert sent.form["ContentSid"] == "HX1"
    assert "Body" not in sent.form
    assert json.loads(sent.form["ContentVariables"]) == {
        "1": TEXT,
        "3": "Oui",
        "4": "tok:0",
        "5": "لا",
        "6": "tok:1",
    }
    await whatsapp.channel.send(BUTTONS)
    assert len(peer.seen) == 3
    assert whatsapp.book.kept == {"mem_buttons_2_v1": "HX1"}


async def test_a_list_has_a_button_of_its_own(whatsapp: TwilioRig, peer: Peer) -> None:
    peer.answers.append(MADE)
    await whatsapp.channel.send(LIST)
    made, sent = peer.seen
    picker = made.json["types"]["twilio/list-picker"]
    assert (picker["body"], picker["button"]) == ("{{1}}", "{{2}}")
    assert picker["items"][2] == {"item": "{{7}}", "id": "{{8}}"}
    filled = json.loads(sent.form["ContentVariables"])
    assert (filled["2"], filled["7"], filled["8"]) == ("Villes", "Oujda", "tok:2")
    assert set(filled) == set(made.json["variables"])


async def test_parallel_sends_make_one_content(whatsapp: TwilioRig, peer: Peer) -> None:
    peer.answers.append(MADE)
    await asyncio.gather(*(whatsapp.channel.send(BUTTONS) for _ in range(5)))
    assert sum(seen.path == "/v1/Content" for seen in peer.seen) == 1


@pytest.mark.parametrize("code", [21655, 21656])
async def test_a_content_deleted_in_the_console_is_made_anew_once(
    whatsapp: TwilioRig, peer: Peer, code: int
) -> None:
    whatsapp.book.kept["mem_buttons_2_v1"] = "HXgone"
    gone = whatsapp.error(400, code)
    peer.answers += [gone, MADE, whatsapp.accepted()]
    await whatsapp.channel.send(BUTTONS)
    assert [seen.form.get("ContentSid") for seen in peer.seen] == ["HXgone", None, "HX1"]
    peer.answers += [gone, MADE, gone]
    with pytest.raises(Refused):
        await whatsapp.channel.send(BUTTONS)


@pytest.mark.parametrize(
    "answer",
    [Answer(None, 503), Answer(b"<html>"), Answer({}), Answer(fault="reset"), Answer(fault="hang")],
    ids=str,
)
async def test_a_content_that_cannot_be_made_is_for_later(
    whatsapp: TwilioRig, peer: Peer, answer: Answer
) -> None:
    peer.answers.append(answer)
    with pytest.raises(Later):  # nothing was sent, so nothing is in doubt
        await whatsapp.channel.send(BUTTONS)
    assert whatsapp.book.kept == {}


async def test_typing_names_the_message(whatsapp: TwilioRig, peer: Peer) -> None:
    inbound = await read(whatsapp)
    await whatsapp.channel.acknowledge(inbound)
    assert peer.seen[0].path == "/v2/Indicators/Typing.json"
    assert peer.seen[0].form == {"channel": "whatsapp", "messageId": inbound.id}


async def test_a_template_goes_without_a_body(whatsapp: TwilioRig, peer: Peer) -> None:
    """63016 otherwise: https://www.twilio.com/docs/api/errors/63016."""
    out = Outbound(NUMBER, "Votre rendez-vous", content="HX7", variables=("Karim", "samedi"))
    await whatsapp.channel.send(out)
    form = peer.seen[0].form
    assert (form["ContentSid"], json.loads(form["ContentVariables"])) == (
        "HX7", {"1": "Karim", "2": "samedi"},
    )  # fmt: skip
    assert "Body" not in form


@pytest.mark.parametrize("code", [63027, 63028, 63029, 63041, 63042, 21655, 21656])
async def test_a_template_that_is_not_taken_is_told_apart(
    whatsapp: TwilioRig, peer: Peer, code: int
) -> None:
    peer.answers.append(Answer({"code": code, "message": "no"}, 400))
    with pytest.raises(TemplateUnusable) as raised:
        await whatsapp.channel.send(Outbound(NUMBER, TEXT, content="HX7"))
    assert raised.value.code == str(code)

"""Whatever arrives, ``receive`` returns, or raises ``Forged`` or ``Malformed``: never more."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import parse_qsl

import pytest
from channels_kit import ACCOUNT, SECRET, TOKENS, TelegramRig, TwilioRig, request
from channels_peer import Peer
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.base import Forged, Inbound, Malformed, Receipt

FIELDS = (
    *("MessageSid", "AccountSid", "From", "To", "Body", "NumMedia", "MediaContentType0"),
    *("MessageType", "ButtonPayload", "ListId", "Latitude", "Longitude", "OptOutType"),
    *("ExternalUserId", "MessageStatus", "ErrorCode"),
)
LIKELY = st.sampled_from(
    (
        *("SM1", ACCOUNT, "+212600999001", "whatsapp:+212600999001", "whatsapp:", "whatsapp:MA.x"),
        *("1", "-1", "1e999", "nan", "²", "٣", "audio", "STOP", "delivered", "", "\0", "\u202e"),
    )
)
VALUES = LIKELY | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
FORMS = st.dictionaries(st.sampled_from(FIELDS) | st.text("aZ%é", min_size=1), VALUES, max_size=16)

KEYS = st.sampled_from(
    (
        *("update_id", "message", "callback_query", "my_chat_member", "chat", "from", "id", "type"),
        *("is_bot", "text", "data", "location", "latitude", "longitude", "contact", "user_id"),
        *("phone_number", "language_code", "message_id", "new_chat_member", "status", "photo"),
    )
)
ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["private", "kicked", "\0", "+212600999001", 10**30, 777000111])
    | st.text(max_size=20)
)
JSON: st.SearchStrategy[Any] = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6)
)
EVENT = st.fixed_dictionaries(
    {},
    optional={
        "chat": st.fixed_dictionaries({"id": ATOMS, "type": st.just("private") | ATOMS}),
        "from": st.fixed_dictionaries({"id": ATOMS, "is_bot": st.just(False) | ATOMS}),
        **dict.fromkeys(("text", "data", "location", "contact", "message", "photo", "id"), JSON),
    },
)
UPDATES = st.fixed_dictionaries(
    {"update_id": st.integers() | ATOMS},
    optional=dict.fromkeys(("message", "callback_query", "my_chat_member"), EVENT | JSON),
)


def outcome(rig: Any, made: Any) -> str:
    try:
        read = asyncio.run(rig.channel.receive(made))
    except (Forged, Malformed) as refusal:
        return type(refusal).__name__
    for one in read:
        assert isinstance(one, Inbound | Receipt)
        if isinstance(one, Inbound):
            assert one.id
            assert one.address
            assert "\0" not in one.text + one.tap + one.address
            (one.text + one.tap + one.callback).encode()  # no lone surrogate: storable
    return "read"


@pytest.fixture(scope="module", params=["whatsapp", "sms"])
def twilio(request: pytest.FixtureRequest) -> TwilioRig:
    return TwilioRig(request.param, Peer(), base="http://127.0.0.1:9")


@pytest.fixture(scope="module")
def bot() -> TelegramRig:
    return TelegramRig(Peer(), base="http://127.0.0.1:9")


@given(form=FORMS)
@settings(max_examples=300, deadline=None)
def test_signed_forms(twilio: TwilioRig, form: dict[str, str]) -> None:
    whole = {"AccountSid": ACCOUNT, "MessageSid": "SM1"} | form
    outcome(twilio, twilio.webhook(whole))


@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(["application/x-www-form-urlencoded", "application/json", ""]),
    signature=st.text("Aa=+/é", max_size=30),
)
@settings(max_examples=300, deadline=None)
def test_unsigned_bytes(twilio: TwilioRig, body: bytes, kind: str, signature: str) -> None:
    made = request(twilio.path, body, {"Content-Type": kind, "X-Twilio-Signature": signature})
    assert outcome(twilio, made) in ("Forged", "Malformed")


@given(form=FORMS, at=st.integers(min_value=0, max_value=10_000), bit=st.integers(0, 7))
@settings(max_examples=300, deadline=None)
def test_an_altered_byte_is_never_accepted(
    twilio: TwilioRig, form: dict[str, str], at: int, bit: int
) -> None:
    whole = {"AccountSid": ACCOUNT, "MessageSid": "SM1", **form}
    made = twilio.webhook(whole, token=TOKENS[1])
    body = bytearray(asyncio.run(made.body()))
    body[at % len(body)] ^= 1 << bit
    headers = dict(made.headers)
    altered = request(twilio.path, bytes(body), headers)
    result = outcome(twilio, altered)
    assert result != "read" or _same_fields(bytes(body), whole)


def _same_fields(body: bytes, form: dict[str, str]) -> bool:
    """A changed byte that decodes to what was signed (``%4A`` and ``%4a``) alters nothing."""
    return dict(parse_qsl(body.decode(), keep_blank_values=True)) == form


@given(update=UPDATES)
@settings(max_examples=500, deadline=None)
def test_updates(bot: TelegramRig, update: Any) -> None:
    outcome(bot, bot.webhook(update))


@given(body=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
@settings(max_examples=300, deadline=None)
def test_any_bytes_with_the_right_secret(bot: TelegramRig, body: bytes) -> None:
    outcome(bot, request(bot.path, body, {"X-Telegram-Bot-Api-Secret-Token": SECRET}))


@pytest.mark.parametrize("deep", [b"[" * 200_000, b'{"update_id":1,"message":' * 50_000])
def test_deep_and_huge(bot: TelegramRig, twilio: TwilioRig, deep: bytes) -> None:
    made = request(bot.path, deep, {"X-Telegram-Bot-Api-Secret-Token": SECRET})
    assert outcome(bot, made) == "Malformed"
    many = {f"k{index}": "v" for index in range(600)}
    assert outcome(twilio, twilio.webhook(twilio.form() | many)) == "Malformed"
    assert outcome(twilio, twilio.webhook(twilio.form("x" * 250_000))) == "read"

"""Reading what the page posts: strict about shapes, since anybody can write to this door."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request

from bot.channels.base import Inbound, Malformed

BODY_CAP = 16 * 1024
BODY_SECONDS = 60.0  # 16 KiB on a bad 2G line takes a while; a body that drips for ever is cut
TEXT_CAP = 4000
LANGUAGES = ("fr", "ar", "en")

_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_TAP = re.compile(r"[!-9;-~]{1,128}:[0-9]{1,3}")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


async def body(request: Request) -> dict[str, object]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Malformed("content-type")
    raw = bytearray()
    with suppress(ClientDisconnect, TimeoutError):
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                raw += chunk
                if len(raw) > BODY_CAP:
                    raise Malformed("too-long")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Malformed("json") from error
    if not isinstance(data, dict):
        raise Malformed("json")
    return data


def inbound(address: str, data: dict[str, object], preferred: str) -> Inbound:
    """Read strictly what our page sends; fields of a newer page are passed over."""
    client = data.get("id")
    if not isinstance(client, str) or not _CLIENT_ID.fullmatch(client):
        raise Malformed("id")
    if len(data.keys() & {"text", "tap", "location"}) != 1:
        raise Malformed("one-of")
    lang = data.get("lang")
    hint = lang if isinstance(lang, str) and lang in LANGUAGES else preferred
    id = f"{address}:{client}"  # a client's ids are its own affair: unique only with the address
    if "tap" in data:
        tap = data["tap"]
        if not isinstance(tap, str) or not _TAP.fullmatch(tap):
            raise Malformed("tap")
        label = _text(data.get("label", ""))
        return Inbound("web", id, address, "tap", label, tap=tap, language_hint=hint)
    if "location" in data:
        place = _place(data["location"])
        return Inbound("web", id, address, "location", location=place, language_hint=hint)
    text = _text(data["text"])
    if not text:
        raise Malformed("empty")
    return Inbound("web", id, address, text=text, language_hint=hint)


def _text(value: object) -> str:
    """Without what no database stores (NUL, lone surrogates); everything else is the person's."""
    if not isinstance(value, str):
        raise Malformed("text")
    text = _UNSTORABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > TEXT_CAP:
        raise Malformed("too-long")
    return text


def _place(value: object) -> tuple[float, float]:
    match value:
        case [int() | float() as lat, int() | float() as lon]:
            inside = -90 <= lat <= 90 and -180 <= lon <= 180  # NaN is not, nor infinity
            if inside and not isinstance(lat, bool) and not isinstance(lon, bool):
                return float(lat), float(lon)
    raise Malformed("location")


def preferred(request: Request) -> str:
    """The first of our languages that the browser asks for (they come in order of preference)."""
    for part in request.headers.get("accept-language", "")[:200].lower().split(","):
        if (two := part.strip()[:2]) in LANGUAGES:
            return two
    return ""

"""WhatsApp through Twilio: plain text, up to three buttons, or a list of up to ten rows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import structlog
from twilio.rest.content.v1.content import ContentList

from bot.channels.base import (
    ChannelError,
    ContentBook,
    Inbound,
    Kind,
    Later,
    Limits,
    Outbound,
    Refused,
    TemplateUnusable,
)
from bot.channels.twilio import PHONE, UNREADABLE, Twilio, TwilioConfig, media_count, opt_out

VERSION = "v1"  # of the contents below; a change of their shape needs a new one

logger = structlog.get_logger(__name__)

_GONE = ("21655", "21656")  # the content was deleted or edited in Twilio's console


class WhatsApp(Twilio):
    """One WhatsApp sender, whose choices are contents made once and filled at each send."""

    name = "whatsapp"
    prefix = "whatsapp:"
    limits = Limits(
        # https://www.twilio.com/docs/api/errors/21617, docs/content/twilio-quick-reply
        # and docs/content/twiliolist-picker; three buttons is what needs no approval.
        # Meta's pair rate (131056): one in six seconds to a person, bursts of up to 45 borrow.
        text=1600,
        buttons=3,
        button_title=20,
        rows=10,
        row_title=24,
        interactive_text=1024,
        per_second=20,
        gap=6,
        burst=30,
    )

    def __init__(
        self, config: TwilioConfig, sender: str, book: ContentBook, per_second: float = 20.0
    ) -> None:
        super().__init__(config, sender)
        self.limits = replace(self.limits, per_second=per_second)
        self._book = book
        self._making = asyncio.Lock()

    async def acknowledge(self, inbound: Inbound) -> None:
        """Mark as read and show that we are typing, for up to 25 seconds.

        https://www.twilio.com/docs/whatsapp/api/typing-indicators-resource
        """
        indicator = self._client.messaging.v2.typing_indicator
        try:
            await indicator.create_async(channel="whatsapp", message_id=inbound.id)
        except ChannelError as error:
            logger.info("typing_not_shown", channel=self.name, code=error.code)
        except UNREADABLE:
            logger.info("typing_not_shown", channel=self.name, code="unreadable")

    def _read(self, form: Mapping[str, str], address: str) -> Sequence[Inbound]:
        kind = _kind(form)
        if kind is None:
            return []
        text, tap, replied_to = form.get("Body", ""), "", ""
        if kind == "tap":
            text = form.get("ButtonText") or form.get("ListTitle") or text
            tap = form.get("ButtonPayload") or form["ListId"]
            replied_to = form.get("OriginalRepliedMessageSid", "")
        return [
            Inbound(
                channel=self.name,
                id=form["MessageSid"],
                address=address,
                kind=kind,
                text=text,
                tap=tap,
                replied_to=replied_to,
                location=_location(form),
                phone=address if PHONE.fullmatch(address) else "",
                external_id=form.get("ExternalUserId", "").removeprefix(self.prefix),
                opt_out=opt_out(form),
            )
        ]

    async def send(self, out: Outbound) -> str:
        """Hand over text, an approved template, or a content with options where the style asks."""
        if out.content:
            told = {str(n): value for n, value in enumerate(out.variables, start=1)}
            variables = json.dumps(told, ensure_ascii=False)
            try:
                return await self._create(out, content_sid=out.content, content_variables=variables)
            except Refused as refused:
                raise TemplateUnusable(refused.code) if refused.code in _GONE else refused from None
        if out.style == "plain" or not out.options:
            return await super().send(out)
        name = f"mem_{out.style}_{len(out.options)}"
        key = f"{name}_{VERSION}"
        variables = json.dumps(_variables(out), ensure_ascii=False)
        sid = await self._book.get(key) or await self._make(key, out, stale=None)
        try:
            return await self._create(out, content_sid=sid, content_variables=variables)
        except Refused as refused:
            if refused.code not in _GONE:
                raise
        sid = await self._make(key, out, stale=sid)
        return await self._create(out, content_sid=sid, content_variables=variables)

    async def _make(self, key: str, out: Outbound, stale: str | None) -> str:
        async with self._making:
            known = await self._book.get(key)
            if known and known != stale:  # another send made it while this one waited
                return known
            request = ContentList.ContentCreateRequest(_content(key, out))
            contents = self._client.content.v1.contents
            try:
                made = await contents.create_async(request)
            except UNREADABLE:
                raise Later("unreadable") from None
            if not isinstance(made.sid, str) or not made.sid:
                raise Later("no sid")
            await self._book.put(key, made.sid)
            return made.sid


def _kind(form: Mapping[str, str]) -> Kind | None:
    """What was sent; None for what wants no answer."""
    message_type = form.get("MessageType", "")
    if message_type == "reaction":
        return None
    if form.get("ButtonPayload") or form.get("ListId"):
        return "tap"
    if _location(form) is not None:
        return "location"
    if media_count(form) or message_type in ("audio", "image", "video", "sticker", "document"):
        return _media(message_type, form.get("MediaContentType0", ""))
    return "text" if form.get("Body") else "other"


def _media(message_type: str, content_type: str) -> Kind:
    if message_type == "audio" or content_type.startswith("audio/"):
        return "voice"
    # A vcard is someone's contact, but whose is only in a file that we do not fetch.
    if message_type == "contacts" or content_type in ("text/vcard", "text/x-vcard"):
        return "other"
    return "image"


def _location(form: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(form["Latitude"]), float(form["Longitude"])
    except (KeyError, ValueError):
        return None
    # ``inf`` and ``nan`` are floats too; neither passes here.
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _variables(out: Outbound) -> dict[str, str]:
    """The words of one message: 1 is the text, 2 a list's button, then a title and an id each."""
    words = [out.text, out.menu_title]
    for index, option in enumerate(out.options):
        words += [option, f"{out.token}:{index}"]
    used = {str(number): word for number, word in enumerate(words, start=1)}
    if out.style == "buttons":
        del used["2"]  # Twilio answers 21656 to a variable that the content does not have
    return used


def _content(key: str, out: Outbound) -> dict[str, Any]:
    """A content without words of its own, as ``_variables`` fills it.

    https://www.twilio.com/docs/content/using-variables-with-content-api
    """
    pairs = [(f"{{{{{3 + 2 * i}}}}}", f"{{{{{4 + 2 * i}}}}}") for i in range(len(out.options))]
    if out.style == "buttons":
        actions = [{"type": "QUICK_REPLY", "title": title, "id": id_} for title, id_ in pairs]
        types: dict[str, Any] = {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}}
    else:
        items = [{"item": title, "id": id_} for title, id_ in pairs]
        types = {"twilio/list-picker": {"body": "{{1}}", "button": "{{2}}", "items": items}}
    # Samples are Twilio's condition for variables; they are also what a missing one falls back to.
    samples = {number: f"sample {number}" for number in _variables(out)}
    return {"friendly_name": key, "language": "en", "variables": samples, "types": types}

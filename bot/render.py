"""From a flow's reply to what a channel can carry: words, then buttons, a list or numbers."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot import sms
from bot.catalog import Catalog
from bot.channels.base import Limits, Outbound
from flows.effects import Option, Phrase, Reply
from flows.people import Person

Style = Literal["plain", "buttons", "list"]
_SENTENCE_END = re.compile(r"(?<=[.!?؟:;])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Message:
    """A reply in words, before any channel: what stands in the outbox."""

    text: str
    options: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    step: str = ""
    language: str = "fr"
    menu_title: str = ""
    ask: Literal["", "location", "contact"] = ""
    share: str = ""
    listed: bool = True
    template: Mapping[str, Any] = field(default_factory=dict)
    """``name`` and ``values`` of the template that says the same."""

    def as_json(self) -> dict[str, Any]:
        """Only what says something: most messages are text and little else."""
        always = {"text": self.text, "language": self.language}
        names = ("options", "codes", "step", "menu_title", "ask", "share", "template")
        more = {name: getattr(self, name) for name in names}
        shown = {k: v for k, v in more.items() if v}
        return always | shown | ({} if self.listed else {"listed": False})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Message:
        known = {k: v for k, v in data.items() if k in cls.__slots__}
        for key in ("options", "codes"):
            known[key] = tuple(known.get(key, ()))
        return cls(**known)


def first_name(name: str | None) -> str:
    """What somebody is called by; empty where no name is known."""
    return (name or "").split(" ")[0]


def always(person: Person) -> dict[str, Any]:
    """Variables that every text may name."""
    name = first_name(person.name)
    return {
        "gender": person.gender or "other",
        "name": name,
        "hasname": "yes" if name else "no",
    }


def in_words(catalog: Catalog, reply: Reply, person: Person) -> Message:
    """A reply in the person's language."""
    language = person.language or "fr"
    known = always(person)
    texts = [catalog.text(phrase, language, known) for phrase in reply.lines]
    return Message(
        text="\n".join(texts),
        options=tuple(_label(catalog, option, language, known) for option in reply.options),
        codes=tuple(option.code for option in reply.options),
        step=reply.step,
        language=language,
        menu_title=catalog.label("common-choose", "", language) if len(reply.options) > 3 else "",
        ask=reply.ask,
        share=catalog.label("common-share", reply.ask, language) if reply.ask else "",
        listed=reply.listed,
        template=_template(catalog, reply.template, language, known),
    )


def _template(
    catalog: Catalog, template: Phrase | None, language: str, known: Mapping[str, Any]
) -> dict[str, Any]:
    if template is None:
        return {}
    told = {name: str(catalog.value(v, language, known)) for name, v in template.values.items()}
    return {"name": template.id, "values": told}


def _label(catalog: Catalog, option: Option, language: str, known: Mapping[str, Any]) -> str:
    if isinstance(option.label, Phrase):
        return catalog.text(option.label, language, known)
    return option.label


def new_token() -> str:
    """The opaque name of one message's options."""
    return secrets.token_urlsafe(9)


def for_channel(message: Message, limits: Limits, address: str, token: str) -> list[Outbound]:
    """What goes out on this channel, in order; only the last part carries the options."""
    style = _style(message, limits)
    text = message.text
    if style == "plain" and message.options:
        text = f"{text}\n{_numbered(message)}" if message.listed else text
    if limits.sms:
        text = sms.fold(text)
    most = limits.interactive_text if style != "plain" else limits.text
    pieces = list(split(text, limits.text)) if len(text) > most else [text]
    if len(pieces[-1]) > most:
        *before, last = split(pieces[-1], most)
        pieces = [*pieces[:-1], *before, last]
    parts = [Outbound(address, piece, language=message.language) for piece in pieces]
    parts[-1] = replace(
        parts[-1],
        style=style,
        options=message.options,
        token=token,
        menu_title=message.menu_title,
        ask=message.ask,
        share=message.share,
    )
    return parts


def _style(message: Message, limits: Limits) -> Style:
    count = len(message.options)
    longest = max(map(len, message.options), default=0)
    if not count:
        return "plain"
    if count <= limits.buttons and longest <= limits.button_title:
        return "buttons"
    if count <= limits.rows and longest <= limits.row_title:
        return "list"
    return "plain"


def _numbered(message: Message) -> str:
    return "\n".join(f"{number}. {label}" for number, label in enumerate(message.options, 1))


def split(text: str, most: int) -> Iterator[str]:
    """Pieces of at most ``most`` characters, cut at a sentence's end, else at a space."""
    while len(text) > most:
        ends = [match.start() for match in _SENTENCE_END.finditer(text, 0, most + 1)]
        cut = next((end for end in reversed(ends) if end >= most // 3), text.rfind(" ", 1, most))
        cut = cut if cut > 0 else _grapheme_cut(text, most)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    yield text


def _grapheme_cut(text: str, most: int) -> int:
    """Not between a letter and its marks, nor inside a joined emoji."""
    cut = most
    while cut > 1 and (
        unicodedata.combining(text[cut]) or text[cut] in "\u200d\ufe0f" or text[cut - 1] == "\u200d"
    ):
        cut -= 1
    return cut

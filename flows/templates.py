"""What may go out beyond WhatsApp's 24 hours: the templates. Words: messages/*/templates.ftl

A name is a promise: its variables and options never change once it was pushed, because an older
wording stays in service until WhatsApp has approved the newer one. New variables ask for a new name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from nlu.meaning import LANGUAGES

Category = Literal["UTILITY", "MARKETING"]

BODY = 1024
"""Text and values together: https://www.twilio.com/docs/api/errors/63021."""
SHORT = 550
"""What leaves room for values, and what people read to its end."""
BUTTONS = 3
TITLE = 20
"""https://www.twilio.com/docs/content/twilio-quick-reply; three, as within the 24 hours."""

UNUSABLE: Final[Mapping[str, str]] = {
    "63027": "missing",
    "63028": "mismatch",
    "63040": "rejected",
    "63041": "paused",
    "63042": "disabled",
    "21655": "deleted",
    "21656": "mismatch",
}
"""What an error of a send says of its template: https://www.twilio.com/docs/api/errors."""
BAD: Final = frozenset(UNUSABLE.values())
"""States that wait for an operator."""


@dataclass(frozen=True, slots=True)
class Template:
    """One template: its words are the message ``template-<name>``, a label an attribute of it."""

    name: str
    category: Category
    variables: tuple[str, ...] = ()
    """The text's own names for {{1}}, {{2}} and so on."""
    options: tuple[str, ...] = ()
    """Codes of the quick replies, in order: a tap comes back as ``template:<code>``."""
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A value for each variable, by language: what WhatsApp's reviewers read."""

    @property
    def message(self) -> str:
        return f"template-{self.name}"


_MEETING = {
    "fr": ("Karim", "mardi 24 novembre, 10:00 (Fès)"),
    "ar": ("كريم", "الثلاثاء 24 نونبر، 10:00 (فاس)"),
    "en": ("Karim", "Tuesday 24 November, 10:00 (Fès)"),
}
_TITLE = {
    "fr": ("Atelier de comptabilité à Fès",),
    "ar": ("ورشة محاسبة في فاس",),
    "en": ("Bookkeeping workshop in Fès",),
}

TEMPLATES: Final = (
    Template("waiting", "UTILITY", options=("read",)),
    Template("unfinished", "UTILITY", options=("read",)),
    Template("session_tomorrow", "UTILITY", ("partner", "when"), samples=_MEETING),
    Template("session_soon", "UTILITY", ("partner", "when"), samples=_MEETING),
    Template("announcement", "MARKETING", ("title",), ("read", "stop"), _TITLE),
)
BY_NAME: Final[Mapping[str, Template]] = {template.name: template for template in TEMPLATES}

_NAME = re.compile(r"[a-z0-9_]{1,512}")
_PLACE = re.compile(r"\{\{(\d+)\}\}")


def places(template: Template) -> tuple[str, ...]:
    """What stands for the values in a pushed text: {{1}}, {{2}} and so on."""
    return tuple(f"{{{{{number}}}}}" for number, _ in enumerate(template.variables, start=1))


def room(body: str) -> int:
    """How many characters the values may have together."""
    return BODY - len(_PLACE.sub("", body))


def clean(value: str, most: int) -> str:
    """A value on one line and at most so long; an isolate that is cut open is closed again.

    Line ends, tabs and more than four spaces in a row are refused in a value:
    https://www.twilio.com/docs/content/using-variables-with-content-api.
    """
    line = " ".join(value.split())
    if len(line) <= most:
        return line
    kept = line[: most - 4].rstrip()
    return kept + "..." + "\u2069" * (kept.count("\u2068") - kept.count("\u2069"))


def choose(
    approved: Mapping[tuple[str, str], str],
    name: str,
    language: str,
    order: Sequence[str] = LANGUAGES,
) -> tuple[str, str] | None:
    """(ContentSid, language) of an approved wording: the person's language, else another's in order."""
    for one in (language, *order):
        if sid := approved.get((name, one)):
            return sid, one
    return None


def problems(template: Template, body: str, buttons: Sequence[str]) -> list[str]:
    """What WhatsApp would refuse in one wording, each with what to change.

    https://www.twilio.com/docs/whatsapp/tutorial/message-template-approvals-statuses and
    https://www.twilio.com/docs/api/errors/63040.
    """
    return [*_of_itself(template), *_of_places(template, body), *_of_body(body), *_of(buttons)]


def _of_itself(template: Template) -> list[str]:
    found = []
    if not _NAME.fullmatch(template.name):
        found.append("the name has other than a-z, 0-9 and _: rename it")
    if template.category not in get_args(Category):
        found.append(f"{template.category} is no category: write {' or '.join(get_args(Category))}")
    for language in LANGUAGES if template.variables else ():
        samples = template.samples.get(language, ())
        if len(samples) != len(template.variables) or any(s != clean(s, BODY) for s in samples):
            found.append(f"in {language} each variable needs one sample on one line: write it")
    return found


def _of_places(template: Template, body: str) -> list[str]:
    found = []
    used = set(_PLACE.findall(body))
    expected = {str(number) for number, _ in enumerate(template.variables, start=1)}
    if used != expected:
        named = ", ".join(template.variables) or "no variable"
        found.append(f"the text must name {named}, whatever the values: do not choose words by one")
    first, *between, last = (
        (_has_word(piece) for piece in _PLACE.split(body)[::2]) if (used) else (True, True)
    )
    if not first or not last:
        found.append("a variable stands at an end: put words before the first and after the last")
    if not all(between):
        found.append("two variables stand side by side: put a word between them")
    return found


def _has_word(piece: str) -> bool:
    return bool(re.search(r"\w", piece))


def _of_body(body: str) -> list[str]:
    found = []
    if len(body) > BODY:
        found.append(f"the text has {len(body)} characters, WhatsApp takes {BODY}: shorten it")
    elif len(body) > SHORT:
        found.append(f"the text has {len(body)} characters: shorten it to {SHORT}")
    if re.search(r"[\n\r\t]| {5}", body):
        found.append("the text has a line end, a tab or many spaces: write it on one line")
    return found


def _of(buttons: Sequence[str]) -> list[str]:
    found = [
        f"the quick reply {title!r} must have 1 to {TITLE} characters and no variable: change it"
        for title in buttons
        if not 1 <= len(title) <= TITLE or "{{" in title
    ]
    if len(buttons) > BUTTONS:
        found.append(f"there are {len(buttons)} quick replies: keep {BUTTONS}")
    if len(set(buttons)) != len(buttons):
        found.append("two quick replies read alike: change one")
    return found

"""What ``mem check`` looks at; each finding says what to change."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path

from importlinter.cli import lint_imports

import bot
from bot import sms
from bot.catalog import Catalog, CatalogError
from bot.channels.sms import Sms
from bot.clock import OldZoneData, check_zones
from bot.render import Message, for_channel, in_words
from bot.settings import Settings
from bot.wordings import wrong
from flows.book import FLOWS
from flows.people import Person
from flows.questions import put
from flows.steps import Flow, Question
from flows.templates import TEMPLATES

MOST_PARTS = 8
"""An SMS of more parts than this is too dear, and some networks drop it."""
Finding = tuple[str, list[str], str]


def check_all(settings: Settings) -> Iterator[Finding]:
    """(what was looked at, problems, a word on what is good)."""
    yield "settings", [], "sqlite" if settings.database.is_sqlite else "postgresql"
    yield "time zones", _zones(), ""
    try:
        catalog = Catalog()
    except CatalogError as error:
        yield "texts", str(error).splitlines(), ""
        return
    yield "texts", _missing(catalog), "fr, ar, en"
    yield "templates", wrong(catalog), f"{len(TEMPLATES)} in fr, ar, en"
    yield "imports", _imports(), ""
    problems, told = _parts(catalog)
    yield "parts per SMS", problems, told


def _zones() -> list[str]:
    try:
        check_zones()
    except OldZoneData as error:
        return [str(error)]
    return []


def _missing(catalog: Catalog) -> list[str]:
    """Every question can be asked, hinted and helped with, in every language."""
    problems = []
    for flow in FLOWS:
        for step in flow.steps:
            for attribute in ("retry", "help"):
                if isinstance(step, Question):
                    problems += _lacks(catalog, flow.message(step.name), attribute)
    return problems


def _lacks(catalog: Catalog, id: str, attribute: str) -> list[str]:
    try:
        for language in ("fr", "ar", "en"):
            catalog.label(id, attribute, language)
    except CatalogError as error:
        return [str(error)]
    return []


def _imports() -> list[str]:
    file = Path(bot.__file__).parent.parent / "pyproject.toml"
    if not file.exists():
        return []
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        code = lint_imports(str(file), no_cache=True)
    broken = [
        line.strip()
        for line in told.getvalue().splitlines()
        if " is not allowed to import " in line
    ]
    return [f"{line}: move what is needed" for line in broken] if code else []


def _parts(catalog: Catalog) -> tuple[list[str], str]:
    """The dearest question by SMS, in each language."""
    problems: list[str] = []
    dearest: dict[str, tuple[int, str]] = {}
    for language in ("fr", "ar", "en"):
        person = Person(language=language, channel="sms")
        for flow in FLOWS:
            for step in flow.steps:
                if not isinstance(step, Question):
                    continue
                count = _cost(catalog, flow, step, person)
                dearest[language] = max(
                    dearest.get(language, (0, "")), (count, f"{flow.name}.{step.name}")
                )
                if count > MOST_PARTS:
                    problems.append(
                        f"{flow.message(step.name)} costs {count} parts in {language}: shorten it "
                        f"to {MOST_PARTS}"
                    )
    told = ", ".join(f"{language} at most {n} ({name})" for language, (n, name) in dearest.items())
    return problems, told


def _cost(catalog: Catalog, flow: Flow, step: Question, person: Person) -> int:
    reply = put(flow, {"flow": flow.name, "answers": {}}, step, person)
    message: Message = in_words(catalog, reply, person)
    out = for_channel(message, Sms.limits, "", "")
    return sum(sms.parts(part.text) for part in out)

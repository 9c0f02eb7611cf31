"""Templates in words: as Twilio is told them, and as one is filled for a person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalog import LOCALES, Catalog, CatalogError
from flows.effects import Phrase
from flows.templates import TEMPLATES, Template, clean, places, problems, room
from nlu.meaning import LANGUAGES


@dataclass(frozen=True, slots=True)
class Wording:
    """One template in one language; what stands for its values is {{1}}, {{2}} and so on."""

    template: Template
    language: str
    body: str
    buttons: tuple[str, ...]

    @property
    def content(self) -> dict[str, Any]:
        """What is pushed, all but its name.

        https://www.twilio.com/docs/content/twilio-quick-reply, .../content/twilio-text
        """
        actions = [
            {"type": "QUICK_REPLY", "title": title, "id": f"template:{code}"}
            for code, title in zip(self.template.options, self.buttons, strict=True)
        ]
        kind = "twilio/quick-reply" if actions else "twilio/text"
        words: dict[str, Any] = {"body": self.body} | ({"actions": actions} if actions else {})
        samples = self.template.samples.get(self.language, ())
        variables = {str(number): sample for number, sample in enumerate(samples, start=1)}
        return {"language": self.language, "variables": variables, "types": {kind: words}}

    @property
    def version(self) -> str:
        """Another one for another text, label, sample or category: WhatsApp's cannot be edited."""
        told = json.dumps([self.template.category, self.content], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def name(self) -> str:
        """What it is called at Twilio and at WhatsApp."""
        return f"mem_{self.template.name}_{self.version[:8]}"


def worded(catalog: Catalog, template: Template, language: str) -> Wording:
    """A template in words. Raises CatalogError where its text or one of its labels is missing."""
    values = dict(zip(template.variables, places(template), strict=True))
    body = catalog.text(Phrase(template.message, None, values), language, {})
    labels = tuple(catalog.label(template.message, code, language) for code in template.options)
    return Wording(template, language, body, labels)


def all_worded(catalog: Catalog) -> Iterator[Wording]:
    """Every template in every language."""
    for template in TEMPLATES:
        for language in LANGUAGES:
            yield worded(catalog, template, language)


def in_words(body: str, variables: Mapping[str, str]) -> str:
    """The text as it arrives, and as Twilio lists it."""
    for number, value in variables.items():
        body = body.replace(f"{{{{{number}}}}}", value)
    return body


def filled(catalog: Catalog, wording: Wording, values: Mapping[str, Any]) -> dict[str, str]:
    """ContentVariables of one message, each on one line, all within WhatsApp's length.

    Raises KeyError for a value that is not given, ValueError for an empty one: Twilio refuses it.
    """
    names = wording.template.variables
    each = room(wording.body) // max(1, len(names))
    told: dict[str, str] = {}
    for number, variable in enumerate(names, start=1):
        value = str(catalog.value(values[variable], wording.language, {}))
        told[str(number)] = clean(value, each)
        if not told[str(number)]:
            raise ValueError(f"{wording.template.name}: {variable} is empty")
    return told


def wrong(catalog: Catalog) -> list[str]:
    """What WhatsApp would refuse in any template, each with where and what to change."""
    found: list[str] = []
    texts: dict[tuple[str, str], str] = {}
    for template in TEMPLATES:
        for language in LANGUAGES:
            where = f"{LOCALES[language]}: {template.message}"
            try:
                wording = worded(catalog, template, language)
            except CatalogError as error:
                found.append(str(error))
                continue
            told = problems(template, wording.body, wording.buttons)
            other = texts.setdefault((language, wording.body), template.message)
            if other != template.message:
                told.append(f"the text is that of {other}: write another")
            found += [f"{where}: {problem}" for problem in told]
    return found

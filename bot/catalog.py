"""Texts for people: Project Fluent bundles, strict. A wrong catalog never starts."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

import babel
from babel.dates import format_datetime, get_day_names
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from flows.effects import Phrase

LOCALES: Mapping[str, str] = {"fr": "fr-MA", "ar": "ar-MA", "en": "en"}
_FRENCH_SPACE = re.compile(r" (?=[?!:;»])|(?<=«) ")
"""French sets these off with a space that must not break a line."""
_ALWAYS = ("gender", "name", "hasname")
_FLAGS = ("yes", "no")
"""Values by which a text chooses its form; nobody reads them."""


class CatalogError(Exception):
    """The catalogs are wrong; each line says which file's message and what to change."""


class Catalog:
    """All texts in all languages; ``text`` formats one, ``label`` gives an option's words."""

    def __init__(self, sources: Mapping[str, str] | None = None) -> None:
        texts = sources or {language: _read(locale) for language, locale in LOCALES.items()}
        problems = check(texts)
        if problems:
            raise CatalogError("\n".join(problems))
        self._bundles = {language: _bundle(language, text) for language, text in texts.items()}
        self._selectors = frozenset().union(*(_selectors(text) for text in texts.values()))
        self._label = functools.lru_cache(maxsize=4096)(self._plain_label)

    def text(self, phrase: Phrase, language: str, always: Mapping[str, Any]) -> str:
        """A phrase in words. Raises CatalogError for an unknown id or a missing variable."""
        bundle = self._bundles[language]
        phrase = self._with_days(phrase, language)
        values = {
            **always,
            # What a text chooses its words by is no word itself: a mark would hide it.
            **{
                k: v if k in self._selectors else self.value(v, language, always)
                for k, v in phrase.values.items()
            },
        }
        pattern = self._pattern(bundle, phrase.id, phrase.attribute)
        text, errors = bundle.format_pattern(pattern, values)
        if errors:
            raise CatalogError(f"{LOCALES[language]}: {phrase.id}: {errors[0]}")
        return str(text).strip()

    def label(self, id: str, attribute: str, language: str) -> str:
        """An option's words, without variables: what an answer is compared with."""
        return self._label(id, attribute, language)

    def _plain_label(self, id: str, attribute: str, language: str) -> str:
        pattern = self._pattern(self._bundles[language], id, attribute or None)
        return str(self._bundles[language].format_pattern(pattern, {})[0])

    def _pattern(self, bundle: FluentBundle, id: str, attribute: str | None) -> Any:
        if not bundle.has_message(id):
            raise CatalogError(f"no message is called {id}: add it to every language")
        message = bundle.get_message(id)
        pattern = message.attributes.get(attribute) if attribute else message.value
        if pattern is None:
            raise CatalogError(f"{id} has no {attribute or 'text'}: add it to every language")
        return pattern

    def value(self, value: Any, language: str, always: Mapping[str, Any]) -> Any:
        """A value as a text shows it: phrases and lists in words, Latin isolated in Arabic."""
        if isinstance(value, Phrase):
            return self.text(value, language, always)
        if isinstance(value, list | tuple):
            shown = [str(self.value(item, language, always)) for item in value]
            facts = any(isinstance(item, Phrase) and item.id == "common-fact" for item in value)
            if facts:
                return ("، " if language == "ar" else ", ").join(shown)
            if language == "ar":  # "and" stands inside the names themselves
                return "، ".join(shown)
            return format_list(shown, locale=_locale(language)) if shown else ""
        mixed = language == "ar" and isinstance(value, str) and value not in _FLAGS
        return _isolated(value) if mixed else value

    def _with_days(self, phrase: Phrase, language: str) -> Phrase:
        if phrase.id != "common-window":
            return phrase
        return Phrase(
            phrase.id, None, {**phrase.values, "days": _days(phrase.values["days"], language)}
        )


def _isolated(value: str) -> str:
    """A Latin name or a phone number in an Arabic line, kept from turning what is around it.

    In Arabic only: in Latin languages the marks would turn an SMS of 160 characters into 70.
    """
    foreign = any(unicodedata.bidirectional(character) == "L" for character in value)
    return f"\u2068{value}\u2069" if foreign or value.startswith("+") else value


def _locale(language: str) -> babel.Locale:
    return babel.Locale.parse(LOCALES[language].replace("-", "_"))


def _days(days: list[int], language: str) -> str:
    """Monday to Friday as a span, other days as a list, in the language's own names."""
    names = get_day_names("abbreviated" if language != "ar" else "wide", locale=_locale(language))
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{names[days[0]]}-{names[days[-1]]}"
    return format_list([names[day] for day in days], locale=_locale(language))


def _read(locale: str) -> str:
    folder = files("flows") / "messages" / locale
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".ftl"))
    text = "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
    return _FRENCH_SPACE.sub("\u00a0", text) if locale.startswith("fr") else text


def _bundle(language: str, text: str) -> FluentBundle:
    # Fluent would isolate every value, whole Arabic sentences too, and a line that begins with an
    # isolate has no direction of its own: ``_isolated`` marks just what is foreign in it.
    bundle = FluentBundle([LOCALES[language]], functions=_clocks(language), use_isolating=False)
    bundle.add_resource(FluentResource(text))
    return bundle


def _clocks(language: str) -> dict[str, Callable[[Any], Any]]:
    """What texts call to show a wall time: DAY for a button, DATE for a sentence, HOUR."""
    # Moroccan French abbreviates "juin" to "jui." and "mars" to "mar."; everybody writes the former.
    locale = _locale(language) if language != "fr" else babel.Locale("fr")

    def shown(pattern: str) -> Callable[[datetime], str]:
        def show(at: datetime) -> str:
            first = language == "fr" and at.day == 1
            day = pattern.replace("d", "d'er'") if first else pattern
            return str(format_datetime(at, day, locale=locale))

        return show

    return {"DAY": shown("EEE d MMM"), "DATE": shown("EEEE d MMMM"), "HOUR": shown("HH:mm")}


class _Uses(Visitor):
    """Which variables a pattern names, and which plural forms it tells apart."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.forms: dict[str, set[str]] = {}

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        if isinstance(node.selector, ast.VariableReference):
            keys = {v.key.name for v in node.variants if isinstance(v.key, ast.Identifier)}
            self.forms.setdefault(node.selector.id.name, set()).update(keys)
        self.generic_visit(node)


def _selectors(text: str) -> frozenset[str]:
    """The variables by which texts choose between variants."""
    uses = _Uses()
    uses.visit(FluentParser().parse(text))
    return frozenset(uses.forms)


_PLURALS = {"zero", "one", "two", "few", "many", "other"}


def check(texts: Mapping[str, str]) -> list[str]:
    """What is wrong: junk, a duplicate, an id or a variable or a plural form that one lacks."""
    problems: list[str] = []
    uses: dict[str, dict[str, _Uses]] = {}
    for language, text in texts.items():
        uses[language] = _collect(language, text, problems)
    everywhere = set().union(*(set(found) for found in uses.values()))
    for language, found in uses.items():
        problems += [
            f"{LOCALES[language]}: {id} is missing: write it"
            for id in sorted(everywhere - set(found))
        ]
        problems += _plural_problems(language, found)
    for id in sorted(everywhere):
        variables = {
            language: found[id].variables - set(_ALWAYS)
            for language, found in uses.items()
            if id in found
        }
        if len({frozenset(v) for v in variables.values()}) > 1:
            told = ", ".join(f"{LOCALES[k]} {sorted(v)}" for k, v in variables.items())
            problems.append(f"{id}: the languages name different variables: {told}")
    return problems


def _collect(language: str, text: str, problems: list[str]) -> dict[str, _Uses]:
    found: dict[str, _Uses] = {}
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, ast.Junk):
            first = (entry.content or "").strip().splitlines()[0][:60]
            problems.append(f"{LOCALES[language]}: cannot be read near: {first}")
        if not isinstance(entry, ast.Message):
            continue
        patterns = [(entry.id.name, entry.value)]
        patterns += [(f"{entry.id.name}.{a.id.name}", a.value) for a in entry.attributes]
        for id, pattern in patterns:
            if id in found:
                problems.append(f"{LOCALES[language]}: {id} is written twice: delete one")
            found[id] = _Uses()
            if pattern is not None:
                found[id].visit(pattern)
    return found


def _plural_problems(language: str, found: Mapping[str, _Uses]) -> list[str]:
    needed = set(_locale(language).plural_form.tags) | {"other"}
    return [
        f"{LOCALES[language]}: {id}: ${variable} lacks the plural forms {sorted(needed - forms)}"
        for id, uses in found.items()
        for variable, forms in uses.forms.items()
        if forms & (_PLURALS - {"other"})
        and not needed - {"many"} <= forms | ({"many"} if language == "fr" else set())
    ]

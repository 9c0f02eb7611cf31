"""One cell of an organisation's list, read with the very readers of the conversation.

A value is a label that the chat shows, in any of its languages, or words that the chat would
understand; never the number of an option, which means nothing in a spreadsheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flows import mentor, onboarding
from flows.answers import Ear, plain
from flows.people import Moment, Person, Words
from flows.steps import Ask, Choose, Flow, Question
from nlu import readers
from nlu.lexicon import lexicon
from nlu.meaning import Found, Which
from nlu.normalise import fold
from nlu.spoken_language import language_asked

FLOWS: Final[Mapping[str, Flow]] = {"mentor": mentor.MENTOR, "mentee": onboarding.ONBOARDING}
CHANNELS: Final = ("whatsapp", "sms", "telegram")
_PARTS: Final = re.compile(r"[;|/\n؛]")
_COMMAS: Final = re.compile(r"[,،]")
_BRACKET: Final = re.compile(r"(.+?)\s*\(.+\)\s*")
_NO_DIGITS: Final = re.compile(r"[\d.,]+E\+?\d+", re.IGNORECASE)
_LONGEST_SOURCE: Final = 64
_LONGEST_NETWORK: Final = 80
_EXAMPLES: Final = {
    "name": "write a person's name, such as Amina Benali",
    "place": "write a town here or abroad, such as Fès or Munich",
    "age": "write an age or a year of birth, such as 34 or 1992",
    "activity": "write a few words, such as: je vends des tapis en ligne",
    "experience": "write a few words, such as: 15 ans d'export de textile",
}


class Wrong(Exception):
    """A cell that cannot be taken; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Reads cells as answers to the questions of one role's conversation."""

    role: str
    words: Words
    moment: Moment

    def value(self, step: Question, cell: str) -> Any:
        """What a cell says. Raises Wrong."""
        if step.name == "address_form":
            return _named("gender", cell, "write f or m (femme or homme)")
        if step.name == "network":
            return cell[:_LONGEST_NETWORK]
        if isinstance(step, Ask):
            return self._asked(step, cell)
        assert isinstance(step, Choose)
        if step.most == 1:
            return self._one(step, cell)
        if step.name == "availability":
            return self._availability(step, cell)
        return self._several(step, cell)

    def _asked(self, step: Ask, cell: str) -> Any:
        labelled = _labelled(cell) if step.name == "place" else None
        reading = labelled or step.reader(cell, self.moment)
        if isinstance(reading, Found):
            return plain(reading.value)
        if isinstance(reading, Which):
            names = " or ".join(label for _, label in reading.candidates)
            raise Wrong(f"“{_short(cell)}” may be several: write {names}")
        raise Wrong(f"“{_short(cell)}” is not understood: {_EXAMPLES[step.name]}")

    def _ear(self, step: Choose) -> Ear:
        frame = {"flow": FLOWS[self.role].name, "answers": {}, "offered": list(step.options)}
        return Ear(FLOWS[self.role], frame, Person(language="en"), self.words, self.moment)

    def _code(self, step: Choose, part: str) -> list[Any]:
        """The codes that a part of a cell names; none where it is not understood."""
        if part.casefold() in step.options:
            return [part.casefold()]
        if step.name == "meet" and (named := _lookup("meet", part)) in step.options:
            return [named]
        bare = fold(part).replace(" ", "").isdigit()
        if bare and step.name != "capacity":
            return []
        answer = self._ear(step).read(step, part)
        if answer is None or answer.values is None:
            if answer is not None and answer.which:
                names = " or ".join(label for _, label in answer.which)
                raise Wrong(f"“{_short(part)}” may be several: write {names}")
            return []
        value = answer.values[step.name]
        return value if isinstance(value, list) else [value]

    def _one(self, step: Choose, cell: str) -> Any:
        codes = self._code(step, cell)
        if not codes and step.otherwise and readers.activity(cell) is not None:
            return step.otherwise
        if not codes:
            raise Wrong(f"“{_short(cell)}” is not understood: {self._instead(step)}")
        return codes[0]

    def _several(self, step: Choose, cell: str) -> list[Any]:
        found: list[Any] = []
        for part in self._split(step, cell):
            codes = self._code(step, part)
            if not codes:
                raise Wrong(f"“{_short(part)}” is not understood: {self._instead(step)}")
            found += [code for code in codes if code not in found]
        if len(found) > step.most:
            raise Wrong(f"these are {len(found)}: keep the {step.most} that matter most")
        return found

    def _split(self, step: Choose, cell: str) -> Iterator[str]:
        """The parts of a cell; a label may hold a comma itself."""
        ear = self._ear(step)
        for part in _PARTS.split(cell):
            pieces = [part] if ear.is_label(step, part) else _COMMAS.split(part)
            yield from (piece.strip() for piece in pieces if piece.strip())

    def _availability(self, step: Choose, cell: str) -> Any:
        """Days and hours, which are read as one sentence."""
        if cell.casefold() in step.options:
            return [cell.casefold()]
        digits = fold(cell).replace(" ", "").isdigit()
        answer = None if digits else self._ear(step).read(step, cell)
        if answer is None or answer.values is None:
            hint = "write days and hours, such as: mardi et jeudi soir, or Saturday 9-12"
            raise Wrong(f"“{_short(cell)}” is not understood: {hint}")
        return answer.values[step.name]

    def _instead(self, step: Choose) -> str:
        """The options by their English labels; the other languages are read as well."""
        message = FLOWS[self.role].message(step.name)
        labels = [self.words.label(message, code, "en") for code in step.options]
        most = f"up to {step.most} of" if step.most > 1 else "one of"
        return f"write {most}: {'; '.join(labels)}"


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else f"{cell[:39]}…"


def _lookup(kind: str, cell: str) -> str:
    """The one value that a cell names, "" for none."""
    found = lexicon("list_values", "value", "kind", kind).exact(fold(cell).split())
    return found[0] if len(found) == 1 else ""


def _named(kind: str, cell: str, instead: str) -> str:
    found = _lookup(kind, cell)
    if not found:
        raise Wrong(f"“{_short(cell)}” is not understood: {instead}")
    return found


def role_of(cell: str, default: str | None) -> str:
    if not cell and default:
        return default
    if not cell:
        raise Wrong("it is empty: write mentor or mentee")
    return _named("role", cell, "write mentor or mentee")


def phone_of(cell: str) -> str:
    if not cell:
        return ""
    if _NO_DIGITS.fullmatch(cell):
        raise Wrong(
            f"{cell} has lost its digits: set the column to text in the spreadsheet, type them again"
        )
    reading = readers.phone(cell)
    if not isinstance(reading, Found):
        raise Wrong(f"“{_short(cell)}” is no valid number: write 06 12 34 56 78 or +33612345678")
    return str(reading.value)


def address_of(cells: Mapping[str, str], phone: str | None) -> tuple[str, str, str] | None:
    """(channel, address, phone). A number is met on WhatsApp and by SMS, whichever they write from."""
    channel, address = cells.get("channel", "").casefold(), cells.get("address", "")
    if channel and channel not in CHANNELS:
        raise Wrong(f"channel “{_short(channel)}” is not known: write {' or '.join(CHANNELS)}")
    if phone is None:
        return None  # what is wrong with it is told already
    if channel == "telegram":
        if not re.fullmatch(r"\d{1,20}", address):
            raise Wrong("write the number that Telegram gives the person, digits only")
        return channel, address, phone
    phone = phone or (phone_of(address) if channel else "")
    if not phone:
        raise Wrong("write a phone number: without it nobody is recognised when they write")
    return channel or "whatsapp", phone, phone


def language_of(cell: str) -> str | None:
    if not cell:
        return None
    asked = language_asked(cell)
    if asked is None:
        raise Wrong(f"“{_short(cell)}” is not one the bot writes: français, العربية or English")
    return str(asked[0].value)


def cohort_of(cell: str) -> str | None:
    if len(cell) > _LONGEST_SOURCE:
        raise Wrong(f"it is longer than {_LONGEST_SOURCE} characters: shorten the code")
    return cell or None


def _labelled(cell: str) -> Found | None:
    """ "Ameur (Salé)": the label by which two places of one name are told apart."""
    match = _BRACKET.fullmatch(cell)
    bare = readers.place(match[1]) if match else None
    several = bare.candidates if isinstance(bare, Which) else ()
    return next((Found(place) for place, label in several if fold(label) == fold(cell)), None)

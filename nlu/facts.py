"""All that one message tells about a person, where the words mark it as such.

"Bonjour, je suis Amina, 31 ans, de Fès" answers three questions at once. A bare "34" or "Amina"
is nobody's fact: it answers the question that was asked, and is the reader's work.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from nlu.lexicon import Lexicon, cells, lexicon, rows
from nlu.meaning import Entity, Found, Reading
from nlu.normalise import LONGEST, Word, clean, fold, words
from nlu.readers.business import legal_form, sector, sector_scores
from nlu.readers.names import after_lead, shown
from nlu.readers.numbers import age, numbers
from nlu.readers.phones import phone
from nlu.readers.places import mentions
from nlu.readers.skills import languages, skills
from nlu.readers.stages import stage_in_passing

_DIGITS: Final = re.compile(r"\+?\d[\d .()-]{7,18}\d")
_BREAKS: Final = ",;!?.\n،؛؟|"
_LONGEST_ITEM: Final = 4
_INSIDE: Final = ("sector", "stage", "legal_form")
"""Read out of what else was said, so their spans may lie inside the activity's."""


@dataclass(frozen=True, slots=True)
class _Message:
    """A message, its words, and the clauses that its punctuation makes of them."""

    text: str
    said: tuple[Word, ...]
    folded: tuple[str, ...]

    def clauses(self) -> Iterator[tuple[int, int]]:
        start = 0
        for at in range(1, len(self.said) + 1):
            if at == len(self.said) or self._is_break(at):
                yield start, at
                start = at

    def _is_break(self, at: int) -> bool:
        between = self.text[self.said[at - 1].end : self.said[at].start]
        return any(mark in _BREAKS for mark in between)

    def entity(self, name: str, value: Any, start: int, end: int) -> Entity:
        return Entity(name, value, self.said[start].start, self.said[end - 1].end)

    def slice(self, start: int, end: int) -> str:
        return self.text[self.said[start].start : self.said[end - 1].end]


def facts(text: str, year: int) -> tuple[Entity, ...]:
    """The facts said in so many words, in the order of the text."""
    text = text[:LONGEST]
    said = tuple(words(text))
    if len(said) < 2:
        return ()
    message = _Message(text, said, tuple(word.text for word in said))
    found: list[Entity] = []
    for reader in (_phone, _name, _age, _need, _spoken, _activity, _place, _business):
        found.extend(one for one in reader(message, year) if not _taken(one, found))
    return tuple(sorted(found, key=lambda one: (one.start, one.entity)))


def _taken(one: Entity, found: Sequence[Entity]) -> bool:
    """Said already, or in the place of another fact."""
    if any(one.entity == other.entity for other in found):
        return True
    if one.entity in _INSIDE:
        return False
    return any(
        one.start < other.end and other.start < one.end
        for other in found
        if other.entity not in _INSIDE
    )


def _phone(message: _Message, year: int) -> Iterator[Entity]:
    for match in _DIGITS.finditer(message.text):
        reading = phone(match[0])
        if isinstance(reading, Found):
            yield Entity("phone", reading.value, match.start(), match.end())


def _name(message: _Message, year: int) -> Iterator[Entity]:
    for span in after_lead(message.text, message.said):
        yield message.entity("name", shown(message.text, message.said, *span), *span)


def _age(message: _Message, year: int) -> Iterator[Entity]:
    born = lexicon("number_words", "value", "kind", "born").find(message.folded)
    for one in numbers(message.folded):
        near = any(0 <= one.start - hit.end <= 4 for hit in born)
        owned = _is_owned(message.folded, one.start)
        if one.unit == "year" or near or owned:
            reading = age(message.slice(born[0].start if near else one.start, one.end), year)
            if isinstance(reading, Found) and not _is_duration(message.folded, one.start, one.end):
                yield message.entity("age", reading.value, one.start, one.end)


def _is_owned(folded: Sequence[str], at: int) -> bool:
    """ "I'm 31", "age 31", "عمري 31"."""
    before = " ".join(folded[max(0, at - 2) : at])
    return any(before.endswith(mark) for mark in _marks("age"))


@functools.cache
def _marks(kind: str) -> tuple[str, ...]:
    marks = (row["words"] for row in rows("fact_marks") if row["kind"] == kind)
    return tuple(fold(word) for words_ in marks for word in cells(words_))


def _is_duration(folded: Sequence[str], start: int, end: int) -> bool:
    """ "depuis 12 ans", "12 years of experience" count something else than a life."""
    before = folded[start - 1] if start else ""
    after = " ".join(folded[end : end + 2])
    return before in _marks("since") or any(after.startswith(mark) for mark in _marks("of"))


def _kind(kind: str) -> Lexicon[str]:
    return lexicon("activity_words", "kind", "kind", kind)


def _led(
    message: _Message, kind: str, name: str, read: Callable[[str], Reading]
) -> Iterator[Entity]:
    """What a clause says after its lead ("besoin d'aide en compta", "je parle français")."""
    for start, end in message.clauses():
        for hit in _kind(kind).find(message.folded[start:end], loose=True):
            first = start + hit.end
            if first < end and isinstance(read(message.slice(first, end)), Found):
                last = _listed(message, end, read)
                reading = read(message.slice(first, last))
                yield message.entity(name, cast(Found, reading).value, first, last)
                break


def _listed(message: _Message, end: int, read: Callable[[str], Reading]) -> int:
    """Where the list ends that began in a clause: "français, arabe et darija"."""
    for start, after in message.clauses():
        if start == end and after - start <= _LONGEST_ITEM:
            if not isinstance(read(message.slice(start, min(start + 2, after))), Found):
                break
            end = after
    return end


def _need(message: _Message, year: int) -> Iterator[Entity]:
    return _led(message, "need", "needs", skills)


def _spoken(message: _Message, year: int) -> Iterator[Entity]:
    return _led(message, "speak", "languages", languages)


def _activity(message: _Message, year: int) -> Iterator[Entity]:
    """The clause in which a person says what they do."""
    for start, end in message.clauses():
        first = _activity_start(message, start, end)
        if first is not None:
            last = _activity_end(message, first, end)
            if last - first >= 2:
                yield message.entity("activity", clean(message.slice(first, last)), first, last)


def _activity_start(message: _Message, start: int, end: int) -> int | None:
    folded = message.folded
    for at in range(start, end):
        verb = _kind("verb").at(folded[:end], at)
        if verb and verb.end < end:
            return at
        have = _kind("have").at(folded[:end], at)
        if have and have.end < end and _is_business(folded[have.end : min(have.end + 5, end)]):
            return at
    return None


def _is_business(folded: Sequence[str]) -> bool:
    """Business nouns after "j'ai", "عندي", or a trade after "je suis"; not "j'ai 31 ans"."""
    if any(one.start == 0 and not one.in_words for one in numbers(folded)):
        return False
    return bool(_kind("business").find(folded, loose=True)) or bool(sector_scores(folded))


def _activity_end(message: _Message, first: int, end: int) -> int:
    """Before the next thing that the clause says: a need, a language, a home, a place at the end."""
    folded = message.folded
    stops = (at for at in range(first + 2, end) if _starts_another(message, at, end))
    last = next(stops, end)
    while last > first and folded[last - 1] in (*_marks("and"), "je", "j", "i"):
        last -= 1
    for one in mentions(folded[:last]):
        if one.end == last and one.marked and one.start - first > 2:
            is_led = folded[one.start - 1] in lexicon("place_words", "kind", "kind", "at")
            return one.start - 1 if is_led else one.start
    return last


def _starts_another(message: _Message, at: int, end: int) -> bool:
    kinds = ("need", "speak", "since")
    return any(_kind(kind).at(message.folded[:end], at, loose=True) for kind in kinds) or _says_who(
        message, at
    )


def _says_who(message: _Message, at: int) -> bool:
    """A name, an age or a home begins here."""
    folded = message.folded
    lead = lexicon("name_words", "kind", "kind", "lead").at(folded, at)
    live = lexicon("place_words", "kind", "kind", "live").at(folded, at)
    return bool(lead and len(lead.values) and lead.end - lead.start > 1) or bool(live)


def _place(message: _Message, year: int) -> Iterator[Entity]:
    """One place: where they live if they say so, else the first; none when it could be two."""
    found = mentions(message.folded)
    for one in sorted(found, key=lambda mention: not mention.lives):
        if len(one.places) == 1 and len(one.places[0].code) != 2:
            yield message.entity("place", one.places[0], one.start, one.end)


def _business(message: _Message, year: int) -> Iterator[Entity]:
    for start, end in message.clauses():
        folded = message.folded[start:end]
        needs = _kind("need").find(folded, loose=True)
        stop = start + needs[0].start if needs else end
        if stop > start:
            yield from _told(message, start, stop)


def _told(message: _Message, start: int, end: int) -> Iterator[Entity]:
    """What a clause tells of the business; a sector only where an activity is told."""
    readers: list[tuple[str, Callable[[str], Reading]]] = [
        ("stage", stage_in_passing),
        ("legal_form", legal_form),
    ]
    if _activity_start(message, start, end) is not None:
        readers.append(("sector", sector))
    for name, read in readers:
        reading = read(message.slice(start, end))
        if isinstance(reading, Found):
            yield message.entity(name, reading.value, *_where(message, name, start, end, read))


def _where(
    message: _Message, name: str, start: int, end: int, read: Callable[[str], Reading]
) -> tuple[int, int]:
    """The shortest run of words that tells it: trimmed from both sides while it still does."""
    value = read(message.slice(start, end))
    while end - start > 1 and read(message.slice(start, end - 1)) == value:
        end -= 1
    while end - start > 1 and read(message.slice(start + 1, end)) == value:
        start += 1
    return start, end

"""An organisation's list of people, line by line.

Columns: nlu/data/list_columns.csv (their names in French, Arabic and English); cells: flows/cells.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from flows import cells as cell
from flows import mentor, onboarding
from flows.people import Moment, Words
from flows.steps import Question
from nlu import readers
from nlu.lexicon import lexicon, rows
from nlu.meaning import Found
from nlu.normalise import clean, fold

REVIEWED: Final = {"mentor": mentor.REVIEWED, "mentee": onboarding.REVIEWED}
_HEADER: Final = 1
_COLUMNS: Final = tuple(row["column"] for row in rows("list_columns"))
_STEPS: Final = {row["column"]: row for row in rows("list_columns")}
_NOT_ASKED: Final = ("address_form", "levels", "legal_form", "network", "prefers")
"""What a chat can do without, or asks anyway."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way of a line, and what to write instead."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}{f', {self.column}' if self.column else ''}: {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person as a list tells of them."""

    line: int
    role: str
    name: str
    channel: str
    address: str
    phone: str = ""
    language: str | None = None
    cohort: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """What an operator should know, though nothing stands in the way."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What the chat will still ask."""
        needed = [name for name in REVIEWED[self.role] if name not in _NOT_ASKED]
        return tuple(name for name in needed if name not in self.answers)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was understood."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


Cells = dict[str, str]


def read(
    lines: Sequence[tuple[int, Sequence[str]]],
    words: Words,
    moment: Moment,
    role: str | None = None,
    cohort: str | None = None,
) -> Listed:
    """Read numbered lines, of which the first one names the columns.

    ``role`` and ``cohort`` hold for lines that name none.
    """
    if not lines:
        return Listed(problems=(Problem(_HEADER, "", "the file is empty"),))
    (number, header), *rest = lines
    places, problems, notes = _columns(number, header, role)
    entries: list[Entry] = []
    if not problems:
        reader = _Reader(words, moment, role, cohort)
        for line, told in rest:
            cells = _cells(places, told)
            entry, wrong = reader.line(line, cells) if any(cells.values()) else (None, [])
            entries += [entry] if entry else []
            problems += wrong
        if not rest:
            problems.append(Problem(number, "", "there is no line below the columns' names"))
    doubles = list(_doubles(entries))
    wrong_lines = {problem.line for problem in doubles}
    kept = tuple(entry for entry in entries if entry.line not in wrong_lines)
    return Listed(kept, (*problems, *doubles), tuple(notes))


def _columns(
    line: int, header: Sequence[str], role: str | None
) -> tuple[dict[int, str], list[Problem], list[str]]:
    """Which column stands where; what is missing, and what is left out."""
    names = lexicon("list_columns", "column")
    places: dict[int, str] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    for at, told in enumerate(header):
        bare = told.strip().strip("*:").strip()
        found = (bare,) if bare in _COLUMNS else names.exact(fold(bare).split())
        if found and found[0] in places.values():
            problems.append(Problem(line, bare, f"a second column for {found[0]}: delete one"))
        elif found:
            places[at] = found[0]
        elif bare:
            notes.append(f"column {bare} is not known: left out")
    known = set(places.values())
    if "role" not in known and role is None:
        problems.append(Problem(line, "role", "add this column, or call with --role"))
    if not known & {"phone", "address"}:
        problems.append(Problem(line, "phone", "add this column (or channel and address)"))
    return places, problems, notes


def _cells(places: Mapping[int, str], told: Sequence[str]) -> Cells:
    return {
        column: clean(told[at]).strip() if at < len(told) else "" for at, column in places.items()
    }


def _doubles(entries: Sequence[Entry]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = ("phone", entry.phone) if entry.phone else (entry.channel, entry.address)
        first = seen.setdefault(key, entry.line)
        if first != entry.line:
            text = f"the same person as in line {first}: keep one of the two"
            yield Problem(entry.line, "phone" if entry.phone else "address", text)


class _Reader:
    """Reads one line after the other."""

    def __init__(self, words: Words, moment: Moment, role: str | None, cohort: str | None) -> None:
        self._words = words
        self._moment = moment
        self._role = role
        self._cohort = cohort

    def line(self, number: int, cells: Cells) -> tuple[Entry | None, list[Problem]]:
        problems: list[Problem] = []

        def attempt(column: str, read: Any, *told: Any) -> Any:
            try:
                return read(*told)
            except cell.Wrong as wrong:
                problems.append(Problem(number, column, str(wrong)))
                return None

        role = attempt("role", cell.role_of, cells.get("role", ""), self._role)
        phone = attempt("phone", cell.phone_of, cells.get("phone", ""))
        where = attempt("address", cell.address_of, cells, phone)
        language = attempt("language", cell.language_of, cells.get("language", ""))
        cohort = attempt("cohort", cell.cohort_of, cells.get("cohort", "") or self._cohort or "")
        if role is None or where is None:
            return None, problems
        answering = cell.Answering(role, self._words, self._moment)
        answers: dict[str, Any] = {}
        notes: list[str] = []
        for column, step in self._steps(role, cells, notes):
            value = attempt(column, answering.value, step, _told(column, cells))
            if value is not None:
                answers[step.name] = value
        if problems:
            return None, problems
        _guess_sector(answers)
        notes += _warnings(role, answers)
        channel, address, proven = where
        return Entry(
            line=number, role=role, name=answers.get("name", ""), channel=channel,
            address=address, phone=proven, language=language, cohort=cohort, answers=answers,
            notes=tuple(notes),
        ), []  # fmt: skip

    def _steps(self, role: str, cells: Cells, notes: list[str]) -> Iterator[tuple[str, Question]]:
        """The questions that the filled cells of a line answer."""
        flow = cell.FLOWS[role]
        told = dict.fromkeys(column for column, filled in cells.items() if filled)
        if "first_name" in told:
            told |= {"name": None}
        for column in told:
            name = _STEPS[column][role]
            step = flow.find(name, {}) if name else None
            if step is not None:
                yield column, step
            elif _STEPS[column]["mentor"] or _STEPS[column]["mentee"]:
                notes.append(f"{column} is not asked of a {role}: left out")


def _guess_sector(answers: dict[str, Any]) -> None:
    """An activity tells its sector, as in the chat; it is checked by the person."""
    told = readers.sector(answers.get("activity", "")) if "sector" not in answers else None
    if isinstance(told, Found):
        answers["sector"] = told.value


def _told(column: str, cells: Cells) -> str:
    """A cell; the name may stand in two."""
    if column not in ("name", "first_name"):
        return cells[column]
    return " ".join(filter(None, (cells.get("first_name", ""), cells.get("name", ""))))


def _warnings(role: str, answers: Mapping[str, Any]) -> Iterator[str]:
    age = answers.get("age")
    youngest, oldest = onboarding.YOUNGEST, onboarding.OLDEST
    if role == "mentee" and isinstance(age, int) and not youngest <= age <= oldest:
        yield f"{age} years: outside {youngest}-{oldest}, the chat only offers to keep the contact"

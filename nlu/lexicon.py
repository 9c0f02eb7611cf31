"""Word lists: how the CSV files under ``nlu/data`` are read, and how phrases are found in a text."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, TypeVar

from nlu.normalise import fold

V = TypeVar("V")
_DATA: Final = Path(__file__).parent / "data"
# Prepositions, articles and "and" are written onto the next word in Arabic and in Arabizi.
_ARABIC_CLITICS: Final = ("و", "ب", "ف", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل")
"""What is cut off least comes first: "والثلاث" is "and Tuesday" before it is "and three"."""
_LATIN_CLITICS: Final = ("fl", "bl", "dl", "l", "f", "b", "d", "w")
_DENIED: Final = re.compile(r"(?:و?ما|w?ma(?!rr?a[ck])|[مm](?=\w{4}))(\w{2,}?)(?:ا?ش|ch|sh)")
_DENIED_AFTER: Final = re.compile(r"(\w{2,}?)(?:ا?ش|ch|sh)")


@functools.cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``nlu/data/<name>.csv``."""
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def cells(cell: str) -> list[str]:
    """The values of a cell that holds several."""
    return [part for part in cell.split("|") if part]


def variants(word: str) -> Iterator[str]:
    """The word, then the word without what may be glued to it ("ftanja", "بفاس", "tapis")."""
    yield word
    arabic = word[0] >= "\u0600"
    least = 3 if arabic else 4
    for clitic in _ARABIC_CLITICS if arabic else _LATIN_CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= least:
            yield word[len(clitic) :]
    if len(word) > 4 and word[-1] in ("ا" if arabic else "sx"):
        yield word[:-1]  # "clients", and "فرعا" in the accusative


def denied(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """The verb that Darija denies here ("mabditch", "ما بديتش"), and the place of the word after it."""
    split = words[at] in ("ما", "وما", "ma", "m") and at + 1 < len(words)
    verb = _DENIED_AFTER.fullmatch(words[at + 1]) if split else _DENIED.fullmatch(words[at])
    return (verb[1], at + 1 + split) if verb else None


@dataclass(frozen=True, slots=True)
class Hit(Generic[V]):
    """A phrase found: ``words[start:end]`` is it, ``values`` is what it may mean."""

    values: tuple[V, ...]
    start: int
    end: int


@dataclass(slots=True)
class _Node(Generic[V]):
    values: tuple[V, ...] = ()
    children: dict[str, _Node[V]] = field(default_factory=dict)


class Lexicon(Generic[V]):
    """Phrases and what each means, found in a folded text in one pass over its words."""

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        self._root: _Node[V] = _Node()
        for phrase, value in entries:
            self._add(fold(phrase).split(), value)

    def _add(self, phrase: Sequence[str], value: V) -> None:
        if not phrase:
            return
        node = self._root
        for word in phrase:
            node = node.children.setdefault(word, _Node())
        if value not in node.values:
            node.values = (*node.values, value)

    def exact(self, phrase: Sequence[str]) -> tuple[V, ...]:
        """What the whole phrase means, or nothing."""
        node = self._root
        for word in phrase:
            child = node.children.get(word)
            if child is None:
                return ()
            node = child
        return node.values

    def at(self, text: Sequence[str], start: int, loose: bool = False) -> Hit[V] | None:
        """The longest phrase that begins at this word; ``loose`` also under glued prefixes."""
        node, best = self._root, None
        for end in range(start, len(text)):
            child = _child(node, text[end], loose)
            if child is None:
                break
            node = child
            if node.values:
                best = Hit(node.values, start, end + 1)
        return best

    def find(self, text: Sequence[str], loose: bool = False) -> list[Hit[V]]:
        """All phrases in the text, leftmost and longest first, none overlapping."""
        hits: list[Hit[V]] = []
        at = 0
        while at < len(text):
            hit = self.at(text, at, loose)
            if hit:
                hits.append(hit)
            at = hit.end if hit else at + 1
        return hits

    def words(self) -> Iterator[str]:
        """Every word of every phrase."""
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            yield from node.children
            waiting.extend(node.children.values())

    def __contains__(self, phrase: str) -> bool:
        return bool(self.exact(phrase.split()))


def _child(node: _Node[V], word: str, loose: bool) -> _Node[V] | None:
    if not loose or word in node.children:
        return node.children.get(word)
    return next((node.children[v] for v in variants(word) if v in node.children), None)


@functools.cache
def lexicon(name: str, value: str, only: str = "", among: str = "") -> Lexicon[str]:
    """A lexicon of the ``words`` column of a file; ``value`` names the column it stands for.

    ``only`` and ``among`` keep the rows whose column ``only`` says ``among``.
    """
    kept = (row for row in rows(name) if not only or row[only] == among)
    return Lexicon((word, row[value]) for row in kept for word in cells(row["words"]))

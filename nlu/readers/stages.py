"""How far a business is, from "juste une idée" to a second shop.

No word tells it alone: "déclaré" is the opposite after "pas", "SARL" only a plan after "je veux
créer". So the words of each clause are read in order, with what denies or plans them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nlu.lexicon import Hit, Lexicon, lexicon
from nlu.meaning import Found, Reading
from nlu.normalise import Word, words
from nlu.readers.numbers import Said, numbers
from nlu.readers.spelling import respelled, undenied

_BREAKS: Final = ",;:!?.\n،؛؟|"
_REACH: Final = 4
"""How many words after "pas" may still be denied by it."""
_MOST: Final = 120
"""Words that are looked at; who writes more does not answer "how far is it?"."""
_NEAR: Final = 3
_DENIES: Final = frozenset(("not", "yet"))
_SETTLED: Final = range(3, 24)
"""The years of a business of which nothing else is told that has grown up; from 24 on it is
more likely somebody's age."""
_SHORTEST_FORM: Final = 3
"""A legal form of two letters ("sa", "ei") is a word of everyday French too."""


def stage(text: str) -> Reading:
    """idea, launched_informal, registered or growing: the answer to "how far is it?"."""
    told = {sign for clause in _read(text) for _, _, sign in clause.signs()}
    if any(clause.years() in _SETTLED for clause in _read(text)):
        told.add("settled")
    return _outright(told) or _enough_alone(told)


def stage_in_passing(text: str) -> Reading:
    """The same, where a sentence about something else says it outright of the one who writes."""
    if "?" in text or "؟" in text:
        return None
    told = {
        sign
        for clause in _read(text)
        if clause.has("own", "have", "want") and not clause.has("asks")
        for kind, hit, sign in clause.signs()
        if _is_plain(clause, kind, hit)
    }
    if not told & {"active", "begun"}:
        told.discard("unregistered")
    return _outright(told - {"active"})


def _is_plain(clause: _Clause, kind: str, hit: Hit[str]) -> bool:
    """Whether a word tells the stage in a sentence that nobody asked to tell it."""
    if kind in ("idea", "papers"):
        return clause.before(hit.start, _NEAR, "have", "made", "begun")
    if kind in ("begun", "made"):
        return clause.has("sell", "firm", "shop", "papers")
    if kind == "grow":
        return clause.has("firm", "shop", "project")
    return kind in (
        "form",
        "firm",
        "informal",
        "create",
        "sell",
        "staff",
        "worker",
        "branch",
        "shop",
    )


def _outright(told: set[str]) -> Reading:
    """What is denied counts most: "je vends, rien n'est déclaré" is not registered."""
    works = bool(told & {"active", "begun"})
    if "unregistered" in told and (works or not told & {"idea", "plan"}):
        return Found("launched_informal")
    if "idea" in told and "registered" not in told:
        return Found("idea")
    for one in ("growing", "registered"):
        if one in told:
            return Found(one)
    if "plan" in told and not works:
        return Found("idea")
    return Found("launched_informal") if "begun" in told else None


def _enough_alone(told: set[str]) -> Reading:
    """What tells the stage when nothing more is said."""
    alone = {"settled": "growing", "active": "launched_informal", "begin": "idea", "yet": "idea"}
    return next((Found(value) for sign, value in alone.items() if sign in told), None)


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words known in a clause, in order, and its numbers."""

    hits: Sequence[Hit[str]]
    counts: Sequence[Said]

    def before(self, start: int, reach: int, *kinds: str) -> bool:
        """One of these kinds ends less than ``reach`` words before."""
        return any(0 <= start - hit.end < reach for hit in self._of(kinds))

    def beside(self, one: Hit[str], *kinds: str) -> bool:
        return self.before(one.start, _NEAR, *kinds) or any(
            0 <= hit.start - one.end < _NEAR for hit in self._of(kinds)
        )

    def has(self, *kinds: str) -> bool:
        return any(True for _ in self._of(kinds))

    def ends_denied(self, one: Hit[str]) -> bool:
        """ "papers not done", "lwra9 mazal": denied after it, and nothing else is."""
        later = [hit for hit in self.hits if hit.start >= one.end]
        if not later or later[0].start - one.end > 1 or _DENIES.isdisjoint(later[0].values):
            return False
        return all(not (_DENIES | {"exist"}).isdisjoint(hit.values) for hit in later)

    def counted(self, one: Hit[str]) -> int:
        """The number beside these words ("8 dyal lkhddama", "a team of 8"), or 0."""
        near = (
            count.value
            for count in self.counts
            if not count.unit
            and (0 <= one.start - count.end < _NEAR or 0 <= count.start - one.end < _NEAR)
        )
        return next(near, 0)

    def years(self) -> int:
        return max((one.value for one in self.counts if one.unit == "year"), default=0)

    def signs(self) -> Iterator[tuple[str, Hit[str], str]]:
        """What each word says of the stage, with its kind."""
        for hit in self.hits:
            for kind in hit.values:
                yield from ((kind, hit, sign) for sign in _sign(self, kind, hit))

    def _of(self, kinds: Sequence[str]) -> Iterator[Hit[str]]:
        return (hit for hit in self.hits if not set(kinds).isdisjoint(hit.values))


def _read(text: str) -> Iterator[_Clause]:
    for folded in _clauses(text):
        hits = [*_words().find(folded, loose=True), *_forms(folded)]
        yield _Clause(sorted(hits, key=lambda hit: hit.start), numbers(folded))


def _words() -> Lexicon[str]:
    return lexicon("stage_words", "kind")


def _forms(folded: Sequence[str]) -> Iterator[Hit[str]]:
    """Legal forms: who has one is registered."""
    for hit in lexicon("legal_words", "form").find(folded, loose=True):
        if len("".join(folded[hit.start : hit.end])) >= _SHORTEST_FORM:
            yield Hit(("form",), hit.start, hit.end)


def _sign(clause: _Clause, kind: str, hit: Hit[str]) -> Iterator[str]:
    """What one word says of the stage, for what stands around it."""
    is_denied = clause.before(hit.start, _REACH, "not") or clause.ends_denied(hit)
    is_wished = clause.before(hit.start, len(clause.hits) * 9, "want", "idea")
    if kind in ("idea", "yet"):
        yield kind
    elif kind == "informal":
        yield "unregistered"
    elif kind == "exist":
        yield from ["idea"] if is_denied else []
    elif kind in ("begin", "create", "begun", "made"):
        yield from _started(clause, kind, is_denied, is_wished)
    elif kind in ("papers", "form", "firm"):
        yield from _registered(clause, kind, hit, is_denied, is_wished)
    elif is_denied:
        return
    elif kind == "sell":
        yield "plan" if is_wished else "active"
    elif _has_grown(clause, kind, hit):
        yield "growing"
    elif kind == "worker":
        yield "active"  # "khdama" is also "I work"


def _started(clause: _Clause, kind: str, is_denied: bool, is_wished: bool) -> Iterator[str]:
    if is_denied:
        yield "idea"
        if kind == "made" and clause.has("firm"):
            yield "unregistered"
    elif is_wished:
        yield "plan"
    else:
        yield "begin" if kind in ("begin", "create") else "begun"


def _registered(
    clause: _Clause, kind: str, hit: Hit[str], is_denied: bool, is_wished: bool
) -> Iterator[str]:
    """A company is a registered one where it is said to be had or made."""
    if is_denied:
        yield "unregistered"
    elif is_wished:
        yield "plan"
    elif kind != "firm" or clause.beside(hit, "have", "made"):
        yield "registered"


def _has_grown(clause: _Clause, kind: str, hit: Hit[str]) -> bool:
    """Growth by name, a branch, a second shop, or people who are paid."""
    if kind in ("staff", "worker", "people"):
        owned = kind != "people" and clause.before(hit.start, _NEAR, "have")
        return owned or clause.before(hit.start, _NEAR, "more") or bool(clause.counted(hit))
    if kind == "with":  # "m3aya 6 dyal lbnat khdamin"
        return bool(clause.counts) and clause.has("sell", "worker", "staff")
    if kind == "shop":
        return clause.beside(hit, "second") or clause.counted(hit) > 1
    return kind in ("grow", "branch")


def _clauses(text: str) -> Iterator[list[str]]:
    """The words between commas, full stops and "but"."""
    said, current = words(text)[:_MOST], list[str]()
    contrast = lexicon("stage_words", "kind", "kind", "but")
    for at, word in enumerate(said):
        if current and (word.text in contrast or _is_broken(text, said[at - 1], word)):
            yield respelled(undenied(current, _words()), "stage_words", "kind")
            current = []
        current.append(word.text)
    yield respelled(undenied(current, _words()), "stage_words", "kind")


def _is_broken(text: str, before: Word, after: Word) -> bool:
    return any(mark in _BREAKS for mark in text[before.end : after.start])

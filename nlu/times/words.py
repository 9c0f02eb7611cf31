"""From text to tokens: shapes of digits ("18h30", "12/8", "9-12") and words of the vocabulary."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from nlu.lexicon import Lexicon, cells, denied, rows
from nlu.normalise import LONGEST, fold
from nlu.times.spelling import Speller

MOST: Final = 120
"""Words looked at; who writes more does not answer "when"."""

_WEEKLY: Final = frozenset(("any", "date", "not", "filler", "all_day"))
_STOP: Final = "ꙮ"
"""A letter nobody types, that stands for a comma or a full stop."""

_STOPS: Final = re.compile(r"(?<![0-9])[.,]|[.,](?![0-9])|[;!?\n،؛؟…]")
_SHAPES: Final = re.compile(
    r"""
    (?<![0-9]) (?:
      (?P<iso>  [0-9]{4} (?P<i>[-/.]) [0-9]{1,2} (?P=i) [0-9]{1,2} (?![0-9]) t? )
    | (?P<week> [0-9]{4} -? w [0-9]{2} (?![0-9]) )
    | (?P<clock> [0-9]{1,2} (?:\ ?[:٫]\ ?|h\ ?(?=[0-9]{2}(?!\ ?[\w/]))|h|\ ?heures?(?=[0-9])) [0-9]{2} (?![0-9])
        (?::[0-9]{2})? (?:\ ?[ap]\.?\ ?m\b)? )
    | (?P<hour> (?<![0-9]\ )(?<![a-z])(?=3am)[0-9]am | (?!3am)[0-9]{1,2} \ ?(?: h(?:rs?)?(?![\w]) | ish\b | [ap]\.?\ ?m\b ) )
    | (?<![0-9][-/.]) (?P<full> [0-9]{1,2} \ ?(?P<f>[-/.])\ ? [0-9]{1,2} \ ?(?P=f)\ ? (?:[0-9]{4}|[0-9]{2}) ) (?![-/.]?[0-9])
    | (?<![0-9][-/.]) (?P<pair> [0-9]{1,2} \ ?[-/.]\ ? [0-9]{1,2} ) (?![-/.]?[0-9]|\ ?h|\ ?:[0-9])
    | (?P<nth>  [0-9]{1,2} \ ?(?: st|nd|rd|th|ers?|[eè]re|[eè]me|e ) \b )
    )""",
    re.VERBOSE,
)
_NUMBERS: Final = re.compile(r"[0-9]+")
_NO_TROUBLE: Final = ("مشكل", "mochkil", "mouchkil", "moshkil", "باس", "bas")
_GLUED: Final = re.compile(
    r"(?<=[\u0621-\u064a])(?=[0-9])|(?<![\w-])(?:m3a|[wlf])(?=[0-9]{1,2}(?:h|\b))"
)
_DASH: Final = re.compile(r"(?<![\w-])(\w{1,12}) {0,3}[-–—→] {0,3}(?=(\w{1,12})(?![\w-]))")
_WORD: Final = re.compile(
    r"(?P<clock>([0-9]{1,2})h([0-9]{2})?([ap]m)?)|(?P<date>([0-9]{1,2})d([0-9]{1,2})(?:d([0-9]{4}))?)"
    r"|(?P<week>([0-9]{4})w([0-9]{2}))|(?P<nth>([0-9]{1,2})n)|(?P<span>([0-9]{1,2})s([0-9]{1,2}))"
    r"|(?P<digits>[0-9]{1,4})"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One thing said. ``kinds`` maps what it may be to its value: day, part, month, at, ..."""

    kinds: Mapping[str, str]
    numbers: tuple[int, ...] = ()
    clause: int = 0
    tail: str = ""
    """Of a clock "am", "pm", or "0" when written "06:30"; of a number "word" when not in digits."""

    def has(self, *kinds: str) -> bool:
        return not self.kinds.keys().isdisjoint(kinds)


NOTHING: Final = Token({})


@dataclass(slots=True)
class Tokens:
    """The tokens of a text; beyond its end there is nothing, again and again."""

    items: list[Token] = field(default_factory=list)

    def __getitem__(self, at: int) -> Token:
        return self.items[at] if 0 <= at < len(self.items) else NOTHING

    def __len__(self) -> int:
        return len(self.items)

    def skip(self, at: int, *kinds: str) -> int:
        """The next place that is none of these."""
        while self[at].has(*kinds):
            at += 1
        return at


def tokens(text: str) -> Tokens:
    """What a text says that may be about time; other words stand as tokens without kinds."""
    words = [_respelled(word) for word in _words(text)]
    found, at, clause = Tokens(), 0, 0
    while at < len(words):
        if words[at] == _STOP:
            clause, at = clause + 1, at + 1
            continue
        token, at = _token(words, at, clause)
        clause += token.has("break")
        found.items.append(token)
    return found


def _words(text: str) -> list[str]:
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in text[:LONGEST]).lower()
    shaped = _SHAPES.sub(_shape, _GLUED.sub(_apart, digits))
    stopped = _STOPS.sub(f" {_STOP} ", _DASH.sub(_span, shaped))
    return fold(stopped).split()[:MOST]


def _apart(match: re.Match[str]) -> str:
    return f"{match[0]} "


def _shape(match: re.Match[str]) -> str:
    """One word for one shape: "18h30pm", "12d8d2026", "2026w24", "5n"."""
    kind = next(kind for kind in _SHAPED if match[kind] is not None)
    said = [int(number) for number in _NUMBERS.findall(match[0])]
    return f" {_SHAPED[kind](match[0], said)} "


def _clock(text: str, said: Sequence[int]) -> str:
    half = "am" if "a" in text else "pm" if "p" in text else ""
    minutes = f"{said[1]:02}" if len(said) > 1 else ""
    hour = text[:2] if text[:2].isdigit() else text[:1]
    return f"{hour}h{minutes}{half}"


def _full(_: str, said: Sequence[int]) -> str:
    day, month, year = said
    return f"{day}d{month}d{year if year > 99 else 2000 + year}"


def _iso(text: str, said: Sequence[int]) -> str:
    return f"{said[2]}d{said[1]}d{said[0]}"


def _pair(text: str, said: Sequence[int]) -> str:
    """ "12/8" is a date, "18.30" a clock; "9-12" may be hours or a date."""
    first, second = said
    padded = re.search(r"[-/.] ?0", text) is not None
    if "." in text and not padded and (second > 12 or first > 31):
        return f"{first}h{second:02}"
    if "." in text and text.endswith("00"):
        return f"{first}h00"
    return f"{first}s{second}" if "-" in text and not padded else f"{first}d{second}"


def _week(_: str, said: Sequence[int]) -> str:
    return f"{said[0]}w{said[1]:02}"


def _nth(_: str, said: Sequence[int]) -> str:
    return f"{said[0]}n"


_SHAPED: Final = {
    "iso": _iso, "week": _week, "clock": _clock, "hour": _clock, "full": _full, "pair": _pair, "nth": _nth,
}  # fmt: skip


def _span(match: re.Match[str]) -> str:
    is_span = all(_is_end(fold(end)) for end in match.groups())
    return f"{match[1]} until " if is_span else match[0]


def _is_end(word: str) -> bool:
    if _WORD.fullmatch(word):
        return True
    return any(kind in ("day", "noon") for kind, _ in _vocabulary().exact([word]))


def _token(words: Sequence[str], at: int, clause: int) -> tuple[Token, int]:
    shape = _WORD.fullmatch(words[at])
    if shape:
        return _shaped(shape, clause), at + 1
    hit = _vocabulary().at(words, at, loose=True)
    if hit is None:
        end = _refused(words, at)
        return Token({"refuse": ""} if end else {}, clause=clause), end or at + 1
    kinds = dict(hit.values)
    if words[at][0] == "و" and not _vocabulary().exact(words[at : at + 1]):
        kinds["glued"] = ""  # "and" is written onto the word
    value = kinds.get("num") or kinds.get("ordinal") or kinds.get("hourword")
    return Token(kinds, (int(value),) if value else (), clause, "word" if value else ""), hit.end


def _refused(words: Sequence[str], at: int) -> int:
    """Where "ma n9derch" ends, that refuses as "pas" does; 0 where nothing is refused."""
    verb, end = (denied(words, at) if words[at].startswith(("ما", "ma")) else None) or ("", 0)
    is_fine = end < len(words) and words[end].startswith(_NO_TROUBLE)
    return end if len(verb) > 2 and not is_fine else 0


def _shaped(shape: re.Match[str], clause: int) -> Token:
    kind = next(name for name, value in shape.groupdict().items() if value is not None)
    said = tuple(int(number) for number in _NUMBERS.findall(shape[0]))
    if kind == "clock":
        padded = "0" if shape[3] and shape[2].startswith("0") else ""
        return Token({"clock": ""}, said, clause, shape[4] or padded)
    return Token({"num" if kind == "digits" else kind: ""}, said, clause)


@functools.cache
def _vocabulary() -> Lexicon[tuple[str, str]]:
    return Lexicon(_entries())


def _entries() -> Iterator[tuple[str, tuple[str, str]]]:
    for row in rows("time_words"):
        if row["kind"] not in _WEEKLY:
            kind = "frac" if row["kind"] == "half" else row["kind"]
            yield from ((word, (kind, row["value"])) for word in cells(row["words"]))
    for row in rows("number_words"):
        if row["kind"] == "number":
            yield from ((word, ("num", row["value"])) for word in cells(row["words"]))


@functools.cache
def _speller() -> Speller:
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for phrase, meant in _entries():
        words = fold(phrase).split()
        for word in words:
            known[word].update([meant] if len(words) == 1 else [])
    return Speller({word: frozenset(kinds) for word, kinds in known.items()})


@functools.lru_cache(maxsize=4096)
def _respelled(word: str) -> str:
    return _speller().respelled(word)

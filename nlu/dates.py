"""Days and hours as people say them: words become tokens, and a closed grammar reads the tokens.

A general date parser was tried and answers wrong without saying so ("tuesday at 10" became the
10th); what this grammar does not know it leaves alone. It reads weekly availability.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from nlu.lexicon import Lexicon, cells, lexicon, rows
from nlu.meaning import Found, Reading
from nlu.normalise import LONGEST, fold

_PARTS: Final = {
    "morning": (540, 720), "noon": (720, 840), "afternoon": (840, 1080), "evening": (1080, 1260),
}  # fmt: skip
_ALL_DAY: Final = (540, 1200)
_DAYS: Final = tuple(range(7))
_MEETING: Final = 120
"""How long a window a single hour opens, in minutes."""
_MOST_TOKENS: Final = 60
_KINDS: Final = {
    "day", "days", "any", "part", "after", "before", "between", "and", "to", "at", "hour", "am",
    "pm", "half", "noon", "ordinal", "not", "date", "all_day", "filler",
}  # fmt: skip
"""The rows of ``time_words`` that weekly hours are told in; `nlu.times` reads the others too."""
_LAST: Final = 1439
_CLOCK: Final = re.compile(r"([0-9]{1,2})(h)?([0-5][0-9])?(am|pm)?")
_COLON: Final = re.compile(r"([0-9]{1,2}) ?(?:[:hH٫]|heures?|sa3a) ?([0-5][0-9])(?![0-9])")
_MINUTELESS: Final = re.compile(r"([0-9]{1,2}) ?(?:h|H|heures?)(?![a-zA-Z0-9])")
_DASH: Final = re.compile(r"(\w{1,12}) ?[-–—] ?(\w{1,12})")


@dataclass(frozen=True, slots=True)
class Window:
    """Hours that a person has free on some days of every week; Monday is 0."""

    days: tuple[int, ...]
    start: str
    end: str

    def as_json(self) -> dict[str, Any]:
        return {"days": list(self.days), "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Token:
    """One thing said about time. ``kinds`` maps what it may be to its value: day, part, at, ..."""

    kinds: dict[str, str]
    minutes: int = -1
    exact: bool = False
    bare: bool = False


@dataclass(slots=True)
class _Group:
    """Days and the hours that hold on them."""

    days: list[int] = field(default_factory=list)
    hours: list[tuple[int, int]] = field(default_factory=list)


def availability(text: str) -> Reading:
    """Windows of every week: "mardi et jeudi soir", "السبت صباحا", "sunday 10-12"."""
    tokens = _tokens(text)
    if any("date" in token.kinds for token in tokens):
        return None
    groups = _Reader(tokens).groups()
    windows = tuple(window for group in groups for window in _windows(group))
    if not windows and any("any" in token.kinds for token in tokens):
        windows = (_window(_DAYS, _ALL_DAY),)
    return Found(windows) if windows else None


def _windows(group: _Group) -> Iterator[Window]:
    days = tuple(sorted(set(group.days))) or _DAYS
    for hours in group.hours or [_ALL_DAY]:
        yield _window(days, hours)


def _window(days: tuple[int, ...], hours: tuple[int, int]) -> Window:
    start, end = hours
    return Window(days, f"{start // 60:02}:{start % 60:02}", f"{end // 60:02}:{end % 60:02}")


@functools.cache
def _vocabulary() -> Lexicon[tuple[str, str]]:
    return Lexicon(
        (word, (row["kind"], row["value"]))
        for row in rows("time_words")
        if row["kind"] in _KINDS
        for word in cells(row["words"])
    )


def _tokens(text: str) -> list[Token]:
    """The words about time in a text, in order; a word that says nothing breaks nothing."""
    words = fold(_with_clocks(text[:LONGEST])).split()
    tokens: list[Token] = []
    at = 0
    while at < len(words) and len(tokens) < _MOST_TOKENS:
        token, at = _token(words, at, tokens)
        tokens.extend([token] if token and "filler" not in token.kinds else [])
    return tokens


def _with_clocks(text: str) -> str:
    """ "18:30", "18 h 30" and "18 heures" as one word, "9-12" and "lundi-jeudi" as a span."""
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    clocks = _MINUTELESS.sub(r"\1h ", _COLON.sub(r"\1h\2 ", digits))
    return _DASH.sub(_span, clocks)


def _span(match: re.Match[str]) -> str:
    ends = (fold(match[1]), fold(match[2]))
    is_span = all(_CLOCK.fullmatch(end) or _is_day(end) for end in ends)
    return f"{match[1]} until {match[2]}" if is_span else match[0]


def _is_day(word: str) -> bool:
    return any(kind == "day" for kind, _ in _vocabulary().exact([word]))


def _token(words: Sequence[str], at: int, before: Sequence[Token]) -> tuple[Token | None, int]:
    clock = _CLOCK.fullmatch(words[at])
    if clock and int(clock[1]) <= 24:
        return _clock(clock), at + 1
    hit = _vocabulary().at(words, at, loose=True)
    leads = bool(before) and bool(
        before[-1].kinds.keys() & {"at", "after", "before", "between", "to"}
    )
    spoken = lexicon("number_words", "value", "kind", "number").at(words, at) if leads else None
    is_day = hit and any(kind == "day" for kind, _ in hit.values)
    if (
        spoken
        and not is_day
        and 0 < int(spoken.values[0]) <= 24
        and not (hit and hit.end > spoken.end)
    ):
        return Token({"time": ""}, int(spoken.values[0]) * 60, bare=True), spoken.end
    if hit is None:
        return None, at + 1
    kinds = dict(hit.values)
    if leads and "noon" in kinds:
        return Token({"time": ""}, int(kinds["noon"]) * 60 % 1440 or _LAST, exact=True), hit.end
    if leads and "ordinal" in kinds:
        return Token({"time": ""}, int(kinds["ordinal"]) * 60, bare=True), hit.end
    return Token(kinds), hit.end


def _clock(clock: re.Match[str]) -> Token:
    hour, minute = int(clock[1]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + (12 if clock[4] == "pm" else 0)
    said_fully = bool(clock[4]) or hour > 12 or (clock[2] is not None and hour >= 7)
    return Token(
        {"time": ""}, min(hour * 60 + minute, _LAST), said_fully, clock[2] is None and not clock[4]
    )


class _Reader:
    """Reads tokens from left to right into groups of days and hours."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._found: list[_Group] = []
        self._group = _Group()
        self._refused = False

    def groups(self) -> list[_Group]:
        while self._at < len(self._tokens):
            if not (self._day() or self._span() or self._part()):
                self._refused = "not" in self._tokens[self._at].kinds or (
                    self._refused and "and" in self._tokens[self._at].kinds
                )
                self._at += 1
        self._close()
        return self._found

    def _close(self) -> None:
        if self._group.days or self._group.hours:
            self._found.append(self._group)
        self._group = _Group()

    def _peek(self, offset: int = 0) -> Token:
        at = self._at + offset
        return self._tokens[at] if 0 <= at < len(self._tokens) else Token({})

    def _day(self) -> bool:
        """One day, a span of days, or a set of days; after "sauf", days taken away."""
        days, size = self._days_here()
        if not days:
            return False
        self._at += size
        if self._refused and self._group.days:
            self._group.days = [day for day in self._group.days if day not in days]
            return True
        if self._group.days and self._group.hours:
            self._close()
        self._group.days.extend(days)
        return True

    def _days_here(self) -> tuple[list[int], int]:
        kinds = self._peek().kinds
        if "days" in kinds and "day" in self._peek(1).kinds:
            return self._skip_every()
        if "days" in kinds:
            first, last = (int(end) for end in kinds["days"].split("-"))
            return list(range(first, last + 1)), 1
        if "day" not in kinds:
            return [], 0
        start = int(kinds["day"])
        link, end = self._peek(1).kinds, self._peek(2).kinds.get("day")
        if end is not None and link.keys() & {"to", "before"} and "and" not in link:
            return [(start + step) % 7 for step in range((int(end) - start) % 7 + 1)], 3
        return [start], 1

    def _skip_every(self) -> tuple[list[int], int]:
        """ "kol nhar tnin" is every Monday, not every day and Monday."""
        self._at += 1
        return self._days_here()

    def _span(self) -> bool:
        """An hour, "9h-12h", "après 18h", "avant 10h"."""
        lead, at = self._lead()
        first = self._peek(at)
        if "time" not in first.kinds or not self._is_hour(lead, at):
            return False
        start, at = self._hour(at)
        second = self._second(lead, at)
        end, at = self._hour(second) if second else (None, at)
        meridian, at = self._meridian(at)
        kept = self._hours_kept()
        self._at += at
        self._group.hours = [*kept, _hours(lead, start, end, meridian)]
        return True

    def _lead(self) -> tuple[set[str], int]:
        """The little words before an hour; "على الساعة" are two of them."""
        kinds: set[str] = set()
        at = 0
        while self._peek(at).kinds.keys() & {"at", "after", "before", "between", "hour"} and at < 3:
            kinds |= self._peek(at).kinds.keys()
            at += 1
        return kinds, at

    def _is_hour(self, lead: set[str], at: int) -> bool:
        """A bare number is an hour only beside what makes it one ("mardi 10", "m3a 6", "10-12")."""
        if lead or not self._peek(at).bare:
            return True
        after = self._peek(at + 1).kinds
        beside = {"day", "days", "part"} & self._peek(at - 1).kinds.keys()
        return bool(beside or after.keys() & {"hour", "to", "pm", "am", "half"})

    def _hour(self, at: int) -> tuple[Token, int]:
        """The hour at this token with its "et demie"; and the token after it."""
        token = self._peek(at)
        at += 1
        if "hour" in self._peek(at).kinds:
            at += 1
        half = self._peek(at).kinds.get("half")
        if half:
            return Token(
                token.kinds, min(token.minutes + int(half), _LAST), token.exact, token.bare
            ), at + 1
        return token, at

    def _second(self, lead: set[str], at: int) -> int | None:
        """Where the end of a span stands, if the words make one."""
        link = self._peek(at).kinds.keys()
        joins = link & {"to", "before"} or ("between" in lead and "and" in link)
        skip = 2 if self._peek(at + 1).kinds.keys() & {"at", "hour"} else 1
        return at + skip if joins and "time" in self._peek(at + skip).kinds else None

    def _meridian(self, at: int) -> tuple[str, int]:
        """ "6 du soir", "10 صباحا": which half of the day; said before or after the hour."""
        skip = 1 if "at" in self._peek(at).kinds else 0
        after = self._peek(at + skip).kinds
        if "am" in after or "pm" in after:
            return ("am" if "am" in after else "pm"), at + skip + 1
        part = self._peek(-1).kinds.get("part")
        return {"morning": "am", "afternoon": "pm", "evening": "pm"}.get(part or "", ""), at

    def _hours_kept(self) -> list[tuple[int, int]]:
        """Hours said before, without the part of day that only served to place this hour."""
        hours = self._group.hours
        first = self._at
        while (
            first > 0
            and "part" not in self._tokens[first - 1].kinds
            and not self._is_apart(first - 1)
        ):
            first -= 1
        was_part = first > 0 and "part" in self._tokens[first - 1].kinds
        return hours[:-1] if was_part and hours and hours[-1] in _PARTS.values() else hours

    def _is_apart(self, at: int) -> bool:
        return bool(self._tokens[at].kinds.keys() & {"and", "day", "days", "not"})

    def _part(self) -> bool:
        """ "soir", "le matin", "toute la journée"."""
        kinds = self._peek().kinds
        if "part" not in kinds and "all_day" not in kinds:
            return False
        hours = _PARTS[kinds["part"]] if "part" in kinds else _ALL_DAY
        if hours not in self._group.hours:
            self._group.hours.append(hours)
        self._at += 1
        return True


def _hours(lead: set[str], start: Token, end: Token | None, meridian: str) -> tuple[int, int]:
    opens = _placed(start, meridian)
    if end is not None:
        closes = _placed(end, meridian) or _LAST  # an end at 0h is midnight
        if opens > closes >= 0 and not end.exact and closes + 720 <= _LAST:
            closes += 720
        # "de 8 à 10 du soir" places both; "10 à 2 de l'après-midi" only the end.
        if opens >= closes and opens >= 720:
            opens -= 720
        return (opens, closes) if opens < closes else (opens, min(opens + _MEETING, _LAST))
    if "before" in lead and "after" not in lead:
        opens = opens or _LAST
        return min(540, max(0, opens - _MEETING)), opens
    length = max(1260 - opens, _MEETING) if "after" in lead else _MEETING
    return min(opens, _LAST - 1), min(opens + length, _LAST)


def _placed(token: Token, meridian: str) -> int:
    """Minutes after midnight; an hour from 1 to 7 said bare is one of the afternoon."""
    minutes = token.minutes
    if token.exact or minutes >= 780:
        return minutes
    if meridian == "am":
        return minutes % 720 if minutes >= 720 and minutes < 780 else minutes
    if meridian == "pm":
        return minutes + 720 if minutes < 720 else minutes
    return minutes + 720 if 60 <= minutes < 480 else minutes

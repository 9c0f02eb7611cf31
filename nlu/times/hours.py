"""Hours as they are told: "18h30", "six heures moins le quart", "m3a lkhamsa w noss", "half past six"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from nlu.times.numbers import number
from nlu.times.words import Token, Tokens

_HALF_DAY: Final = 720
_DAY: Final = 1440
_MERIDIEM: Final = {"morning": "am", "afternoon": "pm", "evening": "pm"}


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as said: minutes after midnight, before it is known which half of the day is meant."""

    minutes: int
    more: int = 0
    """What is added or taken: "et demie", "moins le quart". The hour said decides the half day."""

    exact: bool = False
    bare: bool = True
    """A number alone, that may be of the evening when the morning is over."""

    part: str = ""

    def placed(self, part: str = "") -> int:
        """Minutes after midnight, more than a day's when the night goes on after midnight."""
        return max(0, self._placed(part) + self.more)

    def _placed(self, part: str) -> int:
        part = self.part or part
        minutes, half = self.minutes, _MERIDIEM.get(part, part)
        if self.exact or minutes >= 780:
            return minutes
        if half == "am":
            return minutes % _HALF_DAY
        if half == "pm":
            return minutes % _HALF_DAY + _HALF_DAY
        if half == "night":
            hour = minutes % _HALF_DAY
            return hour + (_DAY if hour < 300 else _HALF_DAY)
        is_afternoon = 60 <= minutes < (240 if half == "noon" else 480)
        return minutes + _HALF_DAY if is_afternoon else minutes


def part_of(token: Token) -> str:
    """The part of the day, or the half of it, that a token tells."""
    if token.has("night"):
        return "night"
    if token.has("part"):
        return token.kinds["part"]
    return "am" if token.has("am") else "pm" if token.has("pm") else ""


def hour(tokens: Tokens, at: int, led: bool) -> tuple[Clock, int] | None:
    """The hour told from this token on. ``led``: words before it say that a number is an hour."""
    read = _english(tokens, at) or _plain(tokens, at, led)
    if read is None:
        return None
    clock, end = read
    return _with_part(tokens, clock, end)


def _plain(tokens: Tokens, at: int, led: bool) -> tuple[Clock, int] | None:
    token = tokens[at]
    if token.has("clock"):
        return _shaped(tokens, at)
    if token.has("noon") and not token.has("pm", "am"):
        clock = Clock(int(token.kinds["noon"]) * 60, exact=True, bare=False)
        return _with_minutes(tokens, clock, at + 1, True)
    if token.has("hourword") and not (token.has("day") and not led):
        return _with_minutes(tokens, Clock(token.numbers[0] * 60), at + 1, False)
    said = _bare(tokens, at, led)
    if said is None or said[0] > 24:
        return _military(said) if said and not token.tail else None
    value, end = said
    return _with_minutes(tokens, Clock(value * 60, exact=value > 12 or value == 0), end, False)


def _military(said: tuple[int, int]) -> tuple[Clock, int] | None:
    """ "1430"; a number that may be a year is not an hour."""
    (hours, minutes), end = divmod(said[0], 100), said[1]
    if not 10 <= hours < 24 or minutes % 5 or minutes > 59 or 1990 <= said[0] <= 2040:
        return None
    return Clock(hours * 60, minutes, exact=True, bare=False), end


def _shaped(tokens: Tokens, at: int) -> tuple[Clock, int] | None:
    token = tokens[at]
    value, *minutes = token.numbers
    if value > 24 or (minutes and minutes[0] > 59) or (value == 24 and minutes and minutes[0]):
        return None
    if token.tail in ("am", "pm"):
        value = value % 12 + 12 * (token.tail == "pm") if value <= 12 else value
    exact = bool(token.tail) or value > 12 or value == 0
    clock = Clock(value * 60, sum(minutes), exact, bare=False)
    return (clock, at + 1) if minutes else _with_minutes(tokens, clock, at + 1, True)


def _bare(tokens: Tokens, at: int, led: bool) -> tuple[int, int] | None:
    """A number that is an hour because of the words around it."""
    said = number(tokens, at)
    if said is None:
        return None
    value, end = said
    after = tokens[end]
    if _is_counted(tokens, end) or (tokens[at].has("day") and not led):
        return None
    if tokens[at].has("article") and not after.has("hour"):
        return None  # "un soir", "à un autre jour"
    if after.has("hour"):
        is_article = tokens[at].has("article") and not led  # "une heure" alone is a length
        return None if is_article else (value, end + 1)
    fraction = _fraction(tokens, end)
    meridiem = end + (bool(after.tail) and after.has("num"))  # "eleven thirty am"
    placed = tokens[meridiem].has("am", "pm", "night")
    placed = placed or bool(fraction and tokens[fraction[1] - 1].has("frac"))
    return (value, end) if led or placed or _opens_span(tokens, end) else None


def _is_counted(tokens: Tokens, end: int) -> bool:
    """ "2 jours", "5 personnes"; not "11 nhar lkhmis"."""
    after = tokens[end]
    is_length = (
        after.has("unit") and not after.has("hour") and not tokens[end + 1].has("day", "nth")
    )
    return after.has("counted", "month", "monthword") or is_length


def _opens_span(tokens: Tokens, end: int) -> bool:
    """ "10 à 11h": the number is an hour when the one after "to" certainly is."""
    last = tokens[end + 1]
    return tokens[end].has("to") and (
        last.has("clock") or (last.has("num") and tokens[end + 2].has("hour", "am", "pm", "night"))
    )


def _with_minutes(tokens: Tokens, clock: Clock, at: int, unit: bool) -> tuple[Clock, int]:
    """The hour with its "et demie", "moins le quart", "trente", "w 20"."""
    end = tokens.skip(at, "hour") if not tokens[at].has("strong") or tokens[at].has("unit") else at
    unit = unit or end > at or (tokens[at - 1].has("hour") and at > 0)
    fraction = _fraction(tokens, end) or _minutes(tokens, end, unit or clock.exact, clock)
    if fraction is None:
        return replace(clock, bare=clock.bare and not unit), end
    delta, end = fraction
    return replace(clock, more=clock.more + delta, bare=False), end


def _fraction(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """ "et demie", "w noss", "moins le quart", "ila rob3", "إلا عشر دقائق"."""
    place = tokens.skip(at, "also", "and", "or")
    is_less = tokens[place].has("minus") or (
        tokens[place].has("to") and tokens[place + 1].has("frac")
    )
    place = tokens.skip(place + 1, "skip", "cue", "article") if is_less else place
    token = tokens[place]
    sign = -1 if is_less else 1
    if token.has("frac") and tokens[place + 1].kinds.get("unit") != "hour":
        return sign * int(token.kinds["frac"]), place + 1
    said = number(tokens, place)
    if said is None or said[0] > 59:
        return None
    count, end = said
    if tokens[end].has("frac") and count < 12 and tokens[end].kinds["frac"] == "5":
        return sign * count * 5, end + 1
    if tokens[end].kinds.get("unit") == "minute":
        return sign * count, end + 1
    return (-count, end) if is_less else None


def _minutes(tokens: Tokens, at: int, unit: bool, clock: Clock) -> tuple[int, int] | None:
    """ "six heures trente", "six thirty", "m3a 5 w 20", "الخامسة وعشرين"."""
    place = tokens.skip(at, "also", "and") if not tokens[at].has("or") else at
    said = number(tokens, place)
    if (
        said is None
        or not 0 < said[0] < 60
        or tokens[said[1]].has("month", "monthword", "counted", "hour", "clock", "unit", "date")
    ):
        return None
    count, end = said
    worded = bool(tokens[place].tail) and (bool(tokens[at - 1].tail) or tokens[at - 1].has("hour"))
    joined = place > at or tokens[at].has("glued")
    if joined:
        fits = count % 5 == 0 and (worded or count > 12) and clock.minutes <= _HALF_DAY
        return (count, end) if fits else None
    is_clear = count > 24 or worded or not tokens[at].tail
    if unit and is_clear and tokens[at - 1].has("hour", "clock", "noon"):
        return (count, end) if worded or count > 9 or tokens[at - 1].has("noon") else None
    return (count, end) if worded and count % 5 == 0 and count >= 10 else None


def _english(tokens: Tokens, at: int) -> tuple[Clock, int] | None:
    """ "half past six", "a quarter to five", "ten minutes to 5", "half six"."""
    place = tokens.skip(at, "article")
    token, said = tokens[place], number(tokens, place)
    if token.has("frac"):
        delta, end, sure = int(token.kinds["frac"]), place + 1, True
    elif said and said[0] < 30:
        delta, end = said
        sure = tokens[end].kinds.get("unit") == "minute"
        end += sure
        sure = sure or (bool(token.tail) and delta % 5 == 0)
    else:
        return None
    link = tokens[end]
    if link.has("past") and (sure or delta % 5 == 0):
        return _shifted(tokens, end + 1, delta)
    if link.has("late") and sure:
        return _shifted(tokens, end + 1, -delta)
    is_half = (
        token.has("frac") and delta == 30 and link.has("num") and not tokens[end + 1].has("unit")
    )
    return _shifted(tokens, end, 30) if is_half else None


def _shifted(tokens: Tokens, at: int, delta: int) -> tuple[Clock, int] | None:
    core = _plain(tokens, at, True)
    if core is None:
        return None
    clock, end = core
    return replace(clock, more=clock.more + delta, bare=False), end


def _with_part(tokens: Tokens, clock: Clock, at: int) -> tuple[Clock, int]:
    """ "6 du matin", "10 صباحا", "m3a 9 d lil"."""
    place = (
        tokens.skip(at, "skip", "at", "the", "from")
        if not tokens[at].has("part", "am", "pm", "night")
        else at
    )
    token = tokens[place]
    told = part_of(token) if not token.has("noon") else ""
    if not told or place - at > 2:
        return clock, at
    return replace(clock, part=told), place + 1

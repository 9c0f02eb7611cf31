"""Days as they are told: "demain", "mardi prochain", "le 12 août", "dans 2 jours", "simana jaya"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from nlu.times.amounts import amount
from nlu.times.numbers import number
from nlu.times.words import Token, Tokens

Read = tuple["Day", int] | None
"""What was read, and the place of the token after it."""


@dataclass(frozen=True, slots=True)
class Day:
    """What was told of one day; several tellings of the same day are merged."""

    offset: int | None = None
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    months_on: int | None = None
    minutes_on: int | None = None
    week: int | None = None
    iso_week: tuple[int, int] | None = None
    weekend: bool = False
    whole_week: bool = False
    """The week that the date is in."""

    maybe: int | None = None
    """A number after a weekday: a day of the month, or an hour ("mardi 10")."""

    next: bool = False
    gone: bool = False
    last: bool = False
    """The last day of its month, whichever that is."""
    plus: int = 0
    part: str = ""

    def merged(self, other: Day) -> Day | None:
        """Both as one day, or None when they are two days."""
        told, more = self._told(), other._told()
        if told & more or not (told and more) or "minutes_on" in told | more:
            return None
        if "weekday" not in told | more:
            return None
        changes = {name: getattr(other, name) for name in other.__slots__ if getattr(other, name)}
        changes |= {
            name: getattr(other, name) for name in ("offset", "weekday", "week") if name in more
        }
        return replace(self, **changes)

    def _told(self) -> set[str]:
        """Which of the ways to tell a day were used; only different ones can be merged."""
        told = {
            name
            for name in ("offset", "weekday", "week", "minutes_on")
            if getattr(self, name) is not None
        }
        dated = self.day or self.maybe or self.iso_week or self.weekend
        return told | ({"offset"} if dated or self.months_on is not None else set())


def day(tokens: Tokens, at: int) -> Read:
    """The day that is told from this token on."""
    for rule in _RULES:
        read = rule(tokens, at)
        if read:
            return read
    return None


_DAYS: Final = {"day": 1, "week": 7}
_MOST_AHEAD: Final = 1000


def _moved(count: int, unit: str, back: bool = False) -> Day:
    if back or count > _MOST_AHEAD * (60 if unit == "minute" else 1):
        return Day(offset=-1, gone=True)
    if unit == "minute":
        return Day(minutes_on=count)
    return Day(months_on=count, offset=0) if unit == "month" else Day(offset=count * _DAYS[unit])


def _ahead(tokens: Tokens, at: int) -> Read:
    """ "dans 2 jours", "mn hna l simana", "il y a 2 jours"."""
    lead = tokens[at]
    if not lead.has("inside", "since", "ahead"):
        return None
    first = _amount_place(tokens, at + 1)
    said = amount(tokens, first)
    if not said or _is_other(tokens, first, said[2]):
        return None
    count, unit, end = said
    if not lead.has("inside"):
        return _moved(count, unit, back=True), end
    if tokens[first].has("clock") and lead.has("beyond"):
        return None  # "après 18h"
    return _moved(count, unit), end + tokens[end].has("later")


def _from_now(tokens: Tokens, at: int) -> Read:
    """ "2 days from now", "2 days ago", "a week from monday"."""
    said = amount(tokens, at) if tokens[at].has("num", "article", "dual", "clock") else None
    if said is None:
        return None
    count, unit, end = said
    if tokens[end].has("ago"):
        return _moved(count, unit, back=True), end + 1
    if tokens[end].has("later"):
        return _moved(count, unit), end + 1
    if unit != "week" or not tokens[end].has("from"):
        return None
    start = _named(tokens, end + 1) or _weekday(tokens, end + 1)
    if start and start[0].offset is not None:
        return replace(start[0], offset=start[0].offset + 7 * count), start[1]
    return (replace(start[0], plus=count), start[1]) if start else None


def _is_other(tokens: Tokens, first: int, end: int) -> bool:
    """ "mn b3d nhar lkhmis" and "بعد الساعة 2" name a day and an hour, "dans la semaine" nothing."""
    unit, after = tokens[first], tokens[end]
    if not unit.has("unit"):
        return False
    is_named = after.has("day", "hourword", "num", "clock", "rel", "next")
    return is_named or unit.has("days") or (unit.has("cue") and after.has("date"))


def _amount_place(tokens: Tokens, at: int) -> int:
    while tokens[at].has("to", "skip", "at") and not tokens[at].has("unit", "article", "dual"):
        at += 1
    return at


def _named(tokens: Tokens, at: int) -> Read:
    """ "demain", "ce soir"."""
    token = tokens[at]
    if token.has("relpart"):
        offset, part = token.kinds["relpart"].split()
        return Day(offset=int(offset), part="night" if token.has("night") else part), at + 1
    if token.has("beyond") and tokens[at + 1].kinds.get("rel") == "1":
        return Day(offset=2), at + 2  # "mor ghedda" is the day after tomorrow
    is_cue = token.has("cue") and tokens[at + 1].has("day")  # "ليوم الاثنين": for Monday
    if not token.has("rel") or is_cue:
        return None
    offset_ = int(token.kinds["rel"])
    return Day(offset=offset_, gone=offset_ < 0), at + 1


def _weekday(tokens: Tokens, at: int) -> Read:
    """ "mardi", "mardi prochain", "next tuesday", "this friday", "lundi en huit", "mardi 10"."""
    start = at
    at = tokens.skip(at, "next", "this", "gone") if tokens[at].has("next", "this", "gone") else at
    token = tokens[at]
    if not token.has("day") or (token.has("weak") and not _is_day(tokens, start, at)):
        return None
    before, at = tokens[start] if at > start else tokens[-1], at + 1
    told = Day(weekday=int(token.kinds["day"]), next=before.has("next"), gone=before.has("gone"))
    if tokens[at].has("next", "gone") and not _is_week(tokens[at + 1]):
        told = replace(told, next=tokens[at].has("next"), gone=told.gone or tokens[at].has("gone"))
        at += 1
    if tokens[at].has("plusweeks"):
        return replace(told, plus=int(tokens[at].kinds["plusweeks"])), at + 1
    if _is_week(tokens[at]) and not tokens[at + 1].has("next", "this", "gone"):
        return replace(told, plus=1), at + 1  # "thursday week"
    maybe = _maybe(tokens, at)
    return (replace(told, maybe=maybe), at + 1) if maybe else (told, at)


def _is_week(token: Token) -> bool:
    return token.kinds.get("unit") == "week"


def _is_day(tokens: Tokens, start: int, at: int) -> bool:
    """Whether "mon" is Monday and not French for "my": nothing unknown stands beside it then."""
    after = tokens[at + 1]
    if tokens[at].kinds["weak"] == "number":  # "tlata m3a 3" is a Tuesday, "tlata" three
        return after.has("strong", "next", "gone")
    if tokens[at].kinds["weak"] == "mine":  # "mon rdv", "mon prochain rdv"
        is_alone = at + 1 >= len(tokens) and at == 0
        return (
            start < at
            or is_alone
            or after.has("clock", "num", "nth", "strong", "month", "part", "noon")
        )
    is_time = bool(after.kinds) and not after.has("counted", "none")
    is_last = at + 1 >= len(tokens) and (at == 0 or bool(tokens[at - 1].kinds))
    return is_time or is_last or start < at


def _maybe(tokens: Tokens, at: int) -> int | None:
    token, after = tokens[at], tokens[at + 1]
    if not token.has("num", "nth") or token.tail or not 1 <= token.numbers[0] <= 31:
        return None
    if _is_hour(token.numbers[0], after) and after.kinds.get("onday") != "weekday":
        return None
    is_span = after.has("to", "between") and not after.has("at")
    is_more = (
        after.has("month", "monthword", "counted", "hour", "unit", "frac", "minus", "late")
        or is_span
    )
    return None if is_more else token.numbers[0]


def _is_hour(number: int, after: Token) -> bool:
    """ "8 du matin" is an hour, "24 au matin" a day."""
    return number <= 12 and after.has("am", "pm", "night")


def _date(tokens: Tokens, at: int) -> Read:
    """ "12/8", "2026-08-12", "2026-W24"."""
    token = tokens[at]
    if token.has("week") and token.numbers:
        return Day(iso_week=(token.numbers[0], token.numbers[1])), at + 1
    is_date = token.has("date") and bool(token.numbers)
    if token.has("span") and tokens[at - 1].has("cue"):
        is_date = True
    if not is_date:
        return None
    first, second, *year = token.numbers
    if second > 12 >= first:  # an American "8/13" can only be one day
        first, second = second, first
    return Day(day=first, month=second, year=year[0] if year else None), at + 1


def _of_month(tokens: Tokens, at: int) -> Read:
    """ "12 août 2026", "5 of june", "12 شهر 8", "le 5 du mois prochain"."""
    said = number(tokens, at) or _ordinal(tokens, at)
    if not said or not 1 <= said[0] <= 99:
        return None
    count, end = said
    if tokens[end].has("to") and tokens[end + 2].has("month") and tokens[end + 1].has("num", "nth"):
        return Day(day=count, month=int(tokens[end + 2].kinds["month"])), end  # "5 au 8 juin"
    of = tokens.skip(end, "skip", "from", "at") if not tokens[end].has("strong") else end
    if tokens[of].has("month") and not (tokens[of].has("num") and tokens[of + 1].has("hour")):
        return _with_year(tokens, Day(day=count, month=int(tokens[of].kinds["month"])), of + 1)
    of = of - 1 if tokens[of - 1].has("monthword") and of > end else of
    if tokens[of].has("monthword"):
        return _in_month(tokens, count, of)
    if tokens[of].has("this", "next") and tokens[of + 1].has("monthword"):
        return Day(day=count, months_on=int(tokens[of].has("next"))), of + 2
    return None


def _edge(tokens: Tokens, at: int) -> Read:
    """ "fin janvier", "à la fin du mois", "mid-March", "بداية فبراير"."""
    if not tokens[at].has("edge"):
        return None
    told = Day(day=int(tokens[at].kinds["edge"]), last=tokens[at].kinds["edge"] == "31")
    of = tokens.skip(at + 1, "skip", "from", "at", "the", "cue")
    if tokens[of].has("month"):
        return _with_year(tokens, replace(told, month=int(tokens[of].kinds["month"])), of + 1)
    if tokens[of].has("monthword"):
        is_next = tokens[of + 1].has("next")
        return replace(told, months_on=int(is_next)), of + 1 + is_next
    return None


def _in_month(tokens: Tokens, count: int, at: int) -> Read:
    after = tokens[at + 1]
    if after.has("num") and 1 <= after.numbers[0] <= 12:
        return _with_year(tokens, Day(day=count, month=after.numbers[0]), at + 2)
    if after.has("next", "this"):
        return Day(day=count, months_on=int(after.has("next"))), at + 2
    return None


def _with_year(tokens: Tokens, told: Day, at: int) -> Read:
    year = tokens[at].numbers[0] if tokens[at].has("num") and tokens[at].numbers else 0
    if 1900 <= year <= 2199:
        return replace(told, year=year), at + 1
    is_short = 24 < year <= 99 and not tokens[at].tail
    return (replace(told, year=2000 + year), at + 1) if is_short else (told, at)


def _month_first(tokens: Tokens, at: int) -> Read:
    """ "Aug 12th, 2026", "june 5"."""
    if not tokens[at].has("month"):
        return None
    place = tokens.skip(at + 1, "the")
    said = _ordinal(tokens, place) or number(tokens, place)
    if not said or not 1 <= said[0] <= 31 or tokens[said[1]].has("hour", "frac", "counted"):
        return None
    return _with_year(tokens, Day(day=said[0], month=int(tokens[at].kinds["month"])), said[1])


def _ordinal(tokens: Tokens, at: int) -> tuple[int, int] | None:
    at = tokens.skip(at, "the")
    token = tokens[at]
    if token.has("nth"):
        return token.numbers[0], at + 1
    if not token.has("ordinal_day"):
        return None
    first, tens = int(token.kinds["ordinal_day"]), tokens[at + 1]
    if tens.has("glued") and tens.has("num") and tens.numbers[0] in (20, 30):
        return first + tens.numbers[0], at + 2  # "الخامس والعشرين"
    return first, at + 1


def _cued(tokens: Tokens, at: int) -> Read:
    """ "le 5", "nhar 5", "the 5th"; not "le 5 personnes" or "le 18h"."""
    said = None
    if tokens[at - 1].has("cue") and not tokens[at].has("day"):
        said = _ordinal(tokens, at) if tokens[at].has("nth") else number(tokens, at)
    elif tokens[at].has("the") or (tokens[at].has("nth") and tokens[at - 1].has("at", "from")):
        said = _ordinal(tokens, at) or number(tokens, at + 1)  # "the 5th", "the 20"
        said = said if said and _is_figure(tokens[said[1] - 1]) else None
    if not said or not 1 <= said[0] <= 31:
        return None
    after = tokens[said[1]]
    is_hour = _is_hour(said[0], after) and not after.has("onday") and not tokens[at].has("nth")
    return (
        None
        if is_hour or after.has("counted", "hour", "unit", "frac")
        else (Day(day=said[0]), said[1])
    )


def _is_figure(token: Token) -> bool:
    """ "5th", "20"; "the first" and "the two" are seldom days."""
    return token.has("nth", "num") and not token.tail


def _week(tokens: Tokens, at: int) -> Read:
    """ "la semaine prochaine", "next week", "had simana", "ce week-end"."""
    if tokens[at].has("week"):
        end = at + 1
        is_next = tokens[end].has("next")
        return Day(week=1 if is_next else int(tokens[at].kinds["week"])), end + is_next
    end = tokens.skip(at, "next", "this", "gone")
    token, before, after = tokens[end], tokens[end - 1] if end > at else tokens[-1], tokens[end + 1]
    is_weekend = token.kinds.get("days") == "5-6" and (not token.has("weak") or end > at)
    is_week = token.kinds.get("unit") == "week" or token.kinds.get("days") == "0-4"
    if not (is_weekend or (is_week and (end > at or after.has("next", "this", "gone")))):
        return None
    told = Day(weekend=True) if is_weekend else Day(week=0)
    is_next = before.has("next") or after.has("next")
    gone = before.has("gone") or after.has("gone")
    told = replace(told, next=is_next, gone=gone, week=None if is_weekend else int(is_next))
    return told, end + 1 + after.has("next", "this", "gone")


def _week_of(tokens: Tokens, at: int) -> Read:
    """ "la semaine du 14 décembre", "the week of the 14th"."""
    if tokens[at].kinds.get("unit") != "week":
        return None
    for start in range(at + 1, tokens.skip(at + 1, "skip", "from", "cue", "the") + 1):
        for rule in (_date, _of_month, _month_first, _cued):
            read = rule(tokens, start)
            if read:
                return replace(read[0], whole_week=True), read[1]
    return None


_RULES: Final[tuple[Callable[[Tokens, int], Read], ...]] = (
    _ahead, _from_now, _named, _week_of, _edge, _date, _of_month, _month_first, _weekday, _week, _cued,
)  # fmt: skip

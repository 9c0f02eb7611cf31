"""From tokens to mentions: which hours belong to which days, what is refused, what is a span."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from nlu.times.amounts import amount
from nlu.times.days import Day, day
from nlu.times.hours import Clock, hour, part_of
from nlu.times.words import Token, Tokens

_LEADS: Final = {
    "at", "strong", "to", "between", "from", "ahead", "beyond", "before", "or", "also", "and",
    "skip", "cue", "the", "hour", "article",
}  # fmt: skip
_SILENT: Final = (_LEADS - {"the", "article", "ahead"}) | {
    "counted",
    "none",
    "break",
    "greeting",
    "calm",
}
"""Of words that are only these no mention begins."""

_TIMES: Final = (
    "day",
    "rel",
    "relpart",
    "date",
    "clock",
    "month",
    "hourword",
    "week",
    "noon",
    "part",
    "num",
    "nth",
    "days",
)


@dataclass(frozen=True, slots=True)
class Slot:
    """An hour, or only a part of the day; perhaps until another hour."""

    start: Clock | None = None
    end: Clock | None = None
    part: str = ""


@dataclass(slots=True)
class Mention:
    """Days and the hours that are said of each of them."""

    days: list[Day] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    last: Day | None = None
    """The end of a span of days."""

    refused: bool = False
    hours_first: bool = False
    busy: str = ""
    """Said of what keeps a person busy, by a "verb" ("je travaille jusqu'à 18h") or a "noun"."""


def mentions(tokens: Tokens) -> list[Mention]:
    """What is proposed, in order; what is refused or over is left out."""
    found = _Reader(tokens).read()
    previous: list[Day] = []
    for one in found:
        one.days = one.days or previous
        previous = one.days
    kept = [one for one in found if not one.refused and one.busy != "verb"]
    return [one for one in kept if not one.busy] or kept


class _Reader:
    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._at = 0
        self._found: list[Mention] = []
        self._now = Mention()
        self._lead: set[str] = set()
        self._beside = False
        """Whether a day or a part of it was said just before."""

        self._listing = False
        """Whether an hour was said just before, so that "or 11" is another."""

        self._between = False
        self._refusing = -1
        self._once = False
        """Whether only what comes next is refused: "mardi au lieu de lundi à 10h"."""

        self._clause = -1
        busy = [one for one in tokens.items if one.has("busy")]
        self._busy = {one.clause: one.kinds["busy"] for one in sorted(busy, key=_by_verbs)}

    def read(self) -> list[Mention]:
        rules: tuple[Callable[[], bool], ...] = (
            self._refusal, self._length, self._led_hour, self._day, self._hour, self._span, self._part,
        )  # fmt: skip
        while self._at < len(self._tokens):
            self._turn()
            if self._token.kinds.keys() <= _SILENT or not any(rule() for rule in rules):
                self._pass()
        self._close()
        return self._found

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _turn(self) -> None:
        """A clause about work or the market does not share its hours with the others."""
        busy = self._busy.get(self._token.clause, "")
        if busy != self._now.busy:
            self._close()
            self._now.busy, self._lead = busy, set()
            self._beside = self._listing = self._between = False

    def _pass(self) -> None:
        """A word that only leads to what follows, or that says nothing."""
        kinds = self._token.kinds.keys() & _LEADS
        if kinds:
            self._lead |= kinds
        else:
            self._lead &= {"or"}
            self._beside = self._listing = False
        self._at += 1

    def _taken(self, end: int, beside: bool) -> bool:
        self._clause = self._token.clause
        if self._once:
            self._refusing, self._once = -1, False
        self._at, self._beside, self._listing = end, beside, not beside
        self._lead = set()
        return True

    def _close(self) -> None:
        if self._now.days or self._now.slots:
            self._found.append(self._now)
        self._now = Mention(busy=self._now.busy)

    def _refusal(self) -> bool:
        """ "pas lundi", and "lundi je ne peux pas"."""
        token = self._token
        if token.has("except") and self._is_refused():
            self._refusing = -1  # "pas libre, sauf samedi"
            self._at += 1
            return True
        once = self._is_instead() or self._is_less_liked()
        if not (token.has("refuse") or once):
            return self._denial()
        self._once = once
        ahead = self._at + 1
        while self._tokens[ahead].clause == token.clause and ahead < len(self._tokens):
            if self._tokens[ahead].has(*_TIMES):
                self._refusing = token.clause
                break
            ahead += 1
        else:
            self._now.refused = self._now.refused or self._clause == token.clause
        self._at += 1
        return True

    def _denial(self) -> bool:
        """ "samedi non, dimanche", "الأربعاء لا الثلاثاء"; "non, demain" denies no day."""
        token, after = self._token, self._tokens[self._at + 1]
        if not token.has("deny") or not (self._beside or self._listing):
            return False
        if after.clause == token.clause and after.has(*_TIMES):
            self._refusing, self._once = token.clause, True
        elif self._at + 1 == len(self._tokens) or after.clause != token.clause:
            self._now.refused = True
        self._at += 1
        return True

    def _is_refused(self) -> bool:
        return self._refusing == self._token.clause

    def _is_instead(self) -> bool:
        """ "au lieu de lundi"; "بلاصة" alone is a place."""
        first = self._tokens.skip(self._at + 1, "skip", "cue", "the", "strong")
        return self._token.has("instead") and self._tokens[first].has(*_TIMES)

    def _is_less_liked(self) -> bool:
        """ "plutôt jeudi que vendredi"."""
        return self._token.has("than") and self._beside and self._tokens[self._at + 1].has(*_TIMES)

    def _length(self) -> bool:
        """ "pendant 2 heures" says nothing of when."""
        if not self._token.has("during"):
            return False
        said = amount(self._tokens, self._tokens.skip(self._at + 1, "skip"))
        self._at = said[2] if said else self._at + 1
        return True

    def _day(self) -> bool:
        read = day(self._tokens, self._at)
        if read is None:
            return False
        told, end = read
        if "between" in self._lead:
            self._between = True
        if self._ends_span():
            self._now.last = told
        elif not self._merge(told):
            self._add_day(told)
        if told.part:
            self._add_part(told.part)
        return self._taken(end, beside=True)

    def _ends_span(self) -> bool:
        joins = self._lead & {"to", "before"} or (self._between and self._lead & {"also", "and"})
        return bool(joins and self._beside and self._now.days and "or" not in self._lead)

    def _merge(self, told: Day) -> bool:
        if "or" in self._lead - {"and"} and not self._lead & {"also"}:
            return False
        if not self._now.days or self._is_refused() != self._now.refused:
            return False
        merged = self._now.days[-1].merged(told)
        if merged:
            self._now.days[-1] = merged
        return bool(merged)

    def _add_day(self, told: Day) -> None:
        is_outside = bool(self._lead & {"ahead", "beyond"}) and not self._lead & {"from", "at"}
        refused = self._is_refused() or is_outside
        is_full = bool(self._now.days and self._now.slots and not self._now.hours_first)
        if is_full or (self._now.days and refused != self._now.refused):
            self._close()
        self._now.hours_first = self._now.hours_first or bool(
            self._now.slots and not self._now.days
        )
        self._now.refused = refused
        self._now.days.append(told)

    def _led_hour(self) -> bool:
        """ "m3a larb3a" is four o'clock, "nhar larb3a" is Wednesday."""
        is_both = self._token.has("day", "month") and self._token.has("num", "hourword", "ordinal")
        return is_both and "strong" in self._lead and self._hour()

    def _hour(self) -> bool:
        if self._is_other_day():
            self._add_day(Day(day=self._token.numbers[0]))
            return self._taken(self._at + 1, beside=True)
        is_span = self._tokens[self._at + 1].has("to", "before") or "between" in self._lead
        led = self._beside or bool(self._lead & {"at", "strong", "ahead", "beyond", "between"})
        led = led or bool(self._lead & {"from"} and is_span)
        led = led or (self._listing and bool(self._lead & {"or", "and", "also"}))
        led = led or self._is_either()
        read = hour(self._tokens, self._at, led)
        if read is None:
            return False
        start, after = read
        end, after = self._end(start, after)
        if "between" in self._lead and start.bare and end is None:
            return False  # "entre deux livraisons"
        if not self._is_refused():
            self._add_slot(Slot(start, end))
        return self._taken(after, beside=False)

    def _is_other_day(self) -> bool:
        """ "le 15 ou 16": the second number is a day as the first is."""
        token, after = self._token, self._tokens[self._at + 1]
        first = self._now.days[-1] if self._now.days and not self._now.slots else Day()
        is_number = token.has("num") and not token.tail and 1 <= token.numbers[0] <= 31
        joins = self._lead & {"or", "and", "also"} and not self._lead & {"at", "strong"}
        is_hour = after.has("hour", "am", "pm", "night", "part", "month", "counted", "unit")
        is_alone = first.day and not (first.month or first.weekday or first.months_on)
        return bool(is_number and joins and is_alone and not is_hour)

    def _is_either(self) -> bool:
        """ "3 ou 4": two hours to ask about; not "2 ou 3 personnes"."""
        first, link, second, after = (self._tokens[self._at + step] for step in range(4))
        numbers = first.has("num") and link.has("or") and second.has("num")
        return numbers and not after.has("counted", "unit", "month", "monthword")

    def _end(self, start: Clock, at: int) -> tuple[Clock | None, int]:
        link = self._tokens[at]
        # "من العشرة للطناش" and "بين العاشرة والثانية" have the link written onto the hour
        is_pair = "between" in self._lead and link.has("also", "and")
        is_next = bool(self._lead & {"from", "between"}) and bool(link.tail) and not link.has("day")
        if not (is_pair or is_next or link.has("to", "before")):
            return None, at
        place = self._tokens.skip(at + (not is_next), "strong", "the", "skip")
        if day(self._tokens, place) and not self._tokens[place].has("num", "hourword"):
            return None, at
        read = hour(self._tokens, place, led=True)
        return read if read else (None, at)

    def _add_slot(self, slot: Slot) -> None:
        until = self._lead & {"ahead", "before"} and not self._lead & {"from", "beyond"}
        if until and slot.start:
            if slot.start.placed() <= 720:
                self._add_part("morning")
            return
        if self._now.refused:
            self._close()  # "demain 10h je ne peux pas, mettez 16h"
        if self._now.slots and not self._now.slots[-1].start and "or" not in self._lead:
            slot = replace(slot, part=self._now.slots.pop().part)
        self._next_of_hours_first()
        self._now.slots.append(slot)

    def _next_of_hours_first(self) -> None:
        """ "10h lundi ou 11h mardi": another hour begins another mention."""
        if self._now.days and self._now.slots and self._now.hours_first:
            self._close()

    def _span(self) -> bool:
        """ "10-12" is hours beside a day; alone it may as well be a date."""
        token = self._token
        if not token.has("span"):
            return False
        first, second = token.numbers
        if max(first, second) > 24 or self._is_refused():
            return self._taken(self._at + 1, beside=False)
        is_hours = self._now.days or self._lead & {"at", "from", "between"} or second > 12
        self._add_slot(Slot(_bare(first), _bare(second)))
        if not is_hours:
            self._close()
            self._found.append(Mention([Day(day=first, month=second)]))
        return self._taken(self._at + 1, beside=False)

    def _part(self) -> bool:
        told = self._part_beside() or part_of(self._token)
        is_part = self._token.has("part", "night") or (told and self._token.has("shift"))
        if not is_part:
            return False
        if not self._is_refused():
            self._add_part(told)
        return self._taken(self._at + 1, beside=True)

    def _part_beside(self) -> str:
        """ "mor lkhedma", "قبل الظهر": before or after what divides the day."""
        divides = self._token.has("shift") or part_of(self._token) == "noon"
        if divides and "beyond" in self._lead:
            return "evening" if self._token.has("shift") else "afternoon"
        return "morning" if divides and self._lead & {"ahead", "before"} else ""

    def _add_part(self, part: str) -> None:
        """The part of the hours said before it, or one to choose among."""
        if self._lead & {"or", "and", "also"}:
            self._next_of_hours_first()
        slots = self._now.slots
        timed = [slot for slot in slots if slot.start and not slot.part]
        if timed and "or" not in self._lead:
            self._now.slots = [
                replace(slot, part=slot.part or part) if slot.start else slot for slot in slots
            ]
        elif not any(slot.part == part and not slot.start for slot in slots):
            slots.append(Slot(part=part))


def _by_verbs(token: Token) -> bool:
    return token.kinds["busy"] == "verb"


def _bare(number: int) -> Clock:
    return Clock(number * 60, exact=number > 12 or number == 0)

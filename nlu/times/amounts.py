"""How long: "2 jours", "une heure et demie", "yumayn", "نصف ساعة", "1h30"."""

from __future__ import annotations

from nlu.times.numbers import number
from nlu.times.words import Tokens

Amount = tuple[int, str, int]
"""A count, its unit (minute, day, week, month) and the place of the token after it."""
_QUARTER = 15


def amount(tokens: Tokens, at: int) -> Amount | None:
    """The amount of time that is told from this token on."""
    token = tokens[at]
    if token.has("clock") and not token.tail:
        return token.numbers[0] * 60 + sum(token.numbers[1:]), "minute", at + 1
    if token.has("article") and tokens[at + 1].has("dual", "frac"):
        return amount(tokens, at + 1)
    if token.has("dual"):
        return _in_minutes(tokens, 2, token.kinds["dual"], at + 1)
    if token.has("frac"):
        return _fraction(tokens, int(token.kinds["frac"]), at + 1)
    count, end = number(tokens, at) or (1, at + token.has("article"))
    return _counted(tokens, count, end, said=end > at)


def _fraction(tokens: Tokens, minutes: int, at: int) -> Amount | None:
    """ "half an hour", "quart d'heure"; of days "ربع" is four."""
    unit = tokens.skip(at, "skip", "article")
    if minutes == _QUARTER and (counted := tokens[unit].kinds.get("unit")) in (
        "day",
        "week",
        "month",
    ):
        return 4, counted, unit + 1
    return (minutes, "minute", unit + 1) if tokens[unit].kinds.get("unit") == "hour" else None


def _counted(tokens: Tokens, count: int, at: int, said: bool) -> Amount | None:
    while said and tokens[at].has("skip") and not tokens[at].has("unit"):
        at += 1
    if said and tokens[at].has("frac"):
        return _fraction(tokens, int(tokens[at].kinds["frac"]) * count, at + 1)
    unit = tokens[at].kinds.get("unit")
    return _in_minutes(tokens, count, unit, at + 1) if unit else None


def _in_minutes(tokens: Tokens, count: int, unit: str, end: int) -> Amount:
    """Hours as minutes, with their "et demie"."""
    if unit != "hour":
        return count, unit, end
    half = tokens.skip(end, "also", "and", "or", "article")
    if tokens[half].has("frac"):
        return count * 60 + int(tokens[half].kinds["frac"]), "minute", half + 1
    more = number(tokens, half)
    if more and tokens[more[1]].kinds.get("unit") == "minute":
        return count * 60 + more[0], "minute", more[1] + 1
    return count * 60, "minute", end

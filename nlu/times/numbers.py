"""Numbers among the tokens: "12", "vingt et un", "twenty two", "خمسة وعشرين"."""

from __future__ import annotations

from nlu.times.words import Tokens


def number(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """The number at this token, and the place of the token after it."""
    token = tokens[at]
    if not token.has("num", "ordinal") or not token.numbers:
        return None
    value = token.numbers[0]
    if not token.tail:
        return value, at + 1
    second = tokens.skip(at + 1, "also", "and")
    after = tokens[second]
    if not (after.tail and after.has("num")):
        return value, at + 1
    more = after.numbers[0]
    joined = second > at + 1
    if value in (20, 30, 40, 50) and 0 < more < 10:
        return value + more, second + 1
    is_arabic = (joined or after.has("glued")) and 0 < value < 10 and more in (20, 30)
    return (value + more, second + 1) if is_arabic else (value, at + 1)

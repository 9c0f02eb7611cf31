"""The text of an announcement: who reads which, and what stands in for a name."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from typing import Final

LONGEST: Final = 900
"""Characters: a text and its way out still fit one message on every channel."""
TITLE: Final = 60


def text_for(texts: Mapping[str, str], order: Sequence[str], language: str) -> tuple[str, str]:
    """An announcement in somebody's language, else in the first of the order that there is."""
    chosen = language if language in texts else next(one for one in order if one in texts)
    return texts[chosen], chosen


def worded(text: str, name: str) -> str:
    """The text with the reader's first name; without one, ``, {name}`` and its kind are left out."""
    if name:
        return text.replace("{name}", name)
    for before in (", {name}", " {name}", "، {name}", "{name}"):
        text = text.replace(before, "")
    return text


def unknown_variables(text: str) -> list[str]:
    """What stands in braces and is no variable of an announcement; broken braces are told too."""
    try:
        named = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    except ValueError:
        return ["{"]
    return [field for field in named if field != "name"]


def title_of(text: str) -> str:
    """A title for a text that was given none: its beginning, on one line, without a name."""
    line = " ".join(worded(text, "").split())
    return line if len(line) <= TITLE else line[: TITLE - 3].rsplit(" ", 1)[0] + "..."

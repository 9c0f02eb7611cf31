"""Readers of ``nlu`` in the form that steps want them."""

from __future__ import annotations

from collections.abc import Callable

from flows.steps import Reader
from nlu import readers
from nlu.meaning import Found, Reading


def of_text(reader: Callable[[str], Reading]) -> Reader:
    """A reader that does not need to know the year."""
    return lambda text, year: reader(text)


def yes_or(yes: str, no: str) -> Reader:
    """Yes and no in any language, as two codes."""

    def read(text: str, year: int) -> Reading:
        reading = readers.yes_no(text)
        return Found(yes if reading.value else no) if isinstance(reading, Found) else None

    return read

"""Readers of ``nlu`` in the form that steps want them."""

from __future__ import annotations

from collections.abc import Callable

from flows.steps import Reader
from nlu import readers
from nlu.meaning import Reading


def of_text(reader: Callable[[str], Reading]) -> Reader:
    """A reader that does not need to know when it is read."""
    return lambda text, moment: reader(text)


def of_options(name: str) -> Reader:
    """A reader of the words that name one of these options; see ``nlu/data/option_words.csv``."""
    return lambda text, moment: readers.option(name, text)

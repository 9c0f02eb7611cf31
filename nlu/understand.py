"""The one door to understanding: a message in, its `Meaning` out."""

from __future__ import annotations

from dataclasses import replace

from nlu.commands import command
from nlu.language import detect
from nlu.meaning import Meaning


def understand(text: str) -> Meaning:
    """What a message asks for and which language it is in."""
    guess = detect(text)
    return replace(command(text), language=guess.language, variety=guess.variety)

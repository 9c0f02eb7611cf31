"""The ``mem`` command: one file a group of subcommands."""

from __future__ import annotations

from bot.cli import (
    circle,
    look,
    mentors,
    pairs,
    recompute,
    rehearse,
    schemes,
    serve,
    understand,
)  # fmt: skip
from bot.cli.base import app

__all__ = [
    "app", "circle", "look", "mentors", "pairs", "recompute", "rehearse", "schemes", "serve",
    "understand",
]  # fmt: skip

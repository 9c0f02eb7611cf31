"""The ``mem`` command: one file a group of subcommands."""

from __future__ import annotations

from bot.cli import (
    circle,
    demo,
    lists,
    look,
    match,
    mentors,
    pairs,
    recompute,
    rehearse,
    schemes,
    serve,
    sessions,
    templates,
    understand,
)
from bot.cli.base import app

__all__ = [
    "app",
    "circle",
    "demo",
    "lists",
    "look",
    "match",
    "mentors",
    "pairs",
    "recompute",
    "rehearse",
    "schemes",
    "serve",
    "sessions",
    "templates",
    "understand",
]

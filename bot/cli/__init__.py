"""The ``mem`` command: one file a group of subcommands."""

from __future__ import annotations

from bot.cli import (
    broadcast,
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
    tags,
    templates,
    understand,
)
from bot.cli.base import app

__all__ = [
    "app",
    "broadcast",
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
    "tags",
    "templates",
    "understand",
]

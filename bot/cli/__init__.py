"""The ``mem`` command: one file a group of subcommands."""

from __future__ import annotations

from bot.cli import demo, lists, look, match, mentors, rehearse, schemes, serve, understand
from bot.cli.base import app

__all__ = [
    "app",
    "demo",
    "lists",
    "look",
    "match",
    "mentors",
    "rehearse",
    "schemes",
    "serve",
    "understand",
]

"""The ``mem`` command: one file a group of subcommands."""

from __future__ import annotations

from bot.cli import look, mentors, pairs, recompute, rehearse, schemes, serve, understand
from bot.cli.base import app

__all__ = [
    "app", "look", "mentors", "pairs", "recompute", "rehearse", "schemes", "serve", "understand",
]  # fmt: skip

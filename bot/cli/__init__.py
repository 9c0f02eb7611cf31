"""The ``mem`` command: one file a group of subcommands."""

from __future__ import annotations

from bot.cli import circle, look, mentors, rehearse, schemes, serve, understand
from bot.cli.base import app

__all__ = ["app", "circle", "look", "mentors", "rehearse", "schemes", "serve", "understand"]

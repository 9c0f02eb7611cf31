"""The ``mem`` command."""

from __future__ import annotations

from bot.cli import app


def main() -> None:
    """What the ``mem`` script calls."""
    app()


if __name__ == "__main__":
    main()

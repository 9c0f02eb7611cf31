"""Logs without people in them: events, ids of rows, names of errors, and nothing else."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_PERSONAL = re.compile(r"\+?\d[\d .-]{7,}\d|whatsapp:\S+|bot\d+:[\w-]+", re.I)
_NEVER = ("text", "body", "name", "address", "phone", "token", "payload")
_QUIET = (
    "httpx",
    "httpcore",
    "twilio.http_client",
    "apscheduler",
    "procrastinate",
    "aiosqlite",
    "alembic",
)


def _without_people(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The last gate: a field that could hold personal data goes, a number inside one is masked."""
    for key in [key for key in event if key in _NEVER]:
        event[key] = "[removed]"
    for key, value in event.items():
        if isinstance(value, str) and key not in ("timestamp", "level", "logger"):
            event[key] = _PERSONAL.sub("[masked]", value)
    return event


def set_up(format: str, level: str) -> None:
    """Send our events and the libraries' warnings to standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_people,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )

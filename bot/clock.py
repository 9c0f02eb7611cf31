"""The one place where the time comes from."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class Clock:
    """The machine's clock, or one that stands until it is moved (rehearsals and tests)."""

    def __init__(self, standing: datetime | None = None) -> None:
        self._standing = standing

    def now(self) -> datetime:
        return self._standing or datetime.now(UTC)

    def move(self, to: datetime) -> None:
        """Set a standing clock; raises RuntimeError on the machine's own."""
        if self._standing is None:
            raise RuntimeError("the machine's clock cannot be moved")
        self._standing = to.astimezone(UTC)


class OldZoneData(Exception):
    """The zone rules are older than the laws they tell of."""


def check_zones() -> None:
    """Refuse zone rules older than 2026c.

    Morocco has been on UTC+0 for good since 2026-09-20 (IANA tzdata 2026c); with older rules every
    Moroccan appointment would be an hour wrong. Raises OldZoneData.
    """
    december = datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("Africa/Casablanca"))
    offset = december.utcoffset()
    if offset is None or offset.total_seconds() != 0:
        raise OldZoneData(
            "The time zone rules are too old: Casablanca must be UTC+0 on 2026-12-01. "
            "Run: pip install 'tzdata>=2026.3'"
        )

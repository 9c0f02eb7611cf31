"""Morocco's clock under three releases of the zone data, written here: no file, no network.

``pause``: UTC+1, back to UTC+0 for Ramadan (in force from 2018 to 2026). ``ahead``: UTC+1 all year.
``settled``: UTC+0 for good since 2026-09-20, as IANA 2026c and the package we pin have it.
"""

from __future__ import annotations

import csv
import struct
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import flows.rules

RELEASES = ("pause", "ahead", "settled")
_WINDOWS = Path(flows.rules.__file__).parent / "data" / "ramadan_windows.csv"
_MOROCCAN = ("Africa/Casablanca", "Africa/El_Aaiun")
_AHEAD = datetime(2018, 10, 28, tzinfo=UTC)
_BACK = datetime(2026, 9, 20, 1, tzinfo=UTC)
Change = tuple[datetime, int]
"""From when on, and how many hours ahead of UTC."""


@contextmanager
def zone_data(release: str) -> Iterator[None]:
    """Morocco's zones as a release has them; all others as they are."""
    last = 0 if release == "settled" else 1
    with TemporaryDirectory() as folder:
        for name in _MOROCCAN:
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(_tzif(_changes(release), f"<+{last:02}>-{last}"))
        zoneinfo.reset_tzpath([folder])
        zoneinfo.ZoneInfo.clear_cache()
        try:
            yield
        finally:
            zoneinfo.reset_tzpath([])
            zoneinfo.ZoneInfo.clear_cache()


def _changes(release: str) -> list[Change]:
    pauses = [change for pause in _pauses() for change in pause]
    if release == "ahead":
        return [(_AHEAD, 1)]
    if release == "pause":
        return [(_AHEAD, 1), *pauses]
    return [(_AHEAD, 1), *(change for change in pauses if change[0] < _BACK), (_BACK, 0)]


def _pauses() -> Iterator[tuple[Change, Change]]:
    """From the Sunday before Ramadan until the Sunday after it, at 02:00 UTC."""
    with _WINDOWS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            first = date.fromisoformat(row["ramadan_first_day"])
            last = date.fromisoformat(row["ramadan_last_day"])
            before = first - timedelta(days=first.isoweekday() % 7)
            after = last + timedelta(days=7 - last.isoweekday() % 7)
            yield (_at_two(before), 0), (_at_two(after), 1)


def _at_two(day: date) -> datetime:
    return datetime.combine(day, time(2), UTC)


def _tzif(changes: Sequence[Change], last: str) -> bytes:
    """A zone file, version 2 (RFC 9636): UTC+0 before the first change."""
    hours, names = (0, 1), b"+00\0+01\0"
    header = struct.Struct(">4s1s15x6l")
    body = b"".join(
        [
            struct.pack(f">{len(changes)}q", *(int(at.timestamp()) for at, _ in changes)),
            bytes(hours.index(ahead) for _, ahead in changes),
            *(struct.pack(">lbB", ahead * 3600, 0, 4 * index) for index, ahead in enumerate(hours)),
            names,
        ]
    )
    counts = (0, 0, 0, len(changes), len(hours), len(names))
    nothing = header.pack(b"TZif", b"2", 0, 0, 0, 0, 0, 0)
    return nothing + header.pack(b"TZif", b"2", *counts) + body + f"\n{last}\n".encode()

"""When a person is free in a week, as windows of local time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Window = dict[str, Any]
_WEEKDAYS = (0, 1, 2, 3, 4)
TAPPED: Mapping[str, Window] = {
    "weekday_morning": {"days": [*_WEEKDAYS], "start": "09:00", "end": "12:00"},
    "weekday_afternoon": {"days": [*_WEEKDAYS], "start": "14:00", "end": "18:00"},
    "weekday_evening": {"days": [*_WEEKDAYS], "start": "18:00", "end": "21:00"},
    "saturday": {"days": [5], "start": "09:00", "end": "20:00"},
    "sunday": {"days": [6], "start": "09:00", "end": "20:00"},
}
"""What each button means; Monday is 0."""


def windows(answer: Iterable[str | Window] | None) -> list[Window]:
    """The weekly windows of an answer, whether tapped or said in words."""
    return [TAPPED[item] if isinstance(item, str) else item for item in answer or ()]

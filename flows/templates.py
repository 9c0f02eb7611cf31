"""TEMPORARY"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    name: str
    variables: tuple[str, ...] = ()


BY_NAME = {
    t.name: t
    for t in (
        Template("waiting"),
        Template("unfinished"),
        Template("session_tomorrow", ("partner", "when")),
        Template("session_soon", ("partner", "when")),
        Template("announcement", ("title",)),
    )
}


def clean(value: str) -> str:
    return " ".join(value.split())


def choose(
    approved: Mapping[tuple[str, str], str],
    name: str,
    language: str,
    order: Sequence[str] = ("fr", "ar", "en"),
) -> tuple[str, str] | None:
    for one in (language, *order):
        if (name, one) in approved:
            return approved[name, one], one
    return None

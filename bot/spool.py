"""Messages that wait on disk while the database is away.

A folder of small files, one a batch, named by time: written whole or not at all, read oldest
first, removed once they are rows. Any number of processes may write and flush at once, for the
inbox drops what it has already.
"""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

Item = tuple[dict[str, Any] | None, dict[str, Any] | None]
"""A row of the inbox, or a receipt."""


class Spool:
    """One folder. Its methods block: call them in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()

    def keep(self, items: Sequence[Item]) -> None:
        """Return when these are on the disk. Raises OSError when they are not."""
        self._write("jsonl", b"".join(orjson.dumps(item) + b"\n" for item in items))

    def set_aside(self, items: Sequence[Item], why: str) -> None:
        """Keep for an operator what no database takes."""
        told = [json.dumps([why, *item], default=str) for item in items]
        self._write("refused", "\n".join(told).encode() + b"\n")

    def waiting(self) -> list[Path]:
        """Files to bring into the database, oldest first."""
        return sorted(self._folder.glob("*.jsonl"))

    def read(self, path: Path) -> list[Item]:
        """What a file holds; nothing where another process was faster."""
        try:
            lines = path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        return [_item(line) for line in lines if line.strip()]

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def _write(self, suffix: str, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{time.time_ns():020d}-{os.getpid()}-{next(self._numbers)}"
        part, whole = self._folder / f"{name}.part", self._folder / f"{name}.{suffix}"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.rename(whole)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _item(line: bytes) -> Item:
    row, receipt = orjson.loads(line)
    for told in (row, receipt):
        if told:
            told["received_at"] = datetime.fromisoformat(told["received_at"])
    return row, receipt

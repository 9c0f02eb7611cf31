"""The training examples: Rasa 3.1 YAML under ``nlu/data/<variety>/``, read into one tuple each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import yaml

VARIETIES: Final = ("fr", "ar", "ary", "arizi", "en")
DATA: Final = Path(__file__).parent.parent / "data"


class Example(NamedTuple):
    """What somebody may type, what they mean by it, and what they write in."""

    text: str
    intent: str
    variety: str


def files(folder: Path = DATA) -> list[Path]:
    """The files of all varieties, in one order."""
    return [path for variety in VARIETIES for path in sorted((folder / variety).glob("*.yml"))]


def examples(folder: Path = DATA) -> list[Example]:
    """All examples under a folder, in the order in which they stand."""
    return [example for path in files(folder) for example in read(path, path.parent.name)]


def read(path: Path, variety: str) -> Iterator[Example]:
    """The examples of one file of Rasa's format; an intent without examples is left out."""
    told = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 a safe loader
    for block in told.get("nlu") or ():
        for line in str(block.get("examples") or "").splitlines() if "intent" in block else ():
            text = line.strip().removeprefix("-").strip()
            if text:
                yield Example(text, str(block["intent"]), variety)


_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def fingerprint(folder: Path = DATA, also: tuple[Path, ...] = ()) -> str:
    """Changes when an example or the code that learns from it changes."""
    digest = hashlib.sha256()
    for path in (*files(folder), *also):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:20]

"""How well messages are understood that were never trained on."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nlu.engines.embedded import ANSWERED_IN
from nlu.engines.training import VARIETIES, Example, examples, read
from nlu.meaning import Found, Meaning, Reading, Which
from nlu.readers import Place, When

_MOST: Final = 25
_BINS: Final = 10
_ACT: Final = 0.6
ASKED: Final = "ASK"
"""The value of a phrase that means two things: it must be asked back."""
Phrase = Mapping[str, Any]
Understand = Callable[[str], Meaning]
Pairs = list[tuple[Example, Meaning]]


@dataclass(frozen=True, slots=True)
class Report:
    """Shares between 0 and 1. ``by_intent`` is (recall, precision)."""

    count: int
    accuracy: float
    by_variety: dict[str, float]
    by_intent: dict[str, tuple[float, float]]
    confusions: list[tuple[str, str, int]]
    calibration: list[tuple[float, float, int]]
    calibration_error: float
    coverage: float
    acted_right: float
    out_of_scope: tuple[float, float, float]
    false_stop: float
    false_stop_acted: float
    language: float
    variety: float
    milliseconds: float


def held_out(folder: Path) -> list[Example]:
    """Examples in a folder a variety, or in files whose name begins or ends with the variety."""
    found = examples(folder)
    for path in sorted(folder.glob("*.yml")):
        parts = path.stem.replace("-", "_").split("_")
        variety = next((one for one in VARIETIES if one in parts), None)
        found += read(path, variety or "")
    return found


def evaluate(folder: Path, understand: Understand) -> Report:
    """Ask for every example under a folder and compare."""
    told = held_out(folder)
    if told:
        understand(told[0].text)
    started = time.perf_counter()
    pairs = [(one, understand(one.text)) for one in told]
    return report(pairs, (time.perf_counter() - started) * 1000)


def report(pairs: Pairs, milliseconds: float) -> Report:
    """The figures of what was understood."""
    count = max(1, len(pairs))
    acted = [(e, m) for e, m in pairs if m.confidence >= _ACT]
    others = [(e, m) for e, m in pairs if e.intent != "stop"]
    stops = [m for _, m in others if m.intent == "stop"]
    bins = _calibration(pairs)
    return Report(
        count=len(pairs),
        accuracy=_right(pairs),
        by_variety=_by_variety(pairs),
        by_intent={i: _recall_precision(pairs, i) for i in sorted({e.intent for e, _ in pairs})},
        confusions=_confusions(pairs),
        calibration=bins,
        calibration_error=sum(abs(said - right) * n for said, right, n in bins) / count,
        coverage=len(acted) / count,
        acted_right=_right(acted),
        out_of_scope=_f1(*reversed(_recall_precision(pairs, "out_of_scope"))),
        false_stop=len(stops) / max(1, len(others)),
        false_stop_acted=sum(m.sure for m in stops) / max(1, len(others)),
        language=sum(m.language == ANSWERED_IN.get(e.variety) for e, m in pairs) / count,
        variety=sum(m.variety == e.variety for e, m in pairs) / count,
        milliseconds=milliseconds / count,
    )


def _right(pairs: Sequence[tuple[Example, Meaning]]) -> float:
    return sum(e.intent == m.intent for e, m in pairs) / max(1, len(pairs))


def _by_variety(pairs: Pairs) -> dict[str, float]:
    told = [one for one in VARIETIES if any(e.variety == one for e, _ in pairs)]
    return {one: _right([(e, m) for e, m in pairs if e.variety == one]) for one in told}


def _recall_precision(pairs: Pairs, intent: str) -> tuple[float, float]:
    both = sum(e.intent == m.intent == intent for e, m in pairs)
    meant = sum(e.intent == intent for e, _ in pairs)
    heard = sum(m.intent == intent for _, m in pairs)
    return both / max(1, meant), both / max(1, heard)


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def _confusions(pairs: Pairs) -> list[tuple[str, str, int]]:
    wrong = Counter((e.intent, str(m.intent)) for e, m in pairs if e.intent != m.intent)
    return [(meant, heard, times) for (meant, heard), times in wrong.most_common(_MOST)]


def _calibration(pairs: Pairs) -> list[tuple[float, float, int]]:
    """In each tenth of confidence: what was said on average, how much was right, of how many."""
    bins: list[list[tuple[Example, Meaning]]] = [[] for _ in range(_BINS)]
    for pair in pairs:
        bins[min(int(pair[1].confidence * _BINS), _BINS - 1)].append(pair)
    said = [sum(m.confidence for _, m in one) / max(1, len(one)) for one in bins]
    return [(s, _right(one), len(one)) for s, one in zip(said, bins, strict=True) if one]


@dataclass(frozen=True, slots=True)
class Figure:
    """The phrases of one file, and which of them were read otherwise than people mean them."""

    name: str
    phrases: Sequence[Phrase]
    wrong: Sequence[Phrase]

    @property
    def share(self) -> float:
        return 1 - len(self.wrong) / max(1, len(self.phrases))

    def by_variety(self) -> dict[str, float]:
        """The share read right in each variety that the file holds."""
        found: dict[str, float] = {}
        for variety in VARIETIES:
            own = [one for one in self.phrases if one["variety"] == variety]
            wrong = sum(one["variety"] == variety for one in self.wrong)
            found |= {variety: 1 - wrong / len(own)} if own else {}
        return found


def phrases(folder: Path, read: Callable[[Phrase], Reading]) -> Iterator[Figure]:
    """The figure of every file of phrases (``README.md`` there tells the format)."""
    for path in sorted(folder.glob("*.jsonl")):
        told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        wrong = [one for one in told if not is_right(read(one), one["value"])]
        yield Figure(path.stem, told, wrong)


def is_right(reading: Reading, value: Any) -> bool:
    """Whether a reading says what the phrase means."""
    if value == ASKED:
        return isinstance(reading, Which)
    if not isinstance(reading, Found):
        return reading is None and value is None
    with_part = isinstance(value, str) and " " in value
    told = _shown(reading.value, with_part)
    return bool(type(told) is type(value) and told == value)


def _shown(value: Any, with_part: bool) -> Any:
    """A value as it stands in the files; a day with its part where that was told."""
    if isinstance(value, Place):
        return value.name_fr
    if isinstance(value, When):
        return f"{value.at} {value.part}" if with_part else value.at
    return sorted(value) if isinstance(value, tuple) else value

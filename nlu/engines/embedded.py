"""The embedded engine: trained from the examples in seconds, then about a millisecond a message."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from nlu.engines.calibration import Array
from nlu.engines.model import Model
from nlu.engines.training import DATA, VARIETIES, examples, fingerprint
from nlu.meaning import INTENTS
from nlu.normalise import fold

_CODE: Final = Path(__file__).parent
_READ_WITH: Final = tuple(
    _CODE.parent / f"{name}.py" for name in ("lexicon", "normalise", "meaning")
)
_LIKED: Final = 3.0
"""How much likelier an intent is that answers what was asked."""
_MISSED_LEAST: Final = ("delete_data", "report_problem", "talk_to_human")
_LEANING: Final = 2.0
"""How much likelier these are taken to be: a miss is worse than a question too many."""
_EXPECTED: Final[Mapping[str, tuple[str, ...]]] = {
    "yesno": ("affirm", "deny"),
    "when": ("schedule_session", "reschedule_session", "affirm", "deny"),
    "skills": ("find_mentor", "funding", "formalisation"),
    "language": ("change_language",),
}
"""What people tend to mean when this was asked."""
_SURE_VARIETY: Final = 0.55
ANSWERED_IN: Final = {"fr": "fr", "ar": "ar", "ary": "ar", "arizi": "ar", "en": "en"}
"""Darija is answered in Arabic whichever letters it is written with."""


class Parsed(NamedTuple):
    """One message as the model understands it; language and variety None when they do not tell."""

    intent: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    language: str | None
    variety: str | None


class Embedded:
    """Understands with a model of its own, without a network or a server."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @classmethod
    def ready(cls, cache: Path | None = None, data: Path = DATA) -> Embedded:
        """Read from the cache, or trained when there is none of these data and this code."""
        here = (path for path in sorted(_CODE.glob("*.py")) if path.name != "rasa.py")
        code = (*here, *sorted(_CODE.glob("*.csv")), *_READ_WITH)
        path = (cache or cache_folder()) / f"model-{fingerprint(data, code)}.npz"
        try:
            return cls(Model.load(path))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            model = Model.learn(examples(data))
        # A folder that cannot be written costs time at the next start, nothing else.
        with suppress(OSError):
            model.save(path)
        return cls(model)

    def parse(self, text: str, expecting: str | None = None) -> Parsed:
        """What a message means; ``expecting`` is the kind of answer asked for, or an intent."""
        intents, varieties = self._model.shares(text)
        if not any(tells(sign) for sign in text):
            return Parsed("out_of_scope", 0.0, (), None, None)
        shares = leaned(intents, expecting)
        order = np.argsort(-shares)[:4]
        best, *others = ((INTENTS[at], float(shares[at])) for at in order)
        confidence = self._model.intents.confidence(best[1])
        return Parsed(
            best[0],
            round(confidence, 3),
            tuple((intent, round(min(share, confidence), 3)) for intent, share in others),
            *_spoken(text, varieties, self._model),
        )


def tells(sign: str) -> bool:
    """Letters, emoji and question marks mean something; numbers alone answer a question."""
    return sign.isalpha() or ord(sign) > 0x2000 or sign in "?؟"


def cache_folder() -> Path:
    """Where a platform keeps what can be made again."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "mentoring-mem"


def leaned(shares: Array, expecting: str | None) -> Array:
    """The shares after what was asked, and what must not be missed, are taken into account."""
    liked = _EXPECTED.get(expecting or "", (expecting,) if expecting in INTENTS else ())
    raised = shares.copy()
    raised[[INTENTS.index(intent) for intent in _MISSED_LEAST]] *= _LEANING
    raised[[INTENTS.index(intent) for intent in liked]] *= _LIKED
    return np.asarray(raised / raised.sum(), dtype=np.float64)


def _spoken(text: str, shares: Array, model: Model) -> tuple[str | None, str | None]:
    """The variety and the language to answer in, if the words tell it."""
    if not any(sign.isalpha() for sign in fold(text)):
        return None, None
    at = int(shares.argmax())
    if model.varieties.confidence(float(shares[at])) < _SURE_VARIETY:
        return None, None
    return ANSWERED_IN[VARIETIES[at]], VARIETIES[at]

"""The one door to understanding: a message in, its `Meaning` out.

A rule speaks first where it is certain: the whole message is a command. Otherwise the trained
engine decides, and a rule that only found a phrase in a longer sentence is heard when the
engine does not know. What is costly to get wrong is sure only when a rule said so plainly, or
when the engine is very confident and the sentence holds an explicit phrase of it.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from nlu.commands import COSTLY, command
from nlu.engines.embedded import Embedded, Parsed
from nlu.language import detect
from nlu.meaning import BY_RULE, Meaning
from nlu.normalise import fold

_VERY_SURE: Final = 0.9
_DOUBTFUL: Final = 0.5
_BY_RULE: Final = 0.9
"""How sure a phrase is that no example was given for."""


class Engine(Protocol):
    """What understands a sentence: `Embedded`, or a Rasa server behind the same call."""

    def parse(self, text: str, expecting: str | None = None) -> Parsed: ...


@functools.cache
def embedded(cache: Path | None = None) -> Embedded:
    """The engine of this process. Called at start, it is trained before the first message."""
    return Embedded.ready(cache)


def understand(text: str, expecting: str | None = None, engine: Engine | None = None) -> Meaning:
    """What a message asks for and which language it is in.

    ``expecting`` is what was just asked: yesno, when, place ... or the name of an intent.
    """
    rule = command(text)
    parsed = (engine or embedded()).parse(text, expecting)
    meaning = rule if _is_certain(rule) else _weighed(text, rule, parsed)
    guess = parsed if parsed.variety and _tells_language(text) else detect(text)
    return replace(meaning, text=text, language=guess.language, variety=guess.variety)


def _tells_language(text: str) -> bool:
    """One word is most often a name, a place or an "ok": the small words' list knows the others."""
    return not text.startswith("/") and sum(word.isalpha() for word in fold(text).split()) > 1


def _is_certain(rule: Meaning) -> bool:
    """A whole message that is a command, a near miss of one, or a language asked for by name."""
    return rule.plain or bool(rule.entities)


def _weighed(text: str, rule: Meaning, parsed: Parsed) -> Meaning:
    said = rule.intent if rule.intent != "greet" else None
    intent, confidence = parsed.intent, parsed.confidence
    alternatives = parsed.alternatives
    if said in BY_RULE:
        # No example of it was learnt: whatever the engine hears instead, it is a guess.
        others = ((intent, confidence), *alternatives)
        return Meaning(text, None, None, said, _BY_RULE, False, True, others[:3], rule.entities)
    if said and said != intent and confidence < _DOUBTFUL:
        alternatives = ((intent, confidence), *(a for a in alternatives if a[0] != said))
        intent, confidence = said, min(0.5, max(confidence, 0.4))
    sure = intent not in COSTLY or (said == intent and confidence >= _VERY_SURE)
    return Meaning(
        text, None, None, intent, confidence, False, sure, alternatives[:3], rule.entities
    )

"""Commands that need no trained model: exact words, short phrases, slash commands and signs.

The words stand in ``data/keywords.csv`` and ``data/command_marks.csv``. What costs a person
something if we are wrong (stop) is only sure when it was said exactly.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA

from nlu.corrections import Correction, correction
from nlu.lexicon import Hit, Lexicon, cells, lexicon, rows
from nlu.meaning import Entity, Meaning
from nlu.normalise import LONGEST, fold, words
from nlu.spoken_language import language_asked

__all__ = ["Correction", "announced", "command", "correction", "is_polite", "without_courtesy"]

COSTLY: Final = ("stop", "delete_data", "report_problem")
"""What is never done without being sure."""
_SLASH: Final = re.compile(r"/([a-z_]{1,32})(?:@\w{1,64})?(?:\s+(\S{1,64}))?\s*", re.I)
_POLITE: Final = ("greet", "thanks", "goodbye")
# Said in a phrase and nothing else, these are commands anywhere; "besoin de financement" may as
# well be the answer to "what do you need?", so the step's reader must see it first.
_CONTROLS: Final = (
    "stop", "delete_data", "talk_to_human", "my_data", "update_profile", "change_language",
    "help", "abandon", "bot_challenge",
)  # fmt: skip
_PAINT: Final = "\ufe0f\u200d\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""Variation selectors and skin tones."""
# When one message holds several, the one a person must never lose comes first.
_FIRST: Final = ("stop", "delete_data", "talk_to_human")


@functools.cache
def _exact() -> Lexicon[tuple[str, bool]]:
    return _keywords("exact")


@functools.cache
def _contained() -> Lexicon[tuple[str, bool]]:
    return _keywords("contains")


def _keywords(match: str) -> Lexicon[tuple[str, bool]]:
    return Lexicon(
        (word, (row["intent"], row["sure"] == "yes"))
        for row in rows("keywords")
        if row["match"] == match
        for word in cells(row["words"])
    )


@functools.cache
def _signs() -> dict[str, str]:
    signs = (row for row in rows("command_marks") if row["kind"] == "sign")
    return {sign: row["value"] for row in signs for sign in cells(row["words"])}


def command(text: str) -> Meaning:
    """What a message asks for by rule; `Meaning.intent` is None when no rule speaks."""
    text = text[:LONGEST]
    bare = text.strip().strip("\u200b\u200e\u200f\u2066\u2067\u2068\u2069\ufeff").strip()
    if bare.startswith("/"):
        return _slash(text, bare)
    folded = _joined(fold(text).split())
    if not folded or bare in _signs() or folded == ["0"]:
        return _sign(text, bare)
    return (
        _whole(text, folded)
        or _language(text)
        or _profile(text)
        or _part(text, folded)
        or Meaning(text)
    )


def _plain(text: str, intent: str, sure: bool = True) -> Meaning:
    return Meaning(text, intent=intent, confidence=1.0 if sure else 0.6, plain=True, sure=sure)


def _slash(text: str, bare: str) -> Meaning:
    said = _SLASH.fullmatch(bare)
    name = said[1].lower() if said else ""
    known = lexicon("command_marks", "value", "kind", "slash").exact([name])
    if not said or not known:
        return _plain(text, "help")
    payload = (Entity("payload", said[2], *_span(text, said[2])),) if said[2] else ()
    return Meaning(text, intent=known[0], confidence=1.0, plain=True, entities=payload)


def _span(text: str, part: str) -> tuple[int, int]:
    start = text.find(part)
    return start, start + len(part)


def _sign(text: str, bare: str) -> Meaning:
    """A message without a word: "?", "👍👍", "0". Other signs beside it may say something else."""
    bare = fold(bare) or "".join(bare.split())
    intents = {_signs().get(bare) or _signs().get(bare[:1])}
    if bare not in _signs():
        intents = {_signs().get(sign) for sign in bare if sign not in _PAINT}
    intent = intents.pop() if len(intents) == 1 else None
    return _plain(text, intent) if intent and len(bare) <= 8 else Meaning(text)


def _joined(folded: list[str]) -> list[str]:
    """ "S T O P" and "stop stop" are "stop"."""
    if len(folded) >= 3 and all(len(word) == 1 and word.isalpha() for word in folded):
        return ["".join(folded)]
    return folded[:1] if len(set(folded)) == 1 and len(folded[0]) > 2 else folded


@functools.cache
def _courtesies() -> Lexicon[str]:
    polite = (row for row in rows("command_marks") if row["kind"] == "polite")
    said = (row for row in rows("keywords") if row["intent"] in _POLITE and row["match"] == "exact")
    return Lexicon((word, "") for row in (*polite, *said) for word in cells(row["words"]))


def without_courtesy(folded: Sequence[str]) -> tuple[int, int]:
    """From which word to which the message is more than greeting, please and thanks."""
    start, end = 0, len(folded)
    while start < end and (hit := _courtesies().at(folded, start)):
        start = hit.end
    while end > start and (size := _courtesy_before(folded, start, end)):
        end -= size
    return min(start, end), end


def _courtesy_before(folded: Sequence[str], start: int, end: int) -> int:
    sizes = range(min(6, end - start), 0, -1)
    return next((n for n in sizes if _courtesies().exact(folded[end - n : end])), 0)


def announced(text: str) -> str:
    """The words behind "annonce" where a message begins with it: what is to be announced."""
    said = words(text)
    hit = _exact().at([word.text for word in said], 0)
    if hit is None or hit.values[0][0] != "announce" or hit.end == len(said):
        return ""
    return text[said[hit.end - 1].end :].lstrip(" \n\t:.,;،؛-–—")


def is_polite(text: str) -> bool:
    """True when a message is only greeting, please, thanks or goodbye."""
    start, end = without_courtesy(fold(text).split())
    return start == end


def _whole(text: str, folded: list[str]) -> Meaning | None:
    start, end = without_courtesy(folded)
    rest = folded[start:end]
    if known := _exact().exact(folded):
        return _plain(text, *known[0])
    if not rest:
        return _courtesy(text, folded)
    if len("".join(rest)) == 1:
        return None
    if known := _exact().exact(rest):
        return _polite_answer(text, known[0], folded[end:])
    if intent := _said_over(rest):
        return _plain(text, intent)
    wanted = _after_opening(rest)
    if wanted and (known := _exact().exact(wanted)) and known[0][0] not in ("affirm", "deny"):
        return _plain(text, *known[0])
    return _plain(text, "stop", False) if _nearly_stop(rest) else None


def _polite_answer(text: str, known: tuple[str, bool], after: Sequence[str]) -> Meaning | None:
    """ "ok bye" takes leave; whether "d'accord merci" agrees or thanks, the whole must tell."""
    said = _intents(after) if known[0] in ("affirm", "deny") else set()
    if "goodbye" in said:
        return _plain(text, "goodbye")
    return None if said >= {"thanks"} and known[0] == "affirm" else _plain(text, *known)


def _courtesy(text: str, folded: list[str]) -> Meaning | None:
    """Only greeting, thanks and goodbye: the last of these is what a person leaves us with."""
    said = _intents(folded)
    last = next((intent for intent in ("goodbye", "thanks", "greet") if intent in said), None)
    return _plain(text, last) if last else None


def _intents(folded: Sequence[str]) -> set[str]:
    return {hit.values[0][0] for hit in _exact().find(folded)}


def _said_over(rest: Sequence[str]) -> str | None:
    """One thing said twice in different words: "oui c'est ça", "non pas maintenant"."""
    hits = _exact().find(rest)
    if sum(hit.end - hit.start for hit in hits) < len(rest):
        return None
    intents = {hit.values[0][0] for hit in hits} - set(_POLITE)
    return intents.pop() if len(intents) == 1 and intents <= {"affirm", "deny", "help"} else None


def _after_opening(rest: list[str]) -> list[str]:
    """ "je veux annuler" says "annuler". "je veux stopper ..." goes on, so it says nothing."""
    opening = lexicon("command_marks", "value", "kind", "opening").at(rest, 0)
    return rest[opening.end :] if opening else []


@functools.cache
def _stop_words() -> tuple[str, ...]:
    sure = (row for row in rows("keywords") if row["intent"] == "stop" and row["sure"] == "yes")
    told = {fold(word) for row in sure if row["match"] == "exact" for word in cells(row["words"])}
    return tuple(sorted(word for word in told if len(word) >= 4 and " " not in word))


def _nearly_stop(rest: Sequence[str]) -> bool:
    """One slip of the finger away from a stop word, and not a word of its own."""
    word = rest[0]
    if len(rest) > 1 or len(word) < 4 or word in _never_stop():
        return False
    return any(
        word[0] == stop[0] and OSA.distance(word, stop, score_cutoff=1) <= 1
        for stop in _stop_words()
    )


@functools.cache
def _never_stop() -> Lexicon[str]:
    return lexicon("command_marks", "value", "kind", "never_stop")


def _language(text: str) -> Meaning | None:
    asked = language_asked(text)
    if not asked:
        return None
    entity, alone = asked
    confidence = 0.8 if alone else 1.0
    return Meaning(text, None, None, "change_language", confidence, not alone, True, (), (entity,))


def _profile(text: str) -> Meaning | None:
    """ "changer ma ville": the field is named, what it becomes is asked next."""
    change = correction(text)
    if change is None or change.kind != "field" or change.value:
        return None
    folded = fold(text).split()
    named = lexicon("fields", "field").find(folded, loose=True)
    whole = named and named[-1].end >= _end_of_field(folded)
    if not whole or change.field not in named[-1].values:
        return None
    field = Entity("field", change.field, 0, len(text))
    return Meaning(text, intent="update_profile", confidence=1.0, plain=True, entities=(field,))


def _end_of_field(folded: Sequence[str]) -> int:
    """Where a message ends but for please and "ديالي"; "the time of the meeting" is no field."""
    end = without_courtesy(folded)[1]
    while end and folded[end - 1] in lexicon("command_marks", "value", "kind", "possessive"):
        end -= 1
    return end


def _part(text: str, folded: list[str]) -> Meaning | None:
    """A command inside a longer sentence: a hint, which the trained model confirms or not."""
    hits = _contained().find(folded, loose=False)
    if not hits:
        return _greeting(text, folded)
    ranked = sorted(hits, key=lambda hit: (_rank(hit.values[0][0]), hit.start - hit.end))
    others = dict.fromkeys(hit.values[0][0] for hit in ranked)
    intent, sure = ranked[0].values[0]
    alternatives = tuple((other, 0.5) for other in others if other != intent)
    plain = intent in _CONTROLS and _is_whole(folded, ranked[0])
    firm = intent not in COSTLY or (plain and (sure or intent != "stop"))
    return Meaning(text, None, None, intent, 0.8 if firm else 0.6, plain, firm, alternatives)


def _is_whole(folded: list[str], hit: Hit[tuple[str, bool]]) -> bool:
    """Nothing but courtesy and "je voudrais" stands around the phrase."""
    start, end = without_courtesy(folded)
    opening = lexicon("command_marks", "value", "kind", "opening").at(folded, start)
    starts = (start, opening.end if opening else start)
    return hit.start in starts and hit.end == end


def _rank(intent: str) -> int:
    return _FIRST.index(intent) if intent in _FIRST else len(_FIRST)


def _greeting(text: str, folded: list[str]) -> Meaning | None:
    first = _exact().at(folded, 0)
    if first and first.values[0][0] == "greet" and len(words(text)) > first.end:
        return Meaning(text, intent="greet", confidence=0.4)
    return None

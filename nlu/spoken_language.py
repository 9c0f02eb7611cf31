"""Which language a person asks us to write: "in english please", "hder m3aya b darija"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlu.lexicon import Hit, Lexicon, lexicon, rows
from nlu.meaning import Entity
from nlu.normalise import words

_CODE: Final = 2


def _answered(code: str) -> str:
    """The language we write for one that is spoken; nothing for those we cannot write."""
    return next(row["answer"] for row in rows("language_names") if row["code"] == code)


def language_asked(text: str) -> tuple[Entity, bool] | None:
    """The language asked for, and whether its name stands alone.

    Alone it may as well answer "which languages do you speak?": the caller decides.
    """
    said = words(text)
    folded = [word.text for word in said]
    hits = named(folded)
    if len(hits) != 1 or not (answer := _answered(hits[0].values[0])):
        return None
    hit = hits[0]
    rest = [*folded[: hit.start], *folded[hit.end :]]
    entity = Entity("language", answer, said[hit.start].start, said[hit.end - 1].end)
    if not rest:
        return entity, True
    return (entity, False) if _is_asked(rest) else None


def named(folded: Sequence[str]) -> list[Hit[str]]:
    """The languages named in a text; "en" is one only alone or among codes ("fr, ar, en")."""
    hits = lexicon("language_names", "code").find(folded, loose=True)
    codes = sum(hit.end - hit.start for hit in hits) == len(folded) and len(folded) != 2
    told = [hit for hit in hits if folded[hit.start] != "en" or (codes and _is_code(folded, hit))]
    return [hit for hit in told if not _is_script(folded, told[0], hit)]


def _is_code(folded: Sequence[str], hit: Hit[str]) -> bool:
    """ "en" at the end or before another code; before a whole name it is the French "in"."""
    return all(len(word) == _CODE for word in folded[hit.end : hit.end + 1])


def _is_script(folded: Sequence[str], first: Hit[str], hit: Hit[str]) -> bool:
    """How the first one is written, not another: "darija en lettres françaises", "darija b l3arbiya"."""
    between = folded[first.end : hit.start]
    if first is hit or any(_speech("or").exact([word]) for word in between):
        return False
    letters = _speech("letters")
    is_lettered = bool(letters.find(between, loose=True) or letters.at(folded, hit.end))
    is_by = hit.values[0] == "ar" and bool(between or folded[hit.start].startswith("ب"))
    return is_lettered or (first.values[0] == "ary" and is_by and len(between) < 2)


def _speech(kind: str) -> Lexicon[str]:
    return lexicon("language_speech", "kind", "kind", kind)


def _is_asked(rest: Sequence[str]) -> bool:
    """The rest asks for it ("parlez", "in"), is only politeness, or nearly."""
    found = lexicon("language_speech", "kind").find(rest)
    asks = [hit for hit in found if not {"ask", "in"}.isdisjoint(hit.values)]
    others = len(rest) - sum(ask.end - ask.start for ask in asks) - _small(rest)
    return others <= (1 if asks else 0) and len(rest) <= 5


def _small(rest: Sequence[str]) -> int:
    polite = lexicon("command_marks", "value", "kind", "polite").find(rest)
    return sum(hit.end - hit.start for hit in polite)

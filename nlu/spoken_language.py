"""Which language a person asks us to write: "in english please", "hder m3aya b darija"."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.lexicon import Hit, lexicon, rows
from nlu.meaning import Entity
from nlu.normalise import words


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
    """The languages named in a text; "en" is one only among others ("fr, ar, en")."""
    hits = lexicon("language_names", "code").find(folded, loose=True)
    only_names = sum(hit.end - hit.start for hit in hits) == len(folded)
    return [hit for hit in hits if (only_names and len(folded) != 2) or folded[hit.start] != "en"]


def _is_asked(rest: Sequence[str]) -> bool:
    """The rest asks for it ("parlez", "in"), is only politeness, or nearly."""
    asks = lexicon("language_speech", "kind").find(rest)
    others = len(rest) - sum(ask.end - ask.start for ask in asks) - _small(rest)
    return others <= (1 if asks else 0) and len(rest) <= 5


def _small(rest: Sequence[str]) -> int:
    polite = lexicon("command_marks", "value", "kind", "polite").find(rest)
    return sum(hit.end - hit.start for hit in polite)

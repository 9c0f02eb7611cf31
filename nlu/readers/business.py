"""What a person's business is: its legal form, sector and a description."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

from nlu.commands import command, is_polite
from nlu.language import detect, is_function_word
from nlu.lexicon import Lexicon, cells, lexicon, rows
from nlu.meaning import Found, Reading, Which
from nlu.normalise import clean, fold

_GENERIC: Final = 0.5
"""A word of this weight or less ("boutique") names a sector only when nothing else does."""
_LONGEST_ANSWER: Final = 12


def legal_form(text: str) -> Reading:
    """auto_entrepreneur, individual, sarl_au, sarl, sa, cooperative or association."""
    folded = fold(text).split()
    hits = lexicon("legal_words", "form").find(folded, loose=True)
    alone = len(folded) <= 3
    # "sa" is "his" in French and "ei" nothing at all: two letters count only as the whole answer.
    told = dict.fromkeys(
        h.values[0] for h in hits if alone or len("".join(folded[h.start : h.end])) > 2
    )
    forms = list(told)
    if len(forms) > 1:
        return Which(tuple((form, form) for form in forms[:4]))
    return Found(forms[0]) if forms else None


@functools.cache
def sector_words() -> Lexicon[tuple[str, float]]:
    """Every word that tells a sector, with how much it tells."""
    return Lexicon(
        (word, (row["sector"], float(row["weight"])))
        for row in rows("sector_words")
        for word in cells(row["words"])
    )


def sector(text: str) -> Reading:
    """A ``sector_id`` of ``data/sectors.csv``; `Which` when two are as likely."""
    scores = sector_scores(fold(text).split())
    best = max(scores.values(), default=0.0)
    top = [one for one, score in scores.items() if score == best]
    if len(top) > 1:
        language = detect(text).language
        return Which(tuple((one, _sector_name(one, language)) for one in top[:3]))
    return Found(top[0]) if top else None


def sector_scores(folded: Sequence[str]) -> dict[str, float]:
    """How much the words speak for each sector; longer phrases say more."""
    scores: dict[str, float] = {}
    generic: dict[str, float] = {}
    for hit in sector_words().find(folded, loose=True):
        size = 1 + 0.5 * (hit.end - hit.start - 1)
        for one, weight in hit.values:
            told = scores if weight > _GENERIC else generic
            told[one] = told.get(one, 0.0) + weight * size
    return scores or generic


def _sector_name(sector_id: str, language: str | None) -> str:
    row = next(row for row in rows("sectors") if row["sector_id"] == sector_id)
    return row["label_fr" if language in (None, "fr") else f"name_{language}"]


def activity(text: str) -> Reading:
    """A description of what a person does, as they wrote it."""
    said = clean(text)
    folded = fold(said).split()
    if not folded or _is_no_description(said, folded):
        return None
    known = bool(sector_scores(folded))
    wordy = [word for word in folded if not word.isdigit() and not is_function_word(word)]
    return Found(said) if known or (len(folded) >= 2 and wordy) else None


def _is_no_description(said: str, folded: Sequence[str]) -> bool:
    asks = lexicon("activity_words", "kind", "kind", "question").at(folded, 0)
    meaning = command(said)
    short = len(folded) <= _LONGEST_ANSWER and meaning.intent in (
        "talk_to_human",
        "stop",
        "delete_data",
        "help",
    )
    return meaning.plain or is_polite(said) or short or bool(asks) or said.endswith(("?", "؟"))

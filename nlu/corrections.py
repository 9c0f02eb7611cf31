"""When a person puts right what they said: "non, c'est Fès", "changer ma ville"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nlu.lexicon import Hit, Lexicon, lexicon, variants
from nlu.normalise import Word, clean, words

_LONGEST_VALUE: Final = 8
_EDGES: Final = ' \t\n.,;:!?«»"“”()،؛؟-–—'


@dataclass(frozen=True, slots=True)
class Correction:
    """``kind`` is "field" when the field is named, "value" when only the new value is said."""

    kind: str
    field: str | None
    value: str | None


def correction(text: str) -> Correction | None:
    """What a message puts right, or None when it corrects nothing."""
    said = words(text)
    folded = [word.text for word in said]
    return (
        _change(text, said, folded) or _restated(text, said, folded) or _instead(text, said, folded)
    )


def _marks(kind: str) -> Lexicon[str]:
    return lexicon("correction_marks", "kind", "kind", kind)


def _field_at(folded: Sequence[str], start: int) -> Hit[str] | None:
    """A field's word, also under a preposition or an article ("de la ville", "لمدينتي")."""
    for skipped in range(start, min(start + 3, len(folded))):
        hit = lexicon("fields", "field").at(folded, skipped, loose=True)
        if hit:
            return hit
        if len(next(variants(folded[skipped]))) > 4:
            return None
    return None


def _change(text: str, said: Sequence[Word], folded: Sequence[str]) -> Correction | None:
    """ "changer la ville", "change my city to Rabat"."""
    verb = next(
        (hit for at in range(min(3, len(folded))) if (hit := _marks("change").at(folded, at))), None
    )
    field = _field_at(folded, verb.end) if verb else None
    if field is None:
        return None
    to = _marks("to").at(folded, field.end)
    value = _slice(text, said, folded, to.end) if to else None
    return (
        Correction("field", field.values[0], value)
        if value or len(folded) - field.end <= 3
        else None
    )


def _restated(text: str, said: Sequence[Word], folded: Sequence[str]) -> Correction | None:
    """ "mon nom s'écrit Aïcha", "ma ville c'est Fès pas Casa"."""
    start = _after_lead(folded)
    field = lexicon("fields", "field").at(folded, start)
    link = _marks("written").at(folded, field.end) if field else None
    if field is None or link is None:
        return None
    value = _slice(text, said, folded, link.end)
    return Correction("field", field.values[0], value) if value else None


def _instead(text: str, said: Sequence[Word], folded: Sequence[str]) -> Correction | None:
    """ "non, c'est Fès", "je voulais dire 34", "la, ana mn fes"."""
    lead = _lead(folded)
    if lead is None:
        return None
    start, needs_being = lead
    being = _marks("be").at(folded, start)
    if needs_being and being is None:
        return None
    value = _slice(text, said, folded, being.end if being else start)
    return Correction("value", None, value) if value else None


def _after_lead(folded: Sequence[str]) -> int:
    lead = _lead(folded)
    return lead[0] if lead else 0


def _lead(folded: Sequence[str]) -> tuple[int, bool] | None:
    """Where the words after "non, pardon, je voulais dire" begin; a bare "non" needs "c'est"."""
    at, kinds = 0, set[str]()
    while hit := next(
        (h for kind in ("mean", "oops", "no") if (h := _marks(kind).at(folded, at))), None
    ):
        kinds.update(hit.values)
        at = hit.end
    return (at, kinds == {"no"}) if kinds and at < len(folded) else None


def _slice(text: str, said: Sequence[Word], folded: Sequence[str], start: int) -> str | None:
    """The value as typed, up to what it is not ("Fès pas Casa")."""
    ends = (hit.start for hit in _marks("not").find(folded) if hit.start > start)
    end = next(ends, len(folded))
    if start >= end or end - start > _LONGEST_VALUE:
        return None
    return clean(text[said[start].start : said[end - 1].end]).strip(_EDGES) or None

"""Where a person lives, from a town's name in any spelling to "j'habite à Sidi Moumen, Casa".

Plain fuzzy matching over all communes sends "kaza" to Bab Taza: so exact names and aliases go
first, close spellings are asked back, and communes only answer when nothing else is said.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from nlu.commands import command
from nlu.language import detect, is_function_word
from nlu.lexicon import Hit, lexicon, rows
from nlu.meaning import Found, Reading, Which
from nlu.normalise import fold
from nlu.readers import gazetteer
from nlu.readers.gazetteer import Entry, Place

__all__ = ["Mention", "Place", "label", "mentions", "nearest_place", "place"]

_SURE: Final = 85
_PERHAPS: Final = 75
_COMMUNE_SURE: Final = 92
_APART: Final = 4
"""How much closer than the second the best spelling must be to be taken without asking."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text: ``words[start:end]``; ``marked`` after "from" or "I live in"."""

    places: tuple[Place, ...]
    start: int
    end: int
    marked: bool
    lives: bool


def place(text: str) -> Reading:
    """The place a person names; `Which` when several share the name or the spelling is unsure."""
    folded = fold(text).split()
    language = detect(text).language
    rest = bare(folded)
    if not rest:
        return None
    if is_exception("never", rest):
        return None
    exact = _exact(rest)
    if exact:
        return _read(gazetteer.best(exact), language)
    found = _settled(mentions(folded))
    if found:
        return _read(found, language)
    return None if len(rest) > 4 or _is_ordinary(text, rest) else _near(" ".join(rest), language)


def is_exception(kind: str, folded: Sequence[str]) -> bool:
    """Is this name one of the exceptions of that kind (``data/place_exceptions.csv``)?"""
    return bool(lexicon("place_exceptions", "codes", "kind", kind).exact(folded))


def bare(folded: Sequence[str]) -> list[str]:
    """The answer without "je suis de", "ana mn", "مدينة" around it."""
    start, end = 0, len(folded)
    while start < end and (size := _leading(folded, start)) and start + size < end:
        start += size
    while end > start and _is_trailing(folded[end - 1]) and end - 1 > start:
        end -= 1
    return list(folded[start:end])


def _leading(folded: Sequence[str], at: int) -> int:
    # "El Jadida", "La Haye", "Ain ...": a name may begin with what is also a small word.
    if gazetteer.everything().at(folded, at):
        return 0
    hits = (
        lexicon("place_words", "kind", "kind", kind).at(folded, at)
        for kind in ("live", "filler", "at")
    )
    return max((hit.end - hit.start for hit in hits if hit), default=0)


def _is_trailing(word: str) -> bool:
    return word in lexicon("place_words", "kind", "kind", "filler")


def _exact(rest: Sequence[str]) -> tuple[Entry, ...]:
    """The whole rest as a name; a glued "f" or "بـ" may stand before it."""
    entries = gazetteer.everything().exact(rest)
    if entries:
        return entries
    glued = gazetteer.well_known().at(rest, 0, loose=True)
    return glued.values if glued and glued.end == len(rest) else ()


def _read(places: Sequence[Place], language: str | None) -> Reading:
    if len(places) == 1 and ":" not in places[0].code and len(places[0].code) == 2:
        return _country(places[0], language)
    if len(places) == 1:
        return Found(places[0])
    return Which(tuple((one, label(one, language)) for one in places[:5]))


def _country(country: Place, language: str | None) -> Reading:
    """A country of several time zones is asked back: the hour of every session hangs on it."""
    towns = gazetteer.zones(country.country) if country.code.isalpha() else []
    if len(towns) < 2:
        return Found(country)
    return Which(tuple((one, label(one, language)) for one in towns))


def label(one: Place, language: str | None) -> str:
    """A place's name with its province, which tells two of one name apart."""
    province = gazetteer.provinces().get(one.code)
    name = one.name(language)
    if not province:
        return name
    where = province[1] if language == "ar" else province[0]
    return name if where == name else f"{name} ({where})"


def mentions(folded: Sequence[str]) -> list[Mention]:
    """The well-known places named in a sentence, but for words that mean something else too."""
    hits = gazetteer.well_known().find(folded, loose=True)
    return [mention for hit in hits if (mention := _mention(folded, hit))]


def _mention(folded: Sequence[str], hit: Hit[Entry]) -> Mention | None:
    name = folded[hit.start : hit.end]
    glued = not gazetteer.well_known().exact(name)
    before = _kinds_before(folded, hit.start) | ({"at"} if glued else set())
    if "not" in before or is_exception("never", name):
        return None
    marked = bool(before & {"at", "live"})
    unsure = is_exception("weak", name) or (glued and is_function_word(folded[hit.start]))
    if unsure and not marked:
        return None
    lives = "live" in before or _lives(folded, hit.start)
    return Mention(tuple(gazetteer.best(hit.values)), hit.start, hit.end, marked, lives)


def _kinds_before(folded: Sequence[str], at: int) -> set[str]:
    """What the one to three words right before a name are: "not", "at", "live"."""
    kinds: set[str] = set()
    for kind in ("at", "live", "not"):
        marks = lexicon("place_words", "kind", "kind", kind)
        if any(marks.exact(folded[at - size : at]) for size in (1, 2, 3) if at >= size):
            kinds.add(kind)
    return kinds


def _lives(folded: Sequence[str], at: int) -> bool:
    """ "j'habite à X": the verb stands up to three words before the name."""
    near = folded[max(0, at - 3) : at]
    return bool(lexicon("place_words", "kind", "kind", "live").find(near, loose=True))


def _settled(found: Sequence[Mention]) -> list[Place]:
    """Where the person is, of all the places in the sentence: where they say they live, if they do."""
    chosen = [one for one in found if one.lives] or list(found)
    candidates = list(dict.fromkeys(p for one in chosen for p in one.places))
    # "Paris, France" and "Fès, région de Fès-Meknès" are one answer: the town.
    towns = [one for one in candidates if "." in one.code or ":" in one.code]
    single = [one.places[0] for one in chosen if len(one.places) == 1 and one.places[0] in towns]
    return list(dict.fromkeys(single)) or towns or candidates


def _is_ordinary(text: str, rest: Sequence[str]) -> bool:
    """A command, a small word or an everyday noun, which must not become a commune by likeness."""
    return (
        command(text).plain
        or all(is_function_word(word) or is_exception("never_near", [word]) for word in rest)
        or any(word.isdigit() for word in rest)
        or is_exception("never_near", [rest[0]])
    )


@functools.cache
def _spellings(known: bool) -> tuple[tuple[str, ...], tuple[tuple[Entry, ...], ...]]:
    """All names as folded text, and the entries of each: what a spelling is compared with."""
    names: dict[str, list[Entry]] = {}
    for name, entry in gazetteer.known_names() if known else gazetteer.commune_names():
        folded = fold(name)
        if len(folded) >= 4 and not is_exception("never", folded.split()):
            names.setdefault(folded, []).append(entry)
    return tuple(names), tuple(tuple(entries) for entries in names.values())


def _near(said: str, language: str | None) -> Reading:
    """The places spelled nearly like this: one when it is clearly the closest, else ask."""
    if len(said) < 4:
        return None
    close = _closest(said, True, _PERHAPS)
    if not close or close[0][1] < _SURE:
        close = _closest(said, False, _COMMUNE_SURE) or close
    if not close:
        return None
    (first, score), *others = close
    if score >= _SURE and all(score - other >= _APART for _, other in others):
        return _read([first], language)
    if score < _SURE and (len(said) < 5 or not _begins_alike(said, first)):
        return None
    return Which(tuple((one, label(one, language)) for one, _ in close[:3]))


def _begins_alike(said: str, one: Place) -> bool:
    names = (fold(name) for name in (one.name_fr, one.name_ar, one.name_en))
    return any(name[:1] == said[:1] for name in names)


def _closest(said: str, known: bool, cutoff: int) -> list[tuple[Place, float]]:
    names, entries = _spellings(known)
    ranked = process.extract(said, names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=6)
    scores: dict[Place, float] = {}
    for _, score, index in ranked:
        for one in gazetteer.best(entries[index]):
            scores.setdefault(one, score)
    return list(scores.items())


def nearest_place(lat: float, lon: float) -> Place:
    """The town nearest to a point on earth, for those who send their location."""
    return min(_located(), key=lambda one: _kilometres(lat, lon, one.lat or 0.0, one.lon or 0.0))


@functools.cache
def _located() -> tuple[Place, ...]:
    """Towns whose coordinates are their own, not those of a neighbour."""
    own = {
        row["hcp_code"] for row in rows("cities_ma") if not row["coord_source"].startswith("approx")
    }
    home: Iterable[Place] = (one for one in gazetteer.towns().values() if one.code in own)
    return tuple(one for one in (*home, *gazetteer.abroad().values()) if one.lat is not None)


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance, by the haversine formula."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, max(0.0, half))))

"""Where a person lives, from a town's name in any spelling to "j'habite à Sidi Moumen, Casa".

Exact names and aliases go first; where a person says they live counts more than where they work,
what they are near or come from; a country counts only where no town of it is named. Likeness
(`nlu.readers.likeness`) is asked last, and of communes only when nothing else is said.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nlu.commands import command
from nlu.language import detect, is_function_word
from nlu.lexicon import Hit, Lexicon, lexicon, rows
from nlu.meaning import Found, Reading, Which
from nlu.normalise import fold
from nlu.readers import gazetteer
from nlu.readers.agreement import is_no_answer
from nlu.readers.gazetteer import Entry, Place
from nlu.readers.likeness import near

__all__ = ["Mention", "Place", "label", "mentions", "nearest_place", "place"]

_MARKS: Final = ("live", "work", "at", "near", "origin", "not")
_FRAMES: Final = ("live", "work", "near", "origin", "filler", "at")
"""What may stand before a name that is the whole answer."""
_RANKS: Final = {"live": 0, "work": 1, "near": 3, "origin": 4}
_PLAIN: Final = 2
_LONGEST: Final = 4
"""Words of an answer in which a misspelled name is still looked for."""
_SENTENCE: Final = 12
_PARTS: Final = re.compile(r"[,;/()\n،؛]| - ")
_LEAST: Final = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text: ``words[start:end]``; ``marked`` after "from" or "I live in"."""

    places: tuple[Place, ...]
    start: int
    end: int
    marked: bool
    lives: bool
    rank: int = _PLAIN
    """How little it counts: 0 where they live, 4 where they only come from."""


def place(text: str) -> Reading:
    """The place a person names; `Which` when several share the name or the spelling is unsure."""
    folded = fold(text).split()
    language = detect(text).language
    rest = bare(folded)
    if not rest or is_exception("never", rest):
        return None
    exact = gazetteer.well_known().exact(folded) or _exact(rest)
    if exact:
        return _read(gazetteer.best(exact), language)
    is_answer = len(folded) <= _SENTENCE and not is_no_answer(text)
    found = _named(folded) if is_answer else mentions(folded)
    told = _town_of(_settled(found), folded, found)
    if told:
        return _read(told, language)
    if len(rest) > _LONGEST or _is_ordinary(text, rest):
        return None
    return _near(rest, language) or _read_parts(text, language)


def _read_parts(text: str, language: str | None) -> Reading:
    """ "belgica, bruksel": each part is misspelled, and read by itself."""
    parts = [fold(part).split() for part in _PARTS.split(text)]
    guesses = [near(part) for part in parts if part] if len(parts) > 1 else []
    sure = [guess.places[0] for guess in guesses if guess and guess.sure]
    told = [one for one in sure if _is_town(one)] or sure
    return _read(told, language) if told else None


def is_exception(kind: str, folded: Sequence[str]) -> bool:
    """Is this name one of the exceptions of that kind (``data/place_exceptions.csv``)?"""
    return bool(lexicon("place_exceptions", "codes", "kind", kind).exact(folded))


def _words(kind: str) -> Lexicon[str]:
    return lexicon("place_words", "kind", "kind", kind)


def bare(folded: Sequence[str]) -> list[str]:
    """The answer without "je suis de", "ana mn", "مدينة" around it."""
    start, end = 0, len(folded)
    while start < end and (size := _leading(folded, start)) and start + size < end:
        start += size
    while end > start and folded[end - 1] in _words("filler") and end - 1 > start:
        end -= 1
    return list(folded[start:end])


def _leading(folded: Sequence[str], at: int) -> int:
    # "El Jadida", "La Haye", "Ain ...": a name may begin with what is also a small word.
    if gazetteer.everything().at(folded, at):
        return 0
    hits = (_words(kind).at(folded, at) for kind in _FRAMES)
    return max((hit.end - hit.start for hit in hits if hit), default=0)


def _exact(rest: Sequence[str]) -> tuple[Entry, ...]:
    """The whole rest as a name; a glued "f" or "بـ" may stand before it."""
    entries = gazetteer.everything().exact(rest)
    if entries:
        return entries
    glued = gazetteer.well_known().at(rest, 0, loose=True)
    return glued.values if glued and glued.end == len(rest) else ()


def _read(places: Sequence[Place], language: str | None) -> Reading:
    if len(places) == 1 and _is_country(places[0]):
        return _country(places[0], language)
    if len(places) == 1:
        return Found(places[0])
    return Which(tuple((one, label(one, language)) for one in places[:5]))


def _is_country(one: Place) -> bool:
    return len(one.code) == 2 and one.code.isalpha()


def _is_town(one: Place) -> bool:
    """Neither a country nor a region."""
    return "." in one.code or ":" in one.code


def _country(country: Place, language: str | None) -> Reading:
    """A country of several time zones is asked back: the hour of every session hangs on it."""
    towns = gazetteer.zones(country.country)
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
    return list(_mentions(folded, gazetteer.well_known().find(folded, loose=True), False))


def _named(folded: Sequence[str]) -> list[Mention]:
    """The places named in an answer to "where?", where fewer words mean something else."""
    hits = gazetteer.well_known().find(folded, loose=True)
    told = {at for hit in hits for at in range(hit.start, hit.end)}
    only_places = all(at in told or _is_frame(word) for at, word in enumerate(folded))
    known = list(_mentions(folded, hits, only_places))
    return known + [one for one in _unknown(folded, told) if one.rank < _PLAIN or not known]


def _is_frame(word: str) -> bool:
    return any(word in _words(kind) for kind in _FRAMES)


def _mentions(
    folded: Sequence[str], hits: Iterable[Hit[Entry]], trusted: bool
) -> Iterator[Mention]:
    for hit in hits:
        name = folded[hit.start : hit.end]
        glued = not gazetteer.well_known().exact(name)
        before = _kinds_before(folded, hit.start) | ({"at"} if glued else set())
        marked = not before.isdisjoint(("at", "live", "work", "near", "origin"))
        unsure = is_exception("weak", name) or (glued and is_function_word(folded[hit.start]))
        if "not" in before or is_exception("never", name) or (unsure and not (marked or trusted)):
            continue
        places = tuple(gazetteer.best(hit.values))
        yield _mention(folded, places, hit.start, hit.end, before, marked)


def _mention(
    folded: Sequence[str], places: tuple[Place, ...], start: int, end: int, before: set[str], marked: bool
) -> Mention:  # fmt: skip
    kinds = before | _kinds_near(folded, start)
    rank = min((_RANKS[kind] for kind in kinds if kind in _RANKS), default=_PLAIN)
    return Mention(places, start, end, marked, "live" in kinds, rank)


def _kinds_before(folded: Sequence[str], at: int) -> set[str]:
    """What the one to three words right before a name are: "not", "at", "live"."""
    return {
        kind
        for kind in _MARKS
        if any(_words(kind).exact(folded[at - size : at]) for size in (1, 2, 3) if at >= size)
    }


def _kinds_near(folded: Sequence[str], at: int) -> set[str]:
    """ "j'habite à X", "born in the town of X": the verb stands up to three words before."""
    close = folded[max(0, at - 4) : at]
    kinds = ("live", "work", "origin", "near")
    return {kind for kind in kinds if _words(kind).find(close[-3:], loose=True)}


def _unknown(folded: Sequence[str], told: set[int]) -> Iterator[Mention]:
    """Communes and misspelled towns, where "I live in" or "near" says that a place follows."""
    for at in range(1, len(folded)):
        before = _kinds_before(folded, at) - {"not"}
        if at in told or not before or is_function_word(folded[at]) or _is_frame(folded[at]):
            continue
        communes = gazetteer.everything().at(folded, at)
        is_led = bool(before - {"at"} or _kinds_near(folded, at))
        guess = near(folded[at : at + 1]) if is_led and not communes else None
        if communes and _is_name(folded[communes.start : communes.end]):
            places = tuple(gazetteer.best(communes.values))
            yield _mention(folded, places, at, communes.end, before, True)
        elif guess and guess.sure and _is_name(folded[at : at + 1]):
            yield _mention(folded, guess.places, at, at + 1, before, True)


def _is_name(words: Sequence[str]) -> bool:
    return len("".join(words)) >= _LEAST and not any(
        is_exception(kind, words) for kind in ("never", "never_near", "weak")
    )


def _settled(found: Sequence[Mention]) -> list[Place]:
    """Where the person is, of all the places in the sentence: where they say they live, if they do."""
    first = min((one.rank for one in found), default=0)
    chosen = [one for one in found if one.rank == first]
    wide = [place for one in chosen for place in one.places]
    if wide and not any(map(_is_town, wide)):
        inside = [one for one in found if one.rank < _RANKS["origin"] and _is_inside(one, wide)]
        chosen = inside or chosen
    candidates = list(dict.fromkeys(place for one in chosen for place in one.places))
    # "Paris, France" and "Fès, région de Fès-Meknès" are one answer: the town.
    towns = _without_provinces([one for one in candidates if _is_town(one)])
    single = [one.places[0] for one in chosen if len(one.places) == 1 and one.places[0] in towns]
    return list(dict.fromkeys(single)) or towns or candidates


def _is_inside(one: Mention, wide: Sequence[Place]) -> bool:
    """ "en Belgique, à Bruxelles"."""
    return any(
        _is_town(place) and place.country == other.country and other.region in ("", place.region)
        for place in one.places
        for other in wide
    )


def _without_provinces(towns: Sequence[Place]) -> list[Place]:
    """ "Montréal, Québec": a province, where another town of its country is named."""
    provinces = [one for one in towns if is_exception("province", [fold(one.name_fr)])]
    others = [one for one in towns if one not in provinces]
    return others or list(towns)


def _town_of(told: list[Place], folded: Sequence[str], found: Sequence[Mention]) -> list[Place]:
    """The commune beside its region, or what a misspelled name beside a country means."""
    if len(told) != 1 or _is_town(told[0]):
        return told
    known = {at for one in found for at in range(one.start, one.end)}
    left = [
        word
        for at, word in enumerate(folded)
        if at not in known and not _is_frame(word) and not is_function_word(word)
    ]
    if not 0 < len(left) <= _LONGEST:
        return told
    if _is_country(told[0]):  # "ميونيخ بألمانيا"
        guess = near(left, told[0].country)
        return list(guess.places) if guess else told
    communes = [place for _, place in gazetteer.everything().exact(left)]
    return [one for one in communes if one.region == told[0].region] or told


def _is_ordinary(text: str, rest: Sequence[str]) -> bool:
    """A command, a small word or an everyday noun, which must not become a commune by likeness."""
    return (
        command(text).plain
        or is_no_answer(text)
        or all(is_function_word(word) or is_exception("never_near", [word]) for word in rest)
        or any(word.isdigit() for word in rest)
        or is_exception("never_near", [rest[0]])
    )


def _near(rest: Sequence[str], language: str | None) -> Reading:
    guess = near(rest)
    if guess is None:
        return None
    if guess.sure:
        return _read(guess.places, language)
    return Which(tuple((one, label(one, language)) for one in guess.places))


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

"""Places by how a name is spelled or sounds: "agadr", "9al3at megouna", "rissani" for Er-Rissani.

Plain likeness over 1,503 communes answers wrong without saying so: a town that most people mean
may be a little misspelled, a commune hardly at all, and two that are as near are both asked about.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from nlu.lexicon import Lexicon, lexicon
from nlu.normalise import fold
from nlu.readers import gazetteer
from nlu.readers.gazetteer import Entry, Place
from nlu.times.spelling import skeleton

_SURE: Final = 85
_PERHAPS: Final = 75
_COMMUNE_SURE: Final = 92
_SOUNDS: Final = 60
"""How alike two names must be written that have the same consonants."""
_APART: Final = 4
"""How much closer than the second the best spelling must be to be taken without asking."""
_LEAST: Final = 4
"""Letters, or consonants, below which nothing is like anything."""
_SAME_SOUND: Final = str.maketrans(
    {"q": "k", "c": "k", "h": "", "3": "", "w": "", "y": "", "j": "g"}
)
_ARABIC_SOUND: Final = str.maketrans({
    "ا": "", "و": "", "ي": "", "ع": "", "ه": "", "ط": "ت", "ض": "د", "ظ": "د", "ذ": "د", "ص": "س", "ق": "ك",
    "ث": "ت", "غ": "ك", "ج": "ك",
})  # fmt: skip
_ARTICLE: Final = "ال"
_WRITTEN: Final = {
    "my": "moulay", "mly": "moulay", "sid": "sidi", "wad": "oued", "ouad": "oued", "oed": "oued", "beni": "bni",
    "ouled": "oulad", "wlad": "oulad", "awlad": "oulad", "ayt": "ait", "cheikh": "chikh",
}  # fmt: skip
"""Words that stand in many names and are written in many ways."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Places that may be meant; ``sure``: the one there is need not be asked about."""

    places: tuple[Place, ...]
    sure: bool


def near(folded: Sequence[str], country: str = "") -> Guess | None:
    """The places named nearly like these words; only of one country where it is told."""
    said = " ".join(folded)
    if len(said) < _LEAST:
        return None
    if country:
        return _best(_closest(said, True, _PERHAPS, lambda one: one.country == country), _PERHAPS)
    whole = _exact(folded) or _whole_but_article(folded)
    if whole:
        return Guess(tuple(whole), len(whole) == 1)
    known = _closest(said, True, _PERHAPS)
    is_near = bool(known) and known[0][1] >= _SURE
    close = (
        known if is_near else (_closest(said, False, _COMMUNE_SURE) or _sounding(folded) or known)
    )
    floor = _SURE if is_near else _SOUNDS if close is not known else _SURE
    guess = _best(close, floor)
    if guess is None and close and len(said) > _LEAST and _begins_alike(said, close[0][0]):
        return Guess(tuple(one for one, _ in close[:3]), False)
    return guess


def _best(close: Sequence[tuple[Place, float]], floor: int) -> Guess | None:
    """The first, if it is near enough; the others too, if they are as near."""
    if not close or close[0][1] < floor:
        return None
    (first, score), *others = close
    if all(score - other >= _APART for _, other in others):
        return Guess((first,), True)
    return Guess(tuple(one for one, _ in close[:3]), False)


def _begins_alike(said: str, one: Place) -> bool:
    names = (fold(name) for name in (one.name_fr, one.name_ar, one.name_en))
    return any(name[:1] == said[:1] for name in names)


Names = tuple[tuple[str, ...], tuple[tuple[Entry, ...], ...]]


@functools.cache
def _spellings(known: bool) -> Names:
    """All names as folded text, and the entries of each: what a spelling is compared with."""
    names: dict[str, list[Entry]] = defaultdict(list)
    for name, entry in gazetteer.known_names() if known else gazetteer.commune_names():
        folded = fold(name)
        if len(folded) >= _LEAST and not _never().exact(folded.split()):
            names[folded].append(entry)
    return tuple(names), tuple(tuple(entries) for entries in names.values())


def _never() -> Lexicon[str]:
    return lexicon("place_exceptions", "codes", "kind", "never")


def _closest(
    said: str, known: bool, cutoff: int, fits: Callable[[Place], bool] = lambda _: True
) -> list[tuple[Place, float]]:
    names, entries = _spellings(known)
    ranked = process.extract(said, names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=12)
    scores: dict[Place, float] = {}
    for _, score, index in ranked:
        for one in filter(fits, gazetteer.best(entries[index])):
            scores.setdefault(one, score)
    return list(scores.items())[:6]


def _bare(folded: Iterable[str]) -> list[str]:
    """Without articles and "de", which are said or left out as one likes."""
    articles = lexicon("place_words", "kind", "kind", "article")
    return [_WRITTEN.get(word, word) for word in folded if word not in articles]


@functools.cache
def _by_bare_name() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in gazetteer.communes().values():
        for name in (place.name_fr, place.name_ar):
            folded = fold(name).split()
            bare = _bare(folded)
            if bare and place not in found[" ".join(bare)]:
                found[" ".join(bare)].append(place)
    return found


def _exact(folded: Sequence[str]) -> list[Place]:
    entries = gazetteer.everything().exact(folded)
    return gazetteer.best(entries) if entries else []


def _whole_but_article(folded: Sequence[str]) -> list[Place]:
    """ "rissani", "boumalne du dades"."""
    return _by_bare_name().get(" ".join(_bare(folded)), [])


def _sound(folded: Sequence[str]) -> str:
    """What the spellings of one name have in common: its consonants."""
    words = _bare(folded)
    if words and words[0][0] >= "\u0600":
        return "".join(word.removeprefix(_ARTICLE).translate(_ARABIC_SOUND) for word in words)
    written = (word.replace("rh", "gh").replace("x", "ks") for word in words)
    bones = "".join(skeleton(word).translate(_SAME_SOUND) for word in written)
    return "".join(one for at, one in enumerate(bones) if at == 0 or one != bones[at - 1])


@functools.cache
def _by_sound() -> dict[str, list[tuple[str, Place]]]:
    found: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for name, (_, place) in (*gazetteer.commune_names(), *gazetteer.known_names()):
        folded = fold(name)
        sound = _sound(folded.split())
        for one in {sound, sound.removeprefix("l")}:
            found[one].append((folded, place))
    return found


def _sounding(folded: Sequence[str]) -> list[tuple[Place, float]]:
    """The places with the same consonants, the most alike first."""
    said, sound = " ".join(folded), _sound(folded)
    if len(sound) < _LEAST:
        return []
    told = _by_sound().get(sound) or _by_sound().get(sound.removeprefix("l")) or []
    scores: dict[Place, float] = {}
    for name, place in told:
        scores[place] = max(scores.get(place, 0.0), fuzz.ratio(said, name))
    alike = [(place, score) for place, score in scores.items() if score >= _SOUNDS]
    return sorted(alike, key=lambda one: -one[1])

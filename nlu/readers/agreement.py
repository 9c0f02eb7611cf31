"""Answers to a yes/no question: words that agree or refuse, and what turns them round.

"D'accord" agrees and "pas d'accord" refuses; "problème" says nothing and "pas de problème"
agrees; "je sais" says nothing and "je ne sais pas" is no answer. So every word that denies is
given to the word it denies, and then what is said outright counts more than what follows from it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Final

from nlu.commands import command, without_courtesy
from nlu.language import detect
from nlu.lexicon import Hit, Lexicon, cells, denied, lexicon, rows
from nlu.meaning import Found, Reading
from nlu.normalise import fold
from nlu.readers.spelling import respelled, undenied

_AHEAD: Final = 3
"""How many words may stand between "pas" and what it denies."""
_MOST: Final = 60
_SHORT: Final = 6
_LENGTHY: Final = 8
_STRANGE: Final = {
    "willing": 2,
    "weak": 2,
    "strong": 4,
    "agree": 12,
    "fit": 12,
    "fine": 12,
    "denied": 8,
}
"""Words of which nothing is known, beyond which what was said says something else."""
_DENIES: Final = "ماشي"
_MA: Final = ("ma", "ما")
_DENIED: Final = {
    "harm": "fine", "wrong": "fine", "doubt": "unsure", "agree": "refused", "fit": "refused", "will": "refused",
    "yes": "refused", "strong": "refused", "weak": "refused", "able": "refused", "self": "refused",
}  # fmt: skip
"""What a word comes to that is denied; of several within reach the first of these kinds is."""
_SAID: Final = {
    "yes": "yes", "no": "no", "strong": "strong", "weak": "weak", "agree": "agree", "fit": "fit",
    "will": "willing", "wrong": "wrong", "yet": "denied", "atall": "denied", "unsure": "unsure", "question": "question",
}  # fmt: skip
_ALONE: Final = {"yes": True, "fit": True, "no": False, "atall": False}
"""What a word of these kinds answers that is the whole message."""
_ORDER: Final = list(_DENIED)


def yes_no(text: str) -> Reading:
    """True or False; None when the message says neither, or both, or asks."""
    meaning = command(text)
    folded = fold(text).split()
    start, end = without_courtesy(folded)
    rest = folded[start:end][:_MOST]
    if meaning.plain and meaning.intent in ("affirm", "deny"):
        return Found(meaning.intent == "affirm")
    # "correct" is a command too, and "أبدا" is folded as "ابدأ" is.
    whole = set(_words().exact(rest)) & _ALONE.keys()
    if len(whole) == 1:
        return Found(_ALONE[whole.pop()])
    if meaning.plain and meaning.intent not in ("join_programme", "thanks"):
        return None
    if "?" in text or "؟" in text:
        return None
    return _agreed(rest, detect(text).variety)


def is_no_answer(text: str) -> bool:
    """It refuses, or says that one does not know: so it is no name and no place."""
    signs = {sign for sign, _ in _signs(_known_verbs(fold(text).split()[:_MOST]))}
    # "Marrakech" looks like a verb denied in Darija.
    return "unsure" in signs or (yes_no(text) == Found(False) and signs != {"denied"})


def _words() -> Lexicon[str]:
    return lexicon("yes_no_words", "kind")


def _agreed(folded: Sequence[str], variety: str | None) -> Reading:
    if variety not in ("arizi", None) and "la" in folded:
        folded = ["le" if word == "la" else word for word in folded]  # "la ville": an article
    spread = _known_verbs(folded)
    said = list(_signs(spread))
    signs = {sign for sign, _ in said}
    if "question" in signs:
        return None
    outright = signs & {"yes", "no"}
    if outright:
        return _outright(said, outright, len(spread))
    return None if "unsure" in signs else _followed(signs, _strange(spread), len(spread))


def _outright(said: Sequence[tuple[str, int]], outright: set[str], size: int) -> Reading:
    """A yes or a no in so many words: at the beginning it counts more than what comes after."""
    signs = {sign for sign, _ in said}
    if len(outright) > 1:
        return None
    leads = next(sign for sign, _ in said if sign not in ("weak", "strong")) in outright
    if "no" in outright:
        return Found(False) if leads or "unsure" not in signs else None
    contradicted = signs & {"refused", "wrong", "unsure"}
    return None if contradicted and not (leads and size > _LENGTHY) else Found(True)


def _followed(signs: set[str], strange: int, size: int) -> Reading:
    """What follows from the words that agree, fit, are wanted, or are denied."""
    allowed = {sign for sign in signs if strange <= _STRANGE.get(sign, strange)}
    agrees, refuses = allowed & {"agree", "fit", "fine", "willing"}, allowed & {"refused", "wrong"}
    if refuses:
        return None if agrees - {"willing"} else Found(False)
    if agrees or "strong" in allowed:
        return Found(True)
    if "denied" in allowed and size <= _LENGTHY:
        return Found(False)
    return Found(True) if "weak" in allowed and size <= _SHORT else None


def _strange(folded: Sequence[str]) -> int:
    return len(folded) - sum(hit.end - hit.start for hit in _words().find(folded, loose=True))


def _known_verbs(folded: Sequence[str]) -> list[str]:
    """Every word as the list knows it; a verb that Darija denies as one of the same kind."""
    found: list[str] = []
    at = 0
    while at < len(folded):
        verb, end = denied(folded, at) or _after_ma(folded, at)
        is_verb = bool(verb and denied(folded, at) and folded[at][:2] in _MA and len(verb) > 2)
        canon = (_same_kind(verb) if verb else "") or (verb if is_verb else "")
        found += [_DENIES, canon] if canon else folded[at : at + 1]
        at = end if canon else at + 1
    return respelled(undenied(found, _words()), "yes_no_words", "kind")


def _after_ma(folded: Sequence[str], at: int) -> tuple[str, int]:
    """ "ma fhemt walo" has no "ch" at its end."""
    is_split = folded[at] in ("ma", "ما") and at + 1 < len(folded)
    return (folded[at + 1], at + 2) if is_split else ("", at + 1)


@functools.lru_cache(maxsize=1024)
def _same_kind(verb: str) -> str:
    """ "كيعجبني" is as good as "بغيت" and "3reft" as "أعرف": by the root they hold."""
    for kind, canon in (("denied_unsure", "اعرف"), ("denied_no", "بغيت")):
        if any(root in verb.replace("q", "9") for root in _roots(kind)):
            return canon
    return ""


@functools.cache
def _roots(kind: str) -> tuple[str, ...]:
    told = (row["words"] for row in rows("yes_no_words") if row["kind"] == kind)
    return tuple(fold(root).replace("q", "9") for words in told for root in cells(words))


def _signs(folded: Sequence[str]) -> Iterator[tuple[str, int]]:
    """What each word comes to, for what denies it, and where it stands."""
    hits = _words().find(folded, loose=True)
    turned: set[int] = set()
    for hit in hits:
        if "not" not in hit.values:
            continue
        alone = "alone" in hit.values
        target = _target(hit, hits, behind=not alone)
        if target:
            turned.add(target.start)
        else:
            yield ("no" if alone else "denied"), hit.start
    for hit in hits:
        told = _DENIED if hit.start in turned else _SAID
        yield from ((told[kind], hit.start) for kind in hit.values if kind in told)


def _target(hit: Hit[str], hits: Sequence[Hit[str]], behind: bool) -> Hit[str] | None:
    """What is denied: "pas d'accord", "لا أريد", or before it "ça m'intéresse pas".

    Of "pas encore décidé" and "ça ne me dérange pas" it is the verb, not the small words.
    """
    near = [one for one in hits if _rank(one) and 0 <= one.start - hit.end < _reach(one, behind)]
    if near or not behind:
        return min(near, key=lambda one: _rank(one), default=None)
    said = (one for one in reversed(hits) if _rank(one) and "wrong" not in one.values)
    return next((one for one in said if 0 <= hit.start - one.end < 2), None)


def _reach(hit: Hit[str], behind: bool) -> int:
    """ "pas d'erreur" denies it, "no, that's wrong" does not."""
    if "wrong" in hit.values:
        return 2 if behind else 0
    return _AHEAD


def _rank(hit: Hit[str]) -> int:
    """Which kind of word is denied first; 0 for those that cannot be."""
    return min((_ORDER.index(kind) + 1 for kind in hit.values if kind in _DENIED), default=0)

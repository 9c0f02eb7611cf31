"""A person's name, out of "je m'appelle Amina Benali" or "amina benali"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlu.commands import command, is_polite, without_courtesy
from nlu.language import is_function_word
from nlu.lexicon import Lexicon, lexicon, variants
from nlu.meaning import Found, Reading
from nlu.normalise import Word, clean, words
from nlu.readers import gazetteer
from nlu.readers.business import sector_words
from nlu.readers.numbers import numbers
from nlu.readers.places import mentions

_MOST_WORDS: Final = 5
_LONGEST: Final = 60
_BREAKS: Final = ",;:!?.\n،؛؟/()|"
_INNER: Final = ("-", "'", "’", "‘", "`")


def full_name(text: str) -> Reading:
    """The name as it is to be shown, or None when the answer is not a name."""
    text = clean(text)
    said = words(text)
    folded = [word.text for word in said]
    if not said or "?" in text or "؟" in text or "@" in text:
        return None
    led = after_lead(text, said)
    if led:
        return Found(shown(text, said, *led))
    if command(text).intent == "change_language" or command(text).plain or is_polite(text):
        return None
    start, end = without_courtesy(folded)
    name = name_at(text, said, _after_title(folded, start), bare=True)
    return Found(shown(text, said, *name)) if name and _is_all(text, said, name, end) else None


def _is_all(text: str, said: Sequence[Word], name: tuple[int, int], end: int) -> bool:
    """The name is the answer: nothing follows, or a comma and what else was volunteered."""
    start, after = name
    known = any(word.text in _words("first") for word in said[start:after])
    return after >= end or (known and _is_broken(text, said[after - 1], said[after]))


def _words(kind: str) -> Lexicon[str]:
    return lexicon("name_words", "kind", "kind", kind)


def _after_title(folded: Sequence[str], at: int) -> int:
    hit = _words("title").at(folded, at)
    return hit.end if hit and hit.end < len(folded) else at


def after_lead(text: str, said: Sequence[Word]) -> tuple[int, int] | None:
    """From which to which word the name goes that follows "my name is", "ana", "اسمي"."""
    folded = [word.text for word in said]
    for at in range(len(folded)):
        for kind in ("lead", "weak"):
            lead = _words(kind).at(folded, at)
            start = _after_title(folded, lead.end) if lead else 0
            found = name_at(text, said, start, bare=kind == "lead") if lead else None
            if found and (kind == "lead" or _is_surely_name(text, said[found[0]])):
                return found
    return None


def _is_surely_name(text: str, word: Word) -> bool:
    """After a mere "je suis": a known first name, or a capital that no other word explains."""
    typed = text[word.start : word.end]
    if word.text in _words("first"):
        return True
    return typed[0].isupper() and not typed.isupper() and command(typed).intent is None


def name_at(text: str, said: Sequence[Word], start: int, bare: bool) -> tuple[int, int] | None:
    """The name that begins at this word: up to five words that are nothing else."""
    end = start
    while end < len(said) and (end == start or not _is_broken(text, said[end - 1], said[end])):
        is_inner = end > start and _is_glued(text, said[end - 1], said[end])
        if not (
            is_inner or _is_name_word(said[end].text, end > start, bare or _ends(text, said, end))
        ):
            break
        end += 1
    while end > start and said[end - 1].text in _words("particle") and end - start > 1:
        end -= 1
    size = end - start
    if not 0 < size <= _MOST_WORDS + 2 or said[end - 1].end - said[start].start > _LONGEST:
        return None
    spoken = len(text[said[start].start : said[end - 1].end].split())
    folded = [word.text for word in said[start:end]]
    return (start, end) if spoken <= _MOST_WORDS and not _is_something_else(folded, bare) else None


def _is_broken(text: str, before: Word, after: Word) -> bool:
    """A comma or a full stop ends a name; "Ben. Ali" is rare, "Amina. J'ai" is not."""
    return any(mark in _BREAKS for mark in text[before.end : after.start])


def _is_glued(text: str, before: Word, after: Word) -> bool:
    return text[before.end : after.start] in (*_INNER, "")


def _ends(text: str, said: Sequence[Word], at: int) -> bool:
    """Nothing, or a comma, comes after: "أنا عائشة", not "أنا عايشة فبرلين"."""
    return at + 1 == len(said) or _is_broken(text, said[at], said[at + 1])


def _is_name_word(word: str, follows: bool, trusted: bool) -> bool:
    """Can this word be part of a name? ``trusted``: a first name is one, whatever else it means."""
    if not word.isalpha():
        return False
    if (trusted and word in _words("first")) or (follows and word in _words("particle")):
        return True
    if word in _words("not_name") or word in _words("stop"):
        return False
    if word in _words("first") or word in _words("particle"):
        return True
    # "وعمري": Arabic writes "and" onto the word that ends the name.
    if any(is_function_word(one) for one in (variants(word) if follows else [word])):
        return False
    # A trade is a surname too ("Haddad", "Najjar", "Khayat"), but never stands first.
    return follows or not sector_words().exact([word])


def _is_something_else(folded: Sequence[str], bare: bool) -> bool:
    """A town, a number or a sector standing where a name was asked."""
    if len(folded) == 1 and (len(folded[0]) < 2 or folded[0] in _words("particle")):
        return True
    if any(one.marked for one in mentions(folded)):
        return True
    if any(word in _words("first") for word in folded):
        return False
    entries = gazetteer.well_known().exact(folded)
    is_town = bool(entries) and min(tier for tier, _ in entries) < 2
    return is_town or bool(numbers(folded)) or bool(bare and sector_words().exact(folded))


def shown(text: str, said: Sequence[Word], start: int, end: int) -> str:
    """The name in Title Case where it is in Latin letters, as typed otherwise."""
    typed = clean(text[said[start].start : said[end - 1].end])
    parts = typed.split()
    return " ".join(_titled(part, at > 0) for at, part in enumerate(parts))


def _titled(part: str, inner: bool) -> str:
    if inner and part.casefold() in _words("lower") and part.islower():
        return part
    if not (part.islower() or part.isupper()):
        return part
    pieces, capital = [], True
    for letter in part:
        pieces.append(letter.upper() if capital else letter.lower())
        capital = letter in _INNER
    return "".join(pieces)

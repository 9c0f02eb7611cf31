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
from nlu.readers.agreement import is_no_answer
from nlu.readers.business import sector_words
from nlu.readers.numbers import numbers
from nlu.readers.places import mentions
from nlu.times.spelling import is_arabizi

_MOST_WORDS: Final = 5
_LONGEST: Final = 60
_BREAKS: Final = ",;:!?.\n،؛؟/()|"
_LONGEST_AFTER: Final = 5
_LETTERS: Final = str.maketrans({"7": "h", "9": "k", "3": "", "5": "kh"})
_INNER: Final = ("-", "'", "’", "‘", "`")


def full_name(text: str) -> Reading:
    """The name as it is to be shown, or None when the answer is not a name."""
    text = clean(text)
    said = words(text)
    if not said or "?" in text or "؟" in text or "@" in text:
        return None
    spans = _fields(text, said) or after_lead(text, said, asked=True)
    if spans:
        return Found(" ".join(shown(text, said, *span) for span in spans))
    if command(text).intent == "change_language" or command(text).plain or is_polite(text):
        return None
    start, end = _without_frame([word.text for word in said])
    name = name_at(text, said, _after_title(text, said, start), bare=True)
    if name is None or not _is_all(text, said, name, end):
        return None
    known = any(word.text in _words("first") for word in said[slice(*name)])
    return Found(shown(text, said, *name)) if known or not is_no_answer(text) else None


def _without_frame(folded: Sequence[str]) -> tuple[int, int]:
    """From which to which word the answer goes without "m3ak" before and "à l'appareil" after."""
    start, end = without_courtesy(folded)
    opening = _words("start").at(folded, start)
    start = opening.end if opening and opening.end < end else start
    sizes = range(min(_LONGEST_AFTER, end - start - 1), 0, -1)
    return start, end - next((n for n in sizes if _words("after").exact(folded[end - n : end])), 0)


def _fields(text: str, said: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """Where the first and the last name stand that are told apart: "nom: Alami, prénom: Sara"."""
    found: dict[str, tuple[int, int]] = {}
    folded = [word.text for word in said]
    for at in range(len(folded)):
        for kind in ("given", "family"):
            hit = _words(kind).at(folded, at, loose=True)
            name = name_at(text, said, hit.end, bare=True) if hit and hit.end < len(said) else None
            if name:
                found.setdefault(kind, name)
    return (found["given"], found["family"]) if len(found) == len(("given", "family")) else ()


def _is_all(text: str, said: Sequence[Word], name: tuple[int, int], end: int) -> bool:
    """The name is the answer: nothing follows, or a comma and what else was volunteered."""
    start, after = name
    if after >= end:
        return True
    known = any(word.text in _words("first") for word in said[start:after])
    return known and (
        _is_broken(text, said[after - 1], said[after]) or _tells_home(said[after:end])
    )


def _tells_home(said: Sequence[Word]) -> bool:
    """ "Hamza from Rabat", "هند من طنجة"."""
    folded = [word.text for word in said]
    glued = any(folded[0].startswith(letter) for letter in "fف")
    found = mentions(folded) if folded[0] in _words("from") or glued else []
    return any(one.end == len(folded) and one.marked for one in found)


def _words(kind: str) -> Lexicon[str]:
    return lexicon("name_words", "kind", "kind", kind)


def _after_title(text: str, said: Sequence[Word], at: int) -> int:
    """After "Monsieur"; the first letter of "M'hamed" is no title."""
    hit = _words("title").at([word.text for word in said], at)
    if hit is None or hit.end >= len(said) or _is_glued(text, said[hit.end - 1], said[hit.end]):
        return at
    return hit.end


def after_lead(text: str, said: Sequence[Word], asked: bool = False) -> tuple[tuple[int, int], ...]:
    """From which to which word the name goes that follows "my name is", "ana", "اسمي".

    ``asked``: the name was asked for. In passing "my name" may as well be "written wrong", and
    "call me" speaks of the telephone: then only what surely is a name is one.
    """
    folded = [word.text for word in said]
    for at in range(len(folded)):
        for kind in ("lead", "call", "tell", "weak"):
            end = _lead_end(folded, at, kind)
            led = kind == "lead" or (asked and kind != "weak")
            found = name_at(text, said, _after_title(text, said, end), bare=led) if end else None
            if found and ((led and asked) or _is_surely_name(text, said, found[0])):
                return (found,)
    return ()


def _lead_end(folded: Sequence[str], at: int, kind: str) -> int:
    """Where a lead ends with what belongs to it: "smiti hiya", "السمية ديالي", "3eyto lia"; or 0."""
    lead = _words(kind).at(folded, at)
    if lead is None:
        return 0
    end = lead.end
    if kind == "tell":
        whom = _words("me").at(folded, end)
        if whom is None:
            return 0
        end = whom.end
    while kind != "weak" and (link := _words("link").at(folded, end)):
        end = link.end
    return end


def _is_surely_name(text: str, said: Sequence[Word], at: int) -> bool:
    """After a mere "je suis": a known first name, or a capital that no other word explains."""
    word = said[at]
    typed = text[word.start : word.end]
    if _words("first").at([one.text for one in said], at) or _is_first(word.text):
        return True
    return typed[0].isupper() and not typed.isupper() and command(typed).intent is None


def name_at(text: str, said: Sequence[Word], start: int, bare: bool) -> tuple[int, int] | None:
    """The name that begins at this word: up to five words that are nothing else."""
    end = start
    while end < len(said) and (end == start or not _is_broken(text, said[end - 1], said[end])):
        is_inner = end > start and _is_glued(text, said[end - 1], said[end])
        is_piece = is_inner or _is_initial(text, said, start, end)
        trusted = bare or _ends(text, said, end)
        if not (is_piece or _is_name_word(said[end].text, end > start, trusted)):
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


def _is_initial(text: str, said: Sequence[Word], start: int, at: int) -> bool:
    """ "Hajar L.", "M'hamed"."""
    word = said[at]
    if word.end - word.start > 1:
        return False
    if at == start:
        return at + 1 < len(said) and _is_glued(text, word, said[at + 1])
    return text[word.start].isupper() and _ends(text, said, at)


def _is_name_word(word: str, follows: bool, trusted: bool) -> bool:
    """Can this word be part of a name? ``trusted``: a first name is one, whatever else it means."""
    if not word.isalpha():
        is_small = is_function_word(word) or word in _words("stop")
        is_like = follows and is_arabizi(word) and not is_small
        return is_like or _is_first(word) or word.translate(_LETTERS) in _words("particle")
    if (trusted and word in _words("first")) or (follows and word in _words("particle")):
        return True
    if word in _words("not_name") or word in _words("stop"):
        return False
    if word in _words("particle") or (word in _words("first") and not is_function_word(word)):
        return True  # "علي" is folded as "على" is
    # "وعمري": Arabic writes "and" onto the word that ends the name.
    if any(is_function_word(one) for one in (variants(word) if follows else [word])):
        return False
    # A trade is a surname too ("Haddad", "Najjar", "Khayat"), but never stands first.
    return follows or not sector_words().exact([word])


def _is_first(word: str) -> bool:
    """ "Fati7a" and "3aziza" are Fatiha and Aziza in papers."""
    return word.translate(_LETTERS) in _words("first")


def _is_something_else(folded: Sequence[str], bare: bool) -> bool:
    """A town, a number or a sector standing where a name was asked."""
    if len(folded) == 1 and (len(folded[0]) < 2 or folded[0] in _words("particle")):
        return True
    if any(one.marked for one in mentions(folded)):
        return True
    if _words("first").find(folded):
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
    for at, letter in enumerate(part):
        pieces.append(letter.upper() if capital else letter.lower())
        capital = letter in _INNER and not (at == 1 and part[0] in "mM")  # "M'hamed"
    return "".join(pieces)

"""Words that name one of a few options and stand on no button: "une fois par mois", "شي مرا"."""

from __future__ import annotations

from nlu.lexicon import lexicon
from nlu.meaning import Found, Reading
from nlu.normalise import fold


def option(name: str, text: str) -> Reading:
    """The code that a text names among those of ``name`` in ``data/option_words.csv``.

    Two codes in one text are none: the question is asked again.
    """
    hits = lexicon("option_words", "code", only="option", among=name).find(fold(text).split())
    codes = {hit.values[0] for hit in hits}
    return Found(codes.pop()) if len(codes) == 1 else None

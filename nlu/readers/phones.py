"""Telephone numbers, as typed in Morocco or abroad."""

from __future__ import annotations

from collections.abc import Iterator

import phonenumbers

from nlu.meaning import Found, Reading
from nlu.normalise import LONGEST


def phone(text: str, region: str = "MA") -> Reading:
    """The one valid telephone number in the text, in E.164 ("+212612345678")."""
    digits = "".join(str(_digit(c)) if c.isdecimal() else c for c in text[:LONGEST])
    found = dict.fromkeys(_numbers(digits, region))
    return Found(next(iter(found))) if len(found) == 1 else None


def _digit(character: str) -> int:
    return int(character)


def _numbers(text: str, region: str) -> Iterator[str]:
    whole = _parsed(text.strip().removeprefix("whatsapp:"), region)
    if whole:
        yield whole
        return
    for match in phonenumbers.PhoneNumberMatcher(text, region):
        yield _e164(match.number)


def _parsed(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return _e164(number) if phonenumbers.is_valid_number(number) else None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

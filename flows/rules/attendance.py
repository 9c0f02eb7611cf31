"""What a session came to, from what each of the two says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NO_SHOWS: int = 2
"""From so many sessions that somebody did not come to, an operator looks after it."""
Side = Literal["mentee", "mentor"]
State = Literal["held", "not_held", "disputed"]


@dataclass(frozen=True, slots=True)
class Said:
    """One side's word. ``why`` it was not held: "me", "them" (the other did not come) or "both"."""

    held: bool
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is written down; ``missed`` is who did not come, where the two agree on it."""

    state: State
    missed: Side | Literal[""] = ""


def outcome(mentee: Said | None, mentor: Said | None, final: bool = False) -> Outcome | None:
    """None while the other has not answered; ``final``: one word alone counts.

    Where one says held and the other not, or each blames the other, an operator must ask.
    """
    told: tuple[tuple[Side, Said | None], ...] = (("mentee", mentee), ("mentor", mentor))
    said = [(side, word) for side, word in told if word is not None]
    if not said or (len(said) == 1 and not final):
        return None
    if len({word.held for _, word in said}) > 1:
        return Outcome("disputed")
    if said[0][1].held:
        return Outcome("held")
    blamed = {_absent(side, word) for side, word in said if word.why}
    if len(blamed) > 1:
        return Outcome("disputed")
    return Outcome("not_held", blamed.pop() if blamed else "")


def _absent(side: Side, word: Said) -> Side | Literal[""]:
    """Whom one side says did not come."""
    if word.why == "me":
        return side
    if word.why == "them":
        return "mentor" if side == "mentee" else "mentee"
    return ""

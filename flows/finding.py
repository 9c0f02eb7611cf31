"""Whom one meets, how, and at what hour: the questions that lead to it. Words: messages/*/scheduling.ftl"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from flows import hours
from flows.effects import Effect, OfferHour, Option, Phrase
from flows.people import Bond, Person, Session
from flows.rules.slots import Interval, Slot
from flows.steps import Answers, AnyStep, Choose, Condition, Do

WAYS: Final = ("video", "voice", "in_person", "text")
_CHOSEN: Final = ("answer", "slot", "more", "in_week", "hour", "sure", "instead")
"""The steps that an hour may come from; the last one counts."""
MEETINGS: Final = (
    "schedule_session", "reschedule_session", "cancel_session", "my_sessions", "running_late",
)  # fmt: skip
"""What is said of a meeting where its hour is being asked is most often the answer."""


# Who meets whom


def pairs(person: Person) -> list[Bond]:
    """Those with whom this person may meet, the newest first."""
    bonds = [b for b in person.mentoring.bonds if b.kind == "pair" and b.state == "active"]
    return sorted(bonds, key=lambda bond: bond.since, reverse=True)


def pair(answers: Answers, person: Person) -> Bond | None:
    """The pair whose meeting is arranged."""
    session = moving(answers, person)
    id = session.pair if session else int(answers.get("bond") or 0)
    if not id:
        id = int(str(answers.get("partner") or "0").rpartition(":")[2])
    return next((bond for bond in pairs(person) if bond.id == id), None)


def moving(answers: Answers, person: Person) -> Session | None:
    """The session that is to have another hour, if it is not a new one."""
    named = answers.get("session") or str(answers.get("which") or "").rpartition(":")[2]
    found = person.mentoring.session(int(named or 0))
    return found if found and found.is_open else None


def asks_whom(answers: Answers, person: Person) -> bool:
    return not any(answers.get(known) for known in ("bond", "session", "move"))


def asks_which(answers: Answers, person: Person) -> bool:
    return bool(answers.get("move")) and not answers.get("session")


def is_over(answers: Answers, person: Person) -> bool:
    """Nobody to meet, or the session that was to move is gone."""
    waits = (asks_whom(answers, person) and "partner" not in answers) or (
        asks_which(answers, person) and "which" not in answers
    )
    gone = answers.get("session") and moving(answers, person) is None
    return bool(gone) or (not waits and pair(answers, person) is None)


def partners(answers: Answers, person: Person) -> Sequence[Option]:
    return [Option(f"pair:{bond.id}", bond.partner.name) for bond in pairs(person)]


def coming(answers: Answers, person: Person) -> Sequence[Option]:
    """One's booked sessions, to say which is meant."""
    return [
        Option(f"session:{one.id}", hours.label(one.start, person))
        for one in person.mentoring.coming()
    ]


def names(answers: Answers, person: Person) -> dict[str, Any]:
    bond = pair(answers, person)
    return {"partner": bond.partner.name if bond else ""}


# How they meet


def ways(person: Person, bond: Bond) -> list[str]:
    """The ways to meet that both told, those with a voice first."""
    own = person.mentoring.mentor if bond.role == "mentor" else person.profile
    both = set((own or {}).get("meet") or WAYS) & set(bond.partner.portrait.get("meet") or WAYS)
    return [way for way in WAYS if way in both] or ["voice"]


def usual_way(person: Person, bond: Bond) -> str:
    """How they met the last time."""
    before = [one for one in person.mentoring.sessions if one.pair == bond.id]
    return before[-1].way if before else ""


def asks_way(answers: Answers, person: Person) -> bool:
    """Asked once the hour is chosen, of two who never met; an offer says its own way."""
    bond = pair(answers, person)
    if bond is None or bond.offer or not is_chosen(answers, person) or usual_way(person, bond):
        return False
    return len([way for way in ways(person, bond) if way != "text"]) > 1


def way_options(answers: Answers, person: Person) -> Sequence[Option]:
    bond = pair(answers, person)
    told = ways(person, bond) if bond else ()
    return [Option(way, Phrase("scheduling-ways", way)) for way in told if way != "text"]


def way(answers: Answers, person: Person, bond: Bond) -> str:
    offered = bond.offer.way if bond.offer else ""
    return answers.get("way") or offered or usual_way(person, bond) or ways(person, bond)[0]


# When


def since(answers: Answers) -> datetime | None:
    """Not long before this is the next session due, by the rhythm that was agreed."""
    told = answers.get("since")
    return datetime.fromisoformat(told) if told else None


def slots(answers: Answers, person: Person) -> tuple[Slot, ...]:
    """The best for both; the hour that is open between them is known already."""
    bond = pair(answers, person)
    return hours.free(person, bond, _open(bond), since(answers)) if bond else ()


def _open(bond: Bond) -> list[Interval]:
    one = bond.offer
    return [(one.start, one.start + timedelta(minutes=one.minutes))] if one else []


def other_slots(answers: Answers, person: Person) -> tuple[Slot, ...]:
    """The next best, without those that were shown first."""
    bond = pair(answers, person)
    if bond is None:
        return ()
    shown = [(slot.start, slot.end) for slot in slots(answers, person)]
    return hours.free(person, bond, [*_open(bond), *shown], since(answers))


def slots_on(answers: Answers, person: Person) -> tuple[Slot, ...]:
    """Free hours of the day or week that was named."""
    bond, on = pair(answers, person), hours.settled(answers, _CHOSEN)[1]
    return hours.free_on(on, person, bond) if bond and on else ()


def buttons(of: Callable[[Answers, Person], Sequence[Slot]]) -> Any:
    def options(answers: Answers, person: Person) -> Sequence[Option]:
        return [hours.option(slot, person) for slot in of(answers, person)]

    return options


def lines(of: Callable[[Answers, Person], Sequence[Slot]]) -> Any:
    """The same hours on both clocks, where they differ."""

    def details(answers: Answers, person: Person) -> Sequence[Phrase]:
        bond = pair(answers, person)
        told = (
            [hours.clocks(slot.start, person, bond) for slot in of(answers, person)] if bond else []
        )
        if not any(phrase.attribute for phrase in told):
            return ()
        return [Phrase("common-item", None, {"item": phrase}) for phrase in told]

    return details


def proposed(of: Callable[[Answers, Person], Sequence[Slot]]) -> Any:
    """The other's name, and how many hours are shown."""

    def values(answers: Answers, person: Person) -> dict[str, Any]:
        return {**names(answers, person), "found": "some" if of(answers, person) else "none"}

    return values


def chosen(answers: Answers, person: Person) -> datetime | None:
    """The instant of the hour that was chosen, once there is one."""
    bond, code = pair(answers, person), hours.settled(answers, _CHOSEN)[0]
    return hours.chosen(code, person, bond) if bond and code else None


def says(name: str, code: str) -> Condition:
    def holds(answers: Answers, person: Person) -> bool:
        return bool(answers.get(name) == code)

    holds.__name__ = f"{name}_{code}"
    return holds


def puts_off(answers: Answers, person: Person) -> bool:
    return "later" in (answers.get(name) for name in _CHOSEN)


def lacks_day(answers: Answers, person: Person) -> bool:
    return "W" in hours.settled(answers, _CHOSEN)[1]


def lacks_hour(answers: Answers, person: Person) -> bool:
    on = hours.settled(answers, _CHOSEN)[1]
    return bool(on) and "W" not in on


def named_day(answers: Answers, person: Person) -> dict[str, Any]:
    on = hours.settled(answers, _CHOSEN)[1]
    shown = datetime.fromisoformat(on) if on and "W" not in on else person.mentoring.now
    found = "some" if on and slots_on(answers, person) else "none"
    return {**names(answers, person), "day": shown, "found": found}


def objects(answers: Answers, person: Person) -> bool:
    """Is there something to be said against an hour that was named in words?"""
    bond, code = pair(answers, person), hours.settled(answers, _CHOSEN)[0]
    start = chosen(answers, person)
    if bond is None or start is None or hours.is_tapped(code):
        return False
    if bond.offer and not bond.offer.mine and bond.offer.start == start:
        return False
    return bool(hours.against(start, person, bond))


def objections(answers: Answers, person: Person) -> Sequence[Phrase]:
    bond, start = pair(answers, person), chosen(answers, person)
    if bond is None or start is None:
        return ()
    told = hours.against(start, person, bond)
    whose = {bond.role: "own", "both": "both"}
    codes = [
        f"{one.reason}_{whose.get(one.whose, 'theirs')}" if one.reason in _SIDED else one.reason
        for one in told
    ]
    name = {"partner": bond.partner.name}
    return [Phrase("scheduling-against", code, name) for code in dict.fromkeys(codes)]


_SIDED: Final = ("holiday",)


def wished(answers: Answers, person: Person) -> dict[str, Any]:
    bond, start = pair(answers, person), chosen(answers, person)
    at = start or person.mentoring.now
    return {**names(answers, person), "when": hours.clocks(at, person, bond) if bond else ""}


def is_chosen(answers: Answers, person: Person) -> bool:
    if puts_off(answers, person) or (answers.get("sure") == "other" and "instead" not in answers):
        return False
    return chosen(answers, person) is not None


def offer_hour(answers: Answers, person: Person) -> Sequence[Effect]:
    bond, start = pair(answers, person), chosen(answers, person)
    if bond is None or start is None:
        return ()
    session = moving(answers, person)
    how = session.way if session else way(answers, person, bond)
    return (OfferHour(bond.id, start, how, hours.MINUTES, session.id if session else 0),)


def show(value: Any, language: str) -> Any:
    """An hour that was answered, as it is read again."""
    told = str(value)[:16]
    if not hours.is_hour(str(value)):
        return told
    return Phrase("scheduling-at", "short", {"at": datetime.fromisoformat(told)})


def choosing(
    when: Condition, asked: Condition | None = None, last: tuple[AnyStep, ...] = ()
) -> tuple[AnyStep, ...]:
    """The questions that lead to an hour: three proposed (``asked``), three more, or in words.

    ``last``: what is asked once the hour is known, before it is offered.
    """

    def also(condition: Condition) -> Condition:
        def both(answers: Answers, person: Person) -> bool:
            return when(answers, person) and condition(answers, person)

        both.__name__ = condition.__name__
        return both

    common: dict[str, Any] = {"eager": True, "own": MEETINGS, "show": show}
    return (
        Choose(
            name="slot",
            among=buttons(slots),
            options=("others", "later"),
            details=lines(slots),
            reader=hours.hour,
            values=proposed(slots),
            when=asked or when,
            **common,
        ),
        Choose(
            name="more",
            among=buttons(other_slots),
            options=("later",),
            details=lines(other_slots),
            reader=hours.hour,
            values=proposed(other_slots),
            when=also(says("slot", "others")),
            **common,
        ),
        Choose(
            name="in_week",
            among=buttons(slots_on),
            options=("later",),
            details=lines(slots_on),
            reader=hours.hour_in_week,
            values=proposed(slots_on),
            when=also(lacks_day),
            **common,
        ),
        Choose(
            name="hour",
            among=buttons(slots_on),
            options=("later",),
            details=lines(slots_on),
            reader=hours.hour_of_day,
            values=named_day,
            when=also(lacks_hour),
            **common,
        ),
        Choose(
            name="sure",
            options=("yes", "other"),
            yes_no=("yes", "other"),
            details=objections,
            reader=hours.full_hour,
            values=wished,
            when=also(objects),
            **common,
        ),
        Choose(
            name="instead",
            among=buttons(slots),
            options=("later",),
            details=lines(slots),
            reader=hours.full_hour,
            values=proposed(slots),
            when=also(says("sure", "other")),
            **common,
        ),
        *last,
        Do(name="offered", when=is_chosen, effect=offer_hour),
    )

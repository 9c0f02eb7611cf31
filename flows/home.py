"""Home: what one can do when nothing is being asked. Words: messages/*/home.ftl"""

from __future__ import annotations

from collections.abc import Sequence

from flows.effects import Option, Phrase
from flows.people import Bond, Person
from flows.steps import Answers, Choose, Flow

ROWS = 10
"""Options that a WhatsApp list can carry."""
IN_WORDS = ("change_language", "my_mentees", "share", "mentor_pause")
"""What gives way where a list is full: it is there in words all the same."""
ALWAYS = ("my_data", "change_language", "talk_to_human", "delete_data")


def codes(person: Person) -> tuple[str, ...]:
    """What this person can do now, most useful first."""
    own = ["applicants", "announce"] if person.operator else []
    bonds = person.mentoring
    paired = bonds.pairs
    if paired:
        own += ["my_sessions" if bonds.coming() else "schedule_session", "write"]
    if not all(_have_numbers(bond) for bond in paired):
        own.append("share")
    if paired:
        own.append("finish")
    if any(bond.role == "mentee" for bond in paired):
        own.append("change_mentor")
    elif person.registered:
        waiting = bonds.latest("request", "mentee", "asked")
        own.append("request_status" if waiting else "find_mentor")
    if any(bond.role == "mentor" for bond in paired):
        own.append("my_mentees")
    if bonds.mentor is not None:
        own.append("mentor_pause")
    if person.registered or bonds.mentor is not None:
        own.append("update_profile")
    offered = [*own, *ALWAYS]
    for code in IN_WORDS:
        if len(offered) > ROWS and code in offered:
            offered.remove(code)
    return tuple(offered)


def _have_numbers(bond: Bond) -> bool:
    return bool(bond.terms.get("i_share") and bond.terms.get("phone"))


def menu(answers: Answers, person: Person) -> Sequence[Option]:
    return [Option(code, Phrase("home-menu", code)) for code in codes(person)]


HOME = Flow("home", (Choose(name="menu", among=menu),))

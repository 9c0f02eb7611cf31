"""Home: what one can do when nothing is being asked. Words: messages/*/home.ftl"""

from __future__ import annotations

from collections.abc import Sequence

from flows.effects import Option, Phrase
from flows.people import Person
from flows.steps import Answers, Choose, Flow

ALWAYS = ("my_data", "change_language", "talk_to_human", "delete_data")


def codes(person: Person) -> tuple[str, ...]:
    """What this person can do now, most useful first."""
    own: list[str] = []
    bonds = person.mentoring
    paired = [b for b in bonds.bonds if b.kind == "pair" and b.state != "ended"]
    if paired:
        own += ["write", "share", "finish"]
    if any(bond.role == "mentee" for bond in paired):
        own.append("change_mentor")
    elif person.registered:
        waiting = bonds.latest("request", "mentee", "asked")
        own.append("request_status" if waiting else "find_mentor")
    if bonds.mentor is not None:
        own.append("mentor_pause")
    own.append("update_profile")
    return (*own, *ALWAYS)


def menu(answers: Answers, person: Person) -> Sequence[Option]:
    return [Option(code, Phrase("home-menu", code)) for code in codes(person)]


HOME = Flow("home", (Choose(name="menu", among=menu),))

"""What people ask about those they are bound to: a mentor to find, a request, an accompaniment."""

from __future__ import annotations

from collections.abc import Callable

from flows.conversation import Conversation
from flows.effects import Propose
from flows.mentor import known
from nlu.meaning import Meaning


def other_mentor(talk: Conversation, meaning: Meaning) -> None:
    """Without blame: the accompaniment is ended by whoever wishes it, and others are proposed."""
    bond = talk.person.mentoring.latest("pair", "mentee", "active", "paused")
    if bond is not None:
        talk.push("parting", {"bond": bond.id})
    elif talk.person.registered:
        find(talk, meaning)
    else:
        talk.say("answers-find-mentor")


def find(talk: Conversation, meaning: Meaning) -> None:
    """Look for mentors, unless one accompanies them, is asked, or they have not joined yet."""
    bonds = talk.person.mentoring
    pair = bonds.latest("pair", "mentee", "active", "paused")
    asked = bonds.latest("request", "mentee", "asked")
    if not talk.person.registered:
        barred = talk.frame and talk.flow(talk.frame).barred(talk.frame["answers"])
        talk.say("answers-find-mentor", "door" if barred else None)
    elif pair is not None:
        talk.say("answers-find-mentor", "paired", partner=pair.partner.name)
    elif asked is not None:
        status(talk, meaning)
    elif not talk.person.profile.get("wish"):
        talk.push("wish")
    elif talk.frame is None or talk.frame["flow"] != "choice":
        talk.do(Propose())


def status(talk: Conversation, meaning: Meaning) -> None:
    """Where a registration or a request stands."""
    bonds = talk.person.mentoring
    pair = bonds.latest("pair", "mentee", "active", "paused")
    asked = bonds.latest("request", "mentee", "asked")
    if pair is not None:
        talk.say("answers-request-status", "paired", partner=pair.partner.name)
    elif asked is not None:
        talk.say("answers-request-status", "asked", partner=asked.partner.name)
    elif bonds.mentor is not None and not talk.person.registered:
        talk.say("mentor-state", str(bonds.mentor["state"]))
    else:
        talk.say("answers-request-status", "joined" if talk.person.registered else None)


def mentor(talk: Conversation, meaning: Meaning) -> None:
    """Becoming a mentor: with what is known already; in the middle of joining it comes after."""
    bonds = talk.person.mentoring
    if bonds.mentor is not None:
        talk.say("mentor-state", str(bonds.mentor["state"]))
    elif talk.frame is None or not talk.flow(talk.frame).lasting:
        talk.push("mentor", known(talk.person))
    elif talk.frame["flow"] != "mentor":
        talk.say("answers-become-mentor")


def mentor_pause(talk: Conversation, meaning: Meaning) -> None:
    talk.push("mentor_pause")


def with_partner(flow: str) -> Callable[[Conversation, Meaning], None]:
    """Open something about the newest accompaniment."""

    def opens(talk: Conversation, meaning: Meaning) -> None:
        bonds = talk.person.mentoring
        both = [bonds.latest("pair", role, "active", "paused") for role in ("mentee", "mentor")]
        found = [bond for bond in both if bond is not None]
        if found:
            talk.push(flow, {"bond": max(found, key=lambda bond: bond.since).id})
        else:
            talk.say("answers-my-sessions")

    return opens

"""What people ask about those they are bound to: a mentor to find, a request, an accompaniment."""

from __future__ import annotations

from collections.abc import Callable

from flows.conversation import Conversation
from flows.effects import Phrase, Propose
from flows.mentor import away, capacity, known
from flows.people import Bond, Person
from flows.portraits import who
from flows.profiles import of_mentor
from nlu.meaning import Found, Meaning


def number(subject: str) -> int:
    """The number in what an event is about: "pair:5"."""
    id = subject.rpartition(":")[2]
    return int(id) if id.isdigit() else 0


def open_request(person: Person, subject: str) -> Bond | None:
    """The request that an event is about, while it waits for its answer."""
    bond = person.mentoring.bond("request", number(subject))
    return bond if bond and bond.state == "asked" else None


def open_pair(person: Person, subject: str) -> Bond | None:
    """The accompaniment that an event is about, while it goes on."""
    bond = person.mentoring.bond("pair", number(subject))
    return bond if bond and bond.state == "active" else None


def other_mentor(talk: Conversation, meaning: Meaning) -> None:
    """Without blame: the accompaniment is ended by whoever wishes it, and others are proposed."""
    bond = talk.person.mentoring.latest("pair", "mentee", "active", "paused")
    if bond is not None:
        talk.push("parting", {"bond": bond.id})
    elif talk.person.mentoring.pairs:
        parting(talk, meaning)
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
        talk.do(Propose(again=True))


def status(talk: Conversation, meaning: Meaning) -> None:
    """Where a registration or a request stands, and whom one accompanies."""
    bonds = talk.person.mentoring
    pair = bonds.latest("pair", "mentee", "active", "paused")
    asked = bonds.latest("request", "mentee", "asked")
    if pair is not None:
        talk.say("answers-request-status", "paired", partner=pair.partner.name)
    elif asked is not None:
        talk.say("answers-request-status", "asked", partner=asked.partner.name)
    elif talk.person.registered:
        waits = talk.person.profile.get("waiting") and not bonds.cards
        talk.say("answers-request-status", "waiting" if waits else "joined")
    elif bonds.mentor is None:
        talk.say("answers-request-status")
    if bonds.mentor is not None:
        _own_state(talk)


def mentees(talk: Conversation, meaning: Meaning) -> None:
    """Whom a mentor accompanies, since when and with what goal; what waits for their answer."""
    if talk.person.mentoring.mentor is None:
        talk.say("answers-my-sessions")
    else:
        _own_state(talk)


def _own_state(talk: Conversation) -> None:
    """A mentor's own part: the team's word, a break, those accompanied, requests that wait."""
    bonds = talk.person.mentoring
    own = bonds.mentor or {}
    state, until = str(own.get("state")), own.get("paused_until")
    accompanied = [bond for bond in bonds.pairs if bond.role == "mentor"]
    if accompanied:
        talk.say("mentor-mentees", taken=len(accompanied), places=own.get("capacity") or 0)
    else:
        talk.say("mentor-state", state)
    talk.lines.extend(_accompanied(talk.person, bond) for bond in accompanied)
    if bonds.asked:
        talk.say("mentor-asked", count=len(bonds.asked))
    if until is not None and until > talk.world.now:
        talk.say("mentor-resting", day=until)


def _accompanied(person: Person, bond: Bond) -> Phrase:
    goal = bond.terms.get("goal") or ""
    told = {"who": who(bond.partner, person), "since": bond.since, "goal": goal}
    return Phrase("mentor-mentee", None, {**told, "hasgoal": "yes" if goal else "no"})


def mentor(talk: Conversation, meaning: Meaning) -> None:
    """Becoming a mentor, with what is known already; who is one may say how many they take."""
    bonds = talk.person.mentoring
    places = capacity(meaning.text, talk.moment)
    if bonds.mentor is not None and isinstance(places, Found):
        of_mentor(talk, meaning)
    elif bonds.mentor is not None:
        talk.say("mentor-state", str(bonds.mentor["state"]))
    elif talk.frame is None or not talk.flow(talk.frame).lasting:
        talk.push("mentor", known(talk.person))
    elif talk.frame["flow"] != "mentor":
        talk.say("answers-become-mentor")


def mentor_pause(talk: Conversation, meaning: Meaning) -> None:
    told = away(meaning.text, talk.moment)
    talk.push("mentor_pause", {"weeks": told.value} if isinstance(told, Found) else None)


def takes_break(talk: Conversation, meaning: Meaning) -> bool:
    """A mentor who is away, for how long as said in words; what is open stays open.

    In the middle of something a bare "later" only leaves what is asked.
    """
    frame = talk.frame
    if talk.person.mentoring.mentor is None or (frame and talk.flow(frame).lasting):
        return False
    if frame is not None and not isinstance(away(meaning.text, talk.moment), Found):
        return False
    mentor_pause(talk, meaning)
    return True


def comes_back(talk: Conversation, meaning: Meaning) -> bool:
    """ "I'm back" of a mentor on a break; of somebody who takes no letters it is asked."""
    bonds = talk.person.mentoring
    until = (bonds.mentor or {}).get("paused_until")
    deaf = next((bond for bond in bonds.pairs if not bond.terms.get("hears", True)), None)
    if until is not None and until > talk.world.now:
        talk.push("mentor_pause", {"weeks": "back"})
    elif deaf is not None and not meaning.plain:
        talk.push("hear", {"bond": deaf.id})
    else:
        return False
    return True


def withdraws(talk: Conversation) -> bool:
    """Whoever cancels while a mentor is asked means the request."""
    asked = talk.person.mentoring.latest("request", "mentee", "asked")
    if asked is not None:
        talk.push("withdraw", {"bond": asked.id})
    return asked is not None


def withdraw(talk: Conversation, meaning: Meaning) -> None:
    """Take a request back; without one, say how things stand."""
    if not withdraws(talk):
        status(talk, meaning)


def letter(talk: Conversation, meaning: Meaning) -> None:
    """Words for the other; who takes none of theirs is asked about that first."""
    pairs = talk.person.mentoring.pairs
    if len(pairs) == 1 and not pairs[0].terms.get("hears", True):
        talk.push("hear", {"bond": pairs[0].id})
    else:
        with_partner("letter")(talk, meaning)


def with_partner(flow: str) -> Callable[[Conversation, Meaning], None]:
    """Open something about an accompaniment; with several it is asked which."""

    def opens(talk: Conversation, meaning: Meaning) -> None:
        pairs = talk.person.mentoring.pairs
        if len(pairs) == 1:
            talk.push(flow, {"bond": pairs[0].id})
        elif pairs:
            talk.push(flow)
        else:
            talk.say("answers-my-sessions")

    return opens


parting = with_partner("parting")

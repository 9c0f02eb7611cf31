"""One's own answers, to be seen and put right: as an entrepreneur, as a mentor, or as both."""

from __future__ import annotations

from flows.conversation import Conversation
from flows.mentor import capacity, known
from nlu.meaning import Found, Meaning

OF_MENTORS = ("capacity", "network", "prefers", "experience")
"""Fields that only a mentor's own answers have."""


def may_wait(talk: Conversation) -> bool:
    """A request, a letter or a choice stays open while one looks at the own profile."""
    frame = talk.frame
    if frame is None:
        return True
    flow = talk.flow(frame)
    return not flow.lasting and flow.name not in ("profile", "mentor_profile")


def open_profile(talk: Conversation, meaning: Meaning) -> None:
    """A registered person's answers, to be seen and put right."""
    if not may_wait(talk):
        return
    if talk.person.registered:
        talk.push("profile", dict(talk.person.profile))
    elif talk.person.mentoring.mentor is not None:
        of_mentor(talk, meaning)


def of_mentee(talk: Conversation, meaning: Meaning) -> None:
    """One of the two profiles of whoever is accompanied and accompanies others."""
    _close(talk)
    talk.push("profile", dict(talk.person.profile))


def of_mentor(talk: Conversation, meaning: Meaning) -> None:
    """What one told as a mentor; how many they take may be said along with it."""
    _close(talk)
    if talk.person.mentoring.mentor is not None:
        places = capacity(meaning.text, talk.moment)
        told = {"capacity": places.value} if isinstance(places, Found) else {}
        talk.push("mentor_profile", {**known(talk.person), **told})


def _close(talk: Conversation) -> None:
    """The question which of the two, once it is answered."""
    talk.state["stack"] = [frame for frame in talk.stack if frame["flow"] != "profiles"]

"""One's own answers, to be seen and put right: as an entrepreneur, as a mentor, or as both."""

from __future__ import annotations

from flows.conversation import Conversation
from flows.mentor import known
from nlu.meaning import Meaning

OF_MENTORS = ("capacity", "network", "prefers", "experience")
"""Fields that only a mentor's own answers have."""


def may_wait(talk: Conversation) -> bool:
    """A request, a letter or a choice stays open while one looks at the own profile."""
    frame = talk.frame
    if frame is None:
        return True
    flow = talk.flow(frame)
    return not flow.lasting and flow.name not in ("profile", "mentor_profile")


def open_profile(talk: Conversation) -> None:
    """A registered person's answers, to be seen and put right."""
    if not may_wait(talk):
        return
    if talk.person.registered:
        talk.push("profile", dict(talk.person.profile))
    elif talk.person.mentoring.mentor is not None:
        of_mentor(talk, Meaning(""))


def of_mentee(talk: Conversation, meaning: Meaning) -> None:
    """One of the two profiles of whoever is accompanied and accompanies others."""
    _close(talk)
    talk.push("profile", dict(talk.person.profile))


def of_mentor(talk: Conversation, meaning: Meaning) -> None:
    """What one told as a mentor."""
    _close(talk)
    if talk.person.mentoring.mentor is not None:
        talk.push("mentor_profile", known(talk.person))


def _close(talk: Conversation) -> None:
    """The question which of the two, once it is answered."""
    talk.state["stack"] = [frame for frame in talk.stack if frame["flow"] != "profiles"]

"""A session that is booked: reminded of, cancelled, and spoken of afterwards. Words: messages/*/session.ftl"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from flows import hours
from flows.choice import letter
from flows.effects import CancelSession, Effect, NextSession, ReportSession, StopReminding
from flows.finding import coming
from flows.nudging import last
from flows.people import Bond, Person, Session
from flows.reading import of_options, of_text
from flows.steps import Answers, Ask, Choose, Condition, Do, End, Flow, Say

RATINGS: Final = ("r1", "r2", "r3", "r4", "r5")
AGAIN: Final = timedelta(days=3)
REMEMBERED: Final = timedelta(days=14)
"""How long somebody is asked about a session of which the other has told already."""
TALK: Final = (
    "talk_to_human", "schedule_session", "my_sessions", "programme_info", "cost", "request_status",
    "goodbye", "abandon", "repeat",
)  # fmt: skip
"""What somebody means to do next ("call three customers") sounds like it and is none of it."""


def session(answers: Answers, person: Person) -> Session | None:
    """The session that this is about, as it was seen: one that changed since is another."""
    named = answers.get("session") or str(answers.get("which") or "0").rpartition(":")[2]
    found = person.mentoring.session(int(named))
    if found is None or answers.get("sequence", found.sequence) != found.sequence:
        return None
    return found


def bond(answers: Answers, person: Person) -> Bond | None:
    found = session(answers, person)
    return person.mentoring.bond("pair", found.pair) if found else None


def told(answers: Answers, person: Person) -> dict[str, Any]:
    """The session as its texts name it."""
    one, other = session(answers, person), bond(answers, person)
    return hours.meeting(one.start, person, other) if one and other else dict(hours.NOTHING)


def says(name: str, code: str, also: Condition) -> Condition:
    def holds(answers: Answers, person: Person) -> bool:
        return answers.get(name) == code and also(answers, person)

    holds.__name__ = f"{name}_{code}"
    return holds


# Before it


def is_ahead(answers: Answers, person: Person) -> bool:
    """Still booked as it was when this was asked, and not over."""
    one = session(answers, person)
    return one is not None and one.is_open and one.end > person.mentoring.now


def reminded(answers: Answers, person: Person) -> dict[str, Any]:
    """When, with whom and where: what one needs to be there."""
    return {**told(answers, person), **place(session(answers, person), bond(answers, person))}


def place(one: Session | None, other: Bond | None) -> dict[str, Any]:
    """How two people meet: a link, a number they exchanged, or neither."""
    if one is None or other is None:
        return {"where": "none", "link": "", "phone": ""}
    phone = str(other.terms.get("phone") or "")
    where = {"video": "link" if one.link else "none", "voice": "phone" if phone else "voice"}
    return {"where": where.get(one.way, one.way), "link": one.link, "phone": phone}


REMINDER = Flow(
    "reminder",
    (
        Choose(
            name="answer",
            options=("coming",),
            commands=("running_late", "reschedule_session", "cancel_session"),
            yes_no=("coming", "command:cancel_session"),
            values=reminded,
            when=is_ahead,
        ),
        Say(name="told", when=says("answer", "coming", is_ahead), values=told),
    ),
)


# Cancelling


def asks_which(answers: Answers, person: Person) -> bool:
    return not answers.get("session")


def is_gone(answers: Answers, person: Person) -> bool:
    asked = asks_which(answers, person) and "which" not in answers
    return not asked and "cancelled" not in answers and not is_ahead(answers, person)


def cancel(answers: Answers, person: Person) -> Sequence[Effect]:
    one = session(answers, person)
    return (CancelSession(one.id, one.sequence, answers.get("why") or ""),) if one else ()


CANCELLING = Flow(
    "cancelling",
    (
        End(name="void", when=is_gone),
        Choose(name="which", among=coming, when=asks_which),
        Choose(
            name="sure",
            options=("yes", "no"),
            commands=("reschedule_session",),
            yes_no=("yes", "no"),
            values=told,
            when=is_ahead,
        ),
        End(name="kept", when=says("sure", "no", is_ahead), values=told),
        Choose(
            name="why",
            options=("busy", "ill", "line", "other"),
            reader=of_options("cancel"),
            values=told,
            optional=True,
            when=is_ahead,
        ),
        Do(name="cancelled", needs=("why",), effect=cancel),
    ),
)


# After it


def is_past(answers: Answers, person: Person) -> bool:
    """Over, as it was when this was asked, and not long decided without this person."""
    one, now = session(answers, person), person.mentoring.now
    return one is not None and one.end <= now and (one.is_open or now - one.end < REMEMBERED)


def is_mentee(answers: Answers, person: Person) -> bool:
    other = bond(answers, person)
    return is_past(answers, person) and other is not None and other.role == "mentee"


def held(answers: Answers, person: Person) -> bool:
    return answers.get("took_place") == "yes" and is_past(answers, person)


def not_held(answers: Answers, person: Person) -> bool:
    return answers.get("took_place") == "no" and is_past(answers, person)


def plans(answers: Answers, person: Person) -> bool:
    return held(answers, person) and is_mentee(answers, person)


def has_step(answers: Answers, person: Person) -> bool:
    return plans(answers, person) and bool(answers.get("step"))


def is_done(answers: Answers, person: Person) -> bool:
    """Everything that is asked of a session was answered by a mentee."""
    return is_mentee(answers, person) and ("reported" in answers or "missed" in answers)


def report_held(answers: Answers, person: Person) -> Sequence[Effect]:
    one = session(answers, person)
    return (ReportSession(one.id, {"held": True}),) if one else ()


def report_missed(answers: Answers, person: Person) -> Sequence[Effect]:
    one = session(answers, person)
    return (ReportSession(one.id, {"held": False, "why": answers.get("why")}),) if one else ()


def report_rating(answers: Answers, person: Person) -> Sequence[Effect]:
    """Kept at once: whoever stops half-way has still rated."""
    one = session(answers, person)
    return (ReportSession(one.id, {"rating": _rating(answers)}),) if one else ()


def _rating(answers: Answers) -> int | None:
    return int(answers["rating"][1:]) if answers.get("rating") else None


def report_all(answers: Answers, person: Person) -> Sequence[Effect]:
    one = session(answers, person)
    if one is None:
        return ()
    due = answers.get("due")
    said = {
        "rating": _rating(answers),
        "learnt": answers.get("learnt"),
        "step": answers.get("step"),
        "due": date.fromisoformat(due) if due else None,
    }
    return (ReportSession(one.id, said),)


def go_on(answers: Answers, person: Person) -> Sequence[Effect]:
    other = bond(answers, person)
    return (NextSession(other.id),) if other else ()


HELD = Flow(
    "held",
    (
        Choose(
            name="took_place",
            options=("yes", "no"),
            yes_no=("yes", "no"),
            values=told,
            when=is_past,
        ),
        Do(name="took", when=held, effect=report_held),
        Choose(name="why", options=("them", "me", "both"), when=not_held, values=told),
        Do(name="missed", when=not_held, needs=("why",), effect=report_missed),
        Choose(name="rating", options=RATINGS, when=held, optional=True),
        Do(name="rated", when=held, needs=("rating",), effect=report_rating),
        Ask(
            name="learnt",
            reader=of_text(letter),
            open=True,
            optional=True,
            when=held,
            values=told,
            own=TALK,
        ),
        Ask(name="step", reader=of_text(letter), open=True, optional=True, when=plans, own=TALK),
        Ask(name="due", reader=hours.day, optional=True, when=has_step, own=("pause",)),
        Do(name="reported", when=held, effect=report_all),
        Do(name="next", when=is_done, effect=go_on),
        Say(name="thanks", when=held),
        Say(name="sorry", when=not_held),
    ),
)


# The step that was planned


def has_plan(answers: Answers, person: Person) -> bool:
    one = session(answers, person)
    report = one.report if one else None
    return bool(report and report.get("step") and report.get("done") not in ("yes", "drop"))


def plan(answers: Answers, person: Person) -> dict[str, Any]:
    one = session(answers, person)
    return {"step": (one.report or {}).get("step") or "" if one else ""}


def keep_done(answers: Answers, person: Person) -> Sequence[Effect]:
    """ "Not yet" is asked about once more."""
    one = session(answers, person)
    if one is None:
        return ()
    before, now = (one.report or {}).get("done"), answers["done"]
    kept = ReportSession(one.id, {"done": now})
    about = f"session:{one.id}.{one.sequence}"
    if now != "later" or before == "later":
        return kept, StopReminding("step_due", about)
    return kept, last("step_due", about, AGAIN)


NEXT_STEP = Flow(
    "next_step",
    (
        Choose(
            name="done",
            options=("yes", "later", "drop"),
            yes_no=("yes", "later"),
            values=plan,
            when=has_plan,
        ),
        Do(name="kept", needs=("done",), effect=keep_done),
        Say(name="well", when=says("done", "yes", has_plan)),
        Say(name="again", when=says("done", "later", has_plan)),
        Say(name="dropped", when=says("done", "drop", has_plan)),
    ),
)

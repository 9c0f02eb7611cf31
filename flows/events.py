"""What happens to a person without their writing: a timer, a decision, another's answer.

Each event is judged by the facts of the moment; one that arrives late and finds them changed does
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flows import announcing, operators
from flows.bonds import number, open_pair, open_request
from flows.circle_events import CIRCLE
from flows.conversation import Conversation
from flows.effects import CloseRequest, Propose, Remind
from flows.leaving import LEAVING
from flows.nudge_events import NUDGES, rests, set_aside, waited
from flows.nudging import KINDS, first, following, is_too_late
from flows.people import Bond, Heard
from flows.session_events import EVENTS as OF_SESSIONS
from flows.session_events import arrange
from flows.snoozing import asked_for, remember

A_MOMENT = timedelta(minutes=15)


def happened(talk: Conversation, heard: Heard) -> None:
    """Tell the person, or ask them, or keep silent."""
    talk.purpose = "nudge"
    action = EVENTS.get(heard.event)
    stopped = talk.person.opted_out
    if action is None:
        talk.ending = "silent"
    elif is_too_late(heard, talk.world.now) or (stopped and heard.event in KINDS):
        talk.effects.extend(following(heard))
        talk.ending = "silent"
    elif not (waited(talk, heard) and rests(talk, heard)):
        action(talk, heard)
        if asked_for(talk, heard):
            talk.purpose = "news"
        remember(talk, heard)
        set_aside(talk)
    if stopped:
        # It counts for the other side, and START asks what is open: only nothing is said of it.
        talk.ending = "silent"


def _merged(talk: Conversation, heard: Heard) -> None:
    talk.purpose = "reply"
    talk.say("common-merged")


def _admitted(talk: Conversation, heard: Heard) -> None:
    """The age rule is lifted: on from there. Whom we forgot is left in peace."""
    if talk.person.registered:
        talk.ending = "silent"
        return
    frame = talk.frame
    if talk.person.contact and (frame is None or talk.flow(frame).barred(frame["answers"])):
        known = {"consent": "agree", "consent_kept": True, **talk.person.profile}
        if talk.person.gender:
            known["address_form"] = talk.person.gender
        frame = talk.push("onboarding", known)
        talk.do(first("unfinished", "onboarding"))
    if frame is None or talk.flow(frame).barred(frame["answers"]):
        talk.ending = "silent"
    else:
        talk.say("common-admitted")


# Mentors


def _approved(talk: Conversation, heard: Heard) -> None:
    talk.purpose = "news"
    talk.do(first("availability"))
    talk.say("mentor-approved")
    talk.ending = "quiet"


def _declined(talk: Conversation, heard: Heard) -> None:
    talk.purpose = "news"
    talk.say("mentor-declined")
    talk.ending = "quiet"


# A mentee and who is proposed to them


def _proposals(talk: Conversation, heard: Heard) -> None:
    if not talk.person.mentoring.cards:
        talk.ending = "silent"
        return
    talk.purpose = "news"
    if heard.subject == "free":
        talk.say("choice-free")
    _choose(talk)


def _choose(talk: Conversation) -> None:
    """The choice is put, and asked about again while it is open."""
    talk.push("choice")
    talk.do(first("choice_again"))


def _nobody(talk: Conversation, heard: Heard) -> None:
    """An honest word; the place in the queue is kept."""
    talk.purpose = "news"
    talk.say("choice-nobody", heard.subject or None)
    talk.ending = "quiet"


def _no_place(talk: Conversation, heard: Heard) -> None:
    """The last place went to another at the same moment: the next ones, at once."""
    talk.purpose = "news"
    talk.say("choice-full")
    _next_choice(talk)


def _asked(talk: Conversation, heard: Heard) -> None:
    talk.purpose = "news"
    bond = _open_request(talk, heard)
    if bond is not None:
        talk.say("choice-asked", mentor=bond.partner.name)
    talk.ending = "quiet" if bond else "silent"


def _request_declined(talk: Conversation, heard: Heard) -> None:
    """Said without blame; the next choice follows without starting over."""
    talk.purpose = "news"
    talk.say("choice-declined")
    _next_choice(talk)


def _request_void(talk: Conversation, heard: Heard) -> None:
    talk.purpose = "news"
    talk.say("choice-void")
    _next_choice(talk)


def _next_choice(talk: Conversation) -> None:
    if talk.person.mentoring.cards:
        _choose(talk)
    else:
        talk.do(Propose())
        talk.ending = "quiet"


def _expired(talk: Conversation, heard: Heard) -> None:
    bond = _open_request(talk, heard)
    if bond is None or bond.role != "mentee":
        talk.ending = "silent"
        return
    talk.purpose = "news"
    talk.do(CloseRequest(bond.id, "expired"))
    talk.say("choice-expired", mentor=bond.partner.name)
    _next_choice(talk)


def _place_free(talk: Conversation, heard: Heard) -> None:
    """Somebody who waits is looked at anew; who found a mentor meanwhile is left in peace."""
    bonds = talk.person.mentoring
    busy = bonds.latest("pair", "mentee", "active", "paused") or bonds.cards
    if talk.person.registered and not busy and not bonds.latest("request", "mentee", "asked"):
        talk.do(Propose(quiet=True))
    talk.ending = "silent"


# A mentor and a request


def _request(talk: Conversation, heard: Heard) -> None:
    bond = _open_request(talk, heard)
    if bond is None or bond.role != "mentor":
        talk.ending = "silent"
    elif _answers_another(talk, bond):
        talk.effects.append(Remind("request", heard.subject, A_MOMENT))
        talk.ending = "silent"
    else:
        talk.purpose = "news"
        talk.push("request", {"bond": bond.id})


def _answers_another(talk: Conversation, bond: Bond) -> bool:
    """In the middle of answering another request: a question to it, a reason."""
    frame = next((f for f in talk.stack if f["flow"] == "request"), None)
    if frame is None or "answer" not in frame["answers"]:
        return False
    other = open_request(talk.person, f"request:{frame['answers']['bond']}")
    return other is not None and other.id != bond.id


def _request_again(talk: Conversation, heard: Heard) -> None:
    bond = _open_request(talk, heard)
    if bond is None or bond.role != "mentor":
        talk.ending = "silent"
        return
    talk.say("request-reminder")
    talk.push("request", {"bond": bond.id})


def _request_expired(talk: Conversation, heard: Heard) -> None:
    """The mentor's own side: what was open is closed, kindly."""
    talk.drop(request=number(heard.subject))
    talk.say("request-expired")
    talk.ending = "quiet"


def _full(talk: Conversation, heard: Heard) -> None:
    talk.purpose = "news"
    talk.drop(request=number(heard.subject))
    talk.say("request-full")
    talk.ending = "quiet"


def _gone(talk: Conversation, heard: Heard) -> None:
    """Accepted a moment after it was withdrawn, or after another had accepted."""
    talk.purpose = "news"
    talk.drop(request=number(heard.subject))
    talk.say("request-void")
    talk.ending = "quiet"


# Two people who begin


def _accepted(talk: Conversation, heard: Heard) -> None:
    bond = _pair(talk, heard)
    if bond is None:
        talk.ending = "silent"
        return
    talk.purpose = "news"
    talk.say(f"goals-met-{bond.role}", partner=bond.partner.name)
    if bond.role == "mentee":
        talk.do(first("silent_pair", heard.subject))
        talk.push("goals", {"bond": bond.id})
        return
    for other in talk.person.mentoring.bonds:
        if other.kind == "request" and other.state == "full":
            talk.drop(request=other.id)
    talk.ending = "quiet"


def _agreement(talk: Conversation, heard: Heard) -> None:
    _about_pair(talk, heard, "agreement")


def _agreed(talk: Conversation, heard: Heard) -> None:
    bond = _pair(talk, heard)
    talk.purpose = "news"
    if bond is not None:
        talk.say("agreement-both", partner=bond.partner.name)
    if bond is not None and bond.role == "mentee":
        arrange(talk, bond)
    else:
        talk.ending = "quiet" if bond else "silent"


def _differs(talk: Conversation, heard: Heard) -> None:
    bond = _pair(talk, heard)
    if bond is None:
        talk.ending = "silent"
        return
    talk.purpose = "news"
    talk.say("agreement-differs", partner=bond.partner.name, said=heard.text)
    talk.push("goals", {"bond": bond.id})


def _share(talk: Conversation, heard: Heard) -> None:
    bond = _pair(talk, heard)
    if bond is None:
        talk.ending = "silent"
        return
    talk.purpose = "news"
    mine, theirs, phone = (bond.terms.get(k) for k in ("i_share", "they_share", "phone"))
    if not mine:
        talk.push("share", {"bond": bond.id})
        return
    if theirs and phone:
        talk.say("share-both", partner=bond.partner.name, phone=phone)
    else:
        talk.say("share-none" if theirs else "share-told", partner=bond.partner.name)
    talk.ending = "quiet"


def _ended(talk: Conversation, heard: Heard) -> None:
    talk.purpose = "news"
    bond = talk.person.mentoring.bond("pair", number(heard.subject))
    talk.say("parting-told")
    if bond is not None and bond.role == "mentee":
        talk.do(Propose())
    talk.ending = "quiet"


# Words that are carried


def _letter(talk: Conversation, heard: Heard) -> None:
    bond = _pair(talk, heard)
    if bond is None or not bond.terms.get("hears", True):
        talk.ending = "silent"
        return
    talk.purpose = "news"
    _open_letter(talk, heard, bond.partner.id, bond.partner.name)


def _question(talk: Conversation, heard: Heard) -> None:
    bond = _open_request(talk, heard)
    talk.purpose = "news"
    writer = bond.partner.name if bond and bond.role == "mentee" else ""
    _open_letter(talk, heard, heard.sender, writer)


def _reply(talk: Conversation, heard: Heard) -> None:
    """An answer to one's own words: it may be answered again, between two who know each other.

    A request or a choice that waited for it is asked again.
    """
    if heard.subject.startswith("pair:"):
        _letter(talk, heard)
        return
    talk.purpose = "news"
    bond = _open_request(talk, heard)
    writer = _mentors_name(talk, heard, bond)
    told = {"writer": writer, "haswriter": "yes" if writer else "no"}
    talk.say("letter-answer", said=heard.text, **told)
    if bond is not None and bond.role == "mentor":
        talk.push("request", {"bond": bond.id})
    elif talk.person.mentoring.cards and bond is None and not heard.subject:
        talk.push("choice")
    else:
        talk.ending = "quiet"


def _mentors_name(talk: Conversation, heard: Heard, bond: Bond | None) -> str:
    """The writer's first name where the reader may know it: a mentor's, to a mentee."""
    if bond is not None:
        return bond.partner.name if bond.role == "mentee" else ""
    cards = talk.person.mentoring.cards
    return next((c.mentor.name for c in cards if c.mentor.id == heard.sender), "")


def _open_letter(talk: Conversation, heard: Heard, sender: int, writer: str) -> None:
    about = {"from": sender, "subject": heard.subject, "said": heard.text, "writer": writer}
    talk.push("reply", about)


def _about_pair(talk: Conversation, heard: Heard, flow: str) -> None:
    bond = _pair(talk, heard)
    if bond is None:
        talk.ending = "silent"
        return
    talk.purpose = "news"
    talk.push(flow, {"bond": bond.id})


def _open_request(talk: Conversation, heard: Heard) -> Bond | None:
    return open_request(talk.person, heard.subject)


def _pair(talk: Conversation, heard: Heard) -> Bond | None:
    return open_pair(talk.person, heard.subject)


EVENTS: dict[str, Callable[[Conversation, Heard], None]] = {
    "merged": _merged,
    "admitted": _admitted,
    "mentor_approved": _approved,
    "mentor_declined": _declined,
    "ticket": operators.ticket,
    "drafted": announcing.drafted,
    "proposals": _proposals,
    "nobody": _nobody,
    "no_place": _no_place,
    "place_free": _place_free,
    "asked": _asked,
    "request_declined": _request_declined,
    "request_void": _request_void,
    "request_expires": _expired,
    "request": _request,
    "request_again": _request_again,
    "request_expired": _request_expired,
    "full": _full,
    "request_gone": _gone,
    "accepted": _accepted,
    "agreement": _agreement,
    "agreed": _agreed,
    "differs": _differs,
    "share": _share,
    "ended": _ended,
    "letter": _letter,
    "question": _question,
    "reply": _reply,
    **NUDGES,
    **LEAVING,
    **OF_SESSIONS,
    **CIRCLE,
}

"""What the repairs and the questions that may come at any time do, once for all flows."""

from __future__ import annotations

from collections.abc import Callable

from flows import announcing, bonds, diary, operators
from flows.conversation import Conversation
from flows.effects import OptIn, OptOut, Phrase, TellMyData, Update
from flows.profiles import OF_MENTORS, may_wait, of_mentee, of_mentor, open_profile
from flows.questions import Frame, candidates, has_answer, named, waiting
from flows.steps import Ask, Choose, Question, Rate, Review
from nlu.meaning import Meaning

LISTED = ("funding", "formalisation")
"""Topics answered from the operators' list."""
ANSWERS = (
    "programme_info", "cost", "bot_challenge", "find_mentor", "become_mentor",
    "request_status", "funding", "formalisation", "my_sessions", "schedule_session",
)  # fmt: skip
"""Questions that are answered in a message; then the open question is asked again."""
DESCRIBING = ("find_mentor", "become_mentor", "funding", "formalisation")
"""What may as well be the telling of one's business: "I sell carpets and need customers"."""
ASIDES = (
    *(intent for intent in ANSWERS if intent not in DESCRIBING), "talk_to_human", "report_problem", "help", "my_data", "delete_data", "stop", "pause",
    "repeat", "skip", "back", "abandon", "goodbye",
)  # fmt: skip
"""What may be said in the middle of a question without being its answer."""
OPENED_AGAIN = (
    "reply", "letter", "hear", "share", "parting", "scheduling", "cancelling", "choice", "wish",
    "mentor_pause", "profiles", "profile", "mentor_profile", "language", "withdraw",
)  # fmt: skip
"""Conversations that whoever asks for the menu may leave: it leads there, or they need not be."""
SHOWN_AT_ONCE = 3
"""Schemes of the operators' list in one message."""


def obey(talk: Conversation, meaning: Meaning) -> bool:
    """Do what was asked; False where nothing is known to do."""
    intent = meaning.intent or ""
    if talk.frame is None:
        intent = {"affirm": "thanks", "deny": "no"}.get(intent, intent)
    if intent in LISTED:
        _schemes(talk, intent)
        return True
    if intent in ANSWERS and intent not in COMMANDS:
        talk.say(f"answers-{intent.replace('_', '-')}")
        return True
    if intent.startswith("field:"):
        return fix_field(talk, intent.removeprefix("field:"))
    action = COMMANDS.get(intent)
    if action is None:
        return False
    action(talk, meaning)
    return True


def _schemes(talk: Conversation, topic: str) -> None:
    """What the operators list about a topic, with where to look and when we did; never a promise."""
    talk.say(f"answers-{topic}")
    language = talk.person.language or "fr"
    shown = [one for one in talk.world.programmes if one["topic"] == topic][:SHOWN_AT_ONCE]
    for one in shown:
        told = {"name": one[f"name_{language}"], "offer": one[f"offer_{language}"]}
        seen = {"link": one["link"], "seen": one["seen_on"]}
        talk.say("answers-scheme", **told, **seen)


def _stop(talk: Conversation, meaning: Meaning) -> None:
    if not meaning.plain and _whether_to_stop(talk, "yes"):
        return
    if not (meaning.sure and meaning.plain):
        talk.push("stop")
        return
    talk.do(OptOut())
    talk.say("common-stopped")
    talk.purpose = "legal"


def _whether_to_stop(talk: Conversation, answer: str) -> bool:
    """Said again where it was just asked whether it was meant, it is the answer."""
    frame = talk.frame
    if frame is None or (frame["flow"], frame.get("asking")) != ("stop", "sure"):
        return False
    talk.fill(frame, {"sure": answer})
    return True


def _comes_back(talk: Conversation, meaning: Meaning) -> bool:
    return not talk.person.opted_out and bonds.comes_back(talk, meaning)


def _resume(talk: Conversation, meaning: Meaning) -> None:
    code = next((str(e.value) for e in meaning.entities if e.entity == "payload"), "")
    if _whether_to_stop(talk, "no"):
        return
    if talk.frame is not None and not talk.flow(talk.frame).lasting and _comes_back(talk, meaning):
        return
    if talk.frame is not None:
        talk.frame.pop("paused", None)
    elif code.casefold().startswith("mentor"):
        bonds.mentor(talk, meaning)
    elif _comes_back(talk, meaning):
        return
    if talk.person.opted_out:
        talk.do(OptIn())
        talk.say("common-resumed")
        if talk.frame is None and talk.person.registered:
            talk.ending = "quiet"


def _delete(talk: Conversation, meaning: Meaning) -> None:
    talk.push("erase")


def _my_data(talk: Conversation, meaning: Meaning) -> None:
    talk.do(TellMyData())
    talk.ending = "quiet"


def _human(talk: Conversation, meaning: Meaning) -> None:
    talk.hand_over("asked", _where(talk), "common-human")


def _problem(talk: Conversation, meaning: Meaning) -> None:
    """Somebody is accused: told to the operators at once, when this is surely what was meant."""
    if meaning.sure and talk.person.mentoring.pairs:
        talk.push("report", {"sure": "yes", "where": _where(talk)})
    elif meaning.sure:
        talk.hand_over("problem", _where(talk), "common-problem")
    else:
        talk.push("report")


def _pause(talk: Conversation, meaning: Meaning) -> None:
    """No nudge until the person goes on; whoever has no question open gets none anyway."""
    frame = talk.frame
    if bonds.takes_break(talk, meaning):
        return
    if frame is None:
        talk.say("answers-pause")
    elif not talk.flow(frame).lasting:
        _abandon(talk, meaning)
        return
    else:
        frame["paused"] = True
        talk.say("common-goodbye" if talk.flow(frame).barred(frame["answers"]) else "common-paused")
    talk.ending = "quiet"


def _no(talk: Conversation, meaning: Meaning) -> None:
    talk.say("common-left")
    talk.ending = "quiet"


def _out_of_scope(talk: Conversation, meaning: Meaning) -> None:
    talk.say("answers-out-of-scope")


def _where(talk: Conversation) -> str:
    frame = talk.frame
    return f"{frame['flow']}.{frame.get('asking', '')}" if frame else "home"


def _language(talk: Conversation, meaning: Meaning) -> None:
    named = next((e.value for e in meaning.entities if e.entity == "language"), None)
    language = {"ary": "ar", "arizi": "ar"}.get(named or "", named)
    if language in ("fr", "ar", "en"):
        talk.do(Update({"language": language}))
        return
    talk.push("language")


def _back(talk: Conversation, meaning: Meaning) -> None:
    """The question answered last, without its answer; or out of what was opened above it."""
    frame = talk.frame
    if frame is None or talk.bring_back(frame):
        return
    if frame.get("picking") or frame.get("which") or frame.get("picked"):
        talk.fill(frame, {})
        return
    before = _answered_before(talk, frame)
    if before:
        talk.flow(frame).forget(before[-1], frame["answers"])
        talk.fill(frame, {})
    elif talk.flow(frame).lasting:
        talk.say("common-no-back")
    else:
        _abandon(talk, meaning)


def _answered_before(talk: Conversation, frame: Frame) -> list[str]:
    """Where "back" may go: answers nobody asked for above the open question, then the asked ones."""
    opened = talk.asking()
    names: list[str] = []
    for step in talk.flow(frame).expanded(frame["answers"]):
        if opened and step.name == opened[1].name:
            break
        asked = isinstance(step, Question) and step.holds(frame["answers"], talk.person)
        if asked and step.name in frame["answers"] and step.name != talk.flow(frame).gate:
            names.append(step.name)
    gate = talk.flow(frame).gate
    last = [n for n in frame.get("trail", ()) if n in frame["answers"] and n != gate]
    return [*names, *last]


def _skip(talk: Conversation, meaning: Meaning) -> None:
    opened = talk.asking()
    if opened is None:
        return
    frame, step = opened
    if talk.bring_back(frame):
        return
    if isinstance(step, Rate):
        loop = step.name.partition(".")[0]
        left = waiting(talk.flow(frame), frame["answers"], talk.person, step)
        talk.answer(frame, step, {f"{loop}.{item}": None for item in left})
    elif frame.get("picked") or (isinstance(step, Ask | Choose) and step.optional):
        talk.answer(frame, step, {step.name: frame.get("picked")})
    else:
        talk.say("common-no-skip")


def _help(talk: Conversation, meaning: Meaning) -> None:
    opened = talk.asking()
    if opened is None or isinstance(opened[1], Review):
        if talk.person.registered or talk.person.mentoring.mentor is not None:
            return
        talk.say("common-help")
        return
    frame, step = opened
    if candidates(frame, step):
        return
    flow = talk.flow(frame)
    told = named(flow, frame["answers"], talk.person, step)
    talk.instead = Phrase(flow.message(step.name), "help", told)
    talk.say("common-help")


def _menu(talk: Conversation, meaning: Meaning) -> None:
    """What the menu opens again, or was asked unasked, is left for it; what waits is helped with."""
    while talk.frame is not None and (
        talk.frame["flow"] in OPENED_AGAIN or talk.frame.get("unasked")
    ):
        talk.leave()
    _help(talk, meaning)


def _abandon(talk: Conversation, meaning: Meaning) -> None:
    frame = talk.frame
    if frame is None:
        bonds.withdraws(talk)
        return
    flow = talk.flow(frame)
    if not flow.lasting:
        talk.leave()
        talk.say("common-left")
    elif talk.bring_back(frame):
        talk.say("common-left")
    else:
        _pause(talk, meaning)


def _greet(talk: Conversation, meaning: Meaning) -> None:
    frame = talk.frame
    greets = frame is not None and frame["flow"] == "follow_up"
    if talk.asking() is not None and not _returning(talk) and not greets:
        talk.say("common-hello")


def _thanks(talk: Conversation, meaning: Meaning) -> None:
    talk.say("common-thanks")
    if talk.asking() is None:
        talk.ending = "quiet"


def _goodbye(talk: Conversation, meaning: Meaning) -> None:
    talk.say("common-goodbye")
    talk.ending = "quiet"


def _join(talk: Conversation, meaning: Meaning) -> None:
    if talk.frame is None and talk.person.registered:
        talk.say("common-registered")
    elif talk.frame is None:
        talk.push("onboarding")


def _profile(talk: Conversation, meaning: Meaning) -> None:
    field = next((e.value for e in meaning.entities if e.entity == "field"), "")
    both = talk.person.registered and talk.person.mentoring.mentor is not None
    if both and not field and may_wait(talk):
        talk.push("profiles")
        return
    if field in OF_MENTORS and may_wait(talk):
        of_mentor(talk, meaning)
    open_profile(talk, meaning)
    if talk.frame is not None and field:
        fix_field(talk, field)
    elif talk.frame is not None and not talk.person.registered:
        talk.say("common-how-to-fix")


def _repeat(talk: Conversation, meaning: Meaning) -> None:
    """The question is asked again at the end of every turn, a long one in full.

    Who says in a sentence that they did not understand it gets it explained.
    """
    opened = talk.asking()
    if talk.frame is not None:
        talk.frame.pop("told", None)
    if opened and not meaning.plain and not isinstance(opened[1], Review):
        frame, step = opened
        flow = talk.flow(frame)
        values = named(flow, frame["answers"], talk.person, step)
        talk.instead = Phrase(flow.message(step.name), "help", values)


def _fix(talk: Conversation, meaning: Meaning) -> None:
    frame = talk.frame
    if frame is not None:
        frame["picking"] = True


def fix_field(talk: Conversation, name: str) -> bool:
    """Ask a field anew that has an answer; of one still to come, say so."""
    frame = talk.frame
    if frame is None:
        return False
    flow, answers = talk.flow(frame), frame["answers"]
    name = flow.field(name)
    step = flow.find(name, answers)
    if has_answer(answers, name):
        talk.take_back(frame, name)
    elif step is None or not step.holds(answers, talk.person):
        talk.say("common-how-to-fix")
    elif frame.get("asking") != name:
        talk.say("common-later")
    return True


def _returning(talk: Conversation) -> bool:
    return bool(talk.lines) and talk.lines[0].id == "common-welcome-back"


COMMANDS: dict[str, Callable[[Conversation, Meaning], None]] = {
    "stop": _stop,
    "resume": _resume,
    "delete_data": _delete,
    "my_data": _my_data,
    "talk_to_human": _human,
    "report_problem": _problem,
    "change_language": _language,
    "back": _back,
    "skip": _skip,
    "repeat": _repeat,
    "help": _help,
    "menu": _menu,
    "abandon": _abandon,
    "greet": _greet,
    "thanks": _thanks,
    "goodbye": _goodbye,
    "join_programme": _join,
    "change_mentor": bonds.other_mentor,
    "find_mentor": bonds.find,
    "request_status": bonds.status,
    "become_mentor": bonds.mentor,
    "mentor_pause": bonds.mentor_pause,
    "mentor_profile": of_mentor,
    "mentee_profile": of_mentee,
    "my_mentees": bonds.mentees,
    "applicants": operators.show_applicants,
    "announce": announcing.announce,
    "end_pair": bonds.parting,
    "withdraw_request": bonds.withdraw,
    "write": bonds.letter,
    "share": bonds.with_partner("share"),
    "schedule_session": diary.schedule,
    "reschedule_session": diary.reschedule,
    "cancel_session": diary.cancel,
    "my_sessions": diary.show,
    "running_late": diary.late,
    "finish": bonds.parting,
    "pause": _pause,
    "no": _no,
    "out_of_scope": _out_of_scope,
    "update_profile": _profile,
    "fix": _fix,
}

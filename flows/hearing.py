"""What a message does to a conversation, and the order in which its readings are tried.

Legal words come before everything. Then a tap, then a plain command, then a correction, then
the step's own reader with whatever else the message tells, then what was understood of the
sentence, and at last the ladder: a hint, an example, a person.
"""

from __future__ import annotations

from datetime import timedelta

from flows.announcing import begins
from flows.answering import LAST_TRY, accept, fill_facts, lost, say_noted
from flows.bonds import open_request
from flows.commands import ANSWERS, ASIDES, COMMANDS, obey
from flows.conversation import Conversation
from flows.corrections import correct
from flows.effects import Phrase
from flows.people import Heard
from flows.questions import Frame, about, shown_field
from flows.snoozing import puts_off
from flows.steps import Ask, Choose, Question, Review
from nlu.commands import COSTLY
from nlu.meaning import Found, Meaning
from nlu.normalise import fold
from nlu.readers import activity, nearest_place, sector, yes_no

WEEKS = timedelta(days=14)
"""After so long a silence people are welcomed back."""
LASTING = ("change_language", "running_late", "reschedule_session", "cancel_session")
"""Buttons that mean the same whenever they are tapped."""
SURELY = 0.85
"""From this confidence on a sentence outweighs the question that is open."""
CERTAIN = 0.95
"""From this one on even what costs, and no rule confirms, outweighs words that may be a trade."""
SENTENCE = 4
"""Words from which on a message is more than the name of an option."""
ABOUT_MEETINGS = ("reschedule_session", "cancel_session", "running_late", "change_mentor")
NOT_FOR_THEM = ("change_mentor", "end_pair")
"""What is never carried to the other as one's words."""
COURTEOUS = ("greet", "thanks", "goodbye", "affirm", "deny")
"""What is said to the other, where one writes to another; a hello asks for the letter again."""
LIKELY = 0.2
"""A reading less likely than this is not offered."""
OFFERED = (
    "programme_info", "cost", "bot_challenge", "find_mentor", "become_mentor", "request_status",
    "funding", "formalisation", "my_sessions", "schedule_session", "reschedule_session",
    "cancel_session", "running_late", "change_mentor", "join_programme", "update_profile",
    "change_language", "my_data", "delete_data", "report_problem", "pause", "resume", "stop",
)  # fmt: skip
"""Readings that can be offered by name."""
A_MOMENT = timedelta(minutes=1)
"""Within it the same tap twice is a slip of the finger."""


def listen(talk: Conversation, text: str) -> None:
    """Words: commands, corrections, the step's reader, other facts, the sentence, the ladder."""
    meaning = talk.meaning
    opened = talk.asking()
    verbatim = opened is not None and _is_verbatim(opened[1])
    if puts_off(talk, text) or (not verbatim and begins(talk, text)):
        return
    if meaning.intent and meaning.plain and not _is_answer(talk, opened, text, meaning):
        obey(talk, meaning)
    elif opened and _is_aside(opened[1], meaning, text) and not _is_label(talk, opened, text):
        _aside(talk, *opened, text)
    elif not verbatim and correct(talk, text):
        return
    elif talk.frame is None:
        _at_home(talk, text, meaning)
    elif opened is None:
        obey(talk, meaning)
    elif _speaks_of_else(opened[1], meaning, text) or not _answered(talk, *opened, text, meaning):
        _unanswered(talk, *opened, text, meaning)


def _is_aside(step: Question, meaning: Meaning, text: str) -> bool:
    """Surely no answer to this question, though its reader may find one in the sentence.

    Options are often named in the very words of a wish ("voice call"), so there only what must
    never be missed goes first.
    """
    free = isinstance(step, Ask) and step.free
    if meaning.confidence < SURELY or meaning.intent in _own(step) or free:
        return False
    if _is_verbatim(step):
        return meaning.intent in (*COSTLY, *NOT_FOR_THEM)
    if isinstance(step, Ask) and step.open:
        # A single word may well be the name that was asked for: "CGEM"; "I make carpets with women"
        # is a trade, whatever else it sounds like.
        told = _count(text) > 1 or _asks(text)
        if isinstance(sector(text), Found) or not (meaning.sure or meaning.confidence >= CERTAIN):
            return False
        return meaning.intent in COSTLY or (meaning.intent in ASIDES and told)
    if isinstance(step, Choose) and step.yes_no is None:
        # "Away until the 15th" names a day, and is no hour to meet.
        return meaning.intent in COSTLY or (step.eager and meaning.intent == "pause")
    return meaning.intent in (*ASIDES, *ABOUT_MEETINGS) and (
        meaning.intent in COSTLY or _count(text) >= SENTENCE
    )


def _is_verbatim(step: Question) -> bool:
    return isinstance(step, Ask) and step.verbatim


def _is_label(talk: Conversation, opened: tuple[Frame, Question], text: str) -> bool:
    return talk.ear(opened[0]).is_label(opened[1], text)


def _own(step: Question) -> tuple[str, ...]:
    return step.own if isinstance(step, Ask | Choose) else ()


def _speaks_of_else(step: Question, meaning: Meaning, text: str) -> bool:
    """ "My customers don't pay" holds a "not", and is no refusal of what was asked."""
    agrees = isinstance(step, Review) or (isinstance(step, Choose) and step.yes_no is not None)
    if not agrees or not meaning.acts or meaning.intent in ("affirm", "deny"):
        return False
    return _count(text) >= SENTENCE and yes_no(text.split()[0]) is None


def _count(text: str) -> int:
    return sum(word.isalpha() for word in fold(text).split())


def _aside(talk: Conversation, frame: Frame, step: Question, text: str) -> None:
    if isinstance(step, Ask) and not step.open:
        fill_facts(talk, frame, text, {})
    obey(talk, talk.meaning)


def _unanswered(
    talk: Conversation, frame: Frame, step: Question, text: str, meaning: Meaning
) -> None:
    """The question has no answer yet: other facts, what the sentence means, the ladder."""
    if isinstance(step, Ask) and step.free:
        lost(talk, frame, step)
        return
    told = fill_facts(talk, frame, text, {})
    if told and talk.flow(frame).barred(frame["answers"]):
        lost(talk, frame, step)
    elif _agreed(talk, frame, step, meaning):
        return
    elif _is_strange(meaning, text):
        lost(talk, frame, step, strange=True)
    elif (
        meaning.acts
        and meaning.intent != "out_of_scope"
        and not (told and meaning.intent not in ASIDES)
    ):
        if not obey(talk, meaning):
            lost(talk, frame, step)
    elif not told and not _described(talk, frame, step, text):
        lost(talk, frame, step)


def _asks(text: str) -> bool:
    return "?" in text or "؟" in text


def _agreed(talk: Conversation, frame: Frame, step: Question, meaning: Meaning) -> bool:
    """A yes or a no in words that no list of ours holds."""
    if meaning.intent not in ("affirm", "deny") or meaning.confidence < SURELY:
        return False
    answer = talk.ear(frame).meant(step, meaning.intent == "affirm")
    if answer is not None:
        accept(talk, frame, step, answer)
    return answer is not None


def _is_strange(meaning: Meaning, text: str) -> bool:
    """Surely about something else; an odd word alone may be a place or a trade."""
    sure = meaning.intent == "out_of_scope" and meaning.confidence >= SURELY
    return sure and _count(text) >= 3


def _at_home(talk: Conversation, text: str, meaning: Meaning) -> None:
    """Nothing is being asked: a number of the menu, what the words mean, or one more miss."""
    home: Frame = {"flow": "home", "answers": {}, "offered": talk.state.get("home")}
    step = talk.book["home"].steps[0]
    assert isinstance(step, Choose)
    ear = talk.ear(home)
    named = _count(text) < SENTENCE or ear.is_label(step, text)
    answer = ear.read(step, text) if named else None
    if answer is not None and answer.values and answer.values["menu"] in COSTLY:
        # What costs is chosen by its number or its very words, never by words like them.
        answer = answer if text.strip().isdecimal() or ear.is_label(step, text) else None
    if answer is not None and answer.values and talk.person.belongs:
        talk.state.pop("lost", None)
        obey(talk, Meaning(text, intent=str(answer.values["menu"]), plain=True))
        return
    if meaning.acts and meaning.intent != "out_of_scope" and obey(talk, meaning):
        talk.state.pop("lost", None)
        return
    talk.state["lost"] = talk.state.get("lost", 0) + 1
    if talk.state["lost"] > LAST_TRY:
        talk.ending = "silent"
    elif _is_strange(meaning, text):
        obey(talk, meaning)
    elif talk.state["lost"] == 3:
        talk.hand_over("stuck", "home")
    elif talk.person.belongs:
        talk.offer = _may_be_meant(meaning)
        if not talk.offer:
            talk.say("common-not-understood")


def _may_be_meant(meaning: Meaning) -> tuple[str, ...]:
    """The likeliest readings of a sentence that was half understood, and a person beside them."""
    likely = ((meaning.intent or "", meaning.confidence), *meaning.alternatives)
    named = [i for i, share in likely if share >= LIKELY and i in OFFERED]
    return (*dict.fromkeys([*named[:2], "talk_to_human"]),) if named else ()


def _is_answer(
    talk: Conversation, opened: tuple[Frame, Question] | None, text: str, m: Meaning
) -> bool:
    """A word that is both a command and one of the answers on offer is the answer."""
    if m.intent in ("stop", "delete_data") and m.sure:
        return False
    if opened is None:
        return m.intent in ("affirm", "deny")
    frame, step = opened
    if _is_verbatim(step) and m.intent in COURTEOUS:
        return m.intent != "greet" or frame["flow"] != "reply"
    if isinstance(step, Ask) and m.intent not in ("affirm", "deny"):
        return False
    if m.intent in ("affirm", "deny"):
        return True
    ear = talk.ear(frame)
    if m.intent != "change_language" and not ear.is_label(step, text):
        return False
    answer = ear.read(step, text)
    return answer is not None and answer.command != m.intent


def _answered(
    talk: Conversation, frame: Frame, step: Question, text: str, meaning: Meaning
) -> bool:
    """The step's own reader; a guess of its ("did you mean") yields to a known command."""
    is_open = isinstance(step, Ask) and step.open
    if is_open and talk.silence is not None and talk.silence >= WEEKS:
        return False
    answer = talk.ear(frame).read(step, text)
    if answer is None or (answer.which and meaning.acts and meaning.intent in COMMANDS):
        return False
    if answer.command and answer.command == meaning.intent:
        return obey(talk, meaning)
    accept(talk, frame, step, answer)
    if answer.values is not None and not _is_verbatim(step):
        fill_facts(
            talk, frame, text, {n: v for n, v in answer.values.items() if n in frame["answers"]}
        )
        aside = meaning.intent in ANSWERS and meaning.intent not in _own(step)
        sure = aside and meaning.confidence >= SURELY
        if not is_open and sure and _asks(text):
            obey(talk, meaning)
    return True


def _described(talk: Conversation, frame: Frame, step: Question, text: str) -> bool:
    """A description that no reader could name takes the code that is there for it."""
    code = step.otherwise if isinstance(step, Choose) else ""
    if not code or activity(text) is None:
        return False
    talk.answer(frame, step, {step.name: code})
    say_noted(talk, frame, [step.name])
    return True


def hear_place(talk: Conversation, location: tuple[float, float]) -> None:
    """A shared position answers the question about the place, whenever it comes."""
    frame = talk.frame
    if frame is None or talk.flow(frame).find("place", frame["answers"]) is None:
        talk.say("common-no-location")
        return
    talk.take_back(frame, "place")
    talk.fill(frame, {"place": nearest_place(*location).as_json()})
    say_noted(talk, frame, ["place"])


def hear_tap(talk: Conversation, heard: Heard) -> None:
    """A tap on the open question answers it; a late one is told so, a double one changes nothing."""
    if heard.tap is None:
        talk.say("common-expired")
        return
    asked, code = heard.tap.step, heard.tap.code
    name, _, about = asked.partition("#")
    tap = [asked, code, heard.tap.message]
    last, talk.state["last"] = talk.state.get("last"), tap
    silent = talk.person.silent
    if last == tap and silent is not None and silent < A_MOMENT:
        talk.ending = "silent"
        return
    if name == "request.answer" and open_request(talk.person, about):
        talk.reopen("request", int(about))
    opened = talk.asking()
    if opened and name == f"{opened[0]['flow']}.{opened[1].name}" and about in _about(opened[0]):
        answer = talk.ear(opened[0]).tapped(opened[1], code)
        if answer is not None:
            accept(talk, *opened, answer)
            return
    intent = code.removeprefix("command:")
    if name.startswith("home.") or intent in LASTING:
        obey(talk, Meaning("", intent=intent, plain=True))
        return
    _late(talk, name)


def _about(frame: Frame) -> tuple[str, str]:
    """Which request or accompaniment a question is about; a message of an older release tells none."""
    return "", about(frame).removeprefix("#")


def _late(talk: Conversation, name: str) -> None:
    flow_name, _, step = name.partition(".")
    frame = next((f for f in talk.stack if f["flow"] == flow_name), None)
    field = step.partition(".")[0]
    value = frame and shown_field(talk.flow(frame), field, frame["answers"], talk.person)
    if not frame or value is None:
        talk.say("common-expired")
        return
    flow = talk.flow(frame)
    talk.say("common-answered", value=value)
    if field != flow.gate:
        talk.say("common-to-change", label=Phrase(flow.message(field), "field"))

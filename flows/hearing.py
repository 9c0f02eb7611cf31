"""What a message does to a conversation, and the order in which its readings are tried.

Legal words come before everything. Then a tap, then a plain command, then a correction, then
the step's own reader with whatever else the message tells, then what was understood of the
sentence, and at last the ladder: a hint, an example, a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flows.answers import Answer, Ear, plain
from flows.commands import ANSWERS, ASIDES, COMMANDS, fix_field, obey, open_profile
from flows.conversation import Conversation
from flows.effects import Phrase
from flows.people import Heard
from flows.questions import Frame, has_answer, rated_values, shown_field
from flows.steps import Ask, Choose, Question, Rate, Review
from nlu.commands import COSTLY, correction
from nlu.facts import facts
from nlu.meaning import Found, Meaning
from nlu.readers import activity, nearest_place

WEEKS = timedelta(days=14)
"""After so long a silence people are welcomed back."""
LAST_TRY = 5
"""After so many misses in a row nothing more is said: two bots must not talk for ever."""
LASTING = ("change_language",)
"""Buttons that mean the same whenever they are tapped."""
SURELY = 0.85
"""From this confidence on a sentence outweighs the question that is open."""
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


def fill_facts(talk: Conversation, frame: Frame, text: str, already: Mapping[str, Any]) -> bool:
    """Take every other fact that the message tells; say what was noted."""
    flow = talk.flow(frame)
    noted = dict(already)
    for fact in facts(text, talk.year):
        step = flow.find(fact.entity, frame["answers"])
        if step is None or fact.entity in frame["answers"] or isinstance(step, Rate):
            continue
        value = plain(fact.value)
        if isinstance(step, Choose) and step.most > 1:
            value = (value if isinstance(value, list) else [value])[: step.most]
        noted[fact.entity] = value
        talk.fill(frame, {fact.entity: value})
    noted |= _told_by(talk, frame, noted)
    extra = [name for name in noted if name not in already]
    say_noted(talk, frame, extra)
    return bool(extra)


def _told_by(talk: Conversation, frame: Frame, noted: Mapping[str, Any]) -> dict[str, Any]:
    """What the words of one answer tell of another question: an activity of its sector."""
    found: dict[str, Any] = {}
    for step in talk.flow(frame).steps:
        if isinstance(step, Choose) and step.reader and step.told_by in noted:
            reading = step.reader(str(noted[step.told_by]), talk.year)
            if isinstance(reading, Found) and step.name not in frame["answers"]:
                found[step.name] = plain(reading.value)
    if found:
        talk.fill(frame, found)
    return found


def say_noted(talk: Conversation, frame: Frame, names: Sequence[str]) -> None:
    """Confirm what was understood beside the answer, so that it need not be asked.

    What is told before the consent is confirmed after it, and forgotten without it.
    """
    flow = talk.flow(frame)
    names = [*frame.pop("noted", ()), *names]
    if flow.barred(frame["answers"]):
        frame["noted"] = list(dict.fromkeys(names))
        return
    told = []
    for name in names:
        value = shown_field(flow, name, frame["answers"], talk.person)
        if value is not None:
            label = Phrase(flow.message(name), "field")
            told.append(Phrase("common-fact", None, {"label": label, "value": value}))
    if told:
        talk.say("common-noted", facts=told)


def accept(talk: Conversation, frame: Frame, step: Question, answer: Answer) -> None:
    """Take an answer as it was read."""
    if answer.command:
        obey(talk, Meaning("", intent=answer.command, plain=True))
    elif answer.picked is not None:
        frame["picked"] = answer.picked
    elif answer.which:
        frame["which"] = {"step": step.name, "candidates": [list(one) for one in answer.which]}
    elif answer.values is not None:
        values = {name or step.name: value for name, value in answer.values.items()}
        talk.answer(frame, step, values)
        if answer.over:
            kept = shown_field(talk.flow(frame), step.name, frame["answers"], talk.person)
            talk.say("common-most", picked=kept)
        say_noted(talk, frame, ())


def listen(talk: Conversation, text: str) -> None:
    """Words: commands, corrections, the step's reader, other facts, the sentence, the ladder."""
    meaning = talk.meaning
    opened = talk.asking()
    if meaning.intent and meaning.plain and not _is_answer(talk, opened, text, meaning):
        obey(talk, meaning)
    elif _correct(talk, text):
        return
    elif talk.frame is None:
        _at_home(talk, text, meaning)
    elif opened is None or _is_aside(opened[1], meaning):
        obey(talk, meaning)
    elif not _answered(talk, *opened, text, meaning):
        _unanswered(talk, *opened, text, meaning)


def _is_aside(step: Question, meaning: Meaning) -> bool:
    """Surely no answer: an open question takes nearly any words, and a cry for help holds a place."""
    named: tuple[str, ...] = COSTLY
    if isinstance(step, Ask):
        named = ASIDES if step.open else (*COSTLY, "talk_to_human")
    return meaning.intent in named and meaning.confidence >= SURELY


def _unanswered(
    talk: Conversation, frame: Frame, step: Question, text: str, meaning: Meaning
) -> None:
    """The question has no answer yet: other facts, what the sentence means, the ladder."""
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
    return sure and len(text.split()) >= 3


def _at_home(talk: Conversation, text: str, meaning: Meaning) -> None:
    """Nothing is being asked: a number of the menu, what the words mean, or one more miss."""
    home: Frame = {"flow": "home", "answers": {}, "offered": talk.state.get("home")}
    step = talk.book["home"].steps[0]
    answer = talk.ear(home).read(step, text) if isinstance(step, Choose) else None
    if answer is not None and answer.values and talk.person.registered:
        talk.state.pop("lost", None)
        obey(talk, Meaning("", intent=str(answer.values["menu"]), plain=True))
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
    elif talk.person.registered:
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
    if is_open and talk.person.silent is not None and talk.person.silent >= WEEKS:
        return False
    answer = talk.ear(frame).read(step, text)
    if answer is None or (answer.which and meaning.acts and meaning.intent in COMMANDS):
        return False
    if answer.command and answer.command == meaning.intent:
        return obey(talk, meaning)
    accept(talk, frame, step, answer)
    if answer.values is not None:
        fill_facts(
            talk, frame, text, {n: v for n, v in answer.values.items() if n in frame["answers"]}
        )
        if not is_open and "?" in text.replace("؟", "?") and _asks_too(meaning):
            obey(talk, meaning)
    return True


def _asks_too(meaning: Meaning) -> bool:
    """ "Fès, c'est gratuit ?" answers and asks."""
    return meaning.intent in ANSWERS and meaning.confidence >= SURELY


def _described(talk: Conversation, frame: Frame, step: Question, text: str) -> bool:
    """A description that no reader could name takes the code that is there for it."""
    code = step.otherwise if isinstance(step, Choose) else ""
    if not code or activity(text) is None:
        return False
    talk.answer(frame, step, {step.name: code})
    say_noted(talk, frame, [step.name])
    return True


def _correct(talk: Conversation, text: str) -> bool:
    """ "non, c'est Fès", "changer la ville", "my name is spelled Aicha"."""
    fix = correction(text)
    if fix is None or text.rstrip().endswith(("?", "؟")):
        return False
    if fix.kind == "field":
        open_profile(talk)
    frame = talk.frame
    if frame is None:
        return False
    if fix.kind == "field" and fix.field:
        return _correct_field(talk, frame, fix.field, fix.value)
    return _correct_value(talk, frame, fix.value or "")


def _correct_field(talk: Conversation, frame: Frame, name: str, value: str | None) -> bool:
    step = talk.flow(frame).find(name, frame["answers"])
    if value and step is not None and _replace(talk, frame, step, value):
        return True
    return has_answer(frame["answers"], name) and fix_field(talk, name)


def _correct_value(talk: Conversation, frame: Frame, value: str) -> bool:
    """The question now open, else what was answered last that the words can answer.

    Open questions take nearly any words: only the last one answered is meant. A bare number
    names an option only of the question before.
    """
    flow, answers = talk.flow(frame), frame["answers"]
    opened = talk.asking()
    now = [opened[1]] if opened else []
    asked = [s for s in flow.expanded(answers) if isinstance(s, Ask | Choose)]
    before = [s for s in reversed(asked) if s.name in answers and s.name != flow.gate]
    closed = [s for s in before[1:] if not getattr(s, "open", False)]
    if value.isdigit():
        closed = [s for s in closed if isinstance(s, Ask)]
    steps = [s for s in (*now, *before[:1], *closed) if not isinstance(s, Review | Rate)]
    return any(_replace(talk, frame, step, value) for step in steps)


def _replace(talk: Conversation, frame: Frame, step: Question, value: str) -> bool:
    ear = Ear(talk.flow(frame), {"answers": frame["answers"]}, talk.person, talk.words, talk.year)
    answer = ear.read(step, value)
    if answer is None or (answer.values is None and not answer.which):
        return False
    corrected = step.name in frame["answers"]
    talk.take_back(frame, step.name)
    accept(talk, frame, step, answer)
    if corrected and answer.values:
        shown = shown_field(talk.flow(frame), step.name, frame["answers"], talk.person)
        talk.say("common-corrected", value=shown)
    elif answer.values and step.name != frame.get("asking"):
        say_noted(talk, frame, [step.name])
    return True


def lost(talk: Conversation, frame: Frame, step: Question, strange: bool = False) -> None:
    """The ladder: a hint, an example, a person; then nothing, so that no loop goes on.

    Who talks of other things is told what this is for, and needs no person.
    """
    frame["tries"] = frame.get("tries", 0) + 1
    frame.pop("which", None)
    message = talk.flow(frame).message(step.name)
    if frame["tries"] > LAST_TRY:
        talk.ending = "silent"
    elif frame["tries"] == 3 and not strange:
        talk.hand_over("stuck", f"{frame['flow']}.{step.name}")
    else:
        if strange:
            talk.say("answers-out-of-scope")
        attribute = "help" if frame["tries"] % 2 == 0 else "retry"
        talk.instead = Phrase(
            message, attribute, rated_values(talk.flow(frame), frame["answers"], talk.person, step)
        )


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
    name, code = heard.tap.step, heard.tap.code
    last, talk.state["last"] = talk.state.get("last"), [name, code]
    silent = talk.person.silent
    if last == [name, code] and silent is not None and silent < A_MOMENT:
        talk.ending = "silent"
        return
    opened = talk.asking()
    if opened and name == f"{opened[0]['flow']}.{opened[1].name}":
        answer = talk.ear(opened[0]).tapped(opened[1], code)
        if answer is not None:
            accept(talk, *opened, answer)
            return
    intent = code.removeprefix("command:")
    if name.startswith("home.") or intent in LASTING:
        obey(talk, Meaning("", intent=intent, plain=True))
        return
    _late(talk, name)


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

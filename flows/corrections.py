"""Corrections in words, of the question that is open or of one that was answered."""

from __future__ import annotations

from flows.answering import accept, say_noted
from flows.answers import Ear
from flows.commands import fix_field
from flows.conversation import Conversation
from flows.profiles import open_profile
from flows.questions import Frame, has_answer, shown_field
from flows.steps import Ask, Choose, Question, Rate, Review
from nlu import readers
from nlu.commands import correction
from nlu.meaning import Found


def correct(talk: Conversation, text: str) -> bool:
    """ "non, c'est Fès", "changer la ville", "my name is spelled Aicha"."""
    fix = correction(text)
    if fix is None or text.rstrip().endswith(("?", "؟")):
        return False
    if fix.kind == "field":
        open_profile(talk, talk.meaning)
    frame = talk.frame
    if frame is None:
        return False
    if fix.kind == "field" and fix.field:
        return _correct_field(talk, frame, fix.field, fix.value)
    return _correct_value(talk, frame, fix.value or "")


def _correct_field(talk: Conversation, frame: Frame, name: str, value: str | None) -> bool:
    name = talk.flow(frame).field(name)
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
    if isinstance(readers.place(value), Found):
        # A town is a town, though "Toronto" may also tell of exports.
        closed.sort(key=lambda step: getattr(step, "native", "") != "location")
    steps = [s for s in (*now, *before[:1], *closed) if not isinstance(s, Review | Rate)]
    return any(_replace(talk, frame, step, value) for step in steps)


def _replace(talk: Conversation, frame: Frame, step: Question, value: str) -> bool:
    ear = Ear(talk.flow(frame), {"answers": frame["answers"]}, talk.person, talk.words, talk.moment)
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

"""What an answer does: it is stored, what else it told is noted, and a miss climbs the ladder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.answers import Answer, plain
from flows.commands import obey
from flows.conversation import Conversation
from flows.effects import Phrase
from flows.questions import Frame, named, shown_field
from flows.steps import Choose, Question, Rate
from nlu.facts import facts
from nlu.meaning import Found, Meaning
from nlu.readers import skills

LAST_TRY = 5
"""After so many misses in a row nothing more is said: two bots must not talk for ever."""


def fill_facts(talk: Conversation, frame: Frame, text: str, already: Mapping[str, Any]) -> bool:
    """Take every other fact that the message tells; say what was noted."""
    flow = talk.flow(frame)
    noted = dict(already)
    for fact in facts(text, talk.moment.year):
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


def fill_need(talk: Conversation, frame: Frame, text: str) -> bool:
    """A wish for a mentor names what it is for: "chi wa7d y3awni f la compta"."""
    step = talk.flow(frame).find("needs", frame["answers"])
    reading = skills(text)
    if not isinstance(step, Choose) or "needs" in frame["answers"]:
        return False
    if not isinstance(reading, Found):
        return False
    talk.fill(frame, {"needs": plain(reading.value)[: step.most]})
    say_noted(talk, frame, ["needs"])
    return True


def _told_by(talk: Conversation, frame: Frame, noted: Mapping[str, Any]) -> dict[str, Any]:
    """What the words of one answer tell of another question: an activity of its sector."""
    found: dict[str, Any] = {}
    for step in talk.flow(frame).steps:
        if isinstance(step, Choose) and step.reader and step.told_by in noted:
            reading = step.reader(str(noted[step.told_by]), talk.moment)
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
            message, attribute, named(talk.flow(frame), frame["answers"], talk.person, step)
        )

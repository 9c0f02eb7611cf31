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
from flows.commands import obey
from flows.conversation import Conversation
from flows.effects import OpenTicket, Phrase
from flows.people import Heard
from flows.questions import Frame, candidates, rated_values, shown_field
from flows.steps import Ask, Choose, End, Question, Rate, Review, Say
from nlu.commands import command, correction
from nlu.facts import facts
from nlu.meaning import Meaning
from nlu.readers import nearest_place

WEEKS = timedelta(days=14)
"""After so long a silence people are welcomed back."""
LAST_TRY = 5
"""After so many misses in a row nothing more is said: two bots must not talk for ever."""


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
    extra = [name for name in noted if name not in already]
    if extra and frame["answers"].get("consent", "agree") == "agree" and "asking" in frame:
        say_noted(talk, frame, extra)
    elif extra:
        frame["noted"] = extra
    return bool(extra)


def say_noted(talk: Conversation, frame: Frame, names: Sequence[str]) -> None:
    """Confirm what was understood beside the answer, so that it need not be asked."""
    flow = talk.flow(frame)
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
        frame["which"] = {"step": step.name, "candidates": list(answer.which)}
    elif answer.values is not None:
        talk.fill(frame, {name or step.name: value for name, value in answer.values.items()})
        if not isinstance(talk.flow(frame).next(frame["answers"], talk.person), Say | End):
            say_noted(talk, frame, frame.pop("noted", ()))


def listen(talk: Conversation, text: str) -> None:
    """Words: commands, corrections, the step's reader, other facts, the sentence, the ladder."""
    meaning = command(text)
    opened = talk.asking()
    if meaning.intent and meaning.plain and not _is_answer(talk, opened, text, meaning):
        obey(talk, meaning)
        return
    if _correct(talk, text):
        return
    if opened and _answered(talk, *opened, text):
        return
    frame = talk.frame
    if frame is not None and fill_facts(talk, frame, text, {}):
        return
    if meaning.intent and obey(talk, meaning):
        return
    if opened is not None:
        lost(talk, *opened)
    elif frame is None:
        _at_home(talk, text)


def _at_home(talk: Conversation, text: str) -> None:
    """Nothing is being asked: a number of the menu, or one more miss."""
    home: Frame = {"flow": "home", "answers": {}, "offered": talk.state.get("home")}
    step = talk.book["home"].steps[0]
    answer = talk.ear(home).read(step, text) if isinstance(step, Choose) else None
    if answer is not None and answer.values and talk.person.registered:
        talk.state.pop("lost", None)
        obey(talk, Meaning("", intent=str(answer.values["menu"]), plain=True))
        return
    talk.state["lost"] = talk.state.get("lost", 0) + 1
    if talk.state["lost"] > LAST_TRY:
        talk.ending = "silent"
    elif talk.state["lost"] == 3:
        talk.do(OpenTicket("stuck", "home"))
        talk.say("common-promise")
        talk.ending = "quiet"
    elif talk.person.registered:
        talk.say("common-not-understood")


def _is_answer(talk: Conversation, opened: tuple[Frame, Question] | None, text: str, m: Meaning) -> bool:
    """A word that is both a command and one of the answers on offer is the answer."""
    if m.intent in ("stop", "delete_data") and m.sure:
        return False
    if opened is None:
        return m.intent in ("affirm", "deny")
    frame, step = opened
    if isinstance(step, Ask) and m.intent not in ("affirm", "deny"):
        return False
    answer = talk.ear(frame).read(step, text)
    return answer is not None or m.intent in ("affirm", "deny")


def _answered(talk: Conversation, frame: Frame, step: Question, text: str) -> bool:
    is_open = isinstance(step, Ask) and step.open
    if is_open and talk.person.silent is not None and talk.person.silent >= WEEKS:
        return False
    answer = talk.ear(frame).read(step, text)
    if answer is None:
        return False
    accept(talk, frame, step, answer)
    if answer.values is not None:
        fill_facts(talk, frame, text, {n: v for n, v in answer.values.items() if n in frame["answers"]})
    return True


def _correct(talk: Conversation, text: str) -> bool:
    """ "non, c'est Fès", "changer la ville", "my name is spelled Aicha"."""
    fix = correction(text)
    if fix is None:
        return False
    if fix.kind == "field" and talk.frame is None and talk.person.registered:
        talk.push("profile", dict(talk.person.profile))
    frame = talk.frame
    if frame is None:
        return False
    if fix.kind == "field" and fix.field:
        return _correct_field(talk, frame, fix.field, fix.value)
    return _correct_value(talk, frame, fix.value or "")


def _correct_field(talk: Conversation, frame: Frame, name: str, value: str | None) -> bool:
    flow, answers = talk.flow(frame), frame["answers"]
    known = [n for n in answers if n.partition(".")[0] == name]
    step = flow.find(name, answers)
    if not known and (step is None or frame.get("asking") != name):
        return False
    if value and step is not None and _replace(talk, frame, step, value):
        return True
    for answer in known:
        flow.forget(answer, answers)
    talk.fill(frame, {})
    return True


def _correct_value(talk: Conversation, frame: Frame, value: str) -> bool:
    """The question now open, then what was answered last; open words never, names at last."""
    flow, answers = talk.flow(frame), frame["answers"]
    opened = talk.asking()
    now = [opened[1]] if opened and not getattr(opened[1], "open", False) else []
    before = [s for s in reversed(flow.expanded(answers)) if isinstance(s, Ask | Choose) and s.name in answers]
    closed = [s for s in before if not getattr(s, "open", False) and s.name != "consent"]
    names = [s for s in before if s.name == "name"]
    return any(_replace(talk, frame, step, value) for step in (*now, *closed, *names))


def _replace(talk: Conversation, frame: Frame, step: Question, value: str) -> bool:
    ear = Ear(talk.flow(frame), {"answers": frame["answers"]}, talk.person, talk.words, talk.year)
    answer = ear.read(step, value)
    if answer is None or (answer.values is None and not answer.which) or isinstance(step, Review | Rate):
        return False
    corrected = step.name in frame["answers"]
    talk.flow(frame).forget(step.name, frame["answers"])
    accept(talk, frame, step, answer)
    if corrected and answer.values:
        shown = shown_field(talk.flow(frame), step.name, frame["answers"], talk.person)
        talk.say("common-corrected", value=shown)
    return True


def lost(talk: Conversation, frame: Frame, step: Question) -> None:
    """The ladder: a hint, an example, a person; then nothing, so that no loop goes on."""
    frame["tries"] = frame.get("tries", 0) + 1
    message = talk.flow(frame).message(step.name)
    if frame["tries"] > LAST_TRY:
        talk.ending = "silent"
    elif frame["tries"] == 3:
        talk.do(OpenTicket("stuck", f"{frame['flow']}.{step.name}"))
        talk.say("common-promise")
        talk.ending = "quiet"
    elif not candidates(frame, step):
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
    talk.flow(frame).forget("place", frame["answers"])
    talk.fill(frame, {"place": nearest_place(*location).as_json()})
    say_noted(talk, frame, ["place"])


def hear_tap(talk: Conversation, heard: Heard) -> None:
    """A tap on the open question answers it; a late one is told so, a double one changes nothing."""
    if heard.tap is None:
        talk.say("common-expired")
        return
    name, code = heard.tap.step, heard.tap.code
    last = talk.state.get("last")
    if last == [name, code]:
        talk.ending = "silent"
        return
    if code.startswith("command:") or name.startswith("home."):
        obey(talk, Meaning("", intent=code.removeprefix("command:"), plain=True))
        return
    opened = talk.asking()
    if opened and name == f"{opened[0]['flow']}.{opened[1].name}":
        answer = talk.ear(opened[0]).tapped(opened[1], code)
        if answer is not None:
            talk.state["last"] = [name, code]
            accept(talk, *opened, answer)
            return
    _late(talk, name)


def _late(talk: Conversation, name: str) -> None:
    flow_name, _, step = name.partition(".")
    frame = next((f for f in talk.stack if f["flow"] == flow_name), None)
    value = frame and shown_field(talk.flow(frame), step, frame["answers"], talk.person)
    if value is not None:
        talk.say("common-answered", value=value)
    else:
        talk.say("common-expired")

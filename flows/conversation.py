"""One turn being made: the place is derived, what needs no answer is run, one message goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from flows.answers import Ear
from flows.effects import (
    Accept,
    AgreeHour,
    AskMentor,
    Begin,
    CancelSession,
    DraftAnnouncement,
    Effect,
    EndPair,
    Erase,
    Forget,
    NextSession,
    OfferHour,
    OpenTicket,
    Option,
    OptOut,
    PausePair,
    Phrase,
    Propose,
    Reply,
    Share,
    Turn,
    Update,
)
from flows.people import Moment, Person, Words, World
from flows.questions import Frame, put
from flows.steps import Choose, Do, End, Flow, Question, Rate, Say
from nlu.meaning import Meaning

STEPS_AT_ONCE = 200
TOLD_BY_EVENT = (
    Propose, AskMentor, Accept, Share, EndPair, OfferHour, AgreeHour, CancelSession, NextSession,
    DraftAnnouncement,
)  # fmt: skip
BEFORE_THE_MENU = (
    "common-not-understood",
    "common-registered",
    "common-expired",
    "common-welcome-back",
)
"""Lines that call for the menu below them."""


@dataclass(slots=True)
class Conversation:
    """One turn being made. What commands and answers work on."""

    book: Mapping[str, Flow]
    state: dict[str, Any]
    person: Person
    words: Words
    world: World
    meaning: Meaning
    lines: list[Phrase] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    ending: str = "ask"
    """How the turn ends: "ask" the open question, "quiet" (lines only), "silent" (nothing)."""
    instead: Phrase | None = None
    """What is said in place of the question's own words (a hint, an example)."""
    purpose: str = "reply"
    template: Phrase | None = None
    """The template that says the same as this turn's message."""
    offer: tuple[str, ...] = ()
    """What may have been meant, offered where nothing else is asked."""

    @property
    def moment(self) -> Moment:
        return Moment(self.world.now, self.person.timezone or self.world.timezone)

    @property
    def silence(self) -> timedelta | None:
        """How long nothing was said: since their last message, or since we wrote unasked."""
        silent, wrote = self.person.silent, self.state.get("wrote")
        if silent is None or wrote is None:
            return silent
        return min(silent, self.world.now - datetime.fromisoformat(wrote))

    @property
    def stack(self) -> list[Frame]:
        frames: list[Frame] = self.state.setdefault("stack", [])
        return frames

    @property
    def frame(self) -> Frame | None:
        return self.stack[-1] if self.stack else None

    def flow(self, frame: Frame) -> Flow:
        return self.book[frame["flow"]]

    def push(self, name: str, answers: dict[str, Any] | None = None) -> Frame:
        """Open a conversation above the present one."""
        self.state["stack"] = [f for f in self.stack if f["flow"] != name]
        frame: Frame = {"flow": name, "answers": answers or {}, "tries": 0}
        self.stack.append(frame)
        return frame

    def reopen(self, name: str, bond: int) -> None:
        """Come back to what was asked about a request or a pair, unless it is what is open now."""
        frame = self.frame
        if frame is None or (frame["flow"], frame["answers"].get("bond")) != (name, bond):
            flow = self.book[name]
            first = next(step for step in flow.steps if isinstance(step, Choose))
            self.push(name, {"bond": bond})["asking"] = first.name

    def leave(self) -> None:
        """Close the present conversation; the one below it goes on."""
        self.stack.pop()

    def do(self, effect: Effect) -> None:
        """Ask for an effect, and see it at once in what this turn knows of the person."""
        if isinstance(effect, Begin):
            self.leave()
            self.push(effect.flow, dict(effect.answers))
            return
        self.effects.append(effect)
        if isinstance(effect, Update):
            known = {k: v for k, v in effect.fields.items() if k in Person.__slots__}
            self.person = replace(self.person, **known)
        elif isinstance(effect, OptOut):
            self.person = replace(self.person, opted_out=True)
            self.ending, self.purpose = "quiet", "legal"
        elif isinstance(effect, TOLD_BY_EVENT):
            # What comes of it is told by an event of its own, at once.
            self.ending = "silent"
        elif isinstance(effect, PausePair):
            self.drop(pair=effect.id)
            self.ending = "quiet"
        elif isinstance(effect, Erase | Forget):
            self.state.clear()
            self.ending = "quiet"

    def drop(self, *, request: int = 0, pair: int = 0, person: int = 0) -> bool:
        """Close what is open about a request, a pair or another person; was there anything?"""
        left = [f for f in self.stack if not _is_about(f, request, pair, person)]
        dropped = len(left) < len(self.stack)
        self.state["stack"] = left
        if dropped:
            # A number that comes now answers what is closed, not a menu seen before it.
            self.state.pop("home", None)
        return dropped

    def hand_over(self, reason: str, about: str, words: str = "common-promise") -> None:
        """A person waits for a person: a ticket, a promise, and no question below it."""
        self.do(OpenTicket(reason, about))
        self.say(words)
        self.ending = "quiet"

    def say(self, id: str, attribute: str | None = None, **values: Any) -> None:
        self.lines.append(Phrase(id, attribute, values))

    def ear(self, frame: Frame) -> Ear:
        return Ear(self.flow(frame), frame, self.person, self.words, self.moment)

    def asking(self) -> tuple[Frame, Question] | None:
        """The question that was put, while it still has no answer; else the derived place.

        A deploy may have set another question before it: an answer belongs to what was asked.
        """
        frame = self.frame
        if frame is None or "asking" not in frame:
            return None
        flow, answers = self.flow(frame), frame["answers"]
        put_to = flow.find(frame["asking"], answers)
        if put_to and put_to.name not in answers and put_to.holds(answers, self.person):
            return frame, put_to
        step = flow.next(answers, self.person)
        if not isinstance(step, Question):
            return None
        frame.update(offered=None, which=None, picked=None, picking=None)
        return frame, step

    def fill(self, frame: Frame, values: Mapping[str, Any]) -> None:
        """Store answers and drop what belonged to the question."""
        frame["answers"].update(values)
        frame["tries"] = 0
        for key in ("which", "picked", "picking", "taken_back", "paused", "unasked"):
            frame.pop(key, None)

    def answer(self, frame: Frame, step: Question, values: Mapping[str, Any]) -> None:
        """Store what answers ``step``; "back" will forget it first."""
        trail = [name for name in frame.get("trail", ()) if name != step.name]
        frame["trail"] = [*trail, step.name]
        self.state.pop("nudged", None)
        self.fill(frame, values)

    def take_back(self, frame: Frame, name: str) -> None:
        """Ask an answered question anew; until it is answered, "back" and "skip" bring it back."""
        gone = self.flow(frame).forget(name, frame["answers"])
        self.fill(frame, {})
        frame["taken_back"] = gone

    def bring_back(self, frame: Frame) -> bool:
        """Undo ``take_back``; False where nothing was taken back."""
        gone = frame.get("taken_back")
        if gone:
            self.fill(frame, gone)
        return bool(gone)

    def settle(self) -> None:
        """Run what needs no answer, until a question is next or nothing is left."""
        for _ in range(STEPS_AT_ONCE):
            frame = self.frame
            if frame is None:
                return
            frame["answers"] = self.flow(frame).migrated(frame["answers"])
            step = self.flow(frame).next(frame["answers"], self.person)
            if isinstance(step, Question):
                return
            self._perform(frame, step)
            if step is None and (then := self.flow(frame).then):
                self.push(then)
        raise RuntimeError(f"flow {frame and frame['flow']} does not come to rest")

    def _perform(self, frame: Frame, step: object) -> None:
        flow = self.flow(frame)
        if isinstance(step, Do):
            frame["answers"][step.name] = True
            for effect in step.effect(frame["answers"], self.person):
                self.do(effect)
            return
        if isinstance(step, Say | End):
            frame["answers"][step.name] = True
            if step.name == "void" and self.lines:
                # It lay below what was just settled, and would only puzzle.
                return self.leave()
            told = step.told(frame["answers"], self.person) or _told(frame["answers"])
            self.say(flow.message(step.name), **told)
        if not isinstance(step, Say) and self.stack and self.stack[-1] is frame:
            self.leave()

    def turn(self) -> Turn:
        """What this message changed, with at most one outgoing message."""
        if self.ending != "silent":
            self.settle()
        self._welcome()
        replies: list[Reply] = []
        if self.ending == "ask":
            replies.append(self._question())
        elif self.ending == "quiet" and self.lines:
            replies.append(Reply(tuple(self.lines), purpose=self.purpose))
        if self.template is not None:
            replies = [replace(reply, template=self.template) for reply in replies]
        return Turn(self.state, tuple(replies), tuple(self.effects))

    def _welcome(self) -> None:
        """Who is welcomed back with an answer at once is not asked what they want, and who left what
        was open for the menu does not go on with it."""
        greeting = self.lines[0] if self.lines else None
        if greeting is None or greeting.id != "common-welcome-back":
            return
        if greeting.attribute and (self.frame is not None or len(self.lines) > 1):
            self.lines[0] = replace(greeting, attribute="only")
        elif not greeting.attribute and self.frame is None:
            self.lines[0] = replace(greeting, attribute="only" if len(self.lines) > 1 else "home")

    def _question(self) -> Reply:
        frame = self.frame
        if frame is None:
            return self._home()
        flow = self.flow(frame)
        step = flow.next(frame["answers"], self.person)
        assert isinstance(step, Question)
        reply = put(flow, frame, step, self.person)
        instead = self._instead(frame, step)
        below = reply.lines[1:] if isinstance(step, Rate) else ()
        own = (instead, *below) if instead else reply.lines
        return replace(reply, lines=(*self.lines, *own), purpose=self.purpose)

    def _instead(self, frame: Frame, step: Question) -> Phrase | None:
        """A hint, or the short form of a long text that this person has read in their language."""
        told = f"{step.name}:{self.person.language}"
        if self.instead or not getattr(step, "long", False):
            return self.instead
        if frame.get("told") == told:
            return Phrase(self.flow(frame).message(step.name), "retry")
        frame["told"] = told
        return None

    def _home(self) -> Reply:
        """Nothing is asked: what was told is the answer, or else the menu."""
        if not self.person.belongs:
            lines = self.lines or [Phrase("common-contact")]
            return Reply(tuple(lines), purpose=self.purpose)
        if self.offer:
            return self._offered()
        home = self.book["home"]
        step = home.steps[0]
        assert isinstance(step, Choose)
        frame: Frame = {"flow": "home", "answers": {}}
        reply = put(home, frame, step, self.person)
        self.state["home"] = frame["offered"]
        if self.lines and self.lines[-1].id not in BEFORE_THE_MENU:
            return Reply(tuple(self.lines), purpose=self.purpose)
        return replace(reply, lines=(*(self.lines or reply.lines),), purpose=self.purpose)

    def _offered(self) -> Reply:
        """Nobody is guessed at: what may have been meant, to choose from."""
        self.state["home"] = list(self.offer)
        return Reply(
            (*self.lines, Phrase("common-did-you-mean")),
            tuple(Option(code, Phrase("home-menu", code)) for code in self.offer),
            step="home.menu",
            purpose=self.purpose,
        )


def _is_about(frame: Frame, request: int, pair: int, person: int) -> bool:
    answers = frame["answers"]
    subject = answers.get("subject")
    if person and answers.get("from") == person:
        return True
    if frame["flow"] in ("request", "withdraw"):
        return bool(request) and answers.get("bond") == request
    if subject is not None:
        return subject in (f"request:{request}", f"pair:{pair}")
    return bool(pair) and str(answers.get("bond", "")).removeprefix("pair:") == str(pair)


def _told(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Values that a text may name: an answer's bare words and numbers only."""
    return {k: v for k, v in answers.items() if isinstance(v, str | int) and k.isidentifier()}

"""Reading one message as the answer to one step: words, numbers, labels and taps alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flows.effects import Phrase
from flows.people import Moment, Person, Words
from flows.questions import DONE, Frame, candidates, waiting
from flows.steps import Ask, Choose, Flow, Question, Rate, Review
from nlu import readers
from nlu.meaning import LANGUAGES, Found, Reading, Which
from nlu.normalise import fold

LONGEST = 500
"""Characters kept of an answer in words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message answered: values by step name, or readings to choose from, or a command."""

    values: dict[str, Any] | None = None
    which: tuple[tuple[Any, str], ...] = ()
    command: str = ""
    picked: list[str] | None = None
    over: bool = False
    """More was chosen than may be; the first ones are taken."""


def plain(value: Any) -> Any:
    """A reader's value as JSON: what is stored must survive any deploy."""
    if hasattr(value, "as_json"):
        return value.as_json()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value[:LONGEST] if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Ear:
    """All that reading an answer depends on."""

    flow: Flow
    frame: Frame
    person: Person
    words: Words
    moment: Moment

    def read(self, step: Question, text: str) -> Answer | None:
        """What ``text`` answers of ``step``; None where it does not."""
        offered = candidates(self.frame, step)
        if offered:
            chosen = readers.choice(text, [label for _, label in offered])
            if isinstance(chosen, Found):
                return Answer({step.name: offered[chosen.value][0]})
            if len(offered) == 1 and readers.yes_no(text) == Found(True):
                return Answer({step.name: offered[0][0]})
        if isinstance(step, Ask):
            return self._asked(step, text)
        if isinstance(step, Rate):
            return self._rated(step, text)
        if isinstance(step, Choose):
            return self._chosen(step, text)
        return self._reviewed(step, text)

    def tapped(self, step: Question, code: str) -> Answer | None:
        """What a tap on an option answers; None where it is not one of this step's."""
        offered = candidates(self.frame, step)
        if code.startswith("which:") and offered:
            index = int(code.removeprefix("which:"))
            return Answer({step.name: offered[index][0]}) if index < len(offered) else None
        if code.startswith("command:"):
            return Answer(command=code.removeprefix("command:"))
        if isinstance(step, Rate) and code.isdigit():
            return Answer({step.name: int(code)})
        if isinstance(step, Choose):
            return self._picked(step, code)
        if isinstance(step, Review):
            return _review_code(code)
        return None

    def is_label(self, step: Question, text: str) -> bool:
        """Is this, word for word, one of the options on offer?"""
        if not isinstance(step, Choose | Review):
            return False
        said = fold(text)
        codes = () if candidates(self.frame, step) else self.frame.get("offered") or ()
        return any(said == fold(name) for names in self._names(step, codes) for name in names)

    def _asked(self, step: Ask, text: str) -> Answer | None:
        may_skip = step.optional and not step.counts
        if may_skip and readers.choice(text, self._labels("common-skip", "")) == Found(0):
            return Answer(command="skip")
        return self._from(step, step.reader(text, self.moment))

    def _from(self, step: Question, reading: Reading) -> Answer | None:
        if isinstance(reading, Found):
            return Answer({step.name: plain(reading.value)})
        if isinstance(reading, Which):
            return Answer(which=tuple((plain(v), label) for v, label in reading.candidates))
        return None

    def _rated(self, step: Rate, text: str) -> Answer | None:
        left = waiting(self.flow, self.frame["answers"], self.person, step)
        loop = step.name.partition(".")[0]
        reading = readers.levels(text, len(left))
        if not isinstance(reading, Found):
            return None
        return Answer({f"{loop}.{item}": n for item, n in zip(left, reading.value, strict=False)})

    def _chosen(self, step: Choose, text: str) -> Answer | None:
        codes: list[str] = self.frame.get("offered") or list(step.options)
        if step.eager and not self.is_label(step, text) and (told := self._said(step, text)):
            return told
        synonyms = self._names(step, codes)
        labels = [names[0] for names in synonyms]
        if step.most > 1:
            whole = any(fold(text) == fold(name) for names in synonyms for name in names)
            told = None if whole else self._in_words(step, text)
            if told is not None:
                return told
            several = readers.choices(text, labels, synonyms, most=len(labels))
            if isinstance(several, Found):
                return self._several(step, [codes[index] for index in several.value])
        else:
            one = readers.choice(text, labels, synonyms)
            if isinstance(one, Found):
                return self.tapped(step, codes[one.value])
        return self._in_words(step, text)

    def meant(self, step: Question, yes: bool) -> Answer | None:
        """What a yes or a no answers, where the question can be answered so."""
        if isinstance(step, Review):
            return _review_code("yes" if yes else "fix")
        if isinstance(step, Choose) and step.yes_no:
            return self.tapped(step, step.yes_no[0 if yes else 1])
        if isinstance(step, Choose) and yes and (only := self._only(step)):
            return self.tapped(step, only)
        return None

    def _only(self, step: Choose) -> str:
        """The one person or hour that is proposed: a yes means it."""
        proposed = [c for c in self.frame.get("offered") or () if c not in step.options]
        return str(proposed[0]) if step.among and len(proposed) == 1 else ""

    def _in_words(self, step: Choose, text: str) -> Answer | None:
        agreed = readers.yes_no(text) if step.yes_no or self._only(step) else None
        if isinstance(agreed, Found) and (told := self.meant(step, agreed.value)):
            return told
        return self._said(step, text)

    def _said(self, step: Choose, text: str) -> Answer | None:
        """What the step's own reader finds in the words."""
        if step.reader is None:
            return None
        reading = step.reader(text, self.moment)
        if step.most > 1 and isinstance(reading, Found):
            told = plain(reading.value)
            codes = told if isinstance(told, list) else [told]
            # A reader may know more than is asked here ("automobile"): that has no label.
            return self._several(
                step, [c for c in codes if not isinstance(c, str) or c in step.options]
            )
        return self._from(step, reading)

    def _several(self, step: Choose, codes: list[Any]) -> Answer | None:
        for code in codes:
            if str(code).startswith("command:"):
                return Answer(command=code.removeprefix("command:"))
        picked = [*(self.frame.get("picked") or []), *(c for c in codes if c != DONE)]
        unique = [item for n, item in enumerate(picked) if item not in picked[:n]]
        over = len(unique) > step.most
        return Answer({step.name: unique[: step.most]}, over=over) if unique else None

    def _picked(self, step: Choose, code: str) -> Answer | None:
        if code != DONE and code not in (self.frame.get("offered") or step.options):
            return None
        if step.most == 1:
            return Answer({step.name: code})
        picked = list(self.frame.get("picked") or [])
        if code == DONE:
            return Answer({step.name: picked}) if picked else None
        picked = list(dict.fromkeys([*picked, code]))
        if len(picked) >= min(step.most, len(step.options)):
            return Answer({step.name: picked})
        return Answer(picked=picked)

    def _reviewed(self, step: Review, text: str) -> Answer | None:
        codes: list[str] = self.frame.get("offered") or ["yes", "fix"]
        synonyms = self._names(step, codes)
        one = readers.choice(text, [names[0] for names in synonyms], synonyms)
        if isinstance(one, Found):
            return _review_code(codes[one.value])
        agreed = readers.yes_no(text)
        return self.meant(step, agreed.value) if isinstance(agreed, Found) else None

    def _names(self, step: Question, codes: Sequence[str]) -> list[list[str]]:
        """Each option's label in the person's language, then in the others."""
        made = step.among if isinstance(step, Choose) else None
        options = made(self.frame["answers"], self.person) if made else ()
        own = {option.code: option.label for option in options}
        return [
            [self._text(own[code])] if code in own else self._every_label(step, code)
            for code in codes
        ]

    def _text(self, label: Phrase | str) -> str:
        language = self.person.language or "fr"
        return label if isinstance(label, str) else self.words.text(label, language, {})

    def _every_label(self, step: Question, code: str) -> list[str]:
        prefix, _, rest = code.partition(":")
        if code == DONE and getattr(step, "most", 1) > 1:
            return self._labels("common-done", "")
        if prefix == "command":
            own = ("common-skip", "") if rest == "skip" else ("common-command", rest)
            return self._labels(*own)
        if prefix == "field" and rest:
            return self._labels(f"{self.flow.words or self.flow.name}-{rest}", "field")
        if isinstance(step, Review):
            return self._labels("common-review", code)
        if isinstance(step, Choose) and step.among and code not in step.options:
            # It was on offer and is not any more: only its number still names it.
            return [code]
        return self._labels(self.flow.message(step.name), code)

    def _labels(self, id: str, attribute: str) -> list[str]:
        own = self.person.language or "fr"
        order = [own, *(language for language in LANGUAGES if language != own)]
        return [self.words.label(id, attribute, language) for language in order]


def _review_code(code: str) -> Answer | None:
    if code == "yes":
        return Answer({"": "yes"})
    if code == "fix" or code.startswith("field:"):
        return Answer(command=code)
    return None

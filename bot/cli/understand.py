"""mem understand: what a message means and why, for people and for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson
import typer

from bot import engine as engines
from bot.cli.base import Context, app, fail, here
from bot.settings import UnderstandingSettings
from nlu import readers
from nlu.engines.evaluation import Figure, Report, evaluate, phrases
from nlu.facts import facts
from nlu.lexicon import lexicon
from nlu.meaning import ACT, Found, Meaning, Reading, Which
from nlu.normalise import fold
from nlu.readers import Place, When
from nlu.understand import Engine, embedded, understand

HELDOUT: Final = Path("tests/nlu/heldout")
PHRASES: Final = Path("tests/nlu/phrases")
Asked = Mapping[str, Any]
_HIGHEST: Final = 10**9


@app.command("understand")
def understand_command(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(help="A message, as somebody would type it.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="One message a line in, one JSON object a line out.")
    ] = False,
    evaluation: Annotated[
        bool, typer.Option("--evaluate", help="Measure on sentences that were never trained on.")
    ] = False,
    heldout: Annotated[Path, typer.Option(help="Where those sentences are.")] = HELDOUT,
    expect: Annotated[
        str | None, typer.Option(help="What was asked: name, place, age, number, yesno, when ...")
    ] = None,
    engine: Annotated[
        str | None, typer.Option(help="embedded or rasa; what config.yaml says unless told.")
    ] = None,
) -> None:
    """Print what is understood of a message, and why."""
    surroundings = here(context)
    chosen = _chosen(engine, surroundings.settings.understanding, evaluation)
    if evaluation:
        _evaluate(heldout, chosen)
        _readers(surroundings)
    elif jsonl:
        _programs(surroundings, chosen)
    elif text is not None:
        _person(_told({"text": text, "expect": expect}, surroundings, chosen))
    else:
        fail("Give a message in quotes, or use --jsonl or --evaluate.")


def _chosen(name: str | None, settings: UnderstandingSettings, is_measured: bool) -> Engine:
    """The engine asked for. Where Rasa does not answer this is said, and nothing is measured."""
    name = name or settings.engine
    if name not in ("embedded", "rasa"):
        fail("--engine is embedded or rasa.")
    if name == "embedded":
        return embedded()
    server = engines.rasa(settings)
    if not server.answers():
        away = f"No Rasa with our intents answers at {settings.rasa_url}: make rasa starts one."
        if is_measured:
            fail(away)
        typer.echo(f"{away} The embedded engine answers.", err=True)
    return server


def _programs(context: Context, engine: Engine) -> None:
    while line := sys.stdin.buffer.readline():
        told = _told(_asked(line.decode("utf-8", "replace").rstrip("\r\n")), context, engine)
        sys.stdout.write(orjson.dumps(told).decode() + "\n")
        sys.stdout.flush()


def _asked(line: str) -> Asked:
    """A line is an object with a text, or else it is the text."""
    try:
        asked = orjson.loads(line) if line.lstrip().startswith("{") else None
    except orjson.JSONDecodeError:
        asked = None
    return asked if isinstance(asked, dict) and "text" in asked else {"text": line}


def _told(asked: Asked, context: Context, engine: Engine) -> dict[str, Any]:
    """What one message means, as it is printed for programs."""
    text, expect = str(asked["text"]), asked.get("expect")
    try:
        now, timezone = _moment(asked, context.settings.programme.timezone)
        reader = _reader(asked, now, timezone) if expect else None
    except ValueError as error:
        return {"text": text, "error": str(error)}
    meaning = understand(text, expect, engine)
    told = _meaning(meaning, now.astimezone(ZoneInfo(timezone)).year)
    if reader is not None:
        told |= _value(reader(text))
    return told


def _meaning(meaning: Meaning, year: int) -> dict[str, Any]:
    found = (*meaning.entities, *facts(meaning.text, year))
    return {
        "text": meaning.text,
        "language": meaning.language,
        "variety": meaning.variety,
        "intent": meaning.intent,
        "confidence": meaning.confidence,
        "sure": meaning.sure,
        "rule": meaning.plain,
        "alternatives": [{"intent": i, "confidence": c} for i, c in meaning.alternatives],
        "entities": [
            {"entity": e.entity, "value": _shown(e.value), "start": e.start, "end": e.end}
            for e in found
        ],
        "value": None,
    }


def _moment(asked: Asked, timezone: str) -> tuple[datetime, str]:
    timezone = str(asked.get("timezone") or timezone)
    try:
        zone = ZoneInfo(timezone)
        now = datetime.fromisoformat(str(asked["now"])) if asked.get("now") else datetime.now(UTC)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise ValueError("timezone is a name such as Africa/Casablanca, now is ISO 8601") from None
    return (now if now.tzinfo else now.replace(tzinfo=zone)), timezone


def _reader(asked: Asked, now: datetime, timezone: str) -> Callable[[str], Reading]:
    year = now.astimezone(ZoneInfo(timezone)).year
    options = asked.get("options") or ()
    if not isinstance(options, Sequence) or isinstance(options, str):
        raise ValueError("options is a list of texts")
    labels = [str(option) for option in options]
    known: dict[str, Callable[[str], Reading]] = {
        "name": readers.full_name,
        "place": readers.place,
        "age": lambda text: readers.age(text, year),
        "number": lambda text: _number(text, labels),
        "yesno": readers.yes_no,
        "stage": readers.stage,
        "skills": readers.skills,
        "language": _language,
        "phone": readers.phone,
        "when": lambda text: readers.when(text, now, timezone),
    }
    reader = known.get(str(asked["expect"]))
    if reader is None:
        raise ValueError(f"expect is one of {' '.join(known)}")
    return reader


def _number(text: str, labels: Sequence[str]) -> Reading:
    """The number told; with options shown, which of them, counted from 1."""
    if not labels:
        return readers.number(text, 0, _HIGHEST)
    reading = readers.choice(text, labels)
    if isinstance(reading, Which):
        return Which(tuple((at + 1, label) for at, label in reading.candidates))
    return Found(reading.value + 1) if reading else None


def _language(text: str) -> Reading:
    """One language; several are asked about. Darija may be asked for in Latin letters."""
    reading = readers.languages(text)
    if not isinstance(reading, Found):
        return reading
    latin = bool(lexicon("command_marks", "value", "kind", "latin").find(fold(text).split()))
    codes = ["arizi" if c == "ary" and latin else c for c in reading.value]
    return Found(codes[0]) if len(codes) == 1 else Which(tuple((code, code) for code in codes))


def _value(reading: Reading) -> dict[str, Any]:
    if isinstance(reading, Which):
        return {"value": None, "ask": [_shown(value) for value, _ in reading.candidates]}
    return {"value": _shown(reading.value) if reading else None}


def _shown(value: Any) -> Any:
    """A value as programs read it: French names of places, local times, lists."""
    if isinstance(value, Place):
        return value.name_fr
    if isinstance(value, When):
        return value.at
    if isinstance(value, tuple | list):
        return [_shown(one) for one in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _person(told: Mapping[str, Any]) -> None:
    if "error" in told:
        fail(str(told["error"]))
    why = "a rule: the whole message says it" if told["rule"] else "the trained model"
    acts = "acted on" if told["sure"] and told["confidence"] >= ACT else "asked back first"
    typer.echo(f"{told['intent']}  {told['confidence']:.2f}  ({why}; {acts})")
    typer.echo(f"written in {told['variety'] or '?'}, answered in {told['language'] or '?'}")
    for one in told["alternatives"]:
        typer.echo(f"  or {one['intent']}  {one['confidence']:.2f}")
    for fact in told["entities"]:
        typer.echo(f"  {fact['entity']}: {fact['value']}  [{fact['start']}:{fact['end']}]")
    if told["value"] is not None or "ask" in told:
        typer.echo(f"  value: {told['value']}  {told.get('ask', '')}")


def _evaluate(folder: Path, engine: Engine) -> None:
    report = evaluate(folder, lambda text: understand(text, engine=engine))
    if not report.count:
        fail(f"{folder} holds no examples: --heldout names another folder.")
    for line in _lines(report):
        typer.echo(line)


def _readers(context: Context) -> None:
    """What each reader makes of answers that people wrote without having seen it."""
    timezone = context.settings.programme.timezone
    for folder, about in ((PHRASES, "answers"), (PHRASES / "fresh", "answers written later")):
        figures = list(phrases(folder, lambda asked: reading(asked, timezone)))
        for line in _figures(figures, about):
            typer.echo(line)


def reading(asked: Asked, timezone: str) -> Reading:
    """What the reader that is asked for makes of a text."""
    return _reader(asked, *_moment(asked, timezone))(str(asked["text"]))


def _figures(figures: Sequence[Figure], about: str) -> Iterator[str]:
    if figures:
        yield f"{about}: read right, of how many, in each variety"
    for one in figures:
        varieties = "  ".join(f"{name} {share:.0%}" for name, share in one.by_variety().items())
        yield f"  {one.name:10} {one.share:6.1%} {len(one.phrases):5}  {varieties}"


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.count} messages, {report.accuracy:.1%} right, {report.milliseconds:.2f} ms each"
    yield from (f"  {name:6} {share:.1%}" for name, share in report.by_variety.items())
    yield "intent: recall, precision"
    yield from (
        f"  {name:20} {recall:6.1%} {precision:6.1%}"
        for name, (recall, precision) in report.by_intent.items()
    )
    yield "confusions: meant, understood, times"
    yield from (f"  {meant:20} {heard:20} {times}" for meant, heard, times in report.confusions)
    yield "calibration: confidence said, share right, messages"
    yield from (f"  {said:.2f} {right:.2f} {number}" for said, right, number in report.calibration)
    yield f"calibration error {report.calibration_error:.3f}"
    yield f"acting from {ACT:.0%}: {report.coverage:.1%} of messages, {report.acted_right:.1%} right"
    scope = report.out_of_scope
    yield f"out of scope: precision {scope[0]:.1%}, recall {scope[1]:.1%}, F1 {scope[2]:.2f}"
    yield f"false stop: {report.false_stop:.2%} of other messages, {report.false_stop_acted:.2%} sure"
    yield f"language {report.language:.1%}, variety {report.variety:.1%}"

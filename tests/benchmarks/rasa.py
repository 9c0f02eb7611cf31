"""The embedded engine beside Rasa's DIET: the same training files, the same held-out messages, one run.

    make rasa-env
    python -m tests.benchmarks.rasa
    python -m tests.benchmarks.rasa --split         # a tenth of the examples held out instead
    python -m tests.benchmarks.rasa --model data/rasa/nlu.tar.gz      # what make rasa trained

Accuracy is told twice: alone, and in the product, where rules speak first. Each engine is weighed
in a process that holds nothing else. One message is timed inside it and, for Rasa, over HTTP too,
as the product asks it. Training runs at low priority ("nice"): measure on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import yaml

from nlu.engines.embedded import Embedded
from nlu.engines.evaluation import held_out, report
from nlu.engines.model import Model
from nlu.engines.rasa import Rasa
from nlu.engines.training import DATA, VARIETIES, Example, examples
from nlu.meaning import Meaning
from nlu.normalise import fold
from nlu.understand import Engine, understand
from tests import rasa as real
from tests.benchmarks.footprint import resident

HELDOUT = real.ROOT / "tests" / "nlu" / "heldout"
WARM_UP = 20
"""Messages asked first and not timed: the first few pay for what is made once."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one engine did. Times in milliseconds, in its process and as the product asks it."""

    alone: dict[str, float]
    product: dict[str, float]
    calibration_error: float
    training: float | None
    megabytes: float
    inside: list[float]
    asked: list[float]


def main() -> None:
    parser = argparse.ArgumentParser(description="The embedded engine beside Rasa's DIET.")
    parser.add_argument("--heldout", type=Path, default=HELDOUT)
    parser.add_argument("--split", action="store_true", help="hold a tenth of the examples out")
    parser.add_argument("--model", type=Path, help="a Rasa model that is trained already")
    parser.add_argument("--layers", type=int, help="of DIET's transformer; 0 trains faster")
    told = parser.parse_args()
    if real.python() is None:
        sys.exit(real.why_none())
    with tempfile.TemporaryDirectory(prefix="mem-rasa-") as name:
        folder = Path(name)
        data = folder / "data"
        messages = [] if told.split else held_out(told.heldout)
        if messages:
            _copy(data)
        else:
            messages = _split(data)
        print(f"{len(examples(data))} examples to learn, {len(messages)} messages held out\n")
        ours = embedded_result(messages, data, folder)
        model = told.model and told.model.resolve()
        theirs = rasa_result(messages, data, folder, model, _config(folder, told.layers))
    for line in table(ours, theirs):
        print(line)


def embedded_result(messages: Sequence[Example], data: Path, folder: Path) -> Result:
    """Trained in one process, then read from the cache, asked and weighed in another."""
    words = [sys.executable, "-m", "tests.benchmarks.ask_embedded"]
    words += [str(folder / "cache"), str(data)]
    training = _output(words, ["bonjour"])["ready"]
    told = _output(words, _texts(messages))
    times = [row[2] * 1000 for row in told["answers"][WARM_UP:]]
    return _result(messages, told, _trained(folder), training, told["megabytes"], times)


def _trained(folder: Path) -> Embedded:
    """The very model that was measured, whatever has become of the files since."""
    made = (folder / "cache").glob("model-*.npz")
    return Embedded(Model.load(max(made, key=lambda file: file.stat().st_mtime)))


def rasa_result(
    messages: Sequence[Example], data: Path, folder: Path, model: Path | None, config: Path
) -> Result:
    """Trained, asked in a process of its own, then served and asked over HTTP."""
    training = None
    if model is None:
        began = time.perf_counter()
        model = real.train(data, folder, config)
        training = time.perf_counter() - began
    answers = folder / "answers.json"
    asker = str(Path(__file__).with_name("ask_rasa.py"))
    done = subprocess.run(
        [str(real.python()), "-I", asker, str(model), str(answers)],  # -I: not this file for rasa
        input=json.dumps(_texts(messages)), text=True, capture_output=True, cwd=folder,
        env=real.environment(folder),
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    told = json.loads(answers.read_text())
    with real.served(model, folder) as server:
        times = list(_timed_http(server.url, _texts(messages)))[WARM_UP:]
        client = Rasa(server.url, _trained(folder), seconds=30)
        result = _result(messages, told, client, training, 0, times)
        client.close()
        megabytes = resident(server.process.pid)
    return replace(result, megabytes=megabytes)


def _config(folder: Path, layers: int | None) -> Path:
    """The pipeline that `make rasa` trains, or the same with another number of layers."""
    if layers is None:
        return real.CONFIG
    config = yaml.safe_load(real.CONFIG.read_text(encoding="utf-8"))
    config["pipeline"][-1] |= {"number_of_transformer_layers": layers}
    (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return folder / "config.yml"


def _result(
    messages: Sequence[Example], told: Any, engine: Engine, training: float | None,
    megabytes: float, asked: list[float],
) -> Result:  # fmt: skip
    answers = told["answers"][WARM_UP:]
    alone = [
        (e, Meaning(e.text, intent=i, confidence=c))
        for e, (i, c, _) in zip(messages, answers, strict=True)
    ]
    return Result(
        _by_variety(alone),
        _by_variety([(e, understand(e.text, engine=engine)) for e in messages]),
        report(alone, 0).calibration_error,
        training,
        megabytes,
        [seconds * 1000 for _, _, seconds in answers],
        asked,
    )


def _by_variety(pairs: list[tuple[Example, Meaning]]) -> dict[str, float]:
    found = report(pairs, 0)
    return {**found.by_variety, "all": found.accuracy}


def _texts(messages: Sequence[Example]) -> list[str]:
    """A few to warm up, then all of them."""
    texts = [one.text for one in messages]
    return [*texts[:WARM_UP], *texts]


def _timed_http(url: str, texts: Sequence[str]) -> Iterator[float]:
    with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
        for text in texts:
            began = time.perf_counter()
            client.post("/model/parse", json={"text": text}).raise_for_status()
            yield (time.perf_counter() - began) * 1000


def _output(words: Sequence[str], texts: Sequence[str]) -> Any:
    done = subprocess.run(
        words, input=json.dumps(texts), text=True, check=True, capture_output=True, cwd=real.ROOT
    )
    return json.loads(done.stdout)


def _copy(folder: Path) -> None:
    """The training files as they are now, for both engines: somebody may be writing more."""
    for variety in VARIETIES:
        shutil.copytree(DATA / variety, folder / variety)


def _split(folder: Path) -> list[Example]:
    """Nine tenths of the examples written out as training files, and the other tenth.

    It is drawn by the folded sentence, lest one stand on both sides.
    """
    apart: dict[bool, list[Example]] = {False: [], True: []}
    for one in examples():
        apart[zlib.crc32((fold(one.text) or one.text).encode()) % 10 == 0].append(one)
    real.write(apart[False], folder)
    return apart[True]


def table(ours: Result, theirs: Result) -> Iterator[str]:
    """What a person reads; ratios are how many times more Rasa needs."""
    yield f"{'':34}{'embedded':>10}{'Rasa DIET':>11}{'':>4}"
    for title, pick in (
        ("engine alone", lambda r: r.alone),
        ("in the product", lambda r: r.product),
    ):
        for name in ours.alone:
            one, other = pick(ours)[name], pick(theirs)[name]
            yield _row(
                f"accuracy, {title}, {name}",
                f"{one:.1%}",
                f"{other:.1%}",
                f"{100 * (one - other):+.1f} points",
            )
    one, other = ours.calibration_error, theirs.calibration_error
    yield _row("calibration error, engine alone", f"{one:.3f}", f"{other:.3f}")
    yield _compared("training, seconds", ours.training or 0, theirs.training, ".0f")
    yield _compared("memory after answering, MB", ours.megabytes, theirs.megabytes, ".0f")
    for title, share in (("p50", 50), ("p95", 95)):
        at = _percentile(share)
        yield _compared(
            f"one message in process, {title}, ms", at(ours.inside), at(theirs.inside), ".2f"
        )
        yield _compared(
            f"one message as asked*, {title}, ms", at(ours.asked), at(theirs.asked), ".2f"
        )
    yield "\n* embedded in process, Rasa over HTTP on loopback"


def _percentile(share: int) -> Callable[[list[float]], float]:
    return lambda times: statistics.quantiles(times, n=100)[share - 1]


def _compared(title: str, one: float, other: float | None, shape: str) -> str:
    if other is None:
        return _row(title, format(one, shape), "-")
    return _row(
        title, format(one, shape), format(other, shape), f"{other / max(one, 1e-9):.1f} times"
    )


def _row(title: str, one: str, other: str, note: str = "") -> str:
    return f"{title:34}{one:>10}{other:>11}    {note}"


if __name__ == "__main__":
    main()

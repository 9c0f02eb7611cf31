"""A real Rasa for tests and benchmarks: trained and served from the environment that `make rasa-env` makes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from nlu.engines.training import Example

ROOT: Final = Path(__file__).parent.parent
CONFIG: Final = ROOT / "nlu" / "rasa" / "config.yml"
_TRAINING: Final = 3 * 60 * 60
_STARTING: Final = 120


class Server(NamedTuple):
    """A running server, its process, and where it writes."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path


def python() -> Path | None:
    """The interpreter that has Rasa, if there is one."""
    found = ROOT / ".venv-rasa" / "bin" / "python"
    return found if (found.parent.parent / ".ready").exists() else None


def why_none() -> str:
    """What to do to have a Rasa environment here."""
    has_310 = subprocess.run(
        ["make", "--silent", "rasa-python"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    missing = "no .venv-rasa" if has_310 else "no Python 3.10"
    return f"{missing}: make rasa-env {'makes it' if has_310 else 'says how to get it'}"


def environment(folder: Path) -> dict[str, str]:
    """No telemetry, and no cache outside ``folder``."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def write(told: Iterable[Example], folder: Path) -> None:
    """Examples as training files, one a variety."""
    by_variety: dict[str, dict[str, list[str]]] = {}
    for one in told:
        by_variety.setdefault(one.variety, {}).setdefault(one.intent, []).append(one.text)
    for variety, intents in by_variety.items():
        blocks = [
            {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
            for intent, texts in intents.items()
        ]
        (folder / variety).mkdir(parents=True)
        (folder / variety / "all.yml").write_text(
            yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, width=10_000),
            encoding="utf-8",
        )


def train(data: Path, folder: Path, config: Path = CONFIG) -> Path:
    """A model of the examples under ``data``, written into ``folder``."""
    words = ["train", "nlu", "--config", config, "--nlu", data, "--out", folder]
    nice = [shutil.which("nice") or "/usr/bin/nice", "-n", "10"]
    with (folder / "train.log").open("wb") as log:
        subprocess.run(
            [*nice, *_rasa(), *map(str, words), "--fixed-model-name", "nlu"],
            cwd=folder, env=environment(folder), check=True, timeout=_TRAINING,
            stdout=log, stderr=log,
        )  # fmt: skip
    return folder / "nlu.tar.gz"


@contextmanager
def served(model: Path, folder: Path) -> Iterator[Server]:
    """A server with a model, on a free port of this machine, until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    words = ["run", "--enable-api", "--model", model, "--interface", "127.0.0.1", "--port", port]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_rasa(), *map(str, words)],
            cwd=folder, env=environment(folder), stdout=output, stderr=output,
        )  # fmt: skip
    try:
        _until_up(f"http://127.0.0.1:{port}", process)
        yield Server(f"http://127.0.0.1:{port}", process, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()


def _rasa() -> list[str]:
    return [str(python()), "-W", "ignore", "-m", "rasa"]


def _until_up(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a model is loaded, which /status tells."""
    end = time.monotonic() + _STARTING
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{url}/status", timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.3)
    raise RuntimeError("the Rasa server did not start: see server.log")

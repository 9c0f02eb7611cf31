"""One process that holds only the embedded engine: how soon it is ready, what it answers, what it weighs.

    python -m tests.benchmarks.ask_embedded CACHE DATA < texts.json > answers.json

It trains when CACHE holds no model of DATA. ``ask_rasa.py`` is its sister.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from nlu.engines.embedded import Embedded


def main() -> None:
    cache, data = map(Path, sys.argv[1:])
    started = time.perf_counter()
    engine = Embedded.ready(cache, data)
    ready = time.perf_counter() - started
    answers = []
    for text in json.load(sys.stdin):
        began = time.perf_counter()
        parsed = engine.parse(text)
        answers.append((parsed.intent, parsed.confidence, time.perf_counter() - began))
    status = Path("/proc/self/status").read_text()
    kilobytes = int(status.split("VmRSS:")[1].split()[0])
    json.dump({"ready": ready, "answers": answers, "megabytes": kilobytes / 1024}, sys.stdout)


if __name__ == "__main__":
    main()

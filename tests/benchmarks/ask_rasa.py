"""One process of Python 3.10 that holds a Rasa agent, without HTTP: the sister of ``ask_embedded``.

    .venv-rasa/bin/python -I tests/benchmarks/ask_rasa.py MODEL ANSWERS < texts.json

-I, lest ``rasa.py`` beside this file be taken for Rasa. The answers go into a file, for Rasa
writes to standard output.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from pathlib import Path

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog


async def main() -> None:
    configure_structlog(logging.ERROR)
    started = time.perf_counter()
    agent = Agent.load(sys.argv[1])
    ready = time.perf_counter() - started
    answers = []
    for text in json.load(sys.stdin):
        began = time.perf_counter()
        intent = (await agent.parse_message(text))["intent"]
        answers.append((intent["name"], intent["confidence"], time.perf_counter() - began))
    status = Path("/proc/self/status").read_text()
    kilobytes = int(status.split("VmRSS:")[1].split()[0])
    told = {"ready": ready, "answers": answers, "megabytes": kilobytes / 1024}
    Path(sys.argv[2]).write_text(json.dumps(told))


if __name__ == "__main__":
    asyncio.run(main())

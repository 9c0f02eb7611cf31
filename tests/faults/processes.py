"""Real ``mem`` processes for tests and benchmarks: started, asked whether they answer, killed."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import aiohttp

from tests.faults.people import ACCOUNT, BOT, NUMBER, PUBLIC, SECRET, TOKEN
from tests.postgres import empty_database, server

ROOT = Path(__file__).parents[2]
ANY_HOUR = {
    f"REACH__HOURS__{name}": '["00:00-23:59"]'
    for name in ("WEEKDAYS", "SATURDAY", "SUNDAY", "RAMADAN", "AWAITED")
}


@contextmanager
def place(kind: str, name: str) -> Iterator[tuple[str, Path]]:
    """The address of an empty database ("sqlite" or "postgres", with a disk to wait for) and a
    folder for logs."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"mem-{name}-")))
        url = f"sqlite:///{folder}/mem.db"
        if kind == "postgres":
            made = stack.enter_context(server(durable=True))
            url = stack.enter_context(empty_database(made.url, name))
        yield url, folder


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def environment(database_url: str, far_url: str = "", **more: str) -> dict[str, str]:
    """The settings of a bot on all channels whose providers stand at ``far_url``."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MEM_")}
    settings = {"DATABASE__URL": database_url, "LOG__LEVEL": "WARNING"}
    if far_url:
        settings |= {
            "SERVER__PUBLIC_URL": PUBLIC,
            "TELEGRAM__TOKEN": BOT,
            "TELEGRAM__WEBHOOK_SECRET": SECRET,
            "TELEGRAM__BASE_URL": far_url,
            "TWILIO__ACCOUNT_SID": ACCOUNT,
            "TWILIO__AUTH_TOKEN": TOKEN,
            "TWILIO__WHATSAPP_NUMBER": NUMBER,
            "TWILIO__SMS_NUMBER": NUMBER,
            "TWILIO__SMS_PER_SECOND": "20",
            "TWILIO__API_BASE": far_url,
        }
    named = {f"MEM_{name}": value for name, value in (settings | more).items()}
    return clean | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | named


def paced(per_second: float) -> dict[str, str]:
    """Settings that let every channel send so many messages a second."""
    names = ("TWILIO__WHATSAPP_PER_SECOND", "TWILIO__SMS_PER_SECOND", "TELEGRAM__PER_SECOND")
    return dict.fromkeys(names, str(round(per_second)))


class Process:
    """One ``mem`` command that can be killed and started again; its log grows in ``folder``."""

    def __init__(self, folder: Path, env: Mapping[str, str], *command: str) -> None:
        self._folder = folder
        self._env = dict(env)
        self.command = command
        self.starts = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self._folder / f"{'-'.join(self.command)}.log"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        self.starts += 1
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", *self.command],
                cwd=self._folder, env=self._env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def kill(self) -> None:
        """kill -9: no handler, no farewell."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def end(self, seconds: float = 30) -> float:
        """SIGTERM; returns how long it took to end. Raises TimeoutExpired."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(seconds)
        return time.monotonic() - began

    def run(self) -> None:
        """Run to the end; raises with the log where that fails."""
        self.start()
        assert self._process is not None
        if self._process.wait(60):
            raise RuntimeError(self.log.read_text())


async def until_healthy(session: aiohttp.ClientSession, base: str, process: Process) -> None:
    """Return when it answers. Raises where it ended instead."""
    async with asyncio.timeout(60):
        while True:
            if not process.alive:
                raise RuntimeError(process.log.read_text()[-4000:])
            try:
                async with session.get(f"{base}/healthz") as answer:
                    if answer.status == 200:
                        return
            except (aiohttp.ClientError, OSError):
                await asyncio.sleep(0.02)


async def rage(
    processes: Sequence[Process], chance: random.Random, every: tuple[float, float] = (2.0, 6.0)
) -> None:
    """Kill one of them every few seconds and start it again, for ever."""
    while processes:
        await asyncio.sleep(chance.uniform(*every))
        process = chance.choice(processes)
        process.kill()
        process.start()

"""Simulated people who write to real webhooks until these answer 200, and what they must get."""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import aiohttp
from twilio.request_validator import RequestValidator

from bot.clock import Clock
from bot.rehearsal import Rehearsal
from bot.settings import Settings
from tests.conftest import MONDAY
from tests.faults.far import Far

ACCOUNT = "AC" + "1" * 32
TOKEN = "a-twilio-token"
BOT = "4242:a-bot-token"
SECRET = "a-webhook-secret"
PUBLIC = "https://mem.example.org"
NUMBER = "+212600999001"
SCRIPT = (
    "bonjour", "1", "Amina Benali", "31", "Fès", "je vends des tapis", "1", "1", "3", "1", "1",
    "1", "1", "merci", "merci", "merci", "bonjour", "c'est gratuit ?", "merci", "aide",
)  # fmt: skip
"""A whole onboarding and then some; each message has exactly one reply, some with equal words."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at one channel."""

    channel: str
    address: str


def crowd(count: int, channels: Sequence[str] = ("whatsapp", "sms", "telegram")) -> list[Person]:
    """People spread evenly over the channels."""
    people = []
    for number in range(count):
        channel = channels[number % len(channels)]
        address = f"{700_000 + number}" if channel == "telegram" else f"+2126{number:08d}"
        people.append(Person(channel, address))
    return people


async def expected(script: Sequence[str] = SCRIPT) -> dict[str, list[str]]:
    """By channel, the texts that somebody gets who plays the script undisturbed."""
    told: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database={"url": f"sqlite:///{folder}/expected.db"})
        rehearsal = Rehearsal(settings, Clock(MONDAY))
        await rehearsal.begin()
        for person in crowd(3):
            texts = told[person.channel] = []
            for line in script:
                sent = await rehearsal.write(f"{person.channel}:{person.address}", text=line)
                assert len(sent) == 1, f"{line!r} has {len(sent)} replies: choose other words"
                texts.append(sent[0].text)
        await rehearsal.end()
    return told


def request(person: Person, number: int, text: str) -> tuple[str, Mapping[str, str], object]:
    """(path, headers, body) of a person's message: signed, with an id that repeats with it."""
    if person.channel == "telegram":
        chat = int(person.address)
        update = {
            "update_id": chat * 1000 + number,
            "message": {
                "message_id": number + 1,
                "date": 1_800_000_000,
                "chat": {"id": chat, "type": "private"},
                "from": {"id": chat, "is_bot": False, "first_name": "A", "language_code": "fr"},
                "text": text,
            },
        }
        return "/webhooks/telegram", {"X-Telegram-Bot-Api-Secret-Token": SECRET}, update
    path = f"/webhooks/twilio/{person.channel}"
    prefix = "whatsapp:" if person.channel == "whatsapp" else ""
    form = {
        "MessageSid": f"SM{person.address[1:]}{number:020d}",
        "AccountSid": ACCOUNT,
        "From": prefix + person.address,
        "To": prefix + NUMBER,
        "Body": text,
        "NumMedia": "0",
    }
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + path, form)
    return path, {"X-Twilio-Signature": signature}, form


@dataclass
class Poster:
    """Posts messages to the webhooks of ``base``, again and again until 200."""

    session: aiohttp.ClientSession
    base: str
    patience: float = 120.0
    again: int = 0
    refused: int = 0
    """Answers other than 200; a killed process gives none at all."""

    async def post(self, person: Person, number: int, text: str) -> int:
        """One try; 0 where nobody answered."""
        path, headers, body = request(person, number, text)
        kind = "json" if person.channel == "telegram" else "data"
        try:
            async with self.session.post(
                self.base + path, headers=headers, **{kind: body}
            ) as answer:
                await answer.read()
                return answer.status
        except (aiohttp.ClientError, OSError, TimeoutError):
            return 0

    async def deliver(self, person: Person, number: int, text: str) -> None:
        """As a provider that repeats: Telegram always does, Twilio with ``#rp=all``."""
        async with asyncio.timeout(self.patience):
            while (status := await self.post(person, number, text)) != 200:
                self.again += 1
                self.refused += status != 0
                await asyncio.sleep(random.uniform(0.05, 0.3))

    async def talk(self, person: Person, script: Sequence[str], pause: float) -> None:
        """One person's messages in order, not waiting for answers."""
        for number, text in enumerate(script):
            await asyncio.sleep(random.uniform(0, 2 * pause))
            await self.deliver(person, number, text)


async def play(
    poster: Poster, people: Sequence[Person], script: Sequence[str], pace: float
) -> None:
    """Everybody at once, ``pace`` messages a second in all."""
    pause = len(people) / pace
    await asyncio.gather(*(poster.talk(person, script, pause) for person in people))


PATIENCE = 60.0
"""Seconds that a newcomer waits for an answer."""


def after(seconds: float) -> Callable[[], bool]:
    """A question that is answered yes from then on."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


async def newcomers(
    poster: Poster, far: Far, first: int, is_over: Callable[[], bool]
) -> list[float]:
    """New people on Telegram write, four a second; how long each waits for an answer."""

    async def one(chat: str) -> float:
        began, seen = time.perf_counter(), len(far.ledger)
        await poster.deliver(Person("telegram", chat), 1, "bonjour")
        while (waited := time.perf_counter() - began) < PATIENCE:
            fresh, seen = far.ledger[seen:], len(far.ledger)
            if any((sent.channel, sent.address) == ("telegram", chat) for sent in fresh):
                break
            await asyncio.sleep(0.004)
        return waited

    tasks = []
    while not is_over():
        tasks.append(asyncio.create_task(one(str(first + len(tasks)))))
        await asyncio.sleep(0.25)
    return await asyncio.gather(*tasks)


def percentile(waits: Sequence[float], percent: int) -> float:
    """In milliseconds."""
    return statistics.quantiles(waits, n=100)[percent - 1] * 1000

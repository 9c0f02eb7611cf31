"""Understanding by Rasa: right, late, wrong, away or back. A real one: ``test_rasa_server``."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner
from werkzeug import Request, Response

import bot.cli.understand  # noqa: F401  registers the command
from bot.cli.base import app
from bot.engine import engine, listening
from bot.settings import SettingsError, UnderstandingSettings, load
from nlu.engines.embedded import Embedded
from nlu.engines.rasa import Rasa
from nlu.understand import embedded, understand

ASKED = "/model/parse"
SENTENCE = "ch7al kaykhelles hadchi, wach b flous ?"
PATIENCE = 0.25
"""Seconds that these tests wait for an answer."""


def told(intent: str, confidence: float = 0.9, other: str = "help") -> dict[str, Any]:
    """An answer as a real server gives it, in short."""
    best = {"name": intent, "confidence": confidence}
    ranking = [best, {"name": other, "confidence": round(1 - confidence, 3)}]
    return {"text": "x", "intent": best, "entities": [], "intent_ranking": ranking}


@pytest.fixture
def make(httpserver: HTTPServer) -> Iterator[Callable[..., Rasa]]:
    """Makes clients of the local server, and lets go of them."""
    made: list[Rasa] = []

    def one(url: str = httpserver.url_for(""), **changes: Any) -> Rasa:
        wanted = {"seconds": PATIENCE, "failures": 2, "pause": 0.3} | changes
        made.append(Rasa(url, embedded(), **wanted))
        return made[-1]

    yield one
    for client in made:
        client.close()


@pytest.fixture
def slow_server() -> Iterator[HTTPServer]:
    """A server of its own, on which requests that nobody waits for any more disturb no other test."""
    with HTTPServer(threaded=True) as server:
        yield server


def questions(httpserver: HTTPServer) -> list[str]:
    """What the server was asked, in order."""
    return [request.json["text"] for request, _ in httpserver.log if request.json]


# an answer


def test_the_intent_is_rasas_and_the_language_ours(
    httpserver: HTTPServer, make: Callable[..., Rasa]
) -> None:
    httpserver.expect_request(ASKED, method="POST").respond_with_json(told("funding"))
    parsed = make().parse(SENTENCE)
    assert (parsed.intent, parsed.language, parsed.variety) == ("funding", "ar", "arizi")
    assert parsed.confidence == pytest.approx(0.9, abs=0.02)
    assert parsed.alternatives[0][0] == "help"
    assert questions(httpserver) == [SENTENCE]


def test_understanding_uses_it(httpserver: HTTPServer, make: Callable[..., Rasa]) -> None:
    httpserver.expect_request(ASKED).respond_with_json(told("funding"))
    meaning = understand(SENTENCE, engine=make())
    assert (meaning.intent, meaning.text, meaning.plain) == ("funding", SENTENCE, False)


def test_what_was_asked_is_a_hint(httpserver: HTTPServer, make: Callable[..., Rasa]) -> None:
    httpserver.expect_request(ASKED).respond_with_json(told("help", 0.6, "deny"))
    client = make()
    assert client.parse("bof").intent == "help"
    assert client.parse("bof", "yesno").intent == "deny"


def test_words_after_a_stroke_name_no_intent(
    httpserver: HTTPServer, make: Callable[..., Rasa]
) -> None:
    httpserver.expect_request(ASKED).respond_with_json(told("help"))
    make().parse(" / /delete_data")
    assert questions(httpserver) == ["delete_data"]


@pytest.mark.parametrize("text", ["", "   ", "/", "\n", "\x00", "2", "٢", "12:30", "..."])
def test_nothing_is_not_asked_about(
    httpserver: HTTPServer, make: Callable[..., Rasa], text: str
) -> None:
    assert make().parse(text) == embedded().parse(text)
    assert not httpserver.log


@pytest.mark.parametrize("text", ["\ud83d ok", "a" * 50_000, "😀" * 300, "?", "\u202e"])
def test_odd_messages_can_be_sent(
    httpserver: HTTPServer, make: Callable[..., Rasa], text: str
) -> None:
    httpserver.expect_request(ASKED).respond_with_json(told("thanks"))
    assert make().parse(text).intent == "thanks"


# no answer


BAD = {
    "an error": Response(status=500),
    "no such page": Response(status=404),
    "moved": Response(status=302, headers={"Location": "/elsewhere"}),
    "no model": Response(json.dumps({"reason": "Conflict"}), status=409),
    "empty": Response(""),
    "a page": Response("<html>it works</html>"),
    "half": Response('{"intent": {"name": "cost", "conf'),
    "not UTF-8": Response(b'{"intent": "\xff"}'),
    "another thing": Response("[1, 2]"),
    "deep": Response("[" * 100_000),
    "huge": Response(" " * 5_000_000),
    "no intent": Response(json.dumps(told("cost") | {"intent": {"name": None, "confidence": 0}})),
    "no ranking": Response(json.dumps({"intent": {"name": "cost", "confidence": 1}})),
    "another's intent": Response(json.dumps(told("order_pizza"))),
    "no number": Response(json.dumps(told("cost")).replace("0.9", "NaN")),
    "no share": Response(json.dumps(told("cost")).replace("0.9", "7")),
}


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD.keys())
def test_a_bad_answer_is_none(
    httpserver: HTTPServer, make: Callable[..., Rasa], answer: Response
) -> None:
    httpserver.expect_request(ASKED).respond_with_response(answer)
    assert make().parse(SENTENCE) == embedded().parse(SENTENCE)


def test_nobody_there(make: Callable[..., Rasa], unused_port: int) -> None:
    client = make(f"http://127.0.0.1:{unused_port}")
    assert client.parse(SENTENCE) == embedded().parse(SENTENCE)
    assert not client.answers()


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def slow(_request: Request) -> Response:
    time.sleep(4 * PATIENCE)
    return Response(json.dumps(told("cost")))


def trickling(_request: Request) -> Response:
    def drops() -> Iterator[bytes]:
        for letter in json.dumps(told("cost")):
            time.sleep(PATIENCE / 10)
            yield letter.encode()

    return Response(drops())


@pytest.mark.parametrize("answer", [slow, trickling])
def test_a_late_answer_is_not_waited_for(
    slow_server: HTTPServer, make: Callable[..., Rasa], answer: Callable[[Request], Response]
) -> None:
    slow_server.expect_request(ASKED).respond_with_handler(answer)
    started = time.perf_counter()
    assert make(slow_server.url_for("")).parse(SENTENCE) == embedded().parse(SENTENCE)
    assert time.perf_counter() - started < 3 * PATIENCE


# the breaker


def test_a_server_that_fails_is_left_in_peace_then_tried_once(
    httpserver: HTTPServer, make: Callable[..., Rasa], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    httpserver.expect_ordered_request(ASKED).respond_with_data(status=500)
    httpserver.expect_ordered_request(ASKED).respond_with_data(status=500)
    httpserver.expect_ordered_request(ASKED).respond_with_data(status=500)
    httpserver.expect_ordered_request(ASKED).respond_with_json(told("funding"))
    httpserver.expect_ordered_request(ASKED).respond_with_json(told("funding"))
    client, ours = make(), embedded().parse(SENTENCE)
    for _ in range(5):
        assert client.parse(SENTENCE) == ours
    assert len(httpserver.log) == 2
    time.sleep(0.35)
    for _ in range(3):
        assert client.parse(SENTENCE) == ours
    assert len(httpserver.log) == 3  # one trial, in vain
    time.sleep(0.35)
    assert [client.parse(SENTENCE).intent for _ in range(2)] == ["funding", "funding"]
    said = [one.getMessage() for one in caplog.records if one.name == "nlu.engines.rasa"]
    assert [one.split(":")[0] for one in said] == ["rasa_breaker open", "rasa_breaker closed"]
    assert SENTENCE not in caplog.text


def test_one_failure_among_answers_does_not_open_it(
    httpserver: HTTPServer, make: Callable[..., Rasa]
) -> None:
    for bad in (False, True, False, True, False):
        answer = "{}" if bad else json.dumps(told("funding"))
        httpserver.expect_ordered_request(ASKED).respond_with_data(answer)
    client, ours = make(), embedded().parse(SENTENCE).intent
    heard = [client.parse(SENTENCE).intent for _ in range(5)]
    assert heard == ["funding", ours, "funding", ours, "funding"]


def test_many_at_once_do_not_wait_in_a_row(
    slow_server: HTTPServer, make: Callable[..., Rasa]
) -> None:
    slow_server.expect_request(ASKED).respond_with_handler(slow)
    client = make(slow_server.url_for(""), pause=30)
    threads = [threading.Thread(target=client.parse, args=(SENTENCE,)) for _ in range(20)]
    started = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert time.perf_counter() - started < 4 * PATIENCE


# asking ahead of the turn


def test_asked_ahead_a_turn_asks_nobody(httpserver: HTTPServer, make: Callable[..., Rasa]) -> None:
    httpserver.expect_request(ASKED).respond_with_json(told("funding"))
    ahead = make().ahead([SENTENCE, "bonjour", SENTENCE])
    assert questions(httpserver) == [SENTENCE, "bonjour"]
    httpserver.clear()
    assert ahead.parse(SENTENCE, "yesno").intent == "funding"
    assert ahead.parse("c'est gratuit ?") == embedded().parse("c'est gratuit ?")
    assert not httpserver.log


async def test_the_event_loop_goes_on_meanwhile(
    slow_server: HTTPServer, make: Callable[..., Rasa]
) -> None:
    slow_server.expect_request(ASKED).respond_with_handler(slow)
    asking = asyncio.create_task(listening(make(slow_server.url_for("")), [SENTENCE]))
    ticks = 0
    while not asking.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert ticks >= 10
    assert (await asking).parse(SENTENCE) == embedded().parse(SENTENCE)


async def test_the_embedded_engine_needs_no_asking() -> None:
    assert await listening(embedded(), ["x"]) is embedded()


# the settings and the command


def test_the_settings_choose() -> None:
    assert isinstance(engine(UnderstandingSettings()), Embedded)
    chosen = engine(UnderstandingSettings(engine="rasa"))
    assert isinstance(chosen, Rasa)
    chosen.close()


@pytest.mark.parametrize(
    ("line", "problem"),
    [("rasa_url: localhost", "line 2: understanding.rasa_url: write the Rasa server's address"),
     ("rasa_timeout_seconds: 0", "line 2: understanding.rasa_timeout_seconds:"),
     ("rasa_failures: 0", "line 2: understanding.rasa_failures:")],
)  # fmt: skip
def test_a_wrong_setting_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, problem: str
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(f"understanding:\n  {line}\n", encoding="utf-8")
    monkeypatch.setenv("MEM_CONFIG", str(file))
    with pytest.raises(SettingsError, match=problem):
        load()


def command(*words: str, url: str) -> Any:
    variables = {"MEM_UNDERSTANDING__RASA_URL": url}
    return CliRunner().invoke(app, ["understand", "--engine", "rasa", *words], env=variables)


def test_the_command_asks_rasa(httpserver: HTTPServer) -> None:
    httpserver.expect_request(ASKED).respond_with_json(told("funding"))
    result = command(SENTENCE, url=httpserver.url_for(""))
    assert result.exit_code == 0
    assert result.stdout.startswith("funding ")


def test_the_command_says_when_rasa_is_away(unused_port: int) -> None:
    url = f"http://127.0.0.1:{unused_port}"
    result = command("c'est gratuit ?", url=url)
    assert result.exit_code == 0
    assert result.stdout.startswith("cost ")
    assert "The embedded engine answers" in result.stderr
    measured = command("--evaluate", url=url)
    assert measured.exit_code == 1
    assert "make rasa" in measured.stderr

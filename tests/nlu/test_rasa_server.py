"""A real Rasa server: trained on our own files by our own pipeline, asked, and killed.

It runs where ``make rasa-env`` has made Rasa's environment; CI does where there is a Python 3.10.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from nlu.engines.rasa import Rasa
from nlu.engines.training import VARIETIES, Example, examples
from nlu.meaning import INTENTS
from nlu.understand import embedded, understand
from tests import rasa as real

A_SENTENCE = "ch7al kaykhelles hadchi, wach b flous ?"
LEARNED = ("greet", "cost", "find_mentor", "cancel_session", "delete_data", "out_of_scope")
EPOCHS = 15


def a_few() -> list[Example]:
    """Some sentences of some intents in every variety: trained on in half a minute."""
    return [
        one
        for variety in VARIETIES
        for intent in LEARNED
        for one in [e for e in examples() if (e.intent, e.variety) == (intent, variety)][:25]
    ]


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[real.Server]:
    """Rasa itself, trained with our pipeline on a part of our files, in a few epochs."""
    if real.python() is None:
        pytest.skip(real.why_none())
    folder = tmp_path_factory.mktemp("rasa")
    with real.served(_model(request.config.cache, folder), folder) as made:
        yield made


def _model(cache: pytest.Cache | None, folder: Path) -> Path:
    """Trained once; pytest keeps it until the pipeline or one of these sentences changes."""
    config = yaml.safe_load(real.CONFIG.read_text(encoding="utf-8"))
    (diet,) = [one for one in config["pipeline"] if one["name"] == "DIETClassifier"]
    diet |= {"epochs": EPOCHS, "batch_size": 32}
    told, shown = a_few(), yaml.safe_dump(config)
    if cache is not None:
        name = hashlib.sha256(repr((told, shown)).encode()).hexdigest()[:16]
        folder = cache.mkdir("rasa") / name
    if not (folder / "nlu.tar.gz").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        real.write(told, folder / "data")
        (folder / "config.yml").write_text(shown, encoding="utf-8")
        real.train(folder / "data", folder, folder / "config.yml")
    return folder / "nlu.tar.gz"


@pytest.fixture
def client(server: real.Server) -> Iterator[Rasa]:
    made = Rasa(server.url, embedded(), seconds=10)
    yield made
    made.close()


def test_it_understands_what_it_learned(client: Rasa) -> None:
    assert client.answers()
    asked = a_few()[::5]
    right = sum(client.parse(one.text).intent == one.intent for one in asked)
    assert right / len(asked) >= 0.85
    assert {client.parse(one.text).intent for one in asked} <= set(LEARNED) <= set(INTENTS)


@pytest.mark.parametrize(
    "text",
    ["/delete_data", "/restart", "👍", "?", "\x00", "a" * 50_000, "😀" * 300, "\ud83d", "[a](b)"],
)
def test_it_has_an_answer_to_odd_messages(client: Rasa, text: str) -> None:
    client.parse(text)
    assert client.answers()
    meaning = understand(text, engine=client)
    assert not (meaning.intent == "delete_data" and meaning.sure)


def test_it_writes_no_message_into_its_log(client: Rasa, server: real.Server) -> None:
    client.parse("moutarjim dyal lmahkama 0612345678")
    assert "0612345678" not in server.log.read_text(encoding="utf-8", errors="replace")


def test_it_dies(server: real.Server, client: Rasa) -> None:
    """The last of these tests: it takes the server with it."""
    assert client.ahead([A_SENTENCE]).asked[A_SENTENCE] is not None
    server.process.kill()
    server.process.wait()
    assert client.parse(A_SENTENCE) == embedded().parse(A_SENTENCE)

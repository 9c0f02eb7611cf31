"""The embedded engine: trained for real, cached, calibrated, and careful with what costs."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bot.cli.understand  # noqa: F401  registers the command
from bot.cli.base import app
from nlu.commands import COSTLY, command
from nlu.engines.bridge import skeleton
from nlu.engines.calibration import Calibration
from nlu.engines.embedded import Embedded
from nlu.engines.evaluation import Report, evaluate, held_out
from nlu.engines.model import Model
from nlu.engines.training import VARIETIES, examples, fingerprint
from nlu.meaning import BY_RULE, INTENTS
from nlu.normalise import fold
from nlu.understand import embedded, understand

HELDOUT = Path(__file__).parent / "heldout"
SMALL = {
    "fr": {"stop": ["arrêtez de m'écrire", "stop aux messages", "plus de messages svp"],
           "cost": ["c'est payant ?", "combien ça coûte", "le prix svp"]},
    "en": {"stop": ["stop writing to me", "no more messages please", "leave me alone"],
           "cost": ["is it free", "how much is it", "what does it cost"]},
}  # fmt: skip


def _write(folder: Path, data: dict[str, dict[str, list[str]]]) -> Path:
    for variety, intents in data.items():
        blocks = "".join(
            f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
            for intent, texts in intents.items()
        )
        (folder / variety).mkdir(parents=True, exist_ok=True)
        path = folder / variety / "some.yml"
        path.write_text(f'version: "3.1"\n\nnlu:\n{blocks}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def engine() -> Embedded:
    return embedded()


# the data


def test_every_intent_and_variety_has_examples() -> None:
    told = {(one.intent, one.variety) for one in examples()}
    assert told == {(intent, variety) for intent in INTENTS for variety in VARIETIES}


def test_training_and_held_out_share_no_sentence() -> None:
    trained = {fold(one.text) or one.text for one in examples()}
    assert not [one for one in held_out(HELDOUT) if (fold(one.text) or one.text) in trained]


def test_ten_messages_of_each_are_held_out() -> None:
    told = Counter((one.intent, one.variety) for one in held_out(HELDOUT))
    assert len(told) == len(INTENTS) * len(VARIETIES)
    assert min(told.values()) >= 10


# training and the cache


def test_training_twice_gives_the_same_answers(tmp_path: Path) -> None:
    data = examples(_write(tmp_path, SMALL))
    one, two = Embedded(Model.learn(data)), Embedded(Model.learn(data))
    for text in ("how much", "plus de sms", "x", "arrêtez"):
        assert one.parse(text) == two.parse(text)


def test_the_cache_answers_as_what_was_trained(tmp_path: Path) -> None:
    data, cache = _write(tmp_path / "data", SMALL), tmp_path / "cache"
    trained = Embedded.ready(cache, data)
    (file,) = cache.iterdir()
    written = file.stat().st_mtime_ns
    read = Embedded.ready(cache, data)
    assert file.stat().st_mtime_ns == written
    texts = [one.text for one in examples(data)]
    assert [read.parse(t) for t in texts] == [trained.parse(t) for t in texts]


def test_other_data_are_trained_anew(tmp_path: Path) -> None:
    data, cache = _write(tmp_path / "data", SMALL), tmp_path / "cache"
    Embedded.ready(cache, data)
    before = fingerprint(data)
    _write(
        data, {"en": {**SMALL["en"], "cost": ["what is the fee", "is it free of charge", "fee"]}}
    )
    Embedded.ready(cache, data)
    assert fingerprint(data) != before
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("broken", [b"", b"not a model", b"PK\x03\x04 half"])
def test_a_broken_cache_is_rebuilt(tmp_path: Path, broken: bytes) -> None:
    data, cache = _write(tmp_path / "data", SMALL), tmp_path / "cache"
    answer = Embedded.ready(cache, data).parse("how much is it")
    (file,) = cache.iterdir()
    file.write_bytes(broken)
    assert Embedded.ready(cache, data).parse("how much is it") == answer
    assert file.read_bytes() != broken


def test_a_cache_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    data = _write(tmp_path / "data", SMALL)
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    assert Embedded.ready(blocked, data).parse("is it free").intent == "cost"


# what is understood


@pytest.mark.parametrize(
    ("one", "other"),
    [("خدام", "khdam"), ("مشكل", "mochkil"), ("بغيت", "bghit"), ("حبس", "7bes"), ("بزاف", "bezzaf"),
     ("عفاك", "3afak"), ("قلب", "9alb"), ("غدا", "ghda"), ("mouchkil", "mochkila")],
)  # fmt: skip
def test_both_scripts_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(fold(one)) == skeleton(fold(other))


@pytest.mark.parametrize(
    ("text", "intent", "variety"),
    [
        ("slm bghit chi wa7d y3awni f la compta", "find_mentor", "arizi"),
        ("Hi, is it free??", "cost", "en"),
        ("mon comptable m'a lâché", "find_mentor", "fr"),
        ("I keep missing calls, can it be Friday instead", "reschedule_session", "en"),
        ("bghit nms7 lma3loumat dyali kamlin", "delete_data", "arizi"),
        ("غادي نتعطل شي عشرة دقايق", "running_late", "ary"),
        ("أريد أن أصبح مرشدا للمقاولين الشباب", "become_mentor", "ar"),
    ],
)
def test_sentences(engine: Embedded, text: str, intent: str, variety: str) -> None:
    meaning = understand(text, engine=engine)
    assert (meaning.intent, meaning.variety) == (intent, variety)


@pytest.mark.parametrize(
    "text",
    ["exam period, stop messages until june 15", "my mentor won't stop sending me hearts",
     "tell him to stop texting me at night", "no don't unsubscribe me", "unsubscribe me from netflix",
     "أوقفوا الرسائل لمدة أسبوع فقط", "لا ترسلوا لي رابط اللقاء", "غيرت رأيي، لا ترسلوا الطلب",
     "did you forget me", "supprimer mon compte facebook comment ?", "report svp",
     "ça marche pas pour moi cet horaire non"],
)  # fmt: skip
def test_what_costs_is_not_sure_in_a_longer_sentence(text: str) -> None:
    meaning = command(text)
    assert not (meaning.plain and meaning.intent in COSTLY)
    assert meaning.intent not in COSTLY or not meaning.sure


@pytest.mark.parametrize(
    "text",
    ["rappelez-moi la date svp", "appelez-moi Sara, pas Sarah", "are you a real person",
     "I wish I could talk to a real entrepreneur"],
)  # fmt: skip
def test_what_is_no_call_for_a_person(text: str) -> None:
    assert command(text).intent != "talk_to_human"


def test_a_sure_rule_is_right() -> None:
    sure = [(one, command(one.text)) for one in examples()]
    # No example is labelled with what only rules know.
    told = [
        (o, said) for o, said in sure if said.plain and said.sure and said.intent not in BY_RULE
    ]
    right = sum(one.intent == said.intent for one, said in told)
    assert right / len(told) >= 0.98


def test_what_was_asked_is_a_hint(engine: Embedded) -> None:
    told = [dict(engine.parse("hmm la pas trop", asked).alternatives) for asked in ("deny", None)]
    assert told[0].get("deny", 1.0) >= told[1].get("deny", 1.0)


@pytest.mark.parametrize("text", ["", "   ", "…", "\u200f", "\x00", "a" * 5000, "😀" * 300])
def test_nothing_raises(engine: Embedded, text: str) -> None:
    assert 0 <= understand(text, engine=engine).confidence <= 1


def test_calibration_never_falls() -> None:
    import numpy as np

    chance = np.random.default_rng(1)
    scores, right = chance.normal(size=(800, 4)), chance.integers(0, 4, 800)
    scores[np.arange(800), right] += 1
    made = Calibration.of(scores, right)
    told = [made.confidence(share) for share in np.linspace(0, 1, 50)]
    assert told == sorted(told)
    assert max(told) < 1


# the held-out set


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(HELDOUT, understand)


NEVER_MISSED = ("stop", "delete_data", "report_problem", "talk_to_human")


def test_the_held_out_set_is_understood(report: Report) -> None:
    assert report.accuracy >= 0.92
    assert min(report.by_variety.values()) >= 0.89
    assert report.out_of_scope[2] >= 0.8
    assert report.calibration_error <= 0.05


def test_what_costs_is_neither_missed_nor_done_by_mistake(report: Report) -> None:
    recall = [report.by_intent[intent][0] for intent in NEVER_MISSED]
    assert sum(recall) / len(recall) >= 0.95
    assert min(recall) >= 0.92
    assert report.false_stop < 0.005
    assert report.false_stop_acted == 0


# the command


def test_the_command_for_programs() -> None:
    lines = ["slm", json.dumps({"text": "la 2ème", "expect": "number", "options": ["a", "b"]}),
             json.dumps({"text": "f casa", "expect": "place"}),
             json.dumps({"text": "ghedda m3a 5", "expect": "when", "now": "2026-06-01T09:00:00+01:00"}),
             json.dumps({"text": "الاثنين ولا الثلاثاء", "expect": "when", "now": "2026-06-01T09:00:00"}),
             json.dumps({"text": "x", "expect": "nothing"}), "{not json"]  # fmt: skip
    result = CliRunner().invoke(app, ["understand", "--jsonl"], input="\n".join(lines))
    told = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert told[0]["intent"] == "greet"
    assert [one.get("value") for one in told[1:4]] == [2, "Casablanca", "2026-06-02T17:00"]
    assert told[4]["value"] is None
    assert len(told[4]["ask"]) == 2
    assert "error" in told[5]
    assert told[6]["text"] == "{not json"


def test_the_command_for_people() -> None:
    result = CliRunner().invoke(app, ["understand", "c'est gratuit ?"])
    assert result.exit_code == 0
    assert result.output.startswith("cost ")

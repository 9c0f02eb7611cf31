"""The ``mem`` command as people and programs call it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


def mem(
    *words: str, stdin: str = "", folder: Path = ROOT, **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=stdin, capture_output=True, text=True, cwd=folder, timeout=120,
        env={**os.environ, **env},
    )  # fmt: skip


def rehearse(lines: list[Any], *options: str) -> list[list[dict[str, Any]]]:
    """Play lines; what came out, grouped by the line that made it."""
    stdin = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    result = mem("rehearse", "--jsonl", *options, stdin=stdin + "\n")
    assert result.returncode == 0, result.stderr
    groups: list[list[dict[str, Any]]] = [[]]
    for line in result.stdout.splitlines():
        groups[-1].append(json.loads(line))
        if "done" in groups[-1][-1]:
            groups.append([])
    return groups[:-1]


def test_check_is_green_and_says_what_it_looked_at() -> None:
    result = mem("check")
    assert result.returncode == 0, result.stdout
    for name in ("settings", "time zones", "texts", "templates", "imports", "parts per SMS"):
        assert f"ok   {name}" in result.stdout


def test_a_wrong_setting_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("sever:\n  port: 1\n", encoding="utf-8")
    result = mem("check", folder=tmp_path)
    assert result.returncode == 1
    assert "line 1: sever" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_map_names_every_flow_and_step() -> None:
    drawn = mem("map").stdout
    for name in (
        "onboarding_flow",
        "onboarding_consent",
        "profile_flow",
        "erase_flow",
        "language_flow",
    ):
        assert name in drawn


def test_a_program_rehearses() -> None:
    who = "whatsapp:+212600000001"
    groups = rehearse(
        [
            {"from": who, "text": "Bonjour"},
            {"from": who, "tap": "1"},
            {"from": who, "tap": "nothing of the kind"},
            "not json",
            {"from": "pigeon:1", "text": "x"},
            {"from": who, "text": "Amina"},
            {"restart": True},
            {"show": who},
            {"advance": "P3D"},
            {"now": "2027-02-01T10:00:00+00:00"},
            {"command": ["outbox"]},
            {"from": who, "voice": True},
        ],
        "--now", "2026-11-23T10:00:00+00:00",
    )  # fmt: skip
    assert [group[-1]["done"] for group in groups] == list(range(1, 13))
    assert ["error" in group[-1] for group in groups] == [n in (2, 3, 4) for n in range(12)]
    first = groups[0][0]
    assert set(first) == {"to", "text", "options", "template", "at", "bytes", "segments"}
    assert first["options"] == ["J'accepte", "Non merci", "العربية / English"]
    assert groups[7][0]["name"] == "Amina"
    nudge = groups[8][0]
    assert nudge["at"] == "2026-11-24T09:30:00+00:00"
    assert groups[9][:-1] == []
    assert groups[10][0]["exit"] == 0
    assert "whatsapp" in groups[10][0]["output"]


def test_a_database_can_be_kept(tmp_path: Path) -> None:
    kept = f"sqlite:///{tmp_path / 'kept.db'}"
    rehearse([{"from": "web:a", "text": "Hello"}], "--database", kept)
    groups = rehearse([{"show": "web:a"}], "--database", kept)
    assert groups[0][0]["language"] == "en"


def test_serve_refuses_a_postgresql_that_is_behind(postgres: str) -> None:
    result = mem("serve", "--port", "0", MEM_DATABASE__URL=postgres)
    assert result.returncode == 1
    assert "run mem migrate" in result.stderr


def test_migrate_prepares_postgresql(postgres: str) -> None:
    for _ in range(2):
        result = mem("migrate", MEM_DATABASE__URL=postgres)
        assert result.returncode == 0, result.stderr
    assert "revision" in result.stdout


def test_chat_talks_and_prints_its_transcript(tmp_path: Path) -> None:
    result = mem("chat", "--repro", stdin="Bonjour\noui\nAmina\n\n", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "Quel âge avez-vous" in result.stdout
    assert "Me: Amina" in result.stdout


@pytest.mark.parametrize(
    "words", [("rehearse",), ("worker",), ("admit", "sms:+1"), ("map", "nothing")]
)
def test_mistakes_get_an_answer_and_exit_code_1(words: tuple[str, ...], tmp_path: Path) -> None:
    result = mem(*words, folder=tmp_path)
    assert result.returncode == 1
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-rasa.lock"])
def test_the_lock_names_no_host(file: str) -> None:
    lock = (ROOT / file).read_text(encoding="utf-8")
    assert not re.search(r"https?://|index-url|find-links", lock)
    assert "--hash=sha256:" in lock

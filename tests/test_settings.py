"""A wrong setting never starts, and its message names the line and the fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, load

WRONG = [
    ("databse:\n  url: sqlite:///x.db\n", "line 1: databse: no setting has this name"),
    ("database:\n  url: mysql://x\n", "line 2: database.url: write sqlite"),
    ("server:\n  port: eighty\n", "line 2: server.port:"),
    ("server:\n  port: 70000\n", "line 2: server.port:"),
    ("server:\n  public_url: ftp://x\n", "line 2: server.public_url: write an address"),
    ("server:\n  public_url: http://example.ma\n", "line 2: server.public_url: write an address"),
    ("programme:\n  timezone: Morocco/Fes\n", "line 2: programme.timezone: write a zone"),
    ("programme:\n  keep_messages_days: 1\n", "line 2: programme.keep_messages_days:"),
    ("programme:\n  operators: [sms:+212600000001]\n", "line 2: programme.operators: write"),
    ("sessions:\n  link_pattern: https://m.ma/room\n", "line 2: sessions.link_pattern: write an"),
    ("sessions:\n  link_pattern: http://m.ma/{room}\n", "line 2: sessions.link_pattern: write an"),
    ("understanding:\n  engine: magic\n", "line 2: understanding.engine:"),
    ("telegram:\n  token: hello\n", "line 2: telegram.token: write the token as @BotFather"),
    ("twilio:\n  account_sid: AC12\n", "line 2: twilio.account_sid:"),
    ("twilio:\n  sms_number: 0600000001\n", "line 2: twilio.sms_number:"),
    ("twilio:\n  account_sid: AC" + "0" * 32 + "\n", "twilio.auth_token is missing"),
    (
        "twilio:\n  account_sid: AC" + "0" * 32 + "\n  auth_token: x\n",
        "server.public_url is missing",
    ),
    (
        "server:\n  public_url: https://a.ma\ntwilio:\n  account_sid: AC"
        + "0" * 32
        + "\n  auth_token: x\n",
        "twilio.whatsapp_number or twilio.sms_number is missing",
    ),
    (
        "server:\n  public_url: https://a.ma\ntelegram:\n  token: 1:a\n",
        "telegram.webhook_secret is missing",
    ),
    ("reach:\n  wave:\n    share: 2\n", "line 3: reach.wave.share:"),
    ("matching:\n  skills: 2\n", "line 2: matching.skills:"),
    (
        "matching: {skills: 0, sector: 0, stage: 0, place: 0, heart: 0, woman: 0, responsive: 0, "
        "load: 0, fairness: 0}\n",
        "line 1: matching: every weight is 0",
    ),
    ("work:\n  batch: 0\n", "line 2: work.batch:"),
    ("work:\n  lease_seconds: 0\n", "line 2: work.lease_seconds:"),
    ("log:\n  level: LOUD\n", "line 2: log.level:"),
    ("log:\n  format: xml\n", "line 2: log.format:"),
    ("server:\n  port: 80\n bad: 1\n", "this is not YAML"),
    ("server: 5\n", "line 1: server:"),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_is_wrong_is_named(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("MEM_CONFIG", str(file))
    with pytest.raises(SettingsError) as wrong:
        load()
    assert told in str(wrong.value)


def test_the_environment_wins_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEM_SERVER__PORT", "9999")
    assert load().server.port == 9999
    monkeypatch.setenv("MEM_SERVER__PORT", "many")
    with pytest.raises(SettingsError, match=r"MEM_SERVER__PORT \(environment\)"):
        load()


def test_a_missing_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEM_CONFIG", "nowhere.yaml")
    with pytest.raises(SettingsError, match=r"nowhere.yaml does not exist"):
        load()


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEM_TELEGRAM__TOKEN", "123:canary")
    assert "canary" not in repr(load())


def test_the_file_that_ships_is_the_defaults(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = Path(__file__).parent.parent / "config.yaml"
    monkeypatch.setenv("MEM_CONFIG", str(shipped))
    from_file = load()
    monkeypatch.delenv("MEM_CONFIG")
    monkeypatch.chdir(tmp_path)
    assert from_file == load()

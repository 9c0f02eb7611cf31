"""config.yaml and the environment, as frozen settings. An error names the line to change."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import available_timezones

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)

if TYPE_CHECKING:
    from flows.rules.contact import Policy
    from flows.rules.score import Weights


class SettingsError(Exception):
    """The settings are wrong; the text says where and what to change."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class DatabaseSettings(_Section):
    url: str = "sqlite:///data/mem.db"

    @field_validator("url")
    @classmethod
    def _with_driver(cls, url: str) -> str:
        """The async driver belongs to us, not to whoever writes the address."""
        for plain, driver in (
            ("sqlite://", "sqlite+aiosqlite://"),
            ("postgresql://", "postgresql+psycopg://"),
            ("postgres://", "postgresql+psycopg://"),
        ):
            if url.startswith(plain):
                return driver + url.removeprefix(plain)
        if url.startswith(("sqlite+aiosqlite://", "postgresql+psycopg://")):
            return url
        raise ValueError("write sqlite:///data/mem.db or postgresql://user:password@host/name")

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")


class ServerSettings(_Section):
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""

    @field_validator("public_url")
    @classmethod
    def _a_url(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError("write an address that begins with https://")
        return url.rstrip("/")


class ProgrammeSettings(_Section):
    timezone: str = "Africa/Casablanca"
    keep_messages_days: int = Field(default=90, ge=30)
    operators: tuple[str, ...] = ()

    @field_validator("operators")
    @classmethod
    def _addresses(cls, operators: tuple[str, ...]) -> tuple[str, ...]:
        for one in operators:
            channel, _, address = one.partition(":")
            # No SMS: its sender is easily forged.
            if channel not in ("telegram", "whatsapp") or not address.lstrip("+").isdecimal():
                raise ValueError("write telegram:12345678 or whatsapp:+212...")
        return operators

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError("write a zone's name such as Africa/Casablanca")
        return zone


class SessionSettings(_Section):
    link_pattern: str = "https://meet.jit.si/MeM-{room}"

    @field_validator("link_pattern")
    @classmethod
    def _with_a_room(cls, pattern: str) -> str:
        fixed = pattern.split("{room}")
        if pattern and (not pattern.startswith("https://") or len(fixed) != 2):
            raise ValueError("write an address such as https://meet.jit.si/MeM-{room}")
        if len(pattern) > 150:
            raise ValueError("write an address of at most 150 characters")
        return pattern


class UnderstandingSettings(_Section):
    engine: Literal["embedded", "rasa"] = "embedded"
    rasa_url: str = "http://127.0.0.1:5005"
    rasa_timeout_seconds: float = Field(default=1.5, gt=0, le=30)
    rasa_failures: int = Field(default=3, ge=1)
    rasa_pause_seconds: float = Field(default=30, gt=0)

    @field_validator("rasa_url")
    @classmethod
    def _a_server(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("write the Rasa server's address, such as http://127.0.0.1:5005")
        return url.rstrip("/")


class MentoringSettings(_Section):
    remind_hours: float = Field(default=24, gt=0)
    expire_hours: float = Field(default=60, gt=0)
    sessions_to_close: int = Field(default=6, ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> MentoringSettings:
        if self.expire_hours <= self.remind_hours:
            raise ValueError("expire_hours must be more than remind_hours")
        return self


class TelegramSettings(_Section):
    token: SecretStr = SecretStr("")
    webhook_secret: SecretStr = SecretStr("")
    per_second: float = Field(default=25, gt=0, le=1000)
    base_url: str = ""

    @field_validator("token")
    @classmethod
    def _a_token(cls, token: SecretStr) -> SecretStr:
        told = token.get_secret_value()
        if told and (":" not in told or not told.split(":")[0].isdigit()):
            raise ValueError("write the token as @BotFather gave it, such as 123456:ABC...")
        return token


class TwilioSettings(_Section):
    account_sid: str = Field(default="", pattern=r"^(AC[0-9a-fA-F]{32})?$")
    auth_token: SecretStr = SecretStr("")
    previous_auth_token: SecretStr = SecretStr("")
    whatsapp_number: str = Field(default="", pattern=r"^(\+\d{6,15})?$")
    sms_number: str = Field(default="", pattern=r"^(\+\d{6,15})?$")
    sms_per_second: float = Field(default=1, gt=0)
    whatsapp_per_second: float = Field(default=20, gt=0, le=1000)
    api_base: str = ""


def _span(told: str) -> tuple[time, time]:
    """ "09:30-12:30" as two times of day."""
    opens, _, closes = told.partition("-")
    try:
        begins, ends = time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip())
    except ValueError:
        raise ValueError("write hours such as 09:30-12:30, in quotes") from None
    if begins >= ends:
        raise ValueError("write hours such as 09:30-12:30: from the earlier to the later")
    return begins, ends


def _are_spans(told: tuple[str, ...]) -> tuple[str, ...]:
    for one in told:
        _span(one)
    return told


Spans = Annotated[tuple[str, ...], AfterValidator(_are_spans)]


class HourSettings(_Section):
    weekdays: Spans = ("09:30-12:30", "14:30-20:00")
    saturday: Spans = ("10:00-13:00",)
    sunday: Spans = ()
    ramadan: Spans = ("10:00-15:00", "21:30-23:00")
    awaited: Spans = ("08:00-21:30",)

    @model_validator(mode="after")
    def _some(self) -> HourSettings:
        if not self.weekdays or not self.ramadan or not self.awaited:
            raise ValueError("weekdays, ramadan and awaited each need some hours")
        return self


class BudgetSettings(_Section):
    """Messages in seven days, of all that we begin, up to which one of this kind may still go."""

    nudge: int = Field(default=4, ge=1, le=50)
    check_in: int = Field(default=3, ge=0, le=50)
    broadcast: int = Field(default=2, ge=0, le=50)


class WaveSettings(_Section):
    """How many addresses codes may take away in an hour, as `storage.verdicts.Wave` explains it."""

    addresses: int = Field(default=50, ge=1)
    share: float = Field(default=0.1, ge=0, le=1)


class ReachSettings(_Section):
    """When and how often we write first, as `flows.rules.contact.Policy` explains it."""

    hours: HourSettings = HourSettings()
    per_day: int = Field(default=1, ge=1, le=10)
    per_week: BudgetSettings = BudgetSettings()
    unanswered: int = Field(default=3, ge=1)
    sms_per_week: int = Field(default=5, ge=0)
    wave: WaveSettings = WaveSettings()

    @property
    def policy(self) -> Policy:
        from flows.rules.contact import Policy  # the calendars of all countries: as Weights
        from flows.rules.decent import Hours

        return Policy(
            Hours(**{name: tuple(map(_span, spans)) for name, spans in self.hours}),
            self.per_day,
            dict(self.per_week),
            self.unanswered,
            self.sms_per_week,
        )


class PriceSettings(_Section):
    """What one message costs, for the estimate of an announcement."""

    currency: str = Field(default="USD", max_length=8)
    sms_part: float = Field(default=0.08, ge=0)
    whatsapp_text: float = Field(default=0.01, ge=0)
    whatsapp_marketing: float = Field(default=0.03, ge=0)


class MatchingSettings(_Section):
    """Weights of matching, as `flows.rules.score.Weights` explains them."""

    skills: float = Field(default=0.34, ge=0, le=1)
    sector: float = Field(default=0.16, ge=0, le=1)
    stage: float = Field(default=0.10, ge=0, le=1)
    place: float = Field(default=0.10, ge=0, le=1)
    heart: float = Field(default=0.10, ge=0, le=1)
    woman: float = Field(default=0.10, ge=0, le=1)
    responsive: float = Field(default=0.05, ge=0, le=1)
    load: float = Field(default=0.03, ge=0, le=1)
    fairness: float = Field(default=0.02, ge=0, le=1)
    served: float = Field(default=1.0, ge=0, le=1)
    waiting: float = Field(default=0.25, ge=0, le=1)

    @model_validator(mode="after")
    def _some_count(self) -> MatchingSettings:
        if not any(value for name, value in self if name not in ("served", "waiting")):
            raise ValueError("every weight is 0: give at least one of skills to fairness more")
        return self

    @property
    def weights(self) -> Weights:
        from flows.rules.score import Weights  # NumPy: not for every command

        return Weights(**self.model_dump())


class WorkSettings(_Section):
    batch: int = Field(default=50, ge=1, le=1000)
    sweep_seconds: float = Field(default=2, gt=0)
    lease_seconds: float = Field(default=30, ge=1)
    concurrency: int = Field(default=8, ge=1, le=64)


class LogSettings(_Section):
    format: Literal["json", "text"] = "text"
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class Settings(BaseSettings):
    """All settings. The environment wins over the file; secrets show as stars."""

    model_config = SettingsConfigDict(
        env_prefix="MEM_", env_nested_delimiter="__", frozen=True, extra="forbid"
    )

    database: DatabaseSettings = DatabaseSettings()
    server: ServerSettings = ServerSettings()
    programme: ProgrammeSettings = ProgrammeSettings()
    sessions: SessionSettings = SessionSettings()
    understanding: UnderstandingSettings = UnderstandingSettings()
    reach: ReachSettings = ReachSettings()
    prices: PriceSettings = PriceSettings()
    matching: MatchingSettings = MatchingSettings()
    mentoring: MentoringSettings = MentoringSettings()
    telegram: TelegramSettings = TelegramSettings()
    twilio: TwilioSettings = TwilioSettings()
    work: WorkSettings = WorkSettings()
    log: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *_: PydanticBaseSettingsSource, **named: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (
            named["init_settings"],
            named["env_settings"],
            YamlConfigSettingsSource(settings_cls, _file()),
        )

    @model_validator(mode="after")
    def _belongs_together(self) -> Settings:
        if self.twilio.account_sid and not self.twilio.auth_token.get_secret_value():
            raise ValueError("twilio.auth_token is missing: set MEM_TWILIO__AUTH_TOKEN")
        if self.twilio.account_sid and not self.server.public_url:
            raise ValueError("server.public_url is missing: Twilio signs it, write https://...")
        if self.twilio.account_sid and not (self.twilio.whatsapp_number or self.twilio.sms_number):
            raise ValueError("twilio.whatsapp_number or twilio.sms_number is missing: write one")
        webhook = self.telegram.token.get_secret_value() and self.server.public_url
        if webhook and not self.telegram.webhook_secret.get_secret_value():
            raise ValueError(
                "telegram.webhook_secret is missing: without it anybody could pose as Telegram; "
                "set MEM_TELEGRAM__WEBHOOK_SECRET to 32 random letters and digits"
            )
        return self


def _file() -> Path:
    return Path(os.environ.get("MEM_CONFIG", "config.yaml"))


def load(**changes: Any) -> Settings:
    """Read the settings. Raises SettingsError with the file's line and what to change."""
    path = _file()
    if "MEM_CONFIG" in os.environ and not path.exists():
        raise SettingsError(f"{path} does not exist: correct MEM_CONFIG")
    try:
        return Settings(**changes)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" line {where.line + 1}" if where else ""
        raise SettingsError(f"{path}{line}: this is not YAML: check spaces and colons") from error
    except ValidationError as error:
        raise SettingsError(
            "\n".join(_told(path, problem) for problem in error.errors())
        ) from error


def _told(path: Path, problem: Any) -> str:
    where = [str(part) for part in problem["loc"]]
    name = ".".join(where) or "settings"
    message = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        message = "no setting has this name: check the spelling"
    variable = "MEM_" + "__".join(where).upper()
    if where and variable in os.environ:
        return f"{variable} (environment): {message}"
    line = _line(path, where)
    return f"{path}{f' line {line}' if line else ''}: {name}: {message}"


def _line(path: Path, keys: list[str]) -> int | None:
    """Where a key stands in the file."""
    if not path.exists():
        return None
    node = yaml.compose(path.read_text(encoding="utf-8"))
    line: int | None = None
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next(((k, v) for k, v in pairs if k.value == key), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line

"""Every table. Statements about them stand beside this file, by noun."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from storage.database import Id, Instant, metadata

PARTITIONS = 64
"""People are hashed into this many; one partition is drained by one worker at a time."""
TIMED = PARTITIONS
"""The partition of what fell due by the clock: one of its own, so that nobody who is talking waits
behind a hundred thousand reminders, which take the time of one worker."""


def own_id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def of_person(name: str = "person_id", **options: Any) -> Column[int]:
    return Column(name, Id, ForeignKey("people.id", ondelete="CASCADE"), **options)


_NEW = text("state = 'new'")
_SENDING = text("state = 'sending'")
_JUDGED = text("judged_at IS NOT NULL")
_SENT = text("sent_at IS NOT NULL")

inbox = Table(
    "inbox",
    metadata,
    own_id(),
    Column("channel", String(16), nullable=False),
    Column("provider_id", String(200), nullable=False),
    Column("address", String(160), nullable=False),
    Column("partition", SmallInteger, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("error", String(120)),
    UniqueConstraint("channel", "provider_id"),
    Index("ix_inbox_due", "partition", "id", sqlite_where=_NEW, postgresql_where=_NEW),
    Index("ix_inbox_new", "id", sqlite_where=_NEW, postgresql_where=_NEW),
    Index("ix_inbox_address", "channel", "address"),
)

people = Table(
    "people",
    metadata,
    own_id(),
    Column("language", String(2)),
    Column("variety", String(8)),
    Column("name", String(80)),
    Column("gender", String(1)),
    Column("timezone", String(40)),
    Column("source", String(64)),
    Column("admitted", Boolean, nullable=False, server_default=text("false")),
    Column("registered_at", Instant),
    Column("opted_out_at", Instant),
    Column("seen_at", Instant),
    Column("state", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
)

addresses = Table(
    "addresses",
    metadata,
    own_id(),
    of_person(nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("address", String(160), nullable=False),
    Column("phone", String(20), index=True),
    Column("external_id", String(160), index=True),
    Column("state", String(12), nullable=False, server_default="ok"),
    Column("error", String(40)),
    Column("failures", SmallInteger, nullable=False, server_default="0"),
    Column("rests_until", Instant),
    Column("judged_at", Instant),
    Column("held", String(12)),
    Column("seen_at", Instant),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("channel", "address"),
    Index(
        "ix_addresses_judged",
        "channel",
        "judged_at",
        sqlite_where=_JUDGED,
        postgresql_where=_JUDGED,
    ),
)

outbox = Table(
    "outbox",
    metadata,
    own_id(),
    of_person(index=True),
    Column("inbox_id", Id),
    Column("channel", String(16), nullable=False),
    Column("address", String(160), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("token", String(16), unique=True),
    Column("part", SmallInteger, nullable=False, server_default="0"),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("due_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("claimed_at", Instant),
    Column("sent_at", Instant),
    Column("provider_id", String(80)),
    Column("status", String(12)),
    Column("status_rank", SmallInteger, nullable=False, server_default="0"),
    Column("error", String(120)),
    Column("rank", SmallInteger, nullable=False, server_default="0"),
    Column("broadcast_id", Id),
    Column("content", String(64)),
    Index(
        "ix_outbox_open",
        "channel",
        "address",
        "id",
        sqlite_where=text("state IN ('new', 'sending')"),
        postgresql_where=text("state IN ('new', 'sending')"),
    ),
    Index("ix_outbox_due", "channel", "rank", "due_at", sqlite_where=_NEW, postgresql_where=_NEW),
    Index(
        "ix_outbox_broadcast",
        "broadcast_id",
        "state",
        "channel",
        "due_at",
        sqlite_where=text("broadcast_id IS NOT NULL"),
        postgresql_where=text("broadcast_id IS NOT NULL"),
    ),
    Index(
        "ix_outbox_spent",
        "person_id",
        "sent_at",
        sqlite_where=text("rank > 0"),
        postgresql_where=text("rank > 0"),
    ),
    Index("ix_outbox_sending", "channel", "id", sqlite_where=_SENDING, postgresql_where=_SENDING),
    Index("ix_outbox_provider_id", "channel", "provider_id"),
    Index("ix_outbox_sent", "channel", "sent_at", sqlite_where=_SENT, postgresql_where=_SENT),
    Index("ix_outbox_thread", "channel", "address", "id"),
)

receipts = Table(
    "receipts",
    metadata,
    own_id(),
    Column("channel", String(16), nullable=False),
    Column("provider_id", String(80), nullable=False),
    Column("status", String(12), nullable=False),
    Column("error", String(40)),
    Column("received_at", Instant, nullable=False),
    UniqueConstraint("channel", "provider_id", "status"),
)

timers = Table(
    "timers",
    metadata,
    own_id(),
    of_person(nullable=False),
    Column("kind", String(24), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("times", SmallInteger, nullable=False, server_default="0"),
    UniqueConstraint("person_id", "kind", "subject"),
    Index("ix_timers_due", "due_at", sqlite_where=_NEW, postgresql_where=_NEW),
)

consents = Table(
    "consents",
    metadata,
    own_id(),
    of_person(nullable=False, index=True),
    Column("purpose", String(16), nullable=False),
    Column("answer", Boolean, nullable=False),
    Column("version", String(16), nullable=False),
    Column("language", String(2), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("at", Instant, nullable=False),
)

mentees = Table(
    "mentees",
    metadata,
    Column(
        "person_id",
        Id,
        ForeignKey("people.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("age", SmallInteger),
    Column("place", JSON),
    Column("region", String(4), index=True),
    Column("country", String(2), index=True),
    Column("activity", Text),
    Column("sector", String(24), index=True),
    Column("stage", String(24), index=True),
    Column("legal_form", String(24)),
    Column("needs", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("meet", JSON, nullable=False),
    Column("connection", String(8)),
    Column("availability", JSON, nullable=False),
    Column("wish", String(12)),
    Column("waiting_since", Instant, index=True),
    Column("updated_at", Instant, nullable=False),
)

skill_ratings = Table(
    "skill_ratings",
    metadata,
    own_id(),
    of_person(nullable=False, index=True),
    Column("skill", String(24), nullable=False),
    Column("moment", String(12), nullable=False),
    Column("rating", SmallInteger, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("person_id", "skill", "moment"),
)

contacts = Table(
    "contacts",
    metadata,
    Column(
        "person_id",
        Id,
        ForeignKey("people.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("reason", String(24), nullable=False),
    Column("age", SmallInteger),
    Column("at", Instant, nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    own_id(),
    of_person(nullable=False, index=True),
    Column("reason", String(16), nullable=False),
    Column("asked", String(80), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
)

downloads = Table(
    "downloads",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    of_person(nullable=False),
    Column("expires_at", Instant, nullable=False),
)

erasures = Table(
    "erasures",
    metadata,
    own_id(),
    Column("address_hash", String(64), nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("erased_at", Instant, nullable=False),
)

contents = Table(
    "contents",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("sid", String(64), nullable=False),
)

lanes = Table(
    "lanes",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("paused_until", Instant),
    Column("throttled", SmallInteger, nullable=False, server_default="0"),
    Column("rests_until", Instant),
    Column("wave_at", Instant),
)

templates = Table(
    "templates",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("language", String(2), primary_key=True),
    Column("version", String(16), nullable=False),
    Column("sid", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("reason", String(200)),
    Column("updated_at", Instant, nullable=False),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    own_id(),
    Column("title", String(60), nullable=False),
    Column("state", String(12), nullable=False, server_default="draft"),
    Column("audience", JSON, nullable=False),
    Column("texts", JSON, nullable=False),
    Column("fallback", JSON, nullable=False),
    Column("sms", Boolean, nullable=False, server_default=text("false")),
    Column("opens", String(24), nullable=False, server_default=""),
    Column("day", Date),
    Column("hour", Time),
    Column("size", Integer, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("ended_at", Instant),
)

tags = Table(
    "tags",
    metadata,
    of_person(primary_key=True, autoincrement=False),
    Column("tag", String(24), primary_key=True, index=True),
)

schemes = Table(
    "schemes",
    metadata,
    Column("code", String(24), primary_key=True),
    Column("topic", String(16), nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("shown", Boolean, nullable=False),
    *(Column(f"name_{language}", String(80), nullable=False) for language in ("fr", "ar", "en")),
    *(Column(f"offer_{language}", String(160), nullable=False) for language in ("fr", "ar", "en")),
    Column("link", String(120), nullable=False),
    Column("seen_on", Date, nullable=False),
    Column("until", Date),
)


bookmarks = Table(
    "bookmarks",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(80), nullable=False),
)

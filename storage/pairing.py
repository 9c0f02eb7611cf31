"""Every table of mentoring: who accompanies whom, who was asked, and when they meet."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.database import Id, Instant, metadata
from storage.tables import of_person, own_id


def _side(name: str) -> Column[int]:
    """One of the two people of a request or a pair."""
    return Column(name, Id, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True)


_BOOKED = text("state = 'booked'")

mentors = Table(
    "mentors",
    metadata,
    Column(
        "person_id",
        Id,
        ForeignKey("people.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("place", JSON),
    Column("region", String(4)),
    Column("country", String(2)),
    Column("experience", Text),
    Column("sectors", JSON, nullable=False),
    Column("skills", JSON, nullable=False),
    Column("stages", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("meet", JSON, nullable=False),
    Column("availability", JSON, nullable=False),
    Column("network", String(80)),
    Column("prefers", String(16)),
    Column("capacity", SmallInteger, nullable=False),
    Column("taken", SmallInteger, nullable=False, server_default="0"),
    Column("state", String(12), nullable=False, server_default="pending", index=True),
    Column("conduct", String(16), nullable=False),
    Column("paused_until", Instant),
    Column("asked", SmallInteger, nullable=False, server_default="0"),
    Column("answered", SmallInteger, nullable=False, server_default="0"),
    Column("answer_hours", SmallInteger, nullable=False, server_default="0"),
    Column("asked_at", Instant),
    Column("decided_at", Instant),
    Column("updated_at", Instant, nullable=False),
    CheckConstraint("taken >= 0", name="taken"),
)

proposals = Table(
    "proposals",
    metadata,
    own_id(),
    _side("mentee_id"),
    _side("mentor_id"),
    Column("state", String(10), nullable=False, server_default="shown"),
    Column("rank", SmallInteger, nullable=False),
    Column("score", Float, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("mentee_id", "mentor_id"),
)

requests = Table(
    "requests",
    metadata,
    own_id(),
    _side("mentee_id"),
    _side("mentor_id"),
    Column("state", String(10), nullable=False, server_default="asked"),
    Column("reasons", JSON, nullable=False),
    Column("why", String(40)),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Index(
        "uq_requests_open",
        "mentee_id",
        unique=True,
        sqlite_where=text("state = 'asked'"),
        postgresql_where=text("state = 'asked'"),
    ),
)

pairs = Table(
    "pairs",
    metadata,
    own_id(),
    _side("mentee_id"),
    _side("mentor_id"),
    Column("state", String(10), nullable=False, server_default="active"),
    Column("goal", Text),
    Column("rhythm", String(12)),
    Column("months", SmallInteger),
    Column("agreed_at", Instant),
    Column("mentee_shares", Boolean, nullable=False, server_default=text("false")),
    Column("mentor_shares", Boolean, nullable=False, server_default=text("false")),
    Column("mentee_hears", Boolean, nullable=False, server_default=text("true")),
    Column("mentor_hears", Boolean, nullable=False, server_default=text("true")),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_why", String(40)),
    Index(
        "uq_pairs_open",
        "mentee_id",
        unique=True,
        sqlite_where=text("state != 'ended'"),
        postgresql_where=text("state != 'ended'"),
    ),
)

sessions = Table(
    "sessions",
    metadata,
    own_id(),
    Column("pair_id", Id),
    of_person("mentee_id", nullable=False, index=True),
    of_person("mentor_id", nullable=False, index=True),
    # What is agreed: the mentee's wall time and its zone. The rest of the time is derived.
    Column("wall", DateTime, nullable=False),
    Column("fold", SmallInteger, nullable=False),
    Column("zone", String(40), nullable=False),
    Column("mentor_wall", DateTime, nullable=False),
    Column("mentor_zone", String(40), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("minutes", SmallInteger, nullable=False),
    Column("way", String(12), nullable=False),
    Column("link", String(200), nullable=False),
    Column("uid", String(80), nullable=False, unique=True),
    Column("sequence", SmallInteger, nullable=False, server_default="0"),
    Column("state", String(12), nullable=False, server_default="booked"),
    Column("cancelled_by", Id),
    Column("why", String(12)),
    # Who did not come, once both have said so: mentee, mentor, or nobody in particular.
    Column("missed", String(8)),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_sessions_booked", "starts_at", sqlite_where=_BOOKED, postgresql_where=_BOOKED),
)

busy = Table(
    "busy",
    metadata,
    # The key is what makes a double booking impossible: a person has each quarter of an hour once.
    of_person(primary_key=True, autoincrement=False),
    Column("quarter", Integer, primary_key=True, autoincrement=False),
    Column(
        "session_id", Id, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True
    ),
)

offers = Table(
    "offers",
    metadata,
    # The key lets two people have one open offer: who counters replaces it, under the next number.
    Column(
        "pair_id",
        Id,
        ForeignKey("pairs.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    of_person("by_id", nullable=False),
    Column("number", Integer, nullable=False),
    Column("session_id", Id),
    Column("sequence", SmallInteger),
    Column("wall", DateTime, nullable=False),
    Column("fold", SmallInteger, nullable=False),
    Column("zone", String(40), nullable=False),
    Column("mentor_zone", String(40), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("minutes", SmallInteger, nullable=False),
    Column("way", String(12), nullable=False),
    Column("open", Boolean, nullable=False, server_default=text("true")),
    Column("at", Instant, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column(
        "session_id",
        Id,
        ForeignKey("sessions.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    of_person(primary_key=True, autoincrement=False, index=True),
    Column("held", Boolean, nullable=False),
    Column("why", String(8)),
    Column("rating", SmallInteger),
    Column("learnt", Text),
    Column("step", Text),
    Column("due", Date),
    Column("done", String(8)),
    Column("at", Instant, nullable=False),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
)

lineage = Table(
    "lineage",
    metadata,
    own_id(),
    # Who is erased leaves an accompaniment without a name: it still counts. The pair goes with
    # them, and SQLite may give its number to another.
    Column("mentee_id", Id, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("mentor_id", Id, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("pair_id", Id, ForeignKey("pairs.id", ondelete="SET NULL"), unique=True),
    # The accompaniment in which this mentor was accompanied: generations outlive an erasure.
    Column("after_id", Id, ForeignKey("lineage.id")),
    Column("held", SmallInteger, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("gave_back_at", Instant),
    Column("at", Instant, nullable=False),
)

outcomes = Table(
    "outcomes",
    metadata,
    own_id(),
    of_person(nullable=False),
    Column("lineage_id", Id, ForeignKey("lineage.id"), nullable=False),
    Column("moment", String(12), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("value", Text, nullable=False),
    Column("proof", String(12), nullable=False, server_default="declared"),
    Column("at", Instant, nullable=False),
    UniqueConstraint("person_id", "lineage_id", "moment", "kind"),
)

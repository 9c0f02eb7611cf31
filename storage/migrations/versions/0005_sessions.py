"""Sessions, and the quarters of an hour that they take of two people"""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BOOKED = sa.text("state = 'booked'")


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("pair_id", ID),
        sa.Column("mentee_id", ID, nullable=False),
        sa.Column("mentor_id", ID, nullable=False),
        sa.Column("wall", sa.DateTime(), nullable=False),
        sa.Column("fold", sa.SmallInteger(), nullable=False),
        sa.Column("zone", sa.String(40), nullable=False),
        sa.Column("mentor_wall", sa.DateTime(), nullable=False),
        sa.Column("mentor_zone", sa.String(40), nullable=False),
        sa.Column("starts_at", Instant(timezone=True), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("way", sa.String(12), nullable=False),
        sa.Column("link", sa.String(200), nullable=False),
        sa.Column("uid", sa.String(80), nullable=False),
        sa.Column("sequence", sa.SmallInteger(), nullable=False, server_default="0"),
        sa.Column("state", sa.String(12), nullable=False, server_default="booked"),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column("updated_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("uid", name=op.f("uq_sessions_uid")),
        *(
            sa.ForeignKeyConstraint(
                [one], ["people.id"], name=op.f(f"fk_sessions_{one}"), ondelete="CASCADE"
            )
            for one in ("mentee_id", "mentor_id")
        ),
    )
    for one in ("mentee_id", "mentor_id"):
        op.create_index(op.f(f"ix_sessions_{one}"), "sessions", [one])
    op.create_index(
        "ix_sessions_booked",
        "sessions",
        ["starts_at"],
        sqlite_where=BOOKED,
        postgresql_where=BOOKED,
    )
    op.create_table(
        "busy",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("quarter", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "quarter", name=op.f("pk_busy")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_busy_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_busy_session_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_busy_session_id"), "busy", ["session_id"])


def downgrade() -> None:
    op.drop_table("busy")
    op.drop_table("sessions")

"""Mentors, who is proposed to whom, requests and pairs"""

import sqlalchemy as sa
from alembic import op

import storage.database


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mentees") as batch_op:
        batch_op.add_column(sa.Column("waiting_since", storage.database.Instant(timezone=True)))
        batch_op.add_column(sa.Column("wish", sa.String(12)))
        batch_op.create_index(batch_op.f("ix_mentees_waiting_since"), ["waiting_since"])
    op.create_table(
        "mentors",
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("place", sa.JSON(), nullable=True),
        sa.Column("region", sa.String(length=4), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("experience", sa.Text(), nullable=True),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("meet", sa.JSON(), nullable=False),
        sa.Column("availability", sa.JSON(), nullable=False),
        sa.Column("network", sa.String(length=80), nullable=True),
        sa.Column("prefers", sa.String(length=16), nullable=True),
        sa.Column("capacity", sa.SmallInteger(), nullable=False),
        sa.Column("taken", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.String(length=12), server_default="pending", nullable=False),
        sa.Column("conduct", sa.String(length=16), nullable=False),
        sa.Column("paused_until", storage.database.Instant(timezone=True), nullable=True),
        sa.Column("asked", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("answered", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("answer_hours", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("asked_at", storage.database.Instant(timezone=True), nullable=True),
        sa.Column("decided_at", storage.database.Instant(timezone=True), nullable=True),
        sa.Column("updated_at", storage.database.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("taken >= 0", name="taken"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_mentors_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mentors")),
    )
    with op.batch_alter_table("mentors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentors_state"), ["state"], unique=False)

    op.create_table(
        "pairs",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "mentee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "mentor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("state", sa.String(length=10), server_default="active", nullable=False),
        sa.Column("goal", sa.Text(), nullable=True),
        sa.Column("rhythm", sa.String(length=12), nullable=True),
        sa.Column("months", sa.SmallInteger(), nullable=True),
        sa.Column("agreed_at", storage.database.Instant(timezone=True), nullable=True),
        sa.Column("mentee_shares", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("mentor_shares", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("mentee_hears", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("mentor_hears", sa.Boolean(), server_default=sa.text("(true)"), nullable=False),
        sa.Column("started_at", storage.database.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", storage.database.Instant(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["people.id"], name=op.f("fk_pairs_mentee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["people.id"], name=op.f("fk_pairs_mentor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairs")),
    )
    with op.batch_alter_table("pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairs_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairs_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(
            "uq_pairs_open",
            ["mentee_id"],
            unique=True,
            sqlite_where=sa.text("state != 'ended'"),
            postgresql_where=sa.text("state != 'ended'"),
        )

    op.create_table(
        "proposals",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "mentee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "mentor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("state", sa.String(length=10), server_default="shown", nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("at", storage.database.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["people.id"], name=op.f("fk_proposals_mentee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["people.id"], name=op.f("fk_proposals_mentor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint(
            "mentee_id", "mentor_id", name=op.f("uq_proposals_mentee_id_mentor_id")
        ),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "requests",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "mentee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "mentor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("state", sa.String(length=10), server_default="asked", nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=True),
        sa.Column("asked_at", storage.database.Instant(timezone=True), nullable=False),
        sa.Column("answered_at", storage.database.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["people.id"], name=op.f("fk_requests_mentee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["people.id"], name=op.f("fk_requests_mentor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requests_mentee_id"), ["mentee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requests_mentor_id"), ["mentor_id"], unique=False)
        batch_op.create_index(
            "uq_requests_open",
            ["mentee_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_requests_open",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index(batch_op.f("ix_requests_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_requests_mentee_id"))

    op.drop_table("requests")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposals_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_mentee_id"))

    op.drop_table("proposals")
    with op.batch_alter_table("pairs", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pairs_open",
            sqlite_where=sa.text("state != 'ended'"),
            postgresql_where=sa.text("state != 'ended'"),
        )
        batch_op.drop_index(batch_op.f("ix_pairs_mentor_id"))
        batch_op.drop_index(batch_op.f("ix_pairs_mentee_id"))

    op.drop_table("pairs")
    with op.batch_alter_table("mentors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentors_state"))

    op.drop_table("mentors")
    with op.batch_alter_table("mentees") as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentees_waiting_since"))
        batch_op.drop_column("waiting_since")
        batch_op.drop_column("wish")

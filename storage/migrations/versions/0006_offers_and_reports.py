"""The hour that one suggests to the other, and what each says of a session afterwards"""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for column in (
        sa.Column("cancelled_by", ID),
        sa.Column("why", sa.String(12)),
        sa.Column("missed", sa.String(8)),
    ):
        op.add_column("sessions", column)
    op.create_table(
        "offers",
        sa.Column("pair_id", ID, autoincrement=False, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("session_id", ID),
        sa.Column("sequence", sa.SmallInteger()),
        sa.Column("wall", sa.DateTime(), nullable=False),
        sa.Column("fold", sa.SmallInteger(), nullable=False),
        sa.Column("zone", sa.String(40), nullable=False),
        sa.Column("mentor_zone", sa.String(40), nullable=False),
        sa.Column("starts_at", Instant(timezone=True), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("way", sa.String(12), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_offers")),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pairs.id"], name=op.f("fk_offers_pair_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["people.id"], name=op.f("fk_offers_by_id"), ondelete="CASCADE"
        ),
    )
    op.create_table(
        "reports",
        sa.Column("session_id", ID, autoincrement=False, nullable=False),
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(8)),
        sa.Column("rating", sa.SmallInteger()),
        sa.Column("learnt", sa.Text()),
        sa.Column("step", sa.Text()),
        sa.Column("due", sa.Date()),
        sa.Column("done", sa.String(8)),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_reports")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_reports_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_reports_person_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    )
    op.create_index(op.f("ix_reports_person_id"), "reports", ["person_id"])


def downgrade() -> None:
    op.drop_table("reports")
    op.drop_table("offers")
    for name in ("missed", "why", "cancelled_by"):
        op.drop_column("sessions", name)

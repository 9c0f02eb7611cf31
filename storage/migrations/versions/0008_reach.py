"""What we begin by ourselves: its order, its budget, broadcasts, templates, and channels that pause"""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW = sa.text("state = 'new'")
OF_BROADCAST = sa.text("broadcast_id IS NOT NULL")
SPENT = sa.text("rank > 0")


def upgrade() -> None:
    op.add_column(
        "outbox", sa.Column("rank", sa.SmallInteger(), nullable=False, server_default="0")
    )
    op.add_column("outbox", sa.Column("broadcast_id", ID))
    for table, name in (("addresses", "failures"), ("timers", "times")):
        count = sa.Column(name, sa.SmallInteger(), nullable=False, server_default="0")
        op.add_column(table, count)
    # Nudges that wait while this release comes.
    op.execute("UPDATE outbox SET rank = 1 WHERE purpose = 'nudge'")
    op.drop_index("ix_outbox_due", "outbox")
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["channel", "rank", "due_at"],
        sqlite_where=NEW,
        postgresql_where=NEW,
    )
    op.create_index(
        "ix_outbox_broadcast",
        "outbox",
        ["broadcast_id", "state", "channel", "due_at"],
        sqlite_where=OF_BROADCAST,
        postgresql_where=OF_BROADCAST,
    )
    op.create_index(
        "ix_outbox_spent",
        "outbox",
        ["person_id", "sent_at"],
        sqlite_where=SPENT,
        postgresql_where=SPENT,
    )
    op.create_table(
        "lanes",
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("paused_until", Instant(timezone=True)),
        sa.Column("throttled", sa.SmallInteger(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_lanes")),
    )
    op.create_table(
        "templates",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("sid", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(200)),
        sa.Column("updated_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "language", name=op.f("pk_templates")),
    )
    op.create_table(
        "broadcasts",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("state", sa.String(12), nullable=False, server_default="draft"),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("fallback", sa.JSON(), nullable=False),
        sa.Column("sms", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("opens", sa.String(24), nullable=False, server_default=""),
        sa.Column("day", sa.Date()),
        sa.Column("hour", sa.Time()),
        sa.Column("size", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column("sent_at", Instant(timezone=True)),
        sa.Column("ended_at", Instant(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )
    op.create_table(
        "tags",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("tag", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "tag", name=op.f("pk_tags")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_tags_person_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_tags_tag"), "tags", ["tag"])


def downgrade() -> None:
    for table in ("tags", "broadcasts", "templates", "lanes"):
        op.drop_table(table)
    for name in ("ix_outbox_spent", "ix_outbox_broadcast", "ix_outbox_due"):
        op.drop_index(name, "outbox")
    op.create_index(
        "ix_outbox_due", "outbox", ["channel", "id"], sqlite_where=NEW, postgresql_where=NEW
    )
    for table, name in (
        ("timers", "times"),
        ("addresses", "failures"),
        ("outbox", "broadcast_id"),
        ("outbox", "rank"),
    ):
        op.drop_column(table, name)

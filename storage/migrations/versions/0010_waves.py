"""Codes that would take away too many addresses at once; the content that a message went out as"""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JUDGED = sa.text("judged_at IS NOT NULL")
SENT = sa.text("sent_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("addresses", sa.Column("judged_at", Instant(timezone=True)))
    op.add_column("addresses", sa.Column("held", sa.String(12)))
    op.add_column("lanes", sa.Column("wave_at", Instant(timezone=True)))
    op.add_column("outbox", sa.Column("content", sa.String(64)))
    op.create_index(
        "ix_addresses_judged",
        "addresses",
        ["channel", "judged_at"],
        sqlite_where=JUDGED,
        postgresql_where=JUDGED,
    )
    op.create_index(
        "ix_outbox_sent",
        "outbox",
        ["channel", "sent_at"],
        sqlite_where=SENT,
        postgresql_where=SENT,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_sent", "outbox")
    op.drop_index("ix_addresses_judged", "addresses")
    for table, name in (
        ("outbox", "content"),
        ("lanes", "wave_at"),
        ("addresses", "held"),
        ("addresses", "judged_at"),
    ):
        op.drop_column(table, name)

"""What waits is found by index, however much was served before"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_inbox_new", "inbox", ["id"], "state = 'new'"),
    ("ix_outbox_due", "outbox", ["channel", "id"], "state = 'new'"),
    ("ix_outbox_sending", "outbox", ["channel", "id"], "state = 'sending'"),
)


def upgrade() -> None:
    for name, table, columns, where in INDEXES:
        op.create_index(
            name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )


def downgrade() -> None:
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table)

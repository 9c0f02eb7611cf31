"""Until when an address, or a channel, has had enough for now"""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("addresses", "lanes"):
        op.add_column(table, sa.Column("rests_until", Instant(timezone=True)))


def downgrade() -> None:
    for table in ("lanes", "addresses"):
        op.drop_column(table, "rests_until")

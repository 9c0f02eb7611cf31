"""Until when an address has had enough for now"""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("addresses", sa.Column("rests_until", Instant(timezone=True)))


def downgrade() -> None:
    op.drop_column("addresses", "rests_until")

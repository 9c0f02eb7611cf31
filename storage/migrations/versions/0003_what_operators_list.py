"""Schemes for funding and formalisation, listed and edited by operators"""

import sqlalchemy as sa
from alembic import op

from storage.schemes import first_content

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LANGUAGES = ("fr", "ar", "en")


def upgrade() -> None:
    table = op.create_table(
        "schemes",
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("topic", sa.String(16), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        *(sa.Column(f"name_{one}", sa.String(80), nullable=False) for one in LANGUAGES),
        *(sa.Column(f"offer_{one}", sa.String(160), nullable=False) for one in LANGUAGES),
        sa.Column("link", sa.String(120), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_schemes")),
    )
    columns = [column.name for column in table.c]
    op.bulk_insert(table, [{name: row[name] for name in columns} for row in first_content()])


def downgrade() -> None:
    op.drop_table("schemes")

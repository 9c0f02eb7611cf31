"""What came of an accompaniment, and who was accompanied by whom"""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "lineage",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("mentee_id", ID),
        sa.Column("mentor_id", ID),
        sa.Column("pair_id", ID),
        sa.Column("after_id", ID),
        sa.Column("held", sa.SmallInteger(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("gave_back_at", Instant(timezone=True)),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineage")),
        sa.UniqueConstraint("pair_id", name=op.f("uq_lineage_pair_id")),
        *(
            sa.ForeignKeyConstraint(
                [one], [f"{table}.id"], name=op.f(f"fk_lineage_{one}"), ondelete="SET NULL"
            )
            for one, table in (
                ("mentee_id", "people"),
                ("mentor_id", "people"),
                ("pair_id", "pairs"),
            )
        ),
        sa.ForeignKeyConstraint(["after_id"], ["lineage.id"], name=op.f("fk_lineage_after_id")),
    )
    for one in ("mentee_id", "mentor_id"):
        op.create_index(op.f(f"ix_lineage_{one}"), "lineage", [one])
    op.create_table(
        "outcomes",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("lineage_id", ID, nullable=False),
        sa.Column("moment", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("proof", sa.String(12), nullable=False, server_default="declared"),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
        sa.UniqueConstraint(
            "person_id",
            "lineage_id",
            "moment",
            "kind",
            name=op.f("uq_outcomes_person_id_lineage_id_moment_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_outcomes_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["lineage_id"], ["lineage.id"], name=op.f("fk_outcomes_lineage_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("outcomes")
    op.drop_table("lineage")

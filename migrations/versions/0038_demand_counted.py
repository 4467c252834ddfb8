"""what partners look for, counted every hour"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "demand_counts",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("partners", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('sector', 'province')", name=op.f("ck_demand_counts_kind")),
        sa.CheckConstraint(
            "size IN ('below_1', 'to_10', 'to_100', 'above_100', 'unknown')",
            name=op.f("ck_demand_counts_size"),
        ),
        sa.PrimaryKeyConstraint("kind", "code", "size", name=op.f("pk_demand_counts")),
    )


def downgrade() -> None:
    op.drop_table("demand_counts")

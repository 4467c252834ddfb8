"""what is added to a published listing without a new version"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opportunity_addenda",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("words_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("words_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("old_deadline", sa.Date(), nullable=True),
        sa.Column("new_deadline", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(old_deadline IS NULL) = (new_deadline IS NULL)",
            name=op.f("ck_opportunity_addenda_deadlines_together"),
        ),
        sa.CheckConstraint("new_deadline > old_deadline", name=op.f("ck_opportunity_addenda_deadline_later")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_opportunity_addenda_opportunity_id_opportunities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["users.id"],
            name=op.f("fk_opportunity_addenda_published_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_addenda")),
    )
    op.create_index(
        "ix_opportunity_addenda_opportunity_id", "opportunity_addenda", ["opportunity_id", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("opportunity_addenda")

"""tutors beside the Pemda that they guide"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guidances",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("pemda_id", sa.BigInteger(), nullable=False),
        sa.Column("tutor_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("message", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('invited', 'requested', 'active', 'declined', 'withdrawn', 'ended')",
            name=op.f("ck_guidances_status"),
        ),
        sa.CheckConstraint("pemda_id <> tutor_id", name=op.f("ck_guidances_two")),
        sa.ForeignKeyConstraint(
            ["pemda_id"],
            ["organisations.id"],
            name=op.f("fk_guidances_pemda_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tutor_id"],
            ["organisations.id"],
            name=op.f("fk_guidances_tutor_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidances")),
    )
    op.create_index(
        "uq_guidances_open",
        "guidances",
        ["pemda_id", "tutor_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('active', 'invited', 'requested')"),
    )
    op.create_index("ix_guidances_pemda_id_id", "guidances", ["pemda_id", "id"], unique=False)
    op.create_index("ix_guidances_tutor_id_id", "guidances", ["tutor_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("guidances")

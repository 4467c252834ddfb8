"""LAIP names who is to own an organisation whose owner has vanished"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "successions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'proposed'"), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("language", sa.Text(), server_default=sa.text("'id'"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "status IN ('proposed', 'objected', 'withdrawn', 'effected')", name=op.f("ck_successions_status")
        ),
        sa.CheckConstraint("user_id IS NULL OR email = ''", name=op.f("ck_successions_named_in_one_way")),
        sa.CheckConstraint(
            "(status = 'proposed') = (ended_at IS NULL)", name=op.f("ck_successions_ended_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], ondelete="CASCADE",
            name=op.f("fk_successions_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], ondelete="SET NULL", name=op.f("fk_successions_user_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["users.id"], ondelete="SET NULL", name=op.f("fk_successions_proposed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["users.id"], ondelete="SET NULL", name=op.f("fk_successions_ended_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_successions")),
    )  # fmt: skip
    op.create_index(
        "uq_successions_open", "successions", ["organisation_id"], unique=True,
        postgresql_where=sa.text("status = 'proposed'"),
    )  # fmt: skip
    op.create_index("ix_successions_organisation_id_id", "successions", ["organisation_id", "id"])


def downgrade() -> None:
    op.drop_table("successions")

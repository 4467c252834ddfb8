"""LAIP or a province writes a listing with its Pemda; who of them wrote"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assistances",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Text(), server_default=sa.text("'standing'"), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('standing', 'taken_over', 'refused')", name=op.f("ck_assistances_status")
        ),
        sa.CheckConstraint(
            "(status = 'standing') = (ended_at IS NULL)", name=op.f("ck_assistances_ended_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["id"], ["opportunities.id"], ondelete="CASCADE", name=op.f("fk_assistances_id_opportunities")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_assistances_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["users.id"], ondelete="SET NULL", name=op.f("fk_assistances_begun_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["users.id"], ondelete="SET NULL", name=op.f("fk_assistances_ended_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistances")),
    )  # fmt: skip
    op.create_index("ix_assistances_organisation_id_id", "assistances", ["organisation_id", "id"])
    op.create_table(
        "assistance_writers",
        sa.Column("assistance_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assistance_id"], ["assistances.id"], ondelete="CASCADE",
            name=op.f("fk_assistance_writers_assistance_id_assistances"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], ondelete="CASCADE", name=op.f("fk_assistance_writers_user_id_users")
        ),
        sa.PrimaryKeyConstraint("assistance_id", "user_id", name=op.f("pk_assistance_writers")),
    )  # fmt: skip
    op.create_index("ix_assistance_writers_user_id", "assistance_writers", ["user_id"])
    op.add_column(
        "opportunity_versions",
        sa.Column("assisted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("opportunity_versions", "assisted")
    op.drop_table("assistance_writers")
    op.drop_table("assistances")

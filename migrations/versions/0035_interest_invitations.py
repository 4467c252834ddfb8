"""a Pemda's invitations of partners to its listings"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interest_invitations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("words", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interest_id", sa.BigInteger(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('sent', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_interest_invitations_status"),
        ),
        sa.CheckConstraint("number BETWEEN 1 AND 2", name=op.f("ck_interest_invitations_number")),
        sa.CheckConstraint(
            "(status = 'accepted') = (interest_id IS NOT NULL)",
            name=op.f("ck_interest_invitations_accepted_has_interest"),
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_interest_invitations_opportunity_id_opportunities"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_interest_invitations_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"],
            ["users.id"],
            name=op.f("fk_interest_invitations_invited_by_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["interest_id"], ["interests.id"], name=op.f("fk_interest_invitations_interest_id_interests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest_invitations")),
        sa.UniqueConstraint(
            "opportunity_id",
            "organisation_id",
            "number",
            name=op.f("uq_interest_invitations_opportunity_id_organisation_id_number"),
        ),
        sa.UniqueConstraint("interest_id", name=op.f("uq_interest_invitations_interest_id")),
    )
    op.create_index(
        "ix_interest_invitations_organisation_id_id", "interest_invitations", ["organisation_id", "id"]
    )
    op.create_index(
        "ix_interest_invitations_opportunity_id_id", "interest_invitations", ["opportunity_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("interest_invitations")

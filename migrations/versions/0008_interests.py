"""interests and the collaborations that come of them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interests",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column(
            "roles", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'::text[]"), nullable=False
        ),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("ticket_amount", sa.Numeric(precision=20, scale=2), nullable=True),
        sa.Column("ticket_currency", sa.Text(), server_default=sa.text("'IDR'"), nullable=False),
        sa.Column("question", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("blob_id", sa.BigInteger(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("answer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'sent', 'shortlisted', 'more_info', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_interests_status"),
        ),
        sa.CheckConstraint(
            "ticket_amount IS NULL OR ticket_amount > 0", name=op.f("ck_interests_ticket_positive")
        ),
        sa.ForeignKeyConstraint(["blob_id"], ["blobs.id"], name=op.f("fk_interests_blob_id_blobs")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_interests_created_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_interests_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_interests_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["opportunity_versions.id"],
            name=op.f("fk_interests_version_id_opportunity_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interests")),
    )
    op.create_index(
        "ix_interests_accepted_at",
        "interests",
        ["accepted_at"],
        unique=False,
        postgresql_where=sa.text("status = 'accepted'"),
    )
    op.create_index("ix_interests_opportunity_id_id", "interests", ["opportunity_id", "id"], unique=False)
    op.create_index("ix_interests_organisation_id_id", "interests", ["organisation_id", "id"], unique=False)
    op.create_index(
        "uq_interests_open",
        "interests",
        ["opportunity_id", "organisation_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('accepted', 'draft', 'more_info', 'sent', 'shortlisted')"),
    )
    op.create_table(
        "collaborations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("interest_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('introduced', 'refused', 'exploring', 'agreed', 'contracted', 'operating', 'completed', 'ended')",
            name=op.f("ck_collaborations_status"),
        ),
        sa.ForeignKeyConstraint(
            ["interest_id"], ["interests.id"], name=op.f("fk_collaborations_interest_id_interests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaborations")),
    )
    op.create_index(
        "ix_collaborations_status_decided_at", "collaborations", ["status", "decided_at"], unique=False
    )
    op.create_index("uq_collaborations_interest_id", "collaborations", ["interest_id"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_collaborations_interest_id", table_name="collaborations")
    op.drop_index("ix_collaborations_status_decided_at", table_name="collaborations")
    op.drop_table("collaborations")
    op.drop_index(
        "uq_interests_open",
        table_name="interests",
        postgresql_where=sa.text("status IN ('accepted', 'draft', 'more_info', 'sent', 'shortlisted')"),
    )
    op.drop_index("ix_interests_organisation_id_id", table_name="interests")
    op.drop_index("ix_interests_opportunity_id_id", table_name="interests")
    op.drop_index(
        "ix_interests_accepted_at", table_name="interests", postgresql_where=sa.text("status = 'accepted'")
    )
    op.drop_table("interests")

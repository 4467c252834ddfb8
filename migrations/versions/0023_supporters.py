"""comments, recommendations, and what provinces are shown and pass on"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "version_comments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_by", sa.BigInteger(), nullable=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["opportunity_versions.id"],
            name=op.f("fk_version_comments_version_id_opportunity_versions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_version_comments_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["users.id"],
            name=op.f("fk_version_comments_made_by_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["handled_by"],
            ["users.id"],
            name=op.f("fk_version_comments_handled_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_comments")),
    )
    op.create_index(
        "ix_version_comments_version_id_id", "version_comments", ["version_id", "id"], unique=False
    )
    op.create_table(
        "recommendations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("words_id", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=True),
        sa.CheckConstraint("status IN ('given', 'withdrawn')", name=op.f("ck_recommendations_status")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_recommendations_opportunity_id_opportunities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["opportunity_versions.id"],
            name=op.f("fk_recommendations_version_id_opportunity_versions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_recommendations_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["users.id"],
            name=op.f("fk_recommendations_made_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
    )
    op.create_index(
        "uq_recommendations_given",
        "recommendations",
        ["opportunity_id", "organisation_id"],
        unique=True,
        postgresql_where=sa.text("status = 'given'"),
    )
    op.create_index(
        "ix_recommendations_organisation_id", "recommendations", ["organisation_id"], unique=False
    )
    op.create_table(
        "province_shares",
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_province_shares_opportunity_id_opportunities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["shared_by"],
            ["users.id"],
            name=op.f("fk_province_shares_shared_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("opportunity_id", name=op.f("pk_province_shares")),
    )
    op.create_table(
        "forwardings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("to_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("forwarded_by", sa.BigInteger(), nullable=True),
        sa.Column("forwarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["opportunity_versions.id"],
            name=op.f("fk_forwardings_version_id_opportunity_versions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["organisations.id"],
            name=op.f("fk_forwardings_from_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["organisations.id"],
            name=op.f("fk_forwardings_to_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["forwarded_by"],
            ["users.id"],
            name=op.f("fk_forwardings_forwarded_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forwardings")),
    )
    op.create_index(
        "uq_forwardings_version_id_from_id_to_id",
        "forwardings",
        ["version_id", "from_id", "to_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_forwardings_to_id_id", "forwardings", ["to_id", "id"], unique=False)


def downgrade() -> None:
    for table in ("forwardings", "province_shares", "recommendations", "version_comments"):
        op.drop_table(table)

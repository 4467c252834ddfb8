"""listings: their lives, versions, marks, documents"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opportunities",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), server_default=sa.text("'posted'"), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'unpublished'"), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=True),
        sa.Column("tail", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("published_version_id", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("example_key", sa.Text(), nullable=True),
        sa.Column("example_year", sa.Integer(), nullable=True),
        sa.Column("example_source_name", sa.Text(), nullable=True),
        sa.Column("example_source_url", sa.Text(), nullable=True),
        sa.Column("example_note", sa.Text(), nullable=True),
        sa.Column("example_closed_as", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(origin = 'public_example') = (organisation_id IS NULL)", name=op.f("ck_opportunities_owner")
        ),
        sa.CheckConstraint("origin IN ('posted', 'public_example')", name=op.f("ck_opportunities_origin")),
        sa.CheckConstraint(
            "status = 'unpublished' OR slug IS NOT NULL", name=op.f("ck_opportunities_published_has_slug")
        ),
        sa.CheckConstraint(
            "status IN ('unpublished', 'published', 'withdrawn', 'partner_found', 'no_partner')",
            name=op.f("ck_opportunities_status"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_opportunities_created_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_opportunities_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["published_version_id"],
            ["opportunity_versions.id"],
            name="fk_opportunities_published_version",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_opportunities_region_code_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunities")),
        sa.UniqueConstraint("example_key", name=op.f("uq_opportunities_example_key")),
    )
    op.create_index(
        "ix_opportunities_organisation_id_id", "opportunities", ["organisation_id", "id"], unique=False
    )
    op.create_index(
        "ix_opportunities_region_code_published_at",
        "opportunities",
        ["region_code", "published_at"],
        unique=False,
    )
    op.create_index(
        "ix_opportunities_status_closes_at", "opportunities", ["status", "closes_at"], unique=False
    )
    op.create_index("uq_opportunities_tail", "opportunities", ["tail"], unique=True)
    op.create_table(
        "document_grants",
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_document_grants_opportunity_id_opportunities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_document_grants_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("opportunity_id", "organisation_id", name=op.f("pk_document_grants")),
    )
    op.create_table(
        "opportunity_versions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=True),
        sa.Column("dimension_code", sa.Text(), nullable=True),
        sa.Column("sector_code", sa.Text(), nullable=True),
        sa.Column("title_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("title_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("summary_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("summary_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("problem_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("problem_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("users_served_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("users_served_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("why_now_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("why_now_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("existing_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("existing_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("sought_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("sought_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("expected_result_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("expected_result_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("local_character_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("local_character_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("connectivity_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("connectivity_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("incentives_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("incentives_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("land_permits_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("land_permits_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("nice_to_haves_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("nice_to_haves_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column(
            "must_haves_id",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
        ),
        sa.Column(
            "must_haves_en",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
        ),
        sa.Column("plan_reference", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("readiness_evidence", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column(
            "partner_kinds",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
        ),
        sa.Column(
            "scheme_codes",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
        ),
        sa.Column("readiness", sa.Text(), nullable=True),
        sa.Column("value_amount", sa.Numeric(precision=20, scale=2), nullable=True),
        sa.Column("value_currency", sa.Text(), server_default=sa.text("'IDR'"), nullable=False),
        sa.Column("value_idr", sa.BigInteger(), nullable=True),
        sa.Column("sought_amount", sa.Numeric(precision=20, scale=2), nullable=True),
        sa.Column("sought_idr", sa.BigInteger(), nullable=True),
        sa.Column("idr_rate", sa.Numeric(precision=20, scale=6), nullable=True),
        sa.Column("idr_rate_on", sa.Date(), nullable=True),
        sa.Column("price_year", sa.Integer(), nullable=True),
        sa.Column("irr_percent", sa.Numeric(precision=7, scale=2), nullable=True),
        sa.Column("npv_amount", sa.Numeric(precision=20, scale=2), nullable=True),
        sa.Column("payback_years", sa.Numeric(precision=5, scale=1), nullable=True),
        sa.Column("benefit_cost_ratio", sa.Numeric(precision=7, scale=2), nullable=True),
        sa.Column("finance_source", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("question_deadline", sa.Date(), nullable=True),
        sa.Column("interest_deadline", sa.Date(), nullable=True),
        sa.Column("decision_expected", sa.Date(), nullable=True),
        sa.Column("contact_role", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint(
            "readiness IN ('idea', 'concept', 'pre_fs', 'fs', 'ready', 'transaction')",
            name=op.f("ck_opportunity_versions_readiness"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'in_approval', 'submitted', 'returned', 'published', 'rejected')",
            name=op.f("ck_opportunity_versions_status"),
        ),
        sa.CheckConstraint(
            "cardinality(must_haves_id) <= 5", name=op.f("ck_opportunity_versions_must_haves_few")
        ),
        sa.CheckConstraint(
            "payback_years IS NULL OR payback_years > 0",
            name=op.f("ck_opportunity_versions_payback_positive"),
        ),
        sa.CheckConstraint(
            "sought_amount IS NULL OR sought_amount > 0", name=op.f("ck_opportunity_versions_sought_positive")
        ),
        sa.CheckConstraint(
            "value_amount IS NULL OR value_amount > 0", name=op.f("ck_opportunity_versions_value_positive")
        ),
        sa.ForeignKeyConstraint(
            ["dimension_code"],
            ["dimensions.code"],
            name=op.f("fk_opportunity_versions_dimension_code_dimensions"),
        ),
        sa.ForeignKeyConstraint(
            ["edited_by"],
            ["users.id"],
            name=op.f("fk_opportunity_versions_edited_by_users"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_opportunity_versions_opportunity_id_opportunities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sector_code"], ["sectors.code"], name=op.f("fk_opportunity_versions_sector_code_sectors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_versions")),
        sa.UniqueConstraint(
            "opportunity_id", "number", name=op.f("uq_opportunity_versions_opportunity_id_number")
        ),
    )
    op.create_index(
        "ix_opportunity_versions_status_submitted_at",
        "opportunity_versions",
        ["status", "submitted_at"],
        unique=False,
    )
    op.create_index(
        "uq_opportunity_versions_open",
        "opportunity_versions",
        ["opportunity_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('draft', 'in_approval', 'submitted', 'returned')"),
    )
    op.create_table(
        "opportunity_documents",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("blob_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "access IN ('public', 'verified_partners', 'accepted_partners')",
            name=op.f("ck_opportunity_documents_access"),
        ),
        sa.ForeignKeyConstraint(
            ["blob_id"], ["blobs.id"], name=op.f("fk_opportunity_documents_blob_id_blobs")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["opportunity_versions.id"],
            name=op.f("fk_opportunity_documents_version_id_opportunity_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_documents")),
    )
    op.create_index(
        "ix_opportunity_documents_version_id", "opportunity_documents", ["version_id"], unique=False
    )
    op.create_table(
        "version_marks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users.id"], name=op.f("fk_version_marks_made_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["opportunity_versions.id"],
            name=op.f("fk_version_marks_version_id_opportunity_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_marks")),
        sa.UniqueConstraint("version_id", "field", name=op.f("uq_version_marks_version_id_field")),
    )
    op.create_foreign_key(
        "fk_opportunities_published_version",
        "opportunities",
        "opportunity_versions",
        ["published_version_id"],
        ["id"],
    )


def downgrade() -> None:
    op.drop_constraint("fk_opportunities_published_version", "opportunities", type_="foreignkey")
    op.drop_table("version_marks")
    op.drop_index("ix_opportunity_documents_version_id", table_name="opportunity_documents")
    op.drop_table("opportunity_documents")
    op.drop_index(
        "uq_opportunity_versions_open",
        table_name="opportunity_versions",
        postgresql_where=sa.text("status IN ('draft', 'in_approval', 'submitted', 'returned')"),
    )
    op.drop_index("ix_opportunity_versions_status_submitted_at", table_name="opportunity_versions")
    op.drop_table("opportunity_versions")
    op.drop_table("document_grants")
    op.drop_index("uq_opportunities_tail", table_name="opportunities")
    op.drop_index("ix_opportunities_status_closes_at", table_name="opportunities")
    op.drop_index("ix_opportunities_region_code_published_at", table_name="opportunities")
    op.drop_index("ix_opportunities_organisation_id_id", table_name="opportunities")
    op.drop_table("opportunities")

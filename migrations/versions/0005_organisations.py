"""organisations, members, proofs, partner profiles"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'registered'"), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=True),
        sa.Column("demo", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("contact_unit", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("contact_email", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("contact_phone", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("statement", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('pemda', 'partner', 'ministry', 'tutor')", name=op.f("ck_organisations_kind")
        ),
        sa.CheckConstraint(
            "status IN ('registered', 'submitted', 'needs_info', 'verified', 'rejected', 'suspended')",
            name=op.f("ck_organisations_status"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_organisations_created_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_organisations_region_code_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisations_slug")),
    )
    op.create_index("ix_organisations_name_key", "organisations", ["name_key"], unique=False)
    op.create_index(
        "ix_organisations_status_submitted_at", "organisations", ["status", "submitted_at"], unique=False
    )
    op.create_index(
        "uq_organisations_created_by_kind_name_key",
        "organisations",
        ["created_by", "kind", "name_key"],
        unique=True,
    )
    op.create_index(
        "uq_organisations_verified_region",
        "organisations",
        ["region_code"],
        unique=True,
        postgresql_where=sa.text("kind = 'pemda' AND status IN ('verified', 'suspended')"),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('owner', 'approver', 'editor', 'viewer')", name=op.f("ck_members_role")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_members_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_members_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("organisation_id", "user_id", name=op.f("uq_members_organisation_id_user_id")),
    )
    op.create_index("ix_members_user_id", "members", ["user_id"], unique=False)
    op.create_table(
        "organisation_proofs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("blob_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["blob_id"], ["blobs.id"], name=op.f("fk_organisation_proofs_blob_id_blobs")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_proofs_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_proofs")),
        sa.UniqueConstraint(
            "organisation_id", "sha256", name=op.f("uq_organisation_proofs_organisation_id_sha256")
        ),
    )
    op.create_table(
        "partner_profiles",
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("partner_kind", sa.Text(), nullable=False),
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("legal_form", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), server_default=sa.text("'ID'"), nullable=False),
        sa.Column("nib", sa.Text(), nullable=True),
        sa.Column("npwp", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("hub_id_cohort", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("about_id", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("about_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("ticket_min_idr", sa.BigInteger(), nullable=True),
        sa.Column("ticket_max_idr", sa.BigInteger(), nullable=True),
        sa.Column(
            "sector_codes",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
        ),
        sa.Column(
            "region_codes",
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
        sa.CheckConstraint(
            "legal_form IN ('pt', 'pt_perorangan', 'cv', 'koperasi', 'bumn', 'bumd', 'yayasan', 'university', 'foreign_company')",
            name=op.f("ck_partner_profiles_legal_form"),
        ),
        sa.CheckConstraint(
            "partner_kind IN ('investor', 'foreign_investor', 'fintech', 'startup', 'marketplace', 'bumn', 'bumd', 'operator', 'university')",
            name=op.f("ck_partner_profiles_partner_kind"),
        ),
        sa.CheckConstraint(
            "ticket_min_idr IS NULL OR ticket_max_idr IS NULL OR ticket_min_idr <= ticket_max_idr",
            name=op.f("ck_partner_profiles_ticket_ordered"),
        ),
        sa.CheckConstraint(
            "ticket_min_idr IS NULL OR ticket_min_idr > 0",
            name=op.f("ck_partner_profiles_ticket_min_positive"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_partner_profiles_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_partner_profiles")),
    )
    op.create_table(
        "track_records",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("value_idr", sa.BigInteger(), nullable=True),
        sa.Column("evidence_url", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_track_records_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_records")),
    )
    op.create_index(
        op.f("ix_track_records_organisation_id"), "track_records", ["organisation_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_track_records_organisation_id"), table_name="track_records")
    op.drop_table("track_records")
    op.drop_table("partner_profiles")
    op.drop_table("organisation_proofs")
    op.drop_index("ix_members_user_id", table_name="members")
    op.drop_table("members")
    op.drop_index(
        "uq_organisations_verified_region",
        table_name="organisations",
        postgresql_where=sa.text("kind = 'pemda' AND status IN ('verified', 'suspended')"),
    )
    op.drop_index("uq_organisations_created_by_kind_name_key", table_name="organisations")
    op.drop_index("ix_organisations_status_submitted_at", table_name="organisations")
    op.drop_index("ix_organisations_name_key", table_name="organisations")
    op.drop_table("organisations")

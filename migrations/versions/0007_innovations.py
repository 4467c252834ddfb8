"""what regions have running, and who wants it too"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "innovations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("dimension_code", sa.Text(), nullable=False),
        sa.Column("sector_code", sa.Text(), nullable=True),
        sa.Column("description_id", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("scheme_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("scheme_text", sa.Text(), nullable=True),
        sa.Column("value_idr", sa.BigInteger(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Text(), nullable=True),
        sa.CheckConstraint("confidence IN ('high', 'medium', 'low')", name=op.f("ck_innovations_confidence")),
        sa.CheckConstraint("kind IN ('innovation', 'quick_win')", name=op.f("ck_innovations_kind")),
        sa.CheckConstraint(
            "status IN ('running', 'trial', 'preparing', 'nominated', 'awarded')",
            name=op.f("ck_innovations_status"),
        ),
        sa.CheckConstraint("value_idr > 0", name=op.f("ck_innovations_value_positive")),
        sa.ForeignKeyConstraint(
            ["dimension_code"], ["dimensions.code"], name=op.f("fk_innovations_dimension_code_dimensions")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_innovations_region_code_regions")
        ),
        sa.ForeignKeyConstraint(
            ["sector_code"], ["sectors.code"], name=op.f("fk_innovations_sector_code_sectors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_innovations")),
        sa.UniqueConstraint("external_id", name=op.f("uq_innovations_external_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_innovations_slug")),
    )
    op.create_index(op.f("ix_innovations_region_code_id"), "innovations", ["region_code", "id"], unique=False)
    op.create_table(
        "innovation_wants",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("innovation_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_innovation_wants_innovation_id_innovations")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_innovation_wants_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_innovation_wants_region_code_regions")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_innovation_wants_user_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_innovation_wants")),
        sa.UniqueConstraint(
            "innovation_id", "organisation_id", name=op.f("uq_innovation_wants_innovation_id_organisation_id")
        ),
    )
    op.create_index(
        op.f("ix_innovation_wants_organisation_id"), "innovation_wants", ["organisation_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_innovation_wants_organisation_id"), table_name="innovation_wants")
    op.drop_table("innovation_wants")
    op.drop_index(op.f("ix_innovations_region_code_id"), table_name="innovations")
    op.drop_table("innovations")

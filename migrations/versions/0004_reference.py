"""regions, dimensions, sectors, schemes, cohorts"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dimensions",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_dimensions")),
    )
    op.create_table(
        "kbli_entries",
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("digits", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "code", name=op.f("pk_kbli_entries")),
    )
    op.create_table(
        "reference_loads",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reference_loads")),
    )
    op.create_table(
        "regions",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("province_code", sa.Text(), nullable=False),
        sa.Column("island_group", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("coord_method", sa.Text(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("area_km2", sa.Numeric(precision=12, scale=3), nullable=False),
        sa.Column("autonomous", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(type = 'provinsi') = (code = province_code)", name=op.f("ck_regions_province_is_its_own")
        ),
        sa.CheckConstraint("code ~ '^\\d\\d(\\.\\d\\d)?$'", name=op.f("ck_regions_code_format")),
        sa.CheckConstraint(
            "coord_method IN ('source_centroid', 'representative_point', 'centroid')",
            name=op.f("ck_regions_coord_method"),
        ),
        sa.CheckConstraint(
            "timezone IN ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')", name=op.f("ck_regions_timezone")
        ),
        sa.CheckConstraint("type IN ('provinsi', 'kabupaten', 'kota')", name=op.f("ck_regions_type")),
        sa.CheckConstraint(
            "left(code, 2) = province_code", name=op.f("ck_regions_code_begins_with_province")
        ),
        sa.ForeignKeyConstraint(
            ["province_code"], ["regions.code"], name=op.f("fk_regions_province_code_regions")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regions")),
    )
    op.create_index(op.f("ix_regions_province_code_code"), "regions", ["province_code", "code"], unique=False)
    op.create_table(
        "schemes",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("long_name_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_schemes")),
    )
    op.create_table(
        "cohort_entries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("cohort", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("source_url_2", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "confidence IN ('high', 'medium', 'low')", name=op.f("ck_cohort_entries_confidence")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_cohort_entries_region_code_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_entries")),
        sa.UniqueConstraint(
            "region_code", "year", "cohort", name=op.f("uq_cohort_entries_region_code_year_cohort")
        ),
    )
    op.create_table(
        "sectors",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("dimension_code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("oc4ids_code", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dimension_code"], ["dimensions.code"], name=op.f("fk_sectors_dimension_code_dimensions")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_sectors")),
    )
    op.create_index(
        op.f("ix_sectors_dimension_code_position"), "sectors", ["dimension_code", "position"], unique=False
    )
    op.create_table(
        "sector_kbli",
        sa.Column("sector_code", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("kbli_code", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition", "kbli_code"],
            ["kbli_entries.edition", "kbli_entries.code"],
            name=op.f("fk_sector_kbli_edition_kbli_code_kbli_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["sector_code"], ["sectors.code"], name=op.f("fk_sector_kbli_sector_code_sectors")
        ),
        sa.PrimaryKeyConstraint("sector_code", "edition", "kbli_code", name=op.f("pk_sector_kbli")),
    )


def downgrade() -> None:
    op.drop_table("sector_kbli")
    op.drop_index(op.f("ix_sectors_dimension_code_position"), table_name="sectors")
    op.drop_table("sectors")
    op.drop_table("cohort_entries")
    op.drop_table("schemes")
    op.drop_index(op.f("ix_regions_province_code_code"), table_name="regions")
    op.drop_table("regions")
    op.drop_table("reference_loads")
    op.drop_table("kbli_entries")
    op.drop_table("dimensions")

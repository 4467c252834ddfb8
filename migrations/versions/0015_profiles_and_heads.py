"""partners say what they can do and their ticket in dollars too; regions note their heads"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
COLUMNS = (
    "capability_codes",
    "readiness_from",
    "ticket_min_usd",
    "ticket_max_usd",
    "usd_rate",
    "usd_rate_on",
)


def upgrade() -> None:
    op.add_column(
        "partner_profiles",
        sa.Column(
            "capability_codes",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'::text[]"),
            nullable=False,
        ),
    )
    op.add_column("partner_profiles", sa.Column("readiness_from", sa.Integer(), nullable=True))
    op.add_column("partner_profiles", sa.Column("ticket_min_usd", sa.Numeric(20, 2), nullable=True))
    op.add_column("partner_profiles", sa.Column("ticket_max_usd", sa.Numeric(20, 2), nullable=True))
    op.add_column("partner_profiles", sa.Column("usd_rate", sa.Integer(), nullable=True))
    op.add_column("partner_profiles", sa.Column("usd_rate_on", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_partner_profiles_readiness_from_rung"), "partner_profiles", "readiness_from BETWEEN 1 AND 6"
    )
    op.create_check_constraint(
        op.f("ck_partner_profiles_usd_has_rate"), "partner_profiles",
        "(ticket_min_usd IS NULL AND ticket_max_usd IS NULL) = (usd_rate IS NULL)"
        " AND (usd_rate IS NULL) = (usd_rate_on IS NULL)",
    )  # fmt: skip

    op.create_table(
        "region_heads",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("noted_by", sa.BigInteger(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= begins", name=op.f("ck_region_heads_term_ordered")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], ondelete="CASCADE",
            name=op.f("fk_region_heads_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["users.id"], ondelete="SET NULL", name=op.f("fk_region_heads_noted_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_heads")),
        sa.UniqueConstraint("organisation_id", "begins", name=op.f("uq_region_heads_organisation_id_begins")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("region_heads")
    for name in ("usd_has_rate", "readiness_from_rung"):
        op.drop_constraint(op.f(f"ck_partner_profiles_{name}"), "partner_profiles")
    for column in reversed(COLUMNS):
        op.drop_column("partner_profiles", column)

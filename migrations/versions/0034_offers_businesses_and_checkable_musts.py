"""standing offers; a listing's own business (KBLI), must-haves that can be checked; reports of how well scores tell"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_VERSIONS = "opportunity_versions"
_FEW = "ck_opportunity_versions_must_haves_few"
_NO_CODES = sa.text("'{}'::text[]")
_EMPTY = sa.text("''")


def upgrade() -> None:
    op.add_column(_VERSIONS, sa.Column("kbli_code", sa.Text(), nullable=True))
    op.add_column(_VERSIONS, sa.Column("kbli_edition", sa.Text(), nullable=True))
    op.add_column(_VERSIONS, _codes("must_codes"))
    op.create_foreign_key(
        op.f("fk_opportunity_versions_kbli_edition_kbli_code_kbli_entries"), _VERSIONS, "kbli_entries",
        ["kbli_edition", "kbli_code"], ["edition", "code"],
    )  # fmt: skip
    op.create_check_constraint(
        op.f("ck_opportunity_versions_kbli_has_edition"),
        _VERSIONS,
        "(kbli_code IS NULL) = (kbli_edition IS NULL)",
    )
    op.drop_constraint(op.f(_FEW), _VERSIONS, type_="check")
    op.create_check_constraint(
        op.f(_FEW), _VERSIONS, "cardinality(must_haves_id) + cardinality(must_codes) <= 5"
    )
    _create_offers()
    _create_reports()


def _create_offers() -> None:
    op.create_table(
        "standing_offers",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("title_id", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), server_default=_EMPTY, nullable=False),
        sa.Column("words_id", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), server_default=_EMPTY, nullable=False),
        _codes("capability_codes"),
        _codes("sector_codes"),
        _codes("region_codes"),
        _codes("scheme_codes"),
        sa.Column("ticket_min_idr", sa.BigInteger(), nullable=True),
        sa.Column("ticket_max_idr", sa.BigInteger(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('open', 'closed')", name=op.f("ck_standing_offers_status")),
        sa.CheckConstraint("cardinality(sector_codes) > 0", name=op.f("ck_standing_offers_has_sector")),
        sa.CheckConstraint("ticket_min_idr > 0", name=op.f("ck_standing_offers_ticket_min_positive")),
        sa.CheckConstraint(
            "ticket_min_idr <= ticket_max_idr", name=op.f("ck_standing_offers_ticket_ordered")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"],
            name=op.f("fk_standing_offers_organisation_id_organisations"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_offers")),
    )  # fmt: skip
    op.create_index(
        "ix_standing_offers_organisation_id_status_id", "standing_offers", ["organisation_id", "status", "id"]
    )
    op.create_index(
        "ix_standing_offers_valid_until", "standing_offers", ["valid_until"],
        postgresql_where=sa.text("status = 'open'"),
    )  # fmt: skip


def _create_reports() -> None:
    op.create_table(
        "match_reports",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model_id", sa.BigInteger(), nullable=True),
        sa.Column("figures", postgresql.JSONB(), nullable=False),
        sa.Column("proposal", postgresql.JSONB(), nullable=True),
        sa.Column("adopted_model_id", sa.BigInteger(), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "adopted_at IS NULL OR proposal IS NOT NULL", name=op.f("ck_match_reports_adopted_was_proposed")
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["match_models.id"], name=op.f("fk_match_reports_model_id_match_models")
        ),
        sa.ForeignKeyConstraint(
            ["adopted_model_id"],
            ["match_models.id"],
            name=op.f("fk_match_reports_adopted_model_id_match_models"),
        ),
        sa.ForeignKeyConstraint(
            ["adopted_by"], ["users.id"], name=op.f("fk_match_reports_adopted_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_reports")),
    )


def _codes(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, postgresql.ARRAY(sa.Text()), server_default=_NO_CODES, nullable=False)


def downgrade() -> None:
    op.drop_table("match_reports")
    op.drop_table("standing_offers")
    op.drop_constraint(op.f(_FEW), _VERSIONS, type_="check")
    op.create_check_constraint(op.f(_FEW), _VERSIONS, "cardinality(must_haves_id) <= 5")
    op.drop_constraint(
        op.f("fk_opportunity_versions_kbli_edition_kbli_code_kbli_entries"), _VERSIONS, type_="foreignkey"
    )
    op.drop_constraint(op.f("ck_opportunity_versions_kbli_has_edition"), _VERSIONS, type_="check")
    for name in ("must_codes", "kbli_edition", "kbli_code"):
        op.drop_column(_VERSIONS, name)

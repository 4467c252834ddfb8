"""partners that take no part in matching, letters about suggestions and what was told in them, sectors of projects"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _to(table: str, column: str, other: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=ondelete
    )


def upgrade() -> None:
    op.create_table(
        "match_opt_outs",
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", _MOMENT, nullable=False),
        _to("match_opt_outs", "organisation_id", "organisations"),
        _to("match_opt_outs", "made_by", "users", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_match_opt_outs")),
    )
    op.create_table(
        "suggestion_letters",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", _MOMENT, nullable=True),
        sa.Column("stopped_at", _MOMENT, nullable=True),
        _to("suggestion_letters", "user_id", "users"),
        _to("suggestion_letters", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("user_id", "organisation_id", name=op.f("pk_suggestion_letters")),
    )
    op.create_index("ix_suggestion_letters_organisation_id", "suggestion_letters", ["organisation_id"])
    op.create_table(
        "suggestions_told",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("told_at", _MOMENT, nullable=False),
        _to("suggestions_told", "user_id", "users"),
        _to("suggestions_told", "organisation_id", "organisations"),
        _to("suggestions_told", "opportunity_id", "opportunities"),
        sa.PrimaryKeyConstraint(
            "user_id", "organisation_id", "opportunity_id", name=op.f("pk_suggestions_told")
        ),
    )
    for column in ("organisation_id", "opportunity_id"):
        op.create_index(f"ix_suggestions_told_{column}", "suggestions_told", [column])
    op.add_column("track_records", sa.Column("sector_code", sa.Text(), nullable=True))
    op.create_foreign_key(
        op.f("fk_track_records_sector_code_sectors"), "track_records", "sectors", ["sector_code"], ["code"]
    )


def downgrade() -> None:
    op.drop_column("track_records", "sector_code")
    for table in ("suggestions_told", "suggestion_letters", "match_opt_outs"):
        op.drop_table(table)

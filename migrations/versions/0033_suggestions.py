"""suggestions: models, lists, what was put aside, suggestions by hand, answers"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_SIDES = "side IN ('listing', 'partner')"
# What was answered before anything was scored. The order of the rows is that of the events.
_EARLIER_ANSWERS = """
    INSERT INTO match_answers (opportunity_id, organisation_id, kind, at)
    SELECT opportunity_id, organisation_id, kind, at FROM (
        SELECT id, opportunity_id, organisation_id, 'interested' AS kind, 1 AS step, sent_at AS at FROM interests
        UNION ALL
        SELECT id, opportunity_id, organisation_id, 'accepted', 2, accepted_at FROM interests
        UNION ALL
        SELECT id, opportunity_id, organisation_id, 'declined', 2, answered_at FROM interests WHERE status = 'declined'
        UNION ALL
        SELECT id, opportunity_id, organisation_id, 'withdrawn', 3, coalesce(answered_at, sent_at) FROM interests
        WHERE status = 'withdrawn'
    ) AS steps WHERE at IS NOT NULL ORDER BY id, step
"""


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _pk() -> sa.Column:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _pair(table: str) -> tuple[sa.ForeignKeyConstraint, sa.ForeignKeyConstraint]:
    return (
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f(f"fk_{table}_opportunity_id_opportunities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f(f"fk_{table}_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
    )


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["users.id"], name=op.f(f"fk_{table}_{column}_users"), ondelete="SET NULL"
    )


def upgrade() -> None:
    _make_models()
    _make_lists()
    _make_dismissals()
    op.create_table(
        "match_hand_suggestions",
        _pk(),
        _number("opportunity_id"),
        _number("organisation_id"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        _moment("made_at"),
        *_pair("match_hand_suggestions"),
        _person("match_hand_suggestions", "made_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_hand_suggestions")),
        sa.UniqueConstraint(
            "opportunity_id",
            "organisation_id",
            name=op.f("uq_match_hand_suggestions_opportunity_id_organisation_id"),
        ),
    )
    op.create_index(
        "ix_match_hand_suggestions_organisation_id_id", "match_hand_suggestions", ["organisation_id", "id"]
    )
    _make_answers()
    op.execute(_EARLIER_ANSWERS)


def _make_models() -> None:
    op.create_table(
        "match_models",
        _pk(),
        sa.Column("engine_version", sa.Integer(), nullable=False),
        sa.Column("settings", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("term_weights", postgresql.JSONB(), nullable=True),
        sa.Column("prices", postgresql.JSONB(), nullable=True),
        sa.Column("listings", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("partners", sa.Integer(), server_default=sa.text("0"), nullable=False),
        _moment("begun_at"),
        _moment("finished_at", nullable=True),
        sa.Column("adopted_by", sa.BigInteger(), nullable=True),
        sa.Column("outbox_xid", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("done_until", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        _person("match_models", "adopted_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_models")),
    )
    op.create_index(
        "uq_match_models_unfinished",
        "match_models",
        [sa.text("(finished_at IS NULL)")],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_index("ix_match_models_finished_at", "match_models", ["finished_at"])


def _make_lists() -> None:
    op.create_table(
        "match_lists",
        sa.Column("side", sa.Text(), nullable=False),
        _number("owner_id"),
        _number("model_id"),
        sa.Column("ids", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("scores", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("shown_in", sa.Integer(), server_default=sa.text("0"), nullable=False),
        _moment("computed_at"),
        sa.CheckConstraint(_SIDES, name=op.f("ck_match_lists_side")),
        sa.ForeignKeyConstraint(
            ["model_id"], ["match_models.id"], name=op.f("fk_match_lists_model_id_match_models")
        ),
        sa.PrimaryKeyConstraint("side", "owner_id", name=op.f("pk_match_lists")),
    )
    op.create_index("ix_match_lists_side_good_owner_id", "match_lists", ["side", "good", "owner_id"])
    op.create_index("ix_match_lists_side_shown_in_owner_id", "match_lists", ["side", "shown_in", "owner_id"])
    op.create_table(
        "match_drafts",
        sa.Column("side", sa.Text(), nullable=False),
        _number("owner_id"),
        sa.Column("ids", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("scores", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.CheckConstraint(_SIDES, name=op.f("ck_match_drafts_side")),
        sa.PrimaryKeyConstraint("side", "owner_id", name=op.f("pk_match_drafts")),
    )


def _make_dismissals() -> None:
    op.create_table(
        "match_dismissals",
        _pk(),
        sa.Column("side", sa.Text(), nullable=False),
        _number("opportunity_id"),
        _number("organisation_id"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        _moment("made_at"),
        _moment("undone_at", nullable=True),
        sa.CheckConstraint(_SIDES, name=op.f("ck_match_dismissals_side")),
        sa.CheckConstraint(
            "reason IN ('other_field', 'other_place', 'size', 'scheme', 'timing', 'in_touch', 'other')",
            name=op.f("ck_match_dismissals_reason"),
        ),
        *_pair("match_dismissals"),
        _person("match_dismissals", "made_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_dismissals")),
    )
    op.create_index(
        "uq_match_dismissals_standing",
        "match_dismissals",
        ["side", "opportunity_id", "organisation_id"],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_index("ix_match_dismissals_organisation_id_id", "match_dismissals", ["organisation_id", "id"])
    op.create_index("ix_match_dismissals_opportunity_id_id", "match_dismissals", ["opportunity_id", "id"])


def _make_answers() -> None:
    op.create_table(
        "match_answers",
        _pk(),
        _number("opportunity_id"),
        _number("organisation_id"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("model_id", sa.BigInteger(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        _moment("at"),
        sa.CheckConstraint(
            "kind IN ('interested', 'invited', 'accepted', 'declined', 'withdrawn', 'dismissed')",
            name=op.f("ck_match_answers_kind"),
        ),
        sa.CheckConstraint(_SIDES, name=op.f("ck_match_answers_side")),
        *_pair("match_answers"),
        sa.ForeignKeyConstraint(
            ["model_id"], ["match_models.id"], name=op.f("fk_match_answers_model_id_match_models")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_answers")),
    )
    op.create_index(
        "ix_match_answers_organisation_id_opportunity_id_id",
        "match_answers",
        ["organisation_id", "opportunity_id", "id"],
    )
    op.create_index(
        "ix_match_answers_opportunity_id_organisation_id_id",
        "match_answers",
        ["opportunity_id", "organisation_id", "id"],
    )
    op.create_index("ix_match_answers_at_id", "match_answers", ["at", "id"])


def downgrade() -> None:
    for table in (
        "match_answers",
        "match_hand_suggestions",
        "match_dismissals",
        "match_drafts",
        "match_lists",
        "match_models",
    ):
        op.drop_table(table)

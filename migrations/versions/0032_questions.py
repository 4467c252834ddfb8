"""questions about a listing and the wordings in which they were answered"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_PUBLIC = sa.text("status = 'answered' AND same_as_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("same_as_id", sa.BigInteger(), nullable=True),
        sa.Column("wording", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decision_words", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('asked', 'answered', 'declined', 'withdrawn', 'hidden')",
            name=op.f("ck_questions_status"),
        ),
        sa.CheckConstraint("same_as_id <> id", name=op.f("ck_questions_same_as_another")),
        sa.CheckConstraint(
            "(status IN ('answered', 'hidden')) = (answered_at IS NOT NULL)",
            name=op.f("ck_questions_answered_has_time"),
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_questions_opportunity_id_opportunities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_questions_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_questions_asked_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["same_as_id"],
            ["questions.id"],
            name=op.f("fk_questions_same_as_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index("ix_questions_opportunity_id_status", "questions", ["opportunity_id", "status", "id"])
    op.create_index("ix_questions_organisation_id_id", "questions", ["organisation_id", "id"])
    op.create_index(
        "ix_questions_public", "questions", ["opportunity_id", "answered_at", "id"], postgresql_where=_PUBLIC
    )
    op.create_index("ix_questions_answered_at_id", "questions", ["answered_at", "id"])
    op.create_index("ix_questions_same_as_id", "questions", ["same_as_id"])
    op.create_table(
        "question_wordings",
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words_id", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("answer_en", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("written_by", sa.BigInteger(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_question_wordings_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["users.id"],
            name=op.f("fk_question_wordings_written_by_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("question_id", "number", name=op.f("pk_question_wordings")),
    )


def downgrade() -> None:
    op.drop_table("question_wordings")
    op.drop_table("questions")

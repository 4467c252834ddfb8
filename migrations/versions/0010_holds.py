"""moderators hold cases; the queue, what has stalled and the trail are found by index"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('peluang', 'organisasi', 'penjodohan')", name=op.f("ck_holds_kind")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_holds_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kind", "case_id", name=op.f("pk_holds")),
    )
    op.create_index("ix_holds_user_id", "holds", ["user_id"], unique=False)
    op.create_index(
        "ix_organisations_region_code",
        "organisations",
        ["region_code"],
        unique=False,
        postgresql_where=sa.text("kind = 'pemda'"),
    )
    op.create_index(
        "ix_interests_unanswered_sent_at",
        "interests",
        ["sent_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('sent', 'shortlisted')"),
    )
    op.create_index("ix_audit_events_object_kind_id", "audit_events", ["object_kind", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_audit_events_object_kind_id", table_name="audit_events")
    op.drop_index(
        "ix_interests_unanswered_sent_at",
        table_name="interests",
        postgresql_where=sa.text("status IN ('sent', 'shortlisted')"),
    )
    op.drop_index(
        "ix_organisations_region_code",
        table_name="organisations",
        postgresql_where=sa.text("kind = 'pemda'"),
    )
    op.drop_index("ix_holds_user_id", table_name="holds")
    op.drop_table("holds")

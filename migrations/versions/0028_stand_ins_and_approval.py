"""who approves in whose place, how long a version has waited for it, who wrote which field"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_WAITING = """
    UPDATE opportunity_versions SET awaiting_since = coalesce(
        (SELECT max(e.at) FROM audit_events e WHERE e.object_kind = 'opportunity_version'
         AND e.object_id = opportunity_versions.id AND e.kind = 'version:sent_to_approver'),
        edited_at)
    WHERE status = 'in_approval'
"""


def upgrade() -> None:
    op.create_table(
        "approval_stand_ins",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("named_by", sa.BigInteger(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("user_id <> named_by", name=op.f("ck_approval_stand_ins_another")),
        sa.CheckConstraint(
            "until >= begins AND until - begins < 60", name=op.f("ck_approval_stand_ins_days_few")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "user_id"],
            ["members.organisation_id", "members.user_id"],
            name="fk_approval_stand_ins_member",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "named_by"],
            ["members.organisation_id", "members.user_id"],
            name="fk_approval_stand_ins_approver",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_stand_ins")),
    )
    op.create_index(
        "ix_approval_stand_ins_organisation_id_user_id", "approval_stand_ins", ["organisation_id", "user_id"]
    )
    op.create_index("ix_approval_stand_ins_user_id", "approval_stand_ins", ["user_id"])
    op.create_table(
        "version_writings",
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["opportunity_versions.id"],
            name=op.f("fk_version_writings_version_id_opportunity_versions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_version_writings_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "field", "user_id", name=op.f("pk_version_writings")),
    )
    op.create_index("ix_version_writings_user_id", "version_writings", ["user_id"])
    op.add_column("version_marks", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "opportunity_versions", sa.Column("awaiting_since", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("opportunity_versions", sa.Column("reminded_days", sa.Integer(), nullable=True))
    op.add_column("opportunity_versions", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(_WAITING)
    op.create_index(
        "ix_opportunity_versions_awaiting_since",
        "opportunity_versions",
        ["awaiting_since"],
        postgresql_where=sa.text("status = 'in_approval'"),
    )


def downgrade() -> None:
    op.drop_index("ix_opportunity_versions_awaiting_since", table_name="opportunity_versions")
    op.drop_column("opportunity_versions", "reminded_at")
    op.drop_column("opportunity_versions", "reminded_days")
    op.drop_column("opportunity_versions", "awaiting_since")
    # Settled remarks were deleted before.
    op.execute("DELETE FROM version_marks WHERE settled_at IS NOT NULL")
    op.drop_column("version_marks", "settled_at")
    op.drop_table("version_writings")
    op.drop_table("approval_stand_ins")

"""invitations by mail, also to people without an account; for whom a browser acts"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_invitations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("serial", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('owner', 'approver', 'editor', 'viewer')", name=op.f("ck_member_invitations_role")
        ),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'declined', 'withdrawn')", name=op.f("ck_member_invitations_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], ondelete="CASCADE",
            name=op.f("fk_member_invitations_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["users.id"], ondelete="SET NULL", name=op.f("fk_member_invitations_invited_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_invitations")),
    )  # fmt: skip
    op.create_index(
        "uq_member_invitations_open", "member_invitations", ["organisation_id", sa.text("lower(email)")], unique=True,
        postgresql_where=sa.text("outcome IS NULL"),
    )  # fmt: skip
    op.create_index(
        "ix_member_invitations_email", "member_invitations", [sa.text("lower(email)")],
        postgresql_where=sa.text("outcome IS NULL"),
    )  # fmt: skip
    op.add_column("sign_ins", sa.Column("acting_for", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_sign_ins_acting_for_organisations"), "sign_ins", "organisations", ["acting_for"], ["id"],
        ondelete="SET NULL",
    )  # fmt: skip
    op.alter_column("mail_deliveries", "user_id", nullable=True)
    op.add_column("mail_deliveries", sa.Column("language", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_mail_deliveries_one_reader"), "mail_deliveries", "(user_id IS NULL) = (language IS NOT NULL)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_mail_deliveries_one_reader"), "mail_deliveries")
    op.execute("DELETE FROM mail_deliveries WHERE user_id IS NULL")
    op.drop_column("mail_deliveries", "language")
    op.alter_column("mail_deliveries", "user_id", nullable=False)
    op.drop_constraint(op.f("fk_sign_ins_acting_for_organisations"), "sign_ins")
    op.drop_column("sign_ins", "acting_for")
    op.drop_table("member_invitations")

"""what a draft holds beside its content, and who writes it now"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_BESIDE = ("unread", "translated", "justified")


def upgrade() -> None:
    for name in _BESIDE:
        op.add_column(
            "opportunity_versions",
            sa.Column(name, postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        )
    op.create_table(
        "version_editors",
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["opportunity_versions.id"],
            name=op.f("fk_version_editors_version_id_opportunity_versions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_version_editors_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "user_id", name=op.f("pk_version_editors")),
    )
    op.create_index("ix_version_editors_user_id", "version_editors", ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_table("version_editors")
    for name in reversed(_BESIDE):
        op.drop_column("opportunity_versions", name)

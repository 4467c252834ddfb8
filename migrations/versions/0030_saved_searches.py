"""searches that people keep, what they found, and how far the alerts have read"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "change_followers",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("database", sa.Text(), nullable=False),
        sa.Column("xid", sa.BigInteger(), nullable=False),
        sa.Column("change_id", sa.BigInteger(), nullable=False),
        _moment("read_at"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_change_followers")),
    )
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        _moment("created_at"),
        _moment("news_since"),
        _moment("mails_since"),
        _moment("seen_at"),
        _moment("mailed_at", nullable=True),
        _moment("due_at", nullable=True),
        _moment("paused_at", nullable=True),
        sa.CheckConstraint(
            "cadence IN ('instant', 'daily', 'weekly', 'none')", name=op.f("ck_saved_searches_cadence")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_saved_searches_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_searches")),
        sa.UniqueConstraint("user_id", "query", name=op.f("uq_saved_searches_user_id_query")),
    )
    op.create_index(
        "ix_saved_searches_due_at",
        "saved_searches",
        ["due_at"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "search_finds",
        sa.Column("search_id", sa.BigInteger(), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        _moment("found_at"),
        _moment("told_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["search_id"],
            ["saved_searches.id"],
            name=op.f("fk_search_finds_search_id_saved_searches"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_search_finds_opportunity_id_opportunities"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("search_id", "opportunity_id", name=op.f("pk_search_finds")),
    )
    op.create_index("ix_search_finds_opportunity_id", "search_finds", ["opportunity_id"])
    op.create_index("ix_search_finds_search_id_found_at", "search_finds", ["search_id", "found_at"])
    op.create_index(
        "ix_search_finds_untold", "search_finds", ["search_id"], postgresql_where=sa.text("told_at IS NULL")
    )


def downgrade() -> None:
    op.drop_table("search_finds")
    op.drop_table("saved_searches")
    op.drop_table("change_followers")

"""consents: given and withdrawn, rows are only added; what accounts agreed to so far moves in"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('terms', 'privacy')", name=op.f("ck_consents_kind")),
        sa.CheckConstraint("step IN ('given', 'withdrawn')", name=op.f("ck_consents_step")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_consents_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_user_id_id", "consents", ["user_id", "id"])
    op.execute(
        """
        INSERT INTO consents (user_id, kind, version, step, at)
        SELECT id, kind, terms_version, 'given', terms_accepted_at
        FROM users CROSS JOIN (VALUES ('terms'), ('privacy')) AS kinds (kind)
        WHERE terms_version IS NOT NULL AND terms_accepted_at IS NOT NULL
        ORDER BY id
        """
    )
    op.execute(
        """
        CREATE FUNCTION refuse_to_change_consents() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'consents is append only'; END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON consents
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_consents()
        """
    )


def downgrade() -> None:
    op.drop_table("consents")
    op.execute("DROP FUNCTION refuse_to_change_consents()")

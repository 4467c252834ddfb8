"""documents have a kind, an order and versions of their own; visits are counted, pages are drawn"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None

DOCUMENTS = "opportunity_documents"


def upgrade() -> None:
    op.add_column("blobs", sa.Column("preview_pages", sa.SmallInteger(), nullable=True))
    op.add_column("blobs", sa.Column("pages", sa.Integer(), nullable=True))
    op.add_column(DOCUMENTS, sa.Column("kind", sa.Text(), server_default=sa.text("'other'"), nullable=False))
    op.add_column(
        DOCUMENTS, sa.Column("series", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)
    )
    op.add_column(DOCUMENTS, sa.Column("number", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column(DOCUMENTS, sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column(DOCUMENTS, sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True))
    # Until now a document went through the versions of its listing as the same file.
    op.execute(
        """UPDATE opportunity_documents d SET series = md5(v.opportunity_id || ':' || d.blob_id)::uuid,
        position = (SELECT count(*) FROM opportunity_documents e WHERE e.version_id = d.version_id AND e.id <= d.id)
        FROM opportunity_versions v WHERE v.id = d.version_id"""
    )
    op.create_check_constraint(
        op.f("ck_opportunity_documents_kind"),
        DOCUMENTS,
        "kind IN ('pre_fs', 'fs', 'cost_plan', 'drawing', 'letter', 'slides', 'other')",
    )
    op.create_check_constraint(op.f("ck_opportunity_documents_number_positive"), DOCUMENTS, "number > 0")
    op.drop_index("ix_opportunity_documents_version_id", table_name=DOCUMENTS)
    op.create_index(
        "uq_opportunity_documents_shown",
        DOCUMENTS,
        ["version_id", "series"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_index("ix_opportunity_documents_series", DOCUMENTS, ["series"], unique=False)
    op.create_table(
        "document_visits",
        sa.Column("document_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["opportunity_documents.id"],
            name=op.f("fk_document_visits_document_id_opportunity_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_visits")),
    )


def downgrade() -> None:
    op.drop_table("document_visits")
    op.execute("DELETE FROM opportunity_documents WHERE replaced_at IS NOT NULL")
    op.drop_index("ix_opportunity_documents_series", table_name=DOCUMENTS)
    op.drop_index(
        "uq_opportunity_documents_shown",
        table_name=DOCUMENTS,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_index("ix_opportunity_documents_version_id", DOCUMENTS, ["version_id"], unique=False)
    op.drop_constraint(op.f("ck_opportunity_documents_number_positive"), DOCUMENTS, type_="check")
    op.drop_constraint(op.f("ck_opportunity_documents_kind"), DOCUMENTS, type_="check")
    for column in ("replaced_at", "position", "number", "series", "kind"):
        op.drop_column(DOCUMENTS, column)
    for column in ("pages", "preview_pages"):
        op.drop_column("blobs", column)

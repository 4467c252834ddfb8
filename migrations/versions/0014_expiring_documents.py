"""verifications end with their documents, are warned of, and are renewed"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organisations", sa.Column("valid_until", sa.Date(), nullable=True))
    op.add_column("organisations", sa.Column("warned_days", sa.Integer(), nullable=True))
    op.add_column("organisations", sa.Column("recheck_asked_at", sa.DateTime(timezone=True), nullable=True))
    for column in ("valid_until", "recheck_asked_at"):
        op.create_index(
            f"ix_organisations_{column}",
            "organisations",
            [column],
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
    op.add_column("organisation_proofs", sa.Column("expires_on", sa.Date(), nullable=True))
    op.add_column("organisation_proofs", sa.Column("replaces_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_organisation_proofs_replaces_id_organisation_proofs"), "organisation_proofs", "organisation_proofs",
        ["replaces_id"], ["id"], ondelete="SET NULL",
    )  # fmt: skip


def downgrade() -> None:
    op.drop_constraint(op.f("fk_organisation_proofs_replaces_id_organisation_proofs"), "organisation_proofs")
    op.drop_column("organisation_proofs", "replaces_id")
    op.drop_column("organisation_proofs", "expires_on")
    for column in ("recheck_asked_at", "valid_until"):
        op.drop_index(f"ix_organisations_{column}", table_name="organisations")
    for column in ("recheck_asked_at", "warned_days", "valid_until"):
        op.drop_column("organisations", column)

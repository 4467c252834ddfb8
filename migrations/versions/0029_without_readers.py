"""what nothing reads: cursors in the database, and when a sign-in was made a second time"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("change_cursors")
    op.drop_column("sign_ins", "seen_at")


def downgrade() -> None:
    # It always held the moment of the sign-in.
    op.add_column("sign_ins", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE sign_ins SET seen_at = created_at")
    op.alter_column("sign_ins", "seen_at", nullable=False)
    op.execute(
        """
        CREATE TABLE change_cursors (
            name text NOT NULL, xid xid8 NOT NULL DEFAULT '0'::xid8, change_id bigint NOT NULL DEFAULT 0,
            moved_at timestamptz NOT NULL DEFAULT now(), CONSTRAINT pk_change_cursors PRIMARY KEY (name)
        )
        """
    )

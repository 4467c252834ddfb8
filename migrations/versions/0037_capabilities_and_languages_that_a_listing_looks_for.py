"""capabilities and languages that a listing looks for"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_VERSIONS = "opportunity_versions"
_NAMES = ("capability_codes", "language_codes")


def upgrade() -> None:
    for name in _NAMES:
        codes = postgresql.ARRAY(sa.Text())
        op.add_column(
            _VERSIONS, sa.Column(name, codes, server_default=sa.text("'{}'::text[]"), nullable=False)
        )


def downgrade() -> None:
    for name in reversed(_NAMES):
        op.drop_column(_VERSIONS, name)

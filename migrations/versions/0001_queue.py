"""the queue: a frozen copy of procrastinate 3.10's tables and functions, in their own schema"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FROZEN = Path(__file__).parents[1] / "procrastinate_3_10.sql"


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    with driver.cursor() as cursor:
        cursor.execute("CREATE SCHEMA procrastinate")
        cursor.execute("SET LOCAL search_path = procrastinate, public")
        # By the driver: the file's percent signs and colons are no parameters.
        cursor.execute(FROZEN.read_text())
        cursor.execute("SET LOCAL search_path = public, procrastinate")


def downgrade() -> None:
    op.execute("DROP SCHEMA procrastinate CASCADE")

"""Alembic's entry: one connection, one transaction a migration."""

from alembic import context
from sqlalchemy import create_engine, pool, text

from marketplace.all_models import metadata

config = context.config
# Any number, the same on every machine.
LOCK = 7_172_002


def run() -> None:
    url = config.get_main_option("sqlalchemy.url")
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        # Of two upgrades at once the second waits, and then finds nothing left to do.
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            transaction_per_migration=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()

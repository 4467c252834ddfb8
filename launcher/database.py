"""The one question that the launcher asks any database before the product touches it."""

import psycopg

from launcher.words import CannotGoOn


def conninfo(url: str) -> str:
    """An SQLAlchemy address as libpq reads it."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme.split('+')[0]}{separator}{rest}"


def is_new(url: str) -> bool:
    """Whether no migration has run in the database yet."""
    try:
        with psycopg.connect(conninfo(url), connect_timeout=5) as connection:
            row = connection.execute("SELECT to_regclass('public.alembic_version') IS NULL").fetchone()
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise CannotGoOn(
            f"Basis data pada DATABASE_URL tidak menjawab: periksa alamat, nama, dan sandinya. {error}",
            "The database of DATABASE_URL does not answer: check its address, name and password.",
        ) from error
    return bool(row and row[0])

"""A person's own data as a ZIP: JSON for programs, a page for people. Rows are written as they are read."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import RowMapping, select

from marketplace.accounts.models import User
from marketplace.core.personal import Holding, Person
from marketplace.extensions import db
from marketplace.privacy import labels
from marketplace.privacy.registry import HOLDINGS

JSON_NAME, PAGE_NAME = "data.json", "baca.html"
# Of each table, the newest; nobody reads more, and programs have all of them.
ROWS_ON_PAGE = 200
_AT_ONCE = 1000


@contextmanager
def packed(person: Person) -> Iterator[tuple[BinaryIO, int]]:
    """The ZIP at its beginning, and its size; gone after the block."""
    with TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(JSON_NAME, "w", force_zip64=True) as entry:
                _write_json(entry, person)
            archive.writestr(PAGE_NAME, as_page(person))
        size = file.tell()
        file.seek(0)
        yield file, size


def list_rows(holding: Holding, person: Person, *, newest: int | None = None) -> Iterator[RowMapping]:
    """The person's rows of one table, without hashes and one-time secrets: all, or the newest so many."""
    shown = [column for column in holding.table.c if column.name not in holding.secrets]
    keys = holding.table.primary_key.columns
    order = keys if newest is None else [key.desc() for key in keys]
    statement = select(*shown).where(holding.theirs(person)).order_by(*order).limit(newest)
    yield from db.session.execute(statement.execution_options(yield_per=_AT_ONCE)).mappings()


def _write_json(entry: IO[bytes], person: Person) -> None:
    """For programs: names of tables and columns as they are."""
    entry.write(f'{{"person": {person.user_id}, "made_at": "{person.at.isoformat()}", "data": ['.encode())
    for number, holding in enumerate(HOLDINGS):
        head = json.dumps({"table": holding.table.name, "topic": str(holding.topic)})
        entry.write(f'{"," if number else ""}\n{head[:-1]}, "rows": ['.encode())
        for row_number, row in enumerate(list_rows(holding, person)):
            entry.write(f"{',' if row_number else ''}\n{_as_json(dict(row))}".encode())
        entry.write(b"]}")
    entry.write(b"\n]}\n")


def as_page(person: Person) -> str:
    """For people, in their own language: one section a kind of data."""
    language = db.session.scalar(select(User.language).where(User.id == person.user_id)) or "id"
    parts = [(holding, list(list_rows(holding, person, newest=ROWS_ON_PAGE + 1))) for holding in HOLDINGS]
    sections = [
        (topic, [(holding.table.name, rows) for holding, rows in parts if holding.topic is topic and rows])
        for topic in labels.TOPIC
    ]
    # A context of its own: the catalogue is held once a context, and this reader's may be another.
    with current_app.app_context(), force_locale(language):
        return render_template(
            "privacy/copy.html", sections=sections, labels=labels, made_at=person.at, lang=language, plain=_shown,
            most=ROWS_ON_PAGE,
        )  # fmt: skip


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _shown(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "-"
    return _as_json(value) if isinstance(value, (dict, list)) else _plain(value)

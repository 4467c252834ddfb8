"""A person's own data as a ZIP: JSON for programs, a page for people."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import select

from marketplace.core.personal import Holding, Person
from marketplace.extensions import db
from marketplace.privacy import labels
from marketplace.privacy.registry import HOLDINGS

JSON_NAME, PAGE_NAME = "data.json", "baca.html"


def collect(person: Person) -> list[dict[str, Any]]:
    """Every row of the person, table by table, without hashes and one-time secrets."""
    return [
        {"table": holding.table.name, "topic": str(holding.topic), "rows": _rows(holding, person)}
        for holding in HOLDINGS
    ]


def _rows(holding: Holding, person: Person) -> list[dict[str, Any]]:
    shown = [column for column in holding.table.c if column.name not in holding.secrets]
    statement = select(*shown).where(holding.theirs(person)).order_by(*holding.table.primary_key.columns)
    return [dict(row) for row in db.session.execute(statement).mappings()]


@contextmanager
def packed(person: Person) -> Iterator[tuple[BinaryIO, int]]:
    """The ZIP at its beginning, and its size; gone after the block."""
    parts = collect(person)
    with TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(JSON_NAME, as_json(person, parts))
            archive.writestr(PAGE_NAME, as_page(person, parts))
        size = file.tell()
        file.seek(0)
        yield file, size


def as_json(person: Person, parts: list[dict[str, Any]]) -> str:
    """For programs: names of tables and columns as they are."""
    told = {"person": person.user_id, "made_at": person.at, "data": parts}
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def as_page(person: Person, parts: list[dict[str, Any]]) -> str:
    """For people, in their own language: one section a kind of data."""
    language = _language(person)
    sections = [
        (topic, [part for part in parts if part["topic"] == topic and part["rows"]]) for topic in labels.TOPIC
    ]
    # A context of its own: the catalogue is held once a context, and this reader's may be another.
    with current_app.app_context(), force_locale(language):
        return render_template(
            "privacy/copy.html",
            sections=sections,
            labels=labels,
            made_at=person.at,
            lang=language,
            plain=_shown,
        )


def _language(person: Person) -> str:
    from_row = next(h for h in HOLDINGS if h.table.name == "users").table.c
    return db.session.scalar(select(from_row.language).where(from_row.id == person.user_id)) or "id"


def _shown(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "-"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return _plain(value)

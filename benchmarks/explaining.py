"""How PostgreSQL answers the statements of the busiest pages: the plans with what they cost, as a text to read and compare."""

from typing import Any

from flask import Flask
from sqlalchemy import Connection, event

from marketplace.extensions import db
from marketplace.web.fragments import Fragments

Statement = tuple[str, Any]


def explain(app: Flask, paths: dict[str, str], cookie: str, rows: int) -> str:
    """The plans of every statement that these pages ask of a process that keeps nothing."""
    app.extensions["fragments"] = {kind: Fragments(0) for kind in app.extensions["fragments"]}
    parts = []
    for name, path in paths.items():
        for reader, sent in (("signed out", ""), ("signed in", cookie)):
            parts.append(f"## {name}, {reader}: {path}\n")
            parts += [_plan(app, *statement) for statement in _statements(app, path, sent)]
    return f"# Plans at {rows} listings\n\n" + "\n".join(parts)


def _statements(app: Flask, path: str, cookie: str) -> list[Statement]:
    seen: list[Statement] = []

    def note(_c: Connection, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    with app.app_context():
        engines = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    answer = app.test_client(use_cookies=False).get(path, headers={"Cookie": cookie} if cookie else {})
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return [
        (statement, parameters) for statement, parameters in seen if statement.lstrip().startswith("SELECT")
    ]


def _plan(app: Flask, statement: str, parameters: Any) -> str:
    with app.app_context(), db.engine.connect() as connection:
        found = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters)
        plan = "\n".join(str(line) for line in found.scalars())
        connection.rollback()
    return f"```\n{' '.join(statement.split())}\n\n{plan}\n```\n"

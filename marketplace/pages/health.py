"""Liveness needs nothing; readiness needs the database and current migrations."""

from flask import Blueprint
from sqlalchemy.exc import SQLAlchemyError

from marketplace.extensions import db
from marketplace.operation.migrating import is_current

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> tuple[str, int, dict[str, str]]:
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@health.get("/readyz")
def readyz() -> tuple[str, int, dict[str, str]]:
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    try:
        current = is_current(db.session.connection())
    except SQLAlchemyError:
        db.session.remove()
        return "database unreachable\n", 503, {**headers, "Retry-After": "5"}
    if not current:
        return "migrations pending: run flask --app wsgi db-upgrade\n", 503, {**headers, "Retry-After": "5"}
    return "ready\n", 200, headers

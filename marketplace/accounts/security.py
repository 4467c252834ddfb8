"""Flask-Security on flask-login, bent to our one commit a request and our sign-in rows.

Its hashing, its sign-in and its staff roles are used; its views are not registered: they answer JSON, confirm an
address on GET, and speak no Indonesian.
"""

from flask import Flask, g, request, session
from flask_login import LoginManager, user_logged_in, user_logged_out
from flask_security import Security, SQLAlchemyUserDatastore

from marketplace.accounts import sign_ins
from marketplace.accounts.models import Role, User
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.web.actors import hash_sid, new_sid


class Datastore(SQLAlchemyUserDatastore):
    """Its commits only flush: the request's one commit follows."""

    def commit(self) -> None:
        db.session.flush()


def init_security(app: Flask) -> LoginManager:
    """Sets the library up and returns flask-login's manager, whose loader is given by the caller."""
    app.config.setdefault("SECURITY_PASSWORD_SALT", app.config["SECRET_KEY"])
    # One hash: a new SECRET_KEY ends sign-ins and links, never a password.
    app.config.setdefault("SECURITY_PASSWORD_SINGLE_HASH", ["argon2"])
    app.config.setdefault("SECURITY_PASSWORD_SCHEMES", ["argon2"])
    app.config.setdefault("SECURITY_EMAIL_VALIDATOR_ARGS", {"check_deliverability": False})
    app.config.setdefault("SECURITY_CLI_USERS_NAME", None)
    app.config.setdefault("SECURITY_CLI_ROLES_NAME", None)
    security = Security(app, Datastore(db, User, Role), register_blueprint=False)
    # It would read the roles from the database on every page; who may is decided by our policies, from the actor.
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    user_logged_in.connect(_start, app)
    user_logged_out.connect(_end, app)
    return security.login_manager


def _start(_app: Flask, user: User) -> None:
    sid = new_sid()
    session["sid"] = sid
    sign_ins.start(
        user_id=user.id, sid_hash=hash_sid(sid), agent=request.headers.get("User-Agent", ""), now=clock.now(),
        second_factor=g.get("second_factor_proved", False),
    )  # fmt: skip


def _end(_app: Flask, user: User) -> None:
    sid = session.pop("sid", None)
    g.pop("signed_in", None)
    if isinstance(sid, str):
        sign_ins.end(sid_hash=hash_sid(sid), now=clock.now())

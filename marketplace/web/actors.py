"""Who is asking: read from the cookie once a request, handed on as a value."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from flask import Flask, current_app, g, session
from flask_login import LoginManager, current_user
from flask_security.utils import set_request_attr

from marketplace.core.actor import VISITOR, Actor


class SignedIn(Protocol):
    """What one live sign-in tells: the account (for flask-login), the actor, the unread notices."""

    @property
    def user(self) -> Any: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def unread(self) -> int: ...
    @property
    def proved_at(self) -> datetime: ...


Loader = Callable[[bytes], SignedIn | None]


def hash_sid(sid: str) -> bytes:
    """What the database keeps of a cookie's sid."""
    return hashlib.sha256(sid.encode()).digest()


def new_sid() -> str:
    return secrets.token_urlsafe(32)


def init_actors(app: Flask, login_manager: LoginManager, load: Loader) -> None:
    """Makes flask-login read the person through `load`, by the sid and nothing else."""

    @login_manager.user_loader
    def load_user(uniquifier: str) -> Any:
        sid = session.get("sid")
        found = load(hash_sid(sid)) if isinstance(sid, str) else None
        if found is None or found.user.fs_uniquifier != uniquifier or not found.user.active:
            return None
        g.signed_in = found
        set_request_attr("fs_authn_via", "session")
        set_request_attr("fs_paa", session.get("fs_paa", 0))
        return found.user

    @login_manager.request_loader
    def load_nobody(_request: Any) -> None:
        # Flask-Security would accept ?auth_token= in any address.
        return None


def current_actor() -> Actor:
    """The actor of this request; VISITOR without asking the database where no cookie came."""
    if g.get("actor_forgotten") or "_user_id" not in session:
        return VISITOR
    # Once read, the account is not touched again: after the commit that would ask the database anew.
    if "signed_in" not in g and not current_user.is_authenticated:
        return VISITOR
    found: SignedIn = g.signed_in
    return found.actor


def last_proof() -> datetime | None:
    """When the person behind this request last gave a password, code or passkey here; None for a visitor."""
    if not current_actor().is_signed_in:
        return None
    found: SignedIn = g.signed_in
    return found.proved_at


def read_anew() -> None:
    """For the request that signed somebody in: from now on they are its actor."""
    g.pop("signed_in", None)
    g.pop("_login_user", None)


def forget_actor() -> None:
    """For pages about a failure: the reader is a visitor, and the database is not asked again."""
    g.actor_forgotten = True
    # flask-login hands current_user to every template, and would load it anew.
    current_app.extensions["security"].login_manager._update_request_context_with_user()


def current_unread() -> int:
    """How many unread notices the signed-in person has; 0 for a visitor."""
    return g.signed_in.unread if current_actor().is_signed_in else 0


def current_sid_hash() -> bytes:
    """What names this browser's sign-in in the database."""
    return hash_sid(str(session.get("sid", "")))

"""Writes the rows that cookies point at: made at sign-in, ended at sign-out, change of password or by hand.

Signing in, failing to and signing out leave audit events, which link to the log by the request's id.
"""

from datetime import datetime

from sqlalchemy import update

from marketplace.accounts.models import SignIn
from marketplace.audit import actions as audit
from marketplace.core.actor import VISITOR, Actor
from marketplace.extensions import db


def start(*, user_id: int, sid_hash: bytes, agent: str, now: datetime) -> SignIn:
    """A live sign-in of one browser."""
    row = SignIn(user_id=user_id, sid_hash=sid_hash, agent=agent[:200], created_at=now, seen_at=now)
    db.session.add(row)
    db.session.flush()
    _note("account:signed_in", user_id, Actor(user_id=user_id, name=""), now)
    return row


def note_failed(*, user_id: int | None, now: datetime) -> None:
    """Notes a wrong password or an account that may not sign in; nobody's id where the address is unknown."""
    _note("account:sign_in_failed", user_id, VISITOR, now)


def end(*, sid_hash: bytes, now: datetime) -> None:
    """Ends the sign-in of one cookie; an old cookie is nobody from now on."""
    user_id = db.session.scalar(
        update(SignIn)
        .where(SignIn.sid_hash == sid_hash, SignIn.ended_at.is_(None))
        .values(ended_at=now)
        .returning(SignIn.user_id)
    )
    if user_id is not None:
        _note("account:signed_out", user_id, Actor(user_id=user_id, name=""), now)


def end_all(*, user_id: int, now: datetime, but_sid_hash: bytes | None = None) -> None:
    """Ends all sign-ins of a person, but for the given browser."""
    others = update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None))
    if but_sid_hash is not None:
        others = others.where(SignIn.sid_hash != but_sid_hash)
    db.session.execute(others.values(ended_at=now))


def _note(kind: str, user_id: int | None, actor: Actor, now: datetime) -> None:
    audit.record(kind, actor=actor, now=now, object_kind="user", object_id=user_id)

"""Writes the rows that cookies point at: made at sign-in, ended at sign-out, change of password or by hand.

Signing in, failing to and signing out leave audit events, which link to the log by the request's id.
"""

from datetime import datetime

from sqlalchemy import false, func, or_, true, update

from marketplace.accounts.models import SignIn
from marketplace.audit import actions as audit
from marketplace.core.actor import VISITOR, Actor
from marketplace.extensions import db


def start(*, user_id: int, sid_hash: bytes, agent: str, now: datetime, second_factor: bool = False) -> SignIn:
    """A live sign-in of one browser; `second_factor` says that more than a password was proved."""
    row = SignIn(
        user_id=user_id, sid_hash=sid_hash, agent=agent[:200], created_at=now, proved_at=now,
        second_factor=second_factor,
    )  # fmt: skip
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


def end_one(*, sign_in_id: int, user_id: int, now: datetime) -> bool:
    """Ends one of the person's sign-ins; False where it is nobody's or another's."""
    own = db.session.scalar(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.user_id == user_id)
        .values(ended_at=func.coalesce(SignIn.ended_at, now))
        .returning(SignIn.id)
    )
    if own is not None:
        _note("account:browser_signed_out", user_id, Actor(user_id=user_id, name=""), now)
    return own is not None


def note_proved(*, sid_hash: bytes, now: datetime, second_factor: bool = False) -> None:
    """This browser's person has just proved who they are; a second factor stays proved until the sign-in ends."""
    strength = or_(SignIn.second_factor, true() if second_factor else false())
    db.session.execute(
        update(SignIn)
        .where(SignIn.sid_hash == sid_hash, SignIn.ended_at.is_(None))
        .values(proved_at=now, second_factor=strength)
    )


def end_all(*, user_id: int, now: datetime, but_sid_hash: bytes | None = None) -> None:
    """Ends all sign-ins of a person, but for the given browser."""
    others = update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None))
    if but_sid_hash is not None:
        others = others.where(SignIn.sid_hash != but_sid_hash)
    db.session.execute(others.values(ended_at=now))


def _note(kind: str, user_id: int | None, actor: Actor, now: datetime) -> None:
    audit.record(kind, actor=actor, now=now, object_kind="user", object_id=user_id)

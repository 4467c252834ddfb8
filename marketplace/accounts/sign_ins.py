"""Writes the rows that cookies point at: made at sign-in, ended at sign-out, change of password or by hand."""

from datetime import datetime

from sqlalchemy import update

from marketplace.accounts.models import SignIn
from marketplace.extensions import db


def start(*, user_id: int, sid_hash: bytes, agent: str, now: datetime) -> SignIn:
    """A live sign-in of one browser."""
    row = SignIn(user_id=user_id, sid_hash=sid_hash, agent=agent[:200], created_at=now, seen_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def end(*, sid_hash: bytes, now: datetime) -> None:
    """Ends the sign-in of one cookie; an old cookie is nobody from now on."""
    db.session.execute(
        update(SignIn).where(SignIn.sid_hash == sid_hash, SignIn.ended_at.is_(None)).values(ended_at=now)
    )


def end_all(*, user_id: int, now: datetime, but_sid_hash: bytes | None = None) -> None:
    """Ends all sign-ins of a person, but for the given browser."""
    others = update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None))
    if but_sid_hash is not None:
        others = others.where(SignIn.sid_hash != but_sid_hash)
    db.session.execute(others.values(ended_at=now))


def note_seen(*, sign_in_id: int, now: datetime) -> None:
    """Notes that the browser was here; called at most every few minutes."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))

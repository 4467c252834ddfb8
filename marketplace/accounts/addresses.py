"""A new e-mail address: the old mailbox agrees, the new one proves itself, in any order, within a day."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.accounts import rules, sign_ins
from marketplace.accounts.models import AddressChange, User
from marketplace.accounts.queries import find_by_email, find_open_address_change
from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.mail import actions as mail

PATH = "/ganti-surel"


def ask_change(new_email: str, *, actor: Actor, now: datetime) -> None:
    """Writes to both mailboxes; a change that was under way is replaced. Raises AddressUnchanged.

    Whether the new address has an account already, nobody but its owner is told.
    """
    user = db.session.get(User, actor.user_id) if actor.user_id else None
    if user is None:
        raise NotFound
    if new_email.strip().lower() == user.email.lower():
        raise rules.AddressUnchanged(field="email")
    # Its row is locked: two tabs ask one after the other, and the later counts.
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())
    end_open(user.id, now=now)
    old_token, new_token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    db.session.add(
        AddressChange(
            user_id=user.id, new_email=new_email.strip(), asked_at=now, old_token_hash=_hash(old_token),
            new_token_hash=_hash(new_token),
        )
    )  # fmt: skip
    db.session.flush()
    _note("account:address_change_asked", user, actor, now)
    mail.owe(
        user_id=user.id, template="account_address_old", path=f"{PATH}/{old_token}", now=now,
        params={"new_email": new_email.strip()},
    )  # fmt: skip
    holder = find_by_email(new_email)
    if holder is not None:
        mail.owe(user_id=holder.id, template="account_address_taken", path="/masuk", params={}, now=now)
        return
    mail.owe(
        user_id=user.id, template="account_address_new", path=f"{PATH}/{new_token}", params={}, now=now,
        address=new_email.strip(),
    )  # fmt: skip


def read_link(token: str, *, now: datetime, lock: bool = False) -> tuple[AddressChange, User, bool]:
    """The change that a link belongs to, its person, and whether the link went to the new address. Raises LinkDead."""
    hashed = _hash(token)
    found = select(AddressChange).where(
        or_(AddressChange.old_token_hash == hashed, AddressChange.new_token_hash == hashed)
    )
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    change = db.session.scalar(found)
    if change is None or change.ended_at is not None or now - change.asked_at > rules.ADDRESS_CHANGE_WITHIN:
        raise rules.LinkDead
    user = db.session.get(User, change.user_id)
    if user is None or not user.active or user.erased_at is not None:
        raise rules.LinkDead
    return change, user, change.new_token_hash == hashed


def agree(token: str, *, now: datetime) -> bool:
    """One end agrees; whether the address is changed now. Pressing twice is pressing once. Raises LinkDead."""
    change, user, from_new = read_link(token, now=now, lock=True)
    if from_new:
        change.proved_at = change.proved_at or now
    else:
        change.agreed_at = change.agreed_at or now
    if change.agreed_at is None or change.proved_at is None:
        return False
    return _move(change, user, now=now)


def cancel(token: str, *, now: datetime) -> None:
    """The old mailbox refuses: the change is dead. Raises LinkDead."""
    change, user, from_new = read_link(token, now=now, lock=True)
    if from_new:
        raise rules.LinkDead
    change.ended_at = now
    _note("account:address_change_refused", user, Actor(user_id=user.id, name=user.name), now)


def end_open(user_id: int, *, now: datetime) -> None:
    """A change that is under way is dead, as after a new password."""
    db.session.execute(
        update(AddressChange)
        .where(AddressChange.user_id == user_id, AddressChange.ended_at.is_(None))
        .values(ended_at=now)
    )


def withdraw(*, actor: Actor, now: datetime) -> None:
    """The person gives the change up; a second press changes nothing."""
    change = find_open_address_change(actor.user_id or 0)
    if change is not None:
        change.ended_at = now


def _move(change: AddressChange, user: User, *, now: datetime) -> bool:
    old_email = user.email
    try:
        with db.session.begin_nested():
            user.email = change.new_email
    except IntegrityError:
        # Somebody registered it meanwhile.
        raise rules.LinkDead from None
    change.ended_at = now
    sign_ins.end_all(user_id=user.id, now=now)
    _note("account:address_changed", user, Actor(user_id=user.id, name=user.name), now)
    params = {"new_email": user.email}
    mail.owe(user_id=user.id, template="account_address_changed", path="/masuk", params=params, now=now)
    mail.owe(
        user_id=user.id, template="account_address_changed", path="/bantuan", params=params, now=now,
        address=old_email,
    )  # fmt: skip
    return True


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _note(kind: str, user: User, actor: Actor, now: datetime) -> None:
    audit.record(kind, actor=actor, now=now, object_kind="user", object_id=user.id)

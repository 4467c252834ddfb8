from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.accounts import addresses, consents, passwords, rules, sign_ins
from marketplace.accounts.models import Role, User
from marketplace.accounts.queries import find_by_email, find_by_id
from marketplace.accounts.tokens import Purpose, make_token, read_token
from marketplace.audit import actions as audit
from marketplace.core.actor import SYSTEM, Actor, StaffRole
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.mail import actions as mail


def register(
    *, name: str, email: str, password: str, language: str, accepted: bool, now: datetime, continue_to: str = "",
    may_write: Callable[[], bool] = lambda: True,
) -> None:  # fmt: skip
    """Makes an account that waits for its confirmation, and mails the link.

    A known address gets another mail, so that the page can answer the same. `continue_to` is the page that the
    person came from; `may_write` says whether that mailbox may get one more letter. Raises rules' refusals.
    """
    rules.check_name(name)
    rules.check_password(password, common=passwords.common_passwords(), own=(name, email))
    if not accepted:
        raise rules.TermsNotAccepted(field="accepted")
    hashed = passwords.hash_new(password)
    user = find_by_email(email)
    if user is None:
        user = _add_user(name=name, email=email, hashed=hashed, language=language, now=now, accepted=True)
    elif user.confirmed_at is None and user.password is not None:
        _renew(user, name=name, hashed=hashed, language=language, now=now)
    else:
        if may_write():
            mail.owe(user_id=user.id, template="account_exists", params={}, path="/masuk", now=now)
        return
    if may_write():
        send_confirmation(user, now=now, continue_to=continue_to)


def _add_user(
    *, name: str, email: str, hashed: str | None, language: str, now: datetime, accepted: bool
) -> User:
    user = User(
        name=name, email=email.strip(), password=hashed, language=language, active=True, created_at=now,
        fs_uniquifier=uuid4().hex,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        # The same form pressed twice: the other request was faster.
        faster = find_by_email(email)
        if faster is None:
            raise
        return faster
    if accepted:
        consents.agree(user, now=now)
    _note("account:registered", user, Actor(user_id=user.id, name=name), now)
    return user


def _renew(user: User, *, name: str, hashed: str, language: str, now: datetime) -> None:
    # Nobody has proved the address yet: the newest registration counts, and links sent before it are dead.
    user.name, user.password, user.language = name, hashed, language
    user.fs_uniquifier = uuid4().hex
    consents.agree(user, now=now)


def send_confirmation(user: User, *, now: datetime, continue_to: str = "") -> None:
    """Mails the link that proves the address."""
    token = make_token(user, Purpose.CONFIRM, now=now, lasts=rules.CONFIRM_WITHIN)
    params = {"token": token, "continue_to": continue_to}
    mail.owe(user_id=user.id, template="account_confirm", params=params, path="/masuk", now=now)


def confirm(token: str, *, now: datetime) -> User:
    """Takes the address as proved; a second press changes nothing. Raises LinkDead."""
    user = read_token(token, Purpose.CONFIRM, now=now, lock=True)
    if user.confirmed_at is None:
        user.confirmed_at = now
        _note("account:confirmed", user, Actor(user_id=user.id, name=user.name), now)
    return user


def send_reset(email: str, *, now: datetime) -> None:
    """Mails a link for a new password where the address has an account; says nothing either way."""
    user = find_by_email(email)
    if user is None or not user.active or user.erased_at is not None:
        return
    token = make_token(user, Purpose.RESET, now=now, lasts=rules.RESET_WITHIN)
    mail.owe(user_id=user.id, template="account_reset", params={"token": token}, path="/masuk", now=now)


def reset_password(token: str, password: str, *, now: datetime) -> User:
    """Sets the password by the link, ends every sign-in. Raises LinkDead or a Password… refusal."""
    user = read_token(token, Purpose.RESET, now=now, lock=True)
    actor = Actor(user_id=user.id, name=user.name)
    _set_password(user, password, now=now)
    # Who holds the link holds the mailbox.
    user.confirmed_at = user.confirmed_at or now
    sign_ins.end_all(user_id=user.id, now=now)
    _note("account:password_reset", user, actor, now)
    _tell_changed(user, now)
    return user


def change_password(
    *, current: str, password: str, actor: Actor, now: datetime, but_sid_hash: bytes | None
) -> None:
    """Sets a new password and ends the person's other sign-ins. Raises PasswordWrong or a Password… refusal."""
    user = _own(actor)
    if not passwords.matches(user, current):
        raise rules.PasswordWrong(field="current")
    _set_password(user, password, now=now)
    sign_ins.end_all(user_id=user.id, now=now, but_sid_hash=but_sid_hash)
    _note("account:password_changed", user, actor, now)
    _tell_changed(user, now)


def _set_password(user: User, password: str, *, now: datetime) -> None:
    rules.check_password(password, common=passwords.common_passwords(), own=(user.name, user.email))
    user.password = passwords.hash_new(password)
    db.session.flush()
    addresses.end_open(user.id, now=now)


def _tell_changed(user: User, now: datetime) -> None:
    mail.owe(
        user_id=user.id, template="account_password_changed", params={}, path="/lupa-kata-sandi", now=now
    )


def edit_profile(*, name: str, language: str, actor: Actor, now: datetime) -> None:
    """The person's own name and the language of their mails. Raises NameUnfit."""
    rules.check_name(name)
    user = _own(actor)
    if (user.name, user.language) != (name, language):
        user.name, user.language = name, language
        _note("account:profile_edited", user, actor, now)


def end_other_sign_ins(*, actor: Actor, now: datetime, but_sid_hash: bytes | None) -> None:
    """Signs the person out everywhere but here."""
    user = _own(actor)
    sign_ins.end_all(user_id=user.id, now=now, but_sid_hash=but_sid_hash)
    _note("account:others_signed_out", user, actor, now)


def end_sign_in(sign_in_id: int, *, actor: Actor, now: datetime) -> None:
    """Signs one of the person's own browsers out; a second press changes nothing. Raises NotFound."""
    if not sign_ins.end_one(sign_in_id=sign_in_id, user_id=_own(actor).id, now=now):
        raise NotFound


def create_staff(email: str, *, name: str, role: StaffRole, now: datetime) -> str:
    """Gives the address a staff role, making its account where there is none; the token of its one-time link."""
    user = find_by_email(email) or _add_user(
        name=name, email=email, hashed=None, language="id", now=now, accepted=False
    )
    if user.confirmed_at is None:
        # Nobody has proved the address: a password that a stranger registered with it must not become a moderator's.
        user.name, user.password, user.fs_uniquifier = name, None, uuid4().hex
    staff_role = db.session.scalar(select(Role).where(Role.name == role))
    if staff_role is None:
        staff_role = Role(name=str(role))
        db.session.add(staff_role)
    if staff_role not in user.roles:
        user.roles.append(staff_role)
        db.session.flush()
        audit.record(
            "account:staff_appointed", actor=SYSTEM, now=now, object_kind="user", object_id=user.id,
            details={"role": str(role)},
        )  # fmt: skip
    return _staff_link(user, now=now, lasts=rules.STAFF_LINK_WITHIN)


def _staff_link(user: User, *, now: datetime, lasts: timedelta) -> str:
    token = make_token(user, Purpose.RESET, now=now, lasts=lasts)
    mail.owe(user_id=user.id, template="account_staff", params={"token": token}, path="/masuk", now=now)
    return token


def _own(actor: Actor) -> User:
    user = find_by_id(actor.user_id, lock=True) if actor.user_id else None
    if user is None:
        raise NotFound
    return user


def _note(kind: str, user: User, actor: Actor, now: datetime) -> None:
    audit.record(kind, actor=actor, now=now, object_kind="user", object_id=user.id)

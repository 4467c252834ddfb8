"""What a person has besides a password: an authenticator app (TOTP, RFC 6238), recovery codes; passkeys stand beside.

The app's secret is encrypted with a key derived from SECRET_KEY, so that a stolen copy of the database makes no codes.
"""

import hashlib
from datetime import datetime
from functools import lru_cache

from flask import current_app
from passlib.exc import TokenError
from passlib.totp import TOTP
from sqlalchemy import select

from marketplace.accounts import recovery_codes, rules
from marketplace.accounts.models import Authenticator, User
from marketplace.accounts.queries import get_factors, has_staff_role
from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.mail import actions as mail

ISSUER = "Titik Temu"
CLOCKS_DIFFER_BY = 30  # seconds


def begin_authenticator(*, actor: Actor, now: datetime) -> None:
    """A new secret to be shown to the person; nothing demands it before it is confirmed. Raises AuthenticatorOn."""
    row = _locked(_own_id(actor))
    if row is None:
        row = Authenticator(user_id=_own_id(actor))
        db.session.add(row)
    elif row.confirmed_at is not None:
        raise rules.AuthenticatorOn
    row.secret, row.last_counter, row.begun_at = _totp().new().to_json(encrypt=True), None, now
    db.session.flush()


def find_setup(actor: Actor) -> tuple[str, str] | None:
    """The address for the QR code and the key to type, of an app that is being set up; None where there is none."""
    row = db.session.get(Authenticator, actor.user_id)
    if row is None or row.confirmed_at is not None:
        return None
    user = db.session.get_one(User, actor.user_id)
    totp = _totp().from_source(row.secret)
    return totp.to_uri(user.email), totp.pretty_key(sep=" ")


def confirm_authenticator(code: str, *, actor: Actor, now: datetime) -> None:
    """The app is in use from now on. Raises CodeWrong, NotFound where none was begun."""
    row = _locked(_own_id(actor))
    if row is None:
        raise NotFound
    if row.confirmed_at is not None:
        return
    _take_code(row, code, now=now)
    row.confirmed_at = now
    note_change("account:authenticator_added", actor, now)


def remove_authenticator(*, actor: Actor, now: datetime) -> None:
    """The app no longer counts; a second press changes nothing. Raises SecondFactorDemanded."""
    row = _locked(_own_id(actor))
    if row is None:
        return
    if row.confirmed_at is not None:
        refuse_to_lose_the_last(_own_id(actor), app=True)
        note_change("account:authenticator_removed", actor, now)
    db.session.delete(row)
    db.session.flush()
    forget_unneeded_codes(_own_id(actor))


def renew_recovery_codes(*, actor: Actor, now: datetime) -> list[str]:
    """Ten new codes, shown once. Raises NotFound where there is no second factor to recover."""
    if not get_factors(_own_id(actor)).any:
        raise NotFound
    note_change("account:recovery_codes_renewed", actor, now)
    return recovery_codes.renew(_own_id(actor), now=now)


def check_code(user_id: int, typed: str, *, now: datetime) -> None:
    """Takes a code of the app or a recovery code, each once. Raises CodeWrong."""
    if recovery_codes.spend(user_id, typed, now=now):
        audit.record(
            "account:recovery_code_used", actor=Actor(user_id=user_id), now=now, object_kind="user", object_id=user_id
        )  # fmt: skip
        mail.owe(
            user_id=user_id, template="account_recovery_code_used", path="/dasbor/akun/keamanan", now=now,
            params={"left": get_factors(user_id).codes_left},
        )  # fmt: skip
        return
    row = _locked(user_id)
    if row is None or row.confirmed_at is None:
        raise rules.CodeWrong(field="code")
    _take_code(row, typed, now=now)


def refuse_to_lose_the_last(user_id: int, *, app: bool = False, passkey: bool = False) -> None:
    """Raises SecondFactorDemanded where the role demands a second factor and this is the last one."""
    factors = get_factors(user_id)
    left = factors.passkeys - passkey + (factors.app and not app)
    if not left and current_app.config["SECOND_FACTOR_DEMANDED"] and has_staff_role(user_id):
        raise rules.SecondFactorDemanded


def forget_unneeded_codes(user_id: int) -> None:
    """Recovery codes recover a second factor; without one they would be keys that nobody remembers."""
    if not get_factors(user_id).any:
        recovery_codes.remove_unused(user_id)


def _take_code(row: Authenticator, typed: str, *, now: datetime) -> None:
    code = rules.parse_app_code(typed)
    if code is None:
        raise rules.CodeWrong(field="code")
    try:
        match = _totp().verify(
            code, row.secret, time=now, window=CLOCKS_DIFFER_BY, last_counter=row.last_counter
        )
    except TokenError:
        raise rules.CodeWrong(field="code") from None
    row.last_counter = match.counter
    db.session.flush()


def _locked(user_id: int) -> Authenticator | None:
    # Two requests with the same code: the second waits here, and then reads that it was used.
    return db.session.scalar(
        select(Authenticator)
        .where(Authenticator.user_id == user_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _totp() -> type[TOTP]:
    return _totp_of(current_app.config["SECRET_KEY"])


@lru_cache(maxsize=4)
def _totp_of(secret_key: str) -> type[TOTP]:
    key = hashlib.sha256(f"authenticator|{secret_key}".encode()).hexdigest()
    return TOTP.using(issuer=ISSUER, secrets={"1": key})


def _own_id(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotFound
    return actor.user_id


def note_change(kind: str, actor: Actor, now: datetime) -> None:
    """The trail, and a mail: whoever stole a session cannot change this in silence."""
    audit.record(kind, actor=actor, now=now, object_kind="user", object_id=actor.user_id)
    mail.owe(
        user_id=_own_id(actor), template="account_second_factor_changed", path="/dasbor/akun/keamanan", now=now,
        params={"what": kind},
    )  # fmt: skip

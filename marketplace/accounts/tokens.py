"""Links by mail: signed, dated, and dead once what they were made for has changed."""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from marketplace.accounts.models import User
from marketplace.accounts.queries import find_by_id
from marketplace.accounts.rules import LinkDead


class Purpose(StrEnum):
    CONFIRM = "confirm"
    RESET = "reset"
    SECOND_STEP = "second-step"


def make_token(user: User, purpose: Purpose, *, now: datetime, lasts: timedelta) -> str:
    """A token for one person and purpose; a change of password or address kills it."""
    expires = int((now + lasts).timestamp())
    token = _serializer(purpose).dumps([user.id, expires, _fingerprint(user)])
    return token if isinstance(token, str) else token.decode()


def read_token(token: str, purpose: Purpose, *, now: datetime, lock: bool = False) -> User:
    """The person whom the token was made for. Raises LinkDead.

    Who acts on the token locks: of two uses at once, the second finds what the first has changed.
    """
    try:
        user_id, expires, fingerprint = _serializer(purpose).loads(token)
    except (BadSignature, ValueError, TypeError):
        raise LinkDead from None
    user = find_by_id(user_id, lock=lock)
    if user is None or not user.active or now.timestamp() > expires:
        raise LinkDead
    if not hmac.compare_digest(fingerprint, _fingerprint(user)):
        raise LinkDead
    return user


def _serializer(purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"accounts-{purpose}")


def _fingerprint(user: User) -> str:
    told = "|".join((user.email.lower(), user.password or "", user.fs_uniquifier))
    return hashlib.sha256(told.encode()).hexdigest()[:24]

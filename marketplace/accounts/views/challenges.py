"""The random question that a passkey answers: one a session, good for one answer within ten minutes."""

import base64
import secrets

from flask import session

from marketplace.accounts.rules import PasskeyRefused
from marketplace.core import clock

LASTS = 600  # seconds
_KEY = "passkey"


def current_challenge() -> bytes:
    """The question of this session; two tabs have the same, so that both can be answered."""
    kept = session.get(_KEY)
    now = int(clock.now().timestamp())
    if kept is None or now - kept[1] > LASTS // 2:
        session[_KEY] = kept = [base64.b64encode(secrets.token_bytes(32)).decode(), now]
    return base64.b64decode(kept[0])


def take_challenge() -> bytes:
    """The question that an answer belongs to, which is used up by it. Raises PasskeyRefused where it is too old."""
    kept = session.pop(_KEY, None)
    if kept is None or int(clock.now().timestamp()) - kept[1] > LASTS:
        raise PasskeyRefused
    return base64.b64decode(kept[0])

"""Remembers which accounts a browser has signed in to: strangers' failures never slow such a browser down."""

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from marketplace.accounts.models import User

KEPT = 5
A_YEAR = 365 * 24 * 3600


def is_known_here(user: User | None) -> bool:
    """Whether this browser has signed in to that account before."""
    return user is not None and user.id in _known()


def remember_here(response: Response, user: User) -> None:
    """Notes in a signed cookie that this browser signed in to the account."""
    known = [user.id, *(number for number in _known() if number != user.id)][:KEPT]
    response.set_cookie(
        _name(),
        _signed(known),
        max_age=A_YEAR,
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _name() -> str:
    return "__Host-perangkat" if current_app.config["SESSION_COOKIE_SECURE"] else "perangkat"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="device")


def _signed(known: list[int]) -> str:
    signed = _serializer().dumps(known)
    return signed if isinstance(signed, str) else signed.decode()


def _known() -> list[int]:
    try:
        known = _serializer().loads(request.cookies.get(_name(), ""))
    except BadSignature:
        return []
    return known if isinstance(known, list) else []

"""Links in letters that end such letters, RFC 8058: signed, without a sign-in, pressed by mail programs too."""

from collections.abc import Sequence

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def make_token(kind: str, numbers: Sequence[int]) -> str:
    """A token for these rows among letters of that kind; nothing in the database makes another."""
    token = _serializer(kind).dumps(list(numbers))
    return token if isinstance(token, str) else token.decode()


def read_token(kind: str, token: str) -> tuple[int, ...] | None:
    """The numbers that it was made for; None where it is no token of ours for letters of that kind."""
    try:
        return tuple(int(number) for number in _serializer(kind).loads(token))
    except (BadSignature, ValueError, TypeError):
        return None


def stop_headers(link: str) -> dict[str, str]:
    """What a mail program needs to show its own button."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _serializer(kind: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=kind)

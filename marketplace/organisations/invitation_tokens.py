"""The link of an invitation: signed over its id and the number of its sending, so that nothing has to be kept."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from marketplace.organisations.member_rules import InvitationDead


def make_token(invitation_id: int, serial: int) -> str:
    """What stands in the link."""
    token = _serializer().dumps([invitation_id, serial])
    return token if isinstance(token, str) else token.decode()


def read_token(token: str) -> tuple[int, int]:
    """The invitation's id and serial. Raises InvitationDead."""
    try:
        invitation_id, serial = _serializer().loads(token)
        return int(invitation_id), int(serial)
    except (BadSignature, ValueError, TypeError):
        raise InvitationDead from None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="organisation-invitation")

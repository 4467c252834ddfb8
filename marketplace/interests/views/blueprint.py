from typing import Any

from flask import Blueprint

from marketplace.interests.invitation_labels import invitation_reason as reason_of

ONE = "/dasbor/minat/<int:interest_id>"

interests = Blueprint("interests", __name__)


@interests.app_template_global("invitation_reason")
def invitation_reason(code: str | None) -> Any:
    """A reason's words, for pages and mails."""
    return reason_of(code)

from datetime import date
from typing import Any

from flask import Blueprint

from marketplace.core.actor import MemberRole
from marketplace.organisations.labels import ROLE, reason_text
from marketplace.web.formats import tanggal

organisations = Blueprint("organisations", __name__)
# An id beyond bigint is no id.
ONE = "/<int:organisation_id>"


@organisations.app_template_global("organisation_reason")
def organisation_reason(code: str | None) -> Any:
    """A reason's words, for pages and mails."""
    return reason_text(code)


@organisations.app_template_global("organisation_role")
def organisation_role(role: str) -> str:
    """A role's words inside a sentence."""
    return str(ROLE[MemberRole(role)]).lower()


@organisations.app_template_global("day_in_words")
def day_in_words(iso: str) -> str:
    """A day that a notice keeps as text, for its reader; "" where there is none."""
    return tanggal(date.fromisoformat(iso)) if iso else ""

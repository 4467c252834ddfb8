"""Who hears of an interest, and with which words."""

from typing import Any

from marketplace.accounts.queries import list_moderator_ids
from marketplace.interests.queries import Detail
from marketplace.notifications.actions import Notice
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.queries import list_member_ids


def to_pemda(kind: str, detail: Detail, **more: Any) -> Notice:
    """News for those of the Pemda who answer interests."""
    owner = detail.interest.opportunity.organisation_id
    recipients = list_member_ids(owner, *WRITERS) if owner is not None else []
    return _notice(kind, detail, recipients, f"/dasbor/minat/{detail.interest.id}", more)


def to_partner(kind: str, detail: Detail, **more: Any) -> Notice:
    """News for those of the partner who write interests."""
    recipients = list_member_ids(detail.interest.organisation_id, *WRITERS)
    return _notice(kind, detail, recipients, f"/dasbor/minat/{detail.interest.id}", more)


def to_moderators(kind: str, detail: Detail) -> Notice:
    """News for LAIP, leading to its decision page."""
    return _notice(kind, detail, list_moderator_ids(), f"/moderasi/penjodohan/{detail.interest.id}", {})


def _notice(kind: str, detail: Detail, recipients: list[int], path: str, more: dict[str, Any]) -> Notice:
    params = {
        "title_id": detail.title_id,
        "title_en": detail.title_en,
        "partner": detail.partner_name,
        "pemda": detail.pemda_name,
        **more,
    }
    return Notice(kind, recipients, path, params)

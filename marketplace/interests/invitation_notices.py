"""Who hears of an invitation, and with which words."""

from typing import Any

from marketplace.interests.invitation_queries import InvitationDetail
from marketplace.interests.invitation_rules import answer_day
from marketplace.notifications.actions import Notice
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.queries import list_member_ids


def news_for_partner(kind: str, detail: InvitationDetail, **more: Any) -> Notice:
    """News for those of the partner who answer invitations."""
    return _notice(kind, detail, detail.invitation.organisation_id, more)


def news_for_pemda(kind: str, detail: InvitationDetail, **more: Any) -> Notice:
    """News for those of the Pemda who invite."""
    return _notice(kind, detail, detail.invitation.opportunity.organisation_id, more)


def _notice(kind: str, detail: InvitationDetail, reader: int | None, more: dict[str, Any]) -> Notice:
    invitation = detail.invitation
    params = {
        "title_id": detail.title_id,
        "title_en": detail.title_en,
        "partner": detail.partner_name,
        "pemda": detail.pemda_name,
        "until": answer_day(invitation.invited_at).isoformat(),
        **more,
    }
    recipients = list_member_ids(reader, *WRITERS) if reader is not None else []
    return Notice(kind, recipients, f"/dasbor/undangan/{invitation.id}", params)

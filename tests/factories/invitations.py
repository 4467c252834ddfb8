"""Invitations for tests, in any status, with the minimum around them."""

from datetime import datetime
from typing import Any

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.invitation_rules import InvitationStatus
from marketplace.opportunities.models import Opportunity
from tests.factories.opportunities import a_published_opportunity, an_organisation_id

S = InvitationStatus


def an_invitation(
    opportunity: Opportunity | None = None,
    partner: str = "investor",
    status: InvitationStatus = S.SENT,
    *,
    now: datetime | None = None,
    **values: Any,
) -> Invitation:
    """An invitation of that partner; flushed, not committed."""
    listing = opportunity or a_published_opportunity()
    moment = now or clock.now()
    reason = {"decision_reason": "other"} if status in (S.DECLINED, S.WITHDRAWN) else {}
    answered = {"answered_at": moment} if status in (S.ACCEPTED, S.DECLINED) else {}
    invitation = Invitation(
        opportunity_id=listing.id, status=status, invited_at=moment,
        **{"number": 1, "organisation_id": an_organisation_id(partner), **reason, **answered, **values},
    )  # fmt: skip
    db.session.add(invitation)
    db.session.flush()
    return invitation

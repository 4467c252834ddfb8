"""Invented invitations: one that waits for its answer, one that was declined."""

from datetime import datetime, timedelta

from marketplace.core.actor import Actor, OrganisationKind
from marketplace.interests import inviting
from marketplace.interests.invitation_rules import InvitationDeclineReason
from marketplace.opportunities.models import Opportunity

LISTING = "Tiket terpadu wisata Selat Lembeh"
WAITS, DECLINES = "investor", "operator"
WORDS = "Pengalaman Anda membiayai prasarana daerah sejalan dengan gerbang tiket kami (rekaan)."


def make_invitations(
    listings: dict[str, Opportunity], actors: dict[str, Actor], editor: Actor, now: datetime
) -> None:
    """Both to one listing, by its editor, a few days ago."""
    for persona, days in ((WAITS, 2), (DECLINES, 5)):
        sent = now - timedelta(days=days)
        invitation = inviting.invite(
            opportunity_id=listings[LISTING].id, partner_id=_partner_of(actors[persona]),
            words=WORDS if persona == WAITS else "", actor=editor, now=sent,
        )  # fmt: skip
        if persona == DECLINES:
            inviting.decline_invitation(
                invitation_id=invitation.id, reason=InvitationDeclineReason.OTHER_FIELD,
                words="Kami mengelola lampu jalan, bukan tiket (rekaan).", seen=None, actor=actors[persona],
                now=sent + timedelta(days=1),
            )  # fmt: skip


def _partner_of(actor: Actor) -> int:
    return next(
        place.organisation_id for place in actor.memberships if place.kind is OrganisationKind.PARTNER
    )

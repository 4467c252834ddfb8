"""Those who stand beside listings of others: guidances, comments, recommendations, what was passed on."""

from datetime import datetime
from typing import Any

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.support.models import Forwarding, Recommendation, VersionComment
from marketplace.opportunities.support.rules import RecommendationStatus
from marketplace.organisations.guidance_rules import GuidanceStatus
from marketplace.organisations.models import Guidance
from tests.factories.opportunities import an_organisation_id, the_version


def _kept(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def a_guidance(
    pemda: str = "bitung", tutor: str = "tutor", status: GuidanceStatus = GuidanceStatus.ACTIVE
) -> Guidance:
    """The tutor guides the Pemda, or is on the way to it."""
    guidance: Guidance = _kept(
        Guidance(
            pemda_id=an_organisation_id(pemda), tutor_id=an_organisation_id(tutor), status=status, revision=1,
            message="", asked_at=clock.now(),
        )
    )  # fmt: skip
    return guidance


def a_comment(
    opportunity: Opportunity, field: str = "problem", *, by: str = "tutor", handled_at: datetime | None = None
) -> VersionComment:
    """A comment on the newest version."""
    comment: VersionComment = _kept(
        VersionComment(
            version_id=the_version(opportunity).id, organisation_id=an_organisation_id(by), field=field,
            words="Sebutkan sumber angka ini.", made_at=clock.now(), handled_at=handled_at,
        )
    )  # fmt: skip
    return comment


def a_recommendation(opportunity: Opportunity, by: str, **values: Any) -> Recommendation:
    """A recommendation of the newest version that stands."""
    said = {"words_id": "Sejalan dengan rencana kami dan layak didanai.", "made_at": clock.now()}
    recommendation: Recommendation = _kept(
        Recommendation(
            opportunity_id=opportunity.id, version_id=the_version(opportunity).id, revision=1,
            organisation_id=an_organisation_id(by), status=RecommendationStatus.GIVEN, **{**said, **values},
        )
    )  # fmt: skip
    return recommendation


def a_forwarding(opportunity: Opportunity, to: str | None = "ministry") -> Forwarding:
    """The province passed the newest version on (None: to LAIP)."""
    forwarding: Forwarding = _kept(
        Forwarding(
            version_id=the_version(opportunity).id, from_id=an_organisation_id("province"),
            to_id=an_organisation_id(to) if to else None, words="Mohon dibantu penyiapannya.", forwarded_at=clock.now(),
        )
    )  # fmt: skip
    return forwarding

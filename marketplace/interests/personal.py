"""What interests and invitations hold of a person: who wrote, and names that may stand in the text of either side."""

from sqlalchemy import ColumnElement, or_, select

from marketplace.audit.queries import acted_on
from marketplace.core.personal import Holding, Person, Topic
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.models import Interest
from marketplace.opportunities.models import Opportunity


def near(person: Person) -> ColumnElement[bool]:
    """The interests of either side's organisations, and those that the person acted on."""
    asked = select(Opportunity.id).where(Opportunity.organisation_id.in_(person.organisation_ids))
    return or_(
        Interest.organisation_id.in_(person.organisation_ids),
        Interest.opportunity_id.in_(asked),
        acted_on("interest", Interest.id, person.user_id),
    )


def _near_invitations(person: Person) -> ColumnElement[bool]:
    """The same of invitations."""
    inviting = select(Opportunity.id).where(Opportunity.organisation_id.in_(person.organisation_ids))
    return or_(
        Invitation.organisation_id.in_(person.organisation_ids),
        Invitation.opportunity_id.in_(inviting),
        acted_on("interest_invitation", Invitation.id, person.user_id),
    )


HOLDINGS = (
    Holding(
        table=Interest.__table__, topic=Topic.CONTENT, person=("created_by",), kind="interest", near=near,
        words=("offer", "capacity", "question", "must_answers", "asked", "answer", "decision_words"),
        codes=("status", "roles", "ticket_currency", "decision_reason"),
    ),
    Holding(
        table=Invitation.__table__, topic=Topic.CONTENT, person=("invited_by",), kind="interest_invitation",
        near=_near_invitations, words=("words", "decision_words"), codes=("status", "decision_reason"),
    ),
)  # fmt: skip

"""What suggestions hold of people: who put one aside, who made one by hand, and their words."""

from sqlalchemy import ColumnElement, or_, select

from marketplace.core.personal import Holding, Person, Topic
from marketplace.matching.choice_models import MatchOptOut, SuggestionLetter, SuggestionTold
from marketplace.matching.learning.models import MatchReport
from marketplace.matching.models import Dismissal, HandSuggestion, MatchModel
from marketplace.opportunities.models import Opportunity


def _dismissals(person: Person) -> ColumnElement[bool]:
    """Words about a partner of theirs, or to a listing of theirs, may name them."""
    listings = select(Opportunity.id).where(Opportunity.organisation_id.in_(person.organisation_ids))
    return or_(Dismissal.organisation_id.in_(person.organisation_ids), Dismissal.opportunity_id.in_(listings))


def _suggestions(person: Person) -> ColumnElement[bool]:
    listings = select(Opportunity.id).where(Opportunity.organisation_id.in_(person.organisation_ids))
    return or_(
        HandSuggestion.organisation_id.in_(person.organisation_ids),
        HandSuggestion.opportunity_id.in_(listings),
    )


HOLDINGS = (
    Holding(
        table=Dismissal.__table__, topic=Topic.CONTENT, person=("made_by",), words=("words",),
        codes=("side", "reason"), near=_dismissals,
    ),
    Holding(
        table=HandSuggestion.__table__, topic=Topic.CONTENT, person=("made_by",), words=("words",),
        near=_suggestions,
    ),
    Holding(
        table=MatchModel.__table__, topic=Topic.CONTENT, person=("adopted_by",),
        codes=("settings", "term_weights", "prices"),
    ),
    Holding(table=MatchOptOut.__table__, topic=Topic.ORGANISATION, person=("made_by",)),
    Holding(table=SuggestionLetter.__table__, topic=Topic.NEWS, person=("user_id",), ends=True),
    Holding(table=SuggestionTold.__table__, topic=Topic.NEWS, person=("user_id",), ends=True),
    Holding(
        table=MatchReport.__table__, topic=Topic.CONTENT, person=("adopted_by",), codes=("figures", "proposal"),
    ),
)  # fmt: skip

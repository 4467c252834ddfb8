"""Who may ask, answer and hide; and on which side a reader of a question stands."""

from enum import StrEnum

from marketplace.core.actor import Actor, Membership
from marketplace.opportunities.policy import is_colleague
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.rules import (
    ONCE_PUBLIC,
    AskerNeeded,
    OnlyPartnersAsk,
    QuestionStatus,
)
from marketplace.opportunities.rules import LIVING
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.policy import get_writing_partner, moderates


class Side(StrEnum):
    """Where the reader of a question stands."""

    ASKER = "asker"
    PEMDA = "pemda"


def get_asking_place(actor: Actor) -> Membership:
    """The partner for which the actor may ask. Raises AskerNeeded, OnlyPartnersAsk or Forbidden."""
    return get_writing_partner(actor, unregistered=AskerNeeded, of_another_kind=OnlyPartnersAsk)


def side_of(actor: Actor, question: Question) -> Side | None:
    """The side on which the actor reads this question; None for everybody to whom it does not exist."""
    if actor.membership_in(question.organisation_id):
        return Side.ASKER
    return Side.PEMDA if is_colleague(actor, question.opportunity) else None


def may(actor: Actor, party: str, question: Question) -> bool:
    """Whether the actor is that party of the table of steps."""
    asker = actor.membership_in(question.organisation_id)
    if party in ("asker", "verified_asker"):
        return asker is not None and asker.role in WRITERS and (asker.verified or party == "asker")
    pemda = actor.membership_in(question.opportunity.organisation_id)
    if party == "moderator":
        return moderates(actor, question.organisation_id, question.opportunity.organisation_id)
    return pemda is not None and pemda.role in WRITERS and pemda.verified


def can_answer(actor: Actor, question: Question) -> bool:
    """Whether the actor may answer or decline it now."""
    return question.status is QuestionStatus.ASKED and _lives(question) and may(actor, "pemda", question)


def can_reword(actor: Actor, question: Question) -> bool:
    """Whether the actor may put the answer right now, also one that LAIP hides."""
    stands = question.status in ONCE_PUBLIC and question.same_as_id is None
    return stands and _lives(question) and may(actor, "pemda", question)


def can_withdraw(actor: Actor, question: Question) -> bool:
    """Whether the actor may take it back: nobody has answered yet."""
    return question.status is QuestionStatus.ASKED and _lives(question) and may(actor, "asker", question)


def can_moderate(actor: Actor, question: Question) -> bool:
    """Whether the moderator may hide it or show it again."""
    return question.status in ONCE_PUBLIC and may(actor, "moderator", question)


def _lives(question: Question) -> bool:
    return question.opportunity.status in LIVING

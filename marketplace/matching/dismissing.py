"""Putting a suggestion aside, with a reason, and taking that back; the other side never learns of it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.matching import answers, policy, rules
from marketplace.matching.factors import Side
from marketplace.matching.lists.standing_queries import Pemda, is_suggestible, takes_partners
from marketplace.matching.models import Dismissal
from marketplace.opportunities.models import Opportunity
from marketplace.organisations.models import Organisation


def dismiss(
    side: Side,
    *,
    opportunity_id: int,
    organisation_id: int,
    reason: str | None,
    words: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Takes the pair out of that side's list at once; pressed twice, it is put aside once, for the first reason.

    Raises NotFound where the other one is nobody whom this side may see, Forbidden, or a refusal of rules.
    """
    _check(side, opportunity_id, organisation_id, actor, now)
    chosen = rules.check_dismissal(reason, words)
    values = {
        "side": side, "opportunity_id": opportunity_id, "organisation_id": organisation_id, "reason": chosen,
        "words": words.strip(), "made_by": actor.user_id, "made_at": now,
    }  # fmt: skip
    new = insert(Dismissal).values(values).on_conflict_do_nothing().returning(Dismissal.id)
    if db.session.scalar(new) is not None:
        answers.note(
            rules.AnswerKind.DISMISSED, opportunity_id=opportunity_id, organisation_id=organisation_id, now=now,
            side=side,
        )  # fmt: skip


def take_back(side: Side, *, opportunity_id: int, organisation_id: int, actor: Actor, now: datetime) -> None:
    """Lets the pair stand in that side's list again; one that was never put aside is no fault."""
    _refuse_without_right(actor, _owner(side, opportunity_id, organisation_id))
    db.session.execute(
        update(Dismissal)
        .where(
            Dismissal.side == side,
            Dismissal.opportunity_id == opportunity_id,
            Dismissal.organisation_id == organisation_id,
            Dismissal.undone_at.is_(None),
        )
        .values(undone_at=now)
    )


def _owner(side: Side, opportunity_id: int, organisation_id: int) -> int | None:
    """Whose list it is: the partner's own, or that of the listing's Pemda."""
    if side is Side.PARTNER:
        return organisation_id
    return db.session.scalar(select(Opportunity.organisation_id).where(Opportunity.id == opportunity_id))


def _refuse_without_right(actor: Actor, owner: int | None) -> None:
    if owner is None or not policy.may_see_list(actor, owner):
        raise NotFound
    if not policy.may_put_aside(actor, owner):
        raise Forbidden


def _check(side: Side, opportunity_id: int, organisation_id: int, actor: Actor, now: datetime) -> None:
    _refuse_without_right(actor, _owner(side, opportunity_id, organisation_id))
    visible = (
        select(Opportunity.id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .join(Organisation, Organisation.id == organisation_id)
        .where(Opportunity.id == opportunity_id, takes_partners(now), is_suggestible())
    )
    if db.session.scalar(visible) is None:
        raise NotFound

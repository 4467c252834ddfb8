"""LAIP suggests a pair that it knows of, under its name."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.matching import policy, queries, rules
from marketplace.matching.models import HandSuggestion
from marketplace.notifications.actions import Notice, tell
from marketplace.opportunities.models import Opportunity
from marketplace.organisations.queries import get_card, list_member_ids

TOLD = "match_suggested"
LIST = "/dasbor/cocok"


def suggest(*, opportunity_id: int, organisation_id: int, words: str, actor: Actor, now: datetime) -> None:
    """Puts the pair first in both lists, with the reason and who says so; the partner's members are told.

    Raises NotFound for everybody but LAIP, Forbidden for who belongs to one of the two, PairNotOpen, PairInTouch,
    AlreadySuggested, or a refusal of the words.
    """
    listing = db.session.get(Opportunity, opportunity_id)
    if not actor.is_moderator or listing is None:
        raise NotFound
    if not policy.may_suggest(actor, organisation_id, listing.organisation_id):
        raise Forbidden
    rules.check_why(words)
    if not queries.may_be_paired(opportunity_id, organisation_id, now=now):
        raise rules.PairNotOpen
    if queries.is_settled(opportunity_id, organisation_id):
        raise rules.PairInTouch
    _insert(opportunity_id, organisation_id, words.strip(), actor, now)
    audit.record(
        "opportunity:partner_suggested", actor=actor, now=now, object_kind="opportunity", object_id=opportunity_id,
        words=words.strip(), details={"organisation": organisation_id},
    )  # fmt: skip
    partner = get_card(organisation_id).name
    told = {**queries.titles_of(opportunity_id), "words": words.strip(), "partner": partner}
    tell([Notice(TOLD, list_member_ids(organisation_id), LIST, told)], now=now)


def _insert(opportunity_id: int, organisation_id: int, words: str, actor: Actor, now: datetime) -> None:
    new = (
        insert(HandSuggestion)
        .values(
            opportunity_id=opportunity_id,
            organisation_id=organisation_id,
            words=words,
            made_by=actor.user_id,
            made_at=now,
        )
        .on_conflict_do_nothing()
        .returning(HandSuggestion.id)
    )
    if db.session.scalar(new) is None:
        raise rules.AlreadySuggested

"""A Pemda shows its drafts to its province; the province passes a listing on to a ministry or to LAIP."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from marketplace.accounts.queries import list_moderator_ids
from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.notifications.actions import tell
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.support import news as support_news
from marketplace.opportunities.support import policy as support_policy
from marketplace.opportunities.support.models import Forwarding, ProvinceShare
from marketplace.opportunities.support.queries import find_province_card, find_ties, list_ministries
from marketplace.opportunities.support.rules import (
    NotRecommendable,
    ReceiverUnknown,
    check_no_contact,
    check_said,
    is_recommendable,
)
from marketplace.regions.rules import is_province_code


def share(version: OpportunityVersion, *, actor: Actor, now: datetime) -> None:
    """Shows the listing's drafts to the province of its region; pressed twice, once. Raises NotFound or Forbidden."""
    opportunity = version.opportunity
    _check_sharing(version, actor)
    new = db.session.scalar(
        insert(ProvinceShare)
        .values(opportunity_id=opportunity.id, shared_at=now, shared_by=actor.user_id)
        .on_conflict_do_nothing()
        .returning(ProvinceShare.opportunity_id)
    )
    if new is None:
        return
    _note("opportunity:shared_with_province", version, actor, now)
    province, place = (
        find_province_card(opportunity.region_code),
        actor.membership_in(opportunity.organisation_id),
    )
    if province is not None and place is not None:
        tell([support_news.shared(version, place.name, province.id)], now=now)


def stop_sharing(version: OpportunityVersion, *, actor: Actor, now: datetime) -> None:
    """Hides the drafts again at once; pressed twice, once."""
    _check_sharing(version, actor)
    gone = db.session.scalar(
        delete(ProvinceShare)
        .where(ProvinceShare.opportunity_id == version.opportunity_id)
        .returning(ProvinceShare.opportunity_id)
    )
    if gone is not None:
        _note("opportunity:no_longer_shared", version, actor, now)


def _check_sharing(version: OpportunityVersion, actor: Actor) -> None:
    if not support_policy.can_share(actor, version):
        raise Forbidden
    if is_province_code(version.opportunity.region_code):
        raise NotFound


def forward(
    version: OpportunityVersion, *, receiver: int | None, words: str, actor: Actor, now: datetime
) -> None:
    """Passes the version on to a ministry (None: to LAIP) with the province's words; to each once a version.

    Raises NotFound, Forbidden, NotRecommendable, ReceiverUnknown, WordsTooShort or PrivateContactInWords.
    """
    ties = find_ties(actor, version)
    if not support_policy.list_places(actor, version, ties):
        raise NotFound
    if not is_recommendable(version.status, version.opportunity.status):
        raise NotRecommendable
    place = support_policy.find_forwarder(actor, version, ties)
    if place is None:
        raise Forbidden
    check_said(words, "words")
    check_no_contact([("words", words)])
    if receiver is not None and receiver not in {card.id for card in list_ministries()}:
        raise ReceiverUnknown(field="receiver")
    new = db.session.scalar(
        insert(Forwarding)
        .values(
            version_id=version.id, from_id=place.organisation_id, to_id=receiver, words=words,
            forwarded_by=actor.user_id, forwarded_at=now,
        )
        .on_conflict_do_nothing()
        .returning(Forwarding.id)
    )  # fmt: skip
    if new is None:
        return
    _note("opportunity:forwarded", version, actor, now, words=words, receiver=receiver)
    tell(support_news.forwarded(version, place.name, words, receiver, list_moderator_ids()), now=now)


def _note(
    kind: str, version: OpportunityVersion, actor: Actor, now: datetime, *, words: str | None = None,
    receiver: int | None = None,
) -> None:  # fmt: skip
    details = {"version": version.id, "receiver": receiver}
    audit.record(
        kind, actor=actor, now=now, object_kind="opportunity", object_id=version.opportunity_id, words=words,
        details=details,
    )  # fmt: skip

"""An organisation recommends a listing, and takes that back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from marketplace.core.actor import Actor, Membership
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.lifecycle.actions import StatusTable, begin, move
from marketplace.lifecycle.rules import ChangedSinceRead
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.queries import find_version
from marketplace.opportunities.rules import VersionStatus
from marketplace.opportunities.support import news as support_news
from marketplace.opportunities.support import policy as support_policy
from marketplace.opportunities.support.models import Recommendation
from marketplace.opportunities.support.queries import find_recommendation, find_ties
from marketplace.opportunities.support.rules import (
    RECOMMENDATION_STEPS,
    AlreadyRecommended,
    NotRecommendable,
    RecommendationStatus,
    check_no_contact,
    check_said,
    check_withdrawal,
    is_recommendable,
)


def _changed(row: Recommendation) -> tuple[str, int]:
    return "opportunity", row.opportunity_id


TABLE = StatusTable("recommendation", RECOMMENDATION_STEPS, support_policy.may_recommend, _changed)


@dataclass(frozen=True, slots=True)
class Words:
    """What a recommendation says, in Indonesian and perhaps in English."""

    words_id: str
    words_en: str = ""


def recommend(version: OpportunityVersion, *, words: Words, actor: Actor, now: datetime) -> None:
    """Speaks for the version that was read; the same pressed twice is once, and the Pemda hears of it.

    Raises NotFound, Forbidden, NotRecommendable, AlreadyRecommended, WordsTooShort or PrivateContactInWords.
    """
    place = get_recommender(version, actor)
    check_said(words.words_id, "words_id")
    check_no_contact([("words_id", words.words_id), ("words_en", words.words_en)])
    if _is_given(version, words, place):
        return
    row = Recommendation(
        opportunity_id=version.opportunity_id, version_id=version.id, organisation_id=place.organisation_id,
        status=RecommendationStatus.GIVEN, revision=1, words_id=words.words_id, words_en=words.words_en,
        made_by=actor.user_id, made_at=now,
    )  # fmt: skip
    told = [support_news.recommended(version, place.name, words.words_id)]
    try:
        begin(row, derived=RecommendationStatus.NONE, table=TABLE, actor=actor, now=now, tells=told)
    except IntegrityError as error:
        if not _is_given(version, words, place):
            raise AlreadyRecommended from error


def get_recommender(version: OpportunityVersion, actor: Actor) -> Membership:
    """For whom the actor may recommend it. Raises NotFound, Forbidden or NotRecommendable."""
    ties = find_ties(actor, version)
    if not support_policy.list_places(actor, version, ties):
        raise NotFound
    if not is_recommendable(version.status, version.opportunity.status):
        raise NotRecommendable
    if version.status is VersionStatus.PUBLISHED and version.id != version.opportunity.published_version_id:
        raise ChangedSinceRead
    place = support_policy.find_recommender(actor, version, ties)
    if place is None:
        raise Forbidden
    return place


def _is_given(version: OpportunityVersion, words: Words, place: Membership) -> bool:
    """Whether it was said so before. Raises AlreadyRecommended where something else stands."""
    there = find_recommendation(version.opportunity_id, [place.organisation_id])
    if there is not None and (there.words_id, there.words_en) != (words.words_id, words.words_en):
        raise AlreadyRecommended
    return there is not None


def withdraw(
    row: Recommendation, *, reason: str | None, words: str, seen: int, actor: Actor, now: datetime
) -> None:
    """The organisation takes its recommendation back; the Pemda reads why."""
    version = find_version(row.version_id)
    place = actor.membership_in(row.organisation_id)
    if version is None or place is None:
        raise NotFound
    check_withdrawal(reason, words)
    move(
        row, RecommendationStatus.WITHDRAWN, table=TABLE, actor=actor, now=now, seen=seen, reason=reason,
        words=words or None, tells=[support_news.unrecommended(version, place.name, reason, words)],
        values={"withdrawn_at": now, "decision_reason": reason, "decision_words": words or None},
    )  # fmt: skip

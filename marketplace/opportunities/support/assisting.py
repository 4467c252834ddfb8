"""LAIP or a province begins a listing for a Pemda; the Pemda ends that when it likes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.lifecycle.actions import begin, move
from marketplace.opportunities import news, policy, queries
from marketplace.opportunities.drafting import lock_draft
from marketplace.opportunities.editing import add_listing, add_version
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import RemarkReason, VersionStatus
from marketplace.opportunities.support.assistance_models import Assistance
from marketplace.opportunities.support.assistance_queries import find_just_begun
from marketplace.opportunities.support.assistance_rules import (
    AssistanceStatus,
    NobodyToApprove,
    NobodyToApproveYet,
    OutsideProvince,
    OwnRegion,
    PemdaNotTrusted,
    check_words,
)
from marketplace.opportunities.support.helping import write_along
from marketplace.opportunities.tables import ASSISTANCE, VERSION
from marketplace.organisations import members
from marketplace.organisations.actions import get_government
from marketplace.organisations.queries import Card, find_speaker
from marketplace.regions.gazetteer import Place
from marketplace.regions.queries import gazetteer

A = AssistanceStatus


def begin_for(
    region: str, *, template: str, content: Mapping[str, Any], actor: Actor, now: datetime
) -> Opportunity:
    """A new listing of the region's Pemda with its first draft, written by the actor's side; the Pemda is told.

    `region` is a code or what people write. Pressed twice, it is the same listing. Raises NotFound, Forbidden, a
    Region… refusal and those of `assistance_rules`.
    """
    if not policy.knows_assistance(actor):
        raise NotFound
    if not policy.can_assist(actor):
        raise Forbidden
    province = None if actor.is_moderator else policy.find_helping_place(actor)
    place = get_government(region)
    if province is not None:
        _check_inside(place, province.region_code or "")
    pemda = _get_pemda(place, actor)
    members.lock(pemda.id)
    pressed = find_just_begun(pemda.id, actor.user_id or 0, template, now=now)
    if pressed is not None:
        return pressed
    opportunity = add_listing(pemda.id, place.code, template, actor=actor, now=now)
    add_version(opportunity, number=1, content=content, actor=actor, now=now)
    assistance = Assistance(
        id=opportunity.id, organisation_id=province.organisation_id if province else None, status=A.STANDING,
        begun_at=now, begun_by=actor.user_id,
    )  # fmt: skip
    told = news.assistance_begun(opportunity, assistance, actor)
    begin(assistance, derived=A.NONE, table=ASSISTANCE, actor=actor, now=now, tells=[told])
    db.session.refresh(opportunity)
    write_along(opportunity, actor=actor, now=now)
    return opportunity


def _check_inside(place: Place, province_code: str) -> None:
    if place.is_province or place.province_code != province_code:
        name = gazetteer().by_code[province_code].display
        raise OutsideProvince(field="region", region=place.display, province=name)


def _get_pemda(place: Place, actor: Actor) -> Card:
    """The organisation that speaks for the region today, none of the actor's own."""
    pemda = find_speaker(place.code)
    if pemda is None:
        nobody = NobodyToApproveYet if actor.is_moderator else NobodyToApprove
        raise nobody(field="region", region=place.display)
    if actor.membership_in(pemda.id) is not None:
        raise OwnRegion(field="region", name=pemda.name)
    if not pemda.verified:
        raise PemdaNotTrusted(field="region", name=pemda.name)
    return pemda


def take_over(opportunity: Opportunity, *, seen: int, actor: Actor, now: datetime) -> None:
    """The Pemda goes on writing by itself. Raises NotFound, Forbidden and what `lifecycle.move` raises."""
    _end(opportunity, A.TAKEN_OVER, seen=seen, actor=actor, now=now)


def refuse(
    opportunity: Opportunity, *, reason: str | None, words: str, seen: int, actor: Actor, now: datetime
) -> None:
    """The Pemda does not want to be written for, and says why. Raises RefusalNeedsWords and what `take_over` raises."""
    check_words(reason, words)
    _end(opportunity, A.REFUSED, seen=seen, reason=reason, words=words, actor=actor, now=now)


def _end(
    opportunity: Opportunity, to: AssistanceStatus, *, seen: int, actor: Actor, now: datetime,
    reason: str | None = None, words: str = "",
) -> None:  # fmt: skip
    assistance, version = opportunity.assistance, queries.find_newest_version(opportunity.id)
    if assistance is None or version is None:
        raise NotFound
    # The order in which those who write take them: the version, then the assistance.
    lock_draft(version)
    told = news.assistance_ended(opportunity, actor, reason=reason, words=words)
    move(
        assistance, to, table=ASSISTANCE, actor=actor, now=now, seen=seen, reason=reason, words=words or None,
        tells=[told], values={"ended_at": now, "ended_by": actor.user_id, "end_reason": reason},
    )  # fmt: skip
    if version.assisted and version.status is VersionStatus.IN_APPROVAL:
        # What waited for the approver is the Pemda's own draft from now on.
        ended = str(RemarkReason.ASSISTANCE_ENDED)
        move(
            version, VersionStatus.DRAFT, table=VERSION, actor=actor, now=now, reason=ended,
            values={"decided_at": now, "decision_reason": ended, "decision_words": words or None},
        )  # fmt: skip

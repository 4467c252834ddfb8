"""The review of a version: to the approver, to LAIP, and LAIP's decision."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete, update

from marketplace.accounts.queries import list_moderator_ids
from marketplace.audit.queries import ON_BEHALF
from marketplace.changes import actions as changes
from marketplace.core.actor import Actor
from marketplace.core.dates import end_of_day, local_day
from marketplace.core.refusal import Forbidden
from marketplace.core.text import slugify
from marketplace.extensions import db
from marketplace.lifecycle.actions import move
from marketplace.notifications.actions import Notice
from marketplace.opportunities import news
from marketplace.opportunities.completeness import Completeness, completeness
from marketplace.opportunities.content import MARKABLE, content_of, field_of
from marketplace.opportunities.drafting import lock_draft
from marketplace.opportunities.models import Opportunity, OpportunityVersion, VersionMark
from marketplace.opportunities.own_queries import count_working_members
from marketplace.opportunities.policy import is_colleague, may_act_as, on_behalf_of
from marketplace.opportunities.queries import has_documents
from marketplace.opportunities.review_queries import list_writers
from marketplace.opportunities.rules import (
    DeadlinePassed,
    LifeStatus,
    ListingEnded,
    OpportunityIncomplete,
    OrganisationNotVerified,
    OwnerNotTrusted,
    OwnWriting,
    VersionStatus,
    check_living,
    check_remarks,
    check_unmarked,
    passes_approval_alone,
    wrote_alone,
)
from marketplace.opportunities.support.helping import write_along
from marketplace.opportunities.tables import LIFE, VERSION
from marketplace.opportunities.translating import Translation, translations
from marketplace.organisations.queries import get_card
from marketplace.regions.queries import zone_at

V = VersionStatus
_NO_MARKS: Mapping[str, str] = MappingProxyType({})


def zone_of(opportunity: Opportunity) -> str:
    """The zone in which the listing's days end: its region's."""
    return zone_at(opportunity.region_code)


def check_complete(version: OpportunityVersion, now: datetime) -> Completeness:
    """What the version lacks today, by its region's calendar."""
    return check_written(version, content_of(version), now)


def check_written(version: OpportunityVersion, content: Mapping[str, Any], now: datetime) -> Completeness:
    """What the version would lack with this content."""
    today = local_day(now, zone_of(version.opportunity))
    states = translations(content, version.translated).values()
    return completeness(
        content, today=today, has_documents=has_documents(version.id),
        unread=list(dict.fromkeys(field_of(name) for name in version.unread)),
        translated=bool(states) and all(state is Translation.CURRENT for state in states),
    )  # fmt: skip


def send_to_approver(version: OpportunityVersion, *, seen: int, actor: Actor, now: datetime) -> None:
    """Hands the draft to the approver; where one person does everything, on to LAIP at once."""
    _check_ready(version, actor, "editor", now)
    if version.opportunity.assistance:
        lock_draft(version)
    write_along(version.opportunity, actor=actor, now=now)
    working = count_working_members(version.opportunity.organisation_id or 0)
    alone = passes_approval_alone(working) and may_act_as(actor, "approver", version)
    _settle_marks(version, now)
    told = [] if alone else [news.sent_to_approver(version, actor)]
    move(
        version, V.IN_APPROVAL, table=VERSION, actor=actor, now=now, seen=seen, tells=told,
        values={"awaiting_since": now, "reminded_days": None, "reminded_at": None},
    )  # fmt: skip
    if alone:
        submit_version(version, seen=version.revision, actor=actor, now=now)


def submit_version(
    version: OpportunityVersion,
    *,
    seen: int,
    actor: Actor,
    now: datetime,
    marks: Mapping[str, str] = _NO_MARKS,
) -> None:
    """The approver, or who stands in, releases the version to LAIP; `marks`: the fields marked, which must be none.

    Raises MarksLeft, Forbidden, ListingEnded, OrganisationNotVerified, OpportunityIncomplete or OwnWriting.
    """
    check_unmarked(marks)
    _check_ready(version, actor, "releaser", now)
    if must_leave_release(actor, version):
        raise OwnWriting
    notice = news.submitted(version, list_moderator_ids())
    move(
        version, V.SUBMITTED, table=VERSION, actor=actor, now=now, seen=seen, tells=[notice],
        values={"submitted_at": now}, details=_behalf(actor, version),
    )  # fmt: skip


def must_leave_release(actor: Actor, version: OpportunityVersion) -> bool:
    """Whether a stand-in wrote the version alone: an editor's writing is always read by somebody else."""
    return on_behalf_of(actor, version) is not None and wrote_alone(actor.user_id, list_writers(version))


def _behalf(actor: Actor, version: OpportunityVersion) -> dict[str, int]:
    behalf = on_behalf_of(actor, version)
    return {ON_BEHALF: behalf.user_id} if behalf else {}


def _check_ready(version: OpportunityVersion, actor: Actor, party: str, now: datetime) -> None:
    if not may_act_as(actor, party, version):
        raise Forbidden
    check_living(version.opportunity.status)
    if not owner_is_trusted(version.opportunity):
        raise OrganisationNotVerified if is_colleague(actor, version.opportunity) else OwnerNotTrusted
    if not check_complete(version, now).ready:
        raise OpportunityIncomplete


def owner_is_trusted(opportunity: Opportunity) -> bool:
    """Whether a Pemda stands behind the listing that is verified today."""
    owner = opportunity.organisation_id
    return owner is not None and get_card(owner).verified


def remark_version(
    version: OpportunityVersion, *, seen: int, marks: Mapping[str, str], reason: str | None, words: str,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """The approver sends the version back to its editor with remarks at fields."""
    check_remarks(marks, words)
    told = [news.remarked(version, actor, reason, words, len(marks))]
    _say_no(version, V.DRAFT, seen=seen, reason=reason, words=words, actor=actor, now=now, tells=told)
    _put_marks(version, marks, actor=actor, now=now)


def return_version(
    version: OpportunityVersion, *, seen: int, marks: Mapping[str, str], reason: str | None, words: str,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """LAIP sends the version back to be mended; what is published stays up."""
    check_remarks(marks, words)
    told = [news.returned(version, actor, reason, words, len(marks))]
    _say_no(version, V.RETURNED, seen=seen, reason=reason, words=words, actor=actor, now=now, tells=told)
    _put_marks(version, marks, actor=actor, now=now)


def reject_version(
    version: OpportunityVersion, *, seen: int, reason: str | None, words: str, actor: Actor, now: datetime
) -> None:
    """LAIP refuses the version for good; what is published stays up."""
    told = [news.rejected(version, actor, reason, words)]
    _say_no(version, V.REJECTED, seen=seen, reason=reason, words=words, actor=actor, now=now, tells=told)


def _say_no(
    version: OpportunityVersion, to: VersionStatus, *, seen: int, reason: str | None, words: str,
    actor: Actor, now: datetime, tells: Sequence[Notice],
) -> None:  # fmt: skip
    move(
        version, to, table=VERSION, actor=actor, now=now, seen=seen, reason=reason, words=words or None,
        tells=tells, values={"decided_at": now, "decision_reason": reason, "decision_words": words or None},
        details=_behalf(actor, version),
    )  # fmt: skip


def publish_version(
    version: OpportunityVersion,
    *,
    seen: int,
    actor: Actor,
    now: datetime,
    marks: Mapping[str, str] = _NO_MARKS,
) -> None:
    """LAIP publishes the version that it read; at first publication the address is frozen.

    Raises MarksLeft, ListingEnded, OwnerNotTrusted, DeadlinePassed, and what `lifecycle.move` raises.
    """
    check_unmarked(marks)
    opportunity = version.opportunity
    check_living(opportunity.status)
    if may_act_as(actor, "moderator", version) and not owner_is_trusted(version.opportunity):
        raise OwnerNotTrusted
    first = opportunity.status is LifeStatus.UNPUBLISHED
    slug = opportunity.slug or f"{slugify(version.title_id)}-{opportunity.tail}"
    move(
        version, V.PUBLISHED, table=VERSION, actor=actor, now=now, seen=seen, values={"decided_at": now},
        tells=news.published(version, actor, slug, first=first),
    )  # fmt: skip
    closes_at = _future_deadline(version.interest_deadline, zone_of(opportunity), now)
    current = {
        "published_version_id": version.id,
        "closes_on": version.interest_deadline,
        "closes_at": closes_at,
        "updated_at": now,
    }
    if first:
        move(
            opportunity, LifeStatus.PUBLISHED, table=LIFE, actor=actor, now=now,
            values={**current, "slug": slug, "published_at": now},
        )  # fmt: skip
        return
    _replace_published(opportunity, current)


def _replace_published(opportunity: Opportunity, current: dict[str, Any]) -> None:
    replaced = db.session.execute(
        update(Opportunity)
        .where(Opportunity.id == opportunity.id, Opportunity.status == LifeStatus.PUBLISHED)
        .values(**current, revision=Opportunity.revision + 1)
        .returning(Opportunity.id)
        .execution_options(synchronize_session=False)
    ).first()
    if replaced is None:
        raise ListingEnded
    db.session.refresh(opportunity)
    changes.record("opportunity", opportunity.id)


def _future_deadline(day: date | None, zone: str, now: datetime) -> datetime:
    if day is None:
        raise OpportunityIncomplete
    closes_at = end_of_day(day, zone)
    if closes_at <= now:
        raise DeadlinePassed
    return closes_at


def _forget_marks(version: OpportunityVersion) -> None:
    db.session.execute(delete(VersionMark).where(VersionMark.version_id == version.id))


def _settle_marks(version: OpportunityVersion, now: datetime) -> None:
    """What was asked for stays beside what became of it, until the next remarks."""
    db.session.execute(
        update(VersionMark)
        .where(VersionMark.version_id == version.id, VersionMark.settled_at.is_(None))
        .values(settled_at=now)
    )


def _put_marks(version: OpportunityVersion, marks: Mapping[str, str], *, actor: Actor, now: datetime) -> None:
    _forget_marks(version)
    db.session.add_all(
        VersionMark(
            version_id=version.id, field=field, remark=marks[field], made_by=actor.user_id, made_at=now
        )
        for field in MARKABLE
        if field in marks
    )
    db.session.flush()

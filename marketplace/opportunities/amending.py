"""What a Pemda adds to its published listing by itself: words, and more time. All else is a new version."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from marketplace.accounts.queries import list_moderator_ids
from marketplace.audit import actions as audit
from marketplace.changes import actions as changes
from marketplace.core.actor import Actor
from marketplace.core.dates import end_of_day, local_day
from marketplace.core.refusal import Forbidden
from marketplace.extensions import db
from marketplace.lifecycle.rules import ChangedSinceRead
from marketplace.notifications.actions import tell
from marketplace.opportunities import news, policy
from marketplace.opportunities.checks import looks_like_email, looks_like_phone
from marketplace.opportunities.models import Addendum, Opportunity, OpportunityVersion
from marketplace.opportunities.publishing import owner_is_trusted, zone_of
from marketplace.opportunities.rules import (
    AmenderNotTrusted,
    LifeStatus,
    ListingEnded,
    PrivateContactInWords,
    check_extension,
)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is added: words in Indonesian (and English), a later deadline for interest."""

    words_id: str
    words_en: str = ""
    interest_deadline: date | None = None


def publish_addendum(
    opportunity: Opportunity, *, version: OpportunityVersion, amendment: Amendment, seen: int, actor: Actor,
    now: datetime,
) -> Addendum:  # fmt: skip
    """Adds it to the listing at once and tells its followers and LAIP. `version` is the published one.

    Raises Forbidden, ListingEnded, AmenderNotTrusted, ChangedSinceRead, PrivateContactInWords and what
    `check_extension` raises.
    """
    if not policy.may_act_as(actor, "approver", opportunity):
        raise Forbidden
    if opportunity.status is not LifeStatus.PUBLISHED:
        raise ListingEnded
    if not owner_is_trusted(opportunity):
        raise AmenderNotTrusted
    if seen != opportunity.revision:
        raise ChangedSinceRead
    _check_words(amendment)
    new = amendment.interest_deadline
    old = version.interest_deadline if new else None
    if new and old:
        check_extension(old, new, local_day(now, zone_of(opportunity)))
    _write(opportunity, version, new, seen, now)
    addendum = Addendum(
        opportunity_id=opportunity.id, words_id=amendment.words_id, words_en=amendment.words_en, old_deadline=old,
        new_deadline=new if old else None, published_at=now, published_by=actor.user_id,
    )  # fmt: skip
    db.session.add(addendum)
    db.session.flush()
    audit.record(
        "opportunity:deadline_extended" if new else "opportunity:addendum", actor=actor, now=now,
        object_kind="opportunity", object_id=opportunity.id, words=amendment.words_id,
        details={"addendum": addendum.id, "deadline": new.isoformat() if new else None},
    )  # fmt: skip
    changes.record("opportunity", opportunity.id)
    tell(news.addendum(opportunity, version, actor, list_moderator_ids(), new), now=now)
    return addendum


def _check_words(amendment: Amendment) -> None:
    for field in ("words_id", "words_en"):
        text = getattr(amendment, field)
        if looks_like_phone(text) or looks_like_email(text):
            raise PrivateContactInWords(field=field)


def _write(
    opportunity: Opportunity, version: OpportunityVersion, deadline: date | None, seen: int, now: datetime
) -> None:
    """Raises the listing's revision, and writes the later day where the listing and its public version hold it."""
    values: dict[str, Any] = {"updated_at": now}
    if deadline:
        values |= {"closes_on": deadline, "closes_at": end_of_day(deadline, zone_of(opportunity))}
    written = db.session.execute(
        update(Opportunity)
        .where(
            Opportunity.id == opportunity.id, Opportunity.revision == seen,
            Opportunity.status == LifeStatus.PUBLISHED, Opportunity.published_version_id == version.id,
        )
        .values(**values, revision=Opportunity.revision + 1)
        .returning(Opportunity.id)
        .execution_options(synchronize_session=False)
    ).first()  # fmt: skip
    if written is None:
        raise ChangedSinceRead
    if deadline:
        db.session.execute(
            update(OpportunityVersion)
            .where(OpportunityVersion.id == version.id)
            .values(interest_deadline=deadline)
        )
    db.session.refresh(opportunity)
    db.session.refresh(version)

"""Deletes what has been kept for its time; periods are in rules.py."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_, select

from marketplace.accounts.models import SignIn
from marketplace.extensions import db
from marketplace.files.storage import file_store
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus
from marketplace.mail.models import Delivery
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from marketplace.organisations.models import Invitation, Member
from marketplace.privacy.erasing import erase, identify
from marketplace.privacy.models import DataExport
from marketplace.privacy.queries import list_unconfirmed
from marketplace.privacy.rules import PERIODS, Keep

BATCH = 1000


def tidy(*, now: datetime, only: Keep | None = None) -> int:
    """Deletes one batch of each kind, in this transaction; how many rows went. Nothing to do: 0."""
    return sum(
        sweep(now - PERIODS[keep], now) for keep, sweep in SWEEPS.items() if only is None or keep is only
    )


def _accounts(before: datetime, now: datetime) -> int:
    """Accounts whose address was never proved are erased as on their own wish."""
    found = list_unconfirmed(before, limit=BATCH)
    for user_id in found:
        erase(identify(user_id, now=now))
    return len(found)


def _sign_ins(before: datetime, _now: datetime) -> int:
    return _delete(SignIn.__table__, or_(SignIn.ended_at < before, SignIn.created_at < before))


def _notices(before: datetime, _now: datetime) -> int:
    return _delete(NoticeRow.__table__, NoticeRow.read_at < before)


def _letters(before: datetime, _now: datetime) -> int:
    return _delete(Delivery.__table__, Delivery.sent_at < before)


def _drafts(before: datetime, _now: datetime) -> int:
    """Interests and listings that were never sent, of organisations in which nobody is left."""
    left = exists().where(Member.organisation_id == Interest.organisation_id)
    interests = _delete(
        Interest.__table__, Interest.status == InterestStatus.DRAFT, Interest.created_at < before, ~left
    )
    left = exists().where(Member.organisation_id == Opportunity.organisation_id)
    touched = exists().where(
        OpportunityVersion.opportunity_id == Opportunity.id,
        or_(
            OpportunityVersion.status != VersionStatus.DRAFT,
            OpportunityVersion.submitted_at.is_not(None),
            OpportunityVersion.edited_at >= before,
        ),
    )
    listings = _delete(
        Opportunity.__table__, Opportunity.organisation_id.is_not(None), Opportunity.published_at.is_(None),
        Opportunity.status == LifeStatus.UNPUBLISHED, Opportunity.created_at < before, ~left, ~touched,
    )  # fmt: skip
    return interests + listings


def _invitations(before: datetime, _now: datetime) -> int:
    return _delete(Invitation.__table__, or_(Invitation.ended_at < before, Invitation.expires_at < before))


def _copies(before: datetime, _now: datetime) -> int:
    for key in db.session.scalars(select(DataExport.storage_key).where(DataExport.ready_at < before)):
        file_store().delete(key)
    return _delete(DataExport.__table__, DataExport.ready_at < before)


def _delete(table: Any, *conditions: ColumnElement[bool]) -> int:
    (key, *_rest) = table.primary_key.columns
    wanted = select(key).where(*conditions).limit(BATCH)
    return len(db.session.scalars(delete(table).where(key.in_(wanted)).returning(key)).all())


SWEEPS: dict[Keep, Callable[[datetime, datetime], int]] = {
    Keep.UNCONFIRMED_ACCOUNT: _accounts,
    Keep.SIGN_IN: _sign_ins,
    Keep.READ_NOTICE: _notices,
    Keep.SENT_LETTER: _letters,
    Keep.LONE_DRAFT: _drafts,
    Keep.INVITATION: _invitations,
    Keep.COPY: _copies,
}

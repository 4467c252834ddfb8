"""Reminds approvers of what waits for them: one letter an organisation, however much waits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_

from marketplace.audit import actions as audit
from marketplace.core.actor import SYSTEM
from marketplace.core.dates import local_day, working_days_between
from marketplace.extensions import db
from marketplace.notifications.actions import Notice, tell
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.own_queries import list_owners_of, list_releaser_ids, lock_rows_of
from marketplace.opportunities.reminder_rules import REMIND_AFTER, due_reminder
from marketplace.opportunities.rules import LIVING, VersionStatus
from marketplace.regions.queries import zone_at

_WAITING = (
    OpportunityVersion.status == VersionStatus.IN_APPROVAL,
    OpportunityVersion.awaiting_since.is_not(None),
    or_(OpportunityVersion.reminded_days.is_(None), OpportunityVersion.reminded_days < max(REMIND_AFTER)),
    Opportunity.status.in_(sorted(LIVING)),
)


def list_with_waiting() -> list[int]:
    """Organisations that may release what waits for their approvers; whether any is due is looked at one by one."""
    return list_owners_of(OpportunityVersion, *_WAITING)


def remind_approvers(organisation_id: int, *, now: datetime) -> int:
    """Tells approvers and stand-ins once of all that is due; how many versions that were. Run twice, it tells once."""
    due = [(version, days) for version in _lock_waiting(organisation_id) if (days := _due(version, now))]
    for version, days in due:
        version.reminded_days, version.reminded_at = days, now
        audit.record(
            "version:approver_reminded", actor=SYSTEM, now=now, object_kind="opportunity_version",
            object_id=version.id, details={"days": days},
        )  # fmt: skip
    db.session.flush()
    if due:
        oldest = min((version for version, _days in due), key=lambda version: version.awaiting_since or now)
        tell([_notice(oldest, organisation_id, len(due), now)], now=now)
    return len(due)


def _lock_waiting(organisation_id: int) -> Sequence[OpportunityVersion]:
    """Held until the transaction ends: what is released meanwhile is not reminded of."""
    return lock_rows_of(organisation_id, OpportunityVersion, *_WAITING, order=(OpportunityVersion.id,))


def _due(version: OpportunityVersion, now: datetime) -> int | None:
    zone = zone_at(version.opportunity.region_code)
    sent_on = local_day(version.awaiting_since or now, zone)
    return due_reminder(sent_on, local_day(now, zone), version.reminded_days)


def _notice(oldest: OpportunityVersion, organisation_id: int, count: int, now: datetime) -> Notice:
    zone = zone_at(oldest.opportunity.region_code)
    days = working_days_between(local_day(oldest.awaiting_since or now, zone), local_day(now, zone))
    told = {"title_id": oldest.title_id, "title_en": oldest.title_en, "count": count, "days": days}
    path = f"/dasbor/peluang/{oldest.opportunity_id}" if count == 1 else "/dasbor"
    return Notice("approval_reminder", list_releaser_ids(organisation_id), path, told)

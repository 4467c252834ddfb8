"""An approver's stand-in: named for some days, ended at any time."""

from datetime import date, datetime

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.organisations import (
    member_queries,
    member_rules,
    policy,
    stand_in_ends,
    stand_in_queries,
    stand_in_rules,
)
from marketplace.organisations.members import lock
from marketplace.organisations.models import Organisation, StandIn
from marketplace.regions.queries import zone_at


def name_stand_in(
    organisation_id: int, *, user_id: int, begins: date, until: date, actor: Actor, now: datetime
) -> None:
    """Lets a member release listings in the actor's place on those days; pressed twice, once.

    Raises NotFound, Forbidden, and what the checks of stand_in_rules raise.
    """
    organisation = _lock_known(organisation_id, actor)
    own = member_queries.find_member(organisation_id, actor.user_id)
    if own is None or own.role not in member_rules.APPROVERS:
        raise Forbidden
    taken = stand_in_queries.list_of_approver(organisation_id, actor.user_id)
    if any((row.user_id, row.begins, row.until) == (user_id, begins, until) for row in taken):
        return
    member = member_queries.find_member(organisation_id, user_id)
    stand_in_rules.check_needed(member.role if member else None)
    stand_in_rules.check_days(begins, until, local_day(now, zone_of(organisation)))
    stand_in_rules.check_free(begins, until, [(row.begins, row.until) for row in taken])
    stand_in = StandIn(
        organisation_id=organisation_id, user_id=user_id, named_by=own.user_id, begins=begins, until=until, named_at=now
    )  # fmt: skip
    db.session.add(stand_in)
    db.session.flush()
    stand_in_ends.tell_both("stand_in_named", stand_in, organisation, now=now)
    audit.record(
        "organisation:stand_in_named", actor=actor, now=now, object_kind="organisation", object_id=organisation_id,
        details={"user_id": user_id, "begins": begins.isoformat(), "until": until.isoformat()},
    )  # fmt: skip


def end_stand_in(organisation_id: int, stand_in_id: int, *, actor: Actor, now: datetime) -> None:
    """Ends it now; one that has ended already is no fault. Raises NotFound or Forbidden."""
    organisation = _lock_known(organisation_id, actor)
    stand_in = stand_in_queries.find_stand_in(organisation_id, stand_in_id)
    if stand_in is None:
        return
    concerned = {"user_id": stand_in.user_id, "named_by": stand_in.named_by}
    if not policy.can_end_stand_in(actor, organisation, **concerned):
        raise Forbidden
    stand_in_ends.end(stand_in, organisation, actor=actor, now=now)


def zone_of(organisation: Organisation) -> str:
    """The zone in which the organisation's days end: its region's."""
    return zone_at(organisation.region_code) if organisation.region_code else HOME_ZONE


def _lock_known(organisation_id: int, actor: Actor) -> Organisation:
    organisation = lock(organisation_id)
    if organisation is None or not policy.knows_stand_ins(actor, organisation):
        raise NotFound
    return organisation

"""A naming ends: on demand, or with the right of one of the two."""

from datetime import datetime

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor, MemberRole
from marketplace.extensions import db
from marketplace.notifications.actions import Notice, tell
from marketplace.organisations.member_rules import APPROVERS
from marketplace.organisations.models import Organisation, StandIn
from marketplace.organisations.stand_in_queries import list_around, names_of


def end_around(organisation: Organisation, user_id: int, *, actor: Actor, now: datetime) -> None:
    """Ends every naming of somebody who leaves."""
    for stand_in in list_around(organisation.id, user_id):
        end(stand_in, organisation, actor=actor, now=now)


def end_outlived(
    organisation: Organisation, user_id: int, role: MemberRole, *, actor: Actor, now: datetime
) -> None:
    """Ends what a new role leaves no room for: who may approve needs to stand in for nobody, who may not has no stand-in."""
    for stand_in in list_around(organisation.id, user_id):
        outlived = stand_in.user_id if role in APPROVERS else stand_in.named_by
        if outlived == user_id:
            end(stand_in, organisation, actor=actor, now=now)


def end(stand_in: StandIn, organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Takes the right away with the next request, and tells both."""
    day = {"begins": stand_in.begins, "until": stand_in.until}
    tell_both("stand_in_ended", stand_in, organisation, now=now)
    audit.record(
        "organisation:stand_in_ended", actor=actor, now=now, object_kind="organisation", object_id=organisation.id,
        details={"user_id": stand_in.user_id, "named_by": stand_in.named_by}
        | {name: value.isoformat() for name, value in day.items()},
    )  # fmt: skip
    db.session.delete(stand_in)
    db.session.flush()


def tell_both(kind: str, stand_in: StandIn, organisation: Organisation, *, now: datetime) -> None:
    """The same words for the one who is stood in for and the one who stands in."""
    both = [stand_in.user_id, stand_in.named_by]
    names = names_of(both)
    told = {
        "organisation": organisation.name, "person": names.get(stand_in.user_id, ""),
        "approver": names.get(stand_in.named_by, ""), "begins": stand_in.begins.isoformat(),
        "until": stand_in.until.isoformat(),
    }  # fmt: skip
    tell([Notice(kind, both, f"/dasbor/organisasi/{organisation.id}/pengganti", told)], now=now)

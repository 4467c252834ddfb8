"""Roles inside an organisation: giving, taking, leaving, handing over. Rights follow with the next request."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor, MemberRole
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.notifications.actions import Notice, tell
from marketplace.organisations import member_queries, member_rules, policy, queries, stand_in_ends
from marketplace.organisations.member_rules import InvitationOutcome
from marketplace.organisations.models import Member, Organisation


def lock_managed(organisation_id: int, actor: Actor) -> Organisation:
    """The organisation, for one who manages its members; others wait, and what they hold is looked at anew.

    Raises NotFound or Forbidden, also to somebody who lost the right a moment ago.
    """
    organisation = lock(organisation_id)
    if organisation is None or not policy.can_see(actor, organisation):
        raise NotFound
    own = member_queries.find_member(organisation_id, actor.user_id)
    if not policy.can_manage_members(actor, organisation) or own is None or own.role is not MemberRole.OWNER:
        raise Forbidden
    return organisation


def lock(organisation_id: int) -> Organisation | None:
    """The row as it is now; whoever changes who belongs to it takes this lock first."""
    return db.session.scalar(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def change_role(
    organisation_id: int, user_id: int, *, role: MemberRole, seen: MemberRole, actor: Actor, now: datetime
) -> None:
    """Gives a member another role; pressed twice, once. Raises LastOwner or RoleChangedMeanwhile."""
    organisation = lock_managed(organisation_id, actor)
    member = _get(organisation_id, user_id)
    if member.role is role:
        return
    member_rules.check_role_seen(member.role, seen=seen)
    member_rules.check_owner_remains(member.role, others=_other_owners(member))
    member.role = role
    if role is not MemberRole.OWNER:
        _withdraw_sent(organisation_id, user_id, now)
    stand_in_ends.end_outlived(organisation, user_id, role, actor=actor, now=now)
    db.session.flush()
    _tell("member_role_changed", organisation, [user_id], actor, now, role=role)
    note("organisation:member_role_changed", organisation, actor, now, user_id=user_id, role=str(role))


def remove(organisation_id: int, user_id: int, *, actor: Actor, now: datetime) -> None:
    """Ends a membership; somebody who has gone already is no fault. Raises LastOwner."""
    organisation = lock_managed(organisation_id, actor)
    member = member_queries.find_member(organisation_id, user_id)
    if member is None:
        return
    _end(member, organisation, actor, now)
    # The page of the organisation exists no more for its reader.
    _tell("member_removed", organisation, [user_id], actor, now, path="/dasbor/organisasi")
    note("organisation:member_removed", organisation, actor, now, user_id=user_id)


def leave(organisation_id: int, *, actor: Actor, now: datetime) -> None:
    """Ends the actor's own membership; pressed twice, once. Raises LastOwner."""
    organisation = lock(organisation_id)
    member = member_queries.find_member(organisation_id, actor.user_id)
    if organisation is None or member is None:
        return
    _end(member, organisation, actor, now)
    owners = queries.list_member_ids(organisation_id, MemberRole.OWNER)
    _tell("member_left", organisation, owners, actor, now)
    note("organisation:member_left", organisation, actor, now, user_id=actor.user_id)


def hand_over(organisation_id: int, user_id: int, *, actor: Actor, now: datetime) -> None:
    """Makes another member the owner and the actor an approver. Raises NotFound or Forbidden."""
    organisation = lock_managed(organisation_id, actor)
    member, own = _get(organisation_id, user_id), _get(organisation_id, actor.user_id)
    if member is own:
        return
    member.role, own.role = MemberRole.OWNER, MemberRole.APPROVER
    stand_in_ends.end_outlived(organisation, user_id, MemberRole.OWNER, actor=actor, now=now)
    _withdraw_sent(organisation_id, own.user_id, now)
    db.session.flush()
    others = queries.list_member_ids(organisation_id, MemberRole.OWNER)
    _tell(
        "member_handed_over",
        organisation,
        {user_id, *others},
        actor,
        now,
        owner=_name_of(organisation_id, user_id),
    )
    note("organisation:handed_over", organisation, actor, now, user_id=user_id)


def _name_of(organisation_id: int, user_id: int) -> str:
    colleague = member_queries.find_colleague(organisation_id, user_id)
    return colleague.name if colleague else ""


def _get(organisation_id: int, user_id: int | None) -> Member:
    member = member_queries.find_member(organisation_id, user_id)
    if member is None:
        raise NotFound
    return member


def _other_owners(member: Member) -> int:
    return len({*queries.list_member_ids(member.organisation_id, MemberRole.OWNER)} - {member.user_id})


def _end(member: Member, organisation: Organisation, actor: Actor, now: datetime) -> None:
    member_rules.check_owner_remains(member.role, others=_other_owners(member))
    stand_in_ends.end_around(organisation, member.user_id, actor=actor, now=now)
    _withdraw_sent(member.organisation_id, member.user_id, now)
    db.session.delete(member)
    db.session.flush()


def _withdraw_sent(organisation_id: int, user_id: int, now: datetime) -> None:
    """Who may invite no more leaves no open door behind."""
    for invitation in member_queries.list_sent_by(organisation_id, user_id):
        invitation.outcome, invitation.ended_at = InvitationOutcome.WITHDRAWN, now


def _tell(
    kind: str, organisation: Organisation, recipients: Any, actor: Actor, now: datetime, path: str | None = None,
    **params: Any,
) -> None:  # fmt: skip
    told = {"organisation": organisation.name, "person": actor.name, **{k: str(v) for k, v in params.items()}}
    path = path or f"/dasbor/organisasi/{organisation.id}/anggota"
    tell([Notice(kind, [one for one in recipients if one != actor.user_id], path, told)], now=now)


def note(kind: str, organisation: Organisation, actor: Actor, now: datetime, **details: Any) -> None:
    """One line of the organisation's history; ids and codes only."""
    audit.record(
        kind, actor=actor, now=now, object_kind="organisation", object_id=organisation.id, details=details
    )

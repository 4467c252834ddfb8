"""A successor where the owner has vanished: LAIP names one, the owners may object for a week, LAIP lets it take effect."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.accounts.queries import find_by_id, list_moderator_ids
from marketplace.core import dates
from marketplace.core.actor import Actor, MemberRole
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.lifecycle.actions import StatusTable, begin, move
from marketplace.notifications.actions import Notice
from marketplace.organisations import invitations, member_queries, members, policy, queries, stand_in_ends
from marketplace.organisations import succession_rules as rules
from marketplace.organisations.invitations import MayWrite
from marketplace.organisations.models import Organisation, Succession
from marketplace.organisations.succession_queries import find_latest, find_member_id
from marketplace.organisations.succession_rules import SuccessionStatus

S = SuccessionStatus
TABLE = StatusTable("succession", rules.STEPS, policy.may_in_succession)


@dataclass(frozen=True, slots=True)
class Successor:
    """Who is named: a member, or an address and the language of its letter."""

    user_id: int | None = None
    email: str = ""
    language: str = "id"


def propose(
    organisation_id: int, *, successor: Successor, reason: str | None, words: str, actor: Actor, now: datetime
) -> Succession:
    """Names a successor and tells the present owners at once. Raises AlreadyProposed and the refusals of the rules."""
    organisation = _lock_decided(organisation_id, actor)
    rules.check_named(successor.user_id, successor.email)
    rules.check_words(words)
    latest = find_latest(organisation_id)
    if latest is not None and latest.status is S.PROPOSED:
        raise rules.AlreadyProposed
    user_id = successor.user_id or find_member_id(organisation_id, successor.email)
    _check_successor(organisation_id, user_id, successor, actor)
    row = Succession(
        organisation_id=organisation_id, status=S.PROPOSED, user_id=user_id, email="" if user_id else successor.email,
        language=successor.language, reason=reason, words=words, proposed_at=now, proposed_by=actor.user_id,
    )  # fmt: skip
    told = _to_owners(
        "succession_proposed", organisation, successor=_shown(row), reason=reason or "", words=words,
        until=dates.local_day(rules.ripe_at(now), dates.HOME_ZONE).isoformat(),
    )  # fmt: skip
    begin(row, derived=S.NONE, table=TABLE, actor=actor, now=now, reason=reason, words=words, tells=[told])
    return row


def _check_successor(organisation_id: int, user_id: int | None, successor: Successor, actor: Actor) -> None:
    """Raises SuccessorGone, AlreadyOwner or SuccessorIsYourself."""
    field = "member" if successor.user_id else "email"
    own = find_by_id(actor.user_id or 0)
    if own is not None and (user_id == own.id or successor.email.casefold() == own.email.casefold()):
        raise rules.SuccessorIsYourself(field=field)
    if user_id is None:
        return
    member = member_queries.find_member(organisation_id, user_id)
    if member is None:
        raise rules.SuccessorGone(field=field)
    if member.role is MemberRole.OWNER:
        raise rules.AlreadyOwner(field=field)


def object_to(organisation_id: int, *, seen: int, actor: Actor, now: datetime) -> None:
    """An owner stops it; pressed twice, once. Raises NotFound, Forbidden and what `lifecycle.move` raises."""
    organisation = members.lock(organisation_id)
    if organisation is None or not policy.can_see(actor, organisation):
        raise NotFound
    own = member_queries.find_member(organisation_id, actor.user_id)
    if own is None or own.role is not MemberRole.OWNER:
        raise Forbidden
    row = _get_latest(organisation_id)
    if row.status is S.OBJECTED:
        return
    told = Notice(
        "succession_objected", list_moderator_ids(), f"/moderasi/organisasi/{organisation_id}/penerus",
        {"organisation": organisation.name, "person": actor.name},
    )  # fmt: skip
    _end(row, S.OBJECTED, told, seen=seen, actor=actor, now=now)


def withdraw(organisation_id: int, *, seen: int, actor: Actor, now: datetime) -> None:
    """LAIP takes it back; the owners are told."""
    organisation = _lock_decided(organisation_id, actor)
    row = _get_latest(organisation_id)
    told = _to_owners("succession_withdrawn", organisation)
    _end(row, S.WITHDRAWN, told, seen=seen, actor=actor, now=now)


def take_effect(
    organisation_id: int, *, seen: int, actor: Actor, now: datetime, may_write: MayWrite = invitations.always
) -> None:
    """After the week: the member becomes an owner, the address is invited as one. The owners before stay, and are told.

    Raises TooEarly, SuccessorGone, TooManyLetters and what `lifecycle.move` raises.
    """
    organisation = _lock_decided(organisation_id, actor)
    row = _get_latest(organisation_id)
    if row.status is S.PROPOSED:
        rules.check_ripe(row.proposed_at, now)
    told = _to_owners(
        "succession_effected", organisation, also=row.user_id, successor=_shown(row),
        invited=bool(row.email),
    )  # fmt: skip
    _end(row, S.EFFECTED, told, seen=seen, actor=actor, now=now)
    if row.user_id is None:
        invitations.ask(
            organisation, email=row.email, role=MemberRole.OWNER, language=row.language, actor=actor, now=now,
            may_write=may_write,
        )  # fmt: skip
        return
    member = member_queries.find_member(organisation_id, row.user_id)
    if member is None:
        raise rules.SuccessorGone
    member.role = MemberRole.OWNER
    stand_in_ends.end_outlived(organisation, row.user_id, MemberRole.OWNER, actor=actor, now=now)
    db.session.flush()
    members.note(
        "organisation:member_role_changed", organisation, actor, now, user_id=row.user_id,
        role=str(MemberRole.OWNER),
    )  # fmt: skip


def _lock_decided(organisation_id: int, actor: Actor) -> Organisation:
    """The organisation, locked, for a moderator who has no part in it. Raises NotFound or Forbidden."""
    organisation = members.lock(organisation_id)
    if organisation is None or not policy.can_see(actor, organisation):
        raise NotFound
    if not policy.can_decide(actor, organisation):
        raise Forbidden
    return organisation


def _get_latest(organisation_id: int) -> Succession:
    row = find_latest(organisation_id)
    if row is None:
        raise NotFound
    return row


def _end(
    row: Succession, to: SuccessionStatus, told: Notice, *, seen: int, actor: Actor, now: datetime
) -> None:
    ended: dict[str, Any] = {"ended_at": now, "ended_by": actor.user_id}
    move(row, to, table=TABLE, actor=actor, now=now, seen=seen, tells=[told], values=ended)


def _to_owners(kind: str, organisation: Organisation, *, also: int | None = None, **params: Any) -> Notice:
    owners = queries.list_member_ids(organisation.id, MemberRole.OWNER)
    return Notice(
        kind, {*owners, *([also] if also else [])}, f"/dasbor/organisasi/{organisation.id}/penerus",
        {"organisation": organisation.name, **params},
    )  # fmt: skip


def _shown(row: Succession) -> str:
    """The successor as the owners know them: the member's name, or the address."""
    colleague = member_queries.find_colleague(row.organisation_id, row.user_id) if row.user_id else None
    return colleague.name if colleague else row.email

"""Reads who stands behind a cookie, in one statement: person, staff roles, memberships, unread notices."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from marketplace.accounts.models import Role, SignIn, User, user_roles
from marketplace.accounts.rules import SIGN_IN_LASTS
from marketplace.core import clock
from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind, StaffRole, StandingIn
from marketplace.extensions import db
from marketplace.notifications.models import NoticeRow
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.stand_in_queries import MAY_STAND_IN, list_stood_in_for
from marketplace.organisations.trust_queries import trusted


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One live sign-in: the account, the actor, the unread notices, when it was last proved."""

    user: User
    actor: Actor
    unread: int
    proved_at: datetime


_ROLES = (
    select(func.array_agg(Role.name))
    .join(user_roles, user_roles.c.role_id == Role.id)
    .where(user_roles.c.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)
_MEMBERSHIPS = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(
                    Organisation.id,
                    Organisation.kind,
                    Member.role,
                    trusted(),
                    Organisation.name,
                    Organisation.region_code,
                ),
                Member.id,
            )
        )
    )
    .select_from(Member)
    .join(Organisation, Organisation.id == Member.organisation_id)
    .where(Member.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
)
_UNREAD = (
    select(func.count(literal_column("1")))
    .select_from(NoticeRow)
    .where(NoticeRow.user_id == User.id, NoticeRow.read_at.is_(None))
    .correlate(User)
    .scalar_subquery()
)
_STATEMENT = (
    select(User, SignIn.proved_at, SignIn.second_factor, SignIn.acting_for, _ROLES, _MEMBERSHIPS, MAY_STAND_IN, _UNREAD)
    .join(SignIn, SignIn.user_id == User.id)
    .where(
        SignIn.sid_hash == bindparam("sid_hash"), SignIn.ended_at.is_(None),
        SignIn.created_at > bindparam("oldest"), User.erased_at.is_(None),
    )
)  # fmt: skip


def find_signed_in(sid_hash: bytes, *, demands_second_factor: bool) -> SignedIn | None:
    """Who holds this cookie; None where the sign-in has ended, lapsed or never was.

    Where a second factor is demanded, staff roles are withheld from a sign-in that was made without one.
    """
    oldest = clock.now() - SIGN_IN_LASTS
    row = db.session.execute(_STATEMENT, {"sid_hash": sid_hash, "oldest": oldest}).first()
    if row is None:
        return None
    user, proved_at, second_factor, acting_for, roles, memberships, may_stand_in, unread = row
    stands_in = list_stood_in_for(user.id) if may_stand_in else {}
    actor = actor_of(user, roles or [], memberships or [], stands_in, acting_for=acting_for)
    if demands_second_factor and not second_factor:
        actor = replace(actor, staff_roles=frozenset(), withheld_roles=actor.staff_roles)
    return SignedIn(user, actor, unread, proved_at)


def actor_of(
    user: User,
    roles: list[str],
    memberships: list[list[Any]],
    stands_in: Mapping[int, StandingIn],
    *,
    acting_for: int | None = None,
) -> Actor:
    """The value that actions take.

    The organisation chosen comes first, then those in which the person may act, each as they were joined.
    """
    chosen_first = sorted(memberships, key=lambda one: (one[0] != acting_for, one[2] == MemberRole.VIEWER))
    return Actor(
        user_id=user.id,
        name=user.name,
        language=user.language,
        staff_roles=frozenset(StaffRole(role) for role in roles),
        memberships=tuple(
            Membership(
                organisation_id=number,
                kind=OrganisationKind(kind),
                role=MemberRole(role),
                verified=verified,
                name=name,
                region_code=region_code,
                stands_in=stands_in.get(number),
            )
            for number, kind, role, verified, name, region_code in chosen_first
        ),
    )


_PERSON = select(User, _ROLES, _MEMBERSHIPS, MAY_STAND_IN).where(User.id == bindparam("user_id"))


def get_actor(user_id: int) -> Actor:
    """The actor value of an account, for acting without a cookie (demonstration, jobs)."""
    user, roles, memberships, may_stand_in = db.session.execute(_PERSON, {"user_id": user_id}).one()
    stands_in = list_stood_in_for(user_id) if may_stand_in else {}
    return actor_of(user, roles or [], memberships or [], stands_in)

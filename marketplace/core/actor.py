"""Who acts: a small value, built once a request and handed to every action."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class StaffRole(StrEnum):
    MODERATOR = "moderator"
    PROGRAMME_OWNER = "programme_owner"


class MemberRole(StrEnum):
    OWNER = "owner"
    APPROVER = "approver"
    EDITOR = "editor"
    VIEWER = "viewer"


class OrganisationKind(StrEnum):
    PEMDA = "pemda"
    PARTNER = "partner"
    MINISTRY = "ministry"
    TUTOR = "tutor"


@dataclass(frozen=True, slots=True)
class StandingIn:
    """The approver in whose place a member releases listings today, and the last day of it."""

    user_id: int
    name: str
    until: date


@dataclass(frozen=True, slots=True)
class Membership:
    """One person's place in one organisation, with what rules need to know of it."""

    organisation_id: int
    kind: OrganisationKind
    role: MemberRole
    verified: bool
    name: str
    region_code: str | None = None
    stands_in: StandingIn | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (user_id None: a visitor; `system`: a job) on whose behalf something is done."""

    user_id: int | None = None
    name: str = ""
    language: str = "id"
    staff_roles: frozenset[StaffRole] = frozenset()
    # The organisation chosen for this sign-in stands first, then those in which the person may act.
    memberships: tuple[Membership, ...] = field(default=())
    system: bool = False
    # Roles that wait for a second factor: the person has them, this sign-in may not use them.
    withheld_roles: frozenset[StaffRole] = frozenset()

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_moderator(self) -> bool:
        return StaffRole.MODERATOR in self.staff_roles

    @property
    def is_staff(self) -> bool:
        return bool(self.staff_roles)

    @property
    def main(self) -> Membership | None:
        """The organisation for which the person acts: the chosen one, else the first in which they may act."""
        return self.memberships[0] if self.memberships else None

    def membership_in(self, organisation_id: int | None) -> Membership | None:
        """The actor's place in that organisation, or None."""
        return next((m for m in self.memberships if m.organisation_id == organisation_id), None)

    def has_role(self, organisation_id: int | None, *roles: MemberRole) -> bool:
        """Whether the actor is in that organisation with one of the roles."""
        place = self.membership_in(organisation_id)
        return place is not None and place.role in roles


VISITOR = Actor()
SYSTEM = Actor(system=True)

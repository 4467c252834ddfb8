"""Actors without a database, for the tables of policies."""

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind, StaffRole

OURS, THEIRS = 7, 8


def member(
    role: MemberRole,
    organisation: int = OURS,
    *,
    kind: OrganisationKind = OrganisationKind.PEMDA,
    verified: bool = True,
    staff: frozenset[StaffRole] = frozenset(),
) -> Actor:
    """A person with one place in one organisation."""
    place = Membership(organisation, kind, role, verified, "Pemda", "71.72")
    return Actor(user_id=1, name="A", memberships=(place,), staff_roles=staff)


def staff(role: StaffRole) -> Actor:
    """A person of the ministry who belongs to no organisation."""
    return Actor(user_id=2, staff_roles=frozenset({role}))


# Who stands how to organisation OURS.
PEOPLE = {
    "owner": member(MemberRole.OWNER),
    "approver": member(MemberRole.APPROVER),
    "editor": member(MemberRole.EDITOR),
    "viewer": member(MemberRole.VIEWER),
    "stranger": member(MemberRole.OWNER, THEIRS),
    "moderator": staff(StaffRole.MODERATOR),
    "programme_owner": staff(StaffRole.PROGRAMME_OWNER),
    "own_moderator": member(MemberRole.VIEWER, staff=frozenset({StaffRole.MODERATOR})),
    "visitor": Actor(),
}
MEMBERS = frozenset({"owner", "approver", "editor", "viewer", "own_moderator"})
EDITORS = frozenset({"owner", "approver", "editor"})
APPROVERS = frozenset({"owner", "approver"})

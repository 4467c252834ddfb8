"""Who may put suggestions aside, and who may suggest by hand."""

from marketplace.core.actor import Actor, MemberRole, Membership

R = MemberRole
WRITERS = (R.OWNER, R.APPROVER, R.EDITOR)


def may_see_list(actor: Actor, organisation_id: int | None) -> bool:
    """Whether the actor belongs to the organisation whose list it is (a listing's: its Pemda)."""
    return actor.membership_in(organisation_id) is not None


def may_put_aside(actor: Actor, organisation_id: int | None) -> bool:
    """Whether the actor may put a suggestion of that organisation's list aside, and take it back."""
    return organisation_id is not None and actor.has_role(organisation_id, *WRITERS)


def may_suggest(actor: Actor, *organisations: int | None) -> bool:
    """LAIP, but nobody brings an organisation forward that they belong to."""
    return actor.is_moderator and not any(_place(actor, each) for each in organisations)


def _place(actor: Actor, organisation_id: int | None) -> Membership | None:
    return actor.membership_in(organisation_id)

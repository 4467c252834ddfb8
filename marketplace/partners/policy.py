"""Who keeps a partner's profile, and who reads what all of them look for."""

from marketplace.core.actor import Actor, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import can_edit, can_see, find_place
from marketplace.organisations.queries import get
from marketplace.partners.models import PartnerProfile
from marketplace.partners.queries import find_profile


def get_editable(organisation_id: int, actor: Actor) -> tuple[Organisation, PartnerProfile]:
    """The partner whose profile the actor keeps. Raises NotFound for strangers, Forbidden for other members."""
    organisation, profile = get(organisation_id), find_profile(organisation_id)
    if (
        organisation.kind is not OrganisationKind.PARTNER
        or profile is None
        or not can_see(actor, organisation)
    ):
        raise NotFound
    if not can_edit(actor, organisation):
        raise Forbidden
    return organisation, profile


def can_read_demand(actor: Actor) -> bool:
    """Members of a Pemda, who write, and LAIP, which advises them."""
    return actor.is_staff or find_place(actor, OrganisationKind.PEMDA) is not None

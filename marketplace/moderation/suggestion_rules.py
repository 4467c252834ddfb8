"""Why somebody gets few suggestions, as far as they could change it: what they have not said."""

from marketplace.matching.facts import Listing, Partner
from marketplace.matching.settings import Factor


def unsaid_of_listing(listing: Listing) -> list[Factor]:
    """What the listing leaves open."""
    said = {
        Factor.SECTOR: listing.sector is not None,
        Factor.VALUE: listing.amount_idr is not None,
        Factor.SCHEME: bool(listing.schemes),
        Factor.READINESS: listing.rung is not None,
        Factor.KIND: bool(listing.partner_kinds),
        Factor.CAPABILITY: bool(listing.capabilities),
    }
    return [factor for factor, known in said.items() if not known]


def unsaid_of_partner(partner: Partner) -> list[Factor]:
    """What the partner's profile leaves open."""
    said = {
        Factor.SECTOR: bool(partner.sectors),
        Factor.VALUE: partner.smallest_idr is not None or partner.largest_idr is not None,
        Factor.SCHEME: bool(partner.schemes),
        Factor.CAPABILITY: bool(partner.capabilities),
        Factor.EXPERIENCE: partner.records > 0,
        Factor.TEXT: bool(partner.terms),
    }
    return [factor for factor, known in said.items() if not known]

from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal

from marketplace.core.actor import Actor, OrganisationKind
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.organisations import actions as organisations
from marketplace.organisations.actions import Office
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import NAME_STILL_OPEN, IdentityLocked
from marketplace.partners import rules
from marketplace.partners.models import PartnerProfile
from marketplace.partners.queries import find_profile
from marketplace.partners.rules import LegalForm, PartnerKind


@dataclass(frozen=True, slots=True)
class Details:
    """A partner's profile as its form gives it; sums in whole rupiah, codes of the lists."""

    partner_kind: PartnerKind
    legal_name: str
    legal_form: LegalForm
    country: str
    nib: str | None
    npwp: str | None
    website: str
    hub_id_cohort: str
    about_id: str
    about_en: str
    ticket_min_idr: int | None
    ticket_max_idr: int | None
    sector_codes: list[str]
    region_codes: list[str]
    scheme_codes: list[str]
    capability_codes: list[str] = field(default_factory=list)
    readiness_from: int | None = None
    ticket_min_usd: Decimal | None = None
    ticket_max_usd: Decimal | None = None
    usd_rate: int | None = None


# What was verified: it changes no more.
IDENTITY = ("legal_name", "legal_form", "country", "nib", "npwp")


def _check(details: Details) -> None:
    rules.check_identity(details.legal_form, details.country, nib=details.nib, npwp=details.npwp)
    rules.check_ticket(details.ticket_min_idr, details.ticket_max_idr)


def register_partner(details: Details, *, office: Office, actor: Actor, now: datetime) -> Organisation:
    """The new partner with the actor as its owner; pressed twice, it is the same one. Raises rules' refusals."""
    _check(details)
    organisation = organisations.register(
        OrganisationKind.PARTNER, name=details.legal_name, office=office, actor=actor, now=now
    )
    if find_profile(organisation.id) is None:
        profile = PartnerProfile(organisation_id=organisation.id)
        _write(profile, details, now)
        db.session.add(profile)
        db.session.flush()
    return organisation


def edit_partner(
    organisation_id: int, details: Details, *, office: Office, actor: Actor, now: datetime, seen: int
) -> None:
    """Writes the profile; what was verified stays. Raises IdentityLocked, ChangedMeanwhile or rules' refusals."""
    _check(details)
    organisation = organisations.edit(
        organisation_id, office=office, actor=actor, now=now, seen=seen, name=details.legal_name
    )
    profile = find_profile(organisation_id)
    if profile is None:
        raise NotFound
    if organisation.status not in NAME_STILL_OPEN and any(
        getattr(profile, name) != getattr(details, name) for name in IDENTITY
    ):
        raise IdentityLocked(field="legal_name")
    _write(profile, details, now)
    db.session.flush()


def _write(profile: PartnerProfile, details: Details, now: datetime) -> None:
    if details.usd_rate != profile.usd_rate:
        # The rate's day is the one on which it was written, not the one on which the rest was mended.
        profile.usd_rate_on = local_day(now, HOME_ZONE) if details.usd_rate else None
    for one in fields(details):
        setattr(profile, one.name, getattr(details, one.name))

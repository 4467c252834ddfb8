"""What a partner's profile may hold of its people: only free words; they see it as members."""

from sqlalchemy import ColumnElement, or_

from marketplace.audit.queries import acted_on
from marketplace.core.personal import Holding, Person, Topic
from marketplace.partners.models import PartnerProfile, TrackRecord
from marketplace.partners.offer_models import StandingOffer


def _profile(person: Person) -> ColumnElement[bool]:
    return or_(
        PartnerProfile.organisation_id.in_(person.organisation_ids),
        acted_on("organisation", PartnerProfile.organisation_id, person.user_id),
    )


def _records(person: Person) -> ColumnElement[bool]:
    return or_(
        TrackRecord.organisation_id.in_(person.organisation_ids),
        acted_on("organisation", TrackRecord.organisation_id, person.user_id),
    )


def _offers(person: Person) -> ColumnElement[bool]:
    return or_(
        StandingOffer.organisation_id.in_(person.organisation_ids),
        acted_on("standing_offer", StandingOffer.id, person.user_id),
    )


HOLDINGS = (
    Holding(
        table=PartnerProfile.__table__, topic=Topic.ORGANISATION, own=_profile,
        words=("about_id", "about_en", "website", "hub_id_cohort"),
        codes=(
            "partner_kind", "legal_name", "legal_form", "country", "nib", "npwp", "sector_codes", "region_codes",
            "scheme_codes", "capability_codes",
        ),
    ),
    Holding(
        table=TrackRecord.__table__, topic=Topic.ORGANISATION, own=_records,
        words=("title", "place", "evidence_url", "evidence_words"), codes=("sector_code",),
    ),
    Holding(
        table=StandingOffer.__table__, topic=Topic.ORGANISATION, own=_offers,
        words=("title_id", "title_en", "words_id", "words_en"), kind="standing_offer",
        codes=("status", "capability_codes", "sector_codes", "region_codes", "scheme_codes"),
    ),
)  # fmt: skip

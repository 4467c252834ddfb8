"""Listings for tests: complete by default, every column may be given."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from marketplace.core import clock
from marketplace.core.dates import end_of_day
from marketplace.core.text import random_tail, slugify
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, Origin, Readiness, VersionStatus
from marketplace.organisations.models import Organisation
from marketplace.regions.models import Region
from tests.personas import ORGANISATIONS

COMPLETE: dict[str, Any] = {
    "title_id": "SPAM Bitung, demonstrasi",
    "title_en": "Bitung water supply, demonstration",
    "summary_id": "Penyediaan air minum 300 liter per detik untuk Kota Bitung.",
    "problem_id": (
        "Sambungan air minum belum menjangkau semua kelurahan. Kota yang tumbuh sebagai pelabuhan dan kawasan"
        " industri memerlukan pasokan baku yang tetap sepanjang tahun, juga pada musim kering."
    ),
    "users_served_id": "216.026 warga Kota Bitung, pelabuhan, dan industri pengolahan ikan.",
    "existing_id": "Jaringan perumda, instalasi pengolahan, dan sumber air baku yang sudah dikaji.",
    "sought_id": "Badan usaha untuk merancang, membangun, membiayai, dan mengoperasikan.",
    "expected_result_id": "Pasokan tambahan 300 liter per detik.",
    "dimension_code": "smart-living",
    "sector_code": "water-supply",
    "scheme_codes": ["kpbu"],
    "partner_kinds": ["investor", "operator"],
    "readiness": Readiness.PRE_FS,
    "value_amount": 250_000_000_000,
    "value_idr": 250_000_000_000,
    "contact_role": "Bagian Kerja Sama, Sekretariat Daerah Kota Bitung",
}


def an_organisation_id(key: str) -> int:
    """The id of an organisation of tests.personas."""
    name = ORGANISATIONS[key].name
    return db.session.execute(select(Organisation.id).where(Organisation.name == name)).scalar_one()


def an_opportunity(
    organisation: str = "bitung",
    *,
    review: VersionStatus = VersionStatus.DRAFT,
    life: LifeStatus = LifeStatus.UNPUBLISHED,
    origin: Origin = Origin.POSTED,
    closes_on: date | None = None,
    now: datetime | None = None,
    life_values: dict[str, Any] | None = None,
    **content: Any,
) -> Opportunity:
    """An opportunity with its first version (complete, due in 90 days); flushed, not committed.

    `life_values` are columns of the opportunity, `content` those of the version.
    """
    now = now or clock.now()
    closes_on = closes_on or (now + timedelta(days=90)).date()
    region_code = ORGANISATIONS[organisation].region_code or "71.72"
    opportunity = Opportunity(
        organisation_id=None if origin is Origin.PUBLIC_EXAMPLE else an_organisation_id(organisation),
        region_code=region_code, origin=origin, status=LifeStatus.UNPUBLISHED, tail=random_tail(), created_at=now,
    )  # fmt: skip
    db.session.add(opportunity)
    db.session.flush()
    submitted = (
        now if review in (VersionStatus.SUBMITTED, VersionStatus.PUBLISHED, VersionStatus.RETURNED) else None
    )
    version = OpportunityVersion(
        opportunity_id=opportunity.id, number=1, status=review, created_at=now, edited_at=now, submitted_at=submitted,
        **{**COMPLETE, "interest_deadline": closes_on, **content},
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    if life is not LifeStatus.UNPUBLISHED:
        _publish(opportunity, version, life=life, now=now)
    for name, value in (life_values or {}).items():
        setattr(opportunity, name, value)
    db.session.flush()
    return opportunity


def a_published_opportunity(organisation: str = "bitung", **options: Any) -> Opportunity:
    """An open listing with its address: an_opportunity whose first version is published."""
    return an_opportunity(
        organisation, **{"review": VersionStatus.PUBLISHED, "life": LifeStatus.PUBLISHED, **options}
    )


def the_version(opportunity: Opportunity) -> OpportunityVersion:
    """The newest version of the opportunity."""
    return db.session.execute(
        select(OpportunityVersion)
        .where(OpportunityVersion.opportunity_id == opportunity.id)
        .order_by(OpportunityVersion.number.desc())
        .limit(1)
    ).scalar_one()


def _publish(
    opportunity: Opportunity, version: OpportunityVersion, *, life: LifeStatus, now: datetime
) -> None:
    zone = db.session.execute(
        select(Region.timezone).where(Region.code == opportunity.region_code)
    ).scalar_one()
    opportunity.status = life
    opportunity.slug = f"{slugify(version.title_id)}-{opportunity.tail}"
    opportunity.published_version_id = version.id
    opportunity.published_at = opportunity.updated_at = now
    version.decided_at = now
    if version.interest_deadline and opportunity.origin is Origin.POSTED:
        opportunity.closes_on = version.interest_deadline
        opportunity.closes_at = end_of_day(version.interest_deadline, zone)
    if life is LifeStatus.WITHDRAWN:
        opportunity.withdrawn_at = now
        opportunity.end_reason = "plans_changed"

"""What verified partners look for, counted by organisation; nothing of it names one."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from marketplace.core.actor import OrganisationKind
from marketplace.extensions import db
from marketplace.organisations.models import Organisation
from marketplace.organisations.trust_queries import trusted
from marketplace.partners.demand_models import DemandCount, Kind
from marketplace.partners.demand_rules import Size, size_of
from marketplace.partners.models import PartnerProfile
from marketplace.partners.offer_models import StandingOffer
from marketplace.partners.offer_queries import standing

Counts = Mapping[str, Mapping[Size, int]]
# What stands for a partner that names no province: it goes anywhere.
ANYWHERE = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """What was counted last, and when; None where nothing was."""

    by_sector: Counts
    by_province: Counts
    counted_at: datetime | None


def get_counted() -> Demand:
    """The counts that the worker left: one short statement, however many partners there are."""
    found: dict[Kind, dict[str, dict[Size, int]]] = {kind: defaultdict(dict) for kind in Kind}
    counted_at = None
    every = select(
        DemandCount.kind, DemandCount.code, DemandCount.size, DemandCount.partners, DemandCount.counted_at
    )
    for row in db.session.execute(every):
        found[row.kind][row.code][row.size] = row.partners
        counted_at = row.counted_at
    return Demand(found[Kind.SECTOR], found[Kind.PROVINCE], counted_at)


def count_by_sector(today: date) -> Counts:
    """Sector -> size -> how many partners name it in their profile or in an offer that stands."""
    return _count("sector_codes", today)


def count_by_province(today: date) -> Counts:
    """The same by province; those that go anywhere stand under ANYWHERE."""
    return _count("region_codes", today)


def _count(column: str, today: date) -> Counts:
    said = _said(column, today).cte("said")
    sizes = (
        select(said.c.owner, func.max(said.c.largest).label("largest")).group_by(said.c.owner).cte("sizes")
    )
    wanted = select(said.c.owner, func.unnest(said.c.codes).label("code")).distinct().subquery()
    rows = db.session.execute(
        select(wanted.c.code, sizes.c.largest, func.count())
        .join(sizes, sizes.c.owner == wanted.c.owner)
        .group_by(wanted.c.code, sizes.c.largest)
    )
    found: dict[str, dict[Size, int]] = defaultdict(lambda: defaultdict(int))
    for code, largest, number in rows:
        found[code][size_of(largest)] += number
    return found


def _said(column: str, today: date) -> Select[tuple[int, list[str], int | None]]:
    """A row for each profile and each offer: whose, the codes, the largest sum."""
    profile = select(
        PartnerProfile.organisation_id.label("owner"),
        getattr(PartnerProfile, column).label("codes"),
        func.coalesce(PartnerProfile.ticket_max_idr, PartnerProfile.ticket_min_idr).label("largest"),
    )
    offer = select(
        StandingOffer.organisation_id,
        getattr(StandingOffer, column),
        func.coalesce(StandingOffer.ticket_max_idr, StandingOffer.ticket_min_idr),
    ).where(standing(today))
    every = union_all(profile, offer).subquery()
    anywhere = literal([ANYWHERE], ARRAY(Text)) if column == "region_codes" else every.c.codes
    codes = func.coalesce(func.nullif(every.c.codes, literal([], ARRAY(Text))), anywhere)
    return (
        select(every.c.owner, codes.label("codes"), every.c.largest)
        .join(Organisation, Organisation.id == every.c.owner)
        .where(Organisation.kind == OrganisationKind.PARTNER, trusted())
    )

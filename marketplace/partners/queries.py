from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from marketplace.core.actor import OrganisationKind
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.organisations.models import Organisation
from marketplace.organisations.trust_queries import trusted
from marketplace.partners.models import PartnerProfile, TrackRecord
from marketplace.partners.must_codes import Shown
from marketplace.partners.rules import RECORDS_AT_MOST, PartnerKind


@dataclass(frozen=True, slots=True)
class Line:
    """A verified partner in the directory."""

    organisation_id: int
    name: str
    slug: str
    demo: bool
    partner_kind: PartnerKind
    country: str
    sector_codes: list[str]
    region_codes: list[str]
    ticket_min_idr: int | None
    ticket_max_idr: int | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What the directory is narrowed to; empty means all."""

    text: str = ""
    kinds: Sequence[PartnerKind] = ()
    sectors: Sequence[str] = ()
    provinces: Sequence[str] = ()

    @property
    def narrows(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.text or self.kinds or self.sectors or self.provinces)


_LINE: tuple[Any, ...] = (
    Organisation.id,
    Organisation.name,
    Organisation.slug,
    Organisation.demo,
    PartnerProfile.partner_kind,
    PartnerProfile.country,
    PartnerProfile.sector_codes,
    PartnerProfile.region_codes,
    PartnerProfile.ticket_min_idr,
    PartnerProfile.ticket_max_idr,
)
_PUBLIC = (
    Organisation.kind == OrganisationKind.PARTNER,
    trusted(),
)


def find_profile(organisation_id: int) -> PartnerProfile | None:
    """The partner's profile; None for an organisation of another kind."""
    return db.session.get(PartnerProfile, organisation_id)


def _conditions(wish: Wish) -> list[ColumnElement[bool]]:
    found = list(_PUBLIC)
    if wish.text:
        read = (Organisation.name, PartnerProfile.about_id, PartnerProfile.about_en)
        found.append(or_(*(column.icontains(wish.text, autoescape=True) for column in read)))
    if wish.kinds:
        found.append(PartnerProfile.partner_kind.in_(wish.kinds))
    if wish.sectors:
        found.append(PartnerProfile.sector_codes.overlap(list(wish.sectors)))
    if wish.provinces:
        # Who names no region works everywhere.
        everywhere = func.cardinality(PartnerProfile.region_codes) == 0
        found.append(or_(everywhere, PartnerProfile.region_codes.overlap(list(wish.provinces))))
    return found


def count_directory(wish: Wish) -> int:
    """How many verified partners fit the wish."""
    return (
        db.session.scalar(
            select(func.count(Organisation.id))
            .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
            .where(*_conditions(wish))
        )
        or 0
    )


def list_directory(wish: Wish, *, limit: int, offset: int = 0) -> list[Line]:
    """One page of the verified partners that fit the wish, by name."""
    rows = db.session.execute(
        select(*_LINE)
        .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
        .where(*_conditions(wish))
        .order_by(func.lower(Organisation.name), Organisation.id)
        .limit(limit)
        .offset(offset)
    )
    return [Line(*row) for row in rows]


def list_lines(organisation_ids: Sequence[int]) -> dict[int, Line]:
    """The verified ones among these partners, by number."""
    rows = db.session.execute(
        select(*_LINE)
        .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
        .where(*_PUBLIC, Organisation.id.in_(organisation_ids))
    )
    return {row[0]: Line(*row) for row in rows}


def get_public(slug: str) -> tuple[Organisation, PartnerProfile]:
    """A verified partner by its address. Raises NotFound for every other one."""
    row = db.session.execute(
        select(Organisation, PartnerProfile)
        .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
        .where(Organisation.slug == slug, *_PUBLIC)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def list_track_records(organisation_id: int, *, limit: int = RECORDS_AT_MOST) -> list[TrackRecord]:
    """What the partner has done, the newest first."""
    return list(
        db.session.scalars(
            select(TrackRecord)
            .where(TrackRecord.organisation_id == organisation_id)
            .order_by(TrackRecord.year.desc().nulls_last(), TrackRecord.id.desc())
            .limit(limit)
        )
    )


def find_shown(organisation_id: int) -> Shown | None:
    """What the partner's profile shows of must-haves that can be checked; one statement."""
    evidenced = (
        select(func.count(TrackRecord.id))
        .where(
            TrackRecord.organisation_id == organisation_id,
            or_(TrackRecord.evidence_url != "", TrackRecord.evidence_words != ""),
        )
        .scalar_subquery()
    )
    row = db.session.execute(
        select(
            PartnerProfile.capability_codes, PartnerProfile.legal_form, PartnerProfile.country, evidenced.label("evidenced"),
            PartnerProfile.ticket_min_idr, PartnerProfile.ticket_max_idr,
        ).where(PartnerProfile.organisation_id == organisation_id)
    ).first()  # fmt: skip
    if row is None:
        return None
    capabilities, form, country, number, smallest, largest = row
    return Shown(frozenset(capabilities), form, country, number, smallest, largest)


def find_record(organisation_id: int, record_id: int) -> TrackRecord | None:
    """One entry of that partner."""
    return db.session.scalar(
        select(TrackRecord).where(TrackRecord.id == record_id, TrackRecord.organisation_id == organisation_id)
    )


def has_verified_number(profile: PartnerProfile) -> bool:
    """Whether a verified organisation gave the same NIB or NPWP."""
    same = _same_numbers(profile)
    if not same:
        return False
    found = (
        select(Organisation.id)
        .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
        .where(or_(*same), trusted(), Organisation.id != profile.organisation_id)
    )
    return db.session.scalar(select(found.exists())) or False


def _same_numbers(profile: PartnerProfile) -> list[ColumnElement[bool]]:
    pairs = ((PartnerProfile.nib, profile.nib), (PartnerProfile.npwp, profile.npwp))
    return [column == value for column, value in pairs if value]


def list_same_numbers(profile: PartnerProfile, *, limit: int = 10) -> list[tuple[int, str]]:
    """Other organisations (id, name) that gave the same NIB or NPWP."""
    same = _same_numbers(profile)
    if not same:
        return []
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
        .where(or_(*same), Organisation.id != profile.organisation_id)
        .order_by(Organisation.id)
        .limit(limit)
    )
    return [(row.id, row.name) for row in rows]

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from marketplace.core.words import LazyString
from marketplace.data.provenance import Confidence
from marketplace.extensions import db
from marketplace.innovations.labels import KIND, STATUS, Label
from marketplace.innovations.models import Innovation, InnovationWant
from marketplace.innovations.rules import InnovationKind, InnovationStatus, can_be_wanted
from marketplace.organisations.queries import find_speaker, list_member_ids


@dataclass(frozen=True, slots=True)
class InnovationCard:
    """One innovation as lists show it; `value_idr` in whole rupiah."""

    id: int
    slug: str
    kind: InnovationKind
    title: str
    region_code: str
    dimension_code: str
    sector_code: str | None
    description_id: str
    year: int | None
    status: InnovationStatus
    value_idr: int | None
    source_name: str
    scheme_codes: list[str]

    @property
    def label(self) -> Label:
        """Tone, icon and word of its status."""
        return STATUS[self.status]

    @property
    def kind_text(self) -> LazyString:
        return KIND[self.kind]

    @property
    def wantable(self) -> bool:
        """Whether another region may say that it needs this too."""
        return can_be_wanted(self.status)


@dataclass(frozen=True, slots=True)
class InnovationPage(InnovationCard):
    scheme_text: str | None
    source_url: str
    confidence: Confidence
    note_id: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader of a list asks for, empty meaning all; `words_regions` are those that `words` name."""

    words: tuple[str, ...] = ()
    words_regions: tuple[str, ...] = ()
    dimension_codes: tuple[str, ...] = ()
    region_codes: tuple[str, ...] = ()


_CARD: tuple[Any, ...] = (
    Innovation.id, Innovation.slug, Innovation.kind, Innovation.title, Innovation.region_code,
    Innovation.dimension_code, Innovation.sector_code, Innovation.description_id, Innovation.year,
    Innovation.status, Innovation.value_idr, Innovation.source_name, Innovation.scheme_codes,
)  # fmt: skip
_PAGE: tuple[Any, ...] = (
    *_CARD,
    Innovation.scheme_text,
    Innovation.source_url,
    Innovation.confidence,
    Innovation.note_id,
)


def list_innovations(wanted: Wanted, *, limit: int, offset: int = 0) -> list[InnovationCard]:
    """One page of a list, newest year first."""
    rows = db.session.execute(
        select(*_CARD)
        .where(*_conditions(wanted))
        .order_by(Innovation.year.desc().nulls_last(), Innovation.id)
        .limit(limit)
        .offset(offset)
    )
    return [InnovationCard(*row) for row in rows]


def count_by_dimension(wanted: Wanted) -> dict[str, int]:
    """How many answer to the filter, by dimension code; the dimensions asked for don't narrow."""
    rest = Wanted(wanted.words, wanted.words_regions, (), wanted.region_codes)
    rows = db.session.execute(
        select(Innovation.dimension_code, func.count())
        .where(*_conditions(rest))
        .group_by(Innovation.dimension_code)
    )
    return {row[0]: row[1] for row in rows}


def find_by_slug(slug: str) -> InnovationPage | None:
    """The innovation of that address."""
    row = db.session.execute(select(*_PAGE).where(Innovation.slug == slug)).first()
    return InnovationPage(*row) if row else None


def list_similar(innovation: InnovationCard, limit: int) -> list[InnovationCard]:
    """Others of the same sector first, then of the same dimension."""
    rows = db.session.execute(
        select(*_CARD)
        .where(
            Innovation.dimension_code == innovation.dimension_code,
            Innovation.id != innovation.id,
            Innovation.status != InnovationStatus.AWARDED,
        )
        .order_by(
            (func.coalesce(Innovation.sector_code, "") == (innovation.sector_code or "")).desc(),
            Innovation.year.desc().nulls_last(),
            Innovation.id,
        )
        .limit(limit)
    )
    return [InnovationCard(*row) for row in rows]


def list_wanting_regions(innovation_id: int) -> list[str]:
    """The regions that said "kami juga butuh ini", the first one first."""
    return list(
        db.session.scalars(
            select(InnovationWant.region_code)
            .where(InnovationWant.innovation_id == innovation_id)
            .order_by(InnovationWant.id)
        )
    )


def has_said(innovation_id: int, organisation_id: int) -> bool:
    """Whether that government has said so already."""
    said = exists().where(
        InnovationWant.innovation_id == innovation_id, InnovationWant.organisation_id == organisation_id
    )
    return bool(db.session.scalar(select(said)))


def list_origin_members(region_code: str) -> list[int]:
    """The user ids of the members of the region's government, while it is verified; for notices."""
    speaker = find_speaker(region_code)
    return list_member_ids(speaker.id) if speaker is not None and speaker.verified else []


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.dimension_codes:
        conditions.append(Innovation.dimension_code.in_(wanted.dimension_codes))
    if wanted.region_codes:
        conditions.append(Innovation.region_code.in_(wanted.region_codes))
    if wanted.words:
        text = Innovation.title + " " + Innovation.description_id
        said = [text.icontains(word, autoescape=True) for word in wanted.words]
        named = Innovation.region_code.in_(wanted.words_regions)
        conditions.append(or_(and_(*said), named))
    return conditions

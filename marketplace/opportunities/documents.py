"""Public listings as the search index wants them; what is not public has no document."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from marketplace.opportunities.completeness import stated
from marketplace.opportunities.finding.bands import band_of
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import PUBLIC_LIFE, Origin, Readiness
from marketplace.programme.grouping import clusters, cohorts
from marketplace.regions.queries import gazetteer
from marketplace.search.following import Source
from marketplace.search.schema import STEPS, Document
from marketplace.taxonomy.queries import taxonomy

_BATCH = 2000
_TEXTS = (
    "summary", "problem", "users_served", "why_now", "existing", "sought", "expected_result",
    "local_character", "connectivity", "incentives", "land_permits", "nice_to_haves",
)  # fmt: skip
# Of what makes a listing complete, that which stands in every version's own row.
_TELLING = (
    "title", "sector_code", "problem", "users_served", "existing", "sought", "expected_result", "partner_kinds",
    "scheme_codes", "readiness", "closes_at", "summary", "why_now", "must_haves", "value_idr", "readiness_evidence",
    "land_permits", "plan_reference", "local_character", "title_en",
)  # fmt: skip
_COLUMNS = (
    Opportunity.id,
    Opportunity.organisation_id,
    Opportunity.region_code,
    Opportunity.origin,
    Opportunity.published_at,
    Opportunity.closes_at,
    OpportunityVersion.dimension_code,
    OpportunityVersion.sector_code,
    OpportunityVersion.kbli_code,
    OpportunityVersion.scheme_codes,
    OpportunityVersion.partner_kinds,
    OpportunityVersion.must_codes,
    OpportunityVersion.readiness,
    OpportunityVersion.value_idr,
    OpportunityVersion.plan_reference,
    OpportunityVersion.readiness_evidence,
    OpportunityVersion.title_id,
    OpportunityVersion.title_en,
    OpportunityVersion.must_haves_id,
    OpportunityVersion.must_haves_en,
    *(getattr(OpportunityVersion, f"{name}_{language}") for name in _TEXTS for language in ("id", "en")),
)

# By place: an index is made of all rows, and reading by name takes four times as long.
_FIRST_TEXT = len(_COLUMNS) - 2 * len(_TEXTS)
_COLUMN_NAMES = tuple(column.key for column in _COLUMNS)


def documents_for(connection: Connection, ids: Sequence[int]) -> list[Document]:
    """The documents of those of the listings that are public now."""
    return [_document(row) for row in connection.execute(_public().where(Opportunity.id.in_(ids)))]


def all_documents(connection: Connection) -> Iterator[list[Document]]:
    """The documents of all public listings, in batches by id."""
    last = 0
    while True:
        page = _public().where(Opportunity.id > last).order_by(Opportunity.id).limit(_BATCH)
        rows = connection.execute(page).all()
        if not rows:
            return
        last = rows[-1].id
        yield [_document(row) for row in rows]


SOURCE = Source("opportunity", documents_for, all_documents)


def _public() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .where(Opportunity.status.in_(PUBLIC_LIFE), Opportunity.published_at.is_not(None))
    )


def _document(row: Row[Any]) -> Document:
    readiness: Readiness | None = row.readiness
    return Document(
        id=row.id,
        title=f"{row.title_id} {row.title_en}",
        body=" ".join(_body(row)),
        names=" ".join(_names(row)),
        trades=" ".join(_trades(row)),
        place=_place(row.region_code),
        dimension=row.dimension_code or "",
        sector=row.sector_code or "",
        regions=(row.region_code,),
        schemes=tuple(row.scheme_codes),
        readiness=readiness.rung if readiness else 0,
        value_band=band_of(row.value_idr),
        value_idr=row.value_idr,
        organisation=str(row.organisation_id or ""),
        example=row.origin is Origin.PUBLIC_EXAMPLE,
        published_at=row.published_at,
        closes_at=row.closes_at,
        kbli=tuple(each.code for each in taxonomy().businesses_of(row.kbli_code, row.sector_code)),
        partners=tuple(row.partner_kinds),
        cohorts=cohorts().of(row.region_code),
        clusters=clusters().of(row.region_code),
        completeness=_completeness(row),
    )


def _body(row: Row[Any]) -> Iterable[str]:
    yield from row[_FIRST_TEXT:]
    yield from row.must_haves_id
    yield from row.must_haves_en


def _names(row: Row[Any]) -> Iterable[str]:
    """What the codes are called in both languages: people search by these words too."""
    terms = taxonomy()
    sector = terms.sectors.get(row.sector_code)
    dimension = terms.dimensions.get(row.dimension_code)
    for term in (sector, dimension, *(terms.schemes.get(code) for code in row.scheme_codes)):
        if term:
            yield term.name_id
            yield term.name_en
    if dimension:
        yield dimension.title
    yield from (terms.schemes[code].long_name_id for code in row.scheme_codes if code in terms.schemes)


def _trades(row: Row[Any]) -> Iterable[str]:
    """Its business (KBLI), or those of its sector, by title and number."""
    for business in taxonomy().businesses_of(row.kbli_code, row.sector_code):
        yield f"{business.title} {business.code}"


def _completeness(row: Row[Any]) -> int:
    """How much of what makes a listing complete is said, as a step of the index."""
    # What `_asdict` gives, in a fifth of its time: an index is made of all rows.
    content = dict(zip(_COLUMN_NAMES, row, strict=True))
    told = sum(stated(content, name) for name in _TELLING)
    return told * STEPS[-1] // len(_TELLING)


def _place(region_code: str) -> str:
    place = gazetteer().find(region_code)
    province = gazetteer().province_of(region_code)
    parts = {place.display, place.full_name} if place else set()
    return " ".join([*sorted(parts), province.short_name if province else ""])

"""Facts of listings and partners as matching takes them, read in blocks; who may not be suggested has none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import BigInteger, Row, Select, any_, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from marketplace.core import clock
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.extensions import db
from marketplace.matching.facts import TOP_LEVEL, Listing, Partner, Surroundings
from marketplace.matching.fast.terms import terms_of
from marketplace.matching.lists.standing_queries import Pemda, is_suggestible, takes_partners
from marketplace.matching.models import MatchAnswer
from marketplace.matching.rules import AnswerKind
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import Readiness
from marketplace.organisations.models import Organisation
from marketplace.partners.models import PartnerProfile, TrackRecord
from marketplace.partners.must_codes import CHECKED_ALONE, MustCode, Shown, meets
from marketplace.partners.offer_models import StandingOffer
from marketplace.partners.offer_queries import standing_among
from marketplace.partners.rules import HOME
from marketplace.regions.queries import gazetteer
from marketplace.regions.rules import distance_km
from marketplace.taxonomy.queries import taxonomy

BLOCK = 500
# Between the label points of two provinces.
NEAR_KM = 450.0
_LANGUAGES = ("id", "en")
# How much a word counts by where it stands.
_LISTING_TEXTS = {
    "title": 3.0, "summary": 2.0, "sought": 2.0, "problem": 1.0, "expected_result": 1.0, "existing": 0.5,
    "why_now": 0.5, "nice_to_haves": 0.5,
}  # fmt: skip
_MUST_HAVES, _ABOUT, _RECORD, _EARLIER, _OFFER = 1.0, 2.0, 2.0, 1.0, 2.0
_TEXT_COLUMNS = tuple(f"{name}_{language}" for name in _LISTING_TEXTS for language in _LANGUAGES)
_LISTING: tuple[Any, ...] = (
    Opportunity.id,
    Opportunity.region_code,
    OpportunityVersion.sector_code,
    OpportunityVersion.scheme_codes,
    OpportunityVersion.partner_kinds,
    OpportunityVersion.readiness,
    OpportunityVersion.sought_idr,
    OpportunityVersion.value_idr,
    OpportunityVersion.must_codes,
    OpportunityVersion.capability_codes,
    OpportunityVersion.language_codes,
    OpportunityVersion.must_haves_id,
    OpportunityVersion.must_haves_en,
    *(getattr(OpportunityVersion, name) for name in _TEXT_COLUMNS),
)
_PARTNER: tuple[Any, ...] = (
    Organisation.id,
    Organisation.valid_until,
    PartnerProfile.partner_kind,
    PartnerProfile.legal_form,
    PartnerProfile.country,
    PartnerProfile.about_id,
    PartnerProfile.about_en,
    PartnerProfile.ticket_min_idr,
    PartnerProfile.ticket_max_idr,
    PartnerProfile.sector_codes,
    PartnerProfile.region_codes,
    PartnerProfile.scheme_codes,
    PartnerProfile.capability_codes,
    PartnerProfile.readiness_from,
)


@dataclass(slots=True)
class _Past:
    """What a partner has done: projects of its own, and listings that accepted it."""

    titles: list[str] = field(default_factory=list)
    # Those that a link shows, and those of a sector that is known.
    shown: int = 0
    placed: int = 0
    evidenced: int = 0
    largest_idr: int = 0
    earlier: list[str] = field(default_factory=list)
    sectors: set[str] = field(default_factory=set)


def listings_among(ids: Iterable[int], *, now: datetime) -> list[Listing]:
    """Those of the listings that are open now, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    rows = db.session.execute(_open_listings(now).where(Opportunity.id == _among(wanted)))
    return [_listing(row) for row in rows]


def published_among(ids: Iterable[int]) -> list[Listing]:
    """Those of the listings that were ever published, open or not, as they stand in public or last stood there."""
    wanted = sorted(set(ids))
    rows = db.session.execute(_published_listings().where(Opportunity.id == _among(wanted))) if wanted else ()
    return [_listing(row) for row in rows]


def open_ids_after(last: int, *, now: datetime, limit: int) -> list[int]:
    """The next open listings behind that number, by id."""
    numbers = _open_listings(now).with_only_columns(Opportunity.id)
    return [*db.session.scalars(numbers.where(Opportunity.id > last).limit(limit))]


def listings_of(ids: Sequence[int], *, now: datetime) -> Iterator[Listing]:
    """Those of the listings that are open now, in the order of their ids, read a little at a time."""
    for begin in range(0, len(ids), BLOCK):
        yield from listings_among(ids[begin : begin + BLOCK], now=now)


def all_listings(*, now: datetime) -> Iterator[list[Listing]]:
    """Every open listing, in blocks by id."""
    last = 0
    while rows := db.session.execute(_open_listings(now).where(Opportunity.id > last).limit(BLOCK)).all():
        last = rows[-1].id
        yield [_listing(row) for row in rows]


def partners_among(ids: Iterable[int]) -> list[Partner]:
    """Those of the partners that may be suggested now, by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    return _partners(db.session.execute(_open_partners().where(Organisation.id == _among(wanted))).all())


def profiles_among(ids: Iterable[int]) -> list[Partner]:
    """Those of the partners that have a profile, whether or not they may be suggested."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    return _partners(db.session.execute(_profiles().where(Organisation.id == _among(wanted))).all())


def all_partners() -> Iterator[list[Partner]]:
    """Every partner that may be suggested, in blocks by id."""
    last = 0
    while rows := db.session.execute(_open_partners().where(Organisation.id > last).limit(BLOCK)).all():
        last = rows[-1].id
        yield _partners(rows)


@cache
def _near(places: tuple[tuple[str, tuple[float, float]], ...]) -> dict[str, frozenset[str]]:
    return {
        code: frozenset(
            other for other, there in places if other != code and distance_km(here, there) <= NEAR_KM
        )
        for code, here in places
    }


def surroundings() -> Surroundings:
    """Which provinces lie near each other, and which sectors belong together; held by each process."""
    provinces = tuple((place.code, place.point) for place in gazetteer().provinces)
    dimensions = {code: sector.dimension_code for code, sector in taxonomy().sectors.items()}
    return Surroundings(near=_near(provinces), dimensions=dimensions)


def _among(ids: Sequence[int]) -> Any:
    return any_(literal(ids, ARRAY(BigInteger)))


def _published_listings() -> Select[Any]:
    return (
        select(*_LISTING)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .join(Pemda, Pemda.id == Opportunity.organisation_id)
        .order_by(Opportunity.id)
    )


def _open_listings(now: datetime) -> Select[Any]:
    return _published_listings().where(takes_partners(now))


def _profiles() -> Select[Any]:
    return (
        select(*_PARTNER)
        .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
        .order_by(Organisation.id)
    )


def _open_partners() -> Select[Any]:
    return _profiles().where(is_suggestible())


def _listing(row: Row[Any]) -> Listing:
    readiness: Readiness | None = row.readiness
    texts = [
        (getattr(row, f"{name}_{language}"), weight)
        for name, weight in _LISTING_TEXTS.items()
        for language in _LANGUAGES
    ]
    texts += [(must, _MUST_HAVES) for must in (*row.must_haves_id, *row.must_haves_en)]
    return Listing(
        id=row.id,
        province=row.region_code[:2],
        sector=row.sector_code,
        schemes=frozenset(row.scheme_codes),
        amount_idr=row.sought_idr or row.value_idr,
        rung=readiness.rung if readiness else None,
        partner_kinds=frozenset(row.partner_kinds),
        must_codes=frozenset(row.must_codes) & CHECKED_ALONE,
        within_ticket=MustCode.TICKET in row.must_codes,
        capabilities=frozenset(row.capability_codes),
        # Without a language that it names, those that it is written in.
        languages=frozenset(row.language_codes or ({"id", "en"} if row.title_en else {"id"})),
        terms=terms_of(texts),
    )


def _partners(rows: Sequence[Row[Any]]) -> list[Partner]:
    ids = [row.id for row in rows]
    past, offers = _past(ids), standing_among(ids, today=local_day(clock.now(), HOME_ZONE)) if ids else {}
    return [_partner(row, past[row.id], offers.get(row.id, [])) for row in rows]


def _past(ids: list[int]) -> dict[int, _Past]:
    found: dict[int, _Past] = defaultdict(_Past)
    if not ids:
        return found
    records = select(
        TrackRecord.organisation_id, TrackRecord.title, TrackRecord.value_idr, TrackRecord.evidence_url,
        TrackRecord.evidence_words, TrackRecord.sector_code,
    )  # fmt: skip
    for row in db.session.execute(
        records.where(TrackRecord.organisation_id == _among(ids)).order_by(TrackRecord.id)
    ):
        past = found[row.organisation_id]
        past.titles.append(row.title)
        past.shown += bool(row.evidence_url)
        past.evidenced += bool(row.evidence_url or row.evidence_words)
        past.largest_idr = max(past.largest_idr, row.value_idr or 0)
        past.placed += row.sector_code is not None
        past.sectors |= {row.sector_code} - {None}
    accepted = (
        select(
            MatchAnswer.organisation_id,
            OpportunityVersion.title_id,
            OpportunityVersion.sector_code,
        )
        .join(Opportunity, Opportunity.id == MatchAnswer.opportunity_id)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .where(MatchAnswer.organisation_id == _among(ids), MatchAnswer.kind == AnswerKind.ACCEPTED)
        .order_by(MatchAnswer.id)
    )
    for number, title, sector in db.session.execute(accepted):
        found[number].earlier.append(title)
        if sector:
            found[number].sectors.add(sector)
    return found


def _partner(row: Row[Any], past: _Past, offers: Sequence[StandingOffer]) -> Partner:
    """What a partner looks for is what its profile says or an offer that stands."""
    spoken = {language for language in _LANGUAGES if getattr(row, f"about_{language}")}
    texts = [(row.about_id, _ABOUT), (row.about_en, _ABOUT)]
    texts += [(title, _RECORD) for title in past.titles] + [(title, _EARLIER) for title in past.earlier]
    texts += [
        (text, _OFFER)
        for offer in offers
        for text in (offer.title_id, offer.title_en, offer.words_id, offer.words_en)
    ]
    smallest, largest = _span([row, *offers])
    capabilities = _union(row.capability_codes, *(offer.capability_codes for offer in offers))
    known = _known_musts(row, capabilities, past)
    return Partner(
        id=row.id,
        kind=str(row.partner_kind),
        sectors=_union(row.sector_codes, *(offer.sector_codes for offer in offers)),
        provinces=_provinces([row, *offers]),
        schemes=_union(row.scheme_codes, *(offer.scheme_codes for offer in offers)),
        smallest_idr=smallest,
        largest_idr=largest,
        rung_from=row.readiness_from,
        capabilities=capabilities,
        meets=frozenset(code for code, met in known.items() if met),
        fails=frozenset(code for code, met in known.items() if met is False),
        records=past.placed + len(past.earlier),
        proven_sectors=frozenset(past.sectors),
        capacity_idr=max(past.largest_idr, largest or 0, row.ticket_max_idr or 0) or None,
        languages=frozenset(spoken | ({"id"} if row.country == HOME else set())),
        level=_level(dated=row.valid_until is not None, shown=bool(past.shown)),
        terms=terms_of(texts),
    )


def _union(*codes: Iterable[str]) -> frozenset[str]:
    return frozenset(chain.from_iterable(codes))


def _provinces(sayings: Sequence[Any]) -> frozenset[str]:
    """None named anywhere means everywhere."""
    if not all(saying.region_codes for saying in sayings):
        return frozenset()
    return _union(*([code[:2] for code in saying.region_codes] for saying in sayings))


def _span(sayings: Iterable[Any]) -> tuple[int | None, int | None]:
    """From the smallest to the largest sum of all that name one; an open end stays open."""
    ranges = [(each.ticket_min_idr, each.ticket_max_idr) for each in sayings]
    named = [(smallest, largest) for smallest, largest in ranges if smallest or largest]
    least, most = [each[0] for each in named], [each[1] for each in named]
    return (
        min(least) if least and all(least) else None,
        max(most) if most and all(most) else None,
    )


def _known_musts(row: Row[Any], capabilities: frozenset[str], past: _Past) -> dict[str, bool]:
    """Of the must-haves that a profile alone decides, those that it says something about."""
    shown = Shown(capabilities, row.legal_form, row.country, evidenced=past.evidenced)
    answers = {code: meets(code, shown) for code in CHECKED_ALONE}
    return {str(code): met for code, met in answers.items() if met is not None}


def _level(*, dated: bool, shown: bool) -> int:
    """Verified by LAIP; on documents with a last day; with past work that a link shows."""
    return min(TOP_LEVEL, 1 + dated + shown)

"""What a partner offers, and the must-haves that its profile shows, reach the engine."""

from datetime import timedelta
from typing import Any

from marketplace.core import clock
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.matching.lists.change_queries import lapsed_between
from marketplace.matching.lists.loading import listings_among, partners_among
from marketplace.partners.models import PartnerProfile, TrackRecord
from marketplace.partners.offer_rules import OfferStatus
from marketplace.partners.rules import LegalForm
from tests.factories.offers import an_offer
from tests.factories.opportunities import a_published_opportunity, an_organisation_id

BILLION = 10**9


def profile(session: Any, **values: Any) -> int:
    number = an_organisation_id("investor")
    found = session.get(PartnerProfile, number)
    for name, value in values.items():
        setattr(found, name, value)
    session.flush()
    return number


def test_offers_that_stand_widen_what_a_partner_looks_for(session: Any) -> None:
    number = profile(
        session, sector_codes=["waste"], region_codes=["71"], scheme_codes=[], capability_codes=["fund"],
        ticket_min_idr=10 * BILLION, ticket_max_idr=50 * BILLION,
    )  # fmt: skip
    yesterday = local_day(clock.now(), HOME_ZONE) - timedelta(days=1)
    an_offer(sector_codes=["culture"], valid_until=yesterday)
    an_offer(sector_codes=["culture"], status=OfferStatus.CLOSED)
    an_offer(
        sector_codes=["smart-traffic"],
        region_codes=["62"],
        scheme_codes=["kpbu"],
        capability_codes=["supply"],
    )
    (partner,) = partners_among([number])
    assert partner.sectors == {"waste", "smart-traffic"}
    assert partner.provinces == {"71", "62"}
    assert partner.schemes == {"kpbu"}
    assert partner.capabilities == {"fund", "supply"}
    assert (partner.smallest_idr, partner.largest_idr) == (5 * BILLION, 50 * BILLION)
    assert "sensor" in dict(partner.terms)
    # An offer for anywhere, of an open size.
    an_offer(region_codes=[], ticket_max_idr=None)
    (partner,) = partners_among([number])
    assert partner.provinces == frozenset()
    assert (partner.smallest_idr, partner.largest_idr) == (5 * BILLION, None)


def test_an_offer_that_ends_with_a_day_has_its_partner_scored_anew(session: Any) -> None:
    now = clock.now()
    number = an_organisation_id("investor")
    an_offer(valid_until=local_day(now, HOME_ZONE) - timedelta(days=1))
    an_offer("startup", valid_until=local_day(now, HOME_ZONE))
    assert lapsed_between(now - timedelta(days=1), now).partners == {number}


def test_must_haves_that_a_profile_shows_or_lacks(session: Any) -> None:
    number = profile(session, capability_codes=["fund"], legal_form=LegalForm.PT, country="ID")
    (partner,) = partners_among([number])
    assert partner.meets == {"fund", "legal_entity"}
    assert partner.fails == {"build", "operate", "supply", "platform", "research"}
    session.add(TrackRecord(organisation_id=number, title="SPAM", evidence_words="Kontrak 7/2020."))
    session.flush()
    (partner,) = partners_among([number])
    assert partner.meets == {"fund", "legal_entity", "track_record"}
    listing = a_published_opportunity(must_codes=["fund", "ticket"])
    (found,) = listings_among([listing.id], now=clock.now())
    # Whether a ticket covers what is sought is the factor of value, not a code.
    assert found.must_codes == {"fund"}

"""What partners look for, as a Pemda reads it: counted by organisation, nothing under three."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.demand_counting import count_demand
from marketplace.partners.demand_queries import ANYWHERE, count_by_province, count_by_sector, get_counted
from marketplace.partners.demand_rules import Size
from marketplace.partners.jobs import count_demand_by_the_clock
from marketplace.partners.models import PartnerProfile
from marketplace.partners.offer_rules import OfferStatus
from marketplace.partners.rules import LegalForm, PartnerKind
from tests.factories.offers import an_offer
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]


def a_partner(session: Any, number: int, *, status: str = "verified", **profile: Any) -> int:
    organisation = Organisation(
        kind=OrganisationKind.PARTNER, status=OrganisationStatus(status), name=f"PT Minat {number}",
        slug=f"pt-minat-{number}", name_key=f"minat {number}", created_at=clock.now(),
    )  # fmt: skip
    session.add(organisation)
    session.flush()
    session.add(
        PartnerProfile(
            organisation_id=organisation.id, partner_kind=PartnerKind.OPERATOR, legal_form=LegalForm.PT,
            legal_name=organisation.name, **profile,
        )
    )  # fmt: skip
    session.flush()
    return organisation.id


def test_each_partner_counts_once_by_its_profile_and_its_standing_offers(session: Any) -> None:
    today = local_day(clock.now(), HOME_ZONE)
    before = count_by_sector(today)["disaster"], count_by_province(today)[ANYWHERE]
    one = a_partner(session, 1, sector_codes=["disaster"], ticket_max_idr=5 * 10**9, region_codes=["62"])
    a_partner(session, 2, status="submitted", sector_codes=["disaster"])
    # The largest sum of both decides its size; the same sector twice is one partner.
    an_offer(sector_codes=["disaster"], ticket_max_idr=50 * 10**9, organisation_id=one, region_codes=[])
    an_offer(sector_codes=["culture"], organisation_id=one, status=OfferStatus.CLOSED)
    an_offer(sector_codes=["culture"], organisation_id=one, valid_until=today - timedelta(days=1))
    assert before[0] == {}
    assert count_by_sector(today)["disaster"] == {Size.TO_100: 1}
    assert count_by_sector(today)["culture"] == {}
    assert count_by_province(today)["62"][Size.TO_100] == 1
    assert count_by_province(today)[ANYWHERE][Size.TO_100] == before[1].get(Size.TO_100, 0) + 1


def test_what_was_counted_is_kept_until_it_is_counted_again(session: Any) -> None:
    one = a_partner(session, 1, sector_codes=["disaster"], ticket_max_idr=5 * 10**9, region_codes=["62"])
    count_demand(now=clock.now())
    kept, today = get_counted(), local_day(clock.now(), HOME_ZONE)
    assert (kept.by_sector, kept.by_province) == (count_by_sector(today), count_by_province(today))
    session.delete(session.get(PartnerProfile, one))
    session.flush()
    assert get_counted() == kept
    count_demand_by_the_clock(0)
    assert "disaster" not in get_counted().by_sector


def test_a_pemda_reads_it_before_it_writes_and_learns_of_nobody(session: Any, client_as: ClientAs) -> None:
    for number in range(3):
        a_partner(session, number, sector_codes=["disaster"], ticket_max_idr=5 * 10**9, region_codes=["71"])
    a_partner(
        session, 3, sector_codes=["disaster", "culture"], ticket_max_idr=5 * 10**11, region_codes=["71"]
    )
    editor = client_as("pemda_editor")
    assert "/dasbor/minat-mitra" in editor.get("/dasbor/peluang/baru").text
    assert "/dasbor/minat-mitra" in editor.get("/dasbor").text
    assert get_counted().counted_at is None
    assert "Belum ada mitra terverifikasi" in editor.get("/dasbor/minat-mitra").text
    count_demand(now=clock.now())
    page = editor.get("/dasbor/minat-mitra").text
    assert "Dihitung setiap jam" in page
    assert "Kebencanaan dan peringatan dini" in page.split("terlalu sedikit untuk dirinci")[1]
    assert "Kebencanaan dan peringatan dini</th>" not in page
    for number in range(4, 8):
        a_partner(session, number, sector_codes=["disaster"], ticket_max_idr=5 * 10**9)
    count_demand(now=clock.now())
    page = editor.get("/dasbor/minat-mitra").text
    rows = dict(re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page))
    disaster = re.findall(
        r"<td[^>]*>(?:<b>)?(?:<span[^>]*>)?([^<]*)", rows["Kebencanaan dan peringatan dini"]
    )
    # Seven and one: one is hidden, and seven with it; nobody can tell how they share eight.
    assert disaster == ["0", "disamarkan", "0", "disamarkan", "0", "8"]
    assert "PT Minat" not in page
    assert client_as("pemda_editor").get("/en/dasbor/minat-mitra").status_code == 200

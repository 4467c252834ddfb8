"""A Pemda on a phone compares four interests, asks two the same question and declines two with a line of their own."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.extensions import db
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.models import PartnerProfile
from marketplace.partners.rules import LegalForm, PartnerKind
from tests.factories.interests import OFFER, an_interest
from tests.factories.opportunities import a_published_opportunity
from tests.journeys.steps import fill, press, sees
from tests.support.axe import list_violations
from tests.support.sites import Site

MORE = ("PT Banding Utara", "PT Banding Selatan")


@pytest.fixture
def compared(site: Site) -> dict[str, Any]:
    """A listing in which two partners with people and two more are interested; the numbers of all."""
    with site.writing():
        listing = a_published_opportunity(
            title_id="Pasar ikan Aertembaga", must_haves_id=["Pernah mengelola pasar", "Izin usaha"]
        )
        ours = [
            an_interest(listing, must_answers=["Tiga pasar sejak 2018.", "Ada."]),
            an_interest(listing, "startup", ticket_amount=900_000, ticket_currency="USD"),
        ]
        for name in MORE:
            organisation = Organisation(
                kind=OrganisationKind.PARTNER, status=OrganisationStatus.VERIFIED, name=name, name_key=name.casefold(),
                slug=name.casefold().replace(" ", "-"), created_at=clock.now(),
            )  # fmt: skip
            db.session.add(organisation)
            db.session.flush()
            profile = {"partner_kind": PartnerKind.OPERATOR, "legal_form": LegalForm.PT, "legal_name": name}
            db.session.add(PartnerProfile(organisation_id=organisation.id, **profile))
            ours.append(
                Interest(
                    opportunity_id=listing.id,
                    version_id=listing.published_version_id or 0,
                    status=InterestStatus.SENT,
                    organisation_id=organisation.id,
                    roles=["operate"],
                    offer=OFFER,
                    created_at=clock.now(),
                    sent_at=clock.now(),
                    capacity="Satu pasar.",
                )
            )
            db.session.add(ours[-1])
        db.session.flush()
        return {"listing": listing.id, "interests": [each.id for each in ours]}


def tick(page: Page, *partners: str) -> None:
    for partner in partners:
        page.get_by_role("checkbox", name=partner).check()


def test_compares_asks_and_declines_on_a_phone(
    compared: dict[str, Any], open_browser: Callable[..., Page]
) -> None:
    pemda = open_browser("pemda_approver", width=360)
    pemda.goto(f"/dasbor/minat-masuk/{compared['listing']}")
    sees(pemda, "Bandingkan 4 minat", OFFER[:20])
    # One part at a time; what several say is said once, with all their names.
    pemda.get_by_label("Bagian").select_option(label="Syarat wajib")
    sees(pemda, "Menjawab 2 dari 2 syarat", "Tiga pasar sejak 2018.")
    expect(pemda.get_by_text(OFFER[:20])).to_have_count(4)
    for said in pemda.get_by_text(OFFER[:20]).all():
        expect(said).to_be_hidden()
    expect(pemda.get_by_role("table", name="Bandingkan 4 minat")).to_have_count(1)
    assert pemda.evaluate("document.documentElement.scrollWidth") == 360
    pemda.get_by_label("Bagian").select_option(label="Keputusan")
    tick(pemda, "PT Tirta Uji", "PT Rintisan Uji")
    press(pemda, "Tanyakan hal yang sama")
    sees(pemda, "Tanyakan kepada 2 mitra", "PT Tirta Uji", "PT Rintisan Uji")
    fill(pemda, question="Kapan Anda dapat mulai?")
    press(pemda, "Kirim pertanyaan")
    sees(pemda, "Bandingkan 4 minat", "Perlu keterangan")
    pemda.get_by_label("Bagian").select_option(label="Keputusan")
    tick(pemda, *MORE)
    press(pemda, "Tidak dilanjutkan bersama")
    assert list_violations(pemda, "light") == []
    pemda.get_by_role("radio", name="Kapasitas belum cukup").check()
    fill(pemda, words="Terima kasih atas minatnya.")
    pemda.get_by_role("textbox", name=MORE[0]).fill("Kami senang dengan pengalaman Anda.")
    press(pemda, "Periksa sebelum dikirim")
    sees(pemda, "Inilah yang dibaca 2 mitra", "Kami senang dengan pengalaman Anda.")
    press(pemda, "Kirim 2 jawaban: tidak dilanjutkan")
    sees(pemda, "Bandingkan 4 minat", "Tidak dilanjutkan")
    partner = open_browser("startup", width=360)
    partner.goto(f"/dasbor/minat/{compared['interests'][1]}")
    sees(partner, "Kapan Anda dapat mulai?")
    assert "Tirta" not in partner.locator("main").inner_text()

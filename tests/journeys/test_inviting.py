"""A Pemda reads why a partner fits and invites it; the partner's answer is an interest of its own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marketplace.connections import close_connections
from marketplace.extensions import db
from marketplace.matching.factors import Side
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.factories.suggestions import a_list
from tests.journeys.steps import fill, follow, press, sees
from tests.support.axe import list_violations
from tests.support.sites import Site

TITLE = "Gerai layanan Girian"
OFFER = "Kami membangun gerai di bekas pasar dan mengoperasikannya lima belas tahun bersama warga."


@pytest.fixture
def listing(site: Site) -> int:
    """An open listing with two partners in its list."""
    app = site.application()
    with app.app_context():
        made = a_published_opportunity(title_id=TITLE).id
        a_list(Side.LISTING, made, [(an_organisation_id(name), 700_000) for name in ("investor", "startup")])
        db.session.commit()
        db.session.remove()
        close_connections(db)
    return made


def test_an_invitation_becomes_an_interest(listing: int, open_browser: Callable[..., Page]) -> None:
    pemda, partner = open_browser("pemda_editor"), open_browser("startup", width=360)
    pemda.goto(f"/dasbor/peluang/{listing}")
    follow(pemda, "Semua calon mitra dan alasannya")
    row = pemda.get_by_role("listitem").filter(has=pemda.get_by_role("heading", name="PT Rintisan Uji"))
    expect(row).to_contain_text("dari 100")
    expect(row.locator(".tt-reasons li").first).to_be_visible()
    assert list_violations(pemda, "light") == []
    with pemda.expect_navigation():
        row.get_by_role("button", name="Undang PT Rintisan Uji").click()
    sees(pemda, "Menunggu jawaban")
    partner.goto("/dasbor")
    follow(partner, "Baca undangan")
    sees(partner, TITLE, "Kami membaca profil PT Rintisan Uji")
    assert list_violations(partner, "dark") == []
    follow(partner, "Terima: tulis minat")
    sees(partner, "Minat yang Anda kirim di sini menjawab undangannya.")
    fill(partner, offer=OFFER, capacity="Dua gerai sejak 2021.")
    partner.get_by_role("checkbox", name="Mengoperasikan").check()
    press(partner, "Kirim minat")
    sees(partner, "Dari undangan", "Terkirim")
    pemda.goto("/dasbor/minat-masuk")
    sees(pemda, "PT Rintisan Uji", "Dari undangan")
    pemda.goto(f"/dasbor/peluang/{listing}/calon-mitra")
    sees(pemda, "Menjadi minat")

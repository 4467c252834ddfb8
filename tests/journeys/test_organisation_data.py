"""What an organisation says of itself: numbers by their shape, look-alike names, a profile in dollars, a change of head."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.factories.opportunities import an_organisation_id
from tests.journeys.steps import fill, follow, press, sees
from tests.journeys.test_members import told
from tests.personas import PEOPLE
from tests.support.sites import Site


def test_a_partner_registers_under_a_name_that_looks_like_another(open_browser: Callable[..., Page]) -> None:
    page, moderator = open_browser("alone", width=360), open_browser("moderator")
    page.goto("/dasbor/organisasi/baru/mitra")
    fill(
        page, legal_name="PT Tirta-Uji", partner_kind="investor", nib="91200012345", npwp="01.234.567.8-901.000",
        about_id="Kami membiayai air minum.", ticket_min="US$5 juta", ticket_max="US$2 juta",
        contact_unit="Usaha", contact_email="usaha@example.com", statement="Direktur.",
    )  # fmt: skip
    press(page, "Simpan dan lanjut ke bukti")
    sees(page, "NIB terdiri atas 13 angka", "Yang terbaca 11 angka")
    fill(page, nib="9120001234511")
    press(page, "Simpan dan lanjut ke bukti")
    sees(page, "Tulis kurs yang Anda pakai")
    fill(page, usd_rate="16250")
    press(page, "Simpan dan lanjut ke bukti")
    sees(page, "Jumlah terkecil lebih besar")
    fill(page, ticket_max="US$20 juta", readiness_from="3")
    page.get_by_role("checkbox", name="Membiayai", exact=True).check()
    press(page, "Simpan dan lanjut ke bukti")

    sees(page, "Namanya mirip organisasi yang sudah terverifikasi", "PT Tirta Uji", "0012345678901000")
    sees(page, "Kelengkapan profil")
    follow(page, "Tambahkan versi Inggris")
    expect(page).to_have_url(re.compile("/mitra#about_en$"))
    expect(page.locator("main [name=ticket_min]")).to_have_value("USD 5.000.000")
    number = re.findall(r"/dasbor/organisasi/(\d+)/", page.url)[0]
    moderator.goto(f"/moderasi/organisasi/{number}")
    sees(moderator, "Namanya mirip organisasi lain", "PT Tirta Uji")


def test_a_region_changes_its_head(site: Site, open_browser: Callable[..., Page]) -> None:
    with site.writing():
        number = an_organisation_id("bitung")
    page, reader = open_browser("pemda_approver"), open_browser("pemda_viewer", width=360)
    page.goto(f"/dasbor/organisasi/{number}")
    follow(page, "Catat dan lihat riwayat")
    fill(page, name="Contoh Pertama", begins="2021-02-26", until="2020-02-26")
    press(page, "Catat")
    sees(page, "Tukar keduanya")
    fill(page, until="")
    press(page, "Catat")
    told(page, "Kepala daerah tercatat")
    fill(page, name="Contoh Kedua", begins="2020-01-01")
    press(page, "Catat")
    sees(page, "Penggantinya mulai sesudah itu")
    fill(page, begins="2025-02-20")
    press(page, "Catat")
    sees(page, "Contoh Kedua", "26 Februari 2021 sampai 19 Februari 2025")
    assert site.mails_to(PEOPLE["moderator"].email, containing="berganti")
    reader.goto(f"/dasbor/organisasi/{number}")
    sees(reader, "Contoh Kedua", "sejak 20 Februari 2025")
    follow(reader, "Lihat riwayat")
    expect(reader.get_by_role("button", name="Catat")).to_have_count(0)

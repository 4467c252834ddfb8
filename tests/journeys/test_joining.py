"""From a stranger to a verified organisation; the way back after a forgotten password; signing out."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.architecture.access_world import PDF
from tests.journeys.conftest import fill_sign_in
from tests.journeys.steps import fill, follow, join, press, sees
from tests.support.sites import Site

PROOF: dict[str, Any] = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": PDF}


def _prove_and_submit(page: Page) -> None:
    fill(page, title="Surat tugas nomor 800/123")
    page.locator("input[name=proof]").set_input_files(PROOF)
    press(page, "Unggah bukti")
    sees(page, "surat.pdf")
    press(page, "Ajukan")
    sees(page, "Diajukan")


def _office(page: Page) -> None:
    fill(
        page, contact_unit="Bagian Kemitraan", contact_email="kemitraan@example.com",
        statement="Kepala bagian, ditugasi direksi.",
    )  # fmt: skip


def _open_organisation(moderator: Page, name: str) -> None:
    moderator.goto("/moderasi/organisasi")
    follow(moderator, re.compile(f"^Putuskan .*{name}"))


def test_a_partner_joins_is_asked_for_more_and_is_verified(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    email, name = "niar@example.com", "PT Gerai Lestari Bersama"
    page, moderator = open_browser(width=360), open_browser("moderator")
    join(site, page, email, "Niar Tobing")
    page.goto("/dasbor/organisasi/baru")
    follow(page, re.compile("^Mitra"))
    fill(
        page,
        legal_name=name,
        partner_kind="operator",
        nib="9120001234567",
        about_id="Kami menjalankan gerai layanan.",
    )
    _office(page)
    press(page, "Simpan dan lanjut ke bukti")
    _prove_and_submit(page)
    organisation = page.url

    _open_organisation(moderator, name)
    moderator.locator("select[name=reason]").select_option(index=1)
    fill(moderator, words="Unggah akta pendirian.")
    press(moderator, "Minta keterangan")
    assert site.mails_to(email, containing=name)
    page.goto(organisation)
    sees(page, "Perlu keterangan", "Unggah akta pendirian.")
    directory = open_browser()
    directory.goto("/mitra")
    assert name not in directory.content()
    _prove_and_submit(page)

    _open_organisation(moderator, name)
    press(moderator, "Verifikasi")
    sees(moderator, "Terverifikasi")
    page.goto(organisation)
    follow(page, "Halaman mitra")
    sees(page, name)
    directory.goto("/mitra")
    sees(directory, name)


def test_a_pemda_joins(site: Site, open_browser: Callable[..., Page]) -> None:
    page, moderator = open_browser(), open_browser("moderator")
    join(site, page, "talaud@example.com", "Femmy Essing")
    page.goto("/dasbor/organisasi/baru/pemda")
    fill(page, region="Atlantis")
    _office(page)
    press(page, "Simpan dan lanjut ke bukti")
    expect(page.locator("#region-galat")).to_be_visible()
    fill(page, region="Kota Kotamobagu, Sulawesi Utara")
    press(page, "Simpan dan lanjut ke bukti")
    _prove_and_submit(page)
    organisation = page.url
    _open_organisation(moderator, "Kotamobagu")
    press(moderator, "Verifikasi")
    page.goto(organisation)
    sees(page, "Terverifikasi", "Organisasi ini dapat menerbitkan")
    page.goto("/dasbor")
    sees(page, "Tulis peluang")


def test_a_forgotten_password_is_replaced_by_mail_and_other_browsers_are_signed_out(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    email = "pelupa@example.com"
    elsewhere, page = open_browser(), open_browser()
    join(site, elsewhere, email, "Pelupa Benar")
    page.goto("/masuk")
    page.get_by_role("link", name="Lupa kata sandi").click()
    fill(page, email=email)
    press(page, "Kirim tautan")
    sees(page, "Bila alamat itu punya akun")
    page.goto(site.link_in_mail_to(email, about="/kata-sandi-baru/"))
    fill(page, password="lima kata yang baru sama sekali")
    press(page, "Simpan kata sandi")
    fill_sign_in(page, email, "lima kata yang baru sama sekali")
    page.wait_for_url("**/dasbor")
    elsewhere.goto("/dasbor")
    expect(elsewhere).to_have_url(re.compile("/masuk"))


def test_after_signing_out_back_shows_nothing(open_browser: Callable[..., Page]) -> None:
    page = open_browser("pemda_editor")
    page.goto("/dasbor/minat-masuk")
    page.locator("summary", has_text="Joko Rumondor").click()
    press(page, "Keluar")
    page.go_back()
    expect(page.get_by_role("main")).not_to_contain_text("Minat masuk")
    page.goto("/dasbor/minat-masuk")
    expect(page).to_have_url(re.compile("/masuk"))

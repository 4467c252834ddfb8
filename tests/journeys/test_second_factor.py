"""A second factor in a real browser: an app's code, recovery codes, a passkey of a virtual device."""

from collections.abc import Iterator
from typing import Any

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from marketplace.accounts.models import Authenticator, Passkey, RecoveryCode, SignIn, User
from marketplace.extensions import db
from tests.journeys.conftest import fill_sign_in
from tests.journeys.steps import fill, follow, press, sees
from tests.personas import PEOPLE
from tests.support.axe import violations_in_both
from tests.support.sites import Site

EMAIL = PEOPLE["alone"].email
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _as_before(site: Site) -> Iterator[None]:
    """The person of these tests has no second factor before and after."""
    yield
    with site.writing():
        person = db.session.scalars(select(User.id).where(User.email == EMAIL)).one()
        for kept in (Authenticator, Passkey, RecoveryCode, SignIn):
            db.session.execute(delete(kept).where(kept.user_id == person))


def sign_out(page: Page) -> None:
    page.goto("/keluar")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Keluar").click()


def begin_to_sign_in(page: Page) -> None:
    page.goto("/masuk")
    fill_sign_in(page, EMAIL)
    page.wait_for_url("**/masuk/dua-langkah")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_app_and_a_recovery_code(open_browser: Any, javascript: bool) -> None:
    page = open_browser("alone", width=360, java_script_enabled=javascript)
    page.goto("/dasbor/akun")
    follow(page, "Buka keamanan akun")
    press(page, "Pasang aplikasi")
    assert page.locator("img.tt-qr").evaluate("image => image.naturalWidth") > 0
    key = page.locator(".tt-key").inner_text().replace(" ", "")
    phone = TOTP(key=key)
    fill(page, code="000000")
    press(page, "Aktifkan")
    sees(page, "Kode ini tidak cocok")
    used = phone.generate().token
    fill(page, code=used)
    press(page, "Aktifkan")
    codes = page.locator(".tt-codes code").all_inner_texts()
    assert len(codes) == 10
    sign_out(page)
    begin_to_sign_in(page)
    fill(page, code=used)
    press(page, "Lanjutkan")
    sees(page, "sudah dipakai")
    fill(page, code=codes[0])
    press(page, "Lanjutkan")
    page.wait_for_url("**/dasbor")
    page.goto("/dasbor/akun/keamanan")
    sees(page, "Tersisa 9 kode", "Kode pemulihan dipakai")
    press(page, "Lepas aplikasi")
    sees(page, "Pasang aplikasi")


def test_a_passkey_instead_of_a_password(open_browser: Any) -> None:
    page = open_browser("alone")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto("/dasbor/akun/keamanan")
    follow(page, "Tambah kunci sandi")
    assert violations_in_both(page) == []
    press(page, "Buat kunci sandi")
    sees(page, "Isian ini wajib")
    fill(page, name="Ponsel kantor")
    press(page, "Buat kunci sandi")
    sees(page, "Langkah kedua aktif")
    page.goto("/dasbor/akun/keamanan")
    sees(page, "Ponsel kantor")
    assert violations_in_both(page) == []
    sign_out(page)
    page.goto("/masuk?next=/dasbor/akun")
    press(page, "Masuk dengan kunci sandi")
    page.wait_for_url("**/dasbor/akun")
    sign_out(page)
    begin_to_sign_in(page)
    assert violations_in_both(page) == []
    press(page, "Pakai kunci sandi")
    page.wait_for_url("**/dasbor")
    page.goto("/dasbor/akun/keamanan")
    press(page, "Hapus Ponsel kantor")
    expect(page.locator("main")).not_to_contain_text("Ponsel kantor")
    sign_out(page)
    page.goto("/masuk")
    press(page, "Masuk dengan kunci sandi")
    expect(page.locator("body")).to_contain_text("Kunci sandi tidak dapat diperiksa")

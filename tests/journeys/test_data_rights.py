"""A person reads what is held of them, takes a copy, asks to be erased and thinks again; then is erased."""

import io
import json
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import text

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.privacy.carrying_out import carry_out
from tests.journeys.conftest import fill_sign_in
from tests.journeys.steps import JOINING_PASSWORD, fill, follow, join, press, sees
from tests.personas import PASSWORD, PEOPLE
from tests.support.sites import Site
from tests.support.times import PATIENCE

PAGE = "/dasbor/akun/data"


def _take_copy(page: Page) -> dict[str, Any]:
    press(page, "Minta salinan")
    link = page.get_by_role("link", name=re.compile("^Unduh salinan"))
    until = time.monotonic() + PATIENCE
    while not link.count():
        assert time.monotonic() < until, page.locator("main").inner_text()
        page.wait_for_timeout(500)
        page.reload()
    with page.expect_download() as coming:
        link.click()
    archive = zipfile.ZipFile(io.BytesIO(Path(coming.value.path()).read_bytes()))
    assert archive.namelist() == ["data.json", "baca.html"]
    told: dict[str, Any] = json.loads(archive.read("data.json"))
    return told


def _carry_out(site: Site, email: str) -> None:
    """As on the day after the days of thought."""
    with site.writing():
        due = "UPDATE erasures e SET due_at = now() FROM users u WHERE u.id = e.user_id AND u.email = :email RETURNING e.id"
        number = db.session.execute(text(due), {"email": email}).scalar_one()
        assert carry_out(number, now=clock.now())


def test_a_person_copies_erases_and_thinks_again(site: Site, open_browser: Callable[..., Page]) -> None:
    page, phone = open_browser("investor_editor"), open_browser(width=360)
    page.goto("/dasbor/akun")
    follow(page, "Buka data saya")
    sees(page, "Data saya", "Tono Halim", "PT Tirta Uji", "90 hari", "Salinan cadangan")
    told = _take_copy(page)
    (account,) = next(part["rows"] for part in told["data"] if part["table"] == "users")
    assert account["email"] == PEOPLE["investor_editor"].email
    assert "password" not in account

    follow(page, "Hapus akun saya")
    fill(page, phones="bukan nomor", password=PASSWORD)
    press(page, "Hapus akun saya")
    expect(page.locator("#phones-galat")).to_be_visible()
    fill(page, phones="0812 7345 6890", password="bukan kata sandi saya")
    press(page, "Hapus akun saya")
    expect(page.locator("#password-galat")).to_be_visible()
    fill(page, password=PASSWORD)
    press(page, "Hapus akun saya")
    sees(page, "Akun Anda akan dihapus", "ditarik")

    phone.goto(site.link_in_mail_to(PEOPLE["investor_editor"].email, about=PAGE))
    fill_sign_in(phone, PEOPLE["investor_editor"].email)
    phone.wait_for_url(re.compile(PAGE))
    press(phone, "Cancel the erasure")
    sees(phone, "My data")
    expect(phone.get_by_role("main")).not_to_contain_text("will be erased on")


def test_the_last_owner_is_told_what_holds_them(
    world: dict[str, Any], open_browser: Callable[..., Page]
) -> None:
    page = open_browser("pemda_owner", width=360)
    page.goto(f"{PAGE}/hapus")
    sees(page, "Belum dapat dihapus", "Pemerintah Kota Bitung")
    fill(page, password=PASSWORD)
    press(page, "Hapus akun saya")
    sees(page, "Selesaikan yang disebut di bawah")


def test_who_is_erased_is_gone(site: Site, open_browser: Callable[..., Page]) -> None:
    email, page = "hilang@example.com", open_browser()
    join(site, page, email, "Nining Sepintas")
    page.goto(f"{PAGE}/hapus")
    fill(page, password=JOINING_PASSWORD)
    press(page, "Hapus akun saya")
    _carry_out(site, email)
    page.goto("/dasbor")
    expect(page).to_have_url(re.compile("/masuk"))
    fill_sign_in(page, email, JOINING_PASSWORD)
    sees(page, "Surel atau kata sandi tidak cocok.")
    moderator = open_browser("moderator")
    moderator.goto("/moderasi/jejak?tentang=erasure")
    sees(moderator, "Akun dihapus", "akun dihapus")
    expect(moderator.locator("main")).not_to_contain_text("Nining")

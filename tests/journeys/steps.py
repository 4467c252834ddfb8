"""What people do in the journeys, each from the page where they stand."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import fill_sign_in
from tests.support.sites import Site
from tests.support.times import PATIENCE

PROBLEM = (
    "Warga harus mendatangi sebelas kantor untuk satu urusan, rata-rata empat kali. Antrean dimulai pukul lima pagi,"
    " dan sepertiga berkas dikembalikan karena tidak lengkap."
)
JOINING_PASSWORD = "empat kata yang panjang"
WHOLE_PAGE = {"id": "Semua isian di satu halaman", "en": "All fields on one page"}
DUE = (datetime.now(UTC) + timedelta(days=60)).date().isoformat()


def press(page: Page, button: str) -> None:
    """Presses that button and waits for the page that answers."""
    # What still arrives (a font, a script) can move the button from under the pointer between its down and its up.
    page.wait_for_load_state()
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page, link: str | re.Pattern[str]) -> None:
    """Follows the first link of that name in the page's main part and waits for its page."""
    page.wait_for_load_state()
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=link).first.click()


def fill(page: Page, **values: str) -> None:
    """Types into fields, by their names."""
    for name, value in values.items():
        box = page.locator(f"main [name={name}]")
        if box.evaluate("element => element.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def sees(page: Page, *texts: str) -> None:
    """Each of these words stands on the page."""
    for text in texts:
        expect(page.locator("main")).to_contain_text(text)


def fill_listing(page: Page, title: str, **values: str) -> None:
    """Writes what a listing needs before it may be sent on; `values` by field name come on top."""
    follow(page, WHOLE_PAGE["en" if "/en/" in page.url else "id"])
    page.locator("details.tt-english").evaluate_all("all => all.forEach(one => one.open = true)")
    fill(
        page, title_id=title, summary_id=f"{title}: satu gedung untuk semua urusan warga.", problem_id=PROBLEM,
        users_served_id="216.026 warga dan 4.000 usaha kecil.", existing_id="Gedung bekas pasar, 2.400 m².",
        sought_id="Mitra untuk merancang antrean dan mengoperasikan gerai.",
        expected_result_id="Urusan selesai dalam satu kunjungan.", readiness="concept", interest_deadline=DUE,
        contact_role="Kepala Bagian Kerja Sama", **values,
    )  # fmt: skip
    page.locator("main input[name=scheme_codes]").first.check()


def mark(page: Page, field: str, remark: str) -> None:
    """Marks one field of a version under review, with a remark."""
    row = page.get_by_role("group", name=field, exact=True)
    row.get_by_text("Tandai").click()
    row.get_by_role("textbox").fill(remark)


def find_by_search(page: Page, word: str, title: str, *, prefix: str = "") -> None:
    """Searches until the listing is found (the index follows within seconds), and opens it."""
    until = time.monotonic() + PATIENCE
    while True:
        page.goto(f"{prefix}/peluang")
        page.get_by_role("searchbox").first.fill(word)
        page.get_by_role("searchbox").first.press("Enter")
        page.wait_for_url(re.compile(rf"[?&]q={word}"))
        link = page.get_by_role("main").get_by_role("link", name=title)
        if link.count():
            break
        assert time.monotonic() < until, f"{title} is not found by {word}"
    link.first.click()
    page.wait_for_url(re.compile(r"/peluang/[a-z0-9-]+$"))


def write_interest(page: Page, offer: str, *, ticket: str = "Rp75 miliar", button: str) -> str:
    """Fills and sends the interest form that is open; the path of the interest's own page."""
    page.locator("main input[name=roles]").first.check()
    fill(page, offer=offer, capacity="Tiga gerai layanan sejak 2021.", ticket=ticket)
    press(page, button)
    page.wait_for_url(re.compile(r"/dasbor/minat/\d+$"))
    return re.sub(r"^https?://[^/]+(/en)?", "", page.url)


def none_may_read(
    open_browser: Callable[..., Page], paths: list[str], title: str, *, strangers: tuple[str | None, ...]
) -> None:
    """Nobody of these reads the title on any of the paths."""
    for stranger in strangers:
        page = open_browser(stranger)
        for path in paths:
            assert title not in page.request.get(path).text(), f"{stranger or 'a visitor'} reads it on {path}"
        page.context.close()


def join(site: Site, page: Page, email: str, name: str) -> None:
    """Registers, opens the link of the mail, presses its button, signs in."""
    page.goto("/daftar")
    fill(page, name=name, email=email, password=JOINING_PASSWORD)
    page.get_by_role("checkbox", name="Saya menyetujui").check()
    press(page, "Buat akun")
    sees(page, "Periksa surel Anda")
    page.goto(site.link_in_mail_to(email, about="/konfirmasi/"))
    press(page, "Konfirmasi alamat ini")
    page.wait_for_url("**/masuk**")
    fill_sign_in(page, email, JOINING_PASSWORD)
    page.wait_for_url("**/dasbor")

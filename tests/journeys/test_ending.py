"""How a listing ends before everybody's eyes: taken down with a reason, or with a stated outcome."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.factories.interests import an_interest
from tests.factories.opportunities import a_published_opportunity
from tests.journeys.steps import fill, follow, press, sees
from tests.support.sites import Site

LAST_MONTH = datetime.now(UTC) - timedelta(days=30)
LAST_WEEK = (datetime.now(UTC) - timedelta(days=7)).date()


def test_a_listing_is_withdrawn_once_and_its_address_says_so(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    with site.writing():
        listing = a_published_opportunity(title_id="Terminal terpadu yang ditarik")
        interest_id = an_interest(listing).id
        base, address = f"/dasbor/peluang/{listing.id}", f"/peluang/{listing.slug}"
    approver, editor = open_browser("pemda_approver", width=360), open_browser("pemda_editor")
    late = approver.context.new_page()
    for page in (approver, late):
        page.goto(base)
        follow(page, "Tarik peluang")

    fill(approver, words="Anggaran daerah berubah.")
    press(approver, "Tarik peluang")
    expect(approver.locator("#reason-galat")).to_be_visible()
    expect(approver.locator("main [name=words]")).to_have_value("Anggaran daerah berubah.")
    fill(approver, reason="plans_changed")
    press(approver, "Tarik peluang")
    sees(approver, "Ditarik", "Rencana berubah", "Anggaran daerah berubah.")

    fill(late, reason="other")
    press(late, "Tarik peluang")
    sees(late, "Sari Tumbel")
    refused = editor.goto(f"{base}/tarik")
    assert refused is not None
    assert refused.status == 403

    visitor, investor = open_browser(width=360), open_browser("investor")
    gone = visitor.goto(address)
    assert gone is not None
    assert gone.status == 410
    sees(visitor, "Peluang ini sudah ditarik")
    investor.goto(f"/en/dasbor/minat/{interest_id}")
    sees(investor, "Lapsed")


def test_a_closed_listing_states_what_came_of_it(site: Site, open_browser: Callable[..., Page]) -> None:
    with site.writing():
        closed = a_published_opportunity(title_id="Parkir yang ditutup", now=LAST_MONTH, closes_on=LAST_WEEK)
        still_open = a_published_opportunity(title_id="Parkir yang masih terbuka")
        base, address, early = f"/dasbor/peluang/{closed.id}", f"/peluang/{closed.slug}", still_open.id
    approver = open_browser("pemda_approver")
    approver.goto(base)
    follow(approver, "Catat hasil")
    press(approver, "Catat hasil")
    expect(approver.locator("#outcome-galat")).to_be_visible()
    approver.get_by_role("radio", name="Tanpa mitra").check()
    fill(approver, words="Dua mitra tanya, tak satu pun menawar.")
    press(approver, "Catat hasil")
    expect(approver.locator("#reason-galat")).to_be_visible()
    expect(approver.locator("main [name=words]")).to_have_value("Dua mitra tanya, tak satu pun menawar.")
    fill(approver, reason="no_interest")
    press(approver, "Catat hasil")
    sees(approver, "Tanpa mitra", "Tidak ada minat")

    approver.goto(f"/dasbor/peluang/{early}/hasil")
    approver.get_by_role("radio", name="Mitra ditemukan").check()
    press(approver, "Catat hasil")
    sees(approver, "Hasil dapat dicatat sesudah tenggat minat lewat.")

    visitor = open_browser(width=360)
    visitor.goto(address)
    sees(visitor, "Tanpa mitra", "Alasan dari daerahnya: Tidak ada minat.")

"""An investor searches, keeps the search, gets a mail about what is published next, and ends the mails by its link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marketplace.changes import actions as changes
from tests.factories.opportunities import a_published_opportunity
from tests.journeys.steps import fill, follow, press, sees
from tests.personas import PEOPLE
from tests.support.axe import list_violations
from tests.support.sites import Site, words_of

TITLE = "Gudang cengkih Aertembaga"


@pytest.fixture
def publish(site: Site) -> Callable[[], None]:
    """Publishes a listing that fits, in the transaction of its change."""

    def go() -> None:
        with site.writing():
            changes.record("opportunity", a_published_opportunity(title_id=TITLE, scheme_codes=["kpbu"]).id)

    return go


def test_search_to_alert_to_unsubscribe(
    site: Site, publish: Callable[[], None], open_browser: Callable[..., Page]
) -> None:
    investor = open_browser("investor", width=360)
    investor.goto("/peluang?skema=kpbu")
    fill(investor, q="cengkih")
    investor.get_by_role("searchbox").first.press("Enter")
    investor.wait_for_url("**/peluang?q=cengkih&skema=kpbu")
    press(investor, "Simpan pencarian")
    sees(investor, "cengkih · KPBU", "Belum ada yang baru")
    follow(investor, "Ubah saringan")
    investor.get_by_role("link", name=re.compile("^Lepas saringan .*KPBU$")).click()
    expect(investor).to_have_url(re.compile(r"/saringan\?q=cengkih$"))
    expect(investor.locator("#kabar")).not_to_be_empty()
    assert list_violations(investor, "light") == []
    press(investor, "Perbarui pencarian tersimpan")
    expect(investor.get_by_role("heading", name="cengkih", exact=True)).to_be_visible()
    assert "KPBU" not in investor.locator("main").inner_text()
    follow(investor, "Ubah nama dan surel")
    fill(investor, name="Rempah Sulawesi")
    investor.get_by_role("radio", name="Begitu terbit").check()
    assert list_violations(investor, "light") == []
    press(investor, "Simpan")
    sees(investor, "Rempah Sulawesi", "Begitu terbit")

    publish()
    (letter,) = site.mails_to(PEOPLE["investor"].email, containing="Rempah Sulawesi")
    assert "Cocok karena: kata “cengkih”" in words_of(letter)
    investor.goto("/dasbor/pencarian")
    sees(investor, "1 baru")
    assert list_violations(investor, "dark") == []
    follow(investor, "Rempah Sulawesi")
    sees(investor, TITLE, "Cocok karena")
    assert investor.evaluate("document.documentElement.scrollWidth") == 360

    stranger = open_browser()
    stranger.goto(letter["List-Unsubscribe"].strip("<>"))
    sees(stranger, "Rempah Sulawesi")
    press(stranger, "Hentikan surel ini")
    sees(stranger, "sudah berhenti")
    investor.goto("/dasbor/pencarian")
    sees(investor, "Surel dijeda")
    expect(investor.get_by_role("button", name="Lanjutkan surel")).to_have_count(1)
    follow(investor, "Hapus Rempah Sulawesi")
    sees(investor, "Hapus pencarian “Rempah Sulawesi”?")
    press(investor, "Hapus pencarian")
    sees(investor, "Pencarian saya")
    expect(investor.locator("main")).not_to_contain_text("Rempah Sulawesi")

"""A partner compares two listings, keeps and watches one; its edit is published, and the notice leads to what changed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marketplace.changes import actions as changes
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.opportunities import editing, publishing
from marketplace.opportunities.models import Opportunity
from tests import personas
from tests.factories.opportunities import a_published_opportunity
from tests.journeys.conftest import fill_sign_in
from tests.journeys.steps import find_by_search, press, sees
from tests.personas import PEOPLE
from tests.support.axe import list_violations
from tests.support.sites import Site

TITLES = ("Pelabuhan rakyat Lembeh", "Dermaga rakyat Aertembaga")


@pytest.fixture
def listings(site: Site) -> list[int]:
    """Two listings of one kind; their numbers."""
    with site.writing():
        made = [a_published_opportunity(title_id=title, title_en="") for title in TITLES]
        numbers = [each.id for each in made]
        for number in numbers:
            changes.record("opportunity", number)
    return numbers


def publish_an_edit(site: Site, number: int) -> None:
    """The Pemda changes who is sought, and LAIP publishes it."""
    with site.writing():
        people = {
            name: personas.actor(db.session.connection(), name)
            for name in ("pemda_editor", "pemda_approver", "moderator")
        }
        editor = people["pemda_editor"]
        version = editing.start_version(
            db.session.get_one(Opportunity, number), actor=editor, now=clock.now()
        )
        content = {"sought_id": "Badan usaha pelayaran yang mengoperasikan dua kapal."}
        editing.save_draft(version, content=content, seen=version.revision, actor=editor, now=clock.now())
        publishing.send_to_approver(version, seen=version.revision, actor=editor, now=clock.now())
        publishing.submit_version(
            version, seen=version.revision, actor=people["pemda_approver"], now=clock.now()
        )
        publishing.publish_version(version, seen=version.revision, actor=people["moderator"], now=clock.now())


def test_compares_keeps_watches_and_hears_of_an_edit(
    site: Site, listings: list[int], open_browser: Callable[..., Page]
) -> None:
    page = open_browser(width=360)
    for title in TITLES:
        find_by_search(page, "rakyat", title)
    page.goto("/peluang?q=rakyat")
    for title in TITLES:
        page.get_by_role("checkbox", name=f"Bandingkan {title}").check()
    expect(page.get_by_text("2 dari 4 dipilih")).to_be_visible()
    page.get_by_role("button", name="Bandingkan", exact=True).click()
    page.wait_for_url("**/peluang/banding?id=*&id=*")
    sees(page, "Bandingkan 2 peluang", *TITLES)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert list_violations(page, "light") == []
    # Who takes one out has one chosen in the list too.
    page.get_by_role("link", name=f"Lepas dari perbandingan {TITLES[1]}").click()
    page.wait_for_url(re.compile(r"/peluang/banding\?id=[a-z0-9]+$"))
    page.goto("/peluang?q=rakyat")
    expect(page.get_by_text("1 dari 4 dipilih")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name=f"Simpan {TITLES[0]}").click()
    sees(page, "langsung tersimpan")
    fill_sign_in(page, PEOPLE["startup"].email)
    page.wait_for_url("**/peluang/banding?*")
    expect(page.get_by_role("button", name=f"Tersimpan {TITLES[0]}", pressed=True)).to_be_visible()
    page.goto("/dasbor/tersimpan")
    page.get_by_role("link", name=f"Tulis catatan {TITLES[0]}").click()
    page.get_by_role("textbox").fill("Bandingkan dengan dermaga.")
    press(page, "Simpan catatan")
    page.get_by_role("link", name=TITLES[0], exact=True).click()
    sees(page, "Tersimpan")
    press(page, "Ikuti")
    expect(page.get_by_role("link", name="Diikuti")).to_be_visible()
    assert list_violations(page, "light") == []
    publish_an_edit(site, listings[0])
    page.goto("/dasbor/kabar")
    page.get_by_role("link", name=f"Diperbarui: {TITLES[0]}").click()
    sees(page, "Yang berubah", "pelayaran yang mengoperasikan dua kapal.")
    stranger = open_browser()
    stranger.goto(site.link_in_mail_to(PEOPLE["startup"].email, about="/diikuti/berhenti/"))
    press(stranger, "Hentikan surel ini")
    sees(stranger, "sudah berhenti")
    assert list_violations(stranger, "light") == []
    page.goto(site.link_in_mail_to(PEOPLE["startup"].email, about="/ikuti"))
    expect(page.get_by_role("checkbox")).not_to_be_checked()
    press(page, "Berhenti mengikuti")
    expect(page.get_by_role("button", name="Ikuti")).to_be_visible()
    page.goto("/dasbor/tersimpan")
    sees(page, TITLES[0], "Bandingkan dengan dermaga.")
    press(page, f"Lepas {TITLES[0]}")
    expect(page.locator("main")).not_to_contain_text(TITLES[0])
    page.goto("/peluang?q=rakyat")
    page.get_by_role("button", name=f"Simpan {TITLES[1]}").press("Enter")
    expect(page.get_by_role("button", name=f"Tersimpan {TITLES[1]}", pressed=True)).to_be_focused()

"""A form left open over night is still taken, and nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta

from lxml import html
from playwright.sync_api import Page, expect

from marketplace.core import clock
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.journeys.conftest import fill_sign_in
from tests.journeys.steps import press, sees
from tests.personas import PEOPLE
from tests.support.clients import PageClient

NIGHT = timedelta(hours=14)


def left_open(browser: PageClient, path: str) -> dict[str, str]:
    """What the form hides, as it was opened in the evening; afterwards it is morning."""
    hidden = html.fromstring(browser.get(path).text).xpath("//main//form//input[@type='hidden']")
    morning = clock.now() + NIGHT
    clock.use(lambda: morning)
    return {field.get("name"): field.get("value") for field in hidden}


def test_a_draft_is_saved_in_the_morning(client_as: Callable[[str], PageClient]) -> None:
    draft = an_opportunity()
    browser = client_as("pemda_editor")
    path = f"/dasbor/peluang/{draft.id}/sunting"
    form = left_open(browser, path)
    answer = browser.post(
        path,
        {
            **form,
            "title_id": "Ditulis semalam",
            "sector_code": "",
            "readiness": "",
        },
    )
    assert answer.status_code == 302
    assert "Ditulis semalam" in browser.get(path).text


def test_an_interest_with_a_fault_keeps_its_text_in_the_morning(
    client_as: Callable[[str], PageClient],
) -> None:
    listing = a_published_opportunity()
    browser = client_as("startup")
    path = f"/peluang/{listing.slug}/minat"
    form = left_open(browser, path)
    answer = browser.post(path, {**form, "offer": "Ditulis semalam"})
    assert answer.status_code == 422
    assert "Ditulis semalam" in answer.text


def test_a_visitors_sign_in_form_is_taken_in_the_morning(client: PageClient) -> None:
    form = left_open(client, "/masuk")
    answer = client.post("/masuk", {**form, "email": "nobody@example.com", "password": "salah"})
    assert answer.status_code == 422


def test_a_draft_whose_session_ended_is_sent_after_signing_in_again(
    open_browser: Callable[..., Page],
) -> None:
    """By keyboard and mouse in a phone's width, in a second tab, without losing a word."""
    page = open_browser("pemda_editor", width=360)
    page.goto("/dasbor/peluang/baru")
    page.get_by_label("Tiket terpadu").check()
    press(page, "Buat draf")
    page.goto(page.url.replace("identitas", "kebutuhan"))
    form = page.url
    page.locator("main [name=problem_id]").fill("Ditulis semalam.\nBaris kedua.")
    page.context.clear_cookies()
    press(page, "Simpan draf")
    sees(page, "Isian Anda masih ada")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Masuk di tab baru").click()
    fill_sign_in(opened.value, PEOPLE["pemda_editor"].email)
    opened.value.wait_for_url("**/dasbor")
    press(page, "Kirim lagi")
    sees(page, "Anda sudah masuk lagi")
    press(page, "Kirim lagi")
    assert page.url == form
    expect(page.locator("main [name=problem_id]")).to_have_value("Ditulis semalam.\nBaris kedua.")

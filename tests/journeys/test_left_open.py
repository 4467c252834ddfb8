"""A form left open over night is still taken, and nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta

from marketplace.core import clock
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.support.clients import TOKEN, PageClient

NIGHT = timedelta(hours=14)


def left_open(browser: PageClient, path: str) -> dict[str, str]:
    """The token of the page as it was opened in the evening; afterwards it is morning."""
    found = TOKEN.search(browser.get(path).text)
    assert found
    morning = clock.now() + NIGHT
    clock.use(lambda: morning)
    return {"csrf_token": found.group(1)}


def test_a_draft_is_saved_in_the_morning(client_as: Callable[[str], PageClient]) -> None:
    draft = an_opportunity()
    browser = client_as("pemda_editor")
    form = left_open(browser, f"/dasbor/peluang/{draft.id}/sunting")
    answer = browser.post(f"/dasbor/peluang/{draft.id}/sunting", {**form, "title_id": "Ditulis semalam", "seen": "1"})
    assert answer.status_code != 400
    assert "Ditulis semalam" in (answer.text if answer.status_code != 303 else browser.get(f"/dasbor/peluang/{draft.id}/sunting").text)


def test_an_interest_with_a_fault_keeps_its_text_in_the_morning(client_as: Callable[[str], PageClient]) -> None:
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

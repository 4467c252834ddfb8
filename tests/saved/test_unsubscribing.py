"""RFC 8058: the address of an alert ends its mails by a POST without session or form; a GET ends nothing."""

import pytest
from flask import Flask

from marketplace.extensions import db
from marketplace.saved.search_models import SavedSearch
from marketplace.saved.unsubscribing import make_token
from tests.factories.searches import a_saved_search
from tests.support.clients import PageClient

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def is_paused(search: SavedSearch) -> bool:
    db.session.refresh(search)
    return search.paused_at is not None


@pytest.mark.parametrize("prefix, done", [("", "sudah berhenti"), ("/en", "have stopped")])
def test_a_get_asks_and_a_bare_post_ends_it(app: Flask, client: PageClient, prefix: str, done: str) -> None:
    search, other = a_saved_search("q=air"), a_saved_search("q=pasar")
    path = f"{prefix}/pencarian/berhenti/{make_token(search)}"
    page = client.get(path)
    assert (page.status_code, page.text.count('<form class="tt-one-button"'), is_paused(search)) == (
        200,
        1,
        False,
    )
    assert client.raw.head(path).status_code == 200
    assert not is_paused(search)
    for _press in range(2):
        # No redirect: mail programs do not follow one after a POST.
        answer = client.post(path, ONE_CLICK)
        assert (answer.status_code, done in answer.text, is_paused(search)) == (200, True, True)
    assert not is_paused(other)


@pytest.mark.parametrize("tamper", ["swap", "cut", "deleted"])
def test_a_link_of_nothing_ends_nothing(client: PageClient, tamper: str) -> None:
    search = a_saved_search("q=air")
    token = make_token(search)
    if tamper == "deleted":
        db.session.delete(search)
        db.session.flush()
    bad = {"swap": token.swapcase(), "cut": token[:-3], "deleted": token}[tamper]
    for answer in (
        client.get(f"/pencarian/berhenti/{bad}"),
        client.post(f"/pencarian/berhenti/{bad}", ONE_CLICK),
    ):
        assert (answer.status_code, "tidak berlaku lagi" in answer.text) == (410, True)
    assert tamper == "deleted" or not is_paused(search)

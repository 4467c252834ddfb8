"""What a visitor pressed is done by the sign-in that follows, and by nothing less."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import Connection, func, select

from marketplace.accounts import passkeys
from marketplace.accounts.queries import find_by_email
from marketplace.accounts.views import second_step
from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.notifications.models import Follower
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus
from marketplace.saved.models import Bookmark
from marketplace.saved.search_models import SavedSearch
from marketplace.saved.search_rules import SEARCHES_AT_MOST
from tests.accounts.test_second_factor import CODE, STEP, set_up
from tests.factories.opportunities import a_published_opportunity
from tests.factories.searches import a_saved_search
from tests.personas import PASSWORD, PEOPLE
from tests.support.clients import PageClient
from tests.support.searching import index_everything

LIST = "/peluang?q=air&skema=kpbu"
SEARCH = "/dasbor/pencarian/simpan?q=air&skema=kpbu"


@pytest.fixture
def listing(session: Any) -> Opportunity:
    return a_published_opportunity()


def press(client: PageClient, path: str, on: str | None) -> str:
    """A visitor's press on that page; the sign-in page that it leads to."""
    headers = {"Referer": f"http://localhost{on}" if on and on.startswith("/") else on} if on else {}
    answer = client.get(path, headers=headers)
    assert answer.status_code == 302
    return answer.location


def sign_in(client: PageClient, page: str, wanted: str | None = None) -> Any:
    wanted = wanted or parse_qs(urlsplit(page).query)["next"][0]
    return client.submit(page, {"email": PEOPLE["investor"].email, "password": PASSWORD, "next": wanted})


def kept() -> tuple[int, int, int]:
    """How many bookmarks, watches and searches there are."""
    counted = [
        select(func.count()).select_from(table).scalar_subquery()
        for table in (Bookmark, Follower, SavedSearch)
    ]
    return tuple(db.session.execute(select(*counted)).one())


@pytest.mark.parametrize("prefix, promised", [("", "langsung"), ("/en", "at once")])
def test_each_press_is_done_by_signing_in(
    app: Flask, connection: Connection, client: PageClient, listing: Opportunity, prefix: str, promised: str
) -> None:
    index_everything(app, connection)
    page = f"/peluang/{listing.slug}"
    for path, on, leads, done in (
        (f"{page}/simpan", LIST, f"{prefix}{LIST}#simpan-{listing.id}", (1, 0, 0)),
        (f"{page}/ikuti", page, f"{prefix}{page}", (1, 1, 0)),
        (SEARCH, LIST, "", (1, 1, 1)),
    ):
        browser = PageClient(client.app)
        door = press(browser, prefix + path, prefix + on)
        assert promised in browser.get(door).text
        answer = sign_in(browser, door)
        assert kept() == done, path
        assert answer.location == leads or path == SEARCH
    assert answer.location == f"{prefix}/dasbor/pencarian/{db.session.scalar(select(SavedSearch.id))}"
    assert db.session.scalar(select(SavedSearch.query)) == "?q=air&skema=kpbu"


@pytest.mark.parametrize("on, wanted", [(None, None), ("https://jahat.example/", None), (LIST, "/peluang")])
def test_an_address_alone_does_nothing(
    client: PageClient, listing: Opportunity, on: str | None, wanted: str | None
) -> None:
    path = f"/peluang/{listing.slug}/simpan"
    door = press(client, path, LIST)
    # A later press from elsewhere takes the place of the one before.
    door = press(client, path, on)
    assert ("langsung" in client.get(door).text) is (on == LIST)
    assert sign_in(client, door, wanted).location == (wanted or path)
    assert kept() == (0, 0, 0)
    # What was held is gone with the sign-in.
    assert "wish" not in client.kept


def test_it_lasts_through_a_second_step(
    client_as: Callable[[str], PageClient], client: PageClient, session: Any, listing: Opportunity
) -> None:
    _phone, shown = set_up(client_as("investor"), session)
    door = press(client, f"/peluang/{listing.slug}/simpan", LIST)
    assert sign_in(client, door).location == STEP
    assert kept() == (0, 0, 0)
    assert (
        client.submit(STEP, {"code": CODE.findall(shown.text)[0]}).location == f"{LIST}#simpan-{listing.id}"
    )
    assert kept() == (1, 0, 0)


def test_of_two_tabs_each_does_what_its_page_says(
    app: Flask, connection: Connection, client: PageClient, listing: Opportunity
) -> None:
    index_everything(app, connection)
    for used, done in ((0, (1, 0, 0)), (1, (1, 0, 1))):
        browser = PageClient(client.app)
        doors = [press(browser, path, LIST) for path in (f"/peluang/{listing.slug}/simpan", SEARCH)]
        assert all("langsung" in browser.get(door).text for door in doors)
        sign_in(browser, doors[used])
        assert kept() == done
        # The other one, used later, leads to the page with its button.
        assert browser.get(doors[1 - used]).location in (f"/peluang/{listing.slug}/simpan", SEARCH)
        assert kept() == done


@pytest.mark.parametrize("after_the_password", [False, True])
def test_a_passkey_does_it_too(
    client_as: Callable[[str], PageClient], client: PageClient, session: Any, listing: Opportunity,
    monkeypatch: pytest.MonkeyPatch, after_the_password: bool,
) -> None:  # fmt: skip
    set_up(client_as("investor"), session)
    # What a key answers is tried in a browser, tests/journeys/test_second_factor.py.
    monkeypatch.setattr(passkeys, "prove", lambda *_answer, **_of: find_by_email(PEOPLE["investor"].email))
    monkeypatch.setattr(second_step, "take_challenge", bytes)
    door = press(client, f"/peluang/{listing.slug}/simpan", LIST)
    form = {"answer": "{}", "next": parse_qs(urlsplit(door).query)["next"][0]}
    if after_the_password:
        door = sign_in(client, door).location
        del form["next"]
    answer = client.submit("/masuk/kunci-sandi", form, on=door)
    assert (answer.location, kept()) == (f"{LIST}#simpan-{listing.id}", (1, 0, 0))


def test_a_new_account_does_it_with_its_first_sign_in(client: PageClient, listing: Opportunity) -> None:
    door = press(client, f"/peluang/{listing.slug}/simpan", LIST)
    wanted = parse_qs(urlsplit(door).query)["next"][0]
    assert "langsung" in client.get(f"/daftar?next={wanted}").text
    me = {"email": "baru.sekali@example.com", "password": "kuda besi naik bukit", "next": wanted}
    client.submit("/daftar", {**me, "name": "Ni Luh Sari", "language": "id", "accepted": "y"})
    letter = db.session.scalars(select(Delivery).where(Delivery.template == "account_confirm")).one()
    door = client.submit(f"/konfirmasi/{letter.params['token']}?next={wanted}", {}).location
    assert "langsung" in client.get(door).text
    assert kept() == (0, 0, 0)
    assert client.submit(door, me).location == f"{LIST}#simpan-{listing.id}"
    assert kept() == (1, 0, 0)


@pytest.mark.parametrize("what", ["gone", "full"])
def test_what_is_refused_is_said_and_the_sign_in_stands(
    app: Flask, connection: Connection, client: PageClient, listing: Opportunity, what: str
) -> None:
    index_everything(app, connection)
    if what == "full":
        for number in range(SEARCHES_AT_MOST):
            a_saved_search(f"q=kata{number}")
    door = press(client, SEARCH if what == "full" else f"/peluang/{listing.slug}/simpan", LIST)
    before = kept()
    if what == "gone":
        listing.status = LifeStatus.WITHDRAWN
    assert sign_in(client, door).location == LIST
    page = client.get(LIST).text
    assert (
        "Yang Anda pilih tadi sudah tidak ada." if what == "gone" else "Anda sudah menyimpan 30 pencarian"
    ) in page
    assert kept() == before
    assert client.get("/dasbor/akun").status_code == 200


def test_what_a_cookie_cannot_hold_is_pressed_once_more(client: PageClient, session: Any) -> None:
    door = press(client, f"/dasbor/pencarian/simpan?q={'air+' * 400}", LIST)
    assert "wish" not in client.kept
    assert client.get(door).status_code == 200

"""Saving with one press, the list with what is new, changing, and the ends of it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, func, select

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.saved.alerting import note
from marketplace.saved.search_models import SavedSearch, SearchFind
from marketplace.saved.search_rules import SEARCHES_AT_MOST, Cadence
from marketplace.search.index import open_index
from tests.factories.opportunities import a_published_opportunity
from tests.factories.searches import a_saved_search
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter
from tests.support.searching import index_everything

ClientAs = Callable[[str], PageClient]


def the_search() -> SavedSearch:
    return db.session.scalars(select(SavedSearch)).one()


def found_by(app: Flask, connection: Connection, number: int) -> None:
    """So many new listings, in the index and looked at by the alerts."""
    made = [a_published_opportunity(title_id=f"Pasar {each}").id for each in range(number)]
    db.session.flush()
    index_everything(app, connection)
    with app.test_request_context():
        note(made, view=open_index().view(), now=clock.now())


@pytest.mark.parametrize(
    "prefix, name, said",
    [
        ("", "air minum · Provinsi Sulawesi Utara · KPBU", "Tersimpan sebagai"),
        ("/en", "air minum · Provinsi Sulawesi Utara · Public-private partnership", "Saved as"),
    ],
)
def test_one_press_keeps_the_search_under_a_sensible_name(
    app: Flask, connection: Connection, client_as: ClientAs, prefix: str, name: str, said: str
) -> None:
    index_everything(app, connection)
    browser = client_as("investor")
    page = f"{prefix}/peluang?q=air+minum&skema=kpbu&daerah=71&urut=nilai"
    form = {"q": "air minum", "skema": "kpbu", "daerah": "71", "urut": "nilai", "halaman": "3"}
    assert f'action="{prefix}/dasbor/pencarian"' in browser.get(page).text
    browser.submit(f"{prefix}/dasbor/pencarian", form, on=page)
    search = the_search()
    shown = browser.get(f"{prefix}/dasbor/pencarian/{search.id}").text
    assert said in shown
    assert search.name in shown
    answer = browser.submit(f"{prefix}/dasbor/pencarian", form, on=page)
    assert the_search().id == search.id
    assert answer.location == f"{prefix}/dasbor/pencarian/{search.id}"
    assert search.name == name
    assert (search.query, search.cadence) == ("?q=air+minum&daerah=71&skema=kpbu", Cadence.DAILY)


def test_a_visitor_comes_back_to_the_same_button(
    app: Flask, connection: Connection, client: PageClient, client_as: ClientAs
) -> None:
    index_everything(app, connection)
    assert (
        'href="/dasbor/pencarian/simpan?q=air&amp;skema=kpbu"' in client.get("/peluang?q=air&skema=kpbu").text
    )
    answer = client.get("/dasbor/pencarian/simpan?q=air&skema=kpbu")
    assert "/masuk?next=/dasbor/pencarian/simpan?q%3Dair" in answer.location.replace("%2F", "/").replace(
        "%3F", "?"
    )
    page = client_as("investor").get("/dasbor/pencarian/simpan?q=air&skema=kpbu").text
    assert 'name="skema" value="kpbu"' in page


def test_thirty_and_no_more(client_as: ClientAs) -> None:
    for number in range(SEARCHES_AT_MOST):
        a_saved_search(f"q=kata{number}")
    browser = client_as("investor")
    answer = browser.submit("/dasbor/pencarian", {"q": "satu lagi"}, on="/dasbor/pencarian")
    assert answer.location == "/dasbor/pencarian"
    assert "Anda sudah menyimpan 30 pencarian" in browser.get("/dasbor/pencarian").text
    assert db.session.scalar(select(func.count()).select_from(SavedSearch)) == SEARCHES_AT_MOST


def test_new_until_looked_at_and_each_with_its_reason(
    app: Flask, connection: Connection, client_as: ClientAs
) -> None:
    search = a_saved_search("q=pasar&skema=kpbu")
    found_by(app, connection, 3)
    browser = client_as("investor")
    assert "3 baru" in browser.get("/dasbor/pencarian").text
    page = browser.get(f"/dasbor/pencarian/{search.id}").text
    assert page.count("Cocok karena: kata “pasar”; Skema: ") == 3
    assert page.count("</svg>Baru</span>") == 3
    assert " baru</span>" not in browser.get("/dasbor/pencarian").text
    assert "</svg>Baru</span>" not in browser.get(f"/dasbor/pencarian/{search.id}").text
    found_by(app, connection, 1)
    assert "1 baru" in browser.get("/en/dasbor/pencarian").text.replace("1 new", "1 baru")


def test_pages_ask_the_same_with_three_and_with_thirty(
    app: Flask, connection: Connection, client_as: ClientAs, count_queries: QueryCounter
) -> None:
    browser, search = client_as("investor"), a_saved_search("q=pasar")
    numbers: dict[str, list[int]] = {}
    for rows in (3, 27):
        found_by(app, connection, rows)
        for each in range(rows - 1 if rows == 3 else 26):
            a_saved_search(f"q=lain{rows}.{each}")
        for path in ("/dasbor/pencarian", f"/dasbor/pencarian/{search.id}"):
            browser.get(path)
            with count_queries() as counted:
                assert browser.get(path).status_code == 200
            numbers.setdefault(path, []).append(counted.number)
    assert all(few == many for few, many in numbers.values()), numbers
    assert "Halaman hasil" in browser.get(f"/dasbor/pencarian/{search.id}?halaman=2").text


def test_it_is_renamed_and_asks_something_else(
    app: Flask, connection: Connection, client_as: ClientAs
) -> None:
    search = a_saved_search("q=pasar&skema=kpbu&skema=swasta")
    found_by(app, connection, 1)
    browser, path = client_as("investor"), f"/dasbor/pencarian/{search.id}/ubah"
    page = browser.get(path).text
    assert page.count(" checked") == 3
    form: dict[str, Any] = {"name": "Terminal", "text": "terminal", "kept": "skema=kpbu", "cadence": "weekly"}
    assert browser.submit(path, form).location == f"/dasbor/pencarian/{search.id}"
    search = the_search()
    assert (search.name, search.query, search.cadence, search.due_at) == (
        "Terminal", "?q=terminal&skema=kpbu", Cadence.WEEKLY, None,
    )  # fmt: skip
    # What was found by the words before is not told under the new ones.
    assert db.session.scalars(select(SearchFind)).all() == []


@pytest.mark.parametrize(
    "changed, sentence",
    [
        ({"name": " "}, "Isian ini wajib."),
        ({"name": "n" * 101}, "Tulis"),
        ({"cadence": "hourly"}, "Pilih salah satu dari daftar."),
        ({"kept": "skema=karangan"}, "Pilih dari daftar."),
        ({"text": "air", "kept": ""}, "sudah Anda simpan dengan nama “q=air”"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(
    client_as: ClientAs, changed: dict[str, str], sentence: str
) -> None:
    search = a_saved_search("q=pasar&skema=kpbu")
    a_saved_search("q=air")
    form = {"name": "Nama yang diketik", "text": "pasar", "kept": "skema=kpbu", "cadence": "daily", **changed}
    path = f"/dasbor/pencarian/{search.id}/ubah"
    answer = client_as("investor").submit(path, {name: value for name, value in form.items() if value})
    assert answer.status_code == 422
    assert sentence in answer.text
    db.session.refresh(search)
    assert (search.name, search.query) == ("q=pasar&skema=kpbu", "?q=pasar&skema=kpbu")


def test_pause_resume_delete_and_the_second_press(client_as: ClientAs) -> None:
    search = a_saved_search()
    browser, path = client_as("investor"), f"/dasbor/pencarian/{search.id}"
    for step, paused in (("jeda", True), ("jeda", True), ("lanjut", False), ("lanjut", False)):
        assert browser.submit(f"{path}/{step}", {"dari": "daftar"}, on=path).location == "/dasbor/pencarian"
        assert (the_search().paused_at is not None) is paused
    assert browser.submit(f"{path}/hapus", on=path).location == "/dasbor/pencarian"
    assert browser.submit(f"{path}/hapus", on="/dasbor/pencarian").status_code == 404
    assert "Belum ada pencarian yang disimpan" in browser.get("/dasbor/pencarian").text

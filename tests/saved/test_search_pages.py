"""Saving with one press, the list with what is new, changing, and the ends of it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Connection, func, select

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.saved.alerting import note
from marketplace.saved.search_models import SavedSearch, SearchFind
from marketplace.saved.search_rules import SEARCHES_AT_MOST, Cadence
from marketplace.saved.search_words import name_of, question_of
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
        note(made, look=open_index().view, now=clock.now())


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
    assert name in shown
    # Who reads in another language reads its name there, as long as nobody has written one.
    for page_prefix, scheme in (("", "KPBU"), ("/en", "Public-private partnership")):
        for path in ("", f"/{search.id}", f"/{search.id}/ubah", f"/{search.id}/hapus"):
            read = browser.get(f"{page_prefix}/dasbor/pencarian{path}").text
            assert f"air minum · Provinsi Sulawesi Utara · {scheme}" in read, path
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
        own = f"/dasbor/pencarian/{search.id}"
        for path in ("/dasbor/pencarian", own, f"{own}/saringan?q=pasar"):
            browser.get(path)
            with count_queries() as counted:
                assert browser.get(path).status_code == 200
            numbers.setdefault(path, []).append(counted.number)
    assert all(few == many for few, many in numbers.values()), numbers
    assert "Halaman hasil" in browser.get(f"/dasbor/pencarian/{search.id}?halaman=2").text


def test_it_is_renamed_and_mailed_otherwise(client_as: ClientAs) -> None:
    search = a_saved_search("q=pasar&skema=kpbu")
    browser, path = client_as("investor"), f"/dasbor/pencarian/{search.id}/ubah"
    assert f'href="/dasbor/pencarian/{search.id}/saringan?q=pasar&amp;skema=kpbu"' in browser.get(path).text
    assert browser.submit(path, {"name": "Terminal", "cadence": "weekly"}).location == path.removesuffix(
        "/ubah"
    )
    search = the_search()
    assert (search.name, search.query, search.cadence) == ("Terminal", "?q=pasar&skema=kpbu", Cadence.WEEKLY)


@pytest.mark.parametrize(
    "changed, sentence",
    [
        ({"name": " "}, "Isian ini wajib."),
        ({"name": "n" * 101}, "Tulis"),
        ({"cadence": "hourly"}, "Pilih salah satu dari daftar."),
    ],
)
def test_what_does_not_fit_is_said_and_kept(
    client_as: ClientAs, changed: dict[str, str], sentence: str
) -> None:
    search = a_saved_search("q=pasar&skema=kpbu")
    form = {"name": "Nama yang diketik", "cadence": "daily", **changed}
    answer = client_as("investor").submit(f"/dasbor/pencarian/{search.id}/ubah", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    db.session.refresh(search)
    assert search.name == "q=pasar&skema=kpbu"


@pytest.mark.parametrize(
    "prefix, given, name",
    [
        ("", "Rempah", "Rempah"),
        ("", None, "terminal · Swasta murni"),
        ("/en", None, "terminal · Private investment"),
    ],
)
def test_its_question_is_replaced_by_that_of_the_list(
    app: Flask, connection: Connection, client_as: ClientAs, prefix: str, given: str | None, name: str
) -> None:
    search = a_saved_search("q=pasar&skema=kpbu")
    # Named by us in Indonesian, whatever the page's language is when it is changed.
    search.name = given or name_of(question_of(search.query), "id")
    found_by(app, connection, 1)
    browser, path = client_as("investor"), f"{prefix}/dasbor/pencarian/{search.id}/saringan"
    page = browser.get(path + search.query).text
    assert f'href="{path}?q=pasar"' in page, "a chip comes off on the same page"
    assert f'href="{path}/saring?q=pasar&amp;skema=kpbu"' in page
    assert "/peta" not in page
    form = {"q": "terminal", "skema": "swasta", "urut": "nilai", "halaman": "2", "seen": search.query}
    for _press in range(2):
        assert browser.submit(path, form).location == path.removesuffix("/saringan")
        search = the_search()
        assert (search.name, search.query, search.due_at) == (name, "?q=terminal&skema=swasta", None)
    # What was found by the words before is not told under the new ones.
    assert db.session.scalars(select(SearchFind)).all() == []


def test_two_tabs_and_a_search_that_is_there_already(
    app: Flask, connection: Connection, client_as: ClientAs
) -> None:
    search = a_saved_search("q=pasar")
    index_everything(app, connection)
    browser, path = client_as("investor"), f"/dasbor/pencarian/{search.id}/saringan"
    old = {"seen": "?q=pasar"}
    assert browser.submit(path, {"q": "terminal", **old}).status_code == 302
    late = browser.submit(path, {"q": "gudang", **old})
    assert (late.status_code, "sudah diubah sejak Anda membukanya" in late.text) == (409, True)
    assert 'name="q" value="gudang"' in late.text, "what was chosen stays"
    assert 'name="seen" value="?q=terminal" form="perbarui"' in late.text
    assert the_search().query == "?q=terminal"
    assert browser.submit(path, {"q": "gudang", "seen": "?q=terminal"}).status_code == 302
    assert the_search().query == "?q=gudang"
    a_saved_search("q=air")
    same = browser.submit(path, {"q": "air", "seen": "?q=gudang"})
    assert (same.status_code, "sudah Anda simpan dengan nama “q=air”" in same.text) == (422, True)


def test_pause_resume_delete_and_the_second_press(client_as: ClientAs) -> None:
    search = a_saved_search()
    browser, path = client_as("investor"), f"/dasbor/pencarian/{search.id}"
    for step, paused in (("jeda", True), ("jeda", True), ("lanjut", False), ("lanjut", False)):
        assert browser.submit(f"{path}/{step}", {"dari": "daftar"}, on=path).location == "/dasbor/pencarian"
        assert (the_search().paused_at is not None) is paused
    for page in ("/dasbor/pencarian", path):
        assert f'href="{path}/hapus"' in browser.get(page).text
    assert f"Hapus pencarian “{search.name}”?" in browser.get(f"{path}/hapus").text
    assert the_search().id == search.id, "a GET asks"
    assert browser.submit(f"{path}/hapus").location == "/dasbor/pencarian"
    assert browser.submit(f"{path}/hapus", on="/dasbor/pencarian").status_code == 404
    assert "Belum ada pencarian yang disimpan" in browser.get("/dasbor/pencarian").text

"""Bookmarks: kept once, one's own, with a note; their state stays true when the listing goes."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from marketplace.core import clock
from marketplace.core.actor import VISITOR, Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.opportunities.rules import LifeStatus, Origin
from marketplace.saved import keeping
from marketplace.saved.models import Bookmark
from marketplace.saved.rules import COLUMNS_AT_MOST
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter
from tests.support.searching import index_everything

People = Callable[[str], Actor]
ClientAs = Callable[[str], PageClient]


def kept(session: Any) -> list[tuple[int, str]]:
    return [(row.opportunity_id, row.note) for row in session.scalars(select(Bookmark)).all()]


def test_kept_once_and_let_go(session: Any, person: People) -> None:
    listing, investor = a_published_opportunity(), person("investor")
    for note in ("", "Tanyakan debitnya.", ""):
        keeping.keep(listing, note=note, actor=investor, now=clock.now())
    assert kept(session) == [(listing.id, "Tanyakan debitnya.")]
    with pytest.raises(NotFound):
        keeping.write_note(listing.id, note="x", actor=person("startup"))
    keeping.let_go(listing.id, actor=person("startup"))
    assert len(kept(session)) == 1
    keeping.let_go(listing.id, actor=investor)
    keeping.let_go(listing.id, actor=investor)
    assert kept(session) == []


def test_not_by_visitors_and_not_what_is_not_public(session: Any, person: People) -> None:
    with pytest.raises(Forbidden):
        keeping.keep(a_published_opportunity(), actor=VISITOR, now=clock.now())
    for hidden in (an_opportunity(), a_published_opportunity(life=LifeStatus.WITHDRAWN)):
        with pytest.raises(NotFound):
            keeping.keep(hidden, actor=person("pemda_owner"), now=clock.now())
    assert session.scalar(select(func.count()).select_from(Bookmark)) == 0


def test_from_a_visitors_press_to_the_list(session: Any, client: PageClient, client_as: ClientAs) -> None:
    listing = a_published_opportunity()
    way = f"/peluang/{listing.slug}/simpan"
    assert f'href="{way}"' in client.get(f"/peluang/{listing.slug}").text
    assert client.get(way).location == f"/masuk?next={way}"
    browser = client_as("investor")
    assert "paling panjang 500 huruf" in browser.submit(way, {"note": "x" * 501}).text
    done = browser.submit(way, {"note": "Cek <izin>."})
    assert done.location == f"/peluang/{listing.slug}"
    page = browser.get("/dasbor/tersimpan").text
    assert "Cek &lt;izin&gt;." in page
    note = f"/dasbor/tersimpan/{listing.id}"
    assert browser.get(way).location == note
    assert browser.submit(note, {"note": "Sudah dicek."}).location == "/dasbor/tersimpan"
    assert kept(session) == [(listing.id, "Sudah dicek.")]
    assert client_as("startup").get(note).status_code == 404


def test_a_press_comes_back_to_its_page_and_never_elsewhere(session: Any, client_as: ClientAs) -> None:
    listing, browser = a_published_opportunity(), client_as("investor")
    page = f"/peluang/{listing.slug}"
    for wanted, leads in (("/peluang?q=air&halaman=2", f"/peluang?q=air&halaman=2#simpan-{listing.id}"),
                          ("//evil.example/", "/dasbor/tersimpan"), ("", "/dasbor/tersimpan")):  # fmt: skip
        fields = {"simpan": str(listing.id), "kembali": wanted}
        assert browser.submit("/dasbor/tersimpan", fields, on=page).location == leads
    quiet = browser.submit(
        "/dasbor/tersimpan", {"lepas": str(listing.id)}, on=page, headers={"X-Requested-With": "fetch"}
    )
    assert (quiet.status_code, kept(session)) == (204, [])
    odd = browser.submit("/dasbor/tersimpan", {"simpan": "9" * 30}, on=page)
    assert odd.status_code == 302
    assert browser.submit("/dasbor/tersimpan", {"simpan": "999999999"}, on=page).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_list_says_what_became_of_each(
    session: Any, person: People, client_as: ClientAs, prefix: str
) -> None:
    titles = {
        "open": "Masih terbuka",
        "found": "Sudah bertemu",
        "gone": "Sudah tiada",
        "example": "Dari koran",
    }
    lives = {"open": LifeStatus.PUBLISHED, "found": LifeStatus.PUBLISHED, "gone": LifeStatus.PUBLISHED}
    listings = {
        name: a_published_opportunity(
            title_id=title, title_en="", life=lives.get(name, LifeStatus.PUBLISHED),
            origin=Origin.PUBLIC_EXAMPLE if name == "example" else Origin.POSTED,
        )
        for name, title in titles.items()
    }  # fmt: skip
    for listing in listings.values():
        keeping.keep(listing, actor=person("investor"), now=clock.now())
    listings["found"].status, listings["gone"].status = LifeStatus.PARTNER_FOUND, LifeStatus.WITHDRAWN
    page = client_as("investor").get(f"{prefix}/dasbor/tersimpan").text
    indonesian = ("Terbuka", "Mitra ditemukan", "Ditarik", "Contoh publik")
    english = ("Open", "Partner found", "Withdrawn", "Public example")
    for name, state in zip(titles, english if prefix else indonesian, strict=True):
        assert titles[name] in page, name
        assert state in page
    assert listings["gone"].slug not in page
    assert listings["found"].slug in page


def test_pages_of_the_list_cost_the_same(
    session: Any, person: People, client_as: ClientAs, count_queries: QueryCounter
) -> None:
    browser, numbers = client_as("investor"), []
    for rows in (3, 30):
        for number in range(rows):
            keeping.keep(
                a_published_opportunity(title_id=f"P {rows}.{number}"),
                actor=person("investor"),
                now=clock.now(),
            )
        browser.get("/dasbor/tersimpan")
        with count_queries() as counted:
            page = browser.get("/dasbor/tersimpan?halaman=2").text
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]
    assert page.count('class="tt-saved"') == 13


def test_cards_know_what_their_reader_keeps(
    app: Any, connection: Any, session: Any, person: People, client: PageClient, client_as: ClientAs
) -> None:
    mine, other = (
        a_published_opportunity(title_id="Milik saya"),
        a_published_opportunity(title_id="Yang lain"),
    )
    keeping.keep(mine, actor=person("investor"), now=clock.now())
    keeping.keep(other, actor=person("startup"), now=clock.now())
    index_everything(app, connection)
    page = client_as("investor").get("/peluang").text
    assert f'name="lepas" value="{mine.id}" aria-pressed="true"' in page
    assert f'name="simpan" value="{other.id}" aria-pressed="false"' in page
    seen = client.get("/peluang").text
    assert "aria-pressed" not in seen
    assert f'href="/peluang/{mine.slug}/simpan"' in seen
    assert f'name="id" value="{mine.tail}" form="banding"' in seen
    assert f'data-most="{COLUMNS_AT_MOST}"' in seen

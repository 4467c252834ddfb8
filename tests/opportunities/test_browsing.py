"""/peluang as people use it."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from marketplace.core import clock
from marketplace.opportunities.rules import LifeStatus, Origin, Readiness
from marketplace.search.index import Home, OpenIndex
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

Index = Callable[[], int]
NOW = datetime(2026, 6, 8, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("only_what_the_test_lists")


def titles(page: Any) -> list[str]:
    plain = re.sub("</?mark>", "", page.text)
    return re.findall(r'class="tt-card-title"><a [^>]*>([^<]+)</a>', plain)


def test_a_published_listing_is_found_and_drawn(client: PageClient, index_now: Index):
    a_published_opportunity(title_id="Air minum Bitung", title_en="Bitung water", closes_on=date(2026, 6, 15))
    index_now()
    page = client.get("/peluang?q=air")
    assert titles(page) == ["Air minum Bitung"]
    for shown in (
        "Kota Bitung, Sulawesi Utara",
        "Rp250 miliar",
        "KPBU",
        "Pra-FS",
        "15 Jun 2026",
        "7 hari lagi",
    ):
        assert shown in page.text


@pytest.mark.parametrize("life", [LifeStatus.UNPUBLISHED, LifeStatus.WITHDRAWN])
def test_what_is_not_public_is_neither_listed_nor_counted(
    client: PageClient, index_now: Index, life: LifeStatus
):
    an_opportunity(life=life, title_id="Rahasia daerah")
    assert index_now() == 0
    page = client.get("/peluang?q=rahasia")
    assert "Rahasia daerah" not in page.text
    assert "0 peluang cocok" in page.text


def test_a_stale_index_never_shows_what_was_withdrawn_since(client: PageClient, index_now: Index):
    listing = a_published_opportunity(title_id="Baru ditarik")
    index_now()
    listing.status = LifeStatus.WITHDRAWN
    assert titles(client.get("/peluang")) == []


def test_open_ones_first_then_closed_then_examples(client: PageClient, index_now: Index):
    a_published_opportunity(
        title_id="Contoh",
        origin=Origin.PUBLIC_EXAMPLE,
        life_values={"example_source_name": "Antara"},
        now=NOW,
    )
    a_published_opportunity(title_id="Lama", closes_on=date(2026, 5, 1), now=NOW - timedelta(days=90))
    a_published_opportunity(title_id="Terbuka", closes_on=date(2026, 7, 1), now=NOW - timedelta(days=95))
    index_now()
    page = client.get("/peluang")
    assert titles(page) == ["Terbuka", "Lama", "Contoh"]
    assert "Contoh dari Antara" in page.text


def test_filters_narrow_and_their_counts_live(client: PageClient, index_now: Index):
    a_published_opportunity(title_id="Satu")
    a_published_opportunity("madiun", title_id="Dua", scheme_codes=["apbd"], readiness=Readiness.IDEA)
    index_now()
    assert titles(client.get("/peluang?daerah=35")) == ["Dua"]
    assert titles(client.get("/peluang?daerah=71.72")) == ["Satu"]
    assert titles(client.get("/peluang?tahap=konsep")) == ["Satu"]
    page = client.get("/peluang?skema=apbd")
    assert titles(page) == ["Dua"]
    # Counted without itself: the other scheme would still bring one.
    assert re.search(r'value="kpbu">.*?<span class="tt-num">1</span>', page.text)
    # A dimension with nothing behind it is greyed.
    assert re.search(r'value="smart-branding" disabled>', page.text)


@pytest.mark.parametrize(
    "query, chip, left",
    [
        ("kbli=62019", "KBLI 62019", ["Kota"]),
        ("mitra=bumd", "Mitra: BUMD", ["Kota"]),
        ("tenggat=7", "Tenggat: Dalam 7 hari", ["Kota"]),
        ("tenggat=30&tenggat=tanpa", "Tenggat: Belum dinyatakan", ["Desa", "Kota", "Toba"]),
        ("sejak=7", "Terbit: 7 hari terakhir", ["Toba"]),
        ("angkatan=2021-kppn-dpsp&angkatan=2017-tahap-i", "Angkatan 2021 KPPN/DPSP", ["Toba"]),
        ("klaster=danau-toba&klaster=morotai", "Klaster Danau Toba", ["Toba"]),
    ],
)
def test_each_way_of_narrowing_finds_counts_and_comes_off(
    client: PageClient, index_now: Index, query: str, chip: str, left: list[str]
):
    a_published_opportunity(
        title_id="Kota", sector_code="digital-services", partner_kinds=["bumd"],
        closes_on=date(2026, 6, 15), now=NOW - timedelta(days=50),
    )  # fmt: skip
    a_published_opportunity(
        "madiun", title_id="Desa", closes_on=date(2026, 6, 16), now=NOW - timedelta(days=8)
    )
    toba = a_published_opportunity("madiun", title_id="Toba", now=NOW - timedelta(days=7))
    toba.region_code, toba.closes_on, toba.closes_at = "12.12", None, None
    index_now()
    page = client.get(f"/peluang?{query}")
    assert sorted(titles(page)) == left
    assert f'aria-label="Lepas saringan {chip}"' in page.text
    name, value = query.partition("&")[0].split("=")
    count = re.search(
        rf'name="{name}" value="{value}" checked>.*?<span class="tt-num">(\d+)</span>', page.text
    )
    assert count is not None
    assert int(count[1]) == len(titles(client.get(f"/peluang?{name}={value}")))


def test_a_chip_takes_its_choice_off(client: PageClient, index_now: Index):
    a_published_opportunity()
    index_now()
    page = client.get("/peluang?skema=kpbu&dimensi=smart-living&q=air")
    assert 'href="/peluang?q=air&amp;skema=kpbu"' in page.text
    assert 'href="/peluang?dimensi=smart-living&amp;skema=kpbu"' in page.text


def test_nothing_found_offers_what_to_take_off(client: PageClient, index_now: Index):
    a_published_opportunity(title_id="Pasar rakyat")
    index_now()
    page = client.get("/peluang?q=pasar&skema=apbd")
    assert "Tanpa APBD: 1 peluang" in page.text
    assert 'href="/peluang?q=pasar"' in page.text


def test_the_address_bar_is_told_the_one_way_of_writing_a_question(client: PageClient, index_now: Index):
    index_now()
    page = client.get("/en/peluang?skema=apbd&tahap=ide&sejak=&dimensi=smart-living&mitra=x")
    assert page.headers["HX-Push-Url"] == "/en/peluang?dimensi=smart-living&skema=apbd"
    sheet = client.get("/peluang/saring?skema=apbd&tahap=ide")
    assert sheet.headers["HX-Replace-Url"] == "/peluang/saring?skema=apbd"
    assert "HX-Push-Url" not in client.get("/peluang?q=" + "%F0%9F%9A%80" * 200).headers


def test_pages_and_a_page_too_far(client: PageClient, index_now: Index):
    for number in range(23):
        a_published_opportunity(title_id=f"Peluang {number}")
    index_now()
    assert len(titles(client.get("/peluang"))) == 20
    last = client.get("/peluang?halaman=900")
    assert len(titles(last)) == 3
    assert 'rel="canonical" href="http://localhost/peluang?halaman=2"' in last.text


def test_english_shows_english_titles_and_marks_indonesian_ones(client: PageClient, index_now: Index):
    a_published_opportunity(title_id="Air", title_en="Water")
    a_published_opportunity(title_id="Hanya Indonesia", title_en="")
    index_now()
    page = client.get("/en/peluang")
    assert set(titles(page)) == {"Water", "Hanya Indonesia"}
    assert 'lang="id">Hanya Indonesia</a>' in page.text
    assert 'href="/en/peluang/' in page.text


def test_the_filters_stand_on_a_page_of_their_own(client: PageClient, index_now: Index):
    a_published_opportunity()
    index_now()
    page = client.get("/peluang/saring?q=air&skema=kpbu")
    assert "Tampilkan 1 peluang" in page.text
    assert '<input type="hidden" name="q" value="air">' in page.text


@pytest.mark.parametrize("count", [3, 30])
def test_one_query_signed_out_however_many_rows_and_whatever_is_kept(
    client: PageClient, index_now: Index, count_queries: QueryCounter, count: int
):
    for number in range(count):
        a_published_opportunity(title_id=f"Peluang {number}")
    index_now()
    client.get("/daerah")
    for address in ("/peluang", "/peluang?urut=nilai", "/peluang"):
        with count_queries() as counted:
            client.get(address)
        assert counted.number == 1, counted.statements


@pytest.mark.parametrize("count", [3, 30])
def test_at_most_six_queries_signed_in(
    client_as: Callable[[str], PageClient], index_now: Index, count_queries: QueryCounter, count: int
):
    for number in range(count):
        a_published_opportunity(title_id=f"Peluang {number}")
    index_now()
    signed_in = client_as("pemda_editor")
    signed_in.get("/peluang")
    with count_queries() as counted:
        page = signed_in.get("/peluang?urut=nilai")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert counted.number <= 6, counted.statements


def test_an_unchanged_page_is_answered_304_without_a_query(
    client: PageClient, index_now: Index, count_queries: QueryCounter
):
    a_published_opportunity()
    index_now()
    first = client.get("/peluang")
    assert (first.headers["Cache-Control"], "Cookie" in first.headers["Vary"]) == ("public, no-cache", True)
    with count_queries() as counted:
        again = client.get("/peluang", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, counted.number) == (304, 0)
    assert "Set-Cookie" not in first.headers


def test_a_new_generation_another_language_and_another_hour_are_other_pages(
    client: PageClient, index_now: Index
):
    a_published_opportunity()
    index_now()
    tag = client.get("/peluang").headers["ETag"]
    assert client.get("/en/peluang").headers["ETag"] != tag
    clock.use(lambda: NOW + timedelta(hours=1))
    assert client.get("/peluang").headers["ETag"] != tag
    clock.use(lambda: NOW)
    index_now()
    assert client.get("/peluang", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "odd",
    [
        "q=%F0%9F%9A%80",
        'q="""-+',
        "q=" + "a" * 5000,
        "daerah=%C3%A9",
        "halaman=" + "9" * 400,
        "tenggat=%C2%B2&sejak=-1&kbli=%F0%9F%9A%80&angkatan=%27%22&klaster=%25",
    ],
)
def test_bad_input_gives_a_page(client: PageClient, index_now: Index, odd: str):
    a_published_opportunity()
    index_now()
    assert client.get(f"/peluang?{odd}").status_code == 200


def test_what_is_typed_comes_back_escaped(client: PageClient, index_now: Index):
    index_now()
    page = client.get("/peluang?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page.text


def test_machines_are_told_the_same(client: PageClient, index_now: Index):
    listing = a_published_opportunity(title_id="Air </script> minum", title_en="")
    index_now()
    page = client.get("/en/peluang?skema=kpbu&utm_source=x")
    told = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)[0])
    assert told["itemListElement"][0]["url"] == f"http://localhost/en/peluang/{listing.slug}"
    assert 'hreflang="id" href="http://localhost/peluang?skema=kpbu"' in page.text
    assert 'rel="canonical" href="http://localhost/en/peluang?skema=kpbu"' in page.text


def test_before_the_first_build_the_page_says_so(
    client: PageClient, app: Flask, monkeypatch: Any, tmp_path: Path
):
    monkeypatch.setitem(app.extensions, "opportunity_index", OpenIndex(Home(tmp_path)))
    page = client.get("/peluang")
    assert page.status_code == 503
    assert "Pencarian sedang disiapkan" in page.text

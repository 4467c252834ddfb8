from typing import Any

import pytest

from marketplace.data.reading import read_rows
from marketplace.innovations.asking import Asked, parse
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter


def test_the_list_shows_all_and_pages(client: PageClient) -> None:
    first = client.get("/inovasi")
    assert first.status_code == 200
    assert "52 inovasi" in first.text
    assert first.text.count('class="tt-mini"') == 24
    last = client.get("/inovasi?halaman=3")
    assert last.text.count('class="tt-mini"') == 4


@pytest.mark.parametrize(
    "query, shown, hidden",
    [
        ("q=parkir", "Parkir nontunai QRIS", "Smart Kampung"),
        ("q=banyuwangi", "Smart Kampung", "Parkir nontunai QRIS"),
        ("dimensi=smart-society", "Call Center 112", "Smart Kampung"),
        ("daerah=71", "Belum ada yang cocok", "Smart Kampung"),
        ("daerah=32", "Gerbang Raja", "Smart Kampung"),
        ("daerah=99.99&dimensi=unknown", "52 inovasi", "Belum ada yang cocok"),
    ],
)
def test_the_list_is_narrowed(client: PageClient, query: str, shown: str, hidden: str) -> None:
    answer = client.get(f"/inovasi?{query}")
    assert shown in answer.text
    assert hidden not in answer.text


@pytest.mark.parametrize(
    "query", ["q=%25", "q=_", "q=\\", "q=<script>alert(1)</script>", "halaman=-1", "halaman=x"]
)
def test_odd_questions_are_answered(client: PageClient, query: str) -> None:
    answer = client.get(f"/inovasi?{query}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_innovation_has_its_page(client: PageClient, prefix: str) -> None:
    for row in read_rows("innovations.csv"):
        answer = client.get(f"{prefix}/inovasi/{row['slug']}")
        assert answer.status_code == 200, row["slug"]


def test_an_unknown_one_is_not_there(client: PageClient) -> None:
    assert client.get("/inovasi/tidak-ada").status_code == 404
    assert client.get("/inovasi/smart-kampung").status_code == 404


def test_the_page_tells_its_source_and_what_is_unknown(client: PageClient) -> None:
    answer = client.get("/inovasi/rdf-jeruklegi-kabupaten-cilacap")
    assert "Rp90 miliar" in answer.text
    assert "Medcom.id" in answer.text
    undated = client.get("/inovasi/retribusi-pasar-qris-dan-akun-virtual-kota-metro")
    assert "belum dinyatakan" in undated.text


def test_on_en_indonesian_titles_say_so(client: PageClient) -> None:
    answer = client.get("/en/inovasi/smart-kampung-kabupaten-banyuwangi")
    assert '<h1 lang="id">Smart Kampung</h1>' in answer.text


def test_queries_do_not_grow(client: PageClient, count_queries: QueryCounter) -> None:
    client.get("/inovasi")
    with count_queries() as few:
        client.get("/inovasi?q=tombol")
    with count_queries() as many:
        client.get("/inovasi")
    assert few.number == many.number <= 3
    with count_queries() as page:
        client.get("/inovasi/smart-kampung-kabupaten-banyuwangi")
    assert page.number <= 4


def test_addresses_keep_one_order(session: Any) -> None:
    asked = parse(
        "  air  minum ", ["smart-living", "x", "smart-economy"], "71.72",
        known=gazetteer(), dimension_codes=taxonomy().dimensions,
    )  # fmt: skip
    expected = "?q=air+minum&dimensi=smart-economy&dimensi=smart-living&daerah=71.72&halaman=2"
    assert asked.query(2) == expected
    assert Asked().query() == ""
    assert asked.without_region().with_only(None).query() == "?q=air+minum"

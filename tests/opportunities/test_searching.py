"""What /peluang says of words: marks, snippets, other spellings, and a way on from nothing."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import Connection, delete, update

from marketplace.opportunities.models import Opportunity
from tests.factories.opportunities import a_published_opportunity
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter
from tests.support.searching import index_everything

Listed = Callable[..., None]


@pytest.fixture
def listed(app: Flask, session, connection: Connection) -> Listed:
    """Makes listings, given as keyword arguments each, all that there is, and searchable."""
    session.execute(update(Opportunity).values(published_version_id=None))
    session.execute(delete(Opportunity))

    def make(*listings: dict, region: str = "bitung") -> None:
        for each in listings:
            a_published_opportunity(each.pop("region", region), **each)
        session.commit()
        index_everything(app, connection)

    return make


def page(client: PageClient, path: str = "/peluang", **question: str) -> str:
    answer = client.get(f"{path}?{urlencode(question)}")
    assert answer.status_code == 200
    return answer.text


def test_a_card_shows_what_was_found_escaped_and_in_its_language(client: PageClient, listed: Listed):
    text = "Kota mengolah <b>persampahan</b> menjadi bahan bakar."
    listed({"title_id": "Sampah & energi", "title_en": "", "summary_id": text, "summary_en": ""})
    shown = page(client, q="sampah")
    assert "<mark>Sampah</mark> &amp; energi</a>" in shown
    assert "&lt;b&gt;<mark>persampahan</mark>&lt;/b&gt;" in shown
    assert ">Ringkasan</span>" in shown
    english = page(client, "/en/peluang", q="garbage")
    assert re.search(r'<span lang="id">Kota mengolah .*<mark>persampahan</mark>', english)
    assert "<mark>" not in page(client)


def test_words_cost_one_more_query_however_many_rows(
    client: PageClient, listed: Listed, count_queries: QueryCounter
):
    listed(*({"title_id": f"Pasar {number}"} for number in range(12)))
    page(client)
    with count_queries() as counted:
        page(client, q="pasar", urut="nilai")
    assert counted.number == 2, counted.statements
    with count_queries() as counted:
        page(client, q="pasar", urut="nilai")
    assert counted.number == 1, counted.statements


def test_the_page_says_how_it_understood_the_words(client: PageClient, listed: Listed):
    listed(
        {"title_id": "Pasar rakyat Legi"},
        {"title_id": "Pasar induk"},
        {"title_id": "Pasir kuarsa", "summary_id": ""},
    )
    mended = page(client, q="psaar rakyat")
    assert "Tidak ada yang memuat persis “psaar rakyat”" in mended
    assert '<a href="/peluang?q=pasar+rakyat"><b>pasar rakyat</b></a>' in mended
    assert "Tidak ada yang memuat semua kata itu" in page(client, q="pasar kelontong")
    assert '<a href="/peluang?q=pasar"><b>pasar</b></a> (2 peluang)' in page(client, q="pasir")
    assert "tt-nudge" not in page(client, q="pasar")


def test_nothing_found_offers_the_tightest_filter_first_and_one_click_finds(
    client: PageClient, listed: Listed
):
    listed(
        {"title_id": "Pasar satu", "scheme_codes": ["apbd"]}, {"title_id": "Pasar dua", "scheme_codes": ["apbd"]},
        {"title_id": "Pasar tiga", "region": "madiun", "scheme_codes": ["kpbu"]},
    )  # fmt: skip
    shown = page(client, q="pasar", daerah="35.19", skema="apbd")
    offers = re.findall(r'<a class="btn ([\w-]+)" href="([^"]+)">\s*(Tanpa [^<]+|Seluruh [^<]+)</a>', shown)
    assert [(style, text) for style, _, text in offers] == [
        ("btn-primary", "Tanpa Kabupaten Madiun: 2 peluang"),
        ("btn-outline-primary", "Tanpa APBD: 1 peluang"),
    ]
    assert "2 peluang cocok" in client.get(offers[0][1].replace("&amp;", "&")).text


def test_a_kota_without_a_hit_offers_its_whole_province(client: PageClient, listed: Listed):
    listed({"title_id": "Pasar"}, {"title_id": "Terminal", "region": "madiun"})
    assert "Seluruh Provinsi Sulawesi Utara: 1 peluang" in page(client, q="pasar", daerah="71.71")


@pytest.mark.parametrize(
    "typed",
    ["' OR 1=1 --", "a & !b <-> (c:*)", "%_%", '"' * 999, "-" * 999, "\x00pasar", "🚀" * 300, "x" * 10_240,
     "title:pasar^9~2 AND [a TO b]", '"pasar -"', "- - -"],
)  # fmt: skip
def test_whatever_is_typed_there_is_a_sensible_page(client: PageClient, listed: Listed, typed: str):
    listed({"title_id": "Pasar"})
    shown = page(client, q=typed)
    assert re.search(r"\d+ peluang cocok", shown)
    assert "Lihat semua peluang" in shown or "tt-card-title" in shown

"""The site map names every public page and nothing else."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from lxml import etree
from sqlalchemy import Connection

from marketplace.extensions import db
from marketplace.innovations.models import Innovation
from marketplace.opportunities.questions.rules import QuestionStatus
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from marketplace.organisations.models import Organisation
from marketplace.pages import sitemap
from marketplace.pages.sitemap import Part, count_files, parts_of
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.factories.questions import a_question
from tests.support.clients import PageClient
from tests.support.searching import index_everything

SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = "http://localhost"


def paths(client: PageClient, query: str = "") -> list[str]:
    tree = etree.fromstring(client.get(f"/sitemap.xml{query}").data)
    return [text.removeprefix(BASE) for text in tree.xpath("//s:loc/text()", namespaces=SPACES)]


def test_public_pages_stand_there_in_both_languages(client: PageClient, session: Any) -> None:
    listing = a_published_opportunity()
    found = a_published_opportunity(life=LifeStatus.PARTNER_FOUND)
    partner = session.query(Organisation).filter_by(name="PT Tirta Uji").one()
    listed = set(paths(client))
    for path in (
        "/", "/peluang", "/bantuan", "/daerah/71.72-kota-bitung", f"/peluang/{listing.slug}",
        f"/peluang/{found.slug}", f"/mitra/{partner.slug}", f"/inovasi/{session.query(Innovation.slug).first()[0]}",
    ):  # fmt: skip
        assert {path, f"/en{path}"} <= listed


def test_answers_have_their_page_where_somebody_reads_one(client: PageClient, session: Any) -> None:
    answered, asked, gone = a_published_opportunity(), a_published_opportunity(), a_published_opportunity()
    for listing, day in ((answered, 3), (answered, 5), (gone, 4)):
        a_question(listing, status=QuestionStatus.ANSWERED, answered_at=datetime(2026, 3, day, tzinfo=UTC))
    a_question(asked)
    gone.status = LifeStatus.WITHDRAWN
    text = client.get("/sitemap.xml").text
    assert text.count(f"/peluang/{answered.slug}/tanya-jawab</loc><lastmod>2026-03-05</lastmod>") == 2
    for listing in (asked, gone):
        assert f"/peluang/{listing.slug}/tanya-jawab" not in text


def test_what_is_not_public_is_absent(client: PageClient, session: Any) -> None:
    hidden = [
        an_opportunity(life_values={"slug": "draf-rahasia-aaaaaa"}),
        an_opportunity(review=VersionStatus.SUBMITTED, life_values={"slug": "diajukan-bbbbbb"}),
        a_published_opportunity(life=LifeStatus.WITHDRAWN),
    ]
    unverified = session.query(Organisation).filter_by(name="PT Baru Uji").one()
    government = session.query(Organisation).filter_by(name="Pemerintah Kota Bitung").one()
    text = client.get("/sitemap.xml").text
    for slug in (*(row.slug for row in hidden), unverified.slug, government.slug):
        assert f"/{slug}<" not in text
    assert "/dasbor" not in text
    assert "/moderasi" not in text


def test_each_address_names_its_other_language(client: PageClient, session: Any) -> None:
    tree = etree.fromstring(client.get("/sitemap.xml").data)
    urls = tree.xpath("//s:url", namespaces=SPACES)
    assert len(urls) > 1000
    for url in urls:
        address = url.findtext("s:loc", namespaces=SPACES)
        others = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", namespaces=SPACES)}
        assert set(others) == {"id", "en", "x-default"}
        assert address in (others["id"], others["en"])
        assert others["en"] == others["id"].replace(BASE, f"{BASE}/en")


def test_addresses_exist(client: PageClient, session: Any, app: Flask, connection: Connection) -> None:
    """A sample: every page that this team's slice answers, and one region."""
    index_everything(app, connection)
    for path in (
        "/",
        "/bantuan",
        "/tentang",
        "/privasi",
        "/ketentuan",
        "/aksesibilitas",
        "/daerah/71.72-kota-bitung",
    ):
        assert path in paths(client)
        assert client.get(path).status_code == 200


def test_many_pages_are_split_and_none_is_lost(
    client: PageClient, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_published_opportunity()
    whole = paths(client)
    monkeypatch.setattr(sitemap, "PAGES_A_FILE", 100)
    files = paths(client)
    assert len(files) > 5
    assert files[0] == "/sitemap.xml?bagian=1"
    pieces = [paths(client, file.removeprefix("/sitemap.xml")) for file in files]
    assert [path for piece in pieces for path in piece] == whole
    assert client.get(f"/sitemap.xml?bagian={len(files) + 1}").status_code == 404


def test_machine_addresses_exist_once(client: PageClient) -> None:
    for path in ("/en/sitemap.xml", "/en/robots.txt", "/en/.well-known/security.txt"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("a_file", [1, 3, 7, 10, 100])
def test_parts_cover_every_row_once(a_file: int) -> None:
    sizes = {"tetap": 4, "kosong": 0, "daerah": 9, "peluang": 5}
    seen = [
        (part.kind, row)
        for number in range(1, count_files(sizes, a_file) + 1)
        for part in parts_of(number, sizes, a_file)
        for row in range(part.offset, part.offset + part.limit)
    ]
    assert seen == [(kind, row) for kind, size in sizes.items() for row in range(size)]


def test_a_file_may_begin_within_a_kind() -> None:
    assert parts_of(2, {"tetap": 4, "daerah": 9}, 3) == [Part("tetap", 3, 1), Part("daerah", 0, 2)]
    assert count_files({}, 3) == 1


def test_listing_says_when_it_changed(client: PageClient, session: Any) -> None:
    listing = a_published_opportunity()
    db.session.flush()
    day = f"{listing.updated_at:%Y-%m-%d}"
    text = client.get("/sitemap.xml").text
    assert f"/peluang/{listing.slug}</loc><lastmod>{day}</lastmod>" in text

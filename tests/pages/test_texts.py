"""The pages that explain, in both languages."""

import json

import pytest
from lxml import html

from marketplace.accounts.rules import TERMS_VERSION
from marketplace.taxonomy.queries import taxonomy
from tests.support.clients import PageClient

PATHS = ("/bantuan", "/tentang", "/privasi", "/ketentuan", "/aksesibilitas")
PREFIXES = ("", "/en")


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("path", PATHS)
def test_page_is_sound_and_says_where_it_stands(client: PageClient, path: str, prefix: str) -> None:
    answer = client.get(prefix + path)
    assert answer.status_code == 200
    tree = html.fromstring(answer.data)
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"http://localhost{prefix}{path}"]
    alternates = {link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@rel='alternate']")}
    assert alternates == {
        "id": f"http://localhost{path}",
        "en": f"http://localhost/en{path}",
        "x-default": f"http://localhost{path}",
    }
    assert tree.xpath("//main//a[starts-with(@href, 'mailto:laip@titiktemu.example')]")


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("path", PATHS)
def test_contents_lead_to_sections(client: PageClient, path: str, prefix: str) -> None:
    tree = html.fromstring(client.get(prefix + path).data)
    targets = [
        link.removeprefix("#") for link in tree.xpath("//nav[contains(@class, 'tt-contents')]//a/@href")
    ]
    sections = tree.xpath("//main//section/@id")
    assert targets == sections


@pytest.mark.parametrize("path", ["/", *PATHS])
def test_footer_links_privacy_accessibility_and_security(client: PageClient, path: str) -> None:
    for prefix in PREFIXES:
        tree = html.fromstring(client.get(prefix + path).data)
        links = set(tree.xpath("//footer//a/@href"))
        assert {f"{prefix}/privasi", f"{prefix}/aksesibilitas", f"{prefix}/ketentuan"} <= links
        assert "/.well-known/security.txt" in links


@pytest.mark.parametrize("path", ["/", *PATHS])
def test_data_for_search_engines_can_be_read(client: PageClient, path: str) -> None:
    tree = html.fromstring(client.get(f"/en{path}").data)
    blocks = [json.loads(text) for text in tree.xpath("//script[@type='application/ld+json']/text()")]
    assert [block["@context"] for block in blocks] == ["https://schema.org"]
    if path == "/":
        site = blocks[0]["@graph"][0]
        target = site["potentialAction"]["target"]["urlTemplate"]
        assert target == "http://localhost/en/peluang?q={search_term_string}"
    else:
        trail = blocks[0]["itemListElement"]
        assert [step["position"] for step in trail] == [1, 2]
        assert trail[0]["item"] == "http://localhost/en/"
        assert "item" not in trail[1]


def test_every_scheme_is_explained_under_its_code(client: PageClient) -> None:
    ids = html.fromstring(client.get("/bantuan").data).xpath("//@id")
    assert {f"skema-{code}" for code in taxonomy().schemes} <= set(ids)


def test_guides_that_other_pages_link_to_exist(client: PageClient) -> None:
    ids = html.fromstring(client.get("/bantuan").data).xpath("//@id")
    assert {"pengunjung", "pemda", "penyetuju", "mitra", "moderator", "skema", "kesiapan", "dimensi"} <= set(
        ids
    )


@pytest.mark.parametrize("path", ["/ketentuan", "/privasi"])
def test_version_that_is_accepted_at_registration_is_the_one_shown(client: PageClient, path: str) -> None:
    assert TERMS_VERSION in html.fromstring(client.get(path).data).text_content()


def test_terms_say_what_this_is_not(client: PageClient) -> None:
    text = client.get("/ketentuan").text
    assert "Ini bukan pengadaan." in text
    assert "tidak mengikat siapa pun" in text
    assert "Hukum pengadaan dan hukum kerja sama daerah tetap berlaku sepenuhnya." in text


def test_reading_sets_no_cookie(client: PageClient) -> None:
    for path in ("/", *PATHS):
        assert "Set-Cookie" not in client.get(path).headers

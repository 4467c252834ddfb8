"""The two-page PDF of a listing."""

import os
from datetime import date
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from werkzeug.test import TestResponse

from marketplace.files.shelf import Shelf
from marketplace.opportunities import typesetting
from marketplace.opportunities.rules import LifeStatus, Origin
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.support.clients import PageClient

# Long in every way that the form lets through: many words, no blank at all, signs that no font draws.
LONG_TEXT = "Warga menunggu air bersih sejak pagi. " * 78
ENDLESS_WORD = "air" * 990
MANY = {
    **{f"{field}_id": LONG_TEXT for field in ("problem", "why_now", "existing", "sought", "expected_result", "land_permits")},
    "title_id": "Penyediaan air minum " * 9, "summary_id": LONG_TEXT[:500], "users_served_id": ENDLESS_WORD,
    "nice_to_haves_id": "- **satu**\n- dua 💧\n\n" + LONG_TEXT, "must_haves_id": [LONG_TEXT[:500]] * 5,
    "must_haves_en": [], "plan_reference": LONG_TEXT[:500], "readiness_evidence": ENDLESS_WORD[:500],
    "local_character_id": LONG_TEXT, "connectivity_id": LONG_TEXT, "incentives_id": LONG_TEXT, "title_en": "",
    "partner_kinds": ["investor", "operator", "technology", "consultant"], "scheme_codes": ["kpbu", "apbd"],
}  # fmt: skip


def teaser(client: PageClient, listing: Any, prefix: str = "") -> TestResponse:
    return client.get(f"{prefix}/peluang/{listing.slug}/ringkasan.pdf")


def texts(pdf: bytes) -> list[str]:
    """What stands on each page, blanks and places to break apart."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(text.replace("\u200b", "").replace("\ufffe", "").split()) for text in pages]


def codes(pdf: bytes) -> list[str]:
    """What a phone reads on the first page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [code.text for code in zxingcpp.read_barcodes(document[0].render(scale=4).to_pil())]


@pytest.mark.parametrize("content", [{}, MANY], ids=["short", "long"])
def test_two_pages_with_what_the_page_says(client: PageClient, content: dict[str, Any]) -> None:
    listing = a_published_opportunity(closes_on=date(2031, 2, 24), **content)
    answer = teaser(client, listing)
    first, second = texts(answer.data)
    for shown in (
        "Rp250 miliar",
        "24 Februari 2031",
        "Investor",
        "Kota Bitung, Sulawesi Utara",
        "Halaman 1 dari 2",
    ):
        assert shown in first
    for shown in ("Rp250.000.000.000", "Pra-FS", "Ini bukan pengadaan", "Halaman 2 dari 2", "Tenggat minat"):
        assert shown in second
    assert codes(answer.data) == [f"http://localhost/peluang/{listing.slug}"]
    assert ("Selengkapnya di halaman peluang" in first + second) == bool(content)
    assert (answer.mimetype, answer.headers["X-Robots-Tag"]) == ("application/pdf", "noindex")
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{listing.slug}.pdf"')


def test_english_readers_get_theirs_and_examples_name_their_source(client: PageClient) -> None:
    example = a_published_opportunity(
        origin=Origin.PUBLIC_EXAMPLE, interest_deadline=None, title_en="Bitung water",
        life_values={"example_source_name": "Lensa Nusantara", "example_year": 2022, "example_source_url": "https://example.com/a"},
    )  # fmt: skip
    answer = teaser(client, example, "/en")
    first, second = texts(answer.data)
    assert "Bitung water" in first
    assert "Lensa Nusantara" in first
    assert "Rp250 billion" in first
    assert "Rp250,000,000,000" in second
    assert b"/Lang(en)" in answer.data
    assert codes(answer.data) == [f"http://localhost/en/peluang/{example.slug}"]


def test_only_what_is_public_is_handed_out(client: PageClient) -> None:
    withdrawn = a_published_opportunity(life=LifeStatus.WITHDRAWN)
    draft = an_opportunity()
    assert teaser(client, withdrawn).status_code == 410
    assert client.get(f"/peluang/judul-{draft.tail}/ringkasan.pdf").status_code == 404
    listing = a_published_opportunity()
    moved = client.get(f"/peluang/kata-lain-{listing.tail}/ringkasan.pdf")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/peluang/{listing.slug}/ringkasan.pdf")
    assert f'href="/peluang/{listing.slug}/ringkasan.pdf"' in client.get(f"/peluang/{listing.slug}").text


def test_it_is_made_once_until_the_page_says_something_else(
    client: PageClient, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(
        "marketplace.opportunities.views.teaser.typeset",
        lambda sheet: made.append(sheet["title"]) or b"%PDF-",
    )
    listing = a_published_opportunity(title_id="Satu kali saja")
    first = teaser(client, listing)
    assert teaser(client, listing).data == first.data == b"%PDF-"
    unchanged = client.get(
        f"/peluang/{listing.slug}/ringkasan.pdf", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert unchanged.status_code == 304
    assert len(made) == 1
    listing.status = LifeStatus.NO_PARTNER
    assert teaser(client, listing).headers["ETag"] != first.headers["ETag"]
    assert len(made) == 2


def test_all_characters_that_are_kept_can_be_drawn(client: PageClient) -> None:
    listing = a_published_opportunity(
        problem_id="".join(sorted(typesetting.drawn_characters() - set("\\`*_[]<>&!")))
    )
    assert teaser(client, listing).status_code == 200


def test_what_no_font_draws_is_left_out_and_long_words_may_break() -> None:
    assert typesetting.drawable("Air 💧 untuk\u00a0semua\n中文 é") == "Air untuk semua é"
    assert typesetting.drawable("a" * 40) == "a" * 32 + "\u200b" + "a" * 8


def test_the_shelf_keeps_those_read_last(tmp_path: Any) -> None:
    shelf = Shelf(tmp_path / "shelf", 2)
    for number, key in enumerate(("one", "two")):
        shelf.put(key, key.encode())
        path = tmp_path / "shelf" / key
        os.utime(path, ns=(number, number))
    assert shelf.get("one") == b"one"
    shelf.put("three", b"three")
    assert [shelf.get(key) for key in ("one", "two", "three")] == [b"one", None, b"three"]

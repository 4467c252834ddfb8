from collections.abc import Callable
from typing import Any

import pytest

from marketplace.opportunities.rules import LifeStatus, Origin, VersionStatus
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.support.clients import PageClient


def test_everybody_reads_a_published_listing_in_both_languages(client: PageClient) -> None:
    listed = a_published_opportunity()
    page = client.get(f"/peluang/{listed.slug}")
    assert page.status_code == 200
    assert "SPAM Bitung, demonstrasi" in page.text
    assert "Rp250.000.000.000" in page.text
    assert f'href="/peluang/{listed.slug}/minat"' in page.text
    english = client.get(f"/en/peluang/{listed.slug}")
    assert "Bitung water supply, demonstration" in english.text
    # What was not translated stands in Indonesian and says so.
    assert '<div class="tt-written" lang="id">' in english.text


def test_what_is_unknown_is_written_out_and_never_zero(client: PageClient) -> None:
    listed = a_published_opportunity(value_amount=None, value_idr=None)
    page = client.get(f"/peluang/{listed.slug}").text
    assert "belum dinyatakan" in page
    assert "Rp0" not in page


def test_wrong_words_with_the_right_tail_lead_to_the_address(client: PageClient) -> None:
    listed = a_published_opportunity()
    answer = client.get(f"/en/peluang/kata-lain-{listed.tail}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/en/peluang/{listed.slug}")
    assert client.get(f"/peluang/kata-lain-{listed.tail[:-1]}?").status_code == 404


def test_a_withdrawn_listing_answers_410_with_those_of_its_sector_then_of_its_region(
    client: PageClient, index_now: Callable[[], int]
) -> None:
    a_published_opportunity(
        title_id="Sampah serumpun", dimension_code="smart-environment", sector_code="waste"
    )
    a_published_opportunity("madiun", title_id="Air minum serupa")
    a_published_opportunity("madiun", title_id="Sampah lain", sector_code="waste")
    gone = a_published_opportunity(life=LifeStatus.WITHDRAWN)
    index_now()
    page = client.get(f"/peluang/{gone.slug}")
    assert page.status_code == 410
    assert 0 < page.text.index("Air minum serupa") < page.text.index("Sampah serumpun")
    assert "Sampah lain" not in page.text
    assert "SPAM Bitung, demonstrasi" not in page.text


def test_a_public_example_takes_no_interest_and_has_no_deadline(client: PageClient) -> None:
    example = a_published_opportunity(
        origin=Origin.PUBLIC_EXAMPLE, interest_deadline=None,
        life_values={"example_source_name": "Lensa Nusantara", "example_year": 2022, "example_source_url": "https://example.com/a"},
    )  # fmt: skip
    page = client.get(f"/peluang/{example.slug}").text
    assert "Contoh publik" in page
    assert "Lensa Nusantara" in page
    assert "2022" in page
    assert "/minat" not in page
    assert "Tenggat minat" not in page


@pytest.mark.parametrize(
    "review", [status for status in VersionStatus if status is not VersionStatus.PUBLISHED]
)
@pytest.mark.parametrize("persona", [None, "other_approver", "investor", "pemda_viewer", "moderator"])
def test_an_unpublished_listing_has_no_public_page(
    review: VersionStatus, persona: str | None, client: PageClient, client_as: Callable[[str], PageClient]
) -> None:
    hidden = an_opportunity(review=review, life_values={"slug": "tebakan-aaaaaa", "tail": "aaaaaa"})
    reader = client_as(persona) if persona else client
    assert reader.get(f"/peluang/{hidden.slug}").status_code == 404


def test_markup_in_any_text_is_shown_as_text(client: PageClient) -> None:
    evil = "<script>alert(1)</script><svg/onload=alert(2)>"
    texts = {
        f"{name}_{lang}": evil + "x" * 120
        for name in ("title", "summary", "problem", "sought")
        for lang in ("id", "en")
    }
    listed = a_published_opportunity(**texts, contact_role=evil, must_haves_id=[evil])
    for path in ("", "/en"):
        page = client.get(f"{path}/peluang/{listed.slug}").text
        # Title, summary, problem, what is sought, the office, a must-have: none is left out, all are words.
        assert page.count("&lt;script&gt;alert(1)") >= 6
        assert "<script>alert" not in page
        assert "<svg/onload" not in page


def test_a_visitor_gets_304_for_what_did_not_change(client: PageClient) -> None:
    listed = a_published_opportunity()
    first = client.get(f"/peluang/{listed.slug}")
    assert "Set-Cookie" not in first.headers
    again = client.raw.get(f"/peluang/{listed.slug}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("persona, most", [(None, 8), ("investor", 11), ("pemda_editor", 11)])
def test_the_number_of_queries_is_small_and_constant(
    persona: str | None,
    most: int,
    client: PageClient,
    client_as: Callable[[str], PageClient],
    count_queries: Any,
) -> None:
    reader = client_as(persona) if persona else client
    listed = a_published_opportunity()
    reader.get(f"/peluang/{listed.slug}")
    with count_queries() as one:
        reader.get(f"/peluang/{listed.slug}")
    for _number in range(10):
        a_published_opportunity()
    with count_queries() as many:
        reader.get(f"/peluang/{listed.slug}")
    assert one.number == many.number <= most

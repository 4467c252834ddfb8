"""/peluang/peta as people use it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from marketplace.opportunities.rules import LifeStatus, Origin
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

pytestmark = pytest.mark.usefixtures("only_what_the_test_lists")


def areas(page: Any) -> dict[str, tuple[str, str]]:
    """What the links on the map say, with where they lead and their tone."""
    found = re.findall(
        r'<a href="([^"]+)" aria-label="([^"]+)"><title>[^<]+</title><use class="tt-shade-(\d)"', page.text
    )
    return {said: (address.replace("&amp;", "&"), tone) for address, said, tone in found}


def rows(page: Any) -> list[tuple[str, ...]]:
    """The table: names, counts, values."""
    body = page.text.split("<tbody>")[1].split("</tbody>")[0]
    cells = (re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row) for row in body.split("</tr>") if "<th" in row)
    return [tuple(" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row) for row in cells]


@pytest.fixture
def spread_out(only_what_the_test_lists: None, index_now: Callable[[], int]) -> None:
    """Three in Kota Bitung, one without a stated value; one in Kabupaten Madiun; one of the whole of Sulawesi Utara."""
    a_published_opportunity(title_id="Air minum")
    a_published_opportunity(title_id="Pasar ikan", value_idr=50_000_000_000)
    a_published_opportunity(title_id="Tanpa nilai", value_amount=None, value_idr=None)
    a_published_opportunity(
        "madiun", title_id="Pasar hewan", scheme_codes=["apbd"], value_idr=2_000_000_000_000
    )
    a_published_opportunity(
        title_id="Seluruh provinsi", origin=Origin.PUBLIC_EXAMPLE,
        life_values={"region_code": "71", "example_source_name": "Antara"},
    )  # fmt: skip
    an_opportunity(life=LifeStatus.WITHDRAWN)
    index_now()


@pytest.mark.usefixtures("spread_out")
def test_provinces_are_shaded_and_lead_on_with_all_that_was_asked(client: PageClient) -> None:
    page = client.get("/peluang/peta")
    assert areas(page) == {
        "Sulawesi Utara: 4 peluang, Rp550 miliar": ("/peluang/peta?daerah=71", "5"),
        "Jawa Timur: 1 peluang, Rp2 triliun": ("/peluang/peta?daerah=35", "2"),
    }
    assert rows(page) == [("Sulawesi Utara", "4", "Rp550 miliar"), ("Jawa Timur", "1", "Rp2 triliun")]
    assert "Rp2,55 triliun, dinyatakan oleh 4 di antaranya" in page.text
    asked = client.get("/peluang/peta?q=pasar&urut=nilai&warna=nilai&status=terbuka&lain=x")
    assert areas(asked) == {
        "Jawa Timur: 1 peluang, Rp2 triliun": (
            "/peluang/peta?q=pasar&daerah=35&status=terbuka&urut=nilai&warna=nilai", "5"
        ),
        "Sulawesi Utara: 1 peluang, Rp50 miliar": (
            "/peluang/peta?q=pasar&daerah=71&status=terbuka&urut=nilai&warna=nilai", "2"
        ),
    }  # fmt: skip
    assert 'href="/peluang?q=pasar&amp;status=terbuka&amp;urut=nilai"' in asked.text
    assert (
        'href="/peluang/peta?q=pasar&amp;status=terbuka&amp;urut=nilai"'
        in client.get("/peluang?q=pasar&urut=nilai&status=terbuka&halaman=1").text
    )


@pytest.mark.usefixtures("spread_out")
def test_a_province_opens_into_its_parts_and_what_is_in_none_of_them(client: PageClient) -> None:
    page = client.get("/peluang/peta?daerah=71&skema=kpbu")
    assert areas(page) == {"Kota Bitung: 3 peluang, Rp300 miliar": ("/peluang?daerah=71.72&skema=kpbu", "4")}
    assert rows(page) == [
        ("Kota Bitung", "3", "Rp300 miliar"),
        ("Seluruh provinsi, tanpa kabupaten atau kota", "1", "Rp250 miliar"),
    ]
    assert "Kabupaten Minahasa" in page.text
    assert 'href="/peluang/peta?skema=kpbu"' in page.text
    only = client.get("/peluang/peta?daerah=71.72")
    assert [row[0] for row in rows(only)] == ["Kota Bitung"]
    assert 'href="/peluang/peta?daerah=71"' in only.text
    assert "Kabupaten Minahasa" not in only.text.split("tt-browse")[1].split("tt-map-layout")[1]


@pytest.mark.usefixtures("spread_out")
def test_of_several_provinces_those_are_shown_that_were_chosen(client: PageClient) -> None:
    page = client.get("/peluang/peta?daerah=35&daerah=71.72&daerah=11")
    assert rows(page) == [("Sulawesi Utara", "3", "Rp300 miliar"), ("Jawa Timur", "1", "Rp2 triliun")]
    assert "Belum ada: Aceh." in page.text


@pytest.mark.usefixtures("spread_out")
@pytest.mark.parametrize(
    "order,first,sorted_by",
    [
        ("nama", "Jawa Timur", "ascending"),
        ("nilai", "Jawa Timur", "descending"),
        ("x", "Sulawesi Utara", "descending"),
    ],
)
def test_the_table_is_ordered_by_its_heads(
    client: PageClient, order: str, first: str, sorted_by: str
) -> None:
    page = client.get(f"/peluang/peta?susun={order}&warna=abu-abu")
    assert rows(page)[0][0] == first
    assert f'aria-sort="{sorted_by}"' in page.text
    assert page.text.count("aria-sort") == 1


@pytest.mark.usefixtures("spread_out")
def test_visitors_cost_no_statement_and_nothing_when_nothing_changed(
    client: PageClient, count_queries: QueryCounter
) -> None:
    first = client.get("/en/peluang/peta")
    with count_queries() as counted:
        client.get("/en/peluang/peta?skema=kpbu")
        again = client.get("/en/peluang/peta", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, counted.number) == (304, 0), counted.statements
    assert "Opportunities" in first.text


def test_nothing_found_says_so(client: PageClient, index_now: Callable[[], int]) -> None:
    index_now()
    page = client.get('/peluang/peta?q="🚀&daerah=zz&nilai=%25')
    assert page.status_code == 200
    assert areas(page) == {}
    assert "Belum ada peluang yang cocok" in page.text

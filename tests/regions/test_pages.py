import re
from collections.abc import Callable

import pytest

from marketplace.data.reading import read_examples, read_rows
from marketplace.opportunities.rules import LifeStatus
from tests.factories.opportunities import a_published_opportunity
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter


@pytest.fixture(autouse=True)
def _indexed(index_now: Callable[[], int]) -> None:
    index_now()


def listed(page: str, place: str) -> int:
    """How many listings the list of regions states behind a name."""
    found = re.search(rf">{place}</(?:a|b)>(?:&nbsp;|\s*)<small>(?:[^<]* · )?(\d+) peluang</small>", page)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("place", ["Kabupaten Madiun", "Jawa Timur"])
def test_the_list_counts_a_region_and_its_province(
    place: str, client: PageClient, index_now: Callable[[], int]
) -> None:
    before = listed(client.get("/daerah").text, place)
    a_published_opportunity("madiun")
    a_published_opportunity("madiun", life=LifeStatus.WITHDRAWN)
    index_now()
    assert listed(client.get("/daerah").text, place) == before + 1 > 1


def test_the_lists_cost_does_not_grow_with_the_table(client: PageClient, count_queries: QueryCounter) -> None:
    client.get("/daerah")
    with count_queries() as counted:
        client.get("/daerah")
    assert counted.number == 0


def test_a_region_shows_six_of_its_listings_and_counts_all(
    client: PageClient, index_now: Callable[[], int]
) -> None:
    for number in range(8):
        a_published_opportunity("madiun", title_id=f"Peluang Madiun {number}")
    gone = a_published_opportunity("madiun", title_id="Sudah ditarik")
    index_now()
    gone.status = LifeStatus.WITHDRAWN
    page = client.get("/daerah/35.19-kabupaten-madiun").text
    assert page.count('class="tt-card-title"><a href="/peluang/') == 5
    assert "Sudah ditarik" not in page
    examples = sum(example.region_code == "35.19" for example in read_examples())
    assert f"Semua {9 + examples} peluang" in page
    assert 'href="/peluang?daerah=35.19"' in page
    province = client.get("/daerah/35-provinsi-jawa-timur").text
    assert "Peluang Madiun 7" in province


def test_the_list_names_every_region_with_its_kind(client: PageClient) -> None:
    answer = client.get("/daerah")
    assert answer.status_code == 200
    for name in ("Kota Bitung", "Kabupaten Solok", "Provinsi Bali", "Kota Administrasi Jakarta Pusat"):
        assert name in answer.text
    # The map's circles link provinces with listings once more, each with a name of its own.
    assert len(re.findall(r'href="/daerah/[\d.]+-[^"]+"(?! aria-label)', answer.text)) == 552


def test_the_list_is_searched_by_name_and_code(client: PageClient) -> None:
    both = client.get("/daerah?q=madiun").text
    assert "/daerah/35.19-kabupaten-madiun" in both
    assert "/daerah/35.77-kota-madiun" in both
    assert "71.72-kota-bitung" not in both
    assert "71.72-kota-bitung" in client.get("/daerah?q=71.72").text
    assert "Tidak ada daerah dengan nama itu" in client.get("/daerah?q=%3Cb%3Eatlantis").text


@pytest.mark.parametrize(
    "asked, target",
    [
        ("/daerah/71.72", "/daerah/71.72-kota-bitung"),
        ("/daerah/71.72-bitung", "/daerah/71.72-kota-bitung"),
        ("/daerah/71", "/daerah/71-provinsi-sulawesi-utara"),
        ("/en/daerah/71.72-x", "/en/daerah/71.72-kota-bitung"),
        ("/daerah/13.02-kota-solok", "/daerah/13.02-kabupaten-solok"),
    ],
)
def test_wrong_words_lead_to_the_right_ones(client: PageClient, asked: str, target: str) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer.location) == (301, target)


@pytest.mark.parametrize(
    "path",
    ["/daerah/99", "/daerah/71.99-kota-x", "/daerah/71.7", "/daerah/7172-kota-bitung", "/daerah/kota-bitung"],
)
def test_unknown_codes_are_not_there(client: PageClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_kota_shows_its_figures_with_their_sources(client: PageClient) -> None:
    text = client.get("/daerah/71.72-kota-bitung").text
    assert "216.026" in text
    assert "329,36 km²" in text
    assert "jiwa, semester II 2024" in text
    assert "WITA" in text
    assert "Kabupaten Minahasa Utara" in text


def test_a_region_without_a_record_says_that_the_list_is_incomplete(client: PageClient) -> None:
    text = client.get("/daerah/71.01-kabupaten-bolaang-mongondow").text
    assert "Belum tercatat sebagai peserta" in text
    assert "tidak ada dalam 248 catatan yang kami baca" in text


def test_in_english_figures_are_english(client: PageClient) -> None:
    text = client.get("/en/daerah/71.72-kota-bitung").text
    assert "216,026" in text
    assert "329.36 km²" in text


def test_a_recorded_region_shows_its_record_and_source(client: PageClient) -> None:
    text = client.get("/daerah/35.10-kabupaten-banyuwangi").text
    assert "Belum tercatat sebagai peserta" not in text
    assert 'rel="nofollow noopener noreferrer"' in text
    assert "Smart Kampung" in text


def test_a_doubtful_record_says_so(client: PageClient) -> None:
    text = client.get("/daerah/61.72-kota-singkawang").text
    assert "diragukan" in text
    assert "Mungkin yang dimaksud Pontianak" in text


@pytest.mark.parametrize("path", ["31.01", "31.71", "31.72", "31.73", "31.74", "31.75"])
def test_the_six_of_jakarta_are_spoken_for(client: PageClient, path: str) -> None:
    answer = client.get(client.get(f"/daerah/{path}").location)
    assert "Diwakili Provinsi DKI Jakarta" in answer.text


def test_all_others_speak_for_themselves(client: PageClient) -> None:
    assert "Diwakili Provinsi" not in client.get("/daerah/31-provinsi-dki-jakarta").text


def test_every_province_has_its_page(client: PageClient) -> None:
    for row in read_rows("regions.csv"):
        if row["type"] == "provinsi":
            answer = client.get(client.get(f"/daerah/{row['code']}").location)
            assert answer.status_code == 200, row["name"]


def test_queries_are_few_and_do_not_grow(client: PageClient, count_queries: QueryCounter) -> None:
    client.get("/daerah/71.72-kota-bitung")
    with count_queries() as small:
        client.get("/daerah/71.73-kota-tomohon")
    with count_queries() as large:
        client.get("/daerah/32-provinsi-jawa-barat")
    assert small.number <= 8
    assert large.number <= 8


def test_queries_signed_in(client_as, count_queries: QueryCounter) -> None:  # type: ignore[no-untyped-def]
    reader = client_as("investor")
    reader.get("/daerah/71.72-kota-bitung")
    with count_queries() as counted:
        reader.get("/daerah/71.72-kota-bitung")
    assert counted.number <= 11

from typing import Any

from marketplace.data.provenance import Confidence
from marketplace.programme.queries import count_by_year, list_by_regions, list_records
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter


def test_counts_are_called_sourced_and_leave_out_the_doubtful(session: Any) -> None:
    records = list_records()
    assert len(records) == 248
    assert count_by_year(records) == {2024: 11, 2023: 47, 2022: 43, 2021: 43, 2019: 25, 2018: 50, 2017: 26}
    assert sum(record.doubtful for record in records) == 3


def test_a_region_has_its_records_oldest_first(session: Any) -> None:
    years = [record.year for record in list_by_regions(["61.72"])]
    assert years == [2017, 2018]
    doubtful = list_by_regions(["61.72"])[1]
    assert doubtful.confidence is Confidence.LOW
    assert doubtful.note_id


def test_sources_are_named_by_host(session: Any) -> None:
    record = list_by_regions(["15.71"])[0]
    assert [host for _url, host in record.sources] == ["rtikkediri.or.id", "makassar.tribunnews.com"]


def test_the_page_lists_every_intake(client: PageClient) -> None:
    answer = client.get("/program")
    assert answer.status_code == 200
    assert "Tercatat bersumber" in answer.text
    assert "248 catatan dari 237 daerah" in answer.text
    for year in (2017, 2018, 2019, 2021, 2022, 2023, 2024):
        assert f'id="angkatan-{year}"' in answer.text
    assert "angkatan-2020" not in answer.text
    assert client.get("/en/program").status_code == 200


def test_one_query(client: PageClient, count_queries: QueryCounter) -> None:
    client.get("/program")
    with count_queries() as counted:
        client.get("/program")
    assert counted.number == 1

from typing import Any

from marketplace.taxonomy.queries import forget, taxonomy
from tests.support.queries import QueryCounter


def test_names_in_both_languages(session: Any) -> None:
    terms = taxonomy()
    assert terms.dimension_title("smart-living") == "Smart Living"
    assert terms.sector_name("water-supply", "id") == "Air minum dan air baku"
    assert terms.sector_name("water-supply", "en") == "Drinking and raw water"
    assert terms.scheme_names(["kpbu", "swasta"], "id") == "KPBU, Swasta murni"
    assert terms.scheme_names([], "id") == ""


def test_the_programmes_order(session: Any) -> None:
    terms = taxonomy()
    assert list(terms.dimensions) == [
        "smart-governance", "smart-branding", "smart-economy", "smart-living", "smart-society", "smart-environment",
    ]  # fmt: skip
    assert [term.position for term in terms.dimensions.values()] == [1, 2, 3, 4, 5, 6]
    assert len(terms.sectors) == 42
    assert sum(len(terms.sectors_of(code)) for code in terms.dimensions) == 42
    assert list(terms.schemes)[:2] == ["apbd", "kpbu"]


def test_sectors_carry_kbli_with_its_edition_and_oc4ids(session: Any) -> None:
    water = taxonomy().sectors["water-supply"]
    assert [(kbli.edition, kbli.code) for kbli in water.kbli] == [("2020", "36001"), ("2020", "36002")]
    assert water.oc4ids_code == "waterAndWaste"
    assert all(term.kbli for term in taxonomy().sectors.values())


def test_unsourced_schemes_say_so(session: Any) -> None:
    unsourced = {term.code for term in taxonomy().schemes.values() if not term.sourced}
    assert unsourced == {"ksp", "bgs", "bsg", "tjsl"}


def test_read_once_a_process(session: Any, count_queries: QueryCounter) -> None:
    forget()
    with count_queries() as first:
        taxonomy()
    with count_queries() as again:
        taxonomy()
    assert (first.number, again.number) == (5, 0)

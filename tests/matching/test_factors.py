"""What each factor is worth, and what it says of itself."""

from typing import Any

import pytest

from marketplace.matching.factors import FULL, JUDGES, PERCENT, Side, Why, steps
from marketplace.matching.facts import Listing, Partner
from marketplace.matching.fast.terms import terms_of
from marketplace.matching.model import Model
from marketplace.matching.settings import Factor
from tests.matching import worlds

MODEL = Model(surroundings=worlds.SURROUNDINGS)
LISTING, PARTNER, BOTH = (Side.LISTING,), (Side.PARTNER,), (Side.LISTING, Side.PARTNER)


def some(*codes: str) -> frozenset[str]:
    return frozenset(codes)


@pytest.mark.parametrize(
    "factor,listing,partner,percent,why",
    [
        (Factor.SECTOR, {"sector": "waste"}, {"sectors": some("waste", "x")}, 100, Why.SECTOR_SHARED),
        (Factor.SECTOR, {"sector": "waste"}, {"sectors": some("water")}, 40, Why.SECTOR_RELATED),
        (Factor.SECTOR, {"sector": "waste"}, {"sectors": some("street-lighting")}, 0, Why.SECTOR_OTHER),
        (Factor.SECTOR, {"sector": "tourism-ticketing"}, {"sectors": some("unheard")}, 0, Why.SECTOR_OTHER),
        (Factor.REGION, {"province": "71"}, {"provinces": some("71")}, 100, Why.REGION_NAMED),
        (Factor.REGION, {"province": "71"}, {"provinces": some("72")}, 50, Why.REGION_NEAR),
        (Factor.REGION, {"province": "71"}, {"provinces": some("73")}, 0, Why.REGION_OTHER),
        (Factor.REGION, {"province": "71"}, {}, 80, Why.REGION_ANY),
        (Factor.VALUE, {"amount_idr": 5}, {"smallest_idr": 5, "largest_idr": 5}, 100, Why.VALUE_WITHIN),
        (
            Factor.VALUE,
            {"amount_idr": 10**9},
            {"smallest_idr": 10**10, "largest_idr": 10**11},
            0,
            Why.VALUE_BELOW,
        ),
        (Factor.VALUE, {"amount_idr": 10**12}, {"largest_idr": 10**9}, 0, Why.VALUE_ABOVE),
        (Factor.VALUE, {"amount_idr": 10**9}, {"largest_idr": 10**9}, 100, Why.VALUE_WITHIN),
        (Factor.VALUE, {"amount_idr": 10**9}, {"smallest_idr": 10**8}, 50, Why.VALUE_WITHOUT_TOP),
        (Factor.VALUE, {"amount_idr": 10**9}, {"smallest_idr": 10**10}, 0, Why.VALUE_BELOW),
        (Factor.SCHEME, {"schemes": some("kpbu", "ksp")}, {"schemes": some("ksp")}, 100, Why.SCHEME_SHARED),
        (Factor.SCHEME, {"schemes": some("kpbu")}, {"schemes": some("ksp")}, 0, Why.SCHEME_OTHER),
        (Factor.READINESS, {"rung": 3}, {"rung_from": 3}, 100, Why.READINESS_ENOUGH),
        (Factor.READINESS, {"rung": 2}, {"rung_from": 3}, 65, Why.READINESS_TOO_EARLY),
        (Factor.READINESS, {"rung": 1}, {"rung_from": 6}, 0, Why.READINESS_TOO_EARLY),
        (Factor.READINESS, {}, {}, 100, Why.READINESS_ANY),
        (Factor.KIND, {"partner_kinds": some("bumd")}, {"kind": "bumd"}, 100, Why.KIND_WANTED),
        (Factor.KIND, {"partner_kinds": some("bumd")}, {"kind": "startup"}, 0, Why.KIND_OTHER),
        (Factor.MUST_HAVES, {}, {"meets": some("nib")}, 50, Why.MUST_HAVES_NONE),
        (Factor.MUST_HAVES, {"must_codes": some("nib")}, {"meets": some("nib")}, 100, Why.MUST_HAVES_ALL),
        (
            Factor.MUST_HAVES,
            {"must_codes": some("nib", "iso")},
            {"meets": some("nib")},
            75,
            Why.MUST_HAVES_SOME,
        ),
        (
            Factor.CAPABILITY,
            {"capabilities": some("fund")},
            {"capabilities": some("fund")},
            100,
            Why.CAPABILITY_ALL,
        ),
        (
            Factor.CAPABILITY,
            {"capabilities": some("fund", "build", "supply", "operate")},
            {"capabilities": some("fund")},
            25,
            Why.CAPABILITY_SOME,
        ),
        (
            Factor.CAPABILITY,
            {"capabilities": some("fund")},
            {"capabilities": some("build")},
            0,
            Why.CAPABILITY_OTHER,
        ),
        (Factor.EXPERIENCE, {"sector": "waste"}, {"proven_sectors": some("waste")}, 100, Why.EXPERIENCE_SAME),
        (
            Factor.EXPERIENCE,
            {"sector": "waste"},
            {"proven_sectors": some("water")},
            60,
            Why.EXPERIENCE_RELATED,
        ),
        (Factor.EXPERIENCE, {"sector": "waste"}, {"records": 1}, 30, Why.EXPERIENCE_OTHER),
        (Factor.CAPACITY, {"amount_idr": 10**9}, {"capacity_idr": 10**9}, 100, Why.CAPACITY_ENOUGH),
        (Factor.CAPACITY, {"amount_idr": 10**10}, {"capacity_idr": 10**9}, 0, Why.CAPACITY_BELOW),
        (
            Factor.LANGUAGE,
            {"languages": some("id", "en")},
            {"languages": some("en")},
            100,
            Why.LANGUAGE_SHARED,
        ),
        (Factor.LANGUAGE, {"languages": some("id")}, {"languages": some("en")}, 0, Why.LANGUAGE_OTHER),
        (Factor.LEVEL, {}, {"level": 3}, 100, Why.LEVEL),
        (Factor.LEVEL, {}, {"level": 0}, 0, Why.LEVEL),
    ],
)
def test_what_is_known_has_its_value(
    factor: Factor, listing: dict[str, Any], partner: dict[str, Any], percent: int, why: Why
) -> None:
    found = JUDGES[factor](Listing(1, **({"province": "71"} | listing)), Partner(2, **partner), MODEL)
    assert (found.value, found.why) == (percent * PERCENT, why)


KPBU_KSP, FUND_BUILD, NIB_ISO = some("kpbu", "ksp"), some("fund", "build"), some("nib", "iso")
SUMS = {"smallest_idr": 5, "largest_idr": 50}
# Words are found by these names (wording.py).
GIVEN_NAMES = {
    "sector", "sectors", "province", "provinces", "amount", "smallest", "largest", "schemes", "rung", "from", "terms",
    "kind", "kinds", "met", "unknown", "shared", "other", "records", "capacity", "languages", "level",
}  # fmt: skip


@pytest.mark.parametrize(
    "factor,listing,partner,given",
    [
        (Factor.SECTOR, {"sector": "waste"}, {"sectors": some("x", "waste")}, ("waste", ("waste", "x"))),
        (Factor.SECTOR, {"sector": "waste"}, {"sectors": some("water")}, ("waste", ("water",))),
        (Factor.SECTOR, {"sector": "waste"}, {"sectors": some("x", "unheard")}, ("waste", ("unheard", "x"))),
        (Factor.REGION, {}, {}, ("71", ())),
        (Factor.REGION, {}, {"provinces": some("72", "71")}, ("71", ("71", "72"))),
        (Factor.REGION, {}, {"provinces": some("72")}, ("71", ("72",))),
        (Factor.REGION, {"province": "99"}, {"provinces": some("73", "32")}, ("99", ("32", "73"))),
        (Factor.VALUE, {"amount_idr": 9}, SUMS, (9, 5, 50)),
        (Factor.SCHEME, {"schemes": KPBU_KSP}, {"schemes": KPBU_KSP}, (("kpbu", "ksp"),)),
        (Factor.SCHEME, {"schemes": some("bgs")}, {"schemes": KPBU_KSP}, (("kpbu", "ksp"),)),
        (Factor.READINESS, {"rung": 4}, {}, (4,)),
        (Factor.READINESS, {"rung": 4}, {"rung_from": 3}, (4, 3)),
        (Factor.READINESS, {"rung": 2}, {"rung_from": 3}, (2, 3)),
        (Factor.KIND, {"partner_kinds": some("bumd", "a")}, {"kind": "bumd"}, ("bumd", ("a", "bumd"))),
        (Factor.KIND, {"partner_kinds": some("bumd", "a")}, {"kind": "b"}, ("b", ("a", "bumd"))),
        (Factor.MUST_HAVES, {"must_codes": NIB_ISO}, {"meets": NIB_ISO}, (("iso", "nib"), ())),
        (Factor.MUST_HAVES, {"must_codes": NIB_ISO}, {}, ((), ("iso", "nib"))),
        (
            Factor.CAPABILITY,
            {"capabilities": FUND_BUILD},
            {"capabilities": FUND_BUILD},
            (("build", "fund"), ()),
        ),
        (
            Factor.CAPABILITY,
            {"capabilities": FUND_BUILD},
            {"capabilities": some("fund")},
            (("fund",), ("build",)),
        ),
        (
            Factor.CAPABILITY,
            {"capabilities": FUND_BUILD},
            {"capabilities": some("x")},
            ((), ("build", "fund")),
        ),
        (
            Factor.EXPERIENCE,
            {"sector": "waste"},
            {"proven_sectors": some("waste"), "records": 2},
            ("waste", 2),
        ),
        (
            Factor.EXPERIENCE,
            {"sector": "waste"},
            {"proven_sectors": some("water"), "records": 3},
            ("waste", 3),
        ),
        (Factor.EXPERIENCE, {"sector": "waste"}, {"records": 1}, ("waste", 1)),
        (Factor.CAPACITY, {"amount_idr": 9}, {"capacity_idr": 9}, (9, 9)),
        (Factor.CAPACITY, {"amount_idr": 9}, {"capacity_idr": 8}, (9, 8)),
        (Factor.LANGUAGE, {"languages": some("id", "en")}, {"languages": some("en", "id")}, (("en", "id"),)),
        (Factor.LANGUAGE, {"languages": some("id")}, {"languages": some("fr", "en")}, (("en", "fr"),)),
        (Factor.LEVEL, {}, {"level": 1}, (1,)),
    ],
)
def test_what_words_name_is_given_with_it(
    factor: Factor, listing: dict[str, Any], partner: dict[str, Any], given: tuple[Any, ...]
) -> None:
    found = JUDGES[factor](Listing(1, **({"province": "71"} | listing)), Partner(2, **partner), MODEL)
    assert tuple(found.given.values()) == given
    assert set(found.given) <= GIVEN_NAMES
    assert isinstance(found.value, int)
    assert found.lacking == (PARTNER if factor is Factor.MUST_HAVES and found.given["unknown"] else ())


@pytest.mark.parametrize(
    "wanted,smallest,largest,percent,why,lacking",
    [
        # One step off is off already.
        (10**9, 10**9 + 3 * 10**5, 10**11, None, Why.VALUE_BELOW, ()),
        (10**9 + 3 * 10**5, 1, 10**9, None, Why.VALUE_ABOVE, ()),
        (10**9, 10**9, 10**9, 100, Why.VALUE_WITHIN, ()),
        (10**9, 10**9, None, 50, Why.VALUE_WITHOUT_TOP, PARTNER),
        (10**9, 10**9 + 3 * 10**5, None, 50, Why.VALUE_BELOW, PARTNER),
    ],
)
def test_the_edges_of_a_range(
    wanted: int, smallest: int, largest: int | None, percent: int | None, why: Why, lacking: tuple[Side, ...]
) -> None:
    partner = Partner(2, smallest_idr=smallest, largest_idr=largest)
    found = JUDGES[Factor.VALUE](Listing(1, "71", amount_idr=wanted), partner, MODEL)
    assert (found.why, found.lacking) == (why, lacking)
    assert found.value == (FULL - 12 if percent is None else percent * PERCENT)


def test_one_step_too_little_is_less_than_enough() -> None:
    listing, partner = Listing(1, "71", amount_idr=10**9 + 3 * 10**5), Partner(2, capacity_idr=10**9)
    found = JUDGES[Factor.CAPACITY](listing, partner, MODEL)
    assert (found.value, found.why) == (FULL - 12, Why.CAPACITY_BELOW)


def test_the_five_terms_that_weigh_most_are_told() -> None:
    terms = tuple((name, float(often)) for often, name in enumerate("abcdefg", 1))
    found = JUDGES[Factor.TEXT](Listing(1, "71", terms=terms), Partner(2, terms=terms), MODEL)
    assert found.given == {"terms": ("g", "f", "e", "d", "c")}


@pytest.mark.parametrize(
    "factor,listing,partner,lacking",
    [
        (Factor.SECTOR, {}, {}, BOTH),
        (Factor.SECTOR, {"sector": "waste"}, {}, PARTNER),
        (Factor.SECTOR, {}, {"sectors": some("waste")}, LISTING),
        (Factor.VALUE, {"amount_idr": 1}, {}, PARTNER),
        (Factor.SCHEME, {"schemes": some("kpbu")}, {}, PARTNER),
        (Factor.READINESS, {}, {"rung_from": 2}, LISTING),
        (Factor.TEXT, {"terms": (("air", 1.0),)}, {}, PARTNER),
        (Factor.KIND, {}, {"kind": "bumd"}, LISTING),
        (Factor.CAPABILITY, {"capabilities": some("fund")}, {}, PARTNER),
        (Factor.EXPERIENCE, {"sector": "waste"}, {}, PARTNER),
        (Factor.CAPACITY, {}, {"capacity_idr": 1}, LISTING),
        (Factor.LANGUAGE, {"languages": some("id")}, {}, PARTNER),
        (Factor.LEVEL, {}, {}, PARTNER),
    ],
)
def test_what_is_not_known_is_neutral_and_says_whose_it_is(
    factor: Factor, listing: dict[str, Any], partner: dict[str, Any], lacking: tuple[Side, ...]
) -> None:
    found = JUDGES[factor](Listing(1, "71", **listing), Partner(2, **partner), MODEL)
    assert found.value == MODEL.settings.neutral[factor] * PERCENT
    assert (found.why, found.lacking) == (Why.NOT_SAID, lacking)


def test_a_sum_that_is_a_little_off_is_worth_a_little_less() -> None:
    listing, partner = (
        Listing(1, "71", amount_idr=2 * 10**9),
        Partner(2, largest_idr=10**9, capacity_idr=10**9),
    )
    off = steps(2 * 10**9) - steps(10**9)
    assert 3000 < off < 3020
    for factor in (Factor.VALUE, Factor.CAPACITY):
        assert JUDGES[factor](listing, partner, MODEL).value == FULL - 12 * off


def test_texts_in_both_languages_meet_in_what_they_mean() -> None:
    ours = terms_of([("Pengelolaan sampah", 3.0)])
    theirs = terms_of([("We run waste management plants", 1.0)])
    found = JUDGES[Factor.TEXT](Listing(1, "71", terms=ours), Partner(2, terms=theirs), MODEL)
    assert found.why is Why.TEXT_SHARED
    same = JUDGES[Factor.TEXT](Listing(1, "71", terms=ours), Partner(2, terms=ours), MODEL)
    assert same.value == FULL
    assert same.given == {"terms": ("elola", "sampah")}
    other = JUDGES[Factor.TEXT](
        Listing(1, "71", terms=ours), Partner(2, terms=terms_of([("Sepeda", 1.0)])), MODEL
    )
    assert (other.value, other.why) == (0, Why.TEXT_OTHER)

"""Every code that the engine can give has words in both languages, and they name what it rests on."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from flask_babel import force_locale

from marketplace.matching import labels
from marketplace.matching.explain import explain
from marketplace.matching.factors import Side, Why
from marketplace.matching.facts import Listing, Partner, Surroundings
from marketplace.matching.measure import Fit, fit_of
from marketplace.matching.model import Model
from marketplace.matching.queries import PairFacts
from marketplace.matching.rules import DismissReason
from marketplace.matching.score import score_pair
from marketplace.matching.settings import POINTS, Factor, Settings
from marketplace.matching.wording import gaps_of, point_of, tell, values_of
from marketplace.partners.must_codes import MustCode

MODEL = Model(
    settings=Settings(),
    surroundings=Surroundings(
        near={"71": frozenset({"72"})},
        dimensions={"water-supply": "smart-living", "health": "smart-living", "waste": "smart-environment"},
    ),
)
BILLION = 10**9
FULL_LISTING = Listing(
    id=1, province="71", sector="water-supply", schemes=frozenset({"kpbu"}), amount_idr=250 * BILLION, rung=3,
    partner_kinds=frozenset({"investor"}), must_codes=frozenset({"a", "b"}), capabilities=frozenset({"fund", "build"}),
    languages=frozenset({"id"}), terms=(("air", 3.0), ("minum", 2.0)),
)  # fmt: skip
LISTINGS = (FULL_LISTING, Listing(id=2, province="71"))
SAID: dict[str, tuple[Any, ...]] = {
    "kind": ("investor", "startup", None),
    "sectors": (frozenset({"water-supply"}), frozenset({"health"}), frozenset({"waste"}), frozenset()),
    "provinces": (frozenset({"71"}), frozenset({"72"}), frozenset({"31"}), frozenset()),
    "schemes": (frozenset({"kpbu"}), frozenset({"hibah"}), frozenset()),
    "tickets": ((50, 500), (300, 500), (50, 100), (50, None), (None, 500), (None, None)),
    "rung_from": (None, 2, 5),
    "capabilities": (frozenset({"fund", "build"}), frozenset({"fund"}), frozenset({"supply"}), frozenset()),
    "meets": (frozenset({"a", "b"}), frozenset({"a"}), frozenset()),
    "proven": (frozenset({"water-supply"}), frozenset({"health"}), frozenset({"waste"}), frozenset()),
    "capacity": (500, 100, None),
    "languages": (frozenset({"id"}), frozenset({"en"}), frozenset()),
    "level": (3, 1, None),
    "terms": ((("air", 3.0), ("minum", 2.0)), (("lampu", 1.0), ("air", 0.01)), ()),
}


def partners() -> list[Partner]:
    """Each value of each fact at least once beside the others' first ones."""
    firsts = {name: values[0] for name, values in SAID.items()}
    chosen = [firsts | {name: value} for name, values in SAID.items() for value in values]
    return [_partner(number, facts) for number, facts in enumerate(chosen, start=1)]


def _partner(number: int, facts: dict[str, Any]) -> Partner:
    smallest, largest = (amount and amount * BILLION for amount in facts["tickets"])
    return Partner(
        id=number, kind=facts["kind"], sectors=facts["sectors"], provinces=facts["provinces"], schemes=facts["schemes"],
        smallest_idr=smallest, largest_idr=largest, rung_from=facts["rung_from"], capabilities=facts["capabilities"],
        meets=facts["meets"], records=len(facts["proven"]), proven_sectors=facts["proven"],
        capacity_idr=facts["capacity"] and facts["capacity"] * BILLION, languages=facts["languages"],
        level=facts["level"], terms=facts["terms"],
    )  # fmt: skip


def test_each_code_has_words() -> None:
    assert set(labels.WHY) == set(Why)
    assert set(labels.FACTOR) == set(labels.COMPARES) == set(Factor)
    assert set(labels.FIT) == set(Fit)
    assert set(labels.DISMISS) == set(DismissReason)
    assert not labels.UNASKED & set(labels.MISSING)


@pytest.mark.parametrize(
    "largest, title",
    [
        (500, "Nilai dalam kisaran"),
        (150, "Sedikit di atas kisaran nilai"),
        (20, "Di atas kisaran nilai"),
    ],
)
def test_the_words_agree_with_what_the_fact_does(session: Any, largest: int, title: str) -> None:
    """A sum a little above the range is worth more than an unknown one; far above, it speaks against."""
    partner = Partner(
        id=1, sectors=frozenset({"water-supply"}), smallest_idr=BILLION, largest_idr=largest * BILLION
    )
    told = tell(PairFacts(FULL_LISTING, partner, MODEL, 1), "id")
    for_it, against = ({str(point.title) for point in points} for points in (told.reasons, told.against))
    assert title in (against if largest == 20 else for_it)


@pytest.mark.parametrize("language", ["id", "en"])
def test_whatever_is_explained_can_be_said(session: Any, language: str) -> None:
    """Every code that any of these pairs gives is said without a code or a hole in the sentence."""
    said: dict[Why, str] = {}
    lacking: set[tuple[Factor, Side]] = set()
    with force_locale(language):
        for listing, partner in product(LISTINGS, partners()):
            score = score_pair(listing, partner, MODEL)
            assert score is not None
            found = explain(score, MODEL)
            lacking |= {(gap.factor, side) for gap in found.missing for side in gap.sides}
            lines = [point_of(reason, language) for reason in (*found.reasons, *found.against)]
            lines += list(gaps_of(score, found, MODEL.settings, language))  # type: ignore[arg-type]
            for line in lines:
                words = f"{line.title}. {line.text}"
                assert not any(code in words for code in ("%", "smart-", "water-supply")), words
            for finding in score.findings.values():
                given = values_of(finding.given, language)
                for group in (labels.WHY_FOR, labels.WHY_AGAINST, labels.WHY):
                    if finding.why in group:
                        said[finding.why] = str(group[finding.why].text) % given
    assert set(said) == set(Why)
    assert lacking <= set(labels.MISSING) | labels.UNASKED, lacking
    money = {"id": "Rp250 miliar", "en": "Rp250 billion"}[language]
    assert money in said[Why.VALUE_WITHIN]
    assert money in said[Why.CAPACITY_BELOW]
    assert "Sulawesi Utara" in said[Why.REGION_NAMED]
    assert {"id": "Air minum", "en": "ater"}[language] in said[Why.SECTOR_SHARED]


def test_gaps_are_of_the_side_that_can_close_them(session: Any) -> None:
    told = tell(PairFacts(FULL_LISTING, Partner(id=9), MODEL, 1), "id")
    assert {gap.side for gap in told.gaps} == {Side.PARTNER}
    places = [gap.place for gap in told.gaps]
    assert len(places) == len(set(places))
    assert {"sector_codes", "ticket_min", "records", "about_id"} <= set(places)
    assert [gap.adds for gap in told.gaps] == sorted((gap.adds for gap in told.gaps), reverse=True)


@pytest.mark.parametrize(
    "place,said",
    [
        ("sector_codes", {"sectors": frozenset({"water-supply"})}),
        ("ticket_min", {"largest_idr": 500 * BILLION, "capacity_idr": 500 * BILLION}),
        ("scheme_codes", {"schemes": frozenset({"kpbu"})}),
        ("about_id", {"terms": FULL_LISTING.terms, "languages": frozenset({"id"})}),
        ("records", {"records": 1, "proven_sectors": frozenset({"water-supply"})}),
        ("capability_codes", {"capabilities": frozenset({"fund", "build"}), "meets": frozenset({"a", "b"})}),
    ],
)  # fmt: skip
def test_an_input_adds_what_it_says_by_all_that_it_closes(
    session: Any, place: str, said: dict[str, Any]
) -> None:
    bare = Partner(id=9, kind="investor", level=1)
    before, after = (score_pair(FULL_LISTING, one, MODEL) for one in (bare, replace(bare, **said)))
    assert before
    assert after
    (gap,) = [gap for gap in tell(PairFacts(FULL_LISTING, bare, MODEL, 1), "id").gaps if gap.place == place]
    assert gap.adds == (after.total - before.total) * 100 // POINTS > 0


def test_a_largest_sum_is_not_asked_for_where_it_would_change_nothing(session: Any) -> None:
    """The listing seeks 250; who begins at 2,000 is too large, whatever its largest sum is."""
    places = {
        smallest: {gap.place: gap.adds for gap in tell(PairFacts(FULL_LISTING, Partner(
            id=9, smallest_idr=smallest * BILLION, capacity_idr=9_000 * BILLION), MODEL, 1), "id").gaps}
        for smallest in (100, 500, 2_000)
    }  # fmt: skip
    assert "ticket_min" not in places[2_000]
    assert places[100]["ticket_min"] > places[500]["ticket_min"] > 0


def test_a_proven_track_record_is_no_box_to_tick(session: Any) -> None:
    listing = Listing(id=1, province="71", must_codes=frozenset({MustCode.TRACK_RECORD}))
    gaps = {str(gap.title): gap.place for gap in tell(PairFacts(listing, Partner(id=9), MODEL, 1), "id").gaps}
    assert gaps["Syarat wajib"] == "records"


def test_the_word_follows_the_score() -> None:
    settings = MODEL.settings
    best, bare, failed = (
        partners()[0],
        Partner(id=8, provinces=frozenset({"71"})),
        Partner(id=7, fails=frozenset({"a"})),
    )
    strong, unknown = score_pair(FULL_LISTING, best, MODEL), score_pair(FULL_LISTING, bare, MODEL)
    assert strong
    assert unknown
    assert (fit_of(strong, settings), fit_of(unknown, settings)) == (Fit.STRONG, Fit.UNKNOWN)
    assert tell(PairFacts(FULL_LISTING, failed, MODEL, 1), "id").fit is Fit.EXCLUDED

"""Pairs side by side: what nobody stated is never "does not fit", and each checkable must-have has its answer."""

from dataclasses import replace
from typing import Any

import pytest

from marketplace.matching.comparing import Mark, compare
from marketplace.matching.facts import Listing, Partner, Surroundings
from marketplace.matching.measure import Fit
from marketplace.matching.model import Model
from marketplace.matching.queries import PairFacts
from marketplace.matching.settings import Factor
from marketplace.partners.labels import MUST
from marketplace.partners.must_codes import MustCode

pytestmark = pytest.mark.usefixtures("session")
MODEL = Model(surroundings=Surroundings(near={"71": frozenset({"72"})}))
LISTING = Listing(
    id=1, province="71", sector="water", schemes=frozenset({"kpbu"}), amount_idr=200, rung=3,
    partner_kinds=frozenset({"investor"}), must_codes=frozenset({MustCode.FUND, MustCode.BUILD, MustCode.LEGAL_ENTITY}),
    within_ticket=True,
)  # fmt: skip
PARTNER = Partner(
    id=2, kind="investor", sectors=frozenset({"water"}), provinces=frozenset({"71"}), schemes=frozenset({"kpbu"}),
    smallest_idr=100, largest_idr=500, rung_from=2, meets=frozenset({MustCode.FUND}),
)  # fmt: skip


def compared(listing: dict[str, Any], partner: dict[str, Any]) -> Any:
    return compare(PairFacts(replace(LISTING, **listing), replace(PARTNER, **partner), MODEL, None), "id")


@pytest.mark.parametrize(
    "factor,listing,partner,mark",
    [
        (Factor.SECTOR, {}, {}, Mark.FOR),
        (Factor.SECTOR, {}, {"sectors": frozenset({"waste"})}, Mark.AGAINST),
        (Factor.SECTOR, {}, {"sectors": frozenset()}, Mark.UNKNOWN),
        (Factor.SECTOR, {"sector": None}, {}, Mark.UNKNOWN),
        (Factor.REGION, {}, {"provinces": frozenset()}, Mark.FOR),
        (Factor.REGION, {}, {"provinces": frozenset({"72"})}, Mark.EVEN),
        (Factor.REGION, {}, {"provinces": frozenset({"33"})}, Mark.AGAINST),
        (Factor.VALUE, {"amount_idr": None}, {}, Mark.UNKNOWN),
        (Factor.VALUE, {}, {"largest_idr": None}, Mark.UNKNOWN),
        (Factor.VALUE, {"amount_idr": 10}, {"largest_idr": None}, Mark.AGAINST),
        (Factor.SCHEME, {}, {"schemes": frozenset({"hibah"})}, Mark.AGAINST),
        (Factor.READINESS, {"rung": None}, {}, Mark.UNKNOWN),
        (Factor.READINESS, {"rung": None}, {"rung_from": None}, Mark.FOR),
        (Factor.KIND, {"partner_kinds": frozenset()}, {}, Mark.UNKNOWN),
        (Factor.CAPACITY, {}, {"capacity_idr": 500}, Mark.FOR),
    ],
)
def test_each_fact(factor: Factor, listing: dict[str, Any], partner: dict[str, Any], mark: Mark) -> None:
    fact = compared(listing, partner).facts[factor]
    assert fact.mark is mark
    assert str(fact.point.title)
    assert str(fact.point.text)


def test_each_must_have_is_held_or_not_or_unknown() -> None:
    found = compared({}, {"fails": frozenset({MustCode.LEGAL_ENTITY})})
    assert {code: must.held for code, must in found.musts.items()} == {
        MustCode.FUND: True, MustCode.BUILD: None, MustCode.LEGAL_ENTITY: False, MustCode.TICKET: True,
    }  # fmt: skip
    # A pair that fails one has no score, and its facts are still told.
    assert (found.told.fit, found.told.percent) == (Fit.EXCLUDED, None)
    assert [point.title for point in found.told.against] == [MUST[MustCode.LEGAL_ENTITY]]
    assert found.facts[Factor.SECTOR].mark is Mark.FOR


@pytest.mark.parametrize(
    "smallest,largest,held", [(100, 500, True), (201, 500, False), (100, 199, False), (100, None, None), (201, None, False)]
)  # fmt: skip
def test_a_range_holds_the_sum_or_not_or_nobody_knows(
    smallest: int, largest: int | None, held: bool | None
) -> None:
    musts = compared({}, {"smallest_idr": smallest, "largest_idr": largest}).musts
    assert musts[MustCode.TICKET].held is held
    assert compared({"amount_idr": None}, {"smallest_idr": smallest}).musts[MustCode.TICKET].held is None

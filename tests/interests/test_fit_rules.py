"""Plain facts of a fit: what nobody stated is never "not met"."""

from dataclasses import fields, replace
from itertools import product
from typing import Any

import pytest

from marketplace.interests.fit_rules import Answer, Fit, Offered, Sought, Why, find_fit
from marketplace.interests.labels import FIT, FIT_MARK, FIT_WHY

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
SOUGHT = Sought("water", "71", ("kpbu", "swasta"), 200, 3, 2)
OFFERED = Offered(("water", "waste"), ("71",), ("kpbu",), 100, 500, 2, 2)


@pytest.mark.parametrize(
    "fit,sought,offered,answer,why",
    [
        (Fit.SECTOR, {}, {}, MET, Why.SECTOR_SHARED),
        (Fit.SECTOR, {}, {"sectors": ("waste",)}, NOT_MET, Why.SECTOR_OTHER),
        (Fit.SECTOR, {}, {"sectors": ()}, UNKNOWN, Why.SECTOR_NOT_SAID),
        (Fit.SECTOR, {"sector": None}, {}, UNKNOWN, Why.SECTOR_NOT_SOUGHT),
        (Fit.REGION, {}, {}, MET, Why.REGION_NAMED),
        (Fit.REGION, {}, {"provinces": ()}, MET, Why.REGION_ANY),
        (Fit.REGION, {}, {"provinces": ("33", "64")}, NOT_MET, Why.REGION_OTHER),
        (Fit.VALUE, {}, {}, MET, Why.VALUE_WITHIN),
        (Fit.VALUE, {"amount_idr": 100}, {}, MET, Why.VALUE_WITHIN),
        (Fit.VALUE, {"amount_idr": 500}, {}, MET, Why.VALUE_WITHIN),
        (Fit.VALUE, {"amount_idr": 99}, {}, NOT_MET, Why.VALUE_BELOW),
        (Fit.VALUE, {"amount_idr": 501}, {}, NOT_MET, Why.VALUE_ABOVE),
        (Fit.VALUE, {"amount_idr": None}, {}, UNKNOWN, Why.VALUE_NOT_SOUGHT),
        (Fit.VALUE, {}, {"smallest_idr": None}, MET, Why.VALUE_WITHIN),
        (Fit.VALUE, {}, {"largest_idr": None}, UNKNOWN, Why.VALUE_WITHOUT_TOP),
        (Fit.VALUE, {"amount_idr": 99}, {"largest_idr": None}, NOT_MET, Why.VALUE_BELOW),
        (Fit.VALUE, {}, {"smallest_idr": None, "largest_idr": None}, UNKNOWN, Why.VALUE_NOT_SAID),
        (Fit.SCHEME, {}, {}, MET, Why.SCHEME_SHARED),
        (Fit.SCHEME, {}, {"schemes": ("hibah",)}, NOT_MET, Why.SCHEME_OTHER),
        (Fit.SCHEME, {}, {"schemes": ()}, UNKNOWN, Why.SCHEME_NOT_SAID),
        (Fit.SCHEME, {"schemes": ()}, {}, UNKNOWN, Why.SCHEME_NOT_SOUGHT),
        (Fit.READINESS, {}, {}, MET, Why.READINESS_ENOUGH),
        (Fit.READINESS, {}, {"rung_from": 3}, MET, Why.READINESS_ENOUGH),
        (Fit.READINESS, {}, {"rung_from": 4}, NOT_MET, Why.READINESS_TOO_EARLY),
        (Fit.READINESS, {}, {"rung_from": None}, MET, Why.READINESS_ANY),
        (Fit.READINESS, {"rung": None}, {}, UNKNOWN, Why.READINESS_NOT_SAID),
        (Fit.MUST_HAVES, {}, {}, MET, Why.MUST_HAVES_ALL),
        (Fit.MUST_HAVES, {}, {"answered": 1}, UNKNOWN, Why.MUST_HAVES_SOME),
        (Fit.MUST_HAVES, {}, {"answered": 0}, UNKNOWN, Why.MUST_HAVES_SOME),
        (Fit.MUST_HAVES, {"must_haves": 0}, {"answered": 0}, MET, Why.MUST_HAVES_NONE),
    ],
)
def test_each_fact(
    fit: Fit, sought: dict[str, Any], offered: dict[str, Any], answer: Answer, why: Why
) -> None:
    found = find_fit(replace(SOUGHT, **sought), replace(OFFERED, **offered))[fit]
    assert (found.answer, found.why) == (answer, why)


def test_what_neither_side_states_is_never_not_met() -> None:
    silent = Sought(None, "71", (), None, None, 0), Offered((), (), (), None, None, None, 0)
    options = [
        [getattr(full, each.name), getattr(empty, each.name)]
        for full, empty in ((SOUGHT, silent[0]), (OFFERED, silent[1]))
        for each in fields(full)
    ]
    for values in product(*options):
        found = find_fit(Sought(*values[:6]), Offered(*values[6:]))
        assert NOT_MET not in {finding.answer for finding in found.values()}


def test_every_fact_has_its_words_and_they_name_what_is_given() -> None:
    assert set(FIT) == set(Fit)
    assert set(FIT_MARK) == set(Answer)
    assert set(FIT_WHY) == set(Why)
    far = replace(
        OFFERED, sectors=("x",), provinces=("33",), schemes=("hibah",), largest_idr=150, rung_from=6
    )
    for offered in (OFFERED, far, replace(OFFERED, answered=1, largest_idr=None)):
        for finding in find_fit(SOUGHT, offered).values():
            assert str(FIT_WHY[finding.why]) % finding.given

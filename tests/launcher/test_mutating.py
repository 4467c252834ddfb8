"""The floor under the mutation score, on mutmut's own list."""

from collections import Counter

import pytest

from launcher.mutating import count_statuses, judge
from launcher.words import CannotGoOn

LISTED = """
    marketplace.interests.rules.x_dots_of__mutmut_1: killed
    marketplace.interests.rules.x_dots_of__mutmut_2: survived
    marketplace.interests.policy.x__may__mutmut_12: timeout
    marketplace.interests.policy.xǁSideǁof__mutmut_1: no tests
    marketplace.files.rules.x_ending__mutmut_1: not checked
"""


def test_mutants_are_counted_by_module() -> None:
    assert count_statuses(LISTED) == {
        "marketplace.interests.rules": Counter(killed=1, survived=1),
        "marketplace.interests.policy": Counter({"timeout": 1, "no tests": 1}),
    }


@pytest.mark.parametrize(
    "statuses, answer",
    [
        ({"killed": 80, "survived": 20}, 0),
        ({"killed": 79, "timeout": 1, "no tests": 20}, 0),
        ({"killed": 79, "survived": 21}, 1),
        ({"killed": 79, "no tests": 21}, 1),
        ({"killed": 79, "suspicious": 21}, 1),
    ],
)
def test_eighty_in_a_hundred_are_enough_in_every_module(statuses: dict[str, int], answer: int) -> None:
    assert judge({"a.rules": Counter(killed=1), "b.rules": Counter(statuses)}) == answer


def test_no_mutant_is_no_proof() -> None:
    with pytest.raises(CannotGoOn):
        judge(count_statuses("nothing here"))

from enum import StrEnum

import pytest

from marketplace.lifecycle.rules import MoveImpossible, ReasonNeeded, Step, check_reason, get_step
from tests.support.refusals import refuses


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


STEPS = {
    (Light.RED, Light.GREEN): Step("light:green", by="driver"),
    (Light.GREEN, Light.RED): Step("light:red", by="driver", reasons=frozenset({"tired"})),
}


def test_a_step_of_the_table_is_found():
    assert get_step(STEPS, Light.RED, Light.GREEN).event == "light:green"


def test_a_step_outside_the_table_is_refused():
    with refuses(MoveImpossible, old="red", new="red"):
        get_step(STEPS, Light.RED, Light.RED)


def test_a_step_without_reasons_takes_any():
    check_reason(STEPS[(Light.RED, Light.GREEN)], None)


@pytest.mark.parametrize("reason", [None, "", "bored"])
def test_a_step_with_reasons_wants_one_of_them(reason):
    with refuses(ReasonNeeded, field="reason"):
        check_reason(STEPS[(Light.GREEN, Light.RED)], reason)


def test_and_takes_one_of_them():
    check_reason(STEPS[(Light.GREEN, Light.RED)], "tired")

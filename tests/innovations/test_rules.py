"""What may be asked of an innovation."""

import pytest

from marketplace.innovations.rules import (
    InnovationStatus,
    NotWantable,
    OwnInnovation,
    can_be_wanted,
    check_wanted_by,
)


@pytest.mark.parametrize("status", InnovationStatus)
def test_an_award_is_nobodys_to_take_over(status: InnovationStatus) -> None:
    assert can_be_wanted(status) is (status is not InnovationStatus.AWARDED)
    if status is InnovationStatus.AWARDED:
        with pytest.raises(NotWantable):
            check_wanted_by(status, "71.72", "71.73")
    else:
        check_wanted_by(status, "71.72", "71.73")


def test_nobody_wants_their_own() -> None:
    with pytest.raises(OwnInnovation):
        check_wanted_by(InnovationStatus.RUNNING, "71.72", "71.72")

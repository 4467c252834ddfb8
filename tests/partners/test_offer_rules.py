from datetime import date, timedelta

import pytest

from marketplace.lifecycle.rules import MoveImpossible, ReasonNeeded, check_reason, get_step
from marketplace.partners import labels
from marketplace.partners.offer_rules import (
    LONGEST_VALID,
    OFFER_STEPS,
    OPEN_AT_MOST,
    CapabilityNeeded,
    CloseReason,
    OfferState,
    OfferStatus,
    SectorNeeded,
    TooManyOffers,
    ValidUntilPassed,
    ValidUntilTooFar,
    check_codes,
    check_room,
    check_valid_until,
    state_of,
)
from tests.support.refusals import refuses

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "status, until, state",
    [
        (OfferStatus.OPEN, TODAY, OfferState.OPEN),
        (OfferStatus.OPEN, TODAY - DAY, OfferState.EXPIRED),
        (OfferStatus.CLOSED, TODAY + DAY, OfferState.CLOSED),
        (OfferStatus.CLOSED, TODAY - DAY, OfferState.CLOSED),
    ],
)
def test_an_open_offer_expires_after_its_last_day(status, until, state):
    assert state_of(status, until, TODAY) is state


def test_how_long_an_offer_may_stand():
    check_valid_until(TODAY, today=TODAY)
    check_valid_until(TODAY + LONGEST_VALID, today=TODAY)
    with refuses(ValidUntilPassed, field="valid_until"):
        check_valid_until(TODAY - DAY, today=TODAY)
    with refuses(ValidUntilTooFar, field="valid_until"):
        check_valid_until(TODAY + LONGEST_VALID + DAY, today=TODAY)


def test_an_offer_names_a_sector_and_what_is_brought():
    check_codes(sectors=["waste"], capabilities=["fund"])
    with refuses(SectorNeeded, field="sector_codes"):
        check_codes(sectors=[], capabilities=["fund"])
    with refuses(CapabilityNeeded, field="capability_codes"):
        check_codes(sectors=["waste"], capabilities=[])


def test_room_for_so_many():
    check_room(OPEN_AT_MOST - 1)
    with refuses(TooManyOffers, most=OPEN_AT_MOST):
        check_room(OPEN_AT_MOST)


@pytest.mark.parametrize("old", OfferStatus)
@pytest.mark.parametrize("new", OfferStatus)
def test_which_steps_there_are(old, new):
    allowed = {
        (OfferStatus.NONE, OfferStatus.OPEN), (OfferStatus.OPEN, OfferStatus.CLOSED),
        (OfferStatus.CLOSED, OfferStatus.OPEN),
    }  # fmt: skip
    if (old, new) in allowed:
        assert get_step(OFFER_STEPS, old, new).by == "keeper"
    else:
        with pytest.raises(MoveImpossible):
            get_step(OFFER_STEPS, old, new)


def test_closing_has_a_reason_of_the_list():
    step = get_step(OFFER_STEPS, OfferStatus.OPEN, OfferStatus.CLOSED)
    for reason in CloseReason:
        check_reason(step, reason)
    for reason in (None, "", "bosan"):
        with pytest.raises(ReasonNeeded):
            check_reason(step, reason)


def test_everything_has_words():
    assert set(labels.OFFER_STATE) == set(OfferState)
    assert set(labels.OFFER_CLOSE_REASON) == set(CloseReason)
    assert {step.event for step in OFFER_STEPS.values()} <= set(labels.EVENT)

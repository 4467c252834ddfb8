from decimal import Decimal

import pytest

from marketplace.core.money import LARGEST, Money
from marketplace.partners import rules
from marketplace.partners.completeness import FIRST, THEN, completeness
from marketplace.partners.rules import Ticket


def rupiah(amount):
    return Money(Decimal(amount))


def dollars(amount):
    return Money(Decimal(amount), "USD")


@pytest.mark.parametrize(
    "smallest, largest, rate, wanted",
    [
        (None, None, None, Ticket()),
        (rupiah(5), None, None, Ticket(5)),
        (rupiah(5), rupiah(5), None, Ticket(5, 5)),
        (dollars("2.50"), dollars(10), 16251, Ticket(40628, 162510, Decimal("2.50"), Decimal(10), 16251)),
        (None, dollars(LARGEST / 2), 2, Ticket(None, int(LARGEST), None, LARGEST / 2, 2)),
        (None, dollars(3), 2, Ticket(None, 6, None, Decimal(3), 2)),
    ],
)
def test_a_ticket_as_it_is_written(smallest, largest, rate, wanted):
    assert rules.read_ticket(smallest, largest, rate) == wanted


@pytest.mark.parametrize(
    "smallest, largest, rate, refusal, field",
    [
        (Money(Decimal(5), "JPY"), None, None, rules.TicketCurrency, "ticket_min"),
        (None, Money(Decimal(5), "EUR"), 3, rules.TicketCurrency, "ticket_max"),
        (rupiah(5), dollars(5), 3, rules.TicketMixed, "ticket_max"),
        (dollars(5), None, None, rules.RateNeeded, "usd_rate"),
        (rupiah(5), None, 3, rules.RateWithoutUse, "usd_rate"),
        (None, None, 3, rules.RateWithoutUse, "usd_rate"),
        (dollars(6), dollars(5), 3, rules.TicketReversed, "ticket_max"),
        (rupiah(6), rupiah(5), None, rules.TicketReversed, "ticket_max"),
        (dollars(LARGEST), None, rules.LARGEST_RATE, rules.TicketTooLarge, "ticket_min"),
        (None, dollars(LARGEST / 2 + 1), 2, rules.TicketTooLarge, "ticket_max"),
    ],
)
def test_tickets_that_cannot_be_read(smallest, largest, rate, refusal, field):
    with pytest.raises(refusal) as told:
        rules.read_ticket(smallest, largest, rate)
    assert told.value.field == field


def test_an_empty_profile_and_a_full_one():
    assert completeness({}) == completeness(dict.fromkeys((*FIRST, *THEN), ""))
    assert completeness({}).percent == 0
    assert completeness(dict.fromkeys((*FIRST, *THEN), "x")).percent == 100


def test_what_helps_most_is_named_first_and_weighs_more():
    values = dict.fromkeys((*FIRST, *THEN), "x")
    without_first = completeness({**values, FIRST[1]: []})
    without_then = completeness({**values, THEN[0]: ""})
    assert without_first.percent < without_then.percent < 100
    assert completeness({**values, THEN[0]: "", FIRST[1]: []}).missing == (FIRST[1], THEN[0])

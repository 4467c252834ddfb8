"""How many stand beside each other, what one partner reads, sums in two currencies."""

from datetime import date
from decimal import Decimal

import pytest

from marketplace.interests.comparison_rules import (
    COMMON_WORDS_AT_MOST,
    OWN_LINE_AT_MOST,
    Rate,
    Showing,
    convert,
    parse_choice,
    showing,
    words_for,
)
from marketplace.web.forms import REASON_WORDS_AT_MOST

DAY = date(2026, 11, 3)
DOLLAR = Rate("USD", Decimal(16000), DAY)


def test_a_choice_is_numbers_each_once_in_their_order() -> None:
    assert parse_choice(["7", "3", "7", "", "abc", "0", "-1", "9" * 40]) == [7, 3]
    assert len(parse_choice([str(number) for number in range(1, 500)])) == 200


@pytest.mark.parametrize(
    "chosen,there_are,wanted",
    [
        (0, 1, Showing.ALL),
        (0, 6, Showing.ALL),
        (0, 7, Showing.CHOOSE),
        (1, 1, Showing.ALL),
        (1, 2, Showing.CHOOSE),
        (2, 30, Showing.CHOSEN),
        (6, 30, Showing.CHOSEN),
        (7, 30, Showing.CHOOSE),
    ],
)
def test_who_stands_beside_whom(chosen: int, there_are: int, wanted: Showing) -> None:
    assert showing(chosen, there_are) is wanted


def test_one_partner_reads_the_common_words_and_its_own_line() -> None:
    assert words_for("Terima kasih.", "Sampai jumpa.") == "Terima kasih.\n\nSampai jumpa."
    assert (words_for("Terima kasih.", ""), words_for("", "Hai."), words_for("", "")) == (
        "Terima kasih.",
        "Hai.",
        "",
    )
    assert COMMON_WORDS_AT_MOST + OWN_LINE_AT_MOST == REASON_WORDS_AT_MOST


@pytest.mark.parametrize(
    "amount,currency,wanted,rates,found",
    [
        (1_000_000, "USD", "IDR", [DOLLAR], (16_000_000_000, "IDR", DOLLAR)),
        (16_000_000_000, "IDR", "USD", [DOLLAR], (1_000_000, "USD", DOLLAR)),
        (100, "IDR", "IDR", [DOLLAR], None),
        (100, "USD", "USD", [DOLLAR], None),
        (100, "USD", "IDR", [], None),
        (100, "EUR", "IDR", [DOLLAR], None),
        (100, "USD", "EUR", [DOLLAR], (1_600_000, "IDR", DOLLAR)),
        (
            10,
            "USD",
            "IDR",
            [Rate("USD", Decimal(15000), None), DOLLAR],
            (150_000, "IDR", Rate("USD", Decimal(15000), None)),
        ),
    ],
)
def test_sums_in_two_currencies(
    amount: int, currency: str, wanted: str, rates: list[Rate], found: tuple[int, str, Rate] | None
) -> None:
    converted = convert(Decimal(amount), currency, wanted, rates)
    assert (converted and (converted.amount, converted.currency, converted.rate)) == found

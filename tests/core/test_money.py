from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core import money
from marketplace.core.money import Money, money_full, money_short, parse_money, parse_rupiah
from marketplace.core.refusal import Refusal

READ = [
    ("id", "1,5 M", 1_500_000_000),
    ("id", "1.5 M", 1_500_000_000),
    ("id", "Rp 549,0 M", 549_000_000_000),
    ("id", "Rp 549,0 miliar", 549_000_000_000),
    ("id", "549.0 miliar", 549_000_000_000),
    ("id", "Rp1.250.000.000", 1_250_000_000),
    ("id", "1.250.000.000,00", 1_250_000_000),
    ("id", "Rp1.250.000.000,-", 1_250_000_000),
    ("id", "1,250,000,000", 1_250_000_000),
    ("id", "1,250,000.50", "1250000.50"),
    ("id", "1 250 000", 1_250_000),
    ("id", "250 juta", 250_000_000),
    ("id", "250jt", 250_000_000),
    ("id", "750 ribu", 750_000),
    ("id", "2,65 triliun", 2_650_000_000_000),
    ("id", "1,816 triliun", 1_816_000_000_000),
    ("id", "Rp. 100.6 milyar", 100_600_000_000),
    ("id", "IDR 3 bn", 3_000_000_000),
    ("id", "5 miliar rupiah", 5_000_000_000),
    ("id", "1.500", 1500),
    ("id", "0,5 miliar", 500_000_000),
    ("id", "0,500 miliar", 500_000_000),
    ("id", "５ juta", 5_000_000),
    ("id", "\u200b5\u00a0juta ", 5_000_000),
    ("en", "1.5 billion", 1_500_000_000),
    ("en", "IDR 3 bn", 3_000_000_000),
    ("en", "Rp1,250,000,000", 1_250_000_000),
    ("en", "1.250.000.000", 1_250_000_000),
    ("en", "1,500", 1500),
    ("en", "500k", 500_000),
    ("en", "2 juta", 2_000_000),
]

REFUSED = [
    ("id", "dua ratus juta", money.MoneyInWords),
    ("id", "2 ratus juta", money.MoneyInWords),
    ("en", "two hundred million", money.MoneyInWords),
    ("id", "", money.MoneyUnreadable),
    ("id", "Rp", money.MoneyUnreadable),
    ("id", "banyak", money.MoneyUnreadable),
    ("id", "1.250,5.3", money.MoneyUnreadable),
    ("id", "1.25.000", money.MoneyUnreadable),
    ("id", "1..5 juta", money.MoneyUnreadable),
    ("id", "1e9", money.MoneyUnreadable),
    ("id", "Rp 3 USD", money.MoneyUnreadable),
    ("id", "1,1234567890123 juta", money.MoneyUnreadable),
    ("id", "9" * 500, money.MoneyUnreadable),
    ("id", "1,500", money.MoneyAmbiguous),
    ("id", "12,000 juta", money.MoneyAmbiguous),
    ("en", "1.500", money.MoneyAmbiguous),
    ("en", "1.5 M", money.MoneyAmbiguous),
    ("id", "USD 20 M", money.MoneyAmbiguous),
    ("id", "1,5", money.MoneyNeedsScale),
    ("id", "10-20 miliar", money.MoneyRange),
    ("id", "10 miliar s/d Rp 20 miliar", money.MoneyRange),
    ("id", "-5 juta", money.MoneyNegative),
    ("id", "Rp −5 juta", money.MoneyNegative),
    ("id", "(5 juta)", money.MoneyNegative),
    ("id", "0", money.MoneyZero),
    ("id", "Rp0,00", money.MoneyZero),
    ("id", "9" * 70, money.MoneyOutOfRange),
    ("id", "10.001 triliun", money.MoneyOutOfRange),
]


@pytest.mark.parametrize("language, text, amount", READ)
def test_money_is_read_as_people_write_it(language: str, text: str, amount: int | str) -> None:
    assert parse_rupiah(text, language) == Decimal(amount)


@pytest.mark.parametrize("language, text, refusal", REFUSED)
def test_money_that_cannot_be_trusted_is_refused_by_name(
    language: str, text: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(Refusal) as caught:
        parse_money(text, language)
    assert type(caught.value) is refusal
    assert "%(" not in caught.value.text


def test_a_bare_m_on_en_offers_both_readings() -> None:
    with pytest.raises(money.MoneyAmbiguous) as caught:
        parse_rupiah("1.5 M", "en")
    assert caught.value.params["first"] == "Rp1.5 million"
    assert caught.value.params["second"] == "Rp1.5 billion"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("USD 20 million", Money(Decimal(20_000_000), "USD")),
        ("US$1,250,000", Money(Decimal(1_250_000), "USD")),
        ("20 juta euro", Money(Decimal(20_000_000), "EUR")),
        ("£3.2 bn", Money(Decimal(3_200_000_000), "GBP")),
        ("S$ 5 million", Money(Decimal(5_000_000), "SGD")),
        ("3 juta", Money(Decimal(3_000_000), "IDR")),
    ],
)
def test_a_currency_stands_before_or_after(text: str, expected: Money) -> None:
    assert parse_money(text, "id") == expected


def test_a_foreign_currency_is_refused_where_rupiah_is_asked() -> None:
    with pytest.raises(money.MoneyCurrency):
        parse_rupiah("USD 20 million", "id")


def test_the_field_s_own_currency_holds_when_none_is_written() -> None:
    assert parse_money("20 juta", "id", "USD").currency == "USD"


@pytest.mark.parametrize(
    "amount, indonesian, english",
    [
        (1_250_000_000, "Rp1,25 miliar", "Rp1.25 billion"),
        (100_600_000_000, "Rp100,6 miliar", "Rp100.6 billion"),
        (2_000_000, "Rp2 juta", "Rp2 million"),
        (2_000_000_001, "Rp2,00 miliar", "Rp2.00 billion"),
        (999_999_999, "Rp1,00 miliar", "Rp1.00 billion"),
        (1_250_000_000_000_000, "Rp1.250 triliun", "Rp1,250 trillion"),
        (750_000, "Rp750.000", "Rp750,000"),
        (-1_500_000, "-Rp1,5 juta", "-Rp1.5 million"),
    ],
)
def test_short_money_drops_zeros_only_from_exact_figures(amount: int, indonesian: str, english: str) -> None:
    assert money_short(amount, "id") == indonesian
    assert money_short(amount, "en") == english


def test_full_money() -> None:
    assert money_full(1_250_000_000, "id") == "Rp1.250.000.000"
    assert money_full(1_250_000_000, "en") == "Rp1,250,000,000"
    assert money_full(Decimal("1250.5"), "id") == "Rp1.250,50"
    assert money_full(20_000_000, "id", "USD") == "USD 20.000.000"


sums = st.integers(min_value=100_000, max_value=10**18).map(lambda sen: Decimal(sen) / 100)
languages = st.sampled_from(["id", "en"])


@given(sums, languages, st.sampled_from(["IDR", "USD", "EUR"]))
def test_what_is_printed_in_full_is_read_back(amount: Decimal, language: str, currency: str) -> None:
    assert parse_money(money_full(amount, language, currency), language) == Money(amount, currency)


@given(sums, languages)
def test_what_is_printed_short_is_read_back_within_half_a_percent(amount: Decimal, language: str) -> None:
    read = parse_rupiah(money_short(amount, language), language)
    assert abs(read - amount) <= amount * Decimal("0.005")


texts = st.text(max_size=90) | st.text(alphabet="0123456789.,' -RpUSDMmbjutakilr", max_size=30)


@given(texts, languages)
def test_any_text_is_read_within_bounds_or_refused_in_words(text: str, language: str) -> None:
    with suppress(Refusal):
        assert 0 < parse_money(text, language).amount <= money.LARGEST

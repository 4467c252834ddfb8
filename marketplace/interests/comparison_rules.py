"""How many stand beside each other, what is told to several at once, and sums in two currencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from marketplace.core.money import CENT, RUPIAH
from marketplace.core.text import parse_number

COLUMNS_AT_LEAST = 2
COLUMNS_AT_MOST = 6
# As many as one page of the list to choose from.
TOGETHER_AT_MOST = 20
# More numbers in an address are nobody's choice.
_READ_AT_MOST = 200
# Together as much as a single no may say.
COMMON_WORDS_AT_MOST = 1500
OWN_LINE_AT_MOST = 500


class Showing(StrEnum):
    """What the page of one opportunity's interests does with a choice."""

    ALL = "all"
    CHOSEN = "chosen"
    CHOOSE = "choose"


def parse_choice(texts: Iterable[str]) -> list[int]:
    """The numbers in an address, each once, in their order; what is no number is left out."""
    numbers = (parse_number(text) for text in texts)
    return list(dict.fromkeys(number for number in numbers if number))[:_READ_AT_MOST]


def showing(chosen: int, there_are: int) -> Showing:
    """All where none is chosen and all fit, the chosen where they are two to six, else the list to choose from."""
    if COLUMNS_AT_LEAST <= chosen <= COLUMNS_AT_MOST:
        return Showing.CHOSEN
    if chosen == 0 and there_are <= COLUMNS_AT_MOST:
        return Showing.ALL
    return Showing.ALL if there_are < COLUMNS_AT_LEAST else Showing.CHOOSE


def words_for(common: str, own: str) -> str:
    """What one partner reads: what all are told, then its own line."""
    return "\n\n".join(part for part in (common, own) if part)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many rupiah for one unit of a currency, as somebody wrote it on that day."""

    currency: str
    rupiah: Decimal
    on: date | None


@dataclass(frozen=True, slots=True)
class Converted:
    amount: Decimal
    currency: str
    rate: Rate


def convert(amount: Decimal, currency: str, wanted: str, rates: Iterable[Rate]) -> Converted | None:
    """The sum in the wanted currency, or in rupiah between two foreign ones; None without a rate that leads there.

    The first rate of a currency counts: the listing's own stands before the partner's, so that columns compare.
    """
    if currency == wanted:
        return None
    foreign = wanted if currency == RUPIAH else currency
    rate = next((each for each in rates if each.currency == foreign), None)
    if rate is None:
        return None
    sum_ = amount / rate.rupiah if currency == RUPIAH else amount * rate.rupiah
    return Converted(sum_.quantize(CENT, ROUND_HALF_EVEN), wanted if currency == RUPIAH else RUPIAH, rate)

"""Plain figures as people write them: "12,5", "12.5", "16.250"."""

import re
from decimal import Decimal

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l

_SHAPE = re.compile(r"[0-9]{1,9}([.,][0-9]{1,6})?")
_GROUPED = {
    ".": re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,6})?"),
    ",": re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,6})?"),
}


class FigureUnreadable(Refusal):
    message = _l("“%(text)s” bukan angka yang terbaca. Tulis misalnya 12,5.")


class FigureOutOfRange(Refusal):
    message = _l("Angkanya harus lebih dari 0 dan paling banyak %(largest)s.")


def parse_figure(
    text: str, *, largest: int, places: int, unit: str = "", thousands: str | None = None
) -> Decimal:
    """The figure, rounded to `places`; a `unit` written behind it is ignored.

    With `thousands` "." the text "16.250" is 16250 and "108,123" has a fraction; with "," the other way round.

    Raises FigureUnreadable, or FigureOutOfRange when it is not above zero and at most `largest`.
    """
    plain = text.strip().casefold()
    plain = plain.removesuffix(unit).strip() if unit else plain
    if thousands and _GROUPED[thousands].fullmatch(plain):
        figure = Decimal(plain.replace(thousands, "").replace(",", "."))
    elif _SHAPE.fullmatch(plain):
        figure = Decimal(plain.replace(",", "."))
    else:
        raise FigureUnreadable(text=text[:40])
    rounded = round(figure, places)
    if not 0 < rounded <= largest:
        raise FigureOutOfRange(largest=f"{largest:,}".replace(",", "."))
    return rounded

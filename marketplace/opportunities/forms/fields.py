"""Inputs of the listing's form that read what people write, and say what they understood."""

import re
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask_babel import gettext as _
from wtforms import StringField, TextAreaField, ValidationError

from marketplace.core.money import Money, money_full, parse_money
from marketplace.core.refusal import Refusal
from marketplace.core.text import clean_line
from marketplace.opportunities.figures import parse_figure
from marketplace.taxonomy.catalogue import Kbli
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.formats import language

# Copied from a table, the code stands before its title.
_CODE = re.compile(r"\d{5}(?=\s|$)")


class MoneyField(StringField):
    """A sum as people write it; `money` is what was read (None: left empty), `echo` shows it."""

    money: Money | None = None

    def pre_validate(self, form: Any) -> None:
        self.money = None
        if not self.data:
            return
        try:
            self.money = parse_money(self.data, language())
        except Refusal as refusal:
            raise ValidationError(refusal.text) from refusal

    @property
    def echo(self) -> str | None:
        if self.money is None:
            return None
        return money_full(self.money.amount, language(), self.money.currency)

    def show(self, amount: Decimal | None, currency: str) -> None:
        """Fills the input with a stored sum, written so that it reads back the same."""
        if amount is not None:
            self.data = money_full(amount, language(), currency)
            self.money = Money(amount, currency)


class FigureField(StringField):
    """A plain figure; `figure` is what was read, None where it was left empty."""

    figure: Decimal | None = None

    def __init__(
        self,
        label: Any = None,
        *,
        largest: int,
        places: int,
        unit: str = "",
        grouped: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.largest, self.places, self.unit, self.grouped = largest, places, unit, grouped

    def pre_validate(self, form: Any) -> None:
        self.figure = None
        if not self.data:
            return
        thousands = ("." if language() == "id" else ",") if self.grouped else None
        try:
            self.figure = parse_figure(
                self.data, largest=self.largest, places=self.places, unit=self.unit, thousands=thousands
            )
        except Refusal as refusal:
            raise ValidationError(refusal.text) from refusal

    @property
    def echo(self) -> str | None:
        """What was read, its thousands grouped."""
        if self.figure is None:
            return None
        return format_decimal(self.figure, format="#,##0.######", locale=language())

    def show(self, figure: Decimal | int | None) -> None:
        """Fills the input with a stored figure, in the reader's decimal sign."""
        if figure is not None:
            self.figure = Decimal(figure)
            written = f"{figure:f}" if isinstance(figure, Decimal) else str(figure)
            if "." in written:
                written = written.rstrip("0").rstrip(".")
            self.data = written.replace(".", ",") if language() == "id" else written


class BusinessField(StringField):
    """A business (KBLI): one of the choices, or the code that is typed beside them, which counts before a choice."""

    def process_formdata(self, valuelist: list[str]) -> None:
        said = next((value for value in reversed([*map(clean_line, valuelist)]) if value), "")
        code = _CODE.match(said)
        self.data = code[0] if code else said
        # What may have to be kept as typed is this alone.
        self.raw_data = [self.data]

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in taxonomy().kbli:
            raise ValidationError(
                _("“%(kode)s” bukan kode lima angka dari KBLI 2020. Contohnya 36001.", kode=self.data[:20])
            )

    @property
    def business(self) -> Kbli | None:
        """The one that was read."""
        return taxonomy().kbli.get(self.data or "")


class LinesField(TextAreaField):
    """One point a line; `lines` are the points, without bullets."""

    def __init__(self, label: Any = None, *, at_most: int, longest: int = 200, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.at_most, self.longest = at_most, longest

    @property
    def lines(self) -> list[str]:
        points = (clean_line(line).lstrip("-•*– ").strip() for line in (self.data or "").split("\n"))
        return [point for point in points if point]

    def pre_validate(self, form: Any) -> None:
        if len(self.lines) > self.at_most:
            raise ValidationError(
                _(
                    "Paling banyak %(n)s butir, satu butir satu baris. Sekarang %(now)s.",
                    n=self.at_most,
                    now=len(self.lines),
                )
            )
        if any(len(line) > self.longest for line in self.lines):
            raise ValidationError(_("Satu butir paling banyak %(n)s huruf.", n=self.longest))

"""The form of a listing: all its fields on one page."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, Field, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from marketplace.core.money import LARGEST, RUPIAH, Money, MoneyOutOfRange, money_short
from marketplace.core.text import clean_text
from marketplace.core.words import _l
from marketplace.opportunities import labels
from marketplace.opportunities.checks import JUSTIFIABLE, Finding, why_input
from marketplace.opportunities.completeness import PROBLEM_AT_LEAST, Gap
from marketplace.opportunities.content import BILINGUAL, INPUTS, content_of, input_of
from marketplace.opportunities.forms.deciding import choices_from
from marketplace.opportunities.forms.fields import BusinessField, FigureField, LinesField, MoneyField
from marketplace.opportunities.labels import FIELD
from marketplace.opportunities.merging import TYPED, digest, written_texts
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.rules import MUST_HAVES_AT_MOST
from marketplace.partners.labels import CAPABILITY, MUST
from marketplace.taxonomy.catalogue import SchemeTerm
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.formats import language
from marketplace.web.forms import CodesField, SeenForm

TITLE_LONGEST, SHORT_LONGEST, TEXT_LONGEST = 160, 400, 4000
_EARLIEST_PRICE_YEAR, _LATEST_PRICE_YEAR = 1990, 2100


def _line(field: str, longest: int = SHORT_LONGEST) -> StringField:
    return StringField(FIELD[field], [Length(max=longest)])


def _text(field: str, longest: int = TEXT_LONGEST) -> TextAreaField:
    return TextAreaField(FIELD[field], [Length(max=longest)])


def _english(field: str) -> Any:
    label = _l("%(name)s, dalam bahasa Inggris", name=FIELD[field])
    if field == "title":
        return StringField(label, [Length(max=TITLE_LONGEST)])
    return TextAreaField(label, [Length(max=SHORT_LONGEST if field == "summary" else TEXT_LONGEST)])


def _day(field: str) -> DateField:
    return DateField(FIELD[field], [Optional()])


def _why(finding: Finding) -> TextAreaField:
    label = _l("Penjelasan untuk “%(hal)s”", hal=labels.FLAG[finding][0])
    return TextAreaField(label, [Length(max=SHORT_LONGEST)])


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form: read where it can be read, kept as typed (with its language) where not."""

    content: dict[str, Any]
    unread: dict[str, dict[str, str]]
    justified: dict[str, str]
    problems: dict[str, str]

    @property
    def texts(self) -> dict[str, str]:
        return written_texts(self.content, self.unread, self.justified)


class ListingForm(SeenForm):
    """Everything that a listing holds; empty is allowed while it is a draft."""

    title_id = _line("title", TITLE_LONGEST)
    title_en = _english("title")
    summary_id = _text("summary", SHORT_LONGEST)
    summary_en = _english("summary")
    sector_code = SelectField(FIELD["sector_code"])
    kbli_code = BusinessField(FIELD["kbli_code"], [Length(max=SHORT_LONGEST)])
    problem_id = _text("problem")
    problem_en = _english("problem")
    users_served_id = _text("users_served")
    users_served_en = _english("users_served")
    why_now_id = _text("why_now")
    why_now_en = _english("why_now")
    existing_id = _text("existing")
    existing_en = _english("existing")
    sought_id = _text("sought")
    sought_en = _english("sought")
    expected_result_id = _text("expected_result")
    expected_result_en = _english("expected_result")
    partner_kinds = CodesField(FIELD["partner_kinds"], choices=choices_from(labels.PARTNER_KIND))
    must_codes = CodesField(FIELD["must_codes"], choices=choices_from(MUST))
    must_haves_id = LinesField(FIELD["must_haves"], at_most=MUST_HAVES_AT_MOST)
    must_haves_en = LinesField(
        _l("%(name)s, dalam bahasa Inggris", name=FIELD["must_haves"]), at_most=MUST_HAVES_AT_MOST
    )
    nice_to_haves_id = _text("nice_to_haves")
    nice_to_haves_en = _english("nice_to_haves")
    capability_codes = CodesField(FIELD["capability_codes"], choices=choices_from(CAPABILITY))
    language_codes = CodesField(FIELD["language_codes"], choices=choices_from(labels.WORKING_LANGUAGE))
    scheme_codes = CodesField(FIELD["scheme_codes"])
    value_amount = MoneyField(FIELD["value_amount"])
    sought_amount = MoneyField(FIELD["sought_amount"])
    idr_rate = FigureField(FIELD["idr_rate"], largest=1_000_000, places=6, grouped=True)
    price_year = FigureField(FIELD["price_year"], largest=_LATEST_PRICE_YEAR, places=0)
    irr_percent = FigureField(FIELD["irr_percent"], largest=999, places=2, unit="%")
    npv_amount = MoneyField(FIELD["npv_amount"])
    payback_years = FigureField(FIELD["payback_years"], largest=99, places=1, unit="tahun")
    benefit_cost_ratio = FigureField(FIELD["benefit_cost_ratio"], largest=999, places=2)
    finance_source = _line("finance_source")
    readiness = SelectField(
        FIELD["readiness"], choices=choices_from(labels.READINESS_LONG, empty=_l("Belum dipilih"))
    )
    readiness_evidence = _text("readiness_evidence")
    land_permits_id = _text("land_permits")
    land_permits_en = _english("land_permits")
    plan_reference = _line("plan_reference")
    local_character_id = _text("local_character")
    local_character_en = _english("local_character")
    connectivity_id = _text("connectivity")
    connectivity_en = _english("connectivity")
    incentives_id = _text("incentives")
    incentives_en = _english("incentives")
    question_deadline = _day("question_deadline")
    interest_deadline = _day("interest_deadline")
    decision_expected = _day("decision_expected")
    contact_role = _line("contact_role", TITLE_LONGEST)
    why_phone = _why(Finding.PHONE)
    why_email = _why(Finding.EMAIL)
    why_sought_above_value = _why(Finding.SOUGHT_ABOVE_VALUE)
    why_figures_unsourced = _why(Finding.FIGURES_UNSOURCED)
    why_rate_missing = _why(Finding.RATE_MISSING)
    why_readiness_unproven = _why(Finding.READINESS_UNPROVEN)
    why_public_funds_only = _why(Finding.PUBLIC_FUNDS_ONLY)
    base = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader, terms = language(), taxonomy()
        self.sector_code.choices = [
            SelectChoice("", _("Pilih sektor")),
            *(
                SelectChoice(term.code, term.name(reader), optgroup=terms.dimension_title(code))
                for code in terms.dimensions
                for term in terms.sectors_of(code)
            ),
        ]
        self.scheme_codes.choices = [
            SelectChoice(term.code, _scheme_text(term, reader)) for term in terms.schemes.values()
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, then the sums against each other."""
        fine = super().validate(extra_validators)
        return all([fine, self._agrees()])

    def _agrees(self) -> bool:
        checks = (
            self._one_currency(), self._rate_has_use(), self._sums_in_range(), self._sensible_year(), self._few_musts(),
        )  # fmt: skip
        return all(checks)

    def read(self, today: Any, kept: Mapping[str, Mapping[str, str]] = MappingProxyType({})) -> Typed:
        """All that is typed; `kept` could not be read before, and is left to the language that it was typed in."""
        for name in TYPED:
            self._fields[name].validate(self)
        self._agrees()
        for name in kept:
            if not self._fields[name].errors:
                _add_error(self._fields[name], _("Belum terbaca. Tulis sekali lagi."))
        problems = {name: self._fields[name].errors[0] for name in TYPED if self._fields[name].errors}
        unread = {
            name: dict(kept[name]) if name in kept else {"text": self._raw(name), "language": language()}
            for name in problems
            if name in INPUTS and not hasattr(self._fields[name], "iter_choices")
        }
        return Typed(self._content_without(unread, today), unread, self._justified(problems), problems)

    def _raw(self, name: str) -> str:
        return clean_text(" ".join(str(part) for part in self._fields[name].raw_data or ()))

    def _content_without(self, unread: Collection[str], today: Any) -> dict[str, Any]:
        for name in unread:
            field = self._fields[name]
            if isinstance(field, MoneyField):
                field.money = None
            elif isinstance(field, FigureField):
                field.figure = None
        content = self.content(today)
        texts = {name: content[name] for name in unread if isinstance(content[name], str | list)}
        return content | {name: type(text)() for name, text in texts.items()}

    def _justified(self, problems: Collection[str]) -> dict[str, str]:
        words = {finding: self._fields[why_input(finding)].data or "" for finding in JUSTIFIABLE}
        return {
            str(finding): text
            for finding, text in words.items()
            if text and why_input(finding) not in problems
        }

    @property
    def currency(self) -> str:
        """That of the first sum that is stated."""
        fields = (self.value_amount, self.sought_amount, self.npv_amount)
        return next((field.money.currency for field in fields if field.money), RUPIAH)

    def _one_currency(self) -> bool:
        fields = (self.sought_amount, self.npv_amount)
        odd = [field for field in fields if field.money and field.money.currency != self.currency]
        for field in odd:
            _add_error(field, _("Pakai mata uang yang sama untuk semua jumlah."))
        return not odd

    def _rate_has_use(self) -> bool:
        if self.idr_rate.figure is None or self.currency != RUPIAH or self.value_amount.errors:
            return True
        _add_error(
            self.idr_rate,
            _(
                "Kurs dipakai bila jumlahnya bukan rupiah. Tulis mata uangnya, misalnya “USD 5 juta”, atau kosongkan kurs."
            ),
        )
        return False

    def forget_errors_beside(self, inputs: Collection[str]) -> None:
        """A page says only what is wrong with the inputs that it shows."""
        for name in TYPED:
            if name not in inputs:
                self._fields[name].errors = []

    def _sums_in_range(self) -> bool:
        """A foreign sum may be too large only once it is turned into rupiah."""
        odd = [field for field in (self.value_amount, self.sought_amount) if self._too_large(field.money)]
        for field in odd:
            _add_error(field, MoneyOutOfRange(limit=money_short(LARGEST, language())).text)
        return not odd

    def _too_large(self, money: Money | None) -> bool:
        rate = self.idr_rate.figure
        if money is None or rate is None or money.currency == RUPIAH:
            return False
        return money.amount * rate > LARGEST

    def _sensible_year(self) -> bool:
        year = self.price_year.figure
        if year is None or year >= _EARLIEST_PRICE_YEAR:
            return True
        _add_error(self.price_year, _("Tulis tahun dengan empat angka, misalnya 2026."))
        return False

    def _few_musts(self) -> bool:
        """Those that are ticked and those that are written count together."""
        written, ticked = self.must_haves_id.lines, self.must_codes.data or []
        now = len(written) + len(ticked)
        if now <= MUST_HAVES_AT_MOST or self.must_haves_id.errors:
            return True
        _add_error(
            self.must_haves_id if written else self.must_codes,
            _(
                "Paling banyak %(n)s syarat wajib; yang dicentang dan yang ditulis dihitung bersama. Sekarang %(now)s.",
                n=MUST_HAVES_AT_MOST,
                now=now,
            ),
        )
        return False

    def show(self, version: OpportunityVersion) -> None:
        """Fills the form with a stored version."""
        values = content_of(version)
        for name, value in values.items():
            field = self._fields.get(name)
            if isinstance(field, MoneyField):
                field.show(value, version.value_currency)
            elif isinstance(field, FigureField):
                field.show(value)
            elif isinstance(field, LinesField):
                field.data = "\n".join(value)
            elif field is not None:
                field.data = value or ("" if isinstance(value, str) else value)
        self.readiness.data = str(version.readiness or "")
        self.sector_code.data = version.sector_code or ""
        for finding in JUSTIFIABLE:
            self._fields[why_input(finding)].data = version.justified.get(finding, "")
        self.stand_on(version)

    def stand_on(self, version: OpportunityVersion) -> None:
        """Carries what its reader has seen: the revision, and a mark of each input."""
        texts = written_texts(content_of(version), version.unread, version.justified)
        self.seen.data = str(version.revision)
        self.see({name: digest(text) for name, text in texts.items()})

    def see(self, digests: Mapping[str, str]) -> None:
        """Carries these marks; none where the page had none."""
        self.base.data = json.dumps(digests) if digests else ""

    @property
    def seen_digests(self) -> dict[str, str]:
        try:
            found = json.loads(self.base.data or "{}")
        except (ValueError, RecursionError):
            return {}
        return {str(name): str(mark) for name, mark in found.items()} if isinstance(found, dict) else {}

    def content(self, today: Any) -> dict[str, Any]:
        """What was written, by column of the version; `today` dates the exchange rate."""
        values: dict[str, Any] = {}
        for field in BILINGUAL:
            for name in (f"{field}_id", f"{field}_en"):
                found = self._fields[name]
                values[name] = found.lines if isinstance(found, LinesField) else found.data or ""
        plain = ("finance_source", "readiness_evidence", "plan_reference", "contact_role")
        values |= {name: self._fields[name].data or "" for name in plain}
        days = ("question_deadline", "interest_deadline", "decision_expected")
        codes = ("partner_kinds", "capability_codes", "language_codes", "scheme_codes")
        values |= {name: self._fields[name].data for name in (*days, *codes)}
        values["must_codes"] = (self.must_codes.data or [])[:MUST_HAVES_AT_MOST]
        sector, business = taxonomy().sectors.get(self.sector_code.data), self.kbli_code.business
        values |= {
            "kbli_code": business.code if business else None,
            "kbli_edition": business.edition if business else None,
            "sector_code": sector.code if sector else None,
            "dimension_code": sector.dimension_code if sector else None,
            "readiness": self.readiness.data or None,
            "price_year": int(self.price_year.figure) if self.price_year.figure else None,
        }
        figures = ("irr_percent", "payback_years", "benefit_cost_ratio")
        values |= {name: self._fields[name].figure for name in figures}
        return values | self._sums(today)

    def _sums(self, today: Any) -> dict[str, Any]:
        value, sought, npv = self.value_amount.money, self.sought_amount.money, self.npv_amount.money
        currency = self.currency
        rate = self.idr_rate.figure if currency != RUPIAH else None

        def rupiah(money: Money | None) -> int | None:
            if money is None or (currency != RUPIAH and rate is None):
                return None
            return round(money.amount * (rate or 1))

        return {
            "value_amount": value.amount if value else None,
            "sought_amount": sought.amount if sought else None,
            "npv_amount": npv.amount if npv else None,
            "value_currency": currency,
            "value_idr": rupiah(value),
            "sought_idr": rupiah(sought),
            "idr_rate": rate,
            "idr_rate_on": today if rate else None,
        }

    def show_gaps(self, gaps: Iterable[Gap]) -> None:
        """Puts what is missing at the fields."""
        for gap in gaps:
            text = str(labels.GAP[gap.kind])
            if "%(" in text:
                text %= {"least": PROBLEM_AT_LEAST, "length": gap.length}
            _add_error(self._fields[input_of(gap.field)], text)


def _add_error(field: Field, text: str) -> None:
    field.errors = [*field.errors, text]


def _scheme_text(term: SchemeTerm, reader: str) -> str:
    longer = term.name_en if reader == "en" else term.long_name_id
    return term.name_id if longer == term.name_id else f"{term.name_id} ({longer})"

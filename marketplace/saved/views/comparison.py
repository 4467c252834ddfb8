"""Listings side by side: each criterion as texts, so that what differs is seen by comparing them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from marketplace.core.dates import local_day
from marketplace.opportunities import labels
from marketplace.opportunities.completeness import completeness
from marketplace.opportunities.content import content_of
from marketplace.opportunities.models import OpportunityDocument
from marketplace.opportunities.rules import Origin
from marketplace.opportunities.translating import Translation, translations
from marketplace.partners.labels import CAPABILITY, MUST
from marketplace.regions.queries import gazetteer, zone_at
from marketplace.saved.queries import Compared
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.formats import angka, language, money_full, money_short, persen, tanggal


@dataclass(frozen=True, slots=True)
class Cell:
    """What one listing says to a criterion, line by line; nothing where it says nothing. Notes do not count as differing."""

    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lang: str | None = None
    rung: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion for all listings; `group` begins a new part of the table, which `part` numbers."""

    label: str
    cells: tuple[Cell, ...]
    part: int
    group: str | None = None

    @property
    def said(self) -> bool:
        """Whether any of them says something."""
        return any(cell.lines for cell in self.cells)

    @property
    def differs(self) -> bool:
        return len({cell.lines for cell in self.cells}) > 1


@dataclass(frozen=True, slots=True)
class Side:
    """One listing with the documents of its public version."""

    compared: Compared
    documents: Sequence[OpportunityDocument]
    now: datetime

    @property
    def v(self) -> Any:
        return self.compared.version

    @property
    def is_example(self) -> bool:
        return self.compared.opportunity.origin is Origin.PUBLIC_EXAMPLE


def rows_of(sides: Sequence[Side]) -> list[Row]:
    """All criteria in the order of the page, in the reader's language."""
    return [
        Row(label, tuple(cell(side) for side in sides), part, None if number else group)
        for part, (group, criteria) in enumerate(_criteria(), 1)
        for number, (label, cell) in enumerate(criteria)
    ]


def _criteria() -> list[tuple[str, list[tuple[str, Callable[[Side], Cell]]]]]:
    field = {name: str(text) for name, text in labels.FIELD.items()}
    return [
        (_("Tempat dan bidang"), [
            (_("Letak"), _place), (_("Dimensi"), _dimension), (field["sector_code"], _sector),
            (field["readiness"], _readiness),
        ]),
        (_("Keuangan"), [
            (field["sought_amount"], _sought), (field["value_amount"], _value), (field["scheme_codes"], _schemes),
            (field["irr_percent"], _irr), (field["npv_amount"], _npv), (field["payback_years"], _payback),
            (field["benefit_cost_ratio"], _ratio),
        ]),
        (_("Mitra dan syarat"), [
            (field["partner_kinds"], _partners), (field["must_haves"], _must_haves),
            (field["must_codes"], _must_codes), (field["capability_codes"], _capabilities),
            (field["language_codes"], _languages),
        ]),
        (_("Jadwal"), [
            (field["question_deadline"], lambda side: _day(side.v.question_deadline)),
            (field["interest_deadline"], lambda side: _day(side.v.interest_deadline)),
            (field["decision_expected"], lambda side: _day(side.v.decision_expected)),
        ]),
        (_("Dokumen dan kelengkapan"), [(field["documents"], _documents), (_("Kelengkapan"), _completeness)]),
    ]  # fmt: skip


def _cell(*lines: str | None, **more: Any) -> Cell:
    return Cell(tuple(line for line in lines if line), **more)


def _place(side: Side) -> Cell:
    return _cell(gazetteer().place_text(side.compared.opportunity.region_code))


def _dimension(side: Side) -> Cell:
    found = taxonomy().dimensions.get(side.v.dimension_code or "")
    return _cell(found.title if found else None)


def _sector(side: Side) -> Cell:
    found = taxonomy().sectors.get(side.v.sector_code or "")
    return _cell(found.name(language()) if found else None)


def _readiness(side: Side) -> Cell:
    rung = side.v.readiness
    return _cell(str(labels.READINESS[rung]), rung=rung.rung) if rung else Cell()


def _sourced(side: Side, text: str | None, *notes: str | None) -> Cell:
    """A figure with where it comes from; without the figure there is nothing to say of a source."""
    if not text:
        return Cell()
    opportunity = side.compared.opportunity
    source = side.v.finance_source or (opportunity.example_source_name if side.is_example else "")
    told = [_("Sumber: %(sumber)s", sumber=source) if source else None, *notes]
    return Cell((text,), tuple(note for note in told if note))


def _sought(side: Side) -> Cell:
    v = side.v
    return _sourced(side, money_full(v.sought_amount, v.value_currency) if v.sought_amount else None)


def _value(side: Side) -> Cell:
    v = side.v
    year = _("harga tahun %(tahun)s", tahun=v.price_year) if v.price_year else None
    rupiah = None
    if v.idr_rate and v.value_idr:
        rupiah = _(
            "Setara %(nilai)s dengan kurs %(kurs)s pada %(hari)s",
            nilai=money_short(v.value_idr), kurs=angka(v.idr_rate), hari=tanggal(v.idr_rate_on),
        )  # fmt: skip
    return _sourced(
        side, money_full(v.value_amount, v.value_currency) if v.value_amount else None, year, rupiah
    )


def _schemes(side: Side) -> Cell:
    return _cell(taxonomy().scheme_names(side.v.scheme_codes, language()))


def _irr(side: Side) -> Cell:
    return _sourced(side, persen(side.v.irr_percent) if side.v.irr_percent is not None else None)


def _npv(side: Side) -> Cell:
    v = side.v
    return _sourced(side, money_full(v.npv_amount, v.value_currency) if v.npv_amount is not None else None)


def _payback(side: Side) -> Cell:
    years = side.v.payback_years
    return _sourced(side, _("%(n)s tahun", n=angka(years)) if years else None)


def _ratio(side: Side) -> Cell:
    ratio = side.v.benefit_cost_ratio
    return _sourced(side, angka(ratio) if ratio is not None else None)


def _partners(side: Side) -> Cell:
    wanted = side.v.partner_kinds
    return Cell(tuple(str(label) for kind, label in labels.PARTNER_KIND.items() if kind in wanted))


def _must_codes(side: Side) -> Cell:
    return Cell(tuple(str(text) for code, text in MUST.items() if code in side.v.must_codes))


def _capabilities(side: Side) -> Cell:
    return Cell(tuple(str(text) for code, text in CAPABILITY.items() if code in side.v.capability_codes))


def _languages(side: Side) -> Cell:
    spoken = side.v.language_codes
    return Cell(tuple(str(text) for code, text in labels.WORKING_LANGUAGE.items() if code in spoken))


def _must_haves(side: Side) -> Cell:
    english = side.v.must_haves_en if language() == "en" else []
    foreign = language() == "en" and not english
    return Cell(tuple(english or side.v.must_haves_id), lang="id" if foreign else None)


def _day(day: date | None) -> Cell:
    return _cell(tanggal(day) if day else None)


def _documents(side: Side) -> Cell:
    named = [f"{each.title} ({_access_words()[labels.ACCESS_TAG[each.access]]})" for each in side.documents]
    return Cell(tuple(named))


def _access_words() -> dict[str, str]:
    return {"public": _("Publik"), "verified": _("Mitra terverifikasi"), "accepted": _("Setelah diterima")}


def _completeness(side: Side) -> Cell:
    """As of its publication, so that a deadline which has passed since counts for nothing."""
    if side.is_example:
        return Cell((_("tidak dihitung untuk contoh"),))
    v, content = side.v, content_of(side.v)
    day = local_day(v.decided_at or side.now, zone_at(side.compared.opportunity.region_code))
    states = translations(content, v.translated).values()
    found = completeness(
        content, today=day, has_documents=bool(side.documents),
        translated=bool(states) and all(state is Translation.CURRENT for state in states),
    )  # fmt: skip
    return Cell((f"{found.percent}%",))

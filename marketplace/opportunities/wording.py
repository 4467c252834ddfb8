"""A version's fields written out as one text each, for comparing, reviewing and telling."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from flask_babel import gettext

from marketplace.core.actor import OrganisationKind
from marketplace.core.money import money_full
from marketplace.files.rules import KINDS
from marketplace.opportunities.content import BILINGUAL, FIELDS
from marketplace.opportunities.differences import Piece, differences, item_differences, replaced
from marketplace.opportunities.labels import PARTNER_KIND, READINESS, WORKING_LANGUAGE
from marketplace.opportunities.models import Opportunity, OpportunityDocument
from marketplace.opportunities.support.assistance_rules import AssistanceStatus
from marketplace.partners.labels import CAPABILITY, MUST
from marketplace.partners.rules import PartnerKind
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy

Content = Mapping[str, Any]
_KIND_NAMES = {kind.media_type: kind.name for kind in KINDS}


# Compared word by word; all else as a whole, or item by item.
_PROSE = frozenset({*BILINGUAL, "plan_reference", "readiness_evidence", "finance_source", "contact_role"})
# What stands between the items of a list.
_CODES = ("must_codes", "partner_kinds", "capability_codes", "language_codes", "scheme_codes")
_LISTS = {"must_haves": "\n"} | dict.fromkeys(_CODES, ", ")


@dataclass(frozen=True, slots=True)
class FieldText:
    """One field as text in Indonesian, and in English where it has one of its own."""

    field: str
    text: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a version beside the same field of another."""

    field: str
    pieces: list[Piece]
    english: list[Piece]

    @property
    def changed(self) -> bool:
        return any(piece.kind != "same" for piece in (*self.pieces, *self.english))


def title_in(version: Any, language: str) -> tuple[str, str | None]:
    """The title for a reader of that language, and the title's own language where it is another."""
    if language == "en" and version.title_en:
        return version.title_en, None
    return version.title_id or gettext("Tanpa judul"), "id" if language == "en" and version.title_id else None


def helper_of(opportunity: Opportunity, unit: str) -> str | None:
    """With whom the Pemda writes or wrote the listing; None where it wrote alone or refused the help."""
    found = opportunity.assistance
    return helper_name(found.status, found.organisation_id, opportunity.region_code, unit) if found else None


def helper_name(
    status: AssistanceStatus | None, province_id: int | None, region_code: str, unit: str
) -> str | None:
    """The assisting side: `unit` (LAIP's name), where no organisation is named, else the region's province."""
    if status in (None, AssistanceStatus.NONE, AssistanceStatus.REFUSED):
        return None
    province = gazetteer().province_of(region_code) if province_id else None
    return f"Pemerintah {province.display}" if province else unit


def supporter_name(kind: OrganisationKind, name: str, region_code: str | None) -> str:
    """Who stands beside a listing, as a sentence names them: "Provinsi Bali", "pendamping X", "Kementerian Y"."""
    place = gazetteer().find(region_code or "")
    if kind is OrganisationKind.PEMDA and place is not None:
        return place.display
    return gettext("pendamping %(nama)s", nama=name) if kind is OrganisationKind.TUTOR else name


def kind_of(document: OpportunityDocument) -> str:
    """The kind of a document's file: "PDF", "DOCX"."""
    return _KIND_NAMES.get(document.blob.media_type, "?")


def field_texts(content: Content, language: str) -> dict[str, FieldText]:
    """Every field of the form as text; "" where nothing is stated."""
    return {field: _field_text(content, field, language) for field in FIELDS}


def field_changes(before: Content | None, after: Content, language: str) -> list[FieldChange]:
    """Every field that says anything, compared with the other version (None: nothing to compare with)."""
    new = field_texts(after, language)
    old = field_texts(before, language) if before is not None else new
    return [
        FieldChange(
            field,
            _compared(field, old[field].text, new[field].text),
            _compared(field, old[field].english, new[field].english),
        )
        for field in FIELDS
        if old[field].text or new[field].text or old[field].english or new[field].english
    ]


def _compared(field: str, old: str, new: str) -> list[Piece]:
    between = _LISTS.get(field)
    if between:
        return item_differences(old, new, between)
    return differences(old, new) if field in _PROSE else replaced(old, new)


def _field_text(content: Content, field: str, language: str) -> FieldText:
    if field == "must_haves":
        return FieldText(field, "\n".join(content["must_haves_id"]), "\n".join(content["must_haves_en"]))
    if field in BILINGUAL:
        return FieldText(field, content[f"{field}_id"], content[f"{field}_en"])
    value = content[field]
    if value in (None, [], ""):
        return FieldText(field, "")
    return FieldText(field, _WRITERS.get(field, _plain)(value, content, language))


def _plain(value: Any, _content: Content, language: str) -> str:
    if isinstance(value, date):
        return format_date(value, "d MMMM y", locale=language)
    if isinstance(value, Decimal):
        return format_decimal(value, format="#,##0.######", locale=language)
    return str(value)


def _money(value: Decimal, content: Content, language: str) -> str:
    return money_full(value, language, content["value_currency"])


def _percent(value: Decimal, content: Content, language: str) -> str:
    return f"{_plain(value, content, language)}%"


def _sector(code: str, _content: Content, language: str) -> str:
    term = taxonomy().sectors.get(code)
    return f"{taxonomy().dimension_title(term.dimension_code)} · {term.name(language)}" if term else code


def _schemes(codes: list[str], _content: Content, language: str) -> str:
    return taxonomy().scheme_names([code for code in codes if code in taxonomy().schemes], language)


def _partner_kinds(codes: list[str], _content: Content, _language: str) -> str:
    # What a form sent is shown beside what is stored: a code that is none has no words.
    return ", ".join(str(PARTNER_KIND[kind]) for kind in PartnerKind if kind in codes)


def _must_codes(codes: list[str], _content: Content, _language: str) -> str:
    return ", ".join(str(text) for code, text in MUST.items() if code in codes)


def _capabilities(codes: list[str], _content: Content, _language: str) -> str:
    return ", ".join(str(text) for code, text in CAPABILITY.items() if code in codes)


def _languages(codes: list[str], _content: Content, _language: str) -> str:
    return ", ".join(str(text) for code, text in WORKING_LANGUAGE.items() if code in codes)


def _business(code: str, _content: Content, _language: str) -> str:
    found = taxonomy().kbli.get(code)
    return f"{code} {found.title}" if found else code


def _readiness(value: Any, _content: Content, _language: str) -> str:
    return str(READINESS.get(value, ""))


def _year(value: int, _content: Content, _language: str) -> str:
    return str(value)


_WRITERS: dict[str, Callable[[Any, Content, str], str]] = {
    "value_amount": _money,
    "sought_amount": _money,
    "npv_amount": _money,
    "irr_percent": _percent,
    "sector_code": _sector,
    "kbli_code": _business,
    "must_codes": _must_codes,
    "capability_codes": _capabilities,
    "language_codes": _languages,
    "scheme_codes": _schemes,
    "partner_kinds": _partner_kinds,
    "readiness": _readiness,
    "price_year": _year,
}

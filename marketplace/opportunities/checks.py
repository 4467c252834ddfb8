"""What a machine can see before a person decides: private contacts, figures that do not agree, great changes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from marketplace.opportunities.content import BILINGUAL, FIELDS, columns_of
from marketplace.opportunities.rules import Readiness

# "08xx", "+62 8…", "(0438) 21 345": eight digits and more, with the signs people put between them.
_PHONE = re.compile(r"(?<![\w.,])(?:\+\s?\d|\(?0\d)(?:[\s().\-/]{0,2}\d){7,13}(?![\d.,]*\d)")
_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[a-z]{2,}){1,3}", re.IGNORECASE
)
# A change by more than this part of the value is a material one.
MATERIAL_PART = Decimal("0.05")
Content = Mapping[str, Any]


class Finding(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    SOUGHT_ABOVE_VALUE = "sought_above_value"
    FIGURES_UNSOURCED = "figures_unsourced"
    RATE_MISSING = "rate_missing"
    READINESS_UNPROVEN = "readiness_unproven"
    PUBLIC_FUNDS_ONLY = "public_funds_only"
    VALUE_CHANGED = "value_changed"
    SCHEME_CHANGED = "scheme_changed"
    DEADLINE_SHORTENED = "deadline_shortened"


# What an editor may leave as it is, with a sentence that says why.
JUSTIFIABLE = (
    Finding.PHONE, Finding.EMAIL, Finding.SOUGHT_ABOVE_VALUE, Finding.FIGURES_UNSOURCED, Finding.RATE_MISSING,
    Finding.READINESS_UNPROVEN, Finding.PUBLIC_FUNDS_ONLY,
)  # fmt: skip
# From this rung on a study exists, which can be attached.
_STUDIED = 3
_BRINGS_MONEY = frozenset({"investor", "foreign_investor", "fintech"})
_PUBLIC_FUNDS = frozenset({"apbd"})


def why_input(finding: Finding) -> str:
    """The name of the form's input in which a finding is justified."""
    return f"why_{finding}"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing worth a look: what, at which field, and by how many percent where it is a change."""

    finding: Finding
    field: str
    percent: int = 0


def looks_like_phone(text: str) -> bool:
    """Whether something in the text reads like a telephone number."""
    return _PHONE.search(text) is not None


def looks_like_email(text: str) -> bool:
    """Whether something in the text reads like an e-mail address."""
    return _EMAIL.search(text) is not None


def private_contacts(content: Content) -> list[Found]:
    """Fields in which a number or address seems to stand, in the order of the form."""
    found = []
    for field in FIELDS:
        text = " \n".join(_texts(content, field))
        if looks_like_phone(text):
            found.append(Found(Finding.PHONE, field))
        if looks_like_email(text):
            found.append(Found(Finding.EMAIL, field))
    return found


def _texts(content: Content, field: str) -> Iterable[str]:
    names = columns_of(field) if field in BILINGUAL else (field,)
    for name in names:
        value = content.get(name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from value


def inconsistencies(content: Content) -> list[Found]:
    """Figures that do not agree with each other or have no source."""
    found = []
    value, sought = content.get("value_amount"), content.get("sought_amount")
    if value and sought and sought > value:
        found.append(Found(Finding.SOUGHT_ABOVE_VALUE, "sought_amount"))
    ratios = ("irr_percent", "npv_amount", "payback_years", "benefit_cost_ratio")
    unsourced = next((name for name in ratios if content.get(name) is not None), None)
    if unsourced and not content.get("finance_source"):
        found.append(Found(Finding.FIGURES_UNSOURCED, unsourced))
    if value and content.get("value_currency") != "IDR" and not content.get("idr_rate"):
        found.append(Found(Finding.RATE_MISSING, "value_amount"))
    return found


def unproven(content: Content, *, has_documents: bool) -> list[Found]:
    """A study that is claimed and not attached; partners who are sought for what the budget pays alone."""
    found = []
    readiness = content.get("readiness")
    if readiness is not None and Readiness(readiness).rung >= _STUDIED and not has_documents:
        found.append(Found(Finding.READINESS_UNPROVEN, "readiness"))
    schemes = set(content.get("scheme_codes") or ())
    if (
        schemes
        and schemes <= _PUBLIC_FUNDS
        and _BRINGS_MONEY.intersection(content.get("partner_kinds") or ())
    ):
        found.append(Found(Finding.PUBLIC_FUNDS_ONLY, "scheme_codes"))
    return found


def justifiable(content: Content, *, has_documents: bool) -> list[Found]:
    """All that looks odd in the content by itself, once a finding, in the order of the form's checks."""
    every = [
        *private_contacts(content),
        *inconsistencies(content),
        *unproven(content, has_documents=has_documents),
    ]
    return list({found.finding: found for found in reversed(every)}.values())[::-1]


def material_changes(before: Content | None, after: Content) -> list[Found]:
    """What differs from the published version so that LAIP must look: value, scheme, a shortened deadline."""
    if before is None:
        return []
    found = []
    percent = value_change(before.get("value_amount"), after.get("value_amount"))
    if percent is None or abs(percent) > MATERIAL_PART * 100:
        found.append(Found(Finding.VALUE_CHANGED, "value_amount", percent or 0))
    if set(before.get("scheme_codes") or ()) != set(after.get("scheme_codes") or ()):
        found.append(Found(Finding.SCHEME_CHANGED, "scheme_codes"))
    old, new = before.get("interest_deadline"), after.get("interest_deadline")
    if old and new and new < old:
        found.append(Found(Finding.DEADLINE_SHORTENED, "interest_deadline"))
    return found


def value_change(old: Decimal | None, new: Decimal | None) -> int | None:
    """By how many whole percent the value rose (negative: fell); None where one side is unknown."""
    if old == new:
        return 0
    if not old or not new:
        return None
    return round((new - old) / old * 100)

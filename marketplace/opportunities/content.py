"""Which columns of a version are its content, by the fields that people see; plain names, no database."""

from typing import Any

# Texts with a required Indonesian and an optional English form: columns <field>_id and <field>_en.
BILINGUAL = (
    "title", "summary", "problem", "users_served", "why_now", "existing", "sought", "expected_result",
    "local_character", "connectivity", "incentives", "land_permits", "nice_to_haves", "must_haves",
)  # fmt: skip

# Every field in the order of the form.
FIELDS = (
    "title", "summary", "sector_code", "kbli_code",
    "problem", "users_served", "why_now", "existing", "sought", "expected_result",
    "partner_kinds", "must_codes", "must_haves", "nice_to_haves", "capability_codes", "language_codes", "scheme_codes",
    "value_amount", "sought_amount", "idr_rate", "price_year", "irr_percent", "npv_amount", "payback_years",
    "benefit_cost_ratio", "finance_source",
    "readiness", "readiness_evidence", "land_permits", "plan_reference", "local_character", "connectivity",
    "incentives",
    "question_deadline", "interest_deadline", "decision_expected", "contact_role",
)  # fmt: skip
DOCUMENTS = "documents"
TRANSLATIONS = "translations"
MARKABLE = (*FIELDS, DOCUMENTS)

_BESIDE = {
    "sector_code": ("dimension_code",),
    "kbli_code": ("kbli_edition",),
    "value_amount": ("value_currency", "value_idr"),
    "sought_amount": ("sought_idr",),
    "idr_rate": ("idr_rate_on",),
}


def columns_of(field: str) -> tuple[str, ...]:
    """The columns that hold a field: its own, and those derived from it."""
    if field in BILINGUAL:
        return f"{field}_id", f"{field}_en"
    return field, *_BESIDE.get(field, ())


CONTENT = tuple(column for field in FIELDS for column in columns_of(field))

# What a version holds beside its content, by input or field.
BESIDE = ("unread", "translated", "justified")


def inputs_of(field: str) -> tuple[str, ...]:
    """The inputs of the form that a field is written in."""
    return (f"{field}_id", f"{field}_en") if field in BILINGUAL else (field,)


INPUTS = tuple(name for field in FIELDS for name in inputs_of(field))
MONEY = ("value_amount", "sought_amount", "npv_amount")
# They share one currency and one rate, so they are read and stored together.
SUMS = (*MONEY, "idr_rate")


def columns_of_input(name: str) -> tuple[str, ...]:
    """The columns that are written with an input."""
    if name in SUMS:
        return tuple(column for sum_ in SUMS for column in columns_of(sum_))
    return (name,) if name not in FIELDS else columns_of(name)


def field_of(name: str) -> str:
    """The field that an input belongs to."""
    return name if name in FIELDS else name.removesuffix("_id").removesuffix("_en")


def fields_written(before: Any, values: dict[str, Any]) -> list[str]:
    """The fields whose columns these values change."""
    return [
        field
        for field in FIELDS
        if any(name in values and values[name] != getattr(before, name) for name in columns_of(field))
    ]


def content_of(version: Any) -> dict[str, Any]:
    """The content of a version as plain values by column."""
    return {column: getattr(version, column) for column in CONTENT}


def input_of(field: str) -> str:
    """The name of the form's input at which a remark on the field is shown."""
    return f"{field}_id" if field in BILINGUAL else field

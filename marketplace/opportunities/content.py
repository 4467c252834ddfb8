"""Which columns of a version are its content, by the fields that people see; plain names, no database."""

from typing import Any

# Texts with a required Indonesian and an optional English form: columns <field>_id and <field>_en.
BILINGUAL = (
    "title", "summary", "problem", "users_served", "why_now", "existing", "sought", "expected_result",
    "local_character", "connectivity", "incentives", "land_permits", "nice_to_haves", "must_haves",
)  # fmt: skip

# Every field in the order of the form.
FIELDS = (
    "title", "summary", "sector_code",
    "problem", "users_served", "why_now", "existing", "sought", "expected_result",
    "partner_kinds", "must_haves", "nice_to_haves", "scheme_codes",
    "value_amount", "sought_amount", "idr_rate", "price_year", "irr_percent", "npv_amount", "payback_years",
    "benefit_cost_ratio", "finance_source",
    "readiness", "readiness_evidence", "land_permits", "plan_reference", "local_character", "connectivity",
    "incentives",
    "question_deadline", "interest_deadline", "decision_expected", "contact_role",
)  # fmt: skip
DOCUMENTS = "documents"
MARKABLE = (*FIELDS, DOCUMENTS)

_BESIDE = {
    "sector_code": ("dimension_code",),
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


def content_of(version: Any) -> dict[str, Any]:
    """The content of a version as plain values by column."""
    return {column: getattr(version, column) for column in CONTENT}


def input_of(field: str) -> str:
    """The name of the form's input at which a remark on the field is shown."""
    return f"{field}_id" if field in BILINGUAL else field

"""Who hears of LAIP's decision, and with which words."""

from dataclasses import asdict
from typing import Any

from marketplace.interests.queries import Detail
from marketplace.notifications.actions import Notice
from marketplace.organisations.queries import Contacts, contacts, list_member_ids


def introduction(match: Detail, collaboration_id: int) -> list[Notice]:
    """To each side with the other's office."""
    pemda_id = match.interest.opportunity.organisation_id or 0
    partner_id = match.interest.organisation_id
    pemda, partner = contacts(pemda_id), contacts(partner_id)
    path = f"/dasbor/kerja-sama/{collaboration_id}"
    return [
        _introduced(match, pemda_id, partner, path),
        _introduced(match, partner_id, pemda, path),
    ]


def _introduced(match: Detail, organisation_id: int, other: Contacts, path: str) -> Notice:
    office = {key: value for key, value in asdict(other).items() if key in ("unit", "email", "phone")}
    params = {**_title(match), "other": other.name, "contact": office}
    return Notice("collaboration_introduced", list_member_ids(organisation_id), path, params)


def refusal(match: Detail, collaboration_id: int, reason: str | None, words: str) -> list[Notice]:
    """To both sides, with the reason."""
    params = {
        **_title(match),
        "partner": match.partner_name,
        "pemda": match.pemda_name,
        "reason": reason,
        "words": words,
    }
    path = f"/dasbor/kerja-sama/{collaboration_id}"
    sides = (match.interest.opportunity.organisation_id or 0, match.interest.organisation_id)
    return [Notice("collaboration_refused", list_member_ids(side), path, params) for side in sides]


def _title(match: Detail) -> dict[str, Any]:
    return {"title_id": match.title_id, "title_en": match.title_en}

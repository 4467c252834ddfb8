"""What the page of a listing shows, the same for the public and for a preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.dates import days_left, end_of_day, local_day
from marketplace.core.words import LazyString
from marketplace.files.previewing import is_drawn
from marketplace.opportunities import labels, policy, queries, wording
from marketplace.opportunities.completeness import Completeness
from marketplace.opportunities.content import input_of
from marketplace.opportunities.document_queries import list_older
from marketplace.opportunities.models import Opportunity, OpportunityDocument, OpportunityVersion
from marketplace.opportunities.rules import (
    DocumentAccess,
    DocumentKind,
    NoPartnerReason,
    Origin,
    Readiness,
    Standing,
    standing,
)
from marketplace.opportunities.support.rules import NO_TIES, Ties
from marketplace.opportunities.wording import kind_of, title_in
from marketplace.partners.labels import CAPABILITY, MUST
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.formats import tanggal, tanggal_pendek, ukuran, waktu
from marketplace.web.language import get_language


@dataclass(frozen=True, slots=True)
class Offerer:
    """Who stands behind a listing; `unit` is an office, never a person."""

    name: str | None
    unit: str | None


def listing_page(
    opportunity: Opportunity, version: OpportunityVersion, offerer: Offerer, *, actor: Actor, now: datetime,
    ties: Ties = NO_TIES,
) -> dict[str, Any]:  # fmt: skip
    """The values that templates/opportunities/_listing.html draws."""
    place = gazetteer().by_code[opportunity.region_code]
    zone = str(place.timezone)
    closes_at = _closes_at(opportunity, version, zone)
    stands = standing(opportunity.status, origin=opportunity.origin, closes_at=closes_at, now=now)
    title, title_lang = title_of(version)
    return {
        "o": opportunity,
        "v": version,
        "title": title,
        "title_lang": title_lang,
        "place": place,
        "province": gazetteer().by_code[place.province_code],
        "zone": zone,
        "terms": taxonomy(),
        "offerer": offerer,
        "helper": helper_of(opportunity),
        "is_example": opportunity.origin is Origin.PUBLIC_EXAMPLE,
        "standing": stands,
        "standing_label": labels.STANDING[stands],
        "why_no_partner": _why_no_partner(opportunity, stands),
        "closes_at": closes_at,
        "days_left": days_left(closes_at, now, zone) if stands is Standing.OPEN and closes_at else None,
        "partner_words": [
            str(labels.PARTNER_KIND[kind]) for kind in labels.PARTNER_KIND if kind in version.partner_kinds
        ],
        "capability_words": [
            str(text) for code, text in CAPABILITY.items() if code in version.capability_codes
        ],
        "language_words": [
            str(text) for code, text in labels.WORKING_LANGUAGE.items() if code in version.language_codes
        ],
        "must_words": [str(text) for code, text in MUST.items() if code in version.must_codes],
        "rung": version.readiness.rung if version.readiness else 0,
        "rung_word": labels.READINESS[version.readiness] if version.readiness else None,
        "steps": _steps(version),
        "documents": _documents(version, actor, ties),
        "addenda": queries.list_addenda(opportunity.id) if opportunity.published_at else [],
        "events": _events(opportunity, version, closes_at, zone, now),
    }


def takes_interest(listing: queries.Listing, stands: Standing) -> bool:
    """Whether partners may express interest in it now."""
    return (
        stands is Standing.OPEN
        and policy.takes_interest(listing.opportunity)
        and bool(listing.organisation_trusted)
    )


def _why_no_partner(opportunity: Opportunity, stands: Standing) -> LazyString | None:
    reason = opportunity.end_reason if stands is Standing.NO_PARTNER else None
    return labels.NO_PARTNER_REASON[NoPartnerReason(reason)] if reason else None


def title_of(version: Any) -> tuple[str, str | None]:
    """The title for this reader, and its language where that is not the page's."""
    return title_in(version, get_language())


def helper_of(opportunity: Opportunity) -> str | None:
    """With whom the Pemda writes or wrote the listing, by name."""
    return wording.helper_of(opportunity, current_app.config["UNIT_NAME"])


def _closes_at(opportunity: Opportunity, version: OpportunityVersion, zone: str) -> datetime | None:
    """When interest ends: as published, or for a preview as it would be."""
    if version.id == opportunity.published_version_id:
        return opportunity.closes_at
    return end_of_day(version.interest_deadline, zone) if version.interest_deadline else None


def _steps(version: OpportunityVersion) -> list[dict[str, Any]]:
    """The six rungs; the evidence stands under the one that is reached."""
    evidence = version.readiness_evidence
    return [
        {
            "label": labels.READINESS[rung],
            "note": evidence if rung is version.readiness and len(evidence) < 90 else "",
        }
        for rung in Readiness
    ]


def _documents(version: OpportunityVersion, actor: Actor, ties: Ties) -> list[dict[str, Any]]:
    documents = queries.list_documents(version.id)
    older = list_older(version) if any(document.number > 1 for document in documents) else {}
    granted = _granted(version, documents, actor)
    lines = []
    for document in documents:
        may = policy.can_read_document(actor, document, version, document.access, granted=granted, ties=ties)
        lines.append(
            {
                "title": document.title,
                "url": document_url(document) if may else None,
                "note": document_note(document),
                "access": labels.ACCESS_TAG[document.access],
                "older": older_lines(older.get(document.series, []), may=may),
            }
        )
    return lines


def _granted(version: OpportunityVersion, documents: Sequence[OpportunityDocument], actor: Actor) -> bool:
    kept = any(document.access is DocumentAccess.ACCEPTED_PARTNERS for document in documents)
    return kept and queries.has_grant(version.opportunity_id, policy.partner_places(actor))


def older_lines(older: Sequence[OpportunityDocument], *, may: bool) -> list[dict[str, Any]]:
    """The older files of one document, each a link for those who may open it."""
    return [{"url": document_url(old) if may else None, "note": document_note(old)} for old in older]


def document_url(document: OpportunityDocument) -> str:
    """The page that shows a document; straight to its file where nothing of it can be shown."""
    name = "preview" if is_drawn(document.blob) else "open_document"
    return url_for(f"document_pages.{name}", document_id=document.id)


def document_note(document: OpportunityDocument) -> str:
    """What a document is: "PDF, 1,2 MB, 4 Jun 2026 · Studi kelayakan · versi 2"."""
    parts = [f"{kind_of(document)}, {ukuran(document.blob.size)}, {tanggal_pendek(document.created_at)}"]
    if document.kind is not DocumentKind.OTHER:
        parts.append(str(labels.DOCUMENT_KIND[document.kind]))
    if document.number > 1:
        parts.append(_("versi %(n)s", n=document.number))
    return " · ".join(parts)


def _events(
    opportunity: Opportunity,
    version: OpportunityVersion,
    closes_at: datetime | None,
    zone: str,
    now: datetime,
) -> list[dict[str, Any]]:
    """The listing's days, oldest first; what is still to come is hollow."""
    today = local_day(now, zone)
    events = []
    out = opportunity.published_at
    if out:
        events.append(_event(out, _("Diterbitkan"), today, zone))
    if (
        out
        and version.id == opportunity.published_version_id
        and version.decided_at
        and version.decided_at > out
    ):
        events.append(_event(version.decided_at, _("Diperbarui, versi %(n)s", n=version.number), today, zone))
    if version.question_deadline:
        events.append(_event(version.question_deadline, _("Batas pertanyaan"), today, zone))
    if closes_at:
        state = _state(now < closes_at)
        events.append({"when": waktu(closes_at, zone), "title": _("Tenggat minat"), "state": state})
    if version.decision_expected:
        events.append(_event(version.decision_expected, _("Perkiraan keputusan"), today, zone))
    return events


def _event(when: datetime | date, title: str, today: date, zone: str) -> dict[str, Any]:
    day = local_day(when, zone) if isinstance(when, datetime) else when
    return {
        "when": tanggal(day),
        "title": title,
        "state": _state(day >= today and not isinstance(when, datetime)),
    }


def _state(to_come: bool) -> str:
    return "future" if to_come else "past"


def missing_lines(found: Completeness, form_address: str | None) -> list[dict[str, Any]]:
    """What keeps the listing from being submitted, each a link to its input where there is a form."""
    return [
        {
            "label": labels.FIELD[gap.field],
            "url": None if form_address is None else f"{form_address}#{input_of(gap.field)}",
        }
        for gap in found.gaps
    ]


def better_words(found: Completeness) -> str:
    """What would only add value, in one phrase."""
    return ", ".join(str(labels.FIELD[field]) for field in found.better)

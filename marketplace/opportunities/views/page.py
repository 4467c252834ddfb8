"""What the page of a listing shows, the same for the public and for a preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.dates import days_left, end_of_day, local_day
from marketplace.opportunities import labels, policy, queries
from marketplace.opportunities.completeness import Completeness
from marketplace.opportunities.content import input_of
from marketplace.opportunities.models import Opportunity, OpportunityDocument, OpportunityVersion
from marketplace.opportunities.rules import DocumentAccess, Origin, Readiness, Standing, standing
from marketplace.opportunities.wording import kind_of, title_in
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
    opportunity: Opportunity, version: OpportunityVersion, offerer: Offerer, *, actor: Actor, now: datetime
) -> dict[str, Any]:
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
        "is_example": opportunity.origin is Origin.PUBLIC_EXAMPLE,
        "standing": stands,
        "standing_label": labels.STANDING[stands],
        "closes_at": closes_at,
        "days_left": days_left(closes_at, now, zone) if stands is Standing.OPEN and closes_at else None,
        "partner_words": [
            str(labels.PARTNER_KIND[kind]) for kind in labels.PARTNER_KIND if kind in version.partner_kinds
        ],
        "rung": version.readiness.rung if version.readiness else 0,
        "rung_word": labels.READINESS[version.readiness] if version.readiness else None,
        "steps": _steps(version),
        "documents": _documents(version, actor),
        "events": _events(opportunity, version, closes_at, zone, now),
    }


def title_of(version: Any) -> tuple[str, str | None]:
    """The title for this reader, and its language where that is not the page's."""
    return title_in(version, get_language())


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


def _documents(version: OpportunityVersion, actor: Actor) -> list[dict[str, Any]]:
    documents = queries.list_documents(version.id)
    granted = _granted(version, documents, actor)
    return [
        {
            "title": document.title,
            "url": _document_url(document, version, actor, granted=granted),
            "note": document_note(document),
            "access": labels.ACCESS_TAG[document.access],
        }
        for document in documents
    ]


def _granted(version: OpportunityVersion, documents: Sequence[OpportunityDocument], actor: Actor) -> bool:
    kept = any(document.access is DocumentAccess.ACCEPTED_PARTNERS for document in documents)
    places = [place.organisation_id for place in actor.memberships if place.verified]
    return kept and bool(places) and queries.has_grant(version.opportunity_id, places)


def _document_url(
    document: OpportunityDocument, version: OpportunityVersion, actor: Actor, *, granted: bool
) -> str | None:
    if not policy.can_read_document(actor, document, version, granted=granted):
        return None
    return url_for("opportunity_pages.open_document", document_id=document.id)


def document_note(document: OpportunityDocument) -> str:
    """Kind, size and day of a document: "PDF, 1,2 MB, 4 Jun 2026"."""
    return f"{kind_of(document)}, {ukuran(document.blob.size)}, {tanggal_pendek(document.created_at)}"


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

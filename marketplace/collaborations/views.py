"""What both sides see of a collaboration; the room comes later."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from marketplace.audit.queries import list_history
from marketplace.collaborations import labels
from marketplace.collaborations.policy import side_of
from marketplace.collaborations.queries import (
    Detail,
    count_of_organisations,
    find_detail,
    list_of_organisations,
)
from marketplace.collaborations.rules import CONTACTS_OPEN, CollaborationStatus
from marketplace.core.refusal import NotFound
from marketplace.interests.labels import shown_title
from marketplace.interests.policy import Side
from marketplace.organisations.queries import Contacts, contacts
from marketplace.regions.queries import gazetteer, zone_at
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import language, tanggal
from marketplace.web.paging import paged

PAGE = 20

collaborations = Blueprint("collaborations", __name__)


@collaborations.get("/dasbor/kerja-sama")
@signed_in
def index() -> str:
    place = current_actor().main
    if place is None:
        raise NotFound
    ours = [place.organisation_id]
    paging = paged(".index", count_of_organisations(ours), PAGE)
    return render_template(
        "collaborations/index.html",
        lines=list_of_organisations(ours, limit=PAGE, offset=paging.offset),
        ours=ours,
        labels=labels.STATUS,
        reasons=labels.reason_text,
        paging=paging,
        gazetteer=gazetteer(),
    )


@collaborations.get("/dasbor/kerja-sama/<int:collaboration_id>")
@signed_in
def show(collaboration_id: int) -> str:
    detail = find_detail(collaboration_id)
    side = side_of(current_actor(), detail.interest) if detail else None
    if detail is None or side is None:
        raise NotFound
    row = detail.collaboration
    return render_template(
        "collaborations/show.html",
        detail=detail,
        row=row,
        side=side,
        title=shown_title(detail, language()),
        label=labels.STATUS[row.status],
        reason=labels.reason_text(row.decision_reason),
        offices=_offices(detail, side) if row.status in CONTACTS_OPEN else [],
        track=_track(detail),
        place_text=gazetteer().place_text(detail.interest.opportunity.region_code),
        zone=zone_at(detail.interest.opportunity.region_code),
        decided_by=_unit_event(row.id),
    )


def _offices(detail: Detail, side: Side) -> list[Contacts]:
    """The other side's office first; LAIP sees both."""
    partner = contacts(detail.interest.organisation_id)
    pemda = contacts(detail.interest.opportunity.organisation_id or 0)
    return [partner, pemda] if side is Side.PEMDA else [pemda, partner]


def _track(detail: Detail) -> list[dict[str, str]]:
    """The stages, with the days on which it came so far."""
    row, accepted = detail.collaboration, detail.interest.accepted_at
    notes = {
        CollaborationStatus.PROPOSED: tanggal(accepted) if accepted else "",
        CollaborationStatus.INTRODUCED: tanggal(row.decided_at),
    }
    reached = labels.TRACK.index(row.status) if row.status in labels.TRACK else 0
    return [
        {
            "label": str(labels.STATUS[stage].text),
            "note": notes.get(stage, "") if number <= reached else "",
            "state": "done" if number <= reached else "next",
        }
        for number, stage in enumerate(labels.TRACK)
    ]


def _unit_event(collaboration_id: int) -> str:
    """Who of LAIP decided, by name: both may ask that person."""
    first = list_history("collaboration", collaboration_id)[-1:]
    return (first[0].who if first else None) or _("moderator")

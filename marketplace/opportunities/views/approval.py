"""The approver's page: what changed, what is odd, what was asked for, and the two buttons."""

from datetime import datetime
from typing import Any

from flask import render_template, request

from marketplace.core.dates import local_day, working_days_between
from marketplace.interests.queries import count_open_on
from marketplace.opportunities import labels, policy, publishing, queries
from marketplace.opportunities.content import input_of
from marketplace.opportunities.forms.deciding import ApprovalForm
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.reminder_rules import REMIND_AFTER
from marketplace.opportunities.reviewing import published_beside, review_of
from marketplace.opportunities.rules import VERSION_STEPS, VersionStatus, standing
from marketplace.opportunities.steps import step_of
from marketplace.opportunities.views.page import (
    document_note,
    document_url,
    helper_of,
    missing_lines,
    title_of,
)
from marketplace.opportunities.views.support_panels import support_values
from marketplace.regions.queries import gazetteer
from marketplace.web.actors import current_actor
from marketplace.web.language import get_language

SENT = VERSION_STEPS[VersionStatus.DRAFT, VersionStatus.IN_APPROVAL].event


def approval_page(version: OpportunityVersion, form: ApprovalForm, now: datetime) -> str:
    """Everything that the approver, or who stands in, needs to release the version or send it back."""
    actor, opportunity = current_actor(), version.opportunity
    title, title_lang = title_of(version)
    stands = standing(opportunity.status, origin=opportunity.origin, closes_at=opportunity.closes_at, now=now)
    found = publishing.check_complete(version, now)
    history = queries.list_happenings(opportunity.id)
    return render_template(
        "opportunities/approval.html", o=opportunity, v=version, title=title, title_lang=title_lang, form=form,
        place=gazetteer().by_code[opportunity.region_code], labels=labels,
        review=review_of(version, published_beside(version), get_language(), internal=True),
        stands=labels.STANDING[stands] if opportunity.published_at else None,
        marks=form.marks if request.method == "POST" else {}, note_of=document_note, url_of=document_url,
        completeness=found, missing=missing_lines(found, None), history=history,
        interests=count_open_on(opportunity.id) if opportunity.published_at else None,
        behalf=policy.on_behalf_of(actor, version), alone=publishing.must_leave_release(actor, version),
        sent=next((event for event in history if event.kind == SENT), None), helper=helper_of(opportunity),
        may={"edit": False, "end_assistance": policy.can_end_assistance(actor, opportunity)}, input_of=input_of, step_of=step_of,
        **waiting(version, now), **support_values(version),
    )  # fmt: skip


def waiting(version: OpportunityVersion, now: datetime) -> dict[str, Any]:
    """How long a version has waited for the approver, by the calendar of its region."""
    zone = publishing.zone_of(version.opportunity)
    since = version.awaiting_since or version.edited_at
    days = working_days_between(local_day(since, zone), local_day(now, zone))
    return {"zone": zone, "since": since, "waited": days, "remind_after": min(REMIND_AFTER)}

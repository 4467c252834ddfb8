"""LAIP decides on a match, on one page."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.audit.queries import list_history
from marketplace.collaborations import actions as matches
from marketplace.collaborations import labels as match_labels
from marketplace.collaborations.forms import MatchForm
from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.policy import can_decide
from marketplace.collaborations.queries import find_of_interest
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core import clock
from marketplace.core.refusal import NotFound
from marketplace.interests import labels as interest_labels
from marketplace.interests.queries import Detail, find_detail
from marketplace.interests.rules import LAIP_EVENTS, MATCHED
from marketplace.moderation.queue_queries import find_holder
from marketplace.moderation.rules import PROMISED_DAYS, QueueKind, age
from marketplace.regions.queries import gazetteer, zone_at
from marketplace.web.access import moderator_only
from marketplace.web.actors import current_actor
from marketplace.web.formats import language, waktu
from marketplace.web.forms import attempt

match_moderation = Blueprint("match_moderation", __name__)


@match_moderation.route("/<int:interest_id>", methods=["GET", "POST"])
@moderator_only
def decide(interest_id: int) -> Response | str | tuple[str, int]:
    """Both sides of an accepted interest on one page; introduce them, or say why not."""
    detail = find_detail(interest_id)
    if detail is None or detail.interest.status not in MATCHED:
        raise NotFound
    form = MatchForm()
    if request.method == "GET":
        form.seen.data = str(detail.interest.revision)
        return _match_page(detail, form, find_of_interest(interest_id))
    if form.validate() and _decided(interest_id, form):
        return redirect(url_for(".decide", interest_id=interest_id))
    return _match_page(detail, form, find_of_interest(interest_id)), 422


def _decided(interest_id: int, form: MatchForm) -> bool:
    common: dict[str, Any] = {
        "interest_id": interest_id,
        "seen": form.seen_revision,
        "actor": current_actor(),
        "now": clock.now(),
    }
    if request.form.get("langkah") == "tolak":
        done = attempt(form, matches.refuse, reason=form.reason.data, words=form.words.data or "", **common)
        told = _("Tidak diperkenalkan. Kedua pihak menerima alasannya.")
    else:
        done = attempt(form, matches.introduce, **common)
        told = _("Diperkenalkan. Kedua pihak menerima kontak satu sama lain.")
    if done:
        flash(told, "good")
    return done


def _match_page(detail: Detail, form: MatchForm, decided: Collaboration | None) -> str:
    interest = detail.interest
    since, now = interest.accepted_at, clock.now()
    holder = find_holder(QueueKind.MATCH, interest.id, since=since, now=now) if since else None
    return render_template(
        "moderation/match.html",
        form=form,
        detail=detail,
        interest=interest,
        decided=decided,
        decided_label=match_labels.STATUS[decided.status] if decided else None,
        reason=match_labels.reason_text(decided.decision_reason) if decided else None,
        title=interest_labels.shown_title(detail, language()),
        roles=[interest_labels.ROLE[role] for role in interest_labels.ROLE if role in interest.roles],
        days=age(since, now) if since else 0,
        holder=holder,
        deciding=decided is None and can_decide(current_actor(), interest),
        promised=PROMISED_DAYS,
        place_text=gazetteer().place_text(interest.opportunity.region_code),
        zone=zone_at(interest.opportunity.region_code),
        history=_match_history(detail, decided),
    )


def _match_history(detail: Detail, decided: Collaboration | None) -> list[dict[str, Any]]:
    """Newest first, LAIP's own decision included, with the names of those who acted."""
    events = list_history("interest", detail.interest.id)
    if decided:
        events = [*list_history("collaboration", decided.id), *events]
    words = {
        **interest_labels.EVENT,
        "collaboration:introduced": match_labels.STATUS[CollaborationStatus.INTRODUCED].text,
        "collaboration:refused": match_labels.STATUS[CollaborationStatus.REFUSED].text,
    }
    zone = zone_at(detail.interest.opportunity.region_code)
    return [
        {"when": waktu(event.at, zone), "title": words[event.kind], "text": event.who or ""}
        for event in events
        # The refusal is told as the collaboration's own event.
        if event.kind in words and event.kind not in LAIP_EVENTS
    ]

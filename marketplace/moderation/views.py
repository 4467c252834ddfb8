"""LAIP's queue, its decision on a match, and the audit trail."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.audit.queries import list_history
from marketplace.collaborations import actions as matches
from marketplace.collaborations import labels as match_labels
from marketplace.collaborations.forms import MatchForm
from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.queries import find_of_interest
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core import clock
from marketplace.core.paging import Paging, parse_page
from marketplace.core.refusal import NotFound
from marketplace.interests import labels as interest_labels
from marketplace.interests.queries import Detail, find_detail
from marketplace.interests.rules import InterestStatus
from marketplace.moderation import labels
from marketplace.moderation.queries import count_trail, list_trail
from marketplace.moderation.queue import load_queue
from marketplace.moderation.rules import PROMISED_DAYS, QueueKind, age
from marketplace.organisations.queries import list_cards
from marketplace.regions.queries import gazetteer
from marketplace.web.access import moderator_only
from marketplace.web.actors import current_actor
from marketplace.web.formats import language, waktu
from marketplace.web.forms import attempt

PAGE = 25

moderation = Blueprint("moderation", __name__)


@moderation.get("/moderasi")
@moderator_only
def queue() -> str:
    waiting = load_queue(clock.now())
    wanted = request.args.get("jenis")
    kind = QueueKind(wanted) if wanted in list(QueueKind) else None
    chosen = [item for item in waiting if kind is None or item.kind is kind]
    paging = Paging(
        parse_page(request.args.get("halaman")),
        PAGE,
        len(chosen),
        lambda number: url_for(".queue", jenis=kind, halaman=number if number > 1 else None),
    )
    return render_template(
        "moderation/queue.html",
        items=chosen[paging.offset : paging.offset + PAGE],
        total=len(waiting),
        late=sum(1 for item in waiting if item.late),
        counts={each: sum(1 for item in waiting if item.kind is each) for each in QueueKind},
        kind=kind,
        labels=labels,
        promised=PROMISED_DAYS,
        paging=paging,
        gazetteer=gazetteer(),
    )


@moderation.route("/moderasi/penjodohan/<int:interest_id>", methods=["GET", "POST"])
@moderator_only
def match(interest_id: int) -> Response | str | tuple[str, int]:
    """Both sides of an accepted interest on one page; introduce them, or say why not."""
    detail = find_detail(interest_id)
    if detail is None or detail.interest.status is not InterestStatus.ACCEPTED:
        raise NotFound
    form = MatchForm()
    if request.method == "GET":
        form.seen.data = str(detail.interest.revision)
        return _match_page(detail, form, find_of_interest(interest_id))
    if form.validate() and _decided(interest_id, form):
        return redirect(url_for(".match", interest_id=interest_id))
    return _match_page(detail, form, find_of_interest(interest_id)), 422


def _decided(interest_id: int, form: MatchForm) -> bool:
    common: dict[str, Any] = {
        "interest_id": interest_id,
        "seen": form.revision,
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
    pemda_id = interest.opportunity.organisation_id or 0
    cards = list_cards([interest.organisation_id, pemda_id])
    return render_template(
        "moderation/match.html",
        form=form,
        detail=detail,
        interest=interest,
        decided=decided,
        decided_label=match_labels.STATUS[decided.status] if decided else None,
        reason=match_labels.reason_text(decided.decision_reason) if decided else None,
        title=interest_labels.title_in(detail, language()),
        partner=cards[interest.organisation_id],
        pemda=cards[pemda_id],
        roles=[interest_labels.ROLE[role] for role in interest_labels.ROLE if role in interest.roles],
        days=age(interest.accepted_at, clock.now()) if interest.accepted_at else 0,
        promised=PROMISED_DAYS,
        place_text=gazetteer().place_text(interest.opportunity.region_code),
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
    return [
        {"when": waktu(event.at), "title": words[event.kind], "text": event.who or ""}
        for event in events
        if event.kind in words
    ]


@moderation.get("/moderasi/jejak")
@moderator_only
def trail() -> str:
    wanted = request.args.get("tentang", "")
    object_kind = wanted if wanted in labels.OBJECT else None
    number = request.args.get("nomor", "")
    object_id = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
    paging = Paging(
        parse_page(request.args.get("halaman")),
        PAGE * 2,
        count_trail(object_kind=object_kind, object_id=object_id),
        lambda page: url_for(
            ".trail", tentang=object_kind, nomor=object_id, halaman=page if page > 1 else None
        ),
    )
    return render_template(
        "moderation/trail.html",
        lines=list_trail(object_kind=object_kind, object_id=object_id, limit=PAGE * 2, offset=paging.offset),
        object_kind=object_kind,
        object_id=object_id,
        labels=labels,
        paging=paging,
    )

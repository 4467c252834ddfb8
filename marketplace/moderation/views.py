"""LAIP's queue, what has come to a standstill, taking a case in hand, and the audit trail."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.paging import Paging, parse_page
from marketplace.core.text import parse_number
from marketplace.moderation import holding, labels
from marketplace.moderation.queries import load_trail
from marketplace.moderation.queue_queries import list_queue
from marketplace.moderation.rules import PROMISED_DAYS, QUIET_FOR, STALLED_DAYS, QueueKind
from marketplace.moderation.stalled_queries import Waiting, count_waiting, list_stalled
from marketplace.opportunities.labels import REVIEW
from marketplace.opportunities.support.queries import count_passed_to_staff, list_passed_to_staff
from marketplace.opportunities.wording import title_in
from marketplace.regions.queries import gazetteer
from marketplace.web.access import moderator_only
from marketplace.web.actors import current_actor

PAGE = 25
TRAIL_PAGE = 50
CASE = "/moderasi/<any(peluang, organisasi, penjodohan):kind>/<int:case_id>"

moderation = Blueprint("moderation", __name__)


@moderation.get("/moderasi")
@moderator_only
def queue() -> str:
    """Everything that waits for LAIP."""
    now = clock.now()
    waiting = count_waiting(now)
    return _queue_page(None, waiting, waiting.total, now)


@moderation.get("/moderasi/<any(peluang, penjodohan):kind>")
@moderator_only
def queue_of(kind: str) -> str:
    """What waits of one kind; that of organisations stands in their register."""
    now = clock.now()
    waiting = count_waiting(now)
    return _queue_page(QueueKind(kind), waiting, waiting.counts[QueueKind(kind)], now)


def _queue_page(kind: QueueKind | None, waiting: Waiting, total: int, now: datetime) -> str:
    paging = Paging(parse_page(request.args.get("halaman")), PAGE, total, _address)
    return render_template(
        "moderation/queue.html",
        items=list_queue(now, kind=kind, limit=PAGE, offset=paging.offset),
        waiting=waiting,
        total=total,
        kind=kind,
        labels=labels,
        promised=PROMISED_DAYS,
        paging=paging,
        gazetteer=gazetteer(),
    )


def _address(number: int) -> str:
    """That page of the list that is being read."""
    here = f"{request.script_root}{request.path}"
    return f"{here}?halaman={number}" if number > 1 else here


@moderation.get("/moderasi/macet")
@moderator_only
def stalled() -> str:
    """What has come to a standstill, and where LAIP can help it on."""
    now = clock.now()
    paging = Paging(parse_page(request.args.get("halaman")), PAGE, count_waiting(now).stalled, _address)
    return render_template(
        "moderation/stalled.html",
        items=list_stalled(now, limit=PAGE, offset=paging.offset),
        stalled_days=STALLED_DAYS,
        quiet_days=QUIET_FOR.days,
        labels=labels,
        paging=paging,
        gazetteer=gazetteer(),
    )


@moderation.get("/moderasi/diteruskan")
@moderator_only
def passed_on() -> str:
    """What provinces passed on to LAIP, with their words."""
    paging = Paging(parse_page(request.args.get("halaman")), PAGE, count_passed_to_staff(), _address)
    return render_template(
        "moderation/passed_on.html", paging=paging, gazetteer=gazetteer(), reviews=REVIEW, title_in=title_in,
        items=list_passed_to_staff(limit=PAGE, offset=paging.offset),
    )  # fmt: skip


@moderation.post(f"{CASE}/pegang")
@moderator_only
def hold(kind: str, case_id: int) -> Response:
    """Takes the case in hand."""
    holding.hold(kind=QueueKind(kind), case_id=case_id, actor=current_actor(), now=clock.now())
    flash(_("Anda memegang kasus ini. Rekan Anda melihatnya, dan Anda dapat melepasnya kapan saja."), "good")
    return redirect(f"{request.script_root}/moderasi/{kind}/{case_id}")


@moderation.post(f"{CASE}/lepas")
@moderator_only
def release(kind: str, case_id: int) -> Response:
    """Lets go of it."""
    holding.release(kind=QueueKind(kind), case_id=case_id, actor=current_actor())
    flash(_("Kasus ini tidak lagi Anda pegang."), "good")
    return redirect(f"{request.script_root}/moderasi/{kind}/{case_id}")


@moderation.get("/moderasi/jejak")
@moderator_only
def trail() -> str:
    """The audit trail, page by key."""
    wanted = request.args.get("tentang", "")
    object_kind = wanted if wanted in labels.OBJECT else None
    object_id = parse_number(request.args.get("nomor"))
    page = load_trail(
        object_kind=object_kind,
        object_id=object_id,
        older_than=parse_number(request.args.get("sebelum")),
        newer_than=parse_number(request.args.get("sesudah")),
        limit=TRAIL_PAGE,
    )
    chosen: dict[str, Any] = {"tentang": object_kind, "nomor": object_id if object_kind else None}
    return render_template(
        "moderation/trail.html",
        lines=page.lines,
        newer=url_for(".trail", sesudah=page.newer_than, **chosen) if page.newer_than else None,
        older=url_for(".trail", sebelum=page.older_than, **chosen) if page.older_than else None,
        object_kind=object_kind,
        labels=labels,
    )

"""How well suggestions told what became of pairs, for LAIP and the programme's owners, who may adopt other weights."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.matching.learning import labels
from marketplace.matching.learning.adopting import adopt, is_current, may_adopt, may_read
from marketplace.matching.learning.judging import CASES_AT_LEAST, EACH_AT_LEAST
from marketplace.matching.learning.models import MatchReport
from marketplace.matching.learning.queries import count_reports, list_reports, settings_of
from marketplace.matching.settings import FACTORS, POINTS, Direction, Settings
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.paging import paged

PAGE = 20

suggestion_reports = Blueprint("suggestion_reports", __name__)


@suggestion_reports.get("")
@signed_in
def index() -> str:
    """The newest report in full, and those before it in a line each."""
    actor = current_actor()
    if not may_read(actor):
        raise NotFound
    paging = paged(".index", count_reports(), PAGE)
    newest = next(iter(list_reports(limit=1)), None)
    return render_template(
        "moderation/learning.html", report=newest, reports=list_reports(limit=PAGE, offset=paging.offset),
        paging=paging, labels=labels, lists=actor.is_moderator, moves=_moves(newest), per_cent=_per_cent,
        cases_at_least=CASES_AT_LEAST, each_at_least=EACH_AT_LEAST,
        adoptable=newest is not None and may_adopt(actor) and newest.adopted_at is None and is_current(newest),
    )  # fmt: skip


@suggestion_reports.post("/<int:report_id>/pakai")
@signed_in
def take(report_id: int) -> Any:
    """Adopts the weights that a report proposes."""
    actor = current_actor()
    if not may_read(actor):
        raise NotFound
    if not may_adopt(actor):
        raise Forbidden
    adopt(report_id, actor=actor, now=clock.now())
    flash(
        _(
            "Bobot baru dipakai. Semua saran disusun ulang dengannya; sampai selesai, saran lama tetap tampil."
        ),
        "good",
    )
    return redirect(url_for(".index"))


def _moves(report: MatchReport | None) -> list[tuple[Any, list[tuple[Any, int, int]]]]:
    """By direction, each factor with its weight now and as proposed."""
    if report is None or report.proposal is None or report.model_id is None:
        return []
    before, after = settings_of(report.model_id), Settings.of_json(report.proposal["settings"])
    if before is None:
        return []
    return [
        (
            labels.DIRECTION[direction],
            [
                (labels.FACTOR[factor], before.weights(direction)[factor], after.weights(direction)[factor])
                for factor in FACTORS[direction]
            ],
        )
        for direction in Direction
    ]


def _per_cent(score: int) -> int:
    return (score * 100 + POINTS // 2) // POINTS

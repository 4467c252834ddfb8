"""Weights that a report proposes are taken by a programme owner or not at all."""

from datetime import datetime

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.refusal import Conflict, Forbidden, NotFound
from marketplace.core.words import _l
from marketplace.extensions import db
from marketplace.matching.learning.models import MatchReport
from marketplace.matching.learning.queries import find_report, newest_report_id, settings_of
from marketplace.matching.lists.held_model import current_model


class NothingProposed(Conflict):
    message = _l("Laporan ini tidak mengusulkan bobot baru.")


class AlreadyAdopted(Conflict):
    message = _l("Bobot dari laporan ini sudah dipakai.")


class ReportOutdated(Conflict):
    message = _l(
        "Laporan ini bukan yang terbaru, atau bobotnya sudah berubah sejak dibuat. Baca laporan terbaru."
    )


def may_read(actor: Actor) -> bool:
    """LAIP's moderators and the programme's owners."""
    return actor.is_staff


def may_adopt(actor: Actor) -> bool:
    """The programme's owners."""
    return StaffRole.PROGRAMME_OWNER in actor.staff_roles


def adopt(report_id: int, *, actor: Actor, now: datetime) -> None:
    """Notes that the proposed weights are wanted; the worker begins a model of them, and the lists stand until then.

    Raises NotFound, Forbidden, NothingProposed, AlreadyAdopted or ReportOutdated.
    """
    if not may_read(actor):
        raise NotFound
    if not may_adopt(actor):
        raise Forbidden
    report = find_report(report_id, lock=True)
    if report is None:
        raise NotFound
    if report.proposal is None:
        raise NothingProposed
    if report.adopted_at is not None:
        raise AlreadyAdopted
    if not is_current(report):
        raise ReportOutdated
    report.adopted_at, report.adopted_by = now, actor.user_id
    db.session.flush()
    audit.record(
        "match_report:adopted", actor=actor, now=now, object_kind="match_report", object_id=report.id,
        details={"model": report.model_id},
    )  # fmt: skip


def is_current(report: MatchReport) -> bool:
    """Whether it is the newest, and the weights that it was made with are still in use."""
    held = current_model()
    made_with = settings_of(report.model_id) if report.model_id else None
    return held is not None and held.model.settings == made_with and newest_report_id() == report.id

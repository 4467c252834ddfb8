"""The nightly report of how well scores tell, and the taking up of weights that somebody adopted."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from marketplace.extensions import db
from marketplace.matching.learning.judging import Case, figures, figures_by_group
from marketplace.matching.learning.models import MatchReport
from marketplace.matching.learning.queries import (
    count_undecided,
    find_adopted,
    list_cases,
    with_values,
)
from marketplace.matching.lists import refreshing
from marketplace.matching.lists.held_model import current_model
from marketplace.matching.settings import Settings

if TYPE_CHECKING:
    from marketplace.matching.learning.reweighing import Proposal


def _propose(cases: Sequence[Case], settings: Settings) -> "Proposal | None":
    """By numpy, which the web's processes never load."""
    found: Proposal | None = import_module("marketplace.matching.learning.reweighing").propose(
        cases, settings
    )
    return found


def make_report(*, now: datetime) -> MatchReport:
    """Stores what the decided pairs say today; a proposal where better weights were found."""
    cases, held = list_cases(), current_model()
    found = _propose(with_values(cases, now=now), held.model.settings) if held else None
    report = MatchReport(
        made_at=now,
        model_id=held.id if held else None,
        figures={
            "all": asdict(figures(cases)),
            "groups": {name: asdict(each) for name, each in figures_by_group(cases).items()},
            "undecided": count_undecided(),
        },
        proposal={
            "settings": found.settings.as_json(), "auc_now": found.auc_now, "auc_then": found.auc_then,
            "cases": found.cases,
        } if found else None,
    )  # fmt: skip
    db.session.add(report)
    db.session.flush()
    return report


def take_up(*, now: datetime) -> bool:
    """Begins a model of weights that were adopted; False where there are none, or lists are being made already."""
    report = find_adopted()
    if report is None or report.proposal is None or refreshing.find_unfinished() is not None:
        return False
    settings = Settings.of_json(report.proposal["settings"])
    report.adopted_model_id = refreshing.begin(now=now, settings=settings, adopted_by=report.adopted_by).id
    db.session.flush()
    return True

"""Pairs that somebody decided about, as cases; and the reports that were made of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from marketplace.extensions import db
from marketplace.matching.learning.judging import Case
from marketplace.matching.learning.models import MatchReport
from marketplace.matching.models import MatchAnswer, MatchModel
from marketplace.matching.queries import pairs_of_listing
from marketplace.matching.rules import AnswerKind
from marketplace.matching.score import score_pair
from marketplace.matching.settings import Settings
from marketplace.opportunities.models import Opportunity

DECIDED = (AnswerKind.ACCEPTED, AnswerKind.DECLINED, AnswerKind.DISMISSED)
# The newest: older ones were scored by other engines.
CASES_AT_MOST = 20_000
# By the first digit of a region's code.
GROUPS = {
    "1": "sumatra", "2": "sumatra", "3": "java", "5": "bali_nusa_tenggara", "6": "kalimantan", "7": "sulawesi",
    "8": "maluku", "9": "papua",
}  # fmt: skip
_PAIR = (MatchAnswer.opportunity_id, MatchAnswer.organisation_id)


def list_cases() -> list[Case]:
    """Each decided pair with the first score that was noted of it; what was decided last counts."""
    first = (
        select(*_PAIR, MatchAnswer.score)
        .where(MatchAnswer.score.is_not(None))
        .ext(distinct_on(*_PAIR))
        .order_by(*_PAIR, MatchAnswer.id)
        .subquery()
    )
    last = (
        select(*_PAIR, MatchAnswer.id, MatchAnswer.kind)
        .where(MatchAnswer.kind.in_(DECIDED))
        .ext(distinct_on(*_PAIR))
        .order_by(*_PAIR, MatchAnswer.id.desc())
        .subquery()
    )
    same = (first.c.opportunity_id == last.c.opportunity_id) & (
        first.c.organisation_id == last.c.organisation_id
    )
    rows = db.session.execute(
        select(
            last.c.opportunity_id, last.c.organisation_id, first.c.score, last.c.kind, Opportunity.region_code
        )
        .join(first, same)
        .join(Opportunity, Opportunity.id == last.c.opportunity_id)
        .order_by(last.c.id.desc())
        .limit(CASES_AT_MOST)
    )
    return [
        Case(listing, partner, score, kind is AnswerKind.ACCEPTED, GROUPS.get(region[:1], ""))
        for listing, partner, score, kind, region in rows
    ]


def count_undecided() -> int:
    """Pairs that somebody did something about and nobody has decided."""
    decided = func.bool_or(MatchAnswer.kind.in_(DECIDED))
    waiting = select(*_PAIR).group_by(*_PAIR).having(~decided).subquery()
    return db.session.scalar(select(func.count()).select_from(waiting)) or 0


def with_values(cases: Iterable[Case], *, now: datetime) -> list[Case]:
    """Those of the cases of which both sides can still be scored, with their factors of today."""
    by_listing: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        by_listing[case.listing].append(case)
    known = []
    for listing, decided in by_listing.items():
        pairs = pairs_of_listing(listing, [case.partner for case in decided], now=now)
        for case in decided:
            facts = pairs.get(case.partner)
            found = score_pair(facts.listing, facts.partner, facts.model) if facts else None
            if found is not None:
                values = {str(factor): finding.value for factor, finding in found.findings.items()}
                known.append(Case(case.listing, case.partner, case.score, case.good, case.group, values))
    return known


def list_reports(*, limit: int, offset: int = 0) -> list[MatchReport]:
    """The newest first."""
    return list(
        db.session.scalars(select(MatchReport).order_by(MatchReport.id.desc()).limit(limit).offset(offset))
    )


def count_reports() -> int:
    """How many there are."""
    return db.session.scalar(select(func.count(MatchReport.id))) or 0


def find_report(report_id: int, *, lock: bool = False) -> MatchReport | None:
    """One report; with `lock` as it is now, and nobody else's to decide on until the request ends."""
    wanted = select(MatchReport).where(MatchReport.id == report_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def find_adopted() -> MatchReport | None:
    """The newest report whose weights were adopted and not taken up yet; locked."""
    waits = MatchReport.adopted_at.is_not(None), MatchReport.adopted_model_id.is_(None)
    newest = select(MatchReport).where(*waits).order_by(MatchReport.id.desc()).limit(1)
    return db.session.scalar(newest.with_for_update())


def settings_of(model_id: int) -> Settings | None:
    """Those of a stored model."""
    stored = db.session.get(MatchModel, model_id)
    return Settings.of_json(stored.settings) if stored else None


def newest_report_id() -> int | None:
    """The one that may be adopted."""
    return db.session.scalar(select(func.max(MatchReport.id)))

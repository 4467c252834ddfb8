"""What became of a pair, kept with the score that it had then: evidence of a partner, and what the score is judged by."""

from datetime import datetime

from marketplace.changes import actions as changes
from marketplace.extensions import db
from marketplace.matching.factors import Side
from marketplace.matching.models import MatchAnswer
from marketplace.matching.queries import PairFacts, pair
from marketplace.matching.rules import AnswerKind
from marketplace.matching.score import score_pair


def note(
    kind: AnswerKind, *, opportunity_id: int, organisation_id: int, now: datetime, side: Side | None = None
) -> None:
    """Adds one step of a pair, in this transaction; of a dismissal `side` says whose.

    Once accepted, a partner is scored anew everywhere: it has shown something.
    """
    facts = pair(opportunity_id, organisation_id, now=now)
    db.session.add(
        MatchAnswer(
            opportunity_id=opportunity_id, organisation_id=organisation_id, kind=kind, side=side, at=now,
            score=_score(facts), model_id=facts.model_id if facts else None,
        )
    )  # fmt: skip
    db.session.flush()
    if kind is AnswerKind.ACCEPTED:
        changes.record("organisation", organisation_id)


def _score(facts: PairFacts | None) -> int | None:
    found = score_pair(facts.listing, facts.partner, facts.model) if facts else None
    return found.total if found else None

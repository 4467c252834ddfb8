"""How a published listing ends: withdrawn, or with a stated outcome."""

from datetime import datetime

from marketplace.core.actor import Actor
from marketplace.lifecycle.actions import move
from marketplace.opportunities import news
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, check_outcome_time
from marketplace.opportunities.tables import LIFE


def withdraw(
    opportunity: Opportunity, *, version: OpportunityVersion, seen: int, reason: str | None, words: str,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """Takes the listing down for good: its address answers that it was withdrawn. `version` is the published one."""
    move(
        opportunity, LifeStatus.WITHDRAWN, table=LIFE, actor=actor, now=now, seen=seen, reason=reason,
        words=words or None, values={"withdrawn_at": now, "end_reason": reason, "updated_at": now},
        tells=news.withdrawn(opportunity, version, actor, reason),
    )  # fmt: skip


def record_outcome(
    opportunity: Opportunity, *, version: OpportunityVersion, outcome: LifeStatus, seen: int,
    reason: str | None, words: str, actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """States what came of a closed listing: a partner was found, or none and why. Raises NotYetClosed."""
    check_outcome_time(opportunity.closes_at, now)
    reason = reason if outcome is LifeStatus.NO_PARTNER else None
    move(
        opportunity, outcome, table=LIFE, actor=actor, now=now, seen=seen, reason=reason, words=words or None,
        values={"end_reason": reason, "updated_at": now},
        tells=news.outcome(opportunity, version, actor, outcome),
    )  # fmt: skip

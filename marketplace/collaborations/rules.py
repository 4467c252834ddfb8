"""From LAIP's introduction to operation. *Proposed* is derived: an accepted interest that LAIP has not decided."""

from enum import StrEnum

from marketplace.lifecycle.rules import Step


class CollaborationStatus(StrEnum):
    PROPOSED = "proposed"
    INTRODUCED = "introduced"
    REFUSED = "refused"
    EXPLORING = "exploring"
    AGREED = "agreed"
    CONTRACTED = "contracted"
    OPERATING = "operating"
    COMPLETED = "completed"
    ENDED = "ended"


class RefuseReason(StrEnum):
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    PARTNER_DOUBTFUL = "partner_doubtful"
    OPPORTUNITY_CHANGED = "opportunity_changed"
    OTHER = "other"


S = CollaborationStatus

STEPS = {
    (S.PROPOSED, S.INTRODUCED): Step("collaboration:introduced", by="moderator", tells=("both",)),
    (S.PROPOSED, S.REFUSED): Step(
        "collaboration:refused",
        by="moderator",
        reasons=frozenset(str(reason) for reason in RefuseReason),
        tells=("both",),
    ),
}
STORED = tuple(status for status in S if status is not S.PROPOSED)

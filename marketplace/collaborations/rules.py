"""From LAIP's introduction to operation. *Proposed* is derived: an accepted interest that LAIP has not decided."""

from enum import StrEnum

from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.words import _l
from marketplace.interests.rules import InterestStatus
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

STEPS: dict[tuple[StrEnum, StrEnum], Step] = {
    (S.PROPOSED, S.INTRODUCED): Step("collaboration:introduced", by="moderator", tells=("both",)),
    (S.PROPOSED, S.REFUSED): Step(
        "collaboration:refused",
        by="moderator",
        reasons=frozenset(str(reason) for reason in RefuseReason),
        tells=("both",),
    ),
}
STORED = tuple(status for status in S if status is not S.PROPOSED)
# From the introduction on both sides know whom to call.
CONTACTS_OPEN = frozenset(status for status in S if status not in (S.PROPOSED, S.REFUSED))


class NotProposed(Conflict):
    message = _l("Minat ini belum atau tidak lagi diterima, jadi tidak ada penjodohan untuk diputuskan.")


class SideNotVerified(Refusal):
    message = _l(
        "%(name)s tidak terverifikasi sekarang, jadi kontaknya tidak dapat dibuka. Tunggu pemulihannya, atau jangan perkenalkan."
    )


class RefusalNeedsWords(Refusal):
    message = _l("Jelaskan alasan lain itu dalam satu dua kalimat.")


def state_of(interest: InterestStatus, stored: CollaborationStatus | None) -> CollaborationStatus | None:
    """The status that people read; None where there is no collaboration. Its SQL twin is `queries.state_shown`."""
    if stored is not None:
        return stored
    return S.PROPOSED if interest is InterestStatus.ACCEPTED else None


def check_words(reason: str | None, words: str | None) -> None:
    """Raises RefusalNeedsWords where "other" stands alone."""
    if reason == RefuseReason.OTHER and not words:
        raise RefusalNeedsWords(field="words")

"""The states of an interest: PRODUCT section 3. *Read* and *lapsed* are derived, never stored as status."""

from enum import StrEnum

from marketplace.core.words import _l

from marketplace.core.refusal import Conflict, Refusal
from marketplace.lifecycle.rules import Step


class InterestStatus(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    SHORTLISTED = "shortlisted"
    MORE_INFO = "more_info"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class PartnerRole(StrEnum):
    """What the partner would be in the project."""

    FUND = "fund"
    BUILD = "build"
    OPERATE = "operate"
    SUPPLY = "supply"
    PLATFORM = "platform"
    RESEARCH = "research"


class DeclineReason(StrEnum):
    PARTNER_FOUND = "partner_found"
    MUST_HAVE_UNMET = "must_have_unmet"
    SCHEME_MISMATCH = "scheme_mismatch"
    CAPACITY = "capacity"
    INCOMPLETE = "incomplete"
    OTHER = "other"


class WithdrawReason(StrEnum):
    CAPACITY_CHANGED = "capacity_changed"
    TERMS_UNSUITABLE = "terms_unsuitable"
    SENT_IN_ERROR = "sent_in_error"
    OTHER = "other"


S = InterestStatus
OPEN = frozenset({S.DRAFT, S.SENT, S.SHORTLISTED, S.MORE_INFO, S.ACCEPTED})
WAITING_FOR_PEMDA = frozenset({S.SENT, S.SHORTLISTED})


def _codes(reasons: type[StrEnum]) -> frozenset[str]:
    return frozenset(str(reason) for reason in reasons)


_DECLINE = Step("interest:declined", by="pemda", reasons=_codes(DeclineReason), tells=("partner",))
_WITHDRAW = Step("interest:withdrawn", by="partner", reasons=_codes(WithdrawReason), tells=("pemda",))
_ACCEPT = Step("interest:accepted", by="pemda_approver", tells=("partner", "moderators"))
_ASK = Step("interest:more_info_asked", by="pemda", tells=("partner",))

STEPS = {
    (S.DRAFT, S.SENT): Step("interest:sent", by="partner", tells=("pemda",)),
    (S.SENT, S.SHORTLISTED): Step("interest:shortlisted", by="pemda", tells=("partner",)),
    (S.SENT, S.MORE_INFO): _ASK,
    (S.SHORTLISTED, S.MORE_INFO): _ASK,
    (S.MORE_INFO, S.SENT): Step("interest:answered", by="partner", tells=("pemda",)),
    (S.SENT, S.ACCEPTED): _ACCEPT,
    (S.SHORTLISTED, S.ACCEPTED): _ACCEPT,
    (S.SENT, S.DECLINED): _DECLINE,
    (S.SHORTLISTED, S.DECLINED): _DECLINE,
    (S.MORE_INFO, S.DECLINED): _DECLINE,
    (S.SENT, S.WITHDRAWN): _WITHDRAW,
    (S.SHORTLISTED, S.WITHDRAWN): _WITHDRAW,
    (S.MORE_INFO, S.WITHDRAWN): _WITHDRAW,
}


class AlreadyInterested(Conflict):
    message = _l("Organisasi Anda sudah menyatakan minat pada peluang ini. Anda dapat melihat keadaannya di sini.")


class OpportunityNotOpen(Refusal):
    message = _l("Peluang ini tidak lagi menerima minat.")


class PartnerNotVerified(Refusal):
    message = _l("Minat dapat dikirim sesudah organisasi Anda terverifikasi. Tulisan Anda tidak hilang.")

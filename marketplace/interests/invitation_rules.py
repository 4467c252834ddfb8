"""A Pemda's invitation to one partner: answered by the partner's own interest, or with a reason. Plain values in.

*Expired* and *lapsed* are derived, never stored as status.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from marketplace.core.dates import HOME_ZONE, end_of_day, local_day
from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.words import _l
from marketplace.lifecycle.rules import Step, Steps
from marketplace.matching.rules import INVITED_DAYS
from marketplace.opportunities.rules import Standing

ANSWER_WITHIN_DAYS = INVITED_DAYS
# A listing has at most so many that wait for an answer.
WAITING_AT_MOST = 10
# A partner is invited to one listing at most so often: once more where the first was left unanswered or taken back.
TO_ONE_AT_MOST = 2
WORDS_AT_MOST = 1500


class InvitationStatus(StrEnum):
    """NONE is derived: not invited yet."""

    NONE = "none"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class InvitationState(StrEnum):
    """What people read as status: the stored one, with the days and the listing's end told in."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LAPSED = "lapsed"


class InvitationDeclineReason(StrEnum):
    """Why a partner says no to an invitation."""

    OTHER_FIELD = "other_field"
    OTHER_REGION = "other_region"
    OTHER_SIZE = "other_size"
    OTHER_SCHEME = "other_scheme"
    TOO_EARLY = "too_early"
    NO_CAPACITY = "no_capacity"
    OTHER = "other"


class InvitationWithdrawReason(StrEnum):
    """Why a Pemda takes an invitation back."""

    PARTNER_FOUND = "partner_found"
    PLAN_CHANGED = "plan_changed"
    SENT_IN_ERROR = "sent_in_error"
    OTHER = "other"


S = InvitationStatus
STORED = (S.SENT, S.ACCEPTED, S.DECLINED, S.WITHDRAWN)


def _codes(reasons: type[StrEnum]) -> frozenset[str]:
    return frozenset(str(reason) for reason in reasons)


# The parties are those of an interest, and "inviter": a Pemda that is not trusted at the moment still ends what it
# began. That an invitation became an interest is told by that interest.
INVITATION_STEPS: Steps = {
    (S.NONE, S.SENT): Step("invitation:sent", by="pemda", tells=("partner",)),
    (S.SENT, S.ACCEPTED): Step("invitation:accepted", by="verified_partner"),
    (S.SENT, S.DECLINED): Step(
        "invitation:declined", by="partner", reasons=_codes(InvitationDeclineReason), tells=("pemda",)
    ),
    (S.SENT, S.WITHDRAWN): Step(
        "invitation:withdrawn", by="inviter", reasons=_codes(InvitationWithdrawReason), tells=("partner",)
    ),
}


class ListingTakesNone(Refusal):
    message = _l("Peluang ini tidak menerima minat sekarang, jadi tidak ada yang dapat diundang.")


class InviterPaused(Refusal):
    message = _l("Mengundang terbuka lagi sesudah verifikasi organisasi Anda pulih.")


class PartnerNotInvitable(Refusal):
    message = _l(
        "Mitra ini sedang tidak terverifikasi, atau tidak ikut pencocokan, jadi tidak dapat diundang."
    )


class AlreadyInvited(Conflict):
    message = _l("Mitra ini sudah diundang ke peluang ini. Undangannya menunggu jawaban.")


class InterestIsThere(Conflict):
    message = _l("Mitra ini sudah menyatakan minat pada peluang ini.")


class SaidNo(Refusal):
    message = _l("Mitra ini sudah menjawab tidak untuk peluang ini, jadi tidak diundang lagi.")


class InvitedOften(Refusal):
    message = _l("Mitra ini sudah diundang %(most)s kali ke peluang ini. Lebih dari itu terasa mendesak.")


class TooManyWaiting(Refusal):
    message = _l(
        "%(most)s undangan untuk peluang ini masih menunggu jawaban. Tunggu jawabannya, atau tarik salah satunya,"
        " supaya setiap undangan tetap berarti bagi mitra."
    )


class InvitationOver(Conflict):
    message = _l("Undangan ini sudah berakhir: waktunya lewat, atau peluangnya tidak lagi menerima minat.")


def answer_day(invited_at: datetime) -> date:
    """The last day for an answer, by the calendar of Jakarta."""
    return local_day(invited_at, HOME_ZONE) + timedelta(days=ANSWER_WITHIN_DAYS)


def newest_expired(now: datetime) -> datetime:
    """What was sent up to this moment has expired: queries ask with it what `answer_day` says."""
    return end_of_day(local_day(now, HOME_ZONE) - timedelta(days=ANSWER_WITHIN_DAYS + 1), HOME_ZONE)


def state_of(
    status: InvitationStatus, *, invited_at: datetime, standing: Standing, now: datetime
) -> InvitationState:
    """The state that people read; its SQL twin is `invitation_queries.state_shown`."""
    if status is not S.SENT:
        return InvitationState(str(status))
    if standing is not Standing.OPEN:
        return InvitationState.LAPSED
    late = local_day(now, HOME_ZONE) > answer_day(invited_at)
    return InvitationState.EXPIRED if late else InvitationState.SENT


def check_pair(earlier: Sequence[InvitationState]) -> None:
    """Raises what keeps a Pemda from inviting a partner that it invited to the same listing before."""
    if InvitationState.SENT in earlier:
        raise AlreadyInvited
    if InvitationState.DECLINED in earlier:
        raise SaidNo
    if len(earlier) >= TO_ONE_AT_MOST:
        raise InvitedOften(most=TO_ONE_AT_MOST)


def check_invitable(earlier: Sequence[InvitationState], *, interested: bool, waiting_here: int) -> None:
    """Raises what keeps a Pemda from inviting a partner to its listing: what was between them before, and how many
    invitations to it wait."""
    check_pair(earlier)
    if interested:
        raise InterestIsThere
    check_number(waiting_here)


def find_obstacle(
    earlier: Sequence[InvitationState], *, interested: bool, waiting_here: int
) -> Refusal | None:
    """What `check_invitable` raises, for a page that does not offer what would only be refused."""
    try:
        check_invitable(earlier, interested=interested, waiting_here=waiting_here)
    except Refusal as refusal:
        return refusal
    return None


def check_number(waiting_here: int) -> None:
    """Raises TooManyWaiting."""
    if waiting_here >= WAITING_AT_MOST:
        raise TooManyWaiting(most=WAITING_AT_MOST)

"""The states of an interest: PRODUCT section 3. *Read* and *lapsed* are derived, never stored as status."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from marketplace.core.dates import HOME_ZONE, local_day, working_days_between
from marketplace.core.refusal import Conflict, Forbidden, Refusal
from marketplace.core.words import _l
from marketplace.lifecycle.rules import Step
from marketplace.opportunities.rules import LifeStatus, Standing


class InterestStatus(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    SHORTLISTED = "shortlisted"
    MORE_INFO = "more_info"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    # Accepted by the Pemda, and LAIP refused to introduce the two.
    NOT_INTRODUCED = "not_introduced"


class InterestState(StrEnum):
    """What people read as status: the stored one, with the first opening and the opportunity's end told in."""

    DRAFT = "draft"
    SENT = "sent"
    READ = "read"
    SHORTLISTED = "shortlisted"
    MORE_INFO = "more_info"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    NOT_INTRODUCED = "not_introduced"
    LAPSED = "lapsed"


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
# A partner has one of these for an opportunity; with all others behind it, it may write another.
OPEN = frozenset({S.DRAFT, S.SENT, S.SHORTLISTED, S.MORE_INFO, S.ACCEPTED})
# What LAIP knows of.
MATCHED = frozenset({S.ACCEPTED, S.NOT_INTRODUCED})
WAITING_FOR_PEMDA = frozenset({S.SENT, S.SHORTLISTED})
# What an end of the opportunity takes with it; an accepted interest goes on without it.
LAPSING = frozenset({S.DRAFT, S.SENT, S.SHORTLISTED, S.MORE_INFO})
ENDED_LIFE = frozenset({LifeStatus.WITHDRAWN, LifeStatus.PARTNER_FOUND, LifeStatus.NO_PARTNER})

OFFER_AT_LEAST = 40
OFFER_AT_MOST = 4000
LINE_AT_MOST = 300
QUESTION_AT_MOST = 1500
# From here on a partner that got no answer is told of in warm.
PROMISED_DAYS = 5
# Fewer answers say nothing about the usual time.
ANSWERS_AT_LEAST = 3


def _codes(reasons: type[StrEnum]) -> frozenset[str]:
    return frozenset(str(reason) for reason in reasons)


_DECLINE = Step("interest:declined", by="pemda", reasons=_codes(DeclineReason), tells=("partner",))
_WITHDRAW = Step("interest:withdrawn", by="partner", reasons=_codes(WithdrawReason), tells=("pemda",))
_ACCEPT = Step("interest:accepted", by="pemda_approver", tells=("partner", "moderators"))
_ASK = Step("interest:more_info_asked", by="pemda", tells=("partner",))

STEPS: dict[tuple[StrEnum, StrEnum], Step] = {
    (S.DRAFT, S.SENT): Step("interest:sent", by="verified_partner", tells=("pemda",)),
    (S.SENT, S.SHORTLISTED): Step("interest:shortlisted", by="pemda", tells=("partner",)),
    (S.SENT, S.MORE_INFO): _ASK,
    (S.SHORTLISTED, S.MORE_INFO): _ASK,
    (S.MORE_INFO, S.SENT): Step("interest:answered", by="verified_partner", tells=("pemda",)),
    (S.SENT, S.ACCEPTED): _ACCEPT,
    (S.SHORTLISTED, S.ACCEPTED): _ACCEPT,
    (S.SENT, S.DECLINED): _DECLINE,
    (S.SHORTLISTED, S.DECLINED): _DECLINE,
    (S.MORE_INFO, S.DECLINED): _DECLINE,
    (S.SENT, S.WITHDRAWN): _WITHDRAW,
    (S.SHORTLISTED, S.WITHDRAWN): _WITHDRAW,
    (S.MORE_INFO, S.WITHDRAWN): _WITHDRAW,
    # The collaboration's own refusal carries the reason and tells both.
    (S.ACCEPTED, S.NOT_INTRODUCED): Step("interest:not_introduced", by="moderator"),
}
# Events that the partner's side or LAIP leaves; the others are the Pemda's.
PARTNER_EVENTS = frozenset({"interest:sent", "interest:answered", "interest:withdrawn"})
LAIP_EVENTS = frozenset({"interest:not_introduced"})


class AlreadyInterested(Conflict):
    message = _l("Organisasi Anda sudah menyatakan minat pada peluang ini. Inilah keadaannya sekarang.")


class OpportunityNotOpen(Refusal):
    message = _l("Peluang ini tidak lagi menerima minat.")


class OwnerPaused(Refusal):
    message = _l("Pemdanya sedang tidak terverifikasi, jadi peluang ini belum dapat menerima minat.")


class PartnerPaused(Refusal):
    message = _l("Mitra ini sedang tidak terverifikasi. Minatnya dapat diterima sesudah verifikasinya pulih.")


class InterestLapsed(Conflict):
    message = _l("Minat ini gugur bersama peluangnya, jadi tidak dapat diputuskan lagi.")


class PartnerNotVerified(Refusal):
    message = _l(
        "Minat dapat dikirim sesudah organisasi Anda terverifikasi. Tulisan Anda disimpan sebagai draf."
    )


class PartnerNeeded(Forbidden):
    message = _l("Minat dinyatakan atas nama organisasi mitra. Daftarkan dahulu organisasi Anda dari dasbor.")


class OnlyPartners(Forbidden):
    message = _l("Hanya organisasi mitra yang dapat menyatakan minat.")


class RoleNeeded(Refusal):
    message = _l("Pilih sedikitnya satu peran.")


class OfferTooShort(Refusal):
    message = _l("Tulis sedikitnya %(least)s huruf. Sekarang %(now)s.")


class CapacityNeeded(Refusal):
    message = _l("Tulis kapasitas Anda di sini, atau dana yang dapat dibawa di bawahnya.")


class DraftChanged(Refusal):
    message = _l(
        "Draf ini berubah di tab atau perangkat lain. Tulisan Anda masih di sini; kirim lagi untuk memakainya."
    )


class QuestionNeeded(Refusal):
    message = _l("Tulis yang ingin Anda tanyakan.")


class AnswerNeeded(Refusal):
    message = _l("Tulis jawaban Anda.")


class WordsNeeded(Refusal):
    message = _l("Jelaskan alasan lain itu dalam satu dua kalimat.")


@dataclass(frozen=True, slots=True)
class Content:
    """What a partner says of itself in one interest."""

    roles: tuple[str, ...]
    offer: str
    capacity: str
    ticket_amount: Decimal | None
    ticket_currency: str
    question: str
    # By must-have of the version that was read, in their order.
    must_answers: tuple[str, ...] = ()


def state_of(status: InterestStatus, *, read_at: datetime | None, life: LifeStatus) -> InterestState:
    """The state that people read; its SQL twin is `queries.state_shown`."""
    if status in LAPSING and life in ENDED_LIFE:
        return InterestState.LAPSED
    if status is S.SENT and read_at is not None:
        return InterestState.READ
    return InterestState(str(status))


# What the Pemda has not answered yet.
UNANSWERED = (InterestState.SENT, InterestState.READ, InterestState.SHORTLISTED)


def days_unanswered(state: InterestState, sent_at: datetime | None, now: datetime) -> int | None:
    """Working days that the Pemda has let it wait; None where the answer is not the Pemda's to give."""
    if sent_at is None or state not in UNANSWERED:
        return None
    return working_days_between(local_day(sent_at, HOME_ZONE), local_day(now, HOME_ZONE))


def dots_of(state: InterestState, *, read_at: datetime | None) -> int:
    """How far it came: 1 sent, 2 read, 3 under review, 4 answered; 0 for a draft."""
    reached = {
        InterestState.DRAFT: 0,
        InterestState.SENT: 1,
        InterestState.READ: 2,
        InterestState.SHORTLISTED: 3,
        InterestState.MORE_INFO: 3,
        InterestState.ACCEPTED: 4,
        InterestState.DECLINED: 4,
        InterestState.NOT_INTRODUCED: 4,
    }
    return reached.get(state, 2 if read_at else 1)


def may_try_again(status: InterestStatus, *, standing: Standing, another_open: bool) -> bool:
    """Whether a partner is invited to write anew after LAIP refused; its SQL twin is `queries.may_try_again`."""
    return status is S.NOT_INTRODUCED and standing is Standing.OPEN and not another_open


def check_receptive(standing: Standing) -> None:
    """Raises OpportunityNotOpen unless the opportunity takes interests at the moment."""
    if standing is not Standing.OPEN:
        raise OpportunityNotOpen


def find_gaps(content: Content) -> Iterator[Refusal]:
    """What still keeps the text from being sent, each with its field."""
    if not content.roles:
        yield RoleNeeded(field="roles")
    if len(content.offer) < OFFER_AT_LEAST:
        yield OfferTooShort(field="offer", least=OFFER_AT_LEAST, now=len(content.offer))
    if not content.capacity and content.ticket_amount is None:
        yield CapacityNeeded(field="capacity")


def check_sendable(content: Content) -> None:
    """Raises the first gap."""
    for gap in find_gaps(content):
        raise gap


def check_words(reason: str | None, words: str | None) -> None:
    """Raises WordsNeeded where "other" stands alone."""
    if reason == "other" and not words:
        raise WordsNeeded(field="words")

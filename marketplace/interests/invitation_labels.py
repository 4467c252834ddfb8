"""Words, tones and icons of an invitation."""

from marketplace.core.words import LazyString, _l
from marketplace.interests.invitation_rules import (
    InvitationDeclineReason,
    InvitationState,
    InvitationStatus,
    InvitationWithdrawReason,
)
from marketplace.interests.labels import Label

STATE = {
    InvitationState.SENT: Label("warm", "envelope", _l("Menunggu jawaban")),
    InvitationState.ACCEPTED: Label("good", "check-circle-fill", _l("Menjadi minat")),
    InvitationState.DECLINED: Label("neutral", "x-circle", _l("Belum berminat")),
    InvitationState.WITHDRAWN: Label("quiet", "dash-circle", _l("Ditarik")),
    InvitationState.EXPIRED: Label("quiet", "clock", _l("Tidak dijawab")),
    InvitationState.LAPSED: Label("quiet", "hourglass-bottom", _l("Gugur")),
}

# For the trail: what an invitation was before it was sent.
NOT_YET = {InvitationStatus.NONE: Label("neutral", "circle", _l("Belum diundang"))}
DECLINE_REASON = {
    InvitationDeclineReason.OTHER_FIELD: _l("Bukan bidang kami"),
    InvitationDeclineReason.OTHER_REGION: _l("Di luar wilayah kami"),
    InvitationDeclineReason.OTHER_SIZE: _l("Nilainya tidak sesuai ukuran kami"),
    InvitationDeclineReason.OTHER_SCHEME: _l("Skemanya tidak kami jalani"),
    InvitationDeclineReason.TOO_EARLY: _l("Rencananya masih terlalu awal"),
    InvitationDeclineReason.NO_CAPACITY: _l("Kami sedang tidak punya kapasitas"),
    InvitationDeclineReason.OTHER: _l("Alasan lain"),
}

WITHDRAW_REASON = {
    InvitationWithdrawReason.PARTNER_FOUND: _l("Sudah ada mitra"),
    InvitationWithdrawReason.PLAN_CHANGED: _l("Rencana kami berubah"),
    InvitationWithdrawReason.SENT_IN_ERROR: _l("Terkirim karena keliru"),
    InvitationWithdrawReason.OTHER: _l("Alasan lain"),
}

EVENT = {
    "invitation:sent": _l("Undangan dikirim"),
    "invitation:accepted": _l("Dijawab dengan minat"),
    "invitation:declined": _l("Dijawab tidak"),
    "invitation:withdrawn": _l("Undangan ditarik"),
}


def invitation_reason(code: str | None) -> LazyString | None:
    """The words of a reason of either side, for pages and mails; None for none."""
    reasons = [*DECLINE_REASON.items(), *WITHDRAW_REASON.items()]
    return next((words for known, words in reasons if known == code), None)

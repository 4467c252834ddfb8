"""Words of LAIP's queue and of the audit trail."""

from collections.abc import Callable, Mapping
from typing import Any

from marketplace.accounts import labels as accounts
from marketplace.collaborations import labels as collaborations
from marketplace.core.words import _l
from marketplace.interests import invitation_labels as invitations
from marketplace.interests import labels as interests
from marketplace.matching.learning import labels as learning
from marketplace.moderation.rules import QueueKind, Risk, StalledKind, Why
from marketplace.opportunities import labels as opportunities
from marketplace.organisations import labels as organisations
from marketplace.partners import labels as partners

KIND = {
    QueueKind.OPPORTUNITY: _l("Peluang"),
    QueueKind.ORGANISATION: _l("Organisasi"),
    QueueKind.MATCH: _l("Penjodohan"),
}
STALLED = {
    StalledKind.OPPORTUNITY: _l("Peluang yang diajukan"),
    StalledKind.ORGANISATION: _l("Organisasi yang diajukan"),
    StalledKind.MATCH: _l("Penjodohan"),
    StalledKind.INTEREST: _l("Minat belum dijawab"),
    StalledKind.QUESTION: _l("Pertanyaan lewat tanggal jawabnya"),
    StalledKind.COLLABORATION: _l("Kerja sama tanpa kabar"),
}
RISK = {Risk.LOW: "low", Risk.MEDIUM: "medium", Risk.HIGH: "high"}
WHY = {
    Why.VALUE_CHANGED: _l("Nilai berubah"),
    Why.VALUE_UNKNOWN: _l("Nilai kosong"),
    Why.NEW_VERSION: _l("Versi baru"),
    Why.FIRST_TIME: _l("Pertama kali"),
    Why.RIVAL_CLAIM: _l("Daerah diklaim lebih dari satu"),
    Why.LOOK_ALIKE: _l("Nama mirip organisasi lain"),
    Why.AGAIN: _l("Diajukan ulang"),
    Why.LETTER: _l("Surat tugas"),
    Why.PAPERS: _l("Akta dan izin"),
    Why.FOREIGN_PARTNER: _l("Mitra luar negeri"),
    Why.BOTH_AGREE: _l("Kedua pihak setuju"),
    Why.RENEWAL: _l("Dokumen baru, periksa ulang"),
}
# What events are about, for the filter of the trail.
OBJECT = {
    "organisation": _l("Organisasi"),
    "opportunity": _l("Peluang"),
    "opportunity_version": _l("Versi peluang"),
    "assistance": _l("Bantuan menulis"),
    "succession": _l("Penerus pemilik"),
    "interest": _l("Minat"),
    "interest_invitation": _l("Undangan kepada mitra"),
    "collaboration": _l("Kerja sama"),
    "innovation": _l("Inovasi"),
    "user": _l("Akun"),
    "erasure": _l("Penghapusan akun"),
    "guidance": _l("Pendampingan"),
    "recommendation": _l("Rekomendasi"),
    "question": _l("Pertanyaan"),
    "standing_offer": _l("Tawaran mitra"),
    "match_report": _l("Laporan tentang saran"),
}
# What happened, in the words of each slice, and of those that show their events nowhere else.
EVENT = {
    **accounts.EVENT,
    **organisations.EVENT,
    **opportunities.EVENT,
    **interests.EVENT,
    **invitations.EVENT,
    **partners.EVENT,
    **learning.EVENT,
    "opportunity:document_opened": _l("Dokumen dibuka"),
    "opportunity:partner_suggested": _l("Mitra disarankan oleh moderator"),
    "collaboration:introduced": _l("Diperkenalkan"),
    "collaboration:refused": _l("Tidak diperkenalkan"),
    "innovation:wanted": _l("Daerah lain menyatakan butuh"),
}

# Statuses of each object, by the codes that the trail keeps.
_STATUS: Mapping[str, Mapping[Any, Any]] = {
    "organisation": organisations.STATUS,
    "opportunity": opportunities.STANDING,
    "opportunity_version": opportunities.REVIEW,
    "assistance": opportunities.ASSISTANCE,
    "succession": organisations.SUCCESSION,
    "interest": interests.STATE,
    "interest_invitation": invitations.STATE | invitations.NOT_YET,
    "collaboration": collaborations.STATUS,
    "guidance": organisations.GUIDANCE,
    "recommendation": opportunities.RECOMMENDATION,
    "question": opportunities.QUESTION,
    "standing_offer": partners.OFFER_STATE | partners.NO_OFFER,
}
_REASON: Mapping[str, Callable[[str], Any]] = {
    "organisation": organisations.reason_text,
    "guidance": organisations.reason_text,
    "interest": interests.reason_text,
    "invitation": invitations.invitation_reason,
    "offer": partners.reason_text,
    "collaboration": collaborations.reason_text,
}


def status_text(object_kind: str, code: str) -> Any:
    """A status in words; the code itself for one that is no longer used."""
    if (object_kind, code) == ("opportunity", "published"):
        # A listing's standing is derived; the trail keeps what was stored.
        return EVENT["opportunity:published"]
    label = _STATUS.get(object_kind, {}).get(code)
    return label.text if label else code


def reason_text(event: str, code: str) -> Any:
    """The reason of an event in words; the code itself for one that is no longer used."""
    of_slice = _REASON.get(event.partition(":")[0])
    return (of_slice(code) if of_slice else opportunities.reason_text(event, code)) or code

"""Words, tones and icons of a collaboration."""

from marketplace.collaborations.rules import CollaborationStatus, RefuseReason
from marketplace.core.words import LazyString, _l
from marketplace.interests.labels import Label

S = CollaborationStatus

STATUS = {
    S.PROPOSED: Label("go", "intersect", _l("Diusulkan")),
    S.INTRODUCED: Label("go", "person-lines-fill", _l("Diperkenalkan")),
    S.REFUSED: Label("bad", "x-octagon", _l("Tidak diperkenalkan")),
    S.EXPLORING: Label("go", "compass", _l("Penjajakan")),
    S.AGREED: Label("info", "journal-check", _l("Kesepakatan bersama")),
    S.CONTRACTED: Label("info", "pen-fill", _l("PKS ditandatangani")),
    S.OPERATING: Label("good", "gear-wide-connected", _l("Beroperasi")),
    S.COMPLETED: Label("good", "flag-fill", _l("Selesai")),
    S.ENDED: Label("neutral", "stop-circle", _l("Berakhir")),
}

REFUSE_REASON = {
    RefuseReason.CONFLICT_OF_INTEREST: _l("Ada benturan kepentingan"),
    RefuseReason.PARTNER_DOUBTFUL: _l("Mitra perlu diperiksa lagi"),
    RefuseReason.OPPORTUNITY_CHANGED: _l("Peluangnya berubah"),
    RefuseReason.OTHER: _l("Alasan lain"),
}

# The way of a collaboration, as the track on its page shows it.
TRACK = (S.PROPOSED, S.INTRODUCED, S.EXPLORING, S.AGREED, S.CONTRACTED, S.OPERATING, S.COMPLETED)


def reason_text(code: str | None) -> LazyString | None:
    """The words of a refusal's reason; None for none."""
    return next((words for known, words in REFUSE_REASON.items() if known == code), None)

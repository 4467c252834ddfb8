"""LAIP or the province writes with a Pemda: how that begins and ends, and what keeps it from beginning."""

from enum import StrEnum

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l
from marketplace.lifecycle.rules import Step, Steps


class AssistanceStatus(StrEnum):
    """`none` is derived: a listing without a row is its Pemda's work alone."""

    NONE = "none"
    STANDING = "standing"
    TAKEN_OVER = "taken_over"
    REFUSED = "refused"


class RefuseReason(StrEnum):
    NOT_ASKED = "not_asked"
    DOES_NOT_FIT = "does_not_fit"
    OWN_WORK = "own_work"
    OTHER = "other"


A = AssistanceStatus
STORED = tuple(status for status in A if status is not A.NONE)

ASSISTANCE_STEPS: Steps = {
    (A.NONE, A.STANDING): Step("opportunity:assistance_begun", by="helper", tells=("approvers",)),
    (A.STANDING, A.TAKEN_OVER): Step("opportunity:assistance_taken_over", by="approver", tells=("helpers",)),
    (A.STANDING, A.REFUSED): Step(
        "opportunity:assistance_refused",
        by="approver",
        reasons=frozenset(str(reason) for reason in RefuseReason),
        tells=("helpers",),
    ),
}


class NobodyToApprove(Refusal):
    message = _l(
        "%(region)s belum punya organisasi terverifikasi di sini, jadi belum ada yang dapat menyetujui tulisan Anda."
    )


class NobodyToApproveYet(Refusal):
    """For LAIP, which can do something about it."""

    message = _l(
        "%(region)s belum punya organisasi terverifikasi di sini, jadi belum ada yang dapat menyetujui tulisan Anda."
        " Minta pegawainya mendaftarkan organisasinya, lalu verifikasi di Moderasi → Organisasi."
    )


class PemdaNotTrusted(Refusal):
    message = _l(
        "%(name)s sedang ditangguhkan atau verifikasinya kedaluwarsa. Bantuan dapat dimulai sesudah pulih."
    )


class OutsideProvince(Refusal):
    message = _l("%(region)s di luar provinsi Anda. Pilih kabupaten atau kota di %(province)s.")


class OwnRegion(Refusal):
    message = _l("Anda anggota %(name)s. Tulis lewat Peluang kami, tanpa bantuan.")


class RefusalNeedsWords(Refusal):
    message = _l("Jelaskan alasan lain itu dalam satu dua kalimat.")


def check_words(reason: str | None, words: str) -> None:
    """Raises RefusalNeedsWords where "other" stands alone."""
    if reason == RefuseReason.OTHER and not words:
        raise RefusalNeedsWords(field="words")

"""The life of an organisation: PRODUCT section 3."""

from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.core import dates
from marketplace.core.refusal import Refusal
from marketplace.core.words import _l
from marketplace.lifecycle.rules import Step, Steps, check_reason

RESUBMIT_AFTER = timedelta(days=30)
# What LAIP promises to the people who wait.
PROMISED_WORKING_DAYS = 5
PROOFS_AT_MOST = 10
OPEN_REGISTRATIONS_AT_MOST = 5
LONGEST_NAME = 160
LONGEST_STATEMENT = 2000


class OrganisationStatus(StrEnum):
    REGISTERED = "registered"
    SUBMITTED = "submitted"
    NEEDS_INFO = "needs_info"
    VERIFIED = "verified"
    REJECTED = "rejected"
    SUSPENDED = "suspended"


S = OrganisationStatus


class NeedsInfoReason(StrEnum):
    PROOF_UNREADABLE = "proof_unreadable"
    PROOF_MISSING = "proof_missing"
    IDENTITY_UNCLEAR = "identity_unclear"
    AUTHORITY_UNCLEAR = "authority_unclear"
    OTHER = "other"


class RejectReason(StrEnum):
    NOT_AUTHORISED = "not_authorised"
    PROOF_FALSE = "proof_false"
    DUPLICATE = "duplicate"
    REGION_TAKEN = "region_taken"
    OUT_OF_SCOPE = "out_of_scope"
    OTHER = "other"


class SuspendReason(StrEnum):
    COMPLAINT = "complaint"
    DOCUMENT_INVALID = "document_invalid"
    ON_REQUEST = "on_request"
    OTHER = "other"


def _codes(reasons: type[StrEnum]) -> frozenset[str]:
    return frozenset(str(reason) for reason in reasons)


STEPS: Steps = {
    (S.REGISTERED, S.SUBMITTED): Step("organisation:submitted", by="owner", tells=("moderators",)),
    (S.NEEDS_INFO, S.SUBMITTED): Step("organisation:submitted", by="owner", tells=("moderators",)),
    (S.REJECTED, S.SUBMITTED): Step("organisation:submitted", by="owner", tells=("moderators",)),
    (S.SUBMITTED, S.VERIFIED): Step("organisation:verified", by="moderator", tells=("members",)),
    (S.SUBMITTED, S.NEEDS_INFO): Step(
        "organisation:needs_info", by="moderator", reasons=_codes(NeedsInfoReason), tells=("members",)
    ),
    (S.SUBMITTED, S.REJECTED): Step(
        "organisation:rejected", by="moderator", reasons=_codes(RejectReason), tells=("members",)
    ),
    (S.VERIFIED, S.SUSPENDED): Step(
        "organisation:suspended", by="moderator", reasons=_codes(SuspendReason), tells=("members",)
    ),
    (S.VERIFIED, S.VERIFIED): Step("organisation:renewed", by="moderator", tells=("members",)),
    (S.SUSPENDED, S.VERIFIED): Step("organisation:reinstated", by="moderator", tells=("members",)),
}


# Statuses in which nobody outside has relied on the name yet.
NAME_STILL_OPEN = frozenset({S.REGISTERED, S.SUBMITTED, S.NEEDS_INFO, S.REJECTED})
SUBMITTABLE = frozenset(old for old, new in STEPS if new is S.SUBMITTED)


class ProofMissing(Refusal):
    message = _l("Unggah bukti dahulu: surat tugas untuk Pemda, akta atau NIB untuk mitra.")


class TooManyProofs(Refusal):
    message = _l("Paling banyak %(most)s berkas bukti. Gabungkan beberapa halaman menjadi satu PDF.")


class ProofStays(Refusal):
    message = _l(
        "Bukti yang pernah diajukan tetap tersimpan. Unggah yang baru; yang lama tidak perlu dihapus."
    )


class TooSoonAfterRejection(Refusal):
    message = _l("Pengajuan ulang terbuka mulai %(date)s, 30 hari sesudah penolakan.")


class RegionUnknown(Refusal):
    message = _l(
        "“%(text)s” tidak ada di daftar 546 pemerintah daerah. Pilih dari daftar yang muncul saat mengetik."
    )


class RegionUnclear(Refusal):
    message = _l("“%(text)s” dapat berarti beberapa daerah: %(names)s. Pilih salah satunya.")


class RegionAlreadyVerified(Refusal):
    message = _l("%(region)s sudah mempunyai organisasi terverifikasi. Mintalah undangan kepada pemiliknya.")


class RegionNotAutonomous(Refusal):
    message = _l("%(region)s diwakili Provinsi DKI Jakarta. Pilih Provinsi DKI Jakarta.")


class TooManyOpenRegistrations(Refusal):
    message = _l(
        "Anda sudah mendaftarkan %(most)s organisasi yang belum diputuskan. Lanjutkan yang sudah ada."
    )


class IdentityLocked(Refusal):
    message = _l(
        "Nama resmi tidak dapat diubah sesudah terverifikasi. Hubungi moderator bila namanya berganti."
    )


class ChangedMeanwhile(Refusal):
    message = _l("Isinya berubah sejak Anda membukanya. Isian Anda masih di sini; periksa, lalu simpan lagi.")


class WordsNeeded(Refusal):
    message = _l("Jelaskan dengan kata-kata Anda bila memilih “lainnya”.")


def check_submittable(
    status: OrganisationStatus, *, proofs: int, rejected_at: datetime | None, now: datetime
) -> None:
    """Raises ProofMissing or TooSoonAfterRejection."""
    if proofs == 0:
        raise ProofMissing(field="proof")
    opens_at = reopens_at(status, rejected_at)
    if opens_at is not None and now < opens_at:
        raise TooSoonAfterRejection(date=dates.local_day(opens_at, dates.HOME_ZONE))


def reopens_at(status: OrganisationStatus, rejected_at: datetime | None) -> datetime | None:
    """From when a rejected organisation may be submitted anew; None where nothing keeps it waiting."""
    if status is not S.REJECTED or rejected_at is None:
        return None
    return rejected_at + RESUBMIT_AFTER


def check_renewal_reason(reason: str | None) -> None:
    """Raises ReasonNeeded unless it is one of those for which documents are sent back."""
    check_reason(
        Step("organisation:renewal_refused", by="moderator", reasons=_codes(NeedsInfoReason)), reason
    )


def check_words(reason: str | None, words: str) -> None:
    """Raises WordsNeeded: "other" says nothing by itself."""
    if reason == "other" and len(words.strip()) < 10:
        raise WordsNeeded(field="words")


def check_name_change(status: OrganisationStatus, *, old: str, new: str) -> None:
    """Raises IdentityLocked where others already rely on the name."""
    if old != new and status not in NAME_STILL_OPEN:
        raise IdentityLocked(field="name")


def check_proof_count(proofs: int) -> None:
    """Raises TooManyProofs where there is no room for one more."""
    if proofs >= PROOFS_AT_MOST:
        raise TooManyProofs(field="proof", most=PROOFS_AT_MOST)


def check_open_registrations(number: int) -> None:
    """Raises TooManyOpenRegistrations where the person has as many undecided ones as allowed."""
    if number >= OPEN_REGISTRATIONS_AT_MOST:
        raise TooManyOpenRegistrations(most=OPEN_REGISTRATIONS_AT_MOST)


class Hint(StrEnum):
    """What a moderator should look at twice."""

    RIVALS = "rivals"
    LOOK_ALIKES = "look_alikes"
    SAME_NUMBER = "same_number"
    NO_PROOF = "no_proof"
    SUBMITTED_AGAIN = "submitted_again"


def list_hints(
    *, proofs: int, rivals: int, look_alikes: int, same_numbers: int = 0, submissions: int = 1
) -> list[Hint]:
    """The hints that apply, the gravest first."""
    applies = {
        Hint.SAME_NUMBER: same_numbers > 0,
        Hint.LOOK_ALIKES: look_alikes > 0,
        Hint.RIVALS: rivals > 0,
        Hint.NO_PROOF: proofs == 0,
        Hint.SUBMITTED_AGAIN: submissions > 1,
    }
    return [hint for hint, holds in applies.items() if holds]

"""The life of an organisation: PRODUCT section 3."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from marketplace.core.words import _l

from marketplace.core.refusal import Refusal
from marketplace.lifecycle.rules import Step

RESUBMIT_AFTER = timedelta(days=30)


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


STEPS = {
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
    (S.SUSPENDED, S.VERIFIED): Step("organisation:reinstated", by="moderator", tells=("members",)),
}


class ProofMissing(Refusal):
    message = _l("Unggah bukti dahulu: surat tugas untuk Pemda, akta atau NIB untuk mitra.")


class TooSoonAfterRejection(Refusal):
    message = _l("Pengajuan ulang terbuka mulai %(date)s, 30 hari sesudah penolakan.")


class RegionAlreadyVerified(Refusal):
    message = _l("%(region)s sudah mempunyai organisasi terverifikasi. Mintalah undangan kepada pemiliknya.")


class RegionNotAutonomous(Refusal):
    message = _l("%(region)s diwakili Provinsi DKI Jakarta. Pilih Provinsi DKI Jakarta.")


def check_submittable(
    status: OrganisationStatus, *, proofs: int, rejected_at: datetime | None, now: datetime
) -> None:
    """Raises ProofMissing or TooSoonAfterRejection."""
    if proofs == 0:
        raise ProofMissing(field="proof")
    if status is S.REJECTED and rejected_at is not None and now < rejected_at + RESUBMIT_AFTER:
        raise TooSoonAfterRejection(date=_day(rejected_at + RESUBMIT_AFTER))


def _day(moment: datetime) -> date:
    return moment.date()

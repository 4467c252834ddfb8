"""The life of an opportunity and the review of its versions: PRODUCT section 3, decided here only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.words import _l
from marketplace.files.rules import (
    DOCUMENTS,
    DOCX,
    IMAGES,
    LARGEST_BYTES,
    MEBIBYTE,
    PDF,
    PPTX,
    XLSX,
    FileKind,
    names_of,
)
from marketplace.lifecycle.rules import Step, Steps

NO_REPORT_AFTER = timedelta(days=60)
LONGEST_OPEN = timedelta(days=3 * 366)
MUST_HAVES_AT_MOST = 5
DOCUMENTS_AT_MOST = 20


class Origin(StrEnum):
    POSTED = "posted"
    PUBLIC_EXAMPLE = "public_example"


class LifeStatus(StrEnum):
    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    PARTNER_FOUND = "partner_found"
    NO_PARTNER = "no_partner"


class VersionStatus(StrEnum):
    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    REJECTED = "rejected"


class Readiness(StrEnum):
    """Rungs of the ladder, lowest first."""

    IDEA = "idea"
    CONCEPT = "concept"
    PRE_FS = "pre_fs"
    FS = "fs"
    READY = "ready"
    TRANSACTION = "transaction"

    @property
    def rung(self) -> int:
        """1 (idea) to 6 (transaction)."""
        return list(Readiness).index(self) + 1


class DocumentAccess(StrEnum):
    PUBLIC = "public"
    VERIFIED_PARTNERS = "verified_partners"
    ACCEPTED_PARTNERS = "accepted_partners"


class DocumentKind(StrEnum):
    PRE_FS = "pre_fs"
    FS = "fs"
    COST_PLAN = "cost_plan"
    DRAWING = "drawing"
    LETTER = "letter"
    SLIDES = "slides"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FileTerms:
    """What a file may be and how large."""

    kinds: tuple[FileKind, ...]
    largest: int


FILE_TERMS: Mapping[DocumentKind, FileTerms] = {
    DocumentKind.PRE_FS: FileTerms((PDF, DOCX), LARGEST_BYTES),
    DocumentKind.FS: FileTerms((PDF, DOCX), LARGEST_BYTES),
    DocumentKind.COST_PLAN: FileTerms((PDF, XLSX), LARGEST_BYTES),
    DocumentKind.DRAWING: FileTerms((PDF, *IMAGES), LARGEST_BYTES),
    DocumentKind.LETTER: FileTerms((PDF, *IMAGES), 5 * MEBIBYTE),
    DocumentKind.SLIDES: FileTerms((PDF, PPTX), LARGEST_BYTES),
    DocumentKind.OTHER: FileTerms((*DOCUMENTS, *IMAGES), LARGEST_BYTES),
}


class RemarkReason(StrEnum):
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    FIGURES_DOUBTFUL = "figures_doubtful"
    # Given by ending an assistance, never chosen from a list.
    ASSISTANCE_ENDED = "assistance_ended"
    OTHER = "other"


class ReturnReason(StrEnum):
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    FIGURES_UNSOURCED = "figures_unsourced"
    PERSONAL_DATA = "personal_data"
    OTHER = "other"


class RejectReason(StrEnum):
    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"
    IS_A_TENDER = "is_a_tender"
    NOT_LAWFUL = "not_lawful"
    OTHER = "other"


class WithdrawReason(StrEnum):
    PLANS_CHANGED = "plans_changed"
    FUNDED_OTHERWISE = "funded_otherwise"
    PUBLISHED_IN_ERROR = "published_in_error"
    OTHER = "other"


class NoPartnerReason(StrEnum):
    NO_INTEREST = "no_interest"
    NONE_SUITABLE = "none_suitable"
    PLANS_CHANGED = "plans_changed"
    OTHER = "other"


L, V = LifeStatus, VersionStatus


def _codes(reasons: type[StrEnum]) -> frozenset[str]:
    return frozenset(str(reason) for reason in reasons)


VERSION_STEPS: Steps = {
    (V.DRAFT, V.IN_APPROVAL): Step("version:sent_to_approver", by="editor", tells=("approvers",)),
    (V.IN_APPROVAL, V.DRAFT): Step(
        "version:remarked", by="releaser", reasons=_codes(RemarkReason), tells=("editors",)
    ),
    (V.IN_APPROVAL, V.SUBMITTED): Step("version:submitted", by="releaser", tells=("moderators",)),
    (V.SUBMITTED, V.PUBLISHED): Step("version:published", by="moderator", tells=("members", "followers")),
    (V.SUBMITTED, V.RETURNED): Step(
        "version:returned", by="moderator", reasons=_codes(ReturnReason), tells=("members",)
    ),
    (V.SUBMITTED, V.REJECTED): Step(
        "version:rejected", by="moderator", reasons=_codes(RejectReason), tells=("members",)
    ),
    (V.RETURNED, V.DRAFT): Step("version:reopened", by="editor"),
}

LIFE_STEPS: Steps = {
    (L.UNPUBLISHED, L.PUBLISHED): Step("opportunity:published", by="moderator"),
    (L.PUBLISHED, L.WITHDRAWN): Step(
        "opportunity:withdrawn", by="approver", reasons=_codes(WithdrawReason), tells=("members", "followers")
    ),
    (L.PUBLISHED, L.PARTNER_FOUND): Step("opportunity:partner_found", by="approver", tells=("followers",)),
    (L.PUBLISHED, L.NO_PARTNER): Step(
        "opportunity:no_partner", by="approver", reasons=_codes(NoPartnerReason), tells=("followers",)
    ),
}

# What the public may see; withdrawn ones answer 410.
PUBLIC_LIFE = frozenset({L.PUBLISHED, L.PARTNER_FOUND, L.NO_PARTNER})
EDITABLE = frozenset({V.DRAFT, V.RETURNED})
# Only a listing that has not ended takes versions.
LIVING = frozenset({L.UNPUBLISHED, L.PUBLISHED})


class Standing(StrEnum):
    """What the public reads as status: the life, with the clock and the origin told in."""

    OPEN = "open"
    CLOSED = "closed"
    NO_REPORT = "no_report"
    PARTNER_FOUND = "partner_found"
    NO_PARTNER = "no_partner"
    WITHDRAWN = "withdrawn"
    EXAMPLE = "example"
    UNPUBLISHED = "unpublished"


def standing(status: LifeStatus, *, origin: Origin, closes_at: datetime | None, now: datetime) -> Standing:
    """The standing at that moment. Closed and no report are derived from the date, never stored."""
    if origin is Origin.PUBLIC_EXAMPLE:
        return Standing.EXAMPLE
    if status is not L.PUBLISHED:
        return Standing(str(status))
    if closes_at is None or now < closes_at:
        return Standing.OPEN
    return Standing.NO_REPORT if now >= closes_at + NO_REPORT_AFTER else Standing.CLOSED


class NotEditable(Conflict):
    message = _l("Versi ini sedang diperiksa atau sudah diputuskan, jadi tidak dapat diubah.")


class DraftChanged(Conflict):
    """The draft was saved by somebody (or in another tab) since it was opened: `who`, `when`."""

    message = _l(
        "Draf ini disimpan %(who)s pada %(when)s, sesudah Anda membukanya. Isian Anda belum tersimpan."
    )


class TooManyDocuments(Refusal):
    message = _l("Paling banyak %(most)s dokumen. Lepas satu dahulu, atau ganti salah satunya.")


class SameFileAgain(Refusal):
    message = _l("Berkas yang sama sudah ada di draf ini sebagai “%(title)s”.")


class KindRefusesFile(Refusal):
    message = _l("Dokumen jenis ini berupa %(kinds)s. Pilih jenis lain, atau unggah berkas yang sesuai.")


class AnotherVersionOpen(Conflict):
    message = _l("Sudah ada versi yang sedang dikerjakan atau diperiksa. Lanjutkan versi itu.")


class ListingEnded(Conflict):
    message = _l("Peluang ini sudah ditarik atau sudah selesai, jadi tidak menerima versi lagi.")


class MarkWithoutWords(Refusal):
    message = _l("Tulis apa yang perlu diperbaiki pada setiap bagian yang ditandai.")


class RemarkSaysNothing(Refusal):
    message = _l("Tandai sedikitnya satu bagian, atau tulis catatan untuk penyusunnya.")


class MarksLeft(Refusal):
    message = _l("Masih ada bagian yang ditandai. Lepas tandanya, atau kembalikan dengan catatan.")


class OpportunityIncomplete(Refusal):
    message = _l("Belum dapat diajukan. Lengkapi dahulu isian wajib yang tertulis di bawah.")


class DeadlinePassed(Refusal):
    message = _l("Tenggat minat sudah lewat. Pilih tanggal yang akan datang.")


class NotYetClosed(Refusal):
    message = _l("Hasil dapat dicatat sesudah tenggat minat lewat.")


class DeadlineNotLater(Refusal):
    message = _l(
        "Tenggat hanya dapat diperpanjang: pilih hari sesudah %(day)s. Memendekkannya perlu versi baru."
    )


class DeadlineTooFar(Refusal):
    message = _l("Tenggat paling jauh tiga tahun dari sekarang.")


class PrivateContactInWords(Refusal):
    message = _l(
        "Tampaknya ada nomor telepon atau alamat surel. Kontak dibuka saat kedua pihak diperkenalkan."
    )


class OrganisationNotVerified(Refusal):
    message = _l("Organisasi Anda belum terverifikasi. Draf tersimpan; pengajuan terbuka sesudah verifikasi.")


class OwnWriting(Refusal):
    message = _l(
        "Anda menggantikan penyetuju dan menulis versi ini seorang diri, jadi orang lain yang mengajukannya."
        " Anda tetap dapat mengembalikannya dengan catatan."
    )


class OwnerNotTrusted(Refusal):
    message = _l(
        "Organisasinya ditangguhkan atau verifikasinya kedaluwarsa. Peluang ini dapat terbit sesudah pulih."
    )


class AmenderNotTrusted(Refusal):
    message = _l(
        "Organisasi Anda ditangguhkan atau verifikasinya kedaluwarsa. Pemberitahuan terbuka lagi sesudah pulih."
    )


def passes_approval_alone(working_members: int) -> bool:
    """Whether a Pemda's only working member may submit without a second pair of eyes."""
    return working_members == 1


def wrote_alone(user_id: int | None, writers: Collection[int]) -> bool:
    """Whether that person is the only one who wrote: a second pair of eyes has not been there yet."""
    return set(writers) == {user_id}


def check_living(life: LifeStatus) -> None:
    """Raises ListingEnded where the listing was withdrawn or its outcome is stated."""
    if life not in LIVING:
        raise ListingEnded


def check_editable(review: VersionStatus, life: LifeStatus) -> None:
    """Raises ListingEnded or NotEditable where nothing can be written any more."""
    check_living(life)
    if review not in EDITABLE:
        raise NotEditable


def check_remarks(marks: Mapping[str, str], words: str) -> None:
    """Raises where a mark has no words, or where neither a mark nor words say what to mend."""
    if any(not remark for remark in marks.values()):
        raise MarkWithoutWords
    if not marks and not words:
        raise RemarkSaysNothing(field="words")


def check_unmarked(marks: Mapping[str, str]) -> None:
    """Raises MarksLeft: nobody passes on what they marked as wrong."""
    if marks:
        raise MarksLeft


def check_outcome_time(closes_at: datetime | None, now: datetime) -> None:
    """Raises NotYetClosed before the interest deadline has passed."""
    if closes_at is None or now <= closes_at:
        raise NotYetClosed


def check_room(documents: int) -> None:
    """Raises TooManyDocuments where a draft holds as many documents as it may."""
    if documents >= DOCUMENTS_AT_MOST:
        raise TooManyDocuments(field="file", most=DOCUMENTS_AT_MOST)


def check_kind_takes(kind: DocumentKind, media_type: str) -> None:
    """Raises KindRefusesFile where documents of that kind are no files of that type."""
    kinds = FILE_TERMS[kind].kinds
    if media_type not in {each.media_type for each in kinds}:
        raise KindRefusesFile(field="kind", kinds=names_of(kinds))


def check_extension(old: date, new: date, today: date) -> None:
    """Raises DeadlineNotLater, DeadlinePassed or DeadlineTooFar: an extension lies ahead and after the old day."""
    if new <= old:
        raise DeadlineNotLater(field="interest_deadline", day=old)
    if new < today:
        raise DeadlinePassed(field="interest_deadline")
    if new > today + LONGEST_OPEN:
        raise DeadlineTooFar(field="interest_deadline")

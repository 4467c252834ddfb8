"""Words, tones and icons of a listing: its states, fields, reasons and events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.core.words import LazyString, _l
from marketplace.opportunities.checks import Finding, Found
from marketplace.opportunities.completeness import GapKind
from marketplace.opportunities.differences import DocumentStep
from marketplace.opportunities.questions.labels import EVENT as QUESTION_EVENT
from marketplace.opportunities.questions.labels import REASONS_OF as QUESTION_REASONS
from marketplace.opportunities.questions.rules import QuestionState, QuestionStatus
from marketplace.opportunities.rules import (
    DocumentAccess,
    DocumentKind,
    LifeStatus,
    NoPartnerReason,
    Readiness,
    RejectReason,
    RemarkReason,
    ReturnReason,
    Standing,
    VersionStatus,
    WithdrawReason,
)
from marketplace.opportunities.support.assistance_rules import AssistanceStatus, RefuseReason
from marketplace.opportunities.support.rules import RecommendationReason, RecommendationStatus, Stage
from marketplace.opportunities.translating import Translation
from marketplace.partners.rules import PartnerKind


@dataclass(frozen=True, slots=True)
class Label:
    tone: str
    icon: str
    text: LazyString


V, S = VersionStatus, Standing

REVIEW = {
    V.DRAFT: Label("neutral", "pencil", _l("Draf")),
    V.IN_APPROVAL: Label("neutral", "person-check", _l("Menunggu persetujuan")),
    V.SUBMITTED: Label("go", "send", _l("Diajukan")),
    V.RETURNED: Label("warm", "arrow-return-left", _l("Perlu perbaikan")),
    V.PUBLISHED: Label("go", "door-open", _l("Diterbitkan")),
    V.REJECTED: Label("bad", "x-octagon", _l("Ditolak")),
}
STANDING = {
    S.OPEN: Label("go", "door-open", _l("Terbuka")),
    S.CLOSED: Label("neutral", "door-closed", _l("Ditutup")),
    S.NO_REPORT: Label("quiet", "question-diamond", _l("Belum ada laporan")),
    S.PARTNER_FOUND: Label("good", "intersect", _l("Mitra ditemukan")),
    S.NO_PARTNER: Label("neutral", "slash-circle", _l("Tanpa mitra")),
    S.WITHDRAWN: Label("quiet", "dash-circle", _l("Ditarik")),
    S.EXAMPLE: Label("quiet", "journal-text", _l("Contoh publik")),
    S.UNPUBLISHED: Label("neutral", "pencil", _l("Belum terbit")),
}
# Open, while its Pemda is suspended or its verification has expired.
PAUSED = Label("neutral", "pause-circle", _l("Sedang tidak menerima minat"))

# What happens next, and who does it.
NEXT = {
    V.DRAFT: _l("Lengkapi isian wajib, lalu kirim kepada penyetuju di organisasi Anda."),
    V.IN_APPROVAL: _l(
        "Penyetuju membaca versi ini, lalu mengajukannya untuk diperiksa atau mengembalikannya dengan catatan."
    ),
    V.SUBMITTED: _l(
        "Moderator memeriksa versi ini, biasanya dalam 5 hari kerja. Hasilnya dikirim lewat kabar dan surel."
    ),
    V.RETURNED: _l("Perbaiki bagian yang ditandai, lalu kirim lagi. Tidak ada isian yang hilang."),
    V.PUBLISHED: _l("Versi ini tampil untuk umum. Perubahan ditulis sebagai versi baru."),
    V.REJECTED: _l("Versi ini tidak diterbitkan. Alasannya tertulis di bawah; versi baru dapat ditulis."),
}
# The same for those who write for another's organisation.
_HELPERS_NEXT = _l("Lengkapi isian wajib, lalu serahkan kepada penyetuju di daerahnya.")
# What is left to do with a listing whose time is over, whatever its newest version is.
_AFTERWARDS = {
    S.CLOSED: _l(
        "Tenggat minat sudah lewat. Catat hasilnya, atau tulis versi baru dengan tenggat yang baru."
    ),
    S.NO_REPORT: _l("Sudah lebih dari 60 hari sejak tenggat dan hasilnya belum dicatat. Catat hasilnya."),
    S.PARTNER_FOUND: _l("Hasilnya sudah dicatat. Halamannya tetap tampil, tanpa menerima minat."),
    S.NO_PARTNER: _l("Hasilnya sudah dicatat. Halamannya tetap tampil, tanpa menerima minat."),
    S.WITHDRAWN: _l("Peluang ini sudah ditarik. Tidak ada lagi yang perlu dikerjakan."),
}
_ENDED = frozenset({S.PARTNER_FOUND, S.NO_PARTNER, S.WITHDRAWN})


def next_words(review: VersionStatus, stands: Standing, *, came_back: bool, ours: bool = True) -> LazyString:
    """What happens next with a listing of that standing whose newest version is so; `came_back` with remarks."""
    if not ours and review is V.DRAFT and not came_back and stands not in _ENDED:
        return _HELPERS_NEXT
    if stands in _ENDED or (review is V.PUBLISHED and stands in _AFTERWARDS):
        return _AFTERWARDS[stands]
    return NEXT[V.RETURNED if came_back and review is V.DRAFT else review]


READINESS = {
    Readiness.IDEA: _l("Ide"),
    Readiness.CONCEPT: _l("Konsep"),
    Readiness.PRE_FS: _l("Pra-FS"),
    Readiness.FS: _l("FS"),
    Readiness.READY: _l("Siap tawar"),
    Readiness.TRANSACTION: _l("Transaksi"),
}
READINESS_LONG = {
    Readiness.IDEA: _l("Ide: kebutuhan sudah dirumuskan"),
    Readiness.CONCEPT: _l("Konsep: ada dokumen konsep atau studi pendahuluan"),
    Readiness.PRE_FS: _l("Pra-FS: prastudi kelayakan disusun atau selesai"),
    Readiness.FS: _l("FS: studi kelayakan selesai"),
    Readiness.READY: _l("Siap tawar: dokumen penawaran siap"),
    Readiness.TRANSACTION: _l("Transaksi: pengadaan atau negosiasi berjalan"),
}
PARTNER_KIND = {
    PartnerKind.INVESTOR: _l("Investor dalam negeri"),
    PartnerKind.FOREIGN_INVESTOR: _l("Investor luar negeri"),
    PartnerKind.FINTECH: _l("Fintech"),
    PartnerKind.STARTUP: _l("Startup"),
    PartnerKind.MARKETPLACE: _l("Lokapasar"),
    PartnerKind.BUMN: _l("BUMN"),
    PartnerKind.BUMD: _l("BUMD"),
    PartnerKind.OPERATOR: _l("Operator"),
    PartnerKind.UNIVERSITY: _l("Perguruan tinggi"),
}
DOCUMENT_STEP = {
    DocumentStep.ADDED: _l("ditambahkan"),
    DocumentStep.REPLACED: _l("diganti berkas yang lebih baru"),
    DocumentStep.ALTERED: _l("keterangan atau aksesnya diubah"),
    DocumentStep.REMOVED: _l("dilepas"),
}
# Tone, icon and word of a tag.
DOCUMENT_TAG = {
    DocumentStep.ADDED: ("good", "plus-lg", _l("Baru")),
    DocumentStep.REPLACED: ("info", "cloud-arrow-up", _l("Diganti")),
    DocumentStep.ALTERED: ("neutral", "pencil", _l("Diubah")),
    DocumentStep.REMOVED: ("bad", "x-lg", _l("Dilepas")),
}
DOCUMENT_KIND = {
    DocumentKind.PRE_FS: _l("Prastudi kelayakan"),
    DocumentKind.FS: _l("Studi kelayakan"),
    DocumentKind.COST_PLAN: _l("RAB"),
    DocumentKind.DRAWING: _l("Gambar atau peta"),
    DocumentKind.LETTER: _l("Surat"),
    DocumentKind.SLIDES: _l("Paparan"),
    DocumentKind.OTHER: _l("Lainnya"),
}
ACCESS = {
    DocumentAccess.PUBLIC: _l("Publik: siapa saja dapat membuka"),
    DocumentAccess.VERIFIED_PARTNERS: _l("Mitra terverifikasi"),
    DocumentAccess.ACCEPTED_PARTNERS: _l("Setelah minatnya diterima"),
}
# The names that the access tag of the components knows.
ACCESS_TAG = {
    DocumentAccess.PUBLIC: "public",
    DocumentAccess.VERIFIED_PARTNERS: "verified",
    DocumentAccess.ACCEPTED_PARTNERS: "accepted",
}

WORKING_LANGUAGE = {"id": _l("Indonesia"), "en": _l("Inggris")}

FIELD = {
    "title": _l("Judul"),
    "summary": _l("Ringkasan"),
    "sector_code": _l("Sektor"),
    "kbli_code": _l("Bidang usaha (KBLI 2020)"),
    "problem": _l("Masalah"),
    "users_served": _l("Siapa yang dilayani"),
    "why_now": _l("Mengapa sekarang"),
    "existing": _l("Yang sudah ada"),
    "sought": _l("Yang dicari"),
    "expected_result": _l("Hasil yang diharapkan"),
    "partner_kinds": _l("Jenis mitra yang dicari"),
    "must_codes": _l("Syarat wajib yang diperiksa dari profil mitra"),
    "must_haves": _l("Syarat wajib"),
    "nice_to_haves": _l("Nilai tambah"),
    "capability_codes": _l("Kemampuan yang dicari"),
    "language_codes": _l("Bahasa kerja"),
    "scheme_codes": _l("Skema kerja sama"),
    "value_amount": _l("Nilai investasi"),
    "sought_amount": _l("Dana yang dicari"),
    "idr_rate": _l("Kurs ke rupiah"),
    "price_year": _l("Tahun harga"),
    "irr_percent": _l("IRR"),
    "npv_amount": _l("NPV"),
    "payback_years": _l("Masa balik modal"),
    "benefit_cost_ratio": _l("B/C"),
    "finance_source": _l("Sumber angka keuangan"),
    "readiness": _l("Kesiapan"),
    "readiness_evidence": _l("Bukti kesiapan"),
    "land_permits": _l("Lahan dan izin"),
    "plan_reference": _l("Acuan rencana"),
    "local_character": _l("Kekhasan daerah"),
    "connectivity": _l("Konektivitas"),
    "incentives": _l("Insentif"),
    "question_deadline": _l("Batas pertanyaan"),
    "interest_deadline": _l("Tenggat minat"),
    "decision_expected": _l("Perkiraan keputusan"),
    "contact_role": _l("Narahubung (jabatan)"),
    "documents": _l("Dokumen"),
    "translations": _l("Bahasa Inggris"),
}
GROUPS = (
    ("identitas", _l("Identitas"), ("title", "summary", "sector_code", "kbli_code")),
    ("kebutuhan", _l("Masalah dan kebutuhan"),
     ("problem", "users_served", "why_now", "existing", "sought", "expected_result")),
    ("mitra", _l("Mitra dan syarat"),
     ("partner_kinds", "must_codes", "must_haves", "nice_to_haves", "capability_codes", "language_codes",
      "scheme_codes")),
    ("keuangan", _l("Keuangan"),
     ("value_amount", "sought_amount", "idr_rate", "price_year", "irr_percent", "npv_amount", "payback_years",
      "benefit_cost_ratio", "finance_source")),
    ("kesiapan", _l("Kesiapan"),
     ("readiness", "readiness_evidence", "land_permits", "plan_reference", "local_character", "connectivity",
      "incentives")),
    ("dokumen", _l("Dokumen"), ("documents",)),
    ("jadwal", _l("Jadwal dan narahubung"),
     ("question_deadline", "interest_deadline", "decision_expected", "contact_role")),
)  # fmt: skip
GAP = {
    GapKind.MISSING: _l("Isian ini wajib sebelum diajukan."),
    GapKind.TOO_SHORT: _l("Tulis sedikitnya %(least)s huruf. Sekarang %(length)s."),
    GapKind.PAST: _l("Tanggal ini sudah lewat. Pilih tanggal yang akan datang."),
    GapKind.AFTER_INTEREST: _l("Batas pertanyaan tidak boleh sesudah tenggat minat."),
    GapKind.UNREAD: _l("Yang tertulis di sini belum terbaca. Tulis sekali lagi."),
    GapKind.BEFORE_INTEREST: _l("Perkiraan keputusan tidak boleh sebelum tenggat minat."),
}

TRANSLATION = {
    Translation.MISSING: _l("belum diterjemahkan"),
    Translation.STALE: _l("perlu ditinjau: naskah Indonesianya berubah sesudahnya"),
    Translation.CURRENT: _l("sesuai"),
}
FLAG = {
    Finding.PHONE: (_l("Mirip nomor telepon"), _l("Nomor pribadi tidak ditampilkan untuk umum. Tulis jabatan atau bagian.")),
    Finding.EMAIL: (_l("Mirip alamat surel"), _l("Alamat pribadi tidak ditampilkan untuk umum. Tulis jabatan atau bagian.")),
    Finding.SOUGHT_ABOVE_VALUE: (_l("Dana melebihi nilai"), _l("Dana yang dicari lebih besar daripada nilai investasi.")),
    Finding.FIGURES_UNSOURCED: (_l("Angka tanpa sumber"), _l("Ada angka kelayakan, tetapi sumbernya kosong.")),
    Finding.RATE_MISSING: (_l("Tanpa kurs"), _l("Nilainya bukan rupiah dan kursnya kosong, jadi tidak ikut diurutkan.")),
    Finding.READINESS_UNPROVEN: (
        _l("Kajian tidak dilampirkan"), _l("Tahap ini berarti ada kajian, tetapi belum ada dokumen yang dilampirkan."),
    ),
    Finding.PUBLIC_FUNDS_ONLY: (
        _l("Hanya APBD, tetapi mencari pemodal"), _l("Skemanya hanya APBD, sedangkan mitra yang dicari membawa modal."),
    ),
}  # fmt: skip


def material_text(found: Found) -> LazyString:
    """What is material about a change from the published version."""
    if found.finding is Finding.SCHEME_CHANGED:
        return _l("Skemanya berubah.")
    if found.finding is Finding.DEADLINE_SHORTENED:
        return _l("Tenggat minat dimajukan.")
    if found.percent > 0:
        return _l("Nilai naik %(n)s%%.", n=found.percent)
    if found.percent < 0:
        return _l("Nilai turun %(n)s%%.", n=-found.percent)
    return _l("Nilai yang semula dinyatakan kini kosong, atau sebaliknya.")


REMARK_REASON = {
    RemarkReason.INCOMPLETE: _l("Belum lengkap"),
    RemarkReason.UNCLEAR: _l("Belum jelas"),
    RemarkReason.FIGURES_DOUBTFUL: _l("Angka perlu diperiksa"),
    RemarkReason.ASSISTANCE_ENDED: _l("Bantuan menulis diakhiri"),
    RemarkReason.OTHER: _l("Lainnya"),
}
RETURN_REASON = {
    ReturnReason.INCOMPLETE: _l("Belum lengkap"),
    ReturnReason.UNCLEAR: _l("Belum jelas"),
    ReturnReason.FIGURES_UNSOURCED: _l("Angka tanpa sumber"),
    ReturnReason.PERSONAL_DATA: _l("Memuat data pribadi"),
    ReturnReason.OTHER: _l("Lainnya"),
}
# From the approver or from LAIP; where they share a code they share its words.
_BACK_REASON: Mapping[Any, LazyString] = {**REMARK_REASON, **RETURN_REASON}
REJECT_REASON = {
    RejectReason.OUT_OF_SCOPE: _l("Di luar lingkup program"),
    RejectReason.DUPLICATE: _l("Sudah ada peluang yang sama"),
    RejectReason.IS_A_TENDER: _l("Ini pengadaan, bukan penjajakan kerja sama"),
    RejectReason.NOT_LAWFUL: _l("Bertentangan dengan peraturan"),
    RejectReason.OTHER: _l("Lainnya"),
}
WITHDRAW_REASON = {
    WithdrawReason.PLANS_CHANGED: _l("Rencana berubah"),
    WithdrawReason.FUNDED_OTHERWISE: _l("Sudah didanai dengan cara lain"),
    WithdrawReason.PUBLISHED_IN_ERROR: _l("Terbit karena keliru"),
    WithdrawReason.OTHER: _l("Lainnya"),
}
NO_PARTNER_REASON = {
    NoPartnerReason.NO_INTEREST: _l("Tidak ada minat"),
    NoPartnerReason.NONE_SUITABLE: _l("Tidak ada yang memenuhi syarat"),
    NoPartnerReason.PLANS_CHANGED: _l("Rencana berubah"),
    NoPartnerReason.OTHER: _l("Lainnya"),
}
OUTCOME = {
    LifeStatus.PARTNER_FOUND: _l("Mitra ditemukan"),
    LifeStatus.NO_PARTNER: _l("Tanpa mitra"),
}
ASSISTANCE = {
    AssistanceStatus.NONE: Label("neutral", "circle", _l("Ditulis sendiri")),
    AssistanceStatus.STANDING: Label("info", "people-fill", _l("Ditulis bersama")),
    AssistanceStatus.TAKEN_OVER: Label("neutral", "check-lg", _l("Diambil alih daerahnya")),
    AssistanceStatus.REFUSED: Label("neutral", "x-lg", _l("Bantuan ditolak")),
}
REFUSE_REASON = {
    RefuseReason.NOT_ASKED: _l("Kami tidak memintanya"),
    RefuseReason.DOES_NOT_FIT: _l("Tidak sesuai dengan keadaan atau rencana daerah"),
    RefuseReason.OWN_WORK: _l("Kami menulisnya sendiri"),
    RefuseReason.OTHER: _l("Lainnya"),
}
RECOMMENDATION = {
    RecommendationStatus.NONE: Label("neutral", "circle", _l("Belum ada")),
    RecommendationStatus.GIVEN: Label("good", "patch-check-fill", _l("Direkomendasikan")),
    RecommendationStatus.WITHDRAWN: Label("quiet", "dash-circle", _l("Rekomendasi ditarik")),
}
RECOMMENDATION_REASON = {
    RecommendationReason.LISTING_CHANGED: _l("Isi peluangnya berubah"),
    RecommendationReason.GIVEN_IN_ERROR: _l("Diberikan karena keliru"),
    RecommendationReason.PRIORITIES_CHANGED: _l("Prioritas kami berubah"),
    RecommendationReason.OTHER: _l("Lainnya"),
}
QUESTION: dict[Any, Label] = {
    QuestionStatus.NONE: Label("neutral", "circle", _l("Belum diajukan")),
    QuestionState.ASKED: Label("warm", "clock", _l("Menunggu jawaban")),
    QuestionState.ANSWERED: Label("good", "check-circle-fill", _l("Dijawab untuk umum")),
    QuestionState.MERGED: Label("good", "intersect", _l("Dijawab bersama pertanyaan lain")),
    QuestionState.DECLINED: Label("neutral", "slash-circle", _l("Tidak dijawab")),
    QuestionState.WITHDRAWN: Label("quiet", "dash-circle", _l("Ditarik")),
    QuestionState.HIDDEN: Label("bad", "eye-slash", _l("Disembunyikan")),
    QuestionState.LAPSED: Label("quiet", "door-closed", _l("Gugur bersama peluangnya")),
}
STAGE = {
    Stage.DRAFT: _l("Draf"),
    Stage.SENT: _l("Diajukan"),
    Stage.PUBLIC: _l("Tampil untuk umum"),
}
_REASONS_OF: Mapping[str, Mapping[Any, LazyString]] = {
    "version:remarked": REMARK_REASON,
    "version:returned": RETURN_REASON,
    "version:rejected": REJECT_REASON,
    "opportunity:withdrawn": WITHDRAW_REASON,
    "opportunity:no_partner": NO_PARTNER_REASON,
    "opportunity:assistance_refused": REFUSE_REASON,
    "recommendation:withdrawn": RECOMMENDATION_REASON,
    **QUESTION_REASONS,
}

EVENT = {
    "opportunity:started": _l("Draf dibuat"),
    "version:started": _l("Versi baru dimulai"),
    "version:document_attached": _l("Dokumen dilampirkan"),
    "version:document_removed": _l("Dokumen dilepas"),
    "version:document_replaced": _l("Dokumen diganti berkas yang lebih baru"),
    "version:document_described": _l("Keterangan atau akses dokumen diubah"),
    "version:sent_to_approver": _l("Dikirim kepada penyetuju"),
    "version:approver_reminded": _l("Penyetuju diingatkan"),
    "version:remarked": _l("Dikembalikan penyetuju dengan catatan"),
    "version:submitted": _l("Diajukan untuk diperiksa"),
    "version:published": _l("Diterbitkan moderator"),
    "version:returned": _l("Dikembalikan moderator untuk diperbaiki"),
    "version:rejected": _l("Ditolak moderator"),
    "version:reopened": _l("Dibuka lagi untuk diperbaiki"),
    "opportunity:published": _l("Tampil untuk umum"),
    "opportunity:addendum": _l("Pemberitahuan ditambahkan"),
    "opportunity:deadline_extended": _l("Tenggat minat diperpanjang"),
    "opportunity:withdrawn": _l("Ditarik"),
    "opportunity:partner_found": _l("Hasil dicatat: mitra ditemukan"),
    "opportunity:no_partner": _l("Hasil dicatat: tanpa mitra"),
    "opportunity:assistance_begun": _l("Bantuan menulis dimulai"),
    "opportunity:assistance_taken_over": _l("Naskah diambil alih daerahnya"),
    "opportunity:assistance_refused": _l("Bantuan menulis ditolak daerahnya"),
    "version:commented": _l("Dikomentari"),
    "version:comment_handled": _l("Komentar ditangani"),
    "opportunity:shared_with_province": _l("Draf dibagikan kepada provinsi"),
    "opportunity:no_longer_shared": _l("Draf tidak lagi dibagikan kepada provinsi"),
    "opportunity:forwarded": _l("Diteruskan provinsi"),
    "recommendation:given": _l("Direkomendasikan"),
    "recommendation:withdrawn": _l("Rekomendasi ditarik"),
    **QUESTION_EVENT,
}


def decision_text(review: VersionStatus, code: str | None) -> LazyString | str:
    """Why a version was rejected or came back; a draft may have come back from either side."""
    words: Mapping[Any, LazyString] = REJECT_REASON if review is V.REJECTED else _BACK_REASON
    return words.get(code or "", "")


def reason_text(event: str, code: str | None) -> LazyString | str:
    """The words of a reason code of that event; "" where there is none."""
    return _REASONS_OF.get(event, {}).get(code or "", "")

"""Statuses, kinds, roles and reasons as people read them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.core.words import _l
from marketplace.organisations.expiry_rules import OrganisationState, state_of
from marketplace.organisations.guidance_rules import (
    GuidanceDeclineReason,
    GuidanceEndReason,
    GuidanceStatus,
)
from marketplace.organisations.rules import (
    Hint,
    NeedsInfoReason,
    OrganisationStatus,
    RejectReason,
    SuspendReason,
)
from marketplace.organisations.succession_rules import SuccessionReason, SuccessionStatus


@dataclass(frozen=True, slots=True)
class Label:
    """How a status is drawn: tone, icon, word; and what happens next, for the organisation itself."""

    tone: str
    icon: str
    text: Any
    next: Any = ""


STATUS = {
    OrganisationStatus.REGISTERED: Label(
        "neutral",
        "envelope",
        _l("Terdaftar"),
        _l("Unggah bukti, lalu ajukan. Sebelum terverifikasi, Anda dapat menyusun draf, belum menerbitkan."),
    ),
    OrganisationStatus.SUBMITTED: Label(
        "go",
        "send",
        _l("Diajukan"),
        _l(
            "Moderator memeriksa dalam 5 hari kerja. Anda dikabari lewat surel; tidak ada yang perlu dilakukan sekarang."
        ),
    ),
    OrganisationStatus.NEEDS_INFO: Label(
        "warm",
        "chat-left-dots-fill",
        _l("Perlu keterangan"),
        _l("Lengkapi yang diminta di bawah ini, lalu ajukan lagi."),
    ),
    OrganisationStatus.VERIFIED: Label(
        "good",
        "patch-check-fill",
        _l("Terverifikasi"),
        _l("Organisasi ini dapat menerbitkan dan mengirim."),
    ),
    OrganisationStatus.REJECTED: Label(
        "bad",
        "x-octagon",
        _l("Ditolak"),
        _l("Pengajuan ulang terbuka 30 hari sesudah penolakan."),
    ),
    OrganisationStatus.SUSPENDED: Label(
        "bad",
        "pause-circle",
        _l("Ditangguhkan"),
        _l("Organisasi ini tidak tampil dan tidak dapat menerbitkan atau mengirim sampai dipulihkan."),
    ),
}

# Verified, and the documents have lapsed: derived, so no status of its own.
EXPIRED = Label(
    "bad",
    "hourglass-split",
    _l("Verifikasi kedaluwarsa"),
    _l(
        "Dokumennya lewat masa berlaku, jadi organisasi ini tidak tampil dan tidak dapat menerbitkan, mengirim, atau"
        " memutuskan. Unggah penggantinya, lalu minta diperiksa ulang."
    ),
)


def shown(status: OrganisationStatus, valid_until: date | None, today: date) -> Label:
    """How the organisation's state is drawn today."""
    if state_of(status, valid_until, today) is OrganisationState.EXPIRED:
        return EXPIRED
    return STATUS[status]


KIND = {
    OrganisationKind.PEMDA: _l("Pemerintah daerah"),
    OrganisationKind.PARTNER: _l("Mitra"),
    OrganisationKind.MINISTRY: _l("Kementerian atau lembaga"),
    OrganisationKind.TUTOR: _l("Pendamping"),
}

ROLE = {
    MemberRole.OWNER: _l("Pemilik"),
    MemberRole.APPROVER: _l("Penyetuju"),
    MemberRole.EDITOR: _l("Penyunting"),
    MemberRole.VIEWER: _l("Pembaca"),
}

ROLE_MEANING = {
    MemberRole.OWNER: _l("Mengelola anggota dan data, mengajukan verifikasi, menyetujui, menulis."),
    MemberRole.APPROVER: _l("Menyetujui dan memutuskan, mengubah data organisasi, menulis."),
    MemberRole.EDITOR: _l("Menulis dan menjawab; tidak menyetujui."),
    MemberRole.VIEWER: _l("Hanya membaca."),
}

NEEDS_INFO = {
    NeedsInfoReason.PROOF_UNREADABLE: _l("Bukti tidak terbaca"),
    NeedsInfoReason.PROOF_MISSING: _l("Bukti belum lengkap"),
    NeedsInfoReason.IDENTITY_UNCLEAR: _l("Identitas belum jelas"),
    NeedsInfoReason.AUTHORITY_UNCLEAR: _l("Kewenangan pendaftar belum jelas"),
    NeedsInfoReason.OTHER: _l("Lainnya"),
}
REJECT = {
    RejectReason.NOT_AUTHORISED: _l("Pendaftar tidak berwenang mewakili"),
    RejectReason.PROOF_FALSE: _l("Bukti tidak benar"),
    RejectReason.DUPLICATE: _l("Organisasi ini sudah terdaftar"),
    RejectReason.REGION_TAKEN: _l("Daerah ini sudah diwakili organisasi lain"),
    RejectReason.OUT_OF_SCOPE: _l("Di luar lingkup Titik Temu"),
    RejectReason.OTHER: _l("Lainnya"),
}
SUSPEND = {
    SuspendReason.COMPLAINT: _l("Ada pengaduan yang diperiksa"),
    SuspendReason.DOCUMENT_INVALID: _l("Dokumen tidak berlaku lagi"),
    SuspendReason.ON_REQUEST: _l("Atas permintaan sendiri"),
    SuspendReason.OTHER: _l("Lainnya"),
}
SUCCESSION = {
    SuccessionStatus.NONE: Label("neutral", "person-circle", _l("Tidak ada usulan penerus")),
    SuccessionStatus.PROPOSED: Label("warm", "hourglass-split", _l("Penerus diusulkan")),
    SuccessionStatus.OBJECTED: Label("bad", "x-octagon", _l("Pemilik berkeberatan")),
    SuccessionStatus.WITHDRAWN: Label("neutral", "dash-circle", _l("Usulan penerus dibatalkan")),
    SuccessionStatus.EFFECTED: Label("good", "check-lg", _l("Penerus ditetapkan")),
}
SUCCESSION_REASON = {
    SuccessionReason.LEFT_OFFICE: _l("Pemilik pindah tugas atau berhenti"),
    SuccessionReason.UNREACHABLE: _l("Pemilik tidak dapat dihubungi"),
    SuccessionReason.DECEASED: _l("Pemilik meninggal"),
    SuccessionReason.OTHER: _l("Lainnya"),
}
GUIDANCE = {
    GuidanceStatus.NONE: Label("neutral", "circle", _l("Belum ada")),
    GuidanceStatus.INVITED: Label("go", "send", _l("Diundang Pemda")),
    GuidanceStatus.REQUESTED: Label("go", "send", _l("Diminta pendamping")),
    GuidanceStatus.ACTIVE: Label("good", "people-fill", _l("Mendampingi")),
    GuidanceStatus.DECLINED: Label("bad", "x-octagon", _l("Tidak disetujui")),
    GuidanceStatus.WITHDRAWN: Label("quiet", "dash-circle", _l("Permintaan ditarik")),
    GuidanceStatus.ENDED: Label("quiet", "stop-circle", _l("Berakhir")),
}
GUIDANCE_DECLINE = {
    GuidanceDeclineReason.NO_CAPACITY: _l("Kapasitas kami belum cukup"),
    GuidanceDeclineReason.NOT_SUITABLE: _l("Bidangnya tidak sesuai"),
    GuidanceDeclineReason.NOT_KNOWN: _l("Kami belum saling mengenal"),
    GuidanceDeclineReason.OTHER: _l("Lainnya"),
}
GUIDANCE_END = {
    GuidanceEndReason.FINISHED: _l("Pendampingan selesai"),
    GuidanceEndReason.NO_CAPACITY: _l("Kapasitas kami belum cukup"),
    GuidanceEndReason.NOT_SUITABLE: _l("Bidangnya tidak sesuai"),
    GuidanceEndReason.OTHER: _l("Lainnya"),
}
# Where groups share a code they share its words.
_REASONS: dict[str, Any] = {
    str(code): text
    for group in (NEEDS_INFO, REJECT, SUSPEND, GUIDANCE_DECLINE, GUIDANCE_END, SUCCESSION_REASON)
    for code, text in group.items()
}

HINT = {
    Hint.RIVALS: _l("Ada pengajuan lain untuk daerah yang sama"),
    Hint.LOOK_ALIKES: _l("Namanya mirip organisasi lain"),
    Hint.SAME_NUMBER: _l("NIB atau NPWP sama dengan organisasi lain"),
    Hint.NO_PROOF: _l("Belum ada bukti"),
    Hint.SUBMITTED_AGAIN: _l("Pernah diajukan sebelumnya"),
}

EVENT = {
    "organisation:registered": _l("Didaftarkan"),
    "organisation:submitted": _l("Diajukan"),
    "organisation:verified": _l("Diverifikasi"),
    "organisation:needs_info": _l("Diminta keterangan"),
    "organisation:rejected": _l("Ditolak"),
    "organisation:suspended": _l("Ditangguhkan"),
    "organisation:reinstated": _l("Dipulihkan"),
    "organisation:edited": _l("Data diubah"),
    "organisation:proof_added": _l("Bukti ditambahkan"),
    "organisation:proof_removed": _l("Bukti dihapus"),
    "organisation:recheck_asked": _l("Pemeriksaan ulang diminta"),
    "organisation:renewed": _l("Verifikasi diperbarui"),
    "organisation:renewal_refused": _l("Pembaruan ditolak"),
    "organisation:head_changed": _l("Kepala daerah dicatat"),
    "organisation:expired": _l("Verifikasi kedaluwarsa"),
    "organisation:member_invited": _l("Anggota diundang"),
    "organisation:invitation_withdrawn": _l("Undangan ditarik"),
    "organisation:invitation_declined": _l("Undangan ditolak"),
    "organisation:member_joined": _l("Anggota bergabung"),
    "organisation:member_role_changed": _l("Peran anggota diubah"),
    "organisation:member_removed": _l("Anggota dikeluarkan"),
    "organisation:member_left": _l("Anggota keluar"),
    "organisation:handed_over": _l("Kepemilikan diserahkan"),
    "organisation:stand_in_named": _l("Pengganti penyetuju ditunjuk"),
    "organisation:stand_in_ended": _l("Pengganti penyetuju berakhir"),
    "organisation:succession_proposed": _l("Penerus pemilik diusulkan"),
    "organisation:succession_objected": _l("Pemilik berkeberatan atas penerusnya"),
    "organisation:succession_withdrawn": _l("Usulan penerus dibatalkan"),
    "organisation:succession_effected": _l("Penerus pemilik ditetapkan"),
    "organisation:record_added": _l("Rekam jejak ditambahkan"),
    "organisation:record_edited": _l("Rekam jejak diubah"),
    "organisation:record_removed": _l("Rekam jejak dihapus"),
    "guidance:asked": _l("Pendampingan diminta"),
    "guidance:agreed": _l("Pendampingan disetujui"),
    "guidance:declined": _l("Pendampingan tidak disetujui"),
    "guidance:withdrawn": _l("Permintaan pendampingan ditarik"),
    "guidance:ended": _l("Pendampingan berakhir"),
}


def reason_text(code: str | None) -> Any:
    """A reason's words; "" where there is none."""
    return _REASONS.get(code or "", "")

"""What is held, why, for how long and who sees it, in words; each line is a Topic of core/personal.py."""

from typing import Any

from marketplace.accounts.rules import ConsentKind, ConsentStep
from marketplace.core.personal import Topic
from marketplace.core.words import _l
from marketplace.files.sweeping import SAFE_AGE
from marketplace.privacy.rules import PERIODS, Keep

TOPIC = {
    Topic.ACCOUNT: _l("Akun"),
    Topic.SIGN_INS: _l("Sesi masuk dan langkah kedua"),
    Topic.CONSENT: _l("Persetujuan"),
    Topic.MEMBERSHIP: _l("Keanggotaan"),
    Topic.ORGANISATION: _l("Organisasi"),
    Topic.CONTENT: _l("Peluang, minat, dan jawaban"),
    Topic.FILES: _l("Berkas yang diunggah"),
    Topic.NEWS: _l("Kabar dan surat"),
    Topic.TRAIL: _l("Catatan audit"),
    Topic.RIGHTS: _l("Permintaan atas data"),
}
WHAT = {
    Topic.ACCOUNT: _l(
        "Nama, surel, bahasa, kata sandi (hanya hash Argon2id yang tidak dapat dibaca kembali)."
    ),
    Topic.SIGN_INS: _l(
        "Waktu masuk dan jenis peramban; kunci sandi, aplikasi autentikator, dan kode pemulihan. Alamat internet tidak disimpan."
    ),
    Topic.CONSENT: _l("Ketentuan dan kebijakan yang disetujui atau ditarik, versinya, dan waktunya."),
    Topic.MEMBERSHIP: _l("Organisasi tempat Anda menjadi anggota, peran Anda, dan sejak kapan."),
    Topic.ORGANISATION: _l(
        "Organisasi yang Anda daftarkan: unit, surel, dan telepon kantor, pernyataan, profil."
    ),
    Topic.CONTENT: _l("Yang Anda tulis untuk organisasi Anda, dan catatan yang Anda beri sebagai peninjau."),
    Topic.FILES: _l("Nama berkas, ukuran, waktu, dan isinya."),
    Topic.NEWS: _l(
        "Kabar di kotak masuk, surel yang dikirim kepada Anda, yang Anda ikuti, simpan, dan cari, serta catatan Anda."
    ),
    Topic.TRAIL: _l("Nomor akun, nomor objek, kode peristiwa, waktu; nama dan kata-kata disimpan terpisah."),
    Topic.RIGHTS: _l("Salinan yang Anda minta dan permintaan penghapusan."),
}
WHY = {
    Topic.ACCOUNT: _l("Mengenali Anda dan menulis kepada Anda dalam bahasa Anda."),
    Topic.SIGN_INS: _l("Memastikan bahwa Anda yang masuk, dan mengakhiri sesi juga dari peramban lain."),
    Topic.CONSENT: _l("Menunjukkan kapan Anda setuju dan kapan tidak lagi."),
    Topic.MEMBERSHIP: _l("Menentukan apa yang boleh Anda lihat dan lakukan."),
    Topic.ORGANISATION: _l("Memverifikasi organisasi dan mempertemukannya dengan pihak lain."),
    Topic.CONTENT: _l("Isi layanan ini."),
    Topic.FILES: _l("Bukti organisasi, dokumen peluang, lampiran minat."),
    Topic.NEWS: _l("Memberi tahu Anda apa yang terjadi dan apa yang menunggu."),
    Topic.TRAIL: _l("Menjelaskan setiap keputusan di kemudian hari."),
    Topic.RIGHTS: _l("Menjalankan hak Anda."),
}
WHO = {
    Topic.ACCOUNT: _l("Anda. Nama Anda: rekan seorganisasi dan moderator; bukan pihak lain."),
    Topic.SIGN_INS: _l("Anda."),
    Topic.CONSENT: _l("Anda."),
    Topic.MEMBERSHIP: _l("Anda, rekan seorganisasi, dan moderator."),
    Topic.ORGANISATION: _l(
        "Anggota dan moderator. Kontak kantor: pihak yang diperkenalkan. Profil mitra terverifikasi: publik."
    ),
    Topic.CONTENT: _l(
        "Organisasi Anda; minat: juga Pemda yang dituju; peluang yang terbit: publik; pertanyaan: publik, tanpa penanya."
        " Moderator."
    ),
    Topic.FILES: _l(
        "Yang boleh membaca tempat berkas itu dipasang. Bukti organisasi: anggota dan moderator."
    ),
    Topic.NEWS: _l("Anda."),
    Topic.TRAIL: _l("Moderator; riwayat tiap objek: pihaknya sendiri."),
    Topic.RIGHTS: _l("Anda."),
}


def _days(keep: Keep) -> int:
    return PERIODS[keep].days


HOW_LONG = {
    Topic.ACCOUNT: _l(
        "Selama akun ada. Akun yang surelnya tidak pernah dikonfirmasi: %(hari)s hari.",
        hari=_days(Keep.UNCONFIRMED_ACCOUNT),
    ),
    Topic.SIGN_INS: _l(
        "Sesi: %(hari)s hari sesudah berakhir. Langkah kedua: sampai Anda melepasnya.",
        hari=_days(Keep.SIGN_IN),
    ),
    Topic.CONSENT: _l("Tetap, tanpa nama sesudah akun dihapus."),
    Topic.MEMBERSHIP: _l(
        "Selama Anda anggota. Undangan: %(hari)s hari sesudah berakhir.", hari=_days(Keep.INVITATION)
    ),
    Topic.ORGANISATION: _l("Selama organisasi terdaftar."),
    Topic.CONTENT: _l(
        "Selama diperlukan untuk menunjukkan bagaimana keputusan diambil. Draf yang tak pernah dikirim dari organisasi"
        " tanpa anggota: %(hari)s hari.",
        hari=_days(Keep.LONE_DRAFT),
    ),
    Topic.FILES: _l("Selama dipasang pada sesuatu; sesudah dilepas, %(hari)s hari.", hari=SAFE_AGE.days),
    Topic.NEWS: _l(
        "Kabar: %(kabar)s hari sesudah dibaca. Surat: isinya dikosongkan begitu terkirim, catatannya %(surat)s hari.",
        kabar=_days(Keep.READ_NOTICE),
        surat=_days(Keep.SENT_LETTER),
    ),
    Topic.TRAIL: _l("Nomor dan kode tetap; nama Anda sampai akun dihapus."),
    Topic.RIGHTS: _l("Salinan: %(hari)s hari. Permintaan: tetap, tanpa nama.", hari=_days(Keep.COPY)),
}
CONSENT = {
    ConsentKind.TERMS: _l("Ketentuan"),
    ConsentKind.PRIVACY: _l("Kebijakan privasi"),
}
STEP: dict[ConsentStep, tuple[str, str, Any]] = {
    ConsentStep.GIVEN: ("good", "check-lg", _l("disetujui")),
    ConsentStep.WITHDRAWN: ("neutral", "x-lg", _l("ditarik")),
}
# Tables of the copy, as people may call them.
TABLE = {
    "users": _l("Akun"),
    "user_roles": _l("Peran sebagai staf"),
    "sign_ins": _l("Sesi masuk"),
    "passkeys": _l("Kunci sandi"),
    "authenticators": _l("Aplikasi autentikator"),
    "recovery_codes": _l("Kode pemulihan"),
    "address_changes": _l("Pergantian alamat surel"),
    "consents": _l("Persetujuan"),
    "organisations": _l("Organisasi yang Anda daftarkan"),
    "members": _l("Keanggotaan"),
    "member_invitations": _l("Undangan kepada Anda"),
    "approval_stand_ins": _l("Pengganti penyetuju"),
    "successions": _l("Penunjukan Anda sebagai pemilik"),
    "region_heads": _l("Kepala daerah yang Anda catat"),
    "guidances": _l("Pendampingan yang Anda minta atau jawab"),
    "organisation_proofs": _l("Bukti organisasi"),
    "partner_profiles": _l("Profil mitra"),
    "track_records": _l("Rekam jejak mitra"),
    "standing_offers": _l("Tawaran mitra"),
    "match_reports": _l("Laporan tentang saran"),
    "opportunities": _l("Peluang yang Anda mulai"),
    "opportunity_versions": _l("Naskah peluang yang terakhir Anda sunting"),
    "assistances": _l("Bantuan menulis yang Anda mulai atau akhiri"),
    "assistance_writers": _l("Peluang yang Anda bantu tulis"),
    "version_editors": _l("Naskah yang sedang Anda sunting"),
    "version_writings": _l("Isian peluang yang Anda tulis"),
    "version_marks": _l("Catatan pada isian"),
    "opportunity_documents": _l("Dokumen peluang"),
    "opportunity_addenda": _l("Tambahan pada peluang yang tampil"),
    "version_comments": _l("Komentar pada naskah peluang"),
    "recommendations": _l("Rekomendasi peluang"),
    "province_shares": _l("Draf yang Anda bagikan kepada provinsi"),
    "forwardings": _l("Peluang yang Anda teruskan"),
    "questions": _l("Pertanyaan yang Anda ajukan"),
    "question_wordings": _l("Jawaban untuk umum yang Anda tulis"),
    "interests": _l("Minat yang Anda tulis"),
    "interest_invitations": _l("Undangan yang Anda kirim kepada mitra"),
    "collaborations": _l("Keputusan penjodohan"),
    "match_dismissals": _l("Saran kecocokan yang Anda sisihkan"),
    "match_hand_suggestions": _l("Kecocokan yang Anda sarankan sendiri"),
    "match_models": _l("Bobot kecocokan yang Anda tetapkan"),
    "match_opt_outs": _l("Mitra yang Anda keluarkan dari pencocokan"),
    "suggestion_letters": _l("Surel saran untuk Anda"),
    "suggestions_told": _l("Peluang yang disarankan kepada Anda lewat surel"),
    "innovation_wants": _l("Inovasi yang dibutuhkan daerah"),
    "holds": _l("Kasus yang Anda pegang"),
    "blobs": _l("Berkas"),
    "notices": _l("Kabar"),
    "followers": _l("Yang Anda ikuti"),
    "saved_searches": _l("Pencarian yang Anda simpan"),
    "bookmarks": _l("Peluang yang Anda simpan"),
    "mail_deliveries": _l("Surat"),
    "audit_events": _l("Peristiwa"),
    "audit_words": _l("Nama dan kata-kata peristiwa"),
    "data_exports": _l("Salinan data"),
    "erasures": _l("Permintaan penghapusan"),
}

"""Beginnings of a listing: what is filled in already and which question each field asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marketplace.core.words import LazyString, _l


@dataclass(frozen=True, slots=True)
class ListingTemplate:
    """`content` is put into the first draft; `hints` are shown at the fields in place of the usual ones."""

    code: str
    name: LazyString
    about: LazyString
    content: Mapping[str, Any] = field(default_factory=dict)
    hints: Mapping[str, LazyString] = field(default_factory=dict)


HINTS: dict[str, LazyString] = {
    "title": _l("Sebut apa dan di mana, misalnya “Penerangan jalan umum Kecamatan Matuari”."),
    "summary": _l("Satu kalimat yang dibaca orang pertama kali."),
    "sector_code": _l("Dimensi kota cerdas mengikuti sektornya."),
    "problem": _l(
        "Apa yang terjadi hari ini, di mana, dan apa akibatnya bagi warga."
        " Satu angka lebih kuat daripada tiga kalimat. Sedikitnya 120 huruf."
    ),
    "users_served": _l("Sebut kelompok dan jumlahnya, misalnya “216.026 warga di 8 kecamatan”."),
    "why_now": _l("Kewajiban, kontrak yang habis, atau anggaran yang tersedia."),
    "existing": _l(
        "Aset, sistem, kontrak, atau kajian yang sudah ada. Tulis “belum ada” bila memang begitu."
    ),
    "sought": _l("Peran mitra: merancang, membangun, membiayai, mengoperasikan, atau memasok."),
    "expected_result": _l("Hasil yang dapat diukur, dan kapan."),
    "partner_kinds": _l("Pilih semua yang dapat Anda terima."),
    "must_haves": _l("Paling banyak lima butir yang dapat diperiksa, satu butir satu baris."),
    "nice_to_haves": _l("Hal yang menambah nilai, tetapi tidak menggugurkan."),
    "scheme_codes": _l("Pilih satu atau beberapa yang masih dipertimbangkan."),
    "value_amount": _l(
        "Tulis seperti biasa, misalnya “Rp549,0 M” atau “100,6 miliar”. Kosongkan bila belum tahu."
    ),
    "sought_amount": _l("Bagian yang dicari dari mitra. Kosongkan bila belum tahu."),
    "idr_rate": _l("Hanya bila nilainya bukan rupiah: berapa rupiah untuk satu satuan mata uang itu."),
    "price_year": _l("Tahun dasar harga, misalnya 2026."),
    "irr_percent": _l("Dalam persen, misalnya 15,69."),
    "npv_amount": _l("Tulis seperti nilai investasi."),
    "payback_years": _l("Dalam tahun, misalnya 7,5."),
    "benefit_cost_ratio": _l("Misalnya 1,4."),
    "finance_source": _l("Nama dokumen dan tahunnya, misalnya “Pra-FS, 2025”."),
    "readiness": _l("Anak tangga tertinggi yang buktinya ada."),
    "readiness_evidence": _l("Dokumen atau keputusan yang membuktikan tahap itu."),
    "land_permits": _l("Status lahan, izin yang ada, dan yang masih diurus."),
    "plan_reference": _l("RPJMD, RKPD, atau rencana induk kota cerdas, dengan halamannya."),
    "local_character": _l("Kekhasan daerah yang membuat proyek ini masuk akal di sini."),
    "connectivity": _l("Jalan, pelabuhan, listrik, dan jaringan data di lokasi."),
    "incentives": _l("Keringanan atau dukungan yang sudah diputuskan daerah."),
    "question_deadline": _l("Sesudah tanggal ini pertanyaan tidak diterima."),
    "interest_deadline": _l("Berlaku sampai akhir hari itu menurut waktu daerah Anda."),
    "decision_expected": _l("Kapan daerah memperkirakan keputusannya."),
    "contact_role": _l("Jabatan atau bagian, bukan nama atau nomor telepon pribadi."),
}

BLANK = ListingTemplate(
    "kosong", _l("Kosong"), _l("Semua isian kosong, dengan petunjuk umum."),
)  # fmt: skip
PUBLIC_SERVICE_MALL = ListingTemplate(
    "mal-pelayanan-publik",
    _l("Mal pelayanan publik"),
    _l("Gedung atau gerai layanan bersama, dengan antrean dan berkas digital."),
    content={
        "title_id": "Mal pelayanan publik",
        "dimension_code": "smart-governance",
        "sector_code": "public-service-mall",
        "partner_kinds": ["startup", "operator", "fintech"],
        "must_haves_id": [
            "Pernah mengoperasikan layanan antrean atau gerai layanan bersama",
            "Data warga disimpan di Indonesia",
        ],
    },
    hints={
        "problem": _l(
            "Berapa jenis izin dan layanan, di berapa gedung, berapa lama warga menunggu, dan apa akibatnya."
            " Sedikitnya 120 huruf."
        ),
        "users_served": _l("Jumlah pemohon setahun, usaha yang dilayani, dan instansi yang akan bergabung."),
        "existing": _l(
            "Gedung atau lahan yang tersedia, aplikasi layanan yang sudah jalan, dan instansi yang sudah sepakat."
        ),
        "sought": _l(
            "Apa yang diminta dari mitra: gedung dan interior, antrean dan berkas digital, pembayaran,"
            " atau pengelolaan."
        ),
        "expected_result": _l(
            "Misalnya jumlah layanan di satu tempat, lama tunggu, dan nilai survei kepuasan."
        ),
        "land_permits": _l(
            "Milik siapa gedungnya, luasnya, dan apakah sudah tercatat sebagai barang milik daerah."
        ),
    },
)
INTEGRATED_TICKETING = ListingTemplate(
    "tiket-terpadu",
    _l("Tiket terpadu"),
    _l("Satu tiket dan satu pembayaran untuk angkutan, wisata, atau parkir."),
    content={
        "title_id": "Tiket terpadu",
        "dimension_code": "smart-living",
        "sector_code": "integrated-ticketing",
        "partner_kinds": ["fintech", "startup", "operator"],
        "must_haves_id": [
            "Berizin atau bekerja sama dengan penyelenggara jasa pembayaran berizin",
            "Menerima QRIS dan kartu uang elektronik",
        ],
    },
    hints={
        "problem": _l(
            "Cara membayar sekarang, kebocoran atau antrean yang terjadi, dan berapa nilainya. Sedikitnya 120 huruf."
        ),
        "users_served": _l("Penumpang atau pengunjung sehari, jumlah koridor, halte, atau tempat wisata."),
        "existing": _l("Operator, alat baca kartu, kontrak, dan aturan tarif yang sudah ada."),
        "sought": _l(
            "Perangkat, perangkat lunak, kliring antaroperator, atau pembiayaannya dengan bagi hasil."
        ),
        "expected_result": _l("Misalnya bagian pembayaran nontunai, pendapatan tercatat, dan waktu naik."),
        "incentives": _l("Jaminan minimum, bagi hasil, atau hak iklan yang ditawarkan."),
    },
)
SMART_TRANSPORTATION = ListingTemplate(
    "transportasi-cerdas",
    _l("Transportasi cerdas"),
    _l("Lampu lalu lintas adaptif, angkutan umum, atau parkir yang saling terhubung."),
    content={
        "title_id": "Transportasi cerdas",
        "dimension_code": "smart-living",
        "sector_code": "smart-traffic",
        "partner_kinds": ["startup", "operator", "investor"],
        "must_haves_id": [
            "Pernah memasang sistem serupa di sedikitnya satu kota",
            "Antarmuka data terbuka dan terdokumentasi",
        ],
    },
    hints={
        "problem": _l(
            "Ruas dan simpang yang macet, kecepatan pada jam sibuk, dan kerugiannya. Sedikitnya 120 huruf."
        ),
        "users_served": _l("Kendaraan dan penumpang sehari, koridor, dan kawasan yang dilalui."),
        "existing": _l(
            "Simpang ber-APILL, kamera, pusat kendali, armada, dan kajian lalu lintas yang sudah ada."
        ),
        "sought": _l("Perangkat simpang, pusat kendali, armada, parkir, atau operasinya sesudah dibangun."),
        "expected_result": _l(
            "Misalnya waktu tempuh turun sekian persen, penumpang naik, atau emisi berkurang."
        ),
        "connectivity": _l("Serat optik, listrik, dan ruang di simpang atau halte."),
    },
)
TEMPLATES = {
    template.code: template
    for template in (PUBLIC_SERVICE_MALL, INTEGRATED_TICKETING, SMART_TRANSPORTATION, BLANK)
}


def hints_of(code: str) -> dict[str, LazyString]:
    """The question at each field, for a listing begun from that template."""
    return HINTS | dict(TEMPLATES.get(code, BLANK).hints)


def template_name(code: str) -> LazyString:
    """What the template is called that a listing began from."""
    return TEMPLATES.get(code, BLANK).name

"""Beginnings of a listing: what is filled in already and which question each field asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marketplace.core.words import LazyString, _l


@dataclass(frozen=True, slots=True)
class ListingTemplate:
    """`content` is put into the first draft; `hints` are shown at the fields in place of the usual ones.

    `example` shows how such a listing reads, beside the form.
    """

    code: str
    name: LazyString
    about: LazyString
    content: Mapping[str, Any] = field(default_factory=dict)
    hints: Mapping[str, LazyString] = field(default_factory=dict)
    example: LazyString | str = ""


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
    "kbli_code": _l(
        "Mitra mencari dengan kode ini. Saran disusun dari judul, ringkasan, dan sektor yang tersimpan."
    ),
    "must_codes": _l(
        "Dibandingkan dengan profil mitra ketika kecocokan dihitung. Bersama syarat yang Anda tulis, paling banyak lima."
    ),
    "must_haves": _l("Paling banyak lima butir yang dapat diperiksa, satu butir satu baris."),
    "nice_to_haves": _l("Hal yang menambah nilai, tetapi tidak menggugurkan."),
    "capability_codes": _l(
        "Ditimbang ketika kecocokan dihitung, tidak menggugurkan. Kosongkan bila belum tahu."
    ),
    "language_codes": _l(
        "Bahasa yang dipakai bekerja bersama. Bila kosong, dipakai bahasa naskah peluang ini."
    ),
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
    example=_l(
        "“Warga mendatangi 11 kantor di 6 gedung untuk mengurus satu usaha; sepertiga berkas kembali karena kurang lengkap."
        " Dicari mitra untuk antrean, berkas digital, dan pengelolaan 40 gerai selama 5 tahun.” Jumlah kantor, gedung, dan gerai"
        " disebut sejak awal."
    ),
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
    example=_l(
        "“Tiga operator, tiga kartu; 62% penumpang membayar tunai dan setoran baru terhitung keesokan harinya. Dicari mitra untuk"
        " 180 alat baca dan kliring, dengan bagi hasil.” Cara membayar hari ini dan cara mitra dibayar sama-sama terbaca."
    ),
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
    example=_l(
        "“Pada pukul 07.00 kecepatan di 14 simpang pusat kota tinggal 11 km/jam. Dicari mitra untuk lampu adaptif di simpang itu,"
        " dioperasikan 3 tahun, dengan target waktu tempuh turun 20%.” Tempat, angka sekarang, dan targetnya jelas."
    ),
)
WASTE = ListingTemplate(
    "persampahan",
    _l("Persampahan"),
    _l("Pengumpulan, pemilahan, dan pengolahan sampah, sampai menjadi bahan bakar, kompos, atau listrik."),
    content={
        "title_id": "Pengolahan sampah",
        "dimension_code": "smart-environment",
        "sector_code": "waste",
        "partner_kinds": ["investor", "operator", "bumd"],
        "must_haves_id": [
            "Pernah mengoperasikan pengolahan sampah berkapasitas serupa",
            "Teknologinya memenuhi baku mutu lingkungan",
        ],
    },
    hints={
        "problem": _l(
            "Berapa ton sehari yang timbul, yang terangkut, dan sisa umur TPA; apa akibatnya. Sedikitnya 120 huruf."
        ),
        "users_served": _l(
            "Rumah tangga dan kecamatan yang dilayani, misalnya “84.000 rumah tangga, 8 kecamatan”."
        ),
        "existing": _l(
            "TPA dan TPS3R, armada, hasil uji komposisi sampah, dan calon pembeli hasil olahannya."
        ),
        "sought": _l("Pengangkutan, pemilahan, pengolahan, penjualan hasilnya, atau seluruh rantainya."),
        "expected_result": _l(
            "Misalnya ton terolah sehari, bagian yang masih ditimbun, dan mulai tahun berapa."
        ),
        "incentives": _l(
            "Biaya layanan pengolahan per ton, jaminan pasokan, atau kontrak pembelian yang ditawarkan."
        ),
        "land_permits": _l("Luas dan status lahan TPA, persetujuan lingkungan, dan jarak dari permukiman."),
    },
    example=_l(
        "“Pabrik briket di 3 ha lahan TPA Bakung, Bandar Lampung, dengan calon pembeli PLTU; pembagian biaya pemkot, pusat,"
        " dan badan usaha.” Lahan, hasil olahan, dan pembelinya disebut sejak awal."
    ),
)
STREET_LIGHTING = ListingTemplate(
    "penerangan-jalan",
    _l("Penerangan jalan umum"),
    _l("Lampu jalan hemat energi dengan meterisasi dan pemantauan, dibayar menurut layanan."),
    content={
        "title_id": "Penerangan jalan umum",
        "dimension_code": "smart-living",
        "sector_code": "street-lighting",
        "partner_kinds": ["investor", "operator"],
        "scheme_codes": ["kpbu"],
        "must_haves_id": [
            "Pernah memasang dan merawat sedikitnya 1.000 titik lampu jalan",
            "Lampu dan kendali memenuhi SNI penerangan jalan",
        ],
    },
    hints={
        "problem": _l(
            "Berapa titik yang menyala, yang mati, dan yang tanpa meter; berapa tagihan listriknya. Sedikitnya 120 huruf."
        ),
        "users_served": _l(
            "Panjang jalan dan kawasan yang diterangi, misalnya “312 km jalan kota di 8 kecamatan”."
        ),
        "existing": _l(
            "Jumlah titik menurut jenis dan daya, hasil survei, tiang milik siapa, dan kontrak pemeliharaannya."
        ),
        "sought": _l("Penggantian lampu, meterisasi, kendali jarak jauh, pemeliharaan, dan pembiayaannya."),
        "expected_result": _l(
            "Misalnya jumlah titik LED, penghematan listrik, dan waktu perbaikan lampu padam."
        ),
        "finance_source": _l(
            "Misalnya “Studi pendahuluan 2025”, dan besar tagihan listrik tiga tahun terakhir."
        ),
    },
    example=_l(
        "“7.459 titik lampu jalan LED dengan meterisasi; masa layanan 10 tahun.” Kabupaten Madiun menyebut jumlah titik,"
        " masa layanan, dan cara bayarnya sejak awal."
    ),
)
WATER = ListingTemplate(
    "air-minum",
    _l("Air minum"),
    _l("Sumber air baku, pengolahan, jaringan, dan pengurangan air tak berekening."),
    content={
        "title_id": "Penyediaan air minum",
        "dimension_code": "smart-living",
        "sector_code": "water-supply",
        "partner_kinds": ["investor", "operator", "bumd"],
        "scheme_codes": ["kpbu"],
        "must_haves_id": [
            "Pernah mengoperasikan instalasi pengolahan air minum",
            "Kualitas air memenuhi peraturan menteri kesehatan",
        ],
    },
    hints={
        "problem": _l(
            "Cakupan layanan, jam mengalir, kehilangan air, dan wilayah yang belum terlayani. Sedikitnya 120 huruf."
        ),
        "users_served": _l("Sambungan rumah sekarang dan yang dituju, misalnya “126.000 sambungan rumah”."),
        "existing": _l(
            "Debit sumber dan izinnya, kapasitas instalasi, panjang jaringan, dan keadaan keuangan perumda."
        ),
        "sought": _l("Instalasi, jaringan, meter cerdas, pengurangan kehilangan air, atau operasinya."),
        "expected_result": _l(
            "Misalnya liter per detik tambahan, sambungan baru, dan kehilangan air yang tersisa."
        ),
        "incentives": _l(
            "Kontrak pembelian air, penyesuaian tarif, atau dukungan kelayakan yang sudah diputuskan."
        ),
    },
    example=_l(
        "“Penyediaan 1.750 liter per detik untuk sekitar 126.000 sambungan rumah di kawasan Denpasar.” Debit dan jumlah"
        " sambungan membuat ukurannya langsung terbayang."
    ),
)
HEALTH = ListingTemplate(
    "kesehatan",
    _l("Kesehatan"),
    _l("Rumah sakit, rekam medis, rujukan, dan layanan jarak jauh."),
    content={
        "title_id": "Layanan kesehatan",
        "dimension_code": "smart-living",
        "sector_code": "health",
        "partner_kinds": ["investor", "operator", "startup"],
        "must_haves_id": [
            "Rekam medis terhubung dengan SATUSEHAT",
            "Data pasien disimpan di Indonesia",
        ],
    },
    hints={
        "problem": _l(
            "Lama tunggu, pasien yang dirujuk ke luar daerah, dan layanan yang belum ada. Sedikitnya 120 huruf."
        ),
        "users_served": _l("Penduduk, kunjungan setahun, dan puskesmas yang merujuk ke sana."),
        "existing": _l(
            "Kelas rumah sakit, tempat tidur, tenaga, sistem informasi yang dipakai, dan izinnya."
        ),
        "sought": _l("Gedung, alat, sistem informasi, pengelolaan nonklinis, atau pembiayaannya."),
        "expected_result": _l(
            "Misalnya tempat tidur baru, lama tunggu, dan rujukan ke luar daerah yang berkurang."
        ),
        "incentives": _l("Pembayaran ketersediaan layanan dari APBD, atau jaminan yang sudah diputuskan."),
    },
    example=_l(
        "“Pengembangan rumah sakit rujukan dengan 257 tempat tidur; IRR 15,69% dan pengembalian lewat ketersediaan layanan"
        " dari APBD.” RSUD dr. Hasri Ainun Habibie menyebut ukuran, angka, dan sumber bayarnya."
    ),
)
MARKET = ListingTemplate(
    "pasar-umkm",
    _l("Pasar dan digitalisasi UMKM"),
    _l("Pasar rakyat, pembayaran nontunai, lokapasar, dan pembiayaan usaha kecil."),
    content={
        "title_id": "Digitalisasi pasar dan UMKM",
        "dimension_code": "smart-economy",
        "sector_code": "msme",
        "partner_kinds": ["fintech", "marketplace", "startup"],
        "must_haves_id": [
            "Tidak memungut biaya pendaftaran dari pedagang",
            "Jasa keuangannya berizin OJK atau Bank Indonesia",
        ],
    },
    hints={
        "problem": _l(
            "Jumlah pedagang dan pasar, cara berjualan dan membayar sekarang, dan apa yang hilang. Sedikitnya 120 huruf."
        ),
        "users_served": _l("Misalnya “6.200 pedagang di 14 pasar dan 21.000 UMKM terdaftar”."),
        "existing": _l(
            "Pasar dan pengelolanya, data pedagang, retribusi elektronik, dan jaringan internet di pasar."
        ),
        "sought": _l(
            "Pembayaran, lokapasar, pencatatan usaha, pembiayaan, pendampingan, atau pengelolaan pasar."
        ),
        "expected_result": _l(
            "Misalnya pedagang yang menerima QRIS, omzet daring, dan retribusi yang tercatat."
        ),
        "incentives": _l("Keringanan retribusi, ruang di pasar, atau bagi hasil yang ditawarkan."),
    },
    example=_l(
        "“6.200 pedagang di 14 pasar; 9 dari 10 menerima tunai saja dan retribusi dicatat di buku. Dicari mitra pembayaran dan"
        " pencatatan usaha, tanpa biaya bagi pedagang pada tahun pertama.” Siapa yang membayar apa sudah terbaca."
    ),
)
TEMPLATES = {
    template.code: template
    for template in (
        PUBLIC_SERVICE_MALL, INTEGRATED_TICKETING, SMART_TRANSPORTATION, WASTE, STREET_LIGHTING, WATER, HEALTH, MARKET,
        BLANK,
    )
}  # fmt: skip


def template_of(code: str) -> ListingTemplate:
    """The template that a listing began from."""
    return TEMPLATES.get(code, BLANK)


def hints_of(code: str) -> dict[str, LazyString]:
    """The question at each field, for a listing begun from that template."""
    return HINTS | dict(template_of(code).hints)

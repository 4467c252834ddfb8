"""Words of suggestions: factors, what speaks for and against, what nobody has said, how well two fit.

They say "profil mitra" and "peluang", never "Anda", so that both sides and a moderator read the same.
"""

from dataclasses import dataclass

from marketplace.core.words import LazyString, _l
from marketplace.matching.factors import Side, Why
from marketplace.matching.measure import Fit
from marketplace.matching.rules import DismissReason
from marketplace.matching.settings import Factor


@dataclass(frozen=True, slots=True)
class Words:
    """A few words, and the sentence that names what they rest on."""

    title: LazyString
    text: LazyString


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not known; `act` closes it, and `place` is the input or page where that is done."""

    title: LazyString
    text: LazyString
    act: LazyString
    place: str


@dataclass(frozen=True, slots=True)
class FitLabel:
    """`glyph` as components/glyph.html draws it."""

    glyph: str
    text: LazyString


FIT = {
    Fit.STRONG: FitLabel("kuat", _l("Cocok kuat")),
    Fit.PARTIAL: FitLabel("sebagian", _l("Cocok sebagian")),
    Fit.WEAK: FitLabel("lemah", _l("Kecocokan lemah")),
    Fit.UNKNOWN: FitLabel("belum", _l("Belum bisa dinilai")),
    Fit.EXCLUDED: FitLabel("lemah", _l("Syarat wajib tidak terpenuhi")),
}

FACTOR = {
    Factor.SECTOR: _l("Sektor"),
    Factor.REGION: _l("Wilayah"),
    Factor.VALUE: _l("Nilai per proyek"),
    Factor.SCHEME: _l("Skema"),
    Factor.READINESS: _l("Kesiapan"),
    Factor.TEXT: _l("Isi uraian"),
    Factor.KIND: _l("Jenis mitra"),
    Factor.MUST_HAVES: _l("Syarat wajib"),
    Factor.CAPABILITY: _l("Kemampuan"),
    Factor.EXPERIENCE: _l("Rekam jejak"),
    Factor.CAPACITY: _l("Kapasitas dana"),
    Factor.LANGUAGE: _l("Bahasa"),
    Factor.LEVEL: _l("Tingkat verifikasi"),
}

# What each factor compares, for the page that tells how suggestions are made.
COMPARES = {
    Factor.SECTOR: _l("Sektor peluang dengan sektor di profil mitra; sektor lain dari dimensi yang sama dihitung sebagian."),
    Factor.REGION: _l("Provinsi peluang dengan provinsi di profil mitra; provinsi tetangga dihitung sebagian."),
    Factor.VALUE: _l("Dana yang dicari (bila tidak ada: nilai investasi) dengan kisaran nilai di profil mitra."),
    Factor.SCHEME: _l("Skema yang ditawarkan dengan skema yang dijalani mitra; satu yang sama sudah cukup."),
    Factor.READINESS: _l("Tingkat kesiapan peluang dengan tingkat yang dicari mitra."),
    Factor.TEXT: _l("Kata dasar yang sama dalam uraian peluang dan uraian serta rekam jejak mitra, Indonesia dan Inggris."),
    Factor.KIND: _l("Jenis mitra yang dicari dengan jenis mitra."),
    Factor.MUST_HAVES: _l("Syarat wajib yang dapat diperiksa dari profil mitra."),
    Factor.CAPABILITY: _l("Kemampuan yang dicari dengan yang dapat dikerjakan mitra."),
    Factor.EXPERIENCE: _l("Proyek yang pernah dikerjakan mitra, juga peluang di sini yang menerimanya."),
    Factor.CAPACITY: _l("Dana yang dicari dengan nilai terbesar yang pernah dikerjakan atau dinyatakan mitra."),
    Factor.LANGUAGE: _l("Bahasa kerja peluang, atau bila tidak disebut bahasa naskahnya, dengan bahasa profil mitra."),
    Factor.LEVEL: _l("Seberapa jauh data mitra sudah diperiksa: verifikasi, masa berlaku dokumen, bukti rekam jejak."),
}  # fmt: skip

WHY = {
    Why.SECTOR_SHARED: Words(_l("Sektor sama"), _l("%(sector)s ada di profil mitra.")),
    Why.SECTOR_RELATED: Words(
        _l("Sektor berdekatan"), _l("Peluang: %(sector)s. Profil mitra, dari dimensi yang sama: %(sectors)s.")
    ),
    Why.SECTOR_OTHER: Words(_l("Sektor lain"), _l("Peluang: %(sector)s. Profil mitra: %(sectors)s.")),
    Why.REGION_NAMED: Words(_l("Provinsinya disebut"), _l("%(province)s ada di profil mitra.")),
    Why.REGION_NEAR: Words(
        _l("Provinsi tetangga"), _l("%(province)s berdekatan dengan wilayah di profil mitra: %(provinces)s.")
    ),
    Why.REGION_ANY: Words(_l("Seluruh Indonesia"), _l("Profil mitra tidak membatasi provinsi.")),
    Why.REGION_OTHER: Words(
        _l("Di luar wilayah mitra"), _l("Peluang: %(province)s. Profil mitra: %(provinces)s.")
    ),
    Why.VALUE_WITHIN: Words(_l("Nilai dalam kisaran"), _l("%(amount)s; kisaran mitra %(range)s.")),
    Why.VALUE_BELOW: Words(_l("Di bawah kisaran nilai"), _l("%(amount)s; mitra mencari mulai %(smallest)s.")),
    Why.VALUE_ABOVE: Words(_l("Di atas kisaran nilai"), _l("%(amount)s; mitra mencari sampai %(largest)s.")),
    Why.VALUE_WITHOUT_TOP: Words(
        _l("Batas atas nilai belum disebut"), _l("%(amount)s; mitra mencari mulai %(smallest)s.")
    ),
    Why.SCHEME_SHARED: Words(_l("Skema sama"), _l("%(schemes)s ada di profil mitra.")),
    Why.SCHEME_OTHER: Words(_l("Skema lain"), _l("Profil mitra: %(schemes)s.")),
    Why.READINESS_ENOUGH: Words(_l("Kesiapan cukup"), _l("Tingkat %(rung)s; mitra mencari mulai %(from)s.")),
    Why.READINESS_ANY: Words(
        _l("Semua tingkat kesiapan"), _l("Profil mitra tidak membatasi tingkat kesiapan.")
    ),
    Why.READINESS_TOO_EARLY: Words(
        _l("Belum cukup siap"), _l("Tingkat %(rung)s; mitra mencari mulai %(from)s.")
    ),
    Why.TEXT_SHARED: Words(_l("Uraian sejalan"), _l("Kata dasar yang sama: %(terms)s.")),
    Why.TEXT_OTHER: Words(_l("Uraian berbeda"), _l("Sedikit kata yang sama dalam kedua uraian.")),
    Why.KIND_WANTED: Words(_l("Jenis mitra dicari"), _l("%(kind)s termasuk yang dicari.")),
    Why.KIND_OTHER: Words(_l("Jenis mitra lain dicari"), _l("Dicari: %(kinds)s. Profil mitra: %(kind)s.")),
    Why.MUST_HAVES_NONE: Words(
        _l("Tanpa syarat wajib"), _l("Tidak ada syarat wajib yang diperiksa dari profil.")
    ),
    Why.MUST_HAVES_ALL: Words(_l("Semua syarat wajib terpenuhi"), _l("Menurut profil mitra: %(met)s.")),
    Why.MUST_HAVES_SOME: Words(
        _l("Syarat wajib belum jelas"), _l("Belum terjawab di profil mitra: %(unknown)s.")
    ),
    Why.CAPABILITY_ALL: Words(_l("Semua kemampuan ada"), _l("%(shared)s.")),
    Why.CAPABILITY_SOME: Words(
        _l("Sebagian kemampuan ada"), _l("Ada: %(shared)s. Tidak disebut: %(other)s.")
    ),
    Why.CAPABILITY_OTHER: Words(_l("Kemampuan lain dicari"), _l("Tidak disebut di profil mitra: %(other)s.")),
    Why.EXPERIENCE_SAME: Words(_l("Berpengalaman di sektor ini"), _l("Rekam jejak mencakup %(sector)s.")),
    Why.EXPERIENCE_RELATED: Words(
        _l("Berpengalaman di sektor berdekatan"), _l("Rekam jejak dari dimensi yang sama dengan %(sector)s.")
    ),
    Why.EXPERIENCE_OTHER: Words(
        _l("Pengalaman di sektor ini belum tampak"), _l("Rekam jejak belum menyebut %(sector)s.")
    ),
    Why.CAPACITY_ENOUGH: Words(
        _l("Kapasitas dana cukup"), _l("%(amount)s; kapasitas mitra sampai %(capacity)s.")
    ),
    Why.CAPACITY_BELOW: Words(
        _l("Melebihi kapasitas dana"), _l("%(amount)s; kapasitas mitra sampai %(capacity)s.")
    ),
    Why.LANGUAGE_SHARED: Words(_l("Bahasa sama"), _l("%(languages)s.")),
    Why.LANGUAGE_OTHER: Words(_l("Bahasa lain"), _l("Profil mitra hanya berbahasa %(languages)s.")),
    Why.LEVEL: Words(_l("Sudah diperiksa"), _l("Tingkat verifikasi %(level)s dari %(top)s.")),
    Why.NOT_SAID: Words(_l("Belum dinyatakan"), _l("Salah satu pihak belum menyatakannya.")),
}
# What may speak for a pair or against it, by how much of it there is: said where it is the less usual of the two.
WHY_FOR = {
    Why.VALUE_BELOW: Words(
        _l("Sedikit di bawah kisaran nilai"), _l("%(amount)s; mitra mencari mulai %(smallest)s.")
    ),
    Why.VALUE_ABOVE: Words(
        _l("Sedikit di atas kisaran nilai"), _l("%(amount)s; mitra mencari sampai %(largest)s.")
    ),
    Why.READINESS_TOO_EARLY: Words(
        _l("Hampir cukup siap"), _l("Tingkat %(rung)s; mitra mencari mulai %(from)s.")
    ),
    Why.CAPACITY_BELOW: Words(
        _l("Sedikit melebihi kapasitas dana"), _l("%(amount)s; kapasitas mitra sampai %(capacity)s.")
    ),
    Why.MUST_HAVES_SOME: Words(
        _l("Sebagian syarat wajib terpenuhi"), _l("Terpenuhi: %(met)s. Belum jelas: %(unknown)s.")
    ),
}
WHY_AGAINST = {
    Why.SECTOR_RELATED: Words(
        _l("Hanya sektor berdekatan"),
        _l("Peluang: %(sector)s. Profil mitra, dari dimensi yang sama: %(sectors)s."),
    ),
    Why.REGION_NEAR: Words(
        _l("Hanya provinsi tetangga"),
        _l("%(province)s berdekatan dengan wilayah di profil mitra: %(provinces)s."),
    ),
    Why.CAPABILITY_SOME: Words(
        _l("Tidak semua kemampuan ada"), _l("Ada: %(shared)s. Tidak disebut: %(other)s.")
    ),
    Why.EXPERIENCE_RELATED: Words(
        _l("Pengalaman hanya di sektor berdekatan"),
        _l("Rekam jejak dari dimensi yang sama dengan %(sector)s."),
    ),
    Why.LEVEL: Words(_l("Baru sebagian diperiksa"), _l("Tingkat verifikasi %(level)s dari %(top)s.")),
}

# By factor and who could say it. What no form asks for has no words and is not shown (UNASKED).
MISSING = {
    (Factor.SECTOR, Side.PARTNER): Gap(
        _l("Sektor mitra"), _l("Belum ada di profil mitra."), _l("Pilih sektor"), "sector_codes"
    ),
    (Factor.SECTOR, Side.LISTING): Gap(
        _l("Sektor peluang"), _l("Belum dinyatakan."), _l("Tanyakan"), "sector_code"
    ),
    (Factor.VALUE, Side.PARTNER): Gap(
        _l("Kisaran nilai mitra"), _l("Belum lengkap di profil mitra."), _l("Isi kisaran nilai"), "ticket_min"
    ),
    (Factor.VALUE, Side.LISTING): Gap(
        _l("Dana yang dicari"), _l("Belum dinyatakan."), _l("Tanyakan"), "sought_amount"
    ),
    (Factor.SCHEME, Side.PARTNER): Gap(
        _l("Skema mitra"), _l("Belum ada di profil mitra."), _l("Pilih skema"), "scheme_codes"
    ),
    (Factor.SCHEME, Side.LISTING): Gap(
        _l("Skema peluang"), _l("Belum dinyatakan."), _l("Tanyakan"), "scheme_codes"
    ),
    (Factor.READINESS, Side.LISTING): Gap(
        _l("Kesiapan peluang"), _l("Belum dinyatakan."), _l("Tanyakan"), "readiness"
    ),
    (Factor.TEXT, Side.PARTNER): Gap(
        _l("Uraian mitra"), _l("Belum ada di profil mitra."), _l("Tulis tentang Anda"), "about_id"
    ),
    (Factor.TEXT, Side.LISTING): Gap(
        _l("Uraian peluang"), _l("Belum dinyatakan."), _l("Tanyakan"), "summary_id"
    ),
    (Factor.KIND, Side.LISTING): Gap(
        _l("Jenis mitra yang dicari"), _l("Belum dinyatakan."), _l("Tanyakan"), "partner_kinds"
    ),
    (Factor.MUST_HAVES, Side.PARTNER): Gap(
        _l("Syarat wajib"), _l("Belum terjawab di profil mitra: %(unknown)s."), _l("Lengkapi profil"), "capability_codes"
    ),
    (Factor.CAPABILITY, Side.PARTNER): Gap(
        _l("Kemampuan mitra"), _l("Belum ada di profil mitra."), _l("Pilih yang dapat dikerjakan"), "capability_codes"
    ),
    (Factor.CAPABILITY, Side.LISTING): Gap(
        _l("Kemampuan yang dicari"), _l("Belum dinyatakan."), _l("Tanyakan"), "capability_codes"
    ),
    (Factor.EXPERIENCE, Side.PARTNER): Gap(
        _l("Rekam jejak mitra"), _l("Belum ada proyek dengan sektornya di profil mitra."), _l("Tambahkan rekam jejak"), "records"
    ),
    (Factor.EXPERIENCE, Side.LISTING): Gap(
        _l("Sektor untuk rekam jejak"), _l("Sektor peluang belum dinyatakan."), _l("Tanyakan"), "sector_code"
    ),
    (Factor.CAPACITY, Side.PARTNER): Gap(
        _l("Kapasitas dana mitra"), _l("Belum ada di profil mitra."), _l("Isi nilai terbesar"), "ticket_min"
    ),
    (Factor.CAPACITY, Side.LISTING): Gap(
        _l("Dana yang dicari"), _l("Belum dinyatakan."), _l("Tanyakan"), "sought_amount"
    ),
    (Factor.LANGUAGE, Side.LISTING): Gap(
        _l("Bahasa kerja"), _l("Belum dinyatakan."), _l("Tanyakan"), "language_codes"
    ),
    (Factor.LANGUAGE, Side.PARTNER): Gap(
        _l("Bahasa mitra"), _l("Uraian belum ada di profil mitra."), _l("Tambahkan uraian"), "about_id"
    ),
}  # fmt: skip
# A partner's profile has no input for these that can be left empty.
UNASKED = frozenset({(Factor.KIND, Side.PARTNER), (Factor.LEVEL, Side.PARTNER)})

DISMISS = {
    DismissReason.OTHER_FIELD: _l("Bukan bidang kami"),
    DismissReason.OTHER_PLACE: _l("Bukan wilayah kami"),
    DismissReason.SIZE: _l("Nilainya tidak sesuai"),
    DismissReason.SCHEME: _l("Skemanya tidak sesuai"),
    DismissReason.TIMING: _l("Waktunya belum tepat"),
    DismissReason.IN_TOUCH: _l("Sudah berhubungan di luar Titik Temu"),
    DismissReason.OTHER: _l("Alasan lain"),
}

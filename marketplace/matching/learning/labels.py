"""Words of the report about suggestions."""

from marketplace.core.words import _l
from marketplace.matching.settings import Direction, Factor

FACTOR = {
    Factor.SECTOR: _l("Sektor"),
    Factor.REGION: _l("Daerah"),
    Factor.VALUE: _l("Nilai"),
    Factor.SCHEME: _l("Skema"),
    Factor.READINESS: _l("Kesiapan"),
    Factor.TEXT: _l("Kata-kata"),
    Factor.KIND: _l("Jenis mitra"),
    Factor.MUST_HAVES: _l("Syarat wajib"),
    Factor.CAPABILITY: _l("Kemampuan"),
    Factor.EXPERIENCE: _l("Rekam jejak"),
    Factor.CAPACITY: _l("Kapasitas"),
    Factor.LANGUAGE: _l("Bahasa"),
    Factor.LEVEL: _l("Tingkat verifikasi"),
}
DIRECTION = {
    Direction.FOR_PARTNER: _l("Yang dicari mitra"),
    Direction.FOR_LISTING: _l("Yang dicari Pemda"),
}
GROUP = {
    "sumatra": _l("Sumatera"),
    "java": _l("Jawa"),
    "bali_nusa_tenggara": _l("Bali dan Nusa Tenggara"),
    "kalimantan": _l("Kalimantan"),
    "sulawesi": _l("Sulawesi"),
    "maluku": _l("Maluku"),
    "papua": _l("Papua"),
}
EVENT = {"match_report:adopted": _l("Bobot saran dipakai")}

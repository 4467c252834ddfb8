"""Kinds and legal forms of partners as people read them, and countries by name."""

from functools import cache
from typing import Any

from babel import Locale

from marketplace.core.words import _l
from marketplace.organisations.labels import Label
from marketplace.partners.demand_rules import Size
from marketplace.partners.must_codes import MustCode
from marketplace.partners.offer_rules import CloseReason, OfferState, OfferStatus
from marketplace.partners.rules import Capability, LegalForm, PartnerKind

KIND = {
    PartnerKind.INVESTOR: _l("Investor dalam negeri"),
    PartnerKind.FOREIGN_INVESTOR: _l("Investor asing"),
    PartnerKind.FINTECH: _l("Fintech"),
    PartnerKind.STARTUP: _l("Startup"),
    PartnerKind.MARKETPLACE: _l("Marketplace"),
    PartnerKind.BUMN: _l("BUMN"),
    PartnerKind.BUMD: _l("BUMD"),
    PartnerKind.OPERATOR: _l("Operator"),
    PartnerKind.UNIVERSITY: _l("Perguruan tinggi"),
}
FORM = {
    LegalForm.PT: _l("Perseroan terbatas (PT)"),
    LegalForm.PT_PERORANGAN: _l("PT perorangan"),
    LegalForm.CV: _l("Persekutuan komanditer (CV)"),
    LegalForm.KOPERASI: _l("Koperasi"),
    LegalForm.BUMN: _l("BUMN"),
    LegalForm.BUMD: _l("BUMD"),
    LegalForm.YAYASAN: _l("Yayasan"),
    LegalForm.UNIVERSITY: _l("Perguruan tinggi"),
    LegalForm.FOREIGN_COMPANY: _l("Perusahaan asing"),
}
CAPABILITY = {
    Capability.FUND: _l("Membiayai"),
    Capability.BUILD: _l("Merancang dan membangun"),
    Capability.OPERATE: _l("Mengoperasikan"),
    Capability.SUPPLY: _l("Memasok barang atau jasa"),
    Capability.PLATFORM: _l("Menyediakan platform digital"),
    Capability.RESEARCH: _l("Meneliti dan mendampingi"),
}
# What a listing may require of its partners.
MUST = {
    MustCode.FUND: _l("Dapat membiayai"),
    MustCode.BUILD: _l("Dapat merancang dan membangun"),
    MustCode.OPERATE: _l("Dapat mengoperasikan"),
    MustCode.SUPPLY: _l("Dapat memasok barang atau jasa"),
    MustCode.PLATFORM: _l("Dapat menyediakan platform digital"),
    MustCode.RESEARCH: _l("Dapat meneliti dan mendampingi"),
    MustCode.LEGAL_ENTITY: _l("Berbadan hukum Indonesia"),
    MustCode.TRACK_RECORD: _l("Punya rekam jejak dengan bukti"),
    MustCode.TICKET: _l("Nilai per proyeknya mencakup dana yang dicari"),
}
READINESS_FROM = {
    1: _l("Ide"),
    2: _l("Konsep"),
    3: _l("Pra-FS"),
    4: _l("FS"),
    5: _l("Siap tawar"),
    6: _l("Transaksi"),
}
SIZE = {
    Size.BELOW_1: _l("di bawah Rp1 miliar"),
    Size.TO_10: _l("Rp1–10 miliar"),
    Size.TO_100: _l("Rp10–100 miliar"),
    Size.ABOVE_100: _l("Rp100 miliar ke atas"),
    Size.UNKNOWN: _l("belum dinyatakan"),
}
ANYWHERE = _l("Di mana saja")
OFFER_STATE = {
    OfferState.OPEN: Label("good", "check-circle-fill", _l("Terbuka")),
    OfferState.EXPIRED: Label("warm", "hourglass-bottom", _l("Lewat tanggalnya")),
    OfferState.CLOSED: Label("neutral", "lock", _l("Ditutup")),
}
# For the trail: what an offer was before it was opened.
NO_OFFER = {OfferStatus.NONE: Label("neutral", "circle", _l("Belum dipasang"))}
OFFER_CLOSE_REASON = {
    CloseReason.FOUND: _l("Sudah mendapat proyek lewat tawaran ini"),
    CloseReason.FUNDS_BOUND: _l("Dana atau kapasitas sudah terikat"),
    CloseReason.PLANS_CHANGED: _l("Rencana kami berubah"),
    CloseReason.IN_ERROR: _l("Terpasang karena keliru"),
    CloseReason.OTHER: _l("Lainnya"),
}
EVENT = {
    "offer:opened": _l("Tawaran dipasang"),
    "offer:edited": _l("Tawaran diubah"),
    "offer:closed": _l("Tawaran ditutup"),
    "offer:reopened": _l("Tawaran dibuka lagi"),
}
# What the completeness meter calls for.
MISSING = {
    "about_id": _l("Ceritakan tentang Anda"),
    "about_en": _l("Tambahkan versi Inggris"),
    "capability_codes": _l("Pilih yang dapat Anda kerjakan"),
    "sector_codes": _l("Pilih sektor"),
    "scheme_codes": _l("Pilih skema kerja sama"),
    "ticket": _l("Isi nilai per proyek"),
    "region_codes": _l("Pilih provinsi"),
    "readiness_from": _l("Pilih kesiapan proyek yang dicari"),
    "website": _l("Isi situs web"),
    "records": _l("Tambahkan rekam jejak"),
    "contact_phone": _l("Isi telepon unit"),
}
# Codes of the standard's user area, and groups that are no country.
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def reason_text(code: str) -> Any:
    """Why an offer was closed; the code itself for one that is no longer used."""
    return OFFER_CLOSE_REASON[CloseReason(code)] if code in set(CloseReason) else code


@cache
def countries(language: str) -> dict[str, str]:
    """ISO 3166 code -> name, Indonesia first, then by name."""
    names = Locale.parse(language).territories
    listed = {
        code: name
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
    return dict(sorted(listed.items(), key=lambda item: (item[0] != "ID", item[1])))


def country_name(code: str, language: str) -> str:
    """The country's name for a reader of that language."""
    return countries(language).get(code, code)

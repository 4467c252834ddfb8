"""The words of cards and filters, each looked up once a process and language: gettext costs 31 µs a word,
a browse page has a hundred."""

from dataclasses import dataclass
from functools import cache

from flask_babel import force_locale

from marketplace.core.words import LazyString, _l
from marketplace.opportunities import finding_bands as bands
from marketplace.opportunities.rules import Readiness, Standing


@dataclass(frozen=True, slots=True)
class Tag:
    tone: str
    icon: str
    text: str


_READINESS = {
    Readiness.IDEA: _l("Ide"),
    Readiness.CONCEPT: _l("Konsep"),
    Readiness.PRE_FS: _l("Pra-FS"),
    Readiness.FS: _l("FS"),
    Readiness.READY: _l("Siap tawar"),
    Readiness.TRANSACTION: _l("Transaksi"),
}
_BANDS = {
    "di-bawah-10-miliar": _l("Di bawah Rp10 miliar"),
    "10-100-miliar": _l("Rp10 miliar – Rp100 miliar"),
    "100-miliar-1-triliun": _l("Rp100 miliar – Rp1 triliun"),
    "di-atas-1-triliun": _l("Rp1 triliun ke atas"),
    bands.UNKNOWN: _l("Belum dinyatakan"),
}
_STATUSES = {"terbuka": _l("Terbuka"), "ditutup": _l("Ditutup"), "contoh": _l("Contoh publik")}
_SORTS = {
    "relevan": _l("Paling relevan"),
    "terbaru": _l("Terbaru"),
    "tenggat": _l("Tenggat terdekat"),
    "nilai": _l("Nilai terbesar"),
}
# An open listing needs no tag: it is what people come for.
_STANDINGS: dict[Standing, tuple[str, str, LazyString]] = {
    Standing.CLOSED: ("neutral", "door-closed", _l("Ditutup")),
    Standing.NO_REPORT: ("quiet", "question-diamond", _l("Belum ada laporan")),
    Standing.PARTNER_FOUND: ("good", "intersect", _l("Mitra ditemukan")),
    Standing.NO_PARTNER: ("neutral", "slash-circle", _l("Tanpa mitra")),
    Standing.EXAMPLE: ("quiet", "journal-text", _l("Contoh publik")),
}
_TITLES = {
    "dimensi": _l("Dimensi"),
    "sektor": _l("Sektor"),
    "daerah": _l("Wilayah"),
    "skema": _l("Skema"),
    "tahap": _l("Kesiapan paling rendah"),
    "nilai": _l("Nilai investasi"),
    "status": _l("Status"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """All of them in one language."""

    language: str
    readiness: dict[Readiness, str]
    bands: dict[str, str]
    statuses: dict[str, str]
    sorts: dict[str, str]
    standings: dict[Standing, Tag]
    titles: dict[str, str]
    example_source: str
    demonstration: str
    at_least: str


@cache
def words(language: str) -> Words:
    """The words for readers of that language."""
    with force_locale(language):
        return Words(
            language=language,
            readiness={key: str(text) for key, text in _READINESS.items()},
            bands={key: str(text) for key, text in _BANDS.items()},
            statuses={key: str(text) for key, text in _STATUSES.items()},
            sorts={key: str(text) for key, text in _SORTS.items()},
            standings={key: Tag(tone, icon, str(text)) for key, (tone, icon, text) in _STANDINGS.items()},
            titles={key: str(text) for key, text in _TITLES.items()},
            example_source=str(_l("Contoh dari")),
            demonstration=str(_l("Demonstrasi, isinya rekaan")),
            at_least=str(_l("Kesiapan mulai")),
        )

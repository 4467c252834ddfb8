"""The words of cards and filters, each looked up once a process and language: gettext costs 31 µs a word,
a browse page has a hundred."""

from dataclasses import dataclass
from functools import cache

from flask_babel import force_locale

from marketplace.core.words import _l
from marketplace.opportunities import finding_bands as bands
from marketplace.opportunities.labels import FIELD, PAUSED, READINESS, STANDING
from marketplace.opportunities.rules import Readiness, Standing


@dataclass(frozen=True, slots=True)
class Tag:
    tone: str
    icon: str
    text: str


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
    paused: Tag
    titles: dict[str, str]
    fields: dict[str, str]
    example_source: str
    demonstration: str
    at_least: str


@cache
def words(language: str) -> Words:
    """The words for readers of that language."""
    with force_locale(language):
        return Words(
            language=language,
            readiness={key: str(text) for key, text in READINESS.items()},
            bands={key: str(text) for key, text in _BANDS.items()},
            statuses={key: str(text) for key, text in _STATUSES.items()},
            sorts={key: str(text) for key, text in _SORTS.items()},
            # An open listing needs no tag: it is what people come for.
            standings={
                key: Tag(label.tone, label.icon, str(label.text))
                for key, label in STANDING.items()
                if key is not Standing.OPEN
            },
            paused=Tag(PAUSED.tone, PAUSED.icon, str(PAUSED.text)),
            titles={key: str(text) for key, text in _TITLES.items()},
            fields={key: str(text) for key, text in FIELD.items()},
            example_source=str(_l("Contoh dari")),
            demonstration=str(_l("Demonstrasi, isinya rekaan")),
            at_least=str(_l("Kesiapan mulai")),
        )

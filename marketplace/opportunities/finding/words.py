"""The words of cards and filters, each looked up once a process and language: gettext costs 31 µs a word,
a browse page has a hundred."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_babel import force_locale

from marketplace.core.words import _l
from marketplace.opportunities.finding import bands
from marketplace.opportunities.labels import FIELD, PARTNER_KIND, PAUSED, READINESS, STANDING
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
    "kbli": _l("Bidang usaha (KBLI 2020)"),
    "daerah": _l("Wilayah"),
    "skema": _l("Skema"),
    "tahap": _l("Kesiapan paling rendah"),
    "nilai": _l("Nilai investasi"),
    "tenggat": _l("Tenggat minat"),
    "status": _l("Status"),
    "mitra": _l("Mitra yang dicari"),
    "sejak": _l("Diterbitkan"),
    "angkatan": _l("Angkatan program"),
    "klaster": _l("Klaster kawasan"),
}
# What stands before a value where its group's title does not.
_BEFORE = {
    "kbli": _l("KBLI"),
    "tahap": _l("Kesiapan mulai"),
    "tenggat": _l("Tenggat:"),
    "mitra": _l("Mitra:"),
    "sejak": _l("Terbit:"),
    "angkatan": _l("Angkatan"),
    "klaster": _l("Klaster"),
}
_DEADLINES = {
    "7": _l("Dalam 7 hari"),
    "30": _l("Dalam 30 hari"),
    "90": _l("Dalam 90 hari"),
    "tanpa": _l("Belum dinyatakan"),
}
_POSTED = {
    "7": _l("7 hari terakhir"),
    "30": _l("30 hari terakhir"),
    "90": _l("90 hari terakhir"),
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
    before: dict[str, str]
    deadlines: dict[str, str]
    posted: dict[str, str]
    any_time: str
    partners: dict[str, str]
    fields: dict[str, str]
    example_source: str
    demonstration: str


@cache
def words(language: str) -> Words:
    """The words for readers of that language."""
    with force_locale(language):
        return Words(
            language=language,
            readiness={key: str(text) for key, text in READINESS.items()},
            bands=_spoken(_BANDS),
            statuses=_spoken(_STATUSES),
            sorts=_spoken(_SORTS),
            # An open listing needs no tag: it is what people come for.
            standings={
                key: Tag(label.tone, label.icon, str(label.text))
                for key, label in STANDING.items()
                if key is not Standing.OPEN
            },
            paused=Tag(PAUSED.tone, PAUSED.icon, str(PAUSED.text)),
            titles=_spoken(_TITLES),
            before=_spoken(_BEFORE),
            deadlines=_spoken(_DEADLINES),
            posted=_spoken(_POSTED),
            any_time=str(_l("Kapan saja")),
            partners=_spoken(PARTNER_KIND),
            fields=_spoken(FIELD),
            example_source=str(_l("Contoh dari")),
            demonstration=str(_l("Demonstrasi, isinya rekaan")),
        )


def _spoken(texts: Mapping[Any, object]) -> dict[str, str]:
    return {str(key): str(text) for key, text in texts.items()}

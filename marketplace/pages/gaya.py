"""What the page of components shows: every state once, with invented values."""

from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    BooleanField,
    FileField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from marketplace.core.paging import Paging
from marketplace.opportunities.finding.filters import Option

RUNGS = ("Ide", "Konsep", "Pra-FS", "FS", "Siap tawar", "Transaksi")
DIMENSIONS = ("Governance", "Branding", "Economy", "Living", "Society", "Environment")


@dataclass(frozen=True, slots=True)
class Label:
    """Tone, icon and words of a status, as a slice's labels.py gives them."""

    tone: str
    icon: str
    text: str


def _labels(*entries: tuple[str, str, str]) -> list[Label]:
    return [Label(*entry) for entry in entries]


LABELS: dict[str, list[Label]] = {
    "Organisasi": _labels(
        ("neutral", "envelope", "Terdaftar"),
        ("go", "send", "Diajukan"),
        ("warm", "chat-left-dots-fill", "Perlu keterangan"),
        ("good", "patch-check-fill", "Terverifikasi"),
        ("bad", "x-octagon", "Ditolak"),
        ("bad", "pause-circle", "Ditangguhkan"),
    ),
    "Peluang": _labels(
        ("neutral", "pencil", "Draf"),
        ("neutral", "person-check", "Menunggu persetujuan"),
        ("go", "send", "Diajukan"),
        ("warm", "arrow-return-left", "Perlu perbaikan"),
        ("go", "door-open", "Terbuka"),
        ("bad", "x-octagon", "Ditolak"),
        ("neutral", "door-closed", "Ditutup"),
        ("quiet", "dash-circle", "Ditarik"),
        ("good", "intersect", "Mitra ditemukan"),
        ("neutral", "slash-circle", "Tanpa mitra"),
        ("quiet", "question-diamond", "Belum ada laporan"),
    ),
    "Minat": _labels(
        ("neutral", "pencil", "Draf"),
        ("go", "send", "Terkirim"),
        ("info", "eye", "Dibaca"),
        ("info", "bookmark-star", "Daftar pendek"),
        ("warm", "chat-left-dots-fill", "Perlu keterangan"),
        ("good", "check-circle-fill", "Diterima"),
        ("bad", "x-circle", "Tidak dilanjutkan"),
        ("quiet", "dash-circle", "Ditarik"),
        ("quiet", "hourglass-bottom", "Gugur"),
    ),
    "Kerja sama": _labels(
        ("go", "intersect", "Diusulkan"),
        ("go", "person-lines-fill", "Diperkenalkan"),
        ("bad", "x-octagon", "Tidak diperkenalkan"),
        ("go", "compass", "Penjajakan"),
        ("info", "journal-check", "Kesepakatan bersama"),
        ("info", "pen-fill", "PKS ditandatangani"),
        ("good", "gear-wide-connected", "Beroperasi"),
        ("good", "flag-fill", "Selesai"),
        ("neutral", "stop-circle", "Berakhir"),
        ("warm", "circle-half", "Menunggu konfirmasi"),
        ("quiet", "question-diamond", "Belum ada laporan"),
    ),
}


class SampleForm(FlaskForm):
    """One field of each kind."""

    problem = TextAreaField(
        "Apa masalahnya?", description="Apa yang terjadi hari ini, di mana, dan apa akibatnya."
    )
    served = StringField("Siapa yang dilayani?")
    value = StringField("Nilai investasi", description="Tulis seperti biasa, misalnya “100,6 miliar”.")
    province = SelectField(
        "Provinsi", choices=[SelectChoice("71", "Sulawesi Utara"), SelectChoice("75", "Gorontalo")]
    )
    kinds = SelectMultipleField(
        "Jenis mitra",
        choices=[
            SelectChoice("dalam", "Investor dalam negeri"),
            SelectChoice("luar", "Investor luar negeri"),
            SelectChoice("op", "Operator"),
        ],
        default=["dalam", "op"],
    )
    role = RadioField(
        "Peran",
        choices=[SelectChoice("pendanaan", "Mendanai"), SelectChoice("operasi", "Mengoperasikan")],
        default="operasi",
    )
    paper = FileField("Lampiran", description="PDF, paling besar 10 MB.")
    password = PasswordField("Kata sandi")
    agreed = BooleanField("Saya berwenang mengajukan ini", description="Nama Anda tercatat pada riwayat.")


def _form() -> SampleForm:
    form = SampleForm(
        formdata=None, data={"problem": "Lampu jalan banyak yang mati di pinggiran.", "value": "100,6 miliar"}
    )
    form.problem.errors = ["Tulis sedikitnya 120 huruf. Sekarang 41."]
    form.served.errors = ["Isian ini wajib."]
    return form


def _card(**changes: Any) -> dict[str, Any]:
    card = {
        "url": "#kartu",
        "title": "SPAM Bitung",
        "title_lang": None,
        "dimension_code": "smart-living",
        "dimension_name": "Smart Living",
        "sector_name": "Air minum",
        "place": "Kota Bitung, Sulawesi Utara",
        "value_text": "Rp250 miliar",
        "scheme_text": "KPBU",
        "readiness": 3,
        "readiness_text": "Pra-FS",
        "deadline_text": "28 Agu 2026",
        "days_left": None,
        "status_label": None,
        "source_text": "Contoh dari Bisnis.com, 2023",
        "marks": None,
    }
    return {**card, **changes}


def _cards() -> list[dict[str, Any]]:
    hospital = {
        "title": "KPBU RSUD dr. Hasri Ainun Habibie",
        "place": "Provinsi Gorontalo",
        "marks": {
            "title": Markup("KPBU <mark>RSUD</mark> dr. Hasri Ainun Habibie"),
            "field": "Ringkasan",
            "text": Markup("Pengembangan <mark>rumah sakit</mark> rujukan dengan 257 tempat tidur."),
            "text_lang": None,
        },
        "sector_name": "Kesehatan",
        "value_text": "Rp841,8 miliar",
        "readiness": 6,
        "readiness_text": "Transaksi",
        "deadline_text": "19 Jun 2026",
        "days_left": 11,
    }
    unknown = {
        "title": "Pengolahan sampah menjadi bahan bakar di tempat pembuangan akhir kawasan perkotaan",
        "dimension_code": "smart-environment",
        "dimension_name": "Smart Environment",
        "sector_name": "Sampah dan limbah",
        "place": "Kabupaten Penajam Paser Utara, Kalimantan Timur",
        "value_text": None,
        "scheme_text": None,
        "readiness": None,
        "deadline_text": None,
        "source_text": None,
        "status_label": Label("neutral", "door-closed", "Ditutup"),
    }
    return [_card(**hospital), _card(), _card(**unknown)]


def _options() -> list[Option]:
    counts = (0, 0, 2, 18, 0, 6)
    return [
        Option(name.lower(), f"Smart {name}", count, count > 5, glyph=f"smart-{name.lower()}")
        for name, count in zip(DIMENSIONS, counts, strict=True)
    ]


def _rungs() -> list[Option]:
    counts = (24, 24, 19, 12, 12, 5)
    return [
        Option(str(rung), name, count, rung == 1, rung=rung)
        for rung, (name, count) in enumerate(zip(RUNGS, counts, strict=True), start=1)
    ]


def sample_context() -> dict[str, Any]:
    """The values that templates/gaya/index.html shows."""
    return {
        "labels": LABELS,
        "dimensions": [(f"smart-{name.lower()}", f"Smart {name}") for name in DIMENSIONS],
        "rungs": RUNGS,
        "cards_shown": _cards(),
        "options": _options(),
        "rung_options": _rungs(),
        "paging": Paging(asked=3, size=20, total=180),
        "form": _form(),
        "petals": list(zip(DIMENSIONS, (1, 1, 10, 22, 0, 8), strict=True)),
    }

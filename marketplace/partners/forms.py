from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField, URLField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import HiddenInput

from marketplace.core.money import Money, parse_money, parse_rupiah
from marketplace.core.refusal import Refusal
from marketplace.core.text import parse_number
from marketplace.organisations.forms import OfficeForm
from marketplace.partners import labels, rules
from marketplace.partners.actions import Details
from marketplace.partners.records import Record
from marketplace.partners.rules import LegalForm, PartnerKind
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.catalogue import Term
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.errors import sentence
from marketplace.web.formats import language
from marketplace.web.forms import BaseForm, CodesField, choices_of

MONEY_HINT = _l("Tulis seperti biasa, misalnya 50 miliar atau US$5 juta. Kosongkan bila belum tahu.")
_WEB_ADDRESS = (
    Optional(),
    Length(max=300),
    Regexp(
        r"^https?://[^\s/@]+\.[^\s/@]+(/\S*)?$",
        message=_l("Tulis alamat lengkap, misalnya https://contoh.co.id."),
    ),
)


def named(terms: Mapping[str, Term], reader: str) -> list[tuple[str, str]]:
    """Codes of a list with their names for a reader of that language."""
    return [(code, term.name(reader)) for code, term in terms.items()]


class PartnerForm(OfficeForm):
    legal_name = StringField(
        _l("Nama resmi"), [DataRequired(), Length(min=3), Length(max=rules.LONGEST_LEGAL_NAME)]
    )
    partner_kind = SelectField(_l("Jenis mitra"), choices=choices_of(labels.KIND.items()))
    legal_form = SelectField(_l("Bentuk badan"), choices=choices_of(labels.FORM.items()))
    country = SelectField(_l("Negara"))
    nib = StringField(
        _l("NIB"),
        [Length(max=40)],
        description=_l("Nomor Induk Berusaha dari OSS, 13 angka. Badan asing boleh mengosongkannya."),
    )
    npwp = StringField(
        _l("NPWP"), [Length(max=40)], description=_l("16 angka; 15 angka pada kartu lama juga terbaca.")
    )
    website = URLField(
        _l("Situs web"),
        _WEB_ADDRESS,
    )
    hub_id_cohort = StringField(
        _l("Angkatan HUB.ID"), [Length(max=60)], description=_l("Bila pernah ikut, misalnya HUB.ID 2025.")
    )
    about_id = TextAreaField(
        _l("Tentang Anda (Indonesia)"),
        [DataRequired(), Length(max=rules.LONGEST_ABOUT)],
        description=_l(
            "Apa yang Anda danai, bangun, atau jalankan, dan untuk siapa. Tampil di halaman mitra."
        ),
    )
    about_en = TextAreaField(_l("Tentang Anda (Inggris)"), [Length(max=rules.LONGEST_ABOUT)])
    capability_codes = CodesField(
        _l("Yang dapat Anda kerjakan"),
        choices=choices_of(labels.CAPABILITY.items()),
        description=_l("Boleh lebih dari satu."),
    )
    ticket_min = StringField(_l("Nilai terkecil yang Anda cari"), [Length(max=80)], description=MONEY_HINT)
    ticket_max = StringField(_l("Nilai terbesar yang Anda cari"), [Length(max=80)], description=MONEY_HINT)
    usd_rate = IntegerField(
        _l("Kurs dolar"),
        [Optional(), NumberRange(min=1, max=rules.LARGEST_RATE)],
        description=_l(
            "Hanya bila nilainya dalam dolar: berapa rupiah untuk US$1. Tampil bersama tanggalnya."
        ),
    )
    readiness_from = SelectField(
        _l("Kesiapan proyek yang dicari"),
        default="",
        description=_l("Mulai dari tingkat mana proyek menarik bagi Anda."),
    )
    sector_codes = CodesField(
        _l("Sektor"), description=_l("Dipakai untuk mencocokkan peluang. Boleh lebih dari satu.")
    )
    region_codes = CodesField(_l("Provinsi"), description=_l("Kosong berarti seluruh Indonesia."))
    scheme_codes = CodesField(
        _l("Skema kerja sama"), description=_l("Skema yang Anda jalani. Boleh lebih dari satu.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = language()
        terms = taxonomy()
        self.country.choices = choices_of(labels.countries(reader).items())
        self.sector_codes.choices = choices_of(named(terms.sectors, reader))
        self.scheme_codes.choices = choices_of(named(terms.schemes, reader))
        self.region_codes.choices = choices_of(gazetteer().province_names.items())
        rungs = [(str(rung), text) for rung, text in labels.READINESS_FROM.items()]
        self.readiness_from.choices = choices_of(rungs, empty=_l("Semua tingkat"))
        self.read: dict[str, Any] = {}

    def validate(self, extra_validators: Any = None) -> bool:
        """Also reads the numbers and sums, each refusal at its field."""
        fine = super().validate(extra_validators)
        for name, reader in (
            ("nib", rules.read_nib),
            ("npwp", rules.read_npwp),
            ("ticket_min", self._money),
            ("ticket_max", self._money),
        ):
            fine = self._read(name, reader) and fine
        return fine and self._read_ticket()

    def _read_ticket(self) -> bool:
        try:
            self.ticket = rules.read_ticket(
                self.read["ticket_min"], self.read["ticket_max"], self.usd_rate.data
            )
        except Refusal as refusal:
            self.take(refusal)
            return False
        return True

    def _read(self, name: str, reader: Any) -> bool:
        field = self._fields[name]
        try:
            self.read[name] = reader(field.data or "")
        except Refusal as refusal:
            field.errors = [*field.errors, sentence(refusal)]
            return False
        return True

    def _money(self, text: str) -> Money | None:
        return parse_money(text, language()) if text else None

    @property
    def details(self) -> Details:
        return Details(
            partner_kind=PartnerKind(self.partner_kind.data),
            legal_name=self.legal_name.data or "",
            legal_form=LegalForm(self.legal_form.data),
            country=self.country.data or rules.HOME,
            nib=self.read["nib"],
            npwp=self.read["npwp"],
            website=self.website.data or "",
            hub_id_cohort=self.hub_id_cohort.data or "",
            about_id=self.about_id.data or "",
            about_en=self.about_en.data or "",
            ticket_min_idr=self.ticket.min_idr,
            ticket_max_idr=self.ticket.max_idr,
            ticket_min_usd=self.ticket.min_usd,
            ticket_max_usd=self.ticket.max_usd,
            usd_rate=self.ticket.rate,
            capability_codes=self.capability_codes.data or [],
            readiness_from=int(self.readiness_from.data) if self.readiness_from.data else None,
            sector_codes=self.sector_codes.data or [],
            region_codes=self.region_codes.data or [],
            scheme_codes=self.scheme_codes.data or [],
        )


class PartnerEditForm(PartnerForm):
    revision = IntegerField(widget=HiddenInput())


class RecordForm(BaseForm):
    """One project of the track record."""

    title = StringField(_l("Nama proyek"), [DataRequired(), Length(min=3), Length(max=160)])
    place = StringField(_l("Tempat"), [Length(max=120)])
    year = StringField(_l("Tahun selesai"), [Length(max=12)])
    value = StringField(_l("Nilai proyek"), [Length(max=80)], description=MONEY_HINT)
    sector_code = SelectField(
        _l("Sektor proyek"),
        default="",
        filters=[lambda code: code or ""],
        description=_l("Pengalaman di sektor sebuah peluang dihitung dalam saran. Kosong: tidak dihitung."),
    )
    evidence_url = URLField(_l("Alamat bukti"), _WEB_ADDRESS)
    evidence_words = TextAreaField(
        _l("Bukti dengan kata-kata"),
        [Length(max=600)],
        description=_l("Misalnya nomor kontrak atau berita acara, dan unit yang dapat ditanya."),
    )
    value_idr: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sectors = named(taxonomy().sectors, language())
        self.sector_code.choices = choices_of(sectors, empty=_l("Tidak disebut"))

    def validate_year(self, field: StringField) -> None:
        if field.data and parse_number(field.data, digits=4) is None:
            raise ValidationError(_l("Tulis tahunnya dengan empat angka, misalnya 2021."))

    def validate_value(self, field: StringField) -> None:
        if not field.data:
            return
        try:
            self.value_idr = int(parse_rupiah(field.data, language()))
        except Refusal as refusal:
            raise ValidationError(sentence(refusal)) from refusal

    @property
    def record(self) -> Record:
        """The project as the actions take it."""
        return Record(
            title=self.title.data or "",
            place=self.place.data or "",
            year=parse_number(self.year.data, digits=4),
            value_idr=self.value_idr,
            evidence_url=self.evidence_url.data or "",
            evidence_words=self.evidence_words.data or "",
            sector_code=self.sector_code.data or None,
        )


class RecordEditForm(RecordForm):
    revision = IntegerField(widget=HiddenInput())

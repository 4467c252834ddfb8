from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired
from wtforms import DateField, EmailField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput

from marketplace.files.forms import UploadField
from marketplace.organisations import head_rules, labels, rules
from marketplace.organisations.actions import Office
from marketplace.organisations.head_rules import Term
from marketplace.organisations.models import Proof
from marketplace.organisations.proofs import KINDS
from marketplace.web.forms import REASON_WORDS_AT_MOST, BaseForm, choices_of

PHONE = r"^\+?[0-9 ()/.\-]{6,30}( ?(ext|pes)\.? ?[0-9]{1,6})?$"


class OfficeForm(BaseForm):
    """The office to turn to; every organisation's form begins with it."""

    contact_unit = StringField(
        _l("Unit yang dihubungi"),
        [DataRequired(), Length(max=160)],
        description=_l(
            "Misalnya Bagian Kerja Sama Setda. Dibuka kepada pihak lain hanya setelah diperkenalkan."
        ),
    )
    contact_email = EmailField(
        _l("Surel unit"),
        [DataRequired(), Length(max=254), Email()],
        description=_l("Surel jabatan atau unit, bukan surel pribadi."),
    )
    contact_phone = StringField(
        _l("Telepon unit"),
        [Optional(), Regexp(PHONE, message=_l("Tulis nomor telepon dengan angka, misalnya +62 438 21001."))],
        description=_l("Nomor kantor, bukan nomor pribadi."),
    )
    statement = TextAreaField(
        _l("Tugas Anda"),
        [DataRequired(), Length(max=rules.LONGEST_STATEMENT)],
        description=_l("Jabatan Anda, dan siapa yang menugasi Anda. Hanya dibaca moderator."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The summary of errors follows the page, where the office stands last.
        for name in ("contact_unit", "contact_email", "contact_phone", "statement"):
            self._fields[name] = self._fields.pop(name)

    @property
    def office(self) -> Office:
        return Office(
            unit=self.contact_unit.data or "",
            email=self.contact_email.data or "",
            phone=self.contact_phone.data or "",
            statement=self.statement.data or "",
        )


class PemdaForm(OfficeForm):
    region = StringField(
        _l("Pemerintah daerah"),
        [DataRequired(), Length(max=120)],
        description=_l(
            "Ketik nama daerah, lalu pilih dari daftar yang muncul, misalnya Kota Bitung, Sulawesi Utara."
        ),
    )


class NamedForm(OfficeForm):
    """A ministry's unit or a tutor's institution."""

    name = StringField(_l("Nama lembaga"), [DataRequired(), Length(min=3), Length(max=rules.LONGEST_NAME)])


class OfficeEditForm(OfficeForm):
    revision = IntegerField(widget=HiddenInput())


class NamedEditForm(NamedForm):
    revision = IntegerField(widget=HiddenInput())


class ProofForm(BaseForm):
    title = StringField(
        _l("Nama bukti"),
        [DataRequired(), Length(max=120)],
        description=_l("Misalnya Surat tugas nomor 800/123 tanggal 2 Maret 2026."),
    )
    proof = UploadField(
        _l("Berkas"),
        (FileRequired(message=_l("Pilih berkasnya dahulu.")),),
        kinds=KINDS,
        description=_l(
            "PDF, PNG, atau JPEG, paling besar 10 MB. Hanya dibaca anggota organisasi dan moderator."
        ),
    )


class NewProofForm(ProofForm):
    """A document with its last day, and the older one that it stands in for."""

    expires_on = DateField(
        _l("Berlaku sampai"),
        [Optional()],
        description=_l("Tanggal terakhir menurut dokumennya. Kosongkan bila tidak ada batasnya."),
    )
    replaces = SelectField(
        _l("Menggantikan"), default="", description=_l("Dokumen lama yang digantikan tidak dihitung lagi.")
    )

    def offer(self, current: Iterable[Proof]) -> None:
        """Gives the documents that may be replaced."""
        pairs = ((str(proof.id), proof.title) for proof in current)
        self.replaces.choices = choices_of(pairs, empty=_l("Tidak ada; dokumen baru"))

    @property
    def replaced_id(self) -> int | None:
        return int(self.replaces.data) if self.replaces.data else None


class HeadForm(BaseForm):
    """Who leads the region from a day on."""

    name = StringField(
        _l("Nama kepala daerah"),
        [DataRequired(), Length(min=3), Length(max=head_rules.LONGEST_NAME)],
        description=_l("Gubernur, bupati, atau wali kota; penjabat dan pelaksana tugas juga."),
    )
    begins = DateField(_l("Mulai menjabat"), [InputRequired()])
    until = DateField(_l("Sampai"), [Optional()], description=_l("Kosongkan bila belum pasti."))

    @property
    def term(self) -> Term:
        return Term(self.name.data or "", self.begins.data, self.until.data)


class DecisionForm(BaseForm):
    """One decision: its reason (where it is negative), words for the people, and what was read."""

    seen = HiddenField(validators=[DataRequired(), Regexp(r"^[0-9]{1,9}$")])
    reason = SelectField(_l("Alasan"), validate_choice=False)
    words = TextAreaField(
        _l("Penjelasan untuk pendaftar"),
        [Length(max=REASON_WORDS_AT_MOST)],
        description=_l("Dibaca oleh semua anggota organisasi, dalam surel dan di halamannya."),
    )

    def offer(self, status: rules.OrganisationStatus, *, renewing: bool = False) -> None:
        """Gives the reasons that fit the status under decision, in groups named by the decision."""
        if status is rules.OrganisationStatus.SUBMITTED:
            self.reason.choices = [
                SelectChoice("", _l("Pilih bila tidak memverifikasi")),
                *_group("needs_info", labels.NEEDS_INFO, _l("Minta keterangan")),
                *_group("rejected", labels.REJECT, _l("Tolak")),
            ]
        else:
            suspending = _group("suspended", labels.SUSPEND, _l("Tangguhkan"))
            refusing = _group("renewal", labels.NEEDS_INFO, _l("Tolak pembaruan")) if renewing else []
            self.reason.choices = [SelectChoice("", _l("Pilih alasannya")), *refusing, *suspending]

    def reason_of(self, decision: str) -> str | None:
        """The reason's code where it belongs to that decision; None where none or another group's was chosen."""
        group, _dot, code = (self.reason.data or "").partition(".")
        return code or None if group == decision else None


def _group(decision: str, reasons: Mapping[Any, Any], title: Any) -> list[SelectChoice]:
    return [SelectChoice(f"{decision}.{code}", text, optgroup=title) for code, text in reasons.items()]

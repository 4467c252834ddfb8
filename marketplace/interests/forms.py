from collections.abc import Mapping, Sequence
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from marketplace.core.money import RUPIAH, Money, parse_money
from marketplace.core.refusal import Refusal
from marketplace.core.text import clean_line, parse_number
from marketplace.files.forms import UploadField
from marketplace.interests.comparison_rules import COMMON_WORDS_AT_MOST
from marketplace.interests.labels import DECLINE_REASON, ROLE, WITHDRAW_REASON
from marketplace.interests.models import Interest
from marketplace.interests.rules import LINE_AT_MOST, OFFER_AT_MOST, QUESTION_AT_MOST, Content, find_gaps
from marketplace.opportunities.rules import MUST_HAVES_AT_MOST
from marketplace.web.errors import sentence
from marketplace.web.formats import language, money_full
from marketplace.web.forms import REASON_WORDS_AT_MOST, BaseForm, CodesField, SeenForm, choices_of


class InterestForm(SeenForm):
    """What a partner says of itself; a draft may miss anything."""

    version = HiddenField()
    roles = CodesField(_l("Peran yang Anda tawarkan"), choices=choices_of(ROLE.items()))
    offer = TextAreaField(
        _l("Yang Anda tawarkan"),
        [Length(max=OFFER_AT_MOST)],
        description=_l(
            "Apa yang Anda kerjakan, bagaimana, dan berapa lama. Satu pengalaman serupa lebih kuat daripada janji."
        ),
    )
    capacity = StringField(
        _l("Kapasitas"),
        [Length(max=LINE_AT_MOST)],
        description=_l(
            "Misalnya “dua instalasi 250 liter per detik sejak 2019”. Isi ini atau dana di bawahnya."
        ),
    )
    ticket = StringField(
        _l("Dana yang dapat Anda bawa"),
        [Length(max=80)],
        description=_l(
            "Tulis seperti biasa, misalnya “Rp50 miliar” atau “US$11 juta”. Kosongkan bila belum tahu."
        ),
    )
    question = TextAreaField(_l("Pertanyaan untuk Pemda"), [Length(max=QUESTION_AT_MOST)])
    must_answers = FieldList(
        StringField(validators=[Length(max=LINE_AT_MOST)]), max_entries=MUST_HAVES_AT_MOST
    )
    attachment = UploadField(
        _l("Lampiran"),
        description=_l("Satu berkas, misalnya profil atau surat dukungan. Paling besar 10 MB."),
    )
    money: Money | None = None

    def validate_ticket(self, field: StringField) -> None:
        if not field.data:
            return
        try:
            self.money = parse_money(field.data, language())
        except Refusal as refusal:
            raise ValidationError(sentence(refusal)) from refusal

    def is_sendable(self) -> bool:
        """Whether the text may be sent as it is; what is missing is shown at its fields."""
        valid: bool = self.validate()
        gaps = list(find_gaps(self.content))
        for gap in gaps:
            if not self[gap.field or "offer"].errors:
                self.take(gap)
        return valid and not gaps

    @property
    def content(self) -> Content:
        """The text as the actions take it."""
        return Content(
            roles=tuple(self.roles.data or ()),
            offer=self.offer.data or "",
            capacity=self.capacity.data or "",
            ticket_amount=self.money.amount if self.money else None,
            ticket_currency=self.money.currency if self.money else RUPIAH,
            question=self.question.data or "",
            must_answers=tuple(clean_line(answer) for answer in self.must_answers.data),
        )

    def ask_of(self, must_haves: Sequence[str], answers: Mapping[str, str] | None = None) -> None:
        """One line for each must-have, under its own words; `answers` by must-have where some were kept."""
        while len(self.must_answers) < len(must_haves):
            self.must_answers.append_entry("")
        for entry, must in zip(self.must_answers, must_haves, strict=False):
            entry.label.text = must
            if answers is not None:
                entry.data = answers.get(must, "")

    @property
    def version_id(self) -> int:
        """The version that was read; 0, which exists nowhere, for a made-up one."""
        return parse_number(self.version.data) or 0

    def show(self, draft: Interest) -> None:
        """Fills the form with what was kept."""
        self.seen.data = str(draft.revision)
        self.roles.data = list(draft.roles)
        self.offer.data = draft.offer
        self.capacity.data = draft.capacity
        self.question.data = draft.question
        self.ticket.data = printed(draft.ticket_amount, draft.ticket_currency)


def printed(amount: Decimal | None, currency: str) -> str:
    """The sum with all its digits, as the same field reads it again; empty for none."""
    return "" if amount is None else money_full(amount, currency)


class AnswerForm(SeenForm):
    answer = TextAreaField(_l("Jawaban Anda"), [Length(max=OFFER_AT_MOST)])


class AskForm(SeenForm):
    question = TextAreaField(
        _l("Yang ingin Anda tanyakan"),
        [Length(max=QUESTION_AT_MOST)],
        description=_l("Mitra membaca pertanyaan ini dan menjawab di halaman yang sama."),
    )


class AskTogetherForm(BaseForm):
    question = TextAreaField(
        _l("Pertanyaan yang sama untuk semuanya"),
        [Length(max=QUESTION_AT_MOST)],
        description=_l("Setiap mitra ditanya sendiri-sendiri dan tidak mengetahui siapa lagi yang ditanya."),
    )


class DeclineTogetherForm(BaseForm):
    reason = RadioField(
        _l("Alasan"),
        choices=choices_of(DECLINE_REASON.items()),
        validate_choice=False,
        description=_l("Satu alasan untuk semua yang dicentang; setiap mitra membacanya."),
    )
    words = TextAreaField(
        _l("Penjelasan untuk semuanya"),
        [Length(max=COMMON_WORDS_AT_MOST)],
        description=_l("Dibaca setiap mitra. Jangan menyebut nama mitra lain."),
    )


class ReasonForm(SeenForm):
    words = TextAreaField(_l("Penjelasan"), [Length(max=REASON_WORDS_AT_MOST)])


class DeclineForm(ReasonForm):
    reason = RadioField(
        _l("Alasan"),
        choices=choices_of(DECLINE_REASON.items()),
        validate_choice=False,
        description=_l("Mitra membaca alasan ini."),
    )


class WithdrawForm(ReasonForm):
    reason = RadioField(
        _l("Alasan"),
        choices=choices_of(WITHDRAW_REASON.items()),
        validate_choice=False,
        description=_l("Pemda membaca alasan ini."),
    )

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, TextAreaField
from wtforms.validators import Email, Length, Optional

from marketplace.core.text import parse_number
from marketplace.organisations import labels
from marketplace.organisations.succession import Successor
from marketplace.organisations.succession_queries import Candidate
from marketplace.web.forms import REASON_WORDS_AT_MOST, BaseForm, choices_of


class SuccessionForm(BaseForm):
    """Whom LAIP names, and why."""

    member = SelectField(
        _l("Seorang anggota"),
        description=_l("Anggota yang menjadi pemilik. Pemilik sekarang tetap; penerusnya yang mengatur."),
    )
    email = EmailField(
        _l("Atau alamat surel"),
        [Optional(), Length(max=254), Email()],
        description=_l("Orang di luar anggota: sesudah tujuh hari ia diundang sebagai pemilik."),
    )
    language = SelectField(
        _l("Bahasa surat"), choices=choices_of((("id", "Bahasa Indonesia"), ("en", "English")))
    )
    reason = SelectField(
        _l("Alasan"),
        choices=choices_of(
            ((str(code), text) for code, text in labels.SUCCESSION_REASON.items()), empty=_l("Pilih alasan")
        ),
        validate_choice=False,
    )
    words = TextAreaField(
        _l("Penjelasan"),
        [Length(max=REASON_WORDS_AT_MOST)],
        description=_l("Apa yang terjadi dan dari mana Anda tahu. Para pemilik membacanya."),
    )

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """Those who may be chosen."""
        self.member.choices = choices_of(
            ((str(one.user_id), f"{one.name} ({labels.ROLE[one.role]})") for one in candidates),
            empty=_l("Pilih anggota"),
        )

    @property
    def successor(self) -> Successor:
        return Successor(parse_number(self.member.data), self.email.data or "", self.language.data)

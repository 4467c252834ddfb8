from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length

from marketplace.matching.labels import DISMISS
from marketplace.matching.rules import WORDS_AT_MOST
from marketplace.web.forms import BaseForm, choices_of


class DismissForm(BaseForm):
    """Why a suggestion is put aside."""

    reason = RadioField(
        _l("Mengapa tidak cocok?"),
        choices=choices_of((str(code), text) for code, text in DISMISS.items()),
        validate_choice=False,
    )
    words = TextAreaField(
        _l("Penjelasan"),
        [Length(max=WORDS_AT_MOST)],
        description=_l("Hanya untuk organisasi Anda dan perbaikan saran; Pemda tidak membacanya."),
    )

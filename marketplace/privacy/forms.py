from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, TextAreaField
from wtforms.validators import InputRequired, Length

from marketplace.web.forms import BaseForm


class ErasureForm(BaseForm):
    phones = TextAreaField(
        _l("Nomor telepon Anda"),
        [Length(max=200)],
        description=_l(
            "Bila nomor Anda pernah ditulis di sini, misalnya dalam jawaban atau catatan. Satu nomor di tiap baris."
        ),
    )
    password = PasswordField(_l("Kata sandi"), [InputRequired()])
